"""Employers where work is spoken of, firms of two surnames; what is no organisation: countries, generic acronyms, the street « d'à côté »."""

from __future__ import annotations

import pytest
from anonymization_marks import unmark

from peerqual.anonymization.find import find_in_text

HITS = """
Je suis au travail, chez [[ORG:Cdiscount]], depuis trois ans.
J'ai bossé chez [[ORG:Orange]] et chez [[ORG:Leclerc]].
J'ai fait dix ans chez [[ORG:Orange]] et chez [[ORG:Leclerc]].
Mon taf chez [[ORG:Amazon]], c'était la nuit.
J'ai un job chez [[ORG:Dumontet]], en caisse.
Mon job, c'était vendeuse chez [[ORG:Dumontet]] puis chez [[ORG:Vandenbrock]].
Je suis allé bosser chez [[ORG:Dumontet]].
J'ai travaillé chez [[ORG:Orient]].
J'ai bossé au [[ORG:Burger King]].
Il travaillait à la [[ORG:filature Lhermite dufour]].
J'ai été suivie au [[ORG:CLSC Montrose]].
je bossais à la filature [[ORG:vanacker dufour]] et puis voilà euh j'ai arrêté et c'est tout
je bossais à la filature [[ORG:mercier dufour]] et puis voilà euh j'ai arrêté et c'est tout
je bossais à la filature [[ORG:dufour]] [[PER:julien]] m'aidait et puis voilà euh c'est tout
euh il habite rue la [[LOC:fontaine]] et puis voilà c'est tout
euh il habite rue de la [[LOC:paix]] et puis voilà c'est tout
euh il habite [[LOC:12 rue la boétie]] et puis voilà c'est tout
"""

NEAR = """
Après le travail je passais chez [[PER:Dumontet]], un ami.
Après le travail, chez [[PER:Dumontet]], on riait.
Je cherche un job. Il habite chez [[PER:Dumontet]].
Le soir après le taf je vais chez [[PER:Martin]].
Je fais mes courses chez Leclerc et chez Darty.
J'étais en CDI, puis en CDD, puis plus rien.
Je travaille en Allemagne, elle bosse au Maroc.
Je bosse pour l'Allemagne.
Elle a travaillé aux États-Unis et en Afrique du Sud.
J'ai un job au CMP, et avant j'étais au CLSC.
J'ai appelé le CLSC, puis la CAF.
Il travaillait à la [[ORG:filature Lhermite]] durant deux ans.
euh j'étais dans la rue le samedi d'après et puis voilà j'étais bien
euh j'étais dans la rue la nuit et puis voilà j'étais bien c'est tout
euh il est parti dans la rue d'à côté et puis voilà c'est tout
euh il était sur le boulevard les gens passaient voilà c'est tout
"""


@pytest.mark.parametrize("line", [line for block in (HITS, NEAR) for line in block.splitlines() if line])
def test_sentences_of_work(line):
    text, gold = unmark(line)
    assert [(m.label, text[m.start : m.end]) for m in find_in_text(text)] == [(m.label, text[m.start : m.end]) for m in gold]
