"""The other ways to write a number: said digit by digit, in figures, a date with its month as a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..finders.numerals import below_hundred, number_words, value
from .words import Cut

_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
_BETWEEN = re.compile(r"[\s,.-]{1,3}")
_SAID = 4  # numbers in a row: a telephone, a date
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


def rows_of_numbers(text: str, words: Iterable[Cut]) -> Iterator[tuple[int, int, Words]]:
    """Yield where four numbers or more are said in a row in `text`, whose `words` are cut, and these words.

    >>> from peerqual.anonymization.audit.words import cut
    >>> text = "C'est le zéro six, douze douze, voilà, deux ou trois fois."
    >>> [text[a:b] for a, b, _ in rows_of_numbers(text, cut(text))]
    ['zéro six, douze douze']
    """
    numbers = number_words()
    row: list[Cut] = []
    for word in words:
        if word[0] not in numbers and word[0] != "et":
            continue
        if row and not _BETWEEN.fullmatch(text, row[-1][2], word[1]):
            yield from _row(row)
            row = []
        if row or word[0] != "et":
            row.append(word)
    yield from _row(row)


def _row(row: list[Cut]) -> Iterator[tuple[int, int, Words]]:
    while row and row[-1][0] == "et":
        row.pop()
    if len(row) >= _SAID:
        yield row[0][1], row[-1][2], tuple(word for word, _, _ in row)


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
