"""Time codes as transcribers write them: ``[00:12:31]``, ``(12:31)``, ``#00:12:31-4#``, ``00:12:31``, and ranges of them.

Comes in: strings. Goes out: spans and seconds. Every pattern is bounded, so that looking for them takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Times = tuple[float | None, float | None]
NO_TIMES: Times = (None, None)

_LONG = r"\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?"
_TO = r"[ \u00a0]?(?:-->|[-–—/à])[ \u00a0]?"
_RANGE = rf"[ \u00a0]?{_CLOCK}(?:{_TO}{_CLOCK})?[ \u00a0]?"
_PRIMES = r"\d{1,2}(?:h\d{2})?['’′]\d{2}(?:''|’’|\"|″)?"
_MARKED = rf"\[(?:{_RANGE}|{_PRIMES})\]|\((?:{_RANGE}|{_PRIMES})\)|#\d{{1,2}}:\d{{2}}:\d{{2}}(?:-\d{{1,3}})?#|<{_RANGE}>|\{{{_RANGE}\}}"
_BARE = rf"(?<![\d:]){_LONG}(?:{_TO}{_LONG})?(?![\d:])"

ANYWHERE = re.compile(rf"{_MARKED}|{_BARE}")
# « 12:31 » without marks is a time code only where a line begins: in speech it may be the hour of lunch.
LEADING = re.compile(rf"{_MARKED}|{_BARE}|(?<![\d:]){_CLOCK}(?:{_TO}{_CLOCK})?(?![\d:])")

_SIGN = re.compile(r"\d[:h'’′]")  # what every time code holds
_CLOCKS = re.compile(rf"{_CLOCK}|{_PRIMES}")
_FRACTION = re.compile(r"(?<=\d)-(?=\d{1,3}#)")  # f4 writes « #00:12:31-4# » for 751.4


def seconds(text: str) -> float | None:
    """Return the seconds that a clock time tells ("1:02:03,5", "12:31", "1h02'03", "62,5"), or None.

    >>> seconds("1:02:03.5")
    3723.5
    """
    parts = re.split(r"[:h'’′]", text.strip().rstrip("'\"’″").replace(",", "."))
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    if not 1 <= len(numbers) <= 3 or not all(0 <= number < 1e9 for number in numbers):
        return None
    return sum(number * 60**power for power, number in enumerate(reversed(numbers)))


def times(mark: str) -> Times:
    """Return the seconds at which a time code begins and ends (None where it does not say)."""
    found = [seconds(match[0]) for match in _CLOCKS.finditer(_FRACTION.sub(".", mark))]
    return (found[0] if found else None, found[1] if len(found) > 1 else None)


def spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the time codes in ``text[start:end]``."""
    if not _SIGN.search(text, start, end):  # ten times faster where there is none, as in most turns
        return
    for match in ANYWHERE.finditer(text, start, end):
        yield match.span()
