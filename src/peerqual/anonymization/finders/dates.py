"""Dates and years, in figures and in words; neither feasts nor a month alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import numerals
from .candidates import Candidate
from .view import View
from .words import DIGIT, MONTH, NUMBER

TRIGGER = DIGIT | MONTH | NUMBER

_FIGURES = re.compile(r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[ ]?([/.-])[ ]?\d{1,2}[ ]?\1[ ]?(?:\d{4}|\d{2})|(?:0?[1-9]|1[0-2])/(?:19|20)\d\d)(?![\d/])")
_SHORT = re.compile(r"(?:0?[1-9]|[12]\d|3[01])/(?:0[1-9]|1[0-2])(?![\d/])")
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
_UNITS = frozenset(
    "euros euro francs km kilometres metres m personnes habitants fois jours heures ans calories mots pages grammes g mg milligrammes balles places kg".split()
)
_BEFORE_YEAR = frozenset("en annee annees avant depuis ete hiver automne printemps rentree fin debut noel de".split())


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``date.figures``, ``date.day_month``, ``date.month_year``, ``date.year``, ``date.year_words``."""
    for i in at:
        form = view.forms[i]
        if form.flags & MONTH:
            yield from _month(view, i)
        elif form.flags & DIGIT:
            yield from _figures(view, i)
        elif form.folded in ("mille", "mil", "deux", "quatre", "soixante") or (
            form.flags & NUMBER and view.form(i - 1).folded in ("en", "annees", "annee")
        ):
            yield from _words(view, i)


def _month(view: View, i: int) -> Iterator[Candidate]:
    if view.gap(i) not in (" ", "\u00a0", "\u202f") and view.gap(i + 1) not in (" ", "\u00a0"):
        return
    start = _day(view, i)
    stop = _year_after(view, i + 1)
    if start < i or stop > i + 1:
        yield Candidate(view.starts[start], view.end(stop - 1), "DATE", True, "date.day_month" if start < i else "date.month_year")


def _day(view: View, i: int) -> int:
    before = view.form(i - 1)
    if view.gap(i) in (" ", "\u00a0", "\u202f"):
        if before.folded in ("1er", "1ier") or (before.text.isdecimal() and 1 <= int(before.text) <= 31):
            return i - 1
        start, value = numerals.value_before(view, i)
        if 1 <= value <= 31 and (start < i - 1 or before.folded not in ("un", "une")):
            return start
    return i


def _year_after(view: View, j: int) -> int:
    form = view.form(j)
    if view.gap(j) not in (" ", "\u00a0", " '", " ’"):
        return j
    if form.flags & DIGIT:
        year = _YEAR.match(form.text) or (form.text.isdecimal() and len(form.text) == 2 and view.form(j + 1).folded not in ("h", "heures"))
        return j + 1 if year else j
    stop, value = numerals.after(view, j)
    return stop if (value >= 1800 and value < 2100) or (30 <= value <= 99 and view.form(stop).folded not in _UNITS) else j


def _figures(view: View, i: int) -> Iterator[Candidate]:
    form, start = view.forms[i], view.starts[i]
    match = _FIGURES.match(view.text, start)
    if match:
        yield Candidate(start, match.end(), "DATE", True, "date.figures")
        return
    before, after = view.form(i - 1).folded, view.form(i + 1).folded
    if _SHORT.match(view.text, start) and before in ("le", "du", "au"):
        yield Candidate(start, _SHORT.match(view.text, start).end(), "DATE", False, "date.figures")  # type: ignore[union-attr]
    elif _YEAR.match(form.text):
        if after not in _UNITS and view.gap(i) not in ("/", ".", ","):
            yield Candidate(start, view.end(i), "DATE", True, "date.year")
    elif len(form.text) == 2 and form.text.isdecimal() and int(form.text) >= 30 and before == "en" and after not in _UNITS:
        yield Candidate(start, view.end(i), "DATE", True, "date.year")


def _words(view: View, i: int) -> Iterator[Candidate]:
    if view.form(i - 1).flags & NUMBER:
        return
    stop, value = numerals.after(view, i)
    before, unit = view.form(i - 1).folded, view.form(stop).folded
    if unit in _UNITS or stop - i < 2:
        return
    if (1850 <= value < 2000 and stop - i > 2) or (2000 < value < 2040 and before in _BEFORE_YEAR) or (40 <= value <= 99 and before == "en"):
        yield Candidate(view.starts[i], view.end(stop - 1), "DATE", True, "date.year_words")
