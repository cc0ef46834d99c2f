"""Say how a hit is meant: denied, supposed, of somebody else, past, reported, asked, affirmed by denying the contrary.

A module a qualifier, each with ``holds(scope)``, over cue lists (``data/``), after the idea of NegEx (Chapman et al. 2001,
doi:10.1006/jbin.2001.1029): a cue reaches words of its own clause only. Made for speech, where « ne » is dropped.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from . import litotes, negation, past, persons, questions, reported, supposition
from .cues import form
from .scope import Scope, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


@lru_cache(maxsize=64)  # the hits of a sentence follow one another
def _sentence(texts: tuple[str, ...]) -> Sentence:
    return Sentence(texts=texts, forms=list(map(form, texts)), lower=[text.lower() for text in texts])


def qualify(doc: Doc | Span, start: int, end: int, own: Collection[int] | None = None) -> frozenset[str]:
    """Return which of ``model.QUALIFIERS`` hold for the tokens ``[start, end)`` of `doc`, one sentence.

    A negative word inside the hit is the rule's own and does not count, unless `own` (the token indexes that were matched)
    leaves it out: so a gap that holds « pas » negates. A litotes is no negation, and a supposition no past.

    >>> from peerqual.language.pipeline import french
    >>> sorted(qualify(french()("J'ai plus d'espoir."), 4, 5))
    ['negated']
    >>> sorted(qualify(french()("J'ai pas mal d'espoir."), 5, 6))
    ['litotes']
    """
    said = _sentence(tuple([token.text for token in doc]))
    matched = frozenset(range(start, end) if own is None else own)
    scope = Scope(said, said.texts, said.forms, said.lower, said.known, start, end, matched)
    found = set()
    if litotes.holds(scope):
        found.add("litotes")
    elif negation.holds(scope):
        found.add("negated")
    if supposition.holds(scope):
        found.add("hypothetical")
    elif past.holds(scope):
        found.add("past")
    if persons.holds(scope):
        found.add("other_person")
    if reported.holds(scope):
        found.add("reported")
    if questions.holds(scope):
        found.add("question")
    return frozenset(found)
