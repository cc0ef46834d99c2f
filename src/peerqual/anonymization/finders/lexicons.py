"""Entries of the lexicons: disorders (unless figurative), drugs, places, associations, hospitals; the longest match first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import disorders, phrases
from .candidates import Candidate
from .view import View
from .words import CAP, COMMON, KNOWN, ORDINARY, PHRASE, UPPER

TRIGGER = PHRASE


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``lexicon.disorder``, ``lexicon.drug``, ``lexicon.place``, ``lexicon.organisation``, ``lexicon.hospital``, ``near_miss``."""
    table = phrases.table()
    for i in at:
        for entry, stop in phrases.matches(view, i, table[view.forms[i].folded]):
            candidate = _KINDS[entry.label](view, i, stop, entry)
            if candidate:
                yield candidate
                break


def _drug(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate:
    return Candidate(view.starts[i], view.end(stop - 1), "MED", True, "lexicon.drug")


def _capital(view: View, i: int, stop: int) -> bool:
    """Tell whether words `i` to `stop` are written as a name: capital first and last, or the first one in a strong place."""
    return all(view.forms[j].flags & CAP for j in (i, stop - 1))


def _plain(view: View, i: int, stop: int) -> bool:
    """Tell whether words `i` to `stop` could be ordinary French."""
    return all(form.flags & (KNOWN | COMMON | ORDINARY) or len(form.text) < 3 for form in view.forms[i:stop])


def _place(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    first = i + entry.skip if not view.forms[i].flags & CAP or view.weak(i) or stop - i == 2 else i
    if stop - i == 1:
        return None  # `capitals` and `lowercase` weigh the context
    capital = _capital(view, first, stop)
    if not capital and (any(form.flags & CAP for form in view.forms[i:stop]) or _plain(view, first, stop) or view.capitals.names):
        return None
    return Candidate(view.starts[first], view.end(stop - 1), "LOC", capital or view.capitals.none, "lexicon.place")


def _named(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    if not _capital(view, i, stop) and not (view.forms[stop - 1].flags & CAP and stop - i > 1):
        if not view.capitals.none or _plain(view, i, stop) or entry.exact:
            return None
    if stop - i == 1 and view.weak(i) and view.forms[i].flags & (KNOWN | ORDINARY) and not view.forms[i].flags & UPPER:
        return None
    return Candidate(view.starts[i], view.end(stop - 1), entry.label, True, f"lexicon.{entry.kind}")


def _near_miss(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    return (
        Candidate(view.starts[i], view.end(stop - 1), "", True, "near_miss")
        if view.forms[stop - 1].flags & CAP or view.forms[i].flags & CAP
        else None
    )


_KINDS = {"DIAG": disorders.candidate, "MED": _drug, "LOC": _place, "ORG": _named, "HOSP": _named, "": _near_miss}
