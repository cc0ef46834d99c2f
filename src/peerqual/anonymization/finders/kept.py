"""Public names that the study keeps (UNAFAM, GEM): found and shown, never replaced."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from . import phrases
from .candidates import Candidate
from .view import View


@lru_cache(maxsize=8)
def _table(keep: tuple[str, ...]) -> dict[str, tuple[phrases.Entry, ...]]:
    words = [phrases.split(name) for name in keep]
    return phrases.index((first, phrases.Entry(tuple(tail), "ORG", "keep")) for first, *tail in words if first)


def find(view: View, keep: tuple[str, ...]) -> Iterator[Candidate]:
    """Yield ``keep`` for each name of the keep list, in any case."""
    if not keep:
        return
    table = _table(keep)
    for i, form in enumerate(view.forms):
        if form.folded in table:
            for _, stop in phrases.matches(view, i, table[form.folded]):
                yield Candidate(view.starts[i], view.end(stop - 1), "ORG", True, "keep")
                break
