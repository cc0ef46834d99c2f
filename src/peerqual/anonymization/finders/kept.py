"""Public names that the study keeps (UNAFAM, GEM): found and shown, never replaced."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from . import phrases
from .candidates import Candidate
from .view import View


@lru_cache(maxsize=8)
def _table(keep: tuple[str, ...]) -> phrases.Node:
    found: phrases.Node = {}
    for name in keep:
        if phrases.split(name):
            phrases.add(found, phrases.split(name), "ORG", "keep")
    return found


def find(view: View, keep: tuple[str, ...]) -> Iterator[Candidate]:
    """Yield ``keep`` for each name of the keep list, in any case."""
    if not keep:
        return
    table = _table(keep)
    for i, form in enumerate(view.forms):
        if form.folded in table:
            for _, start, stop in phrases.matches(view, i, table):
                yield Candidate(view.starts[start], view.end(stop - 1), "ORG", True, "keep")
                break
