"""Dates are shifted: all of one study by the same span, so that order and intervals stay, whoever tells of the event.

The span is some years less, so that months, seasons and feasts stay true, and whole weeks more or less, so that days of the week stay true:
days move by all of it, months and years by the years. Its size comes from the secret, as pseudonyms do (the method of « date shifting »:
Hripcsak et al. 2016, Preserving temporal relations in clinical data while maintaining privacy, JAMIA 23(6)). In texts they stand as « [~1982~] ».
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from ..language.fold import fold
from .finders import numerals
from .grammar import like
from .numbers_in_words import in_words

_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_MONTH_OF = {fold(month): n for n, month in enumerate(_MONTHS, 1)}
_MONTH_OF |= {"janv": 1, "fev": 2, "fevr": 2, "avr": 4, "juil": 7, "oct": 10, "nov": 11, "dec": 12}
_NUMERIC = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"),
    re.compile(r"(?P<day>\d\d?) ?[/. -] ?(?P<month>\d\d?)(?: ?[/. -] ?(?P<year>\d{4}|\d\d))?"),
    re.compile(r"(?P<month>\d\d?)/(?P<year>\d{4})"),
)
_WORD = re.compile(r"\d+(?:er|ier)?|[^\W\d_]+")
_SHIFTED = re.compile(r"\[~[^\[\]\n~]+~\]")
_NO_YEAR = 2001  # where no year is said, one without a 29th of February


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much the dates of a study move: `years` (negative) and, for days, `weeks` besides."""

    years: int
    weeks: int

    @property
    def days(self) -> int:
        """The days by which a day moves: whole weeks."""
        return 7 * (round(self.years * 365.2425 / 7) + self.weeks)


def shift_of(secret: bytes) -> Shift:
    """Return the shift of the study whose secret this is: two to six years earlier, one to three weeks off."""
    digest = hmac.new(secret, b"dates", hashlib.sha256).digest()
    return Shift(-2 - digest[0] % 5, (1 + digest[1] % 3) * (-1 if digest[2] % 2 else 1))


@dataclass(frozen=True, slots=True)
class _Part:
    """A day, month or year in a date as written: where it stands, as written, its value."""

    role: str
    start: int
    end: int
    text: str
    value: int


def shifted(surface: str, shift: Shift) -> str | None:
    """Return the date `surface` moved by `shift`, written as it was (figures, words, two digits), or None when it is no date that is understood.

    >>> shifted("douze mars quatre-vingt-cinq", Shift(-3, 2)), shifted("25 au 30 mars 2001", Shift(-3, 1)), shifted("été 2003", Shift(-3, 2))
    ('vingt-trois mars quatre-vingt-deux', '29 mars au 3 avril 1998', 'été 2000')
    """
    parts = _read(surface)
    moved = _moved(parts, shift)
    if moved is None:
        return None
    named = any(part.role == "month" and fold(part.text) in _MONTH_OF for part in parts)
    width = min((len(part.text) for part in parts if part.role != "year"), default=1)
    last = {part.role: value for part, value in zip(parts, moved, strict=True)}
    made, at = "", 0
    for part, value in zip(parts, moved, strict=True):
        made += surface[at : part.start] + _written(part, value, named, width)
        if part.role == "day" and value > last["day"]:  # the month ends between the two days
            made += f" {_MONTHS[last['month'] - 2]}"
        at = part.end
    return made + surface[at:]


def year_of(surface: str, shift: Shift) -> int | None:
    """Return the year of the date `surface` moved by `shift`, None when it says no year."""
    parts = _read(surface)
    moved = _moved(parts, shift)
    return next((value for part, value in zip(parts, moved or (), strict=False) if part.role == "year"), None)


def is_shifted(text: str, start: int, end: int) -> bool:
    """Tell whether the date from `start` to `end` stands in « [~…~] »: it was shifted before."""
    return _SHIFTED.fullmatch(text, max(text.rfind("[~", max(0, start - 60), start), 0), text.find("~]", end, end + 60) + 2) is not None


