"""Tests, corrections and sizes of effects, as functions of plain numbers."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np

COUNTED = 400  # people: up to so many tables are counted in whole numbers
EXACT = 20_000  # arrangements: up to so many all are tried
ROUNDS = 10_000
NEAR = 1e-9  # sums of floats that should be equal differ by less


def fisher_exact(with_a: int, total_a: int, with_b: int, total_b: int) -> float:
    """Return the two-sided p of Fisher's exact test of two shares: the probability of all tables no likelier than the one found.

    Raises `ValueError` when a count is negative or exceeds its total. Source: Fisher (1935), The Design of Experiments, ch. 2.

    >>> round(fisher_exact(3, 4, 1, 4), 4)
    0.4857
    """
    if not (0 <= with_a <= total_a and 0 <= with_b <= total_b):
        raise ValueError("counts must lie between 0 and their totals")
    found = with_a + with_b
    possible = range(max(0, found - total_b), min(found, total_a) + 1)
    if total_a + total_b > COUNTED:
        return _fisher_by_logs(np.array(possible), with_a, total_a, total_b, found)
    ways = {k: comb(total_a, k) * comb(total_b, found - k) for k in possible}
    # Whole numbers: tables as likely as the one found are told without rounding.
    return sum(way for way in ways.values() if way <= ways[with_a]) / comb(total_a + total_b, found)


def _fisher_by_logs(possible: np.ndarray, with_a: int, total_a: int, total_b: int, found: int) -> float:
    factorials = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, total_a + total_b + 1)))])

    def ways(n: int, k: np.ndarray) -> np.ndarray:
        return factorials[n] - factorials[k] - factorials[n - k]

    chances = np.exp(ways(total_a, possible) + ways(total_b, found - possible) - ways(total_a + total_b, np.array(found)))
    return float(min(chances[chances <= chances[possible == with_a] * (1 + 1e-7)].sum(), 1.0))


def permutation_test(values: np.ndarray, in_a: np.ndarray, *, rounds: int = ROUNDS, seed: int = 0) -> np.ndarray:
    """Return the two-sided p of the difference of means between a group and the others, for each column of `values`.

    Args:
        values: shape (people, columns).
        in_a: shape (people,), true for those of the group.
        rounds, seed: where there are more than 20,000 ways to deal people out, so many are drawn; the same seed gives the same figures.

    Returns:
        Shape (columns,): the share of arrangements whose difference is as large or larger (drawn ones and the one found: (b + 1) / (rounds + 1)); NaN
        where a group is empty.

    Source: Phipson and Smyth (2010), Permutation p-values should never be zero, Statistical Applications in Genetics and Molecular Biology 9(1).

    >>> permutation_test(np.array([[1.0], [2], [3], [4]]), np.array([True, True, False, False])).round(3).tolist()
    [0.333]
    """
    values, in_a = np.asarray(values, dtype=np.float64), np.asarray(in_a, dtype=bool)
    people, size = len(in_a), int(in_a.sum())
    if not 0 < size < people:
        return np.full(values.shape[1], np.nan)
    every = comb(people, size) <= EXACT
    chosen = _all(people, size) if every else _drawn(people, size, rounds, seed)
    found = np.abs(_differences(in_a[None].astype(np.float64), values, size))[0]
    as_large = (np.abs(_differences(chosen, values, size)) >= found - NEAR).sum(axis=0)
    return as_large / len(chosen) if every else (as_large + 1) / (rounds + 1)


def _differences(chosen: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    inside = chosen @ values
    return inside / size - (values.sum(axis=0) - inside) / (len(values) - size)


def _all(people: int, size: int) -> np.ndarray:
    groups = np.array(list(combinations(range(people), size)))
    chosen = np.zeros((len(groups), people))
    np.put_along_axis(chosen, groups, 1.0, axis=1)
    return chosen


def _drawn(people: int, size: int, rounds: int, seed: int) -> np.ndarray:
    order = np.random.default_rng(seed).random((rounds, people)).argsort(axis=1)
    return (order < size).astype(np.float64)


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """Return the adjusted p of many tests, in the order given: of those at or below q, a share q at most is expected to be chance; NaN stays.

    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57(1), 289-300.

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    p = np.asarray(p, dtype=np.float64)
    adjusted = np.full(len(p), np.nan)
    defined = np.flatnonzero(~np.isnan(p))
    order = defined[np.argsort(-p[defined], kind="stable")]
    ranks = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.minimum.accumulate(p[order] * len(order) / np.maximum(ranks, 1)), 1)
    return adjusted


def cliffs_delta(a: np.ndarray, b: np.ndarray) -> float:
    """Return how much more often a value of `a` exceeds one of `b` than the reverse: -1 to 1, NaN where one is empty.

    Source: Cliff (1993), Dominance statistics, Psychological Bulletin 114(3), 494-509.

    >>> cliffs_delta(np.array([1, 2, 4]), np.array([1, 3]))
    0.16666666666666666
    """
    a, b = np.asarray(a, dtype=np.float64), np.sort(np.asarray(b, dtype=np.float64))
    if not len(a) or not len(b):
        return float("nan")
    below, above = np.searchsorted(b, a, side="left"), len(b) - np.searchsorted(b, a, side="right")
    return float((below - above).sum() / (len(a) * len(b)))


def cohens_h(share_a: float, share_b: float) -> float:
    """Return the distance of two shares on the arcsine scale (-π to π).

    Source: Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd ed., ch. 6 (h of .75 and .50: .524).

    >>> round(cohens_h(0.75, 0.5), 3)
    0.524
    """
    return float(2 * np.arcsin(np.sqrt(share_a)) - 2 * np.arcsin(np.sqrt(share_b)))
