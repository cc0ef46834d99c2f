"""The other ways to write a number: said digit by digit, in figures, a date with its month as a number."""

from __future__ import annotations

from collections.abc import Iterator

from ..finders.numerals import number_words, value

_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
_SAID = "zero un deux trois quatre cinq six sept huit neuf".split()
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


def spelled(words: Words) -> Iterator[Words]:
    """Yield a telephone number in figures as it is said, in pairs and digit by digit.

    >>> next(spelled(("06", "39", "98", "14", "09")))
    ('zero', 'six', 'trente', 'neuf', 'quatre', 'vingt', 'dix', 'huit', 'quatorze', 'zero', 'neuf')
    """
    digits = "".join(words)
    if not digits.isdigit() or len(digits) != 10:
        return
    yield tuple(word for at in range(0, 10, 2) for word in _pair(digits[at : at + 2]))
    yield tuple(_SAID[int(digit)] for digit in digits)


def _pair(digits: str) -> Words:
    if digits[0] == "0":
        return "zero", _SAID[int(digits[1])]
    return _said()[int(digits)]


def _said() -> dict[int, Words]:
    from ..finders.numerals import _below_hundred

    return {number: words for words, number in reversed(_below_hundred().items())}


def dates(words: Words) -> Iterator[Words]:
    """Yield a date with its month as a number, day first and year first; its day and year may have been said in words.

    >>> sorted(dates(("12", "mars", "2024")))
    [('12', '03', '2024'), ('12', '03', '24'), ('12', '3', '2024'), ('2024', '03', '12')]
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
    yield str(day), words[at], str(year)


def _figures(words: Words) -> int:
    if len(words) == 1 and words[0].isdigit():
        return int(words[0])
    return value(words)
