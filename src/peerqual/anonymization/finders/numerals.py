"""Numbers said in words: « quatre-vingt-cinq », « mille neuf cent douze »."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .view import View

_UNITS = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split()
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
_SCORES = {"soixante": 60, "quatre-vingt": 80, "quatre-vingts": 80}
_THOUSAND, _HUNDRED = frozenset(("mille", "mil")), frozenset(("cent", "cents"))
JOINTS = frozenset((" ", "-", "\u2011", "\u00a0", "\u202f"))
_LONGEST = 9


def _small() -> Iterator[tuple[str, int]]:
    yield from ((word, n) for n, word in enumerate(_UNITS))
    yield from (("une", 1), ("premier", 1))
    for group, reach in ((_TENS, 10), (_SCORES, 20)):
        for word, n in group.items():
            yield word, n
            for unit in range(1, reach):
                yield f"{word}-{_UNITS[unit]}", n + unit
                if unit in (1, 11):
                    yield f"{word}-et-{_UNITS[unit]}", n + unit
                    yield f"{word}-et-une", n + 1


@cache
def below_hundred() -> dict[tuple[str, ...], int]:
    """Return each way to say a number below a hundred, in folded words, with its worth."""
    return {tuple(words.split("-")): n for words, n in _small()}


@cache
def number_words() -> frozenset[str]:
    """Return all folded words that numbers are made of, « et » left out."""
    return frozenset(word for words in below_hundred() for word in words if word != "et") | _THOUSAND | _HUNDRED


def _parted(words: tuple[str, ...], marks: frozenset[str]) -> tuple[tuple[str, ...], bool, tuple[str, ...]]:
    for i, word in enumerate(words):
        if word in marks:
            return words[:i], True, words[i + 1 :]
    return (), False, words


def _below_thousand(words: tuple[str, ...]) -> int:
    head, hundred, tail = _parted(words, _HUNDRED)
    rest = below_hundred().get(tail, -1) if tail else 0
    times = below_hundred().get(head, -1) if head else 1
    return rest if not hundred else times * 100 + rest if 0 < times < 20 and rest >= 0 else -1


def value(words: tuple[str, ...]) -> int:
    """Return what a number in folded words is worth, -1 when the words are no number.

    >>> value(("quatre", "vingt", "cinq")), value(("mille", "neuf", "cent", "soixante", "et", "onze")), value(("dix", "vingt"))
    (85, 1971, -1)
    """
    if not words:
        return -1
    head, thousand, tail = _parted(words, _THOUSAND)
    rest = _below_thousand(tail) if tail else 0
    times = _below_thousand(head) if head else 1
    return rest if not thousand else times * 1000 + rest if times > 0 and rest >= 0 else -1


def before(view: View, i: int) -> tuple[int, int]:
    """Return where the number that ends right before word `i` begins, and its value; ``(i, -1)`` when there is none."""
    if view.gap(i) not in JOINTS:
        return i, -1
    text = view.form(i - 1).text
    if text.isdecimal():
        return i - 1, int(text)
    start, found = i, -1
    words: tuple[str, ...] = ()
    for j in range(i - 1, i - 1 - _LONGEST, -1):
        folded = view.form(j).folded
        if (folded not in number_words() and folded != "et") or (words and view.gap(j + 1) not in JOINTS):
            break
        words = (folded, *words)
        worth = value(words)
        if worth >= 0:
            start, found = j, worth
    return start, found


def after(view: View, i: int) -> tuple[int, int]:
    """Return the index after the longest number in words that begins at word `i`, and its value; ``(i, -1)`` when there is none."""
    stop, found = i, -1
    words: tuple[str, ...] = ()
    for j in range(i, i + _LONGEST):
        folded = view.form(j).folded
        if (folded not in number_words() and folded != "et") or (words and view.gap(j) not in JOINTS):
            break
        words = (*words, folded)
        worth = value(words)
        if worth >= 0:
            stop, found = j + 1, worth
    return stop, found
