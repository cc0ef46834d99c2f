"""Entries of the lexicons: disorders (unless figurative), drugs, places, associations, hospitals; the longest match first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import disorders, phrases
from .candidates import Candidate
from .view import View
from .words import CAP, KNOWN, ORDINARY, PHRASE

TRIGGER = PHRASE


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``lexicon.disorder``, ``lexicon.drug``, ``lexicon.place``, ``lexicon.organisation``, ``lexicon.hospital``."""
    table = phrases.table()
    for i in at:
        for entry, stop in phrases.matches(view, i, table[view.forms[i].folded]):
            candidate = _KINDS[entry.label](view, i, stop, entry)
            if candidate:
                yield candidate
                break


def _disorder(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    return disorders.candidate(view, i, stop, entry)


def _drug(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    doubtful = entry.kind == "class" and bool(view.forms[i].flags & ORDINARY)
    return Candidate(view.starts[i], view.end(stop - 1), "MED", not doubtful, "lexicon.drug")


def _capital(view: View, i: int, stop: int) -> bool:
    return all(view.forms[j].flags & CAP for j in (i, stop - 1))


def _place(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    if stop - i == 1:
        form = view.forms[i]
        if form.flags & CAP or form.flags & (ORDINARY | KNOWN):
            return None  # `capitals` and `lowercase` weigh the context
        return Candidate(view.starts[i], view.end(i), "LOC", view.capitals.none, "lexicon.place")
    capital = _capital(view, i, stop)
    if not capital and any(view.forms[j].flags & CAP for j in range(i, stop)) and not view.forms[stop - 1].flags & CAP:
        return None
    return Candidate(view.starts[i], view.end(stop - 1), "LOC", capital or view.capitals.none, "lexicon.place")


def _named(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    if not (view.forms[i].flags & CAP or view.forms[stop - 1].flags & CAP or (view.capitals.none and not view.forms[i].flags & (KNOWN | ORDINARY))):
        return None
    if stop - i == 1 and view.weak(i) and view.forms[i].flags & (KNOWN | ORDINARY):
        return None
    return Candidate(view.starts[i], view.end(stop - 1), entry.label, True, f"lexicon.{entry.kind}")


_KINDS = {"DIAG": _disorder, "MED": _drug, "LOC": _place, "ORG": _named, "HOSP": _named}
