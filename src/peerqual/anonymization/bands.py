"""Ages become bands: « quarante-trois ans » → « [40-49 ans] »; the words around stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..language.fold import fold
from ..model import Participant
from .finders import numerals

_NARROW = (0, 6, 12, 18, 30, 40, 50, 60, 70, 80)
_WIDE = (0, 18, 40, 60)
_COLUMNS = frozenset({"age", "ages"})
_AGE = re.compile(r"(\d{1,3})(?: ans?)?")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_TENS = re.compile(r"[^\W\d_]+(?:aines?|enaires?)")
_BAND = re.compile(r"\[(?:\d{1,2}-\d{1,2}|\d\d et plus|\d\d ans et plus)(?: ans)?\]|\[[^\W\d_]+(?:aines?|enaires?)\]")


def band(surface: str, *, wide: bool = False) -> str | None:
    """Return the band of the age or ages that `surface` says, None when it says none; `wide` makes four bands of ten.

    « la trentaine » is a band already; among wide ones it is None.

    >>> band("quarante-trois ans"), band("54"), band("18 ou 20 ans", wide=True), band("six mois"), band("trentaine")
    ('[40-49 ans]', '[50-59]', '[18-39 ans]', '[0-5 ans]', '[trentaine]')
    """
    words = [fold(word) for word in _WORD.findall(surface)]
    ages = list(_numbers(words))
    if not ages:
        return f"[{surface}]" if not wide and _TENS.fullmatch(fold(surface)) else None
    if {"mois", "semaines", "jours"}.intersection(words):
        ages = [0]
    edges = _WIDE if wide else _NARROW
    low = max(edge for edge in edges if edge <= min(ages))
    high = min((edge for edge in edges if edge > max(ages)), default=0)
    unit = "" if words[-1].isdecimal() or words[-1] in numerals.number_words() else " ans"
    return f"[{low}-{high - 1}{unit}]" if high else f"[{low}{unit} et plus]"


def is_band(text: str, start: int, end: int) -> bool:
    """Tell whether the age at `start` stands in a band that was written before."""
    opening = text.rfind("[", max(0, start - 8), start)
    hit = _BAND.match(text, opening) if opening >= 0 else None
    return hit is not None and end <= hit.end()


def with_age_bands(people: Iterable[Participant], *, wide: bool = False) -> tuple[Participant, ...]:
    """Return `people` with the exact ages of their column « age » in bands, as the ages that they say are.

    >>> [dict(one.attributes) for one in with_age_bands([Participant("P01", {"age": "47", "age_band": "45-54"}, {})])]
    [{'age': '40-49', 'age_band': '45-54'}]
    """
    return tuple(replace(one, attributes={name: _of_column(name, value, wide) for name, value in one.attributes.items()}) for one in people)


def _of_column(name: str, value: str, wide: bool) -> str:
    exact = _AGE.fullmatch(value.strip()) if fold(name).strip() in _COLUMNS else None
    return (band(exact[1], wide=wide) or value).strip("[]") if exact else value


def _numbers(words: list[str]) -> Iterator[int]:
    at = 0
    while at < len(words):
        if words[at].isdecimal():
            yield int(words[at])
            at += 1
            continue
        worths = [(stop, numerals.value(tuple(words[at:stop]))) for stop in range(len(words), at, -1)]
        stop, worth = next(((stop, worth) for stop, worth in worths if worth >= 0), (at + 1, -1))
        if worth >= 0:
            yield worth
        at = stop
