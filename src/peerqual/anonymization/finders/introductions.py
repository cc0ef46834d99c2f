"""Names that are introduced: « je m'appelle X », « moi c'est X », « on m'appelle X », « prénom : X »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .candidates import Candidate
from .view import View
from .words import CAP, COMMON, DIGIT, INTRODUCTION, KNOWN

TRIGGER = INTRODUCTION

_FILLERS = frozenset("euh ben bah donc c est moi alors voila enfin un".split())
_NOT = frozenset("comment pas ca plus cela la le les une tout quoi moi toi elle lui quand parce on je tu il".split())


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``introduction``: the word after « m'appelle » and the like, in any case."""
    for i in at:
        j = i + 1
        while view.form(j).folded in _FILLERS and not view.form(j).flags & CAP and j - i < 4 and view.gap(j).strip() in ("", ",", "'", "’", ":"):
            j += 1
        form = view.form(j)
        if not form.text or form.flags & DIGIT or form.folded in _NOT or view.gap(j).strip() not in ("", ",", "'", "’", ":", "«", ": «"):
            continue
        if form.flags & CAP:
            if form.flags & COMMON and form.flags & KNOWN and not view.form(j + 1).flags & CAP:
                continue
            stop = j + 1
            while view.form(stop).flags & CAP and view.gap(stop) in (" ", "-"):
                stop += 1
            yield Candidate(view.starts[j], view.end(stop - 1), "PER", True, "introduction")
        elif not form.flags & (COMMON | KNOWN):
            yield Candidate(view.starts[j], view.end(j), "PER", True, "introduction")
