"""The other ways to write a number: said digit by digit, in figures, a date with its month as a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..finders.numerals import below_hundred, number_words, value
from .words import folded

_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 5
Words = tuple[str, ...]


def digits_said(words: Words) -> Iterator[Words]:
    """Yield a number that was said group by group in figures: « zéro six trente-neuf » is 06 39.

    >>> list(digits_said(("zero", "six", "trente", "neuf", "quatre", "vingt", "dix", "huit")))
    [('0', '6', '39', '98')]
    """
    if len(words) < 4 or any(word not in number_words() and word != "et" for word in words):
        return
    groups, at = [], 0
    while at < len(words):
        worth = {stop: value(words[at:stop]) for stop in range(at + 1, min(at + _LONGEST, len(words)) + 1)}
        stops = [stop for stop, number in worth.items() if 0 <= number < 100]
        if not stops:
            return
        stop = at + 1 if words[at] == "zero" else max(stops)
        groups.append(str(worth[stop]))
        at = stop
    yield tuple(groups)


def rows_of_numbers(text: str) -> Iterator[tuple[int, int, Words]]:
    """Yield where four numbers or more are said in a row in `text`, and their folded words.

    >>> [text[a:b] for text in ["C'est le zéro six, douze douze, voilà, deux ou trois fois."] for a, b, _ in rows_of_numbers(text)]
    ['zéro six, douze douze']
    """
    for row in _rows().finditer(text):
        words = tuple(folded(word) for word in _WORD.findall(row[0]))
        if len(words) >= 4:
            yield row.start(), row.end(), words


@cache
def _rows() -> re.Pattern[str]:
    word = f"(?:{'|'.join(sorted({*number_words(), 'zéro'}, key=len, reverse=True))})(?![^\\W\\d_])"
    return re.compile(rf"(?<![^\W\d_]){word}(?:[\s,.-]{{1,3}}(?:et[\s-])?{word})+", re.IGNORECASE)


def dates(words: Words) -> Iterator[Words]:
    """Yield the ways to write a date: its month as a number, day first and year first; its day and year said in words.

    >>> {("2024", "03", "12"), ("12", "03", "24"), ("douze", "mars", "deux", "mille", "vingt", "quatre")} <= set(dates(("12", "mars", "2024")))
    True
    """
    months = [n for n, word in enumerate(words) if word in _MONTHS]
    if len(months) != 1:
        return
    at = months[0]
    day, year = _figures(words[:at]), _figures(words[at + 1 :])
    if not 0 < day < 32 or year < 1000:
        return
    month = _MONTHS.index(words[at]) + 1
    yield f"{day:02d}", f"{month:02d}", str(year)
    yield f"{day:02d}", str(month), str(year)
    yield f"{day:02d}", f"{month:02d}", f"{year % 100:02d}"
    yield str(year), f"{month:02d}", f"{day:02d}"
    for one in (str(day), *_said(day)):
        for other in (str(year), *_said(year)):
            yield (*one.split("-"), words[at], *other.split("-"))


def _said(number: int) -> list[str]:
    """Return how a number is said, its words parted by hyphens: a year also without its century."""
    low = ["-".join(words) for words, worth in below_hundred().items() if worth == number % 100]
    if number < 100:
        return low
    if number >= 2000:
        return [f"deux-mille-{words}" if number % 100 else "deux-mille" for words in low]
    return [f"{century}{words}" for words in low for century in ("mille-neuf-cent-", "dix-neuf-cent-", "")]


def _figures(words: Words) -> int:
    if len(words) == 1 and words[0].isdigit():
        return int(words[0])
    return value(words)
