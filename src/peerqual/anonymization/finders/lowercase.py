"""Names in lower case: from the lexicons, and in transcripts without capitals also unknown words in a telling context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import context
from .candidates import Candidate
from .view import View
from .words import CAP, COMMON, FIRST, KNOWN, ORDINARY, PLACE, SURNAME, UNKNOWN

TRIGGER = FIRST | SURNAME | PLACE | UNKNOWN


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``lowercase.first_name``, ``lowercase.place``, ``lowercase.surname``, ``lowercase.context``."""
    previous = -1
    for i in at:
        form = view.forms[i]
        if form.flags & CAP or len(form.text) < 3:
            continue
        label, reason = _grade(view, i, form.flags, previous == i - 1)
        if label:
            if label == "PER":
                previous = i
            yield Candidate(view.starts[i], view.end(i), label, view.capitals.none and reason != "context", f"lowercase.{reason}")


def _grade(view: View, i: int, flags: int, follows: bool) -> tuple[str, str]:
    named = context.titled(view, i) or (view.capitals.none and context.related(view, i))
    if flags & COMMON:
        return "", ""
    clear = not flags & ORDINARY
    if flags & FIRST and (clear or named):
        return "PER", "first_name"
    if flags & PLACE and ((clear and not flags & KNOWN) or (context.placed(view, i) and not flags & KNOWN)):
        return "LOC", "place"
    if flags & SURNAME and (named or (follows and view.gap(i) == " ")):
        return "PER", "surname"
    if flags & UNKNOWN and view.capitals.none:
        if named:
            return "PER", "context"
        if context.placed(view, i) and view.form(i - 1).folded == "a":
            return "LOC", "context"
    return "", ""
