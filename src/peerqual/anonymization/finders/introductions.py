"""Names that are introduced: « je m'appelle X », « on l'appelait la X », « prénom : X », « moi c'est X »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import phrases
from .candidates import Candidate
from .context import telling
from .view import View
from .words import CAP, COMMON, DIGIT, FIRST, GENERIC, INSTITUTION, INTRODUCTION, KNOWN, NAME, UPPER

TRIGGER = INTRODUCTION

_GAPS = frozenset(("", ",", "'", "’", ":", "«", ": «"))


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``introduction``: the name after « m'appelle » and the like, in any case."""
    for i in at:
        j = i + 1
        while j - i < 4 and not view.form(j).flags & CAP and view.form(j).folded in telling("introduced_filler") and view.gap(j).strip() in _GAPS:
            j += 1
        article = j
        nickname = view.form(j).folded in ("la", "le", "l") and bool(view.form(j + 1).flags & CAP)
        j += nickname
        if view.gap(j).strip() in _GAPS and _is_name(view, i, j, nickname):
            stop = j + 1
            while view.form(stop).flags & CAP and view.gap(stop) in (" ", "-"):
                stop += 1
            label = "PER" if view.form(j).flags & FIRST else _named_thing(view, i)
            whole = label != "PER" and view.form(article).flags & CAP  # « le foyer s'appelle L'Escale »
            yield Candidate(view.starts[article if whole else j], view.end(stop - 1), label, True, "introduction")


def _named_thing(view: View, i: int) -> str:
    """Return what is named before « s'appelle » at word `i`: an institution, with its label, else a person."""
    table = phrases.institutions()
    for k in range(max(0, i - 6), i):
        if view.forms[k].flags & INSTITUTION:
            for entry, _, _ in phrases.matches(view, k, table):
                return "HOSP" if entry.label == "HOSP" else "ORG"
    return "PER"


def _is_name(view: View, i: int, j: int, nickname: bool) -> bool:
    form = view.form(j)
    if not form.text or form.flags & DIGIT or form.folded in telling("not_a_name"):
        return False
    if form.flags & GENERIC and form.flags & UPPER and not form.flags & NAME:
        return False  # « j'ai appelé le CMP »
    if form.flags & CAP:
        return nickname or not form.flags & COMMON or bool(form.flags & NAME) or view.form(j + 1).flags & CAP > 0
    reflexive = view.form(i - 1).folded in ("m", "t", "s", "appelle") and view.gap(j) == " "
    return reflexive and not view.sparse and (not form.flags & (COMMON | KNOWN) or bool(form.flags & FIRST)) and len(form.text) > 2
