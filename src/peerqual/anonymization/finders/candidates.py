"""What finders yield, and how overlaps are settled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Candidate(NamedTuple):
    """A span (code points of the transcript) that may be an identifier; `sure` tells the tier, `source` the reason.

    A near miss has the label "": it keeps other candidates off its place and is left out at the end.
    """

    start: int
    end: int
    label: str
    sure: bool
    source: str


# Where two candidates of one length overlap, the more telling kind of reason stays.
_ORDER = ("keep", "contact", "date", "number", "age", "near_miss", "speaker", "header", "institution", "lexicon", "introduction", "title", "relation")
_RANK = {kind: len(_ORDER) - i for i, kind in enumerate(_ORDER)}


def _weight(candidate: Candidate) -> tuple[bool, int, int, bool]:
    kind = candidate.source.partition(".")[0]
    return kind == "keep", candidate.end - candidate.start, _RANK.get(kind, 0), candidate.sure


def resolve(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return sorted candidates of which no two overlap: the longest stays, then the one whose reason tells most."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates):
        while kept and kept[-1].end > candidate.start:
            if _weight(kept[-1]) >= _weight(candidate):
                break
            kept.pop()
        else:
            kept.append(candidate)
    return kept
