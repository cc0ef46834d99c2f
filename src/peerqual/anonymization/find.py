"""Find identifiers in a corpus: the order of the finders, transcript by transcript, then once more over the whole corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress

from ..model import Corpus, Mention, Transcript
from .finders import (
    ages,
    capitals,
    contacts,
    dates,
    disorders,
    institutions,
    introductions,
    lexicons,
    lowercase,
    propagation,
    speakers,
)
from .finders.candidates import Candidate, resolve
from .finders.view import Capitals, View
from .finders.words import flags_of

FINDERS = (contacts, dates, ages, disorders, lexicons, institutions, introductions, capitals, lowercase)
_WAKING = propagation.TRIGGER
for _finder in FINDERS:
    _WAKING |= _finder.TRIGGER
_BLOCK = 100_000

Leftover = tuple[int, int, str, bool]


def find(corpus: Corpus, *, keep: Sequence[str] = (), jobs: int = 1) -> tuple[Mention, ...]:
    """Find the identifiers of `corpus`; names met in one transcript help in the others.

    `keep` are public names (UNAFAM, GEM): found with label ORG, to be shown and not replaced. `jobs` is the number of processes.
    Returns mentions sorted by document and place, of which no two overlap, each with `label`, `tier` and `source` (the reason).
    """
    known = propagation.Known()
    pages = []
    for transcript in corpus:
        pieces = [transcript.text[turn.start : turn.end] for turn in transcript.turns] or [transcript.text]
        candidates, leftovers = _scan(transcript.text, Capitals(pieces))
        candidates.extend(speakers.find(transcript))
        accepted = resolve(candidates)
        known.learn(transcript.text, accepted)
        pages.append((transcript.id, accepted, leftovers))
    return tuple(mention for document, accepted, leftovers in pages for mention in _mentions(document, _again(known, accepted, leftovers)))


def find_in_text(text: str) -> tuple[Mention, ...]:
    """Find the identifiers of one string, as `find` does in a corpus of one transcript; ``document`` is "".

    >>> [mention.label for mention in find_in_text("je m'appelle Zoubir et j'ai 34 ans")]
    ['PER', 'AGE']
    """
    return find(Corpus((Transcript("", text),)))


def find_disorders(text: str) -> tuple[Mention, ...]:
    """Find the names of disorders of one string, and nothing else."""
    view = View(text, 0, len(text), _sentences())
    at = list(compress(range(len(view.forms)), [form.flags & (lexicons.TRIGGER | disorders.TRIGGER) for form in view.forms]))
    found = [c for finder in (disorders, lexicons) for c in finder.find(view, [i for i in at if view.forms[i].flags & finder.TRIGGER])]
    return tuple(_mentions("", [candidate for candidate in resolve(found) if candidate.label == "DIAG"]))


@cache
def _sentences() -> Capitals:
    return Capitals([""])


def _mentions(document: str, candidates: Sequence[Candidate]) -> Iterator[Mention]:
    for start, end, label, sure, source in candidates:
        yield Mention(document, start, end, label, "auto" if sure else "review", source)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(text):
        end = at + _BLOCK
        if end < len(text):
            end = text.rfind("\n", at + _BLOCK // 2, end) + 1 or text.rfind(" ", at + _BLOCK // 2, end) + 1 or end
        else:
            end = len(text)
        yield at, end
        at = end


def _scan(text: str, capitals_: Capitals) -> tuple[list[Candidate], list[Leftover]]:
    candidates: list[Candidate] = []
    leftovers: list[Leftover] = []
    for begin, end in _blocks(text):
        view = View(text, begin, end, capitals_)
        flags = list(map(flags_of, view.forms))
        waking = [(i, f) for i, f in enumerate(flags) if f & _WAKING]
        for finder in FINDERS:
            trigger = finder.TRIGGER
            candidates.extend(finder.find(view, [i for i, f in waking if f & trigger]))
        leftovers.extend(propagation.leftovers(view, [i for i, f in waking if f & propagation.TRIGGER]))
    return candidates, leftovers


def _again(known: propagation.Known, accepted: list[Candidate], leftovers: list[Leftover]) -> list[Candidate]:
    return resolve([*accepted, *propagation.find(known, leftovers, accepted)])
