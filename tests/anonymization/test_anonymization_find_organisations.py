"""Associations, employers, hospitals: full names, acronyms explained, short forms, ordinary words; hits beside near misses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from anonymization_marks import talk, unmark
from hypothesis import given
from hypothesis import strategies as st

from peerqual.anonymization.find import find, find_in_text
from peerqual.anonymization.finders.again import short_forms, spelled
from peerqual.anonymization.finders.full_names import spells
from peerqual.anonymization.finders.words import FORMS
from peerqual.model import Corpus, Transcript

TEXTS = Path(__file__).parent / "data" / "orgs"
LABELS = ("ORG", "HOSP")

FULL = """
On dépend de l'[[ORG:Union des patients du Vexin]], à côté de la gare.
L'an dernier la [[ORG:Fédération nationale des clubs de la Brenne]] nous a payé le car.
J'ai écrit à la [[ORG:Fondation Marchaud contre l'Isolement]] au printemps.
L'[[ORG:APSOM]], c'est l'[[ORG:Association pour le soutien en Morvan]], elle a quinze ans.
On a rejoint le [[ORG:Comité des riverains de la Bièvre]] ([[ORG:CRB]]).
J'étais au [[ORG:GRV]] – [[ORG:Groupement des retraités du Velay]] – avant de bouger.
Ma sœur travaille à la [[ORG:Verrerie du Forez]], elle y est bien.
Je suis au club de boules [[ORG:Les Cochonnets]] depuis mai.
Il a posé du carrelage chez [[ORG:Delarboule Bâtiment]], deux étés.
Mon association, [[ORG:Ricochet]], vient de fêter ses dix ans.
On avait un groupe, [[ORG:Bipolaires et Fiers de l'Être]], le mardi.
"""

PLAIN = """
L'Association a rencontré le maire, et l'Union a suivi.
Le Comité se réunit demain, la Fédération aussi.
Le psychiatre de l'hôpital de jour m'a dit de revenir.
Il faut passer par l'École de la vie, comme on dit.
Moi je vais au club de foot le samedi et au groupe de parole le jeudi.
On m'a donné une AAH, j'ai appelé la MDPH et le CMP.
Trois semaines à l'hôpital, ça change un homme.
Un pas de plus et je tombais.
Le directeur de la boîte ne savait rien, moi non plus.
"""

TALKS = {
    "bare_short": (
        "moi j'ai été suivi à la [[HOSP:clinique des quatre moulins]] et euh aux [[HOSP:quatre moulins]] on mangeait bien franchement"
        " et puis après je suis rentré chez moi voilà"
    ),
    "bare_words": (
        "alors l'association [[ORG:une main sur l'épaule]] je connaissais pas et un jour je suis allé à [[ORG:une main sur l'épaule]]"
        " et on m'a donné un café voilà c'était ça et je suis resté"
    ),
    "bare_firm": "il a bossé chez [[ORG:lormeau et fils]] pendant douze ans et voilà il a tout arrêté du jour au lendemain",
    "bare_compound": "et le mardi je suis au [[HOSP:cattp arc-en-terre]] pour la poterie et le reste du temps je suis chez moi",
    "surname": "Il est au [[ORG:lycée Paule-Sandrin]]. Ma fille aussi. [[ORG:Sandrin]] a bonne réputation.",
    "head": "J'ai adhéré à l'[[ORG:Union des patients du Vexin]]. L'[[ORG:Union des patients]] m'a aidé.",
    "firm": "J'étais aux [[ORG:Transports Malbrouque]]. C'est dur. [[ORG:Malbrouque]] payait mal.",
    "initials": "Je vais à l'[[ORG:association Vivre et Rire Ensemble]]. Au nom de [[ORG:VRE]], je vous remercie.",
    "ward": "On m'a mis au [[HOSP:pavillon 14]]. Au [[HOSP:14]], on ne fumait pas.",
    "noun": "On m'a mis à l'[[HOSP:unité Hirondelle]]. J'ai bien aimé [[HOSP:Hirondelle]], c'était calme.",
}

BARE_PLAIN = (
    "alors euh je bosse au réseau mi-temps et puis à l'usine demi-journée et voilà c'est comme ça depuis deux ans",
    "à l'hôpital les infirmières m'ont parlé et au cmp la psychologue m'a écouté et à la clinique de jour aussi",
    "je suis allé au club de foot et à l'école des enfants et au café du coin et au foyer des jeunes voilà tout",
    "mon père et fils de paysan travaillait en intérim et mon habitat c'est un studio tout petit mais bon",
)

NOT_AGAIN = {
    "weather": ("Elle va à l'association Soleil. Bon. Soleil ou pluie, on sort.", "Soleil ou"),
    "person": ("Je bosse aux Transports Malbrouque. Lui, c'est monsieur Malbrouque.", "monsieur"),
    "lower": ("Je vais au club Horizon. Je regarde l'horizon, ça me calme.", "horizon,"),
    "year": ("On m'a mis au pavillon 14. Au 14 juillet, je suis sorti.", "juillet"),
    "bare": ("je vais à la résidence des tilleuls euh et les tilleuls sentent bon et je suis bien là voilà", "sentent"),
}


def lines(block):
    return [line for line in block.splitlines() if line]


def named(text, mentions):
    return [(text[m.start : m.end], m.label) for m in mentions if m.label in LABELS]


@pytest.mark.parametrize("marked", [*lines(FULL), *TALKS.values()])
def test_names_are_found_whole_with_their_label(marked):
    text, gold = unmark(marked)
    assert named(text, find_in_text(text)) == named(text, gold)


@pytest.mark.parametrize("text", [*lines(PLAIN), *BARE_PLAIN])
def test_common_nouns_name_nothing(text):
    assert named(text, find_in_text(text)) == []


@pytest.mark.parametrize(("text", "words"), NOT_AGAIN.values(), ids=NOT_AGAIN)
def test_what_is_said_again_may_be_another_thing(text, words):
    at = text.index(words)
    assert not [m for m in find_in_text(text) if m.start < at + len(words) and at < m.end and m.label in LABELS]


def test_a_name_met_in_one_transcript_is_found_shortened_in_another():
    corpus = Corpus((Transcript("A", "J'étais à la clinique Bois-Morand."), Transcript("B", "Oui. Bois-Morand, je connais.")))
    assert ("B", 5, 16, "HOSP") in [(m.document, m.start, m.end, m.label) for m in find(corpus)]


def test_towns_keep_their_label_after_an_institution_of_theirs():
    text = "Il y a le lycée de Port-Brillac. J'habite à Port-Brillac, tout près."
    assert [m.label for m in find_in_text(text) if m.start > 33] == ["LOC"]


def test_a_first_mention_keeps_its_own_reason():
    text = "J'étais aux Transports Malbrouque. Malbrouque payait mal."
    assert [m.source for m in find_in_text(text)] == ["capital.organisation", "institution.again"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("clinique Bois-Morand", "Bois-Morand"),
        ("lycée Paule-Sandrin", "Sandrin"),
        ("Union des patients du Vexin", "Union des patients"),
        ("Le Fil Rouge", "Fil Rouge"),
        ("Vasseur Textiles", "Vasseur"),
    ],
)
def test_short_forms(name, short):
    words = tuple(FORMS[word] for word in re.findall(r"\w+", name))
    assert re.findall(r"\w+", short) in [[form.text for form in form_] for form_ in short_forms(words)]


@pytest.mark.parametrize("name", ["université de Bellac", "association", "hôpital de Nantes", "le centre"])
def test_a_town_or_a_type_noun_alone_is_no_short_form(name):
    words = tuple(FORMS[word] for word in re.findall(r"\w+", name))
    assert all(len(form) > 1 for form in short_forms(words))


WORD = st.text("abcdeirstu", min_size=2, max_size=6)


@given(st.lists(WORD, min_size=2, max_size=6))
def test_initials_spell_their_words(words):
    letters = "".join(word[0] for word in words)
    assert spells(letters, tuple((word, False) for word in words))
    assert letters.upper() in set(spelled(tuple(FORMS[word] for word in words)))


@given(st.lists(st.tuples(st.text("ab", min_size=1, max_size=3), st.booleans()), min_size=1, max_size=4), st.text("ab", min_size=1, max_size=6))
def test_spelling_agrees_with_trying_every_way(words, letters):
    ways = {""}
    for word, link in words:
        ways = {way + word[:n] for way in ways for n in range(0 if link else 1, len(word) + 1)}
    assert spells(letters, tuple(words)) == (letters in ways)


def test_running_texts_to_develop_on_stay_found():
    """Made on these texts: the floor says that nothing broke, not how well others go (see benchmarks/organisations.py)."""
    gold = hidden = both = right = labelled = found_labelled = 0
    for path in sorted(TEXTS.glob("dev_*.txt")):
        text, marks = unmark(path.read_text(encoding="utf-8").partition("\n")[2])
        found = find(Corpus((talk("d", text),)))
        for word in re.finditer(r"\w+", text):
            was, now = (next((m.label for m in ms if m.start < word.end() and word.start() < m.end), "") for ms in (marks, found))
            gold, hidden, both = gold + bool(was), hidden + bool(now), both + bool(was and now)
            labelled, found_labelled = labelled + (was in LABELS), found_labelled + (now in LABELS)
            right += was == now and was in LABELS
    assert both / gold > 0.89 and both / hidden > 0.95
    assert 2 * right / (labelled + found_labelled) > 0.83
