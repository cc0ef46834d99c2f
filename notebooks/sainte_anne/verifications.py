"""Les vérifications des exercices : elles comparent, demandent pourquoi, et ne disent pas « faux » là où l’on peut argumenter.

Bibliothèque standard et peerqual seulement. Un exercice laissé vide répond « à faire » ; tout ce que tu écris va dans ``travail/``.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import peerqual as pq
from peerqual.language.fold import fold
from peerqual.language.sentences import split
from peerqual.resources import packaged

if TYPE_CHECKING:
    import pandas as pd

A_FAIRE = "À faire."
_MOT = re.compile(r"\w+(?:[’'-]\w+)*")


# Où sont les choses


@dataclass(frozen=True)
class Lieux:
    """Les dossiers du cours : `cours` (les carnets), `materiel`, `corpus`, `apres` (les lectures de référence) et `travail` (ce que tu écris)."""

    cours: Path
    materiel: Path
    corpus: Path
    apres: Path
    travail: Path


def lieux() -> Lieux:
    """Dit où sont les dossiers ; hors d’une copie faite par ``peerqual demo sainte-anne``, `travail` est un dossier provisoire."""
    cours = Path(__file__).resolve().parent
    if (cours / "corpus").exists():
        travail = cours / "travail"
        travail.mkdir(exist_ok=True)
        return Lieux(cours, cours / "materiel", cours / "corpus", cours / "pour_apres", travail)
    exemple = packaged("corpus_sample")
    return Lieux(cours, cours / "materiel", exemple, exemple / "gold", Path(tempfile.mkdtemp()))


def copie_de(nom: str, ou: Lieux) -> Path:
    """Copie `nom` de ``materiel/`` dans ``travail/`` s’il n’y est pas déjà, et rend l’adresse de ta copie."""
    ici = ou.travail / nom
    if not ici.exists():
        shutil.copyfile(ou.materiel / nom, ici)
    return ici


def garder(nom: str, contenu: object, ou: Lieux) -> Path:
    """Écrit `contenu` dans ``travail/`` : un texte tel quel, le reste en JSON."""
    chemin = ou.travail / nom
    texte = contenu if isinstance(contenu, str) else json.dumps(contenu, ensure_ascii=False, indent=1)
    chemin.write_text(texte + "\n", encoding="utf-8")
    return chemin


# Ce que toutes les vérifications partagent


def nombre_de_mots(texte: str) -> int:
    """Compte les mots.

    >>> nombre_de_mots("L’association, c’est-à-dire nous.")
    3
    """
    return len(_MOT.findall(texte))


def reste_a_dire(texte: str, minimum: int = 20) -> str:
    """Rend "" quand une justification a au moins `minimum` mots, sinon ce qui manque.

    >>> reste_a_dire("")
    'À faire.'
    >>> reste_a_dire("Parce que.", 5)
    'Dis-en un peu plus : 2 mots, il en faut au moins 5 pour que quelqu’un puisse te répondre.'
    """
    mots = nombre_de_mots(texte)
    if not mots:
        return A_FAIRE
    return "" if mots >= minimum else f"Dis-en un peu plus : {mots} mots, il en faut au moins {minimum} pour que quelqu’un puisse te répondre."