def _read(surface: str) -> list[_Part]:
    """Return the days, month and year that `surface` says, in order; nothing when it is not understood."""
    hit = next((hit for pattern in _NUMERIC if (hit := pattern.fullmatch(surface))), None)
    if hit is None:
        return _spoken(surface)
    parts = [_part(role, *hit.span(role), surface, int(told)) for role, told in hit.groupdict().items() if told]
    return sorted(parts, key=lambda part: part.start)


def _spoken(surface: str) -> list[_Part]:
    """Read numbers and the name of a month: days stand before it, the year after it; « le deux du douze … » names none; a number alone is a year."""
    words = list(_WORD.finditer(surface))
    folded = tuple(fold(word[0]) for word in words)
    found: list[tuple[int, int, int]] = []  # first word, word after the last, value: negative for the name of a month
    at = 0
    while at < len(words):
        stop, value = (at + 1, -_MONTH_OF[folded[at]]) if folded[at] in _MONTH_OF else _number(folded, at)
        if value:
            found.append((at, stop, value))
        at = stop
    months = [n for n, (_, _, value) in enumerate(found) if value < 0]
    if not months and len(found) > 1 and "du" in folded[found[0][1] : found[1][0]]:
        months = [1]
    at = months[0] if months else -1
    if len(months) > 1 or len(found) > at + 2:
        return []
    roles = (["day"] * at + ["month"]) * bool(months) + ["year"]
    spans = [(words[first].start(), words[stop - 1].end(), abs(value)) for first, stop, value in found]
    return [_part(role, start, end, surface, value) for role, (start, end, value) in zip(roles, spans, strict=False)]


def _number(folded: tuple[str, ...], at: int) -> tuple[int, int]:
    """Return the index after the longest number that begins at word `at`, and its value, 0 when there is none."""
    figures = re.match(r"\d+", folded[at])
    if figures:
        return at + 1, int(figures[0])
    worths = ((stop, numerals.value(folded[at:stop])) for stop in range(len(folded), at, -1))
    return next(((stop, worth) for stop, worth in worths if worth > 0), (at + 1, 0))


def _part(role: str, start: int, end: int, surface: str, value: int) -> _Part:
    if role == "year" and value < 100:
        value += 1900 if value >= 30 else 2000
    return _Part(role, start, end, surface[start:end], value)


def _moved(parts: list[_Part], shift: Shift) -> list[int] | None:
    """Return the new value of each of `parts`, None when they make no date."""
    told = {part.role: part.value for part in parts}
    year = told.get("year", _NO_YEAR)
    if not parts or not MINYEAR + 10 < year < MAXYEAR - 10:
        return None
    if "day" not in told:
        return [part.value + shift.years if part.role == "year" else part.value for part in parts]
    try:
        days = [date(year, told["month"], part.value) + timedelta(shift.days) for part in parts if part.role == "day"]
    except (KeyError, ValueError):
        return None
    told = {"month": days[-1].month, "year": days[-1].year}
    values = iter(days)
    return [next(values).day if part.role == "day" else told[part.role] for part in parts]


def _written(part: _Part, value: int, named: bool, width: int) -> str:
    """Return `value` as `part` is written; `named`: the month is said by its name; `width`: digits of days and months at least."""
    text = part.text
    if part.role == "month" and named:
        return text if _MONTH_OF[fold(text)] == value else like(text, _MONTHS[value - 1])
    if not text[0].isdecimal():
        return _in_words(part, value)
    if part.role == "day" and named:
        return "1er" if value == 1 else str(value)
    return f"{value % 10 ** len(text):0{len(text)}d}" if part.role == "year" else f"{value:0{width}d}"


def _in_words(part: _Part, value: int) -> str:
    if part.role == "day" and value == 1:
        return "premier"
    short = part.role == "year" and numerals.value(tuple(_WORD.findall(fold(part.text)))) < 100
    return in_words(value % 100 if short and value % 100 >= 30 else value, like=part.text)
