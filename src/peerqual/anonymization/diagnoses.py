"""Replace the names of disorders in one text, for who has no corpus: `replace_diagnoses`."""

from __future__ import annotations

from ..model import Corpus, Transcript
from .edits import apply
from .find import find_disorders
from .planning import plan


def replace_diagnoses(text: str, style: str = "study", numbered: bool = False) -> str:
    """Return `text` with names of disorders replaced by « trouble(s) », the rest of its grammar kept.

    `style`: "study" (nouns agreed, what says who somebody is between brackets), "fluent" (« j'ai un trouble »), "literal" (« trouble(s) ») or
    "bracket" (« [trouble] »); `numbered` tells several disorders apart (« trouble 1 »). Figures of speech stay. Other identifiers stay too.
    Raises `UsageError` on an unknown style.

    >>> replace_diagnoses("Ma dépression, et je suis bipolaire.")
    'Mon trouble, et je suis [trouble].'
    """
    corpus = Corpus((Transcript("", text),))
    return apply(text, plan(corpus, find_disorders(text), style=style, numbered=numbered).edits)[0]
