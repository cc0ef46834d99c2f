"""Ages in figures and words; durations are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import numerals
from .candidates import Candidate
from .context import telling
from .view import View
from .words import AGE, CAP

TRIGGER = AGE

_OR = frozenset(("ou", "et", "a", "voire"))
_OLDEST, _ADULT = 110, 14


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``age.years`` (« 54 ans », « quinze ou seize ans ») and ``age.tens`` (« la trentaine »)."""
    for i in at:
        if view.forms[i].folded == "ans":
            yield from _years(view, i)
        elif _tens(view, i):
            yield Candidate(view.starts[i], view.end(i), "AGE", True, "age.tens")


def _tens(view: View, i: int) -> bool:
    word, before = view.forms[i].folded, view.form(i - 1).folded
    if not word.endswith("aine"):
        return before in ("un", "une", "les", "des")
    telling_before = view.form(i - 2).folded in ("dans", "a", "passe", "approche", "vers", "atteint", "avais", "ai", "avait")
    return before in ("la", "sa", "ma") and telling_before and view.form(i + 1).folded not in ("de", "d")


def _years(view: View, i: int) -> Iterator[Candidate]:
    start, years = numerals.before(view, i)
    if not 1 <= years <= _OLDEST:
        return
    start = _range(view, start)
    after = view.form(i + 1).folded if view.gap(i + 1) in numerals.JOINTS else ""
    if after in telling("duration_after"):
        return
    k = start - 1
    while view.form(k).folded in telling("filler") and view.gap(k + 1) in (" ", ", ") and start - k < 4:
        k -= 1
    grade = _grade(view, k, start, after, years, i)
    if grade:
        yield Candidate(view.starts[start], view.end(i), "AGE", grade == 2, "age.years")


def _range(view: View, start: int) -> int:
    """Return where « quinze ou seize », « quinze seize », « 15-16 » begins."""
    joint = start - 1 if view.form(start - 1).folded in _OR else start
    if joint == start and view.gap(start) not in (" ", "-"):
        return start
    first, years = numerals.before(view, joint)
    return first if 1 <= years <= _OLDEST else start


def _grade(view: View, k: int, start: int, after: str, years: int, i: int) -> int:
    """Return 0 (a duration), 1 (doubtful) or 2 (an age), from the words before and after."""
    before, before2 = view.form(k).folded, view.form(k - 1).folded
    if after in ("de", "d"):
        return 2 if before in ("mes", "ses", "tes") else 0
    if before in ("de", "d"):
        return 2 if before2 in ("age", "agee", "ages", "agees") or before2 in telling("age_person") else 1 if view.form(k - 1).flags & CAP else 0
    if before == "a":
        return 0 if before2 in ("y", "bout") else 2
    if before in telling("age_before"):
        return 2
    if before in telling("duration_before"):
        return 0
    gap, gap_after = view.gap(start), view.gap(i + 1)
    apart = ("," in gap or "(" in gap or "\n" in gap or ":" in gap) and (not gap_after.strip() == "" or gap_after == "\n")
    if apart and years >= _ADULT:
        return 2 if view.form(start - 1).flags & CAP else 1
    return 0
