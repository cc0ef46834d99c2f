"""Entries of the lexicons: disorders (unless figurative), drugs, places, associations, hospitals; the longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import disorders, phrases
from .candidates import Candidate
from .context import telling, worked
from .view import View
from .words import CAP, COMMON, FUNCTION, KNOWN, LISTED, ORDINARY, PHRASE, UPPER

TRIGGER = PHRASE

_DEPARTMENT = re.compile(r"(?:\d\d|2[AB]|97\d)\Z")


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``lexicon.disorder``, ``lexicon.drug``, ``lexicon.place``, ``lexicon.organisation``, ``lexicon.hospital``, ``near_miss``."""
    table = phrases.table()
    for i in at:
        for entry, start, stop in phrases.matches(view, i, table):
            candidate = _KINDS[entry.label](view, start, stop, entry)
            if candidate:
                yield candidate
                break


def _drug(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate:
    return Candidate(view.starts[i], view.end(stop - 1), "MED", True, "lexicon.drug")


def _plain(view: View, i: int, stop: int) -> bool:
    """Tell whether words `i` to `stop` could be ordinary French: a single word besides articles and prepositions, and that one plain."""
    telling_words = [form.flags for form in view.forms[i:stop] if not form.flags & FUNCTION and len(form.text) > 2]
    return len(telling_words) < 2 and all(flags & (COMMON | ORDINARY) or (flags & KNOWN and not flags & LISTED) for flags in telling_words)


def _place(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    if stop - i == 1:
        return None  # `capitals` and `lowercase` weigh the context
    first = i + entry.skip if not view.forms[i].flags & CAP or view.weak(i) else i
    capital = bool(view.forms[first].flags & view.forms[stop - 1].flags & CAP)
    if not capital and (view.sparse or any(form.flags & CAP for form in view.forms[i:stop]) or _plain(view, first, stop)):
        return None
    return Candidate(view.starts[first], view.end(stop - 1), "LOC", capital or view.bare, "lexicon.place")


def _named(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    first, last = view.forms[i], view.forms[stop - 1]
    if entry.kind == "public" and not first.flags & CAP:
        return None
    if last.flags & CAP:
        if stop - i == 1 and view.weak(i) and first.flags & (KNOWN | ORDINARY) and not first.flags & UPPER:
            return None
    elif entry.exact or (not (first.flags & CAP and stop - i > 1 and not view.weak(i)) and (not view.bare or _plain(view, i, stop))):
        return None
    if first.flags & UPPER and _DEPARTMENT.match(view.form(stop).text) and view.gap(stop) == " ":
        stop += view.form(stop + 1).folded not in telling("unit")  # « UNAFAM 44 »
    return Candidate(view.starts[i], view.end(stop - 1), entry.label, entry.kind != "public", f"lexicon.{entry.kind}")


def _near_miss(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    if not (view.forms[i].flags | view.forms[stop - 1].flags) & CAP:
        return None
    if entry.kind != "country" and (worked(view, i) or view.form(i - 1).folded == "ex"):  # where somebody works says who they are
        return Candidate(view.starts[i], view.end(stop - 1), "ORG", False, "lexicon.employer")
    return Candidate(view.starts[i], view.end(stop - 1), "", True, "near_miss")


_KINDS = {"DIAG": disorders.candidate, "MED": _drug, "LOC": _place, "ORG": _named, "HOSP": _named, "": _near_miss}
