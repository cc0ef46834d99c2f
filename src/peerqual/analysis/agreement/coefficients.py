"""Coefficients of agreement on nominal ratings, from their definitions.

Ratings are a sequence of coders, each a sequence of values over the same units; None and NaN are missing. A coefficient whose
denominator is 0 (nobody varies, no unit was rated twice) is undefined and comes out as NaN, never as 0 or 1.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np

Ratings = Sequence[Sequence[Any]]


def is_missing(value: Any) -> bool:
    """Tell whether `value` stands for no rating: None or NaN."""
    return value is None or value != value


def ratio(part: Any, whole: Any) -> Any:
    """Return `part` / `whole` as floats, NaN where `whole` is 0."""
    part, whole = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    return np.divide(part, whole, out=np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan), where=whole != 0)[()]


def each_once(values: np.ndarray) -> np.ndarray:
    """Return the whole numbers in `values` in order, each once: `np.unique` by sorting, which is faster on large arrays."""
    ordered = np.sort(values)
    return ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]


def votes(ratings: Ratings, categories: Sequence[Hashable] | None = None) -> tuple[np.ndarray, list[Any]]:
    """Return how many coders gave each unit each value, shape (units, values), and the values in order (`categories`, else those met)."""
    units = len(ratings[0])
    if any(len(coder) != units for coder in ratings):
        raise ValueError("every coder must rate the same units: use None for a missing rating")
    met = dict.fromkeys(value for coder in ratings for value in coder if not is_missing(value))
    values = list(categories) if categories is not None else _ordered(met)
    place = {value: i for i, value in enumerate(values)}
    counts = np.zeros((units, len(values)))
    for coder in ratings:
        for unit, value in enumerate(coder):
            if not is_missing(value):
                counts[unit, place[value]] += 1
    return counts, values


def _ordered(values: dict[Any, None]) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:
        return list(values)


def _observed(counts: np.ndarray) -> float:
    # The share of agreeing pairs of coders, averaged over the units that at least two rated.
    rated = counts.sum(axis=1)
    counts, rated = counts[rated >= 2], rated[rated >= 2]
    return float(np.mean((counts * (counts - 1)).sum(axis=1) / (rated * (rated - 1)))) if len(rated) else np.nan


def _shares(counts: np.ndarray) -> np.ndarray:
    # Each value's share, every rated unit weighing the same.
    rated = counts.sum(axis=1)
    return np.mean(counts[rated > 0] / rated[rated > 0, None], axis=0) if rated.any() else np.full(counts.shape[1], np.nan)


def percent_agreement(ratings: Ratings) -> float:
    """Return the share (0 to 1) of agreeing pairs of coders, averaged over the units that at least two rated.

    >>> percent_agreement([[1, 1, 2, None], [1, 2, 2, 3]])
    0.6666666666666666
    """
    return _observed(votes(ratings)[0])


def cohen_kappa(a: Sequence[Any], b: Sequence[Any], *, weights: str | None = None, categories: Sequence[Hashable] | None = None) -> float:
    """Return Cohen's κ of two coders, over the units that both rated.

    Args:
        weights: None (nominal), "linear" or "quadratic": disagreement grows with the distance in the order of the values.
        categories: the values in their order (None: those met, sorted).

    Source: Cohen (1960), Educational and Psychological Measurement 20, 37-46; weighted: Cohen (1968), Psychological Bulletin 70, 213-220.

    >>> round(cohen_kappa("aabb", "abbb"), 3)
    0.5
    """
    both = [(x, y) for x, y in zip(a, b, strict=True) if not (is_missing(x) or is_missing(y))]
    values = list(categories) if categories is not None else _ordered(dict.fromkeys(value for pair in both for value in pair))
    place = {value: i for i, value in enumerate(values)}
    table = np.zeros((len(values), len(values)))
    for x, y in both:
        table[place[x], place[y]] += 1
    step = np.abs(np.subtract.outer(np.arange(len(values)), np.arange(len(values)))).astype(np.float64)
    apart = {None: (step > 0).astype(np.float64), "linear": step, "quadratic": step**2}[weights]
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / max(len(both), 1)
    return float(1 - ratio((apart * table).sum(), (apart * chance).sum()))


def fleiss_kappa(ratings: Ratings) -> float:
    """Return Fleiss' κ of any number of coders; with missing ratings, as Gwet generalizes it.

    Source: Fleiss (1971), Psychological Bulletin 76, 378-382; Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2.

    >>> round(fleiss_kappa(["aabb", "abbb", "aabb"]), 3)
    0.657
    """
    counts, _ = votes(ratings)
    seen, chance = _observed(counts), float((_shares(counts) ** 2).sum())
    return float(ratio(seen - chance, 1 - chance))


def gwet_ac1(ratings: Ratings, *, categories: Sequence[Hashable] | None = None) -> float:
    """Return Gwet's AC1, which stays near the percent agreement where one value is rare or very frequent.

    Args:
        categories: all values that could be given, met or not (None: those met).

    Source: Gwet (2008), British Journal of Mathematical and Statistical Psychology 61, 29-48; missing ratings: Gwet (2014), ch. 2.

    >>> round(gwet_ac1(["aabb", "abbb"]), 3)
    0.529
    """
    counts, values = votes(ratings, categories)
    shares = _shares(counts)
    chance = float((shares * (1 - shares)).sum()) / max(len(values) - 1, 1)
    return float(ratio(_observed(counts) - chance, 1 - chance))
