"""Names in lower case: from the lexicons, and in transcripts without capitals also what context tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import context
from .candidates import Candidate
from .context import telling
from .view import View
from .words import CAP, COMMON, FIRST, KNOWN, LISTED, ORDINARY, PLACE, SURNAME, TITLE, UNKNOWN

TRIGGER = LISTED | UNKNOWN

_ENDINGS = ("er", "ait", "aient", "ent", "ons", "ez", "ement", "tion", "ique", "eur", "euse", "age", "isme", "iste", "able", "ees", "es")


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``lowercase.first_name``, ``lowercase.place``, ``lowercase.surname``, ``lowercase.context``."""
    if view.capitals.names:
        return
    after_name = -1
    for i in at:
        form = view.forms[i]
        if form.flags & (CAP | COMMON) or len(form.text) < 3:
            continue
        label, reason = _grade(view, i, form.flags, after_name == i and view.gap(i) in (" ", "-"))
        if label:
            after_name = i + 1 if label == "PER" else -1
            first = i - 1 if view.gap(i) == "-" and view.form(i - 1).flags & FIRST else i
            yield Candidate(view.starts[first], view.end(i), label, view.capitals.none and reason != "context", f"lowercase.{reason}")


def _grade(view: View, i: int, flags: int, after_name: bool) -> tuple[str, str]:
    titled = context.titled(view, i) and len(view.form(i - 1).text) > 1
    clear = not flags & ORDINARY
    if flags & FIRST and (clear or titled or after_name):
        return "PER", "first_name"
    if flags & PLACE and ((clear and (view.capitals.none or context.placed(view, i))) or (view.capitals.none and not flags & KNOWN and context.placed(view, i))):
        return "LOC", "place"
    if flags & SURNAME and (titled or after_name or (view.capitals.none and clear and not flags & KNOWN and len(view.forms[i].text) > 4)):
        return "PER", "surname"
    if flags & UNKNOWN and view.capitals.none:
        if titled or after_name:
            return "PER", "context"
        if context.placed(view, i) and not view.forms[i].folded.endswith(_ENDINGS) and _place_verb(view, i):
            return "LOC", "context"
    return "", ""


def _place_verb(view: View, i: int) -> bool:
    return context.near(view, i, "place_verb", 5) or view.form(i - 1).folded in telling("place_before") or bool(view.form(i - 2).flags & TITLE)
