"""Dates and years, in figures and in words; neither feasts nor a month alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import numerals
from .candidates import Candidate
from .context import telling
from .view import View
from .words import DIGIT, MONTH, NUMBER

TRIGGER = DIGIT | MONTH | NUMBER

_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_FIGURES = re.compile(
    rf"(?:(?:19|20)\d\d-{_MONTH}-{_DAY}|{_DAY}[ ]?([/.-])[ ]?{_MONTH}[ ]?\1[ ]?(?:(?:1[89]|20)\d\d|\d\d)|{_MONTH}/(?:19|20)\d\d)(?![\d/])(?![.-]\d)"
)
_CHAT = re.compile(rf"{_DAY}-(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)-(?:1[89]|20)\d\d(?!\w)")  # dates of CHAT files
_SPACED = re.compile(r"(?:0[1-9]|[12]\d|3[01]) (?:0[1-9]|1[0-2]) (?:19|20)\d\d(?!\d)(?! \d)")
_SHORT = re.compile(rf"{_DAY}/(?:0[1-9]|1[0-2])(?![\d/])")
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
_SPACES = frozenset((" ", "\u00a0", "\u202f"))
_AFTER_MONTH = _SPACES | {" '", " ’"}
_SHORTENED = frozenset(("janv", "fev", "fevr", "avr", "juil", "oct", "nov", "dec"))
_OF_YEAR = frozenset(("en", "classe", "promo", "promotion"))
_NUMBERED = frozenset(("page", "pages", "loi", "article", "code", "numero", "vol"))


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``date.figures``, ``date.day_month``, ``date.month_year``, ``date.year``, ``date.year_words``."""
    for i in at:
        flags = view.forms[i].flags
        if flags & MONTH:
            yield from _month(view, i)
        elif flags & DIGIT:
            yield from _figures(view, i)
        elif not view.form(i - 1).flags & NUMBER or view.gap(i) not in numerals.JOINTS:
            yield from _words(view, i)


def _month(view: View, i: int) -> Iterator[Candidate]:
    start, stop = _day(view, i), _year_after(view, i + 1)
    month = view.forms[i].folded
    if stop == i + 1 and {f"{numerals.before(view, i)[1]}-{month}", f"{view.form(i - 1).folded}-{month}"} & telling("feast"):
        return
    if start < i or stop > i + 1:
        yield Candidate(view.starts[start], view.end(stop - 1), "DATE", True, "date.day_month" if start < i else "date.month_year")


def _day(view: View, i: int) -> int:
    before = view.form(i - 1).folded
    if view.gap(i) not in _SPACES:
        return i
    start, day = (i - 1, 1) if before in ("1er", "1ier") else numerals.before(view, i)
    if not 1 <= day <= 31 or (start == i - 1 and before in ("un", "une")):
        return i
    if view.form(start - 1).folded in ("au", "et", "ou") and view.gap(start - 1) == " ":  # « du 3 au 12 mars »
        first, earlier = numerals.before(view, start - 1)
        start = first if 1 <= earlier <= 31 else start
    return start


def _year_after(view: View, j: int) -> int:
    form, gap = view.form(j), view.gap(j)
    if gap not in _AFTER_MONTH and not (gap == ". " and view.form(j - 1).folded in _SHORTENED):
        return j
    if form.folded == "de" and view.form(j + 1).folded == "l" and _YEAR.match(view.form(j + 3).text):
        return j + 4
    if form.flags & DIGIT:
        two = form.text.isdecimal() and len(form.text) == 2 and view.form(j + 1).folded not in telling("unit")
        return j + 1 if _YEAR.match(form.text) or (two and (int(form.text) > 30 or gap != " ")) else j
    stop, year = numerals.after(view, j)
    two = 30 <= year <= 99 or (0 <= year < 30 and view.gap(stop)[:1] in (",", ".") and numerals.before(view, j - 1)[1] < 0)
    return stop if 1800 <= year < 2100 or (two and view.form(stop).folded not in telling("unit")) else j


def _figures(view: View, i: int) -> Iterator[Candidate]:
    form, start, before, after = view.forms[i], view.starts[i], view.form(i - 1).folded, view.form(i + 1).folded
    match = _FIGURES.match(view.text, start) or _CHAT.match(view.text, start) or _SPACED.match(view.text, start)
    if match:
        yield Candidate(start, match.end(), "DATE", True, "date.figures")
    elif _YEAR.match(form.text):
        counted = before in _NUMBERED or after in telling("unit") or (view.gap(i) == " " and view.form(i - 1).flags & DIGIT)
        if not counted and view.gap(i) not in ("/", ".", ",", "-"):
            first = view.starts[i - 1] if before in telling("season") else start
            yield Candidate(first, view.end(i), "DATE", True, "date.year")
    elif before in ("le", "du", "au") and _SHORT.match(view.text, start):
        yield Candidate(start, view.end(i + 1), "DATE", False, "date.figures")
    elif len(form.text) == 2 and form.text.isdecimal() and int(form.text) >= 30 and before in _OF_YEAR and after not in telling("unit"):
        yield Candidate(start, view.end(i), "DATE", True, "date.year")


def _words(view: View, i: int) -> Iterator[Candidate]:
    stop, year = numerals.after(view, i)
    before = view.form(i - 1).folded
    if view.form(stop).folded == "du" and before == "le":  # « le deux du douze quatre-vingt-neuf »
        end, _ = numerals.after(view, stop + 1)
        if 1 <= year <= 31 and end > stop + 1:
            end = max(end, numerals.after(view, end)[0]) if view.gap(end) in _SPACES else end
            yield Candidate(view.starts[i], view.end(end - 1), "DATE", True, "date.figures")
            return
    if stop - i < 2 or view.form(stop).folded in telling("unit"):
        return
    short, long = 40 <= year <= 99 and before in _OF_YEAR, 2000 < year < 2040 and before in telling("year_before")
    if short or long or (1850 <= year < 2000 and stop - i > 2):
        yield Candidate(view.starts[i], view.end(stop - 1), "DATE", True, "date.year_words")
