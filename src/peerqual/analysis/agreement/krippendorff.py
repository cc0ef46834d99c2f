"""Krippendorff's α: any number of coders, missing values, and a distance that suits the values (names, ranks, numbers, sets of codes).

Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania. Sets: Passonneau (2006), Measuring
Agreement on Set-valued Items (MASI) for Semantic and Pragmatic Annotation, LREC.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from peerqual.analysis.agreement.coefficients import Ratings, is_missing, ratio, votes

LEVELS = ("nominal", "ordinal", "interval", "masi", "jaccard")


def krippendorff_alpha(ratings: Ratings, *, level: str = "nominal") -> float:
    """Return Krippendorff's α.

    Args:
        ratings: a sequence of coders, each a sequence of values over the same units, None or NaN where missing.
        level: "nominal", "ordinal" (values in their order), "interval" (numbers), "masi" or "jaccard" (each value a collection of codes;
            two empty ones agree).

    Returns:
        α, NaN where it is undefined (nobody varies, or no unit has two ratings).

    Raises:
        ValueError: an unknown level, or coders that rate different numbers of units.

    >>> round(krippendorff_alpha(["aabbdcccedda", "babbbccceddd"]), 3)
    0.692
    """
    if level not in LEVELS:
        raise ValueError(f"unknown level: {level}")
    if level in ("masi", "jaccard"):
        ratings = [[value if is_missing(value) else frozenset(value) for value in coder] for coder in ratings]
        counts, values = votes(ratings, list(dict.fromkeys(value for coder in ratings for value in coder if not is_missing(value))))
    else:
        counts, values = votes(ratings)
    counts = counts[counts.sum(axis=1) >= 2]
    occurring = counts.sum(axis=0)
    apart = distances(values, occurring, level)
    disagreement = ((counts @ apart) * counts).sum(axis=1) / (counts.sum(axis=1) - 1)
    return float(alpha_of(disagreement.sum(), occurring, apart))


def alpha_of(disagreement: Any, occurring: np.ndarray, apart: np.ndarray) -> Any:
    """Return α from the summed disagreement, shape (…), and the number of times that each value occurs, shape (…, values)."""
    total = occurring.sum(axis=-1)
    return 1 - ratio((total - 1) * disagreement, ((occurring @ apart) * occurring).sum(axis=-1))


def distances(values: Sequence[Any], occurring: np.ndarray, level: str) -> np.ndarray:
    """Return the squared distance between each two of `values`, shape (values, values); `occurring`: how often each occurs (for ranks)."""
    if level in ("masi", "jaccard"):
        return set_distances(values, level)
    if level == "interval":
        numbers = np.asarray(values, dtype=np.float64)
        return np.subtract.outer(numbers, numbers) ** 2
    if level == "ordinal":
        ranks = np.cumsum(occurring) - occurring / 2
        return np.subtract.outer(ranks, ranks) ** 2
    return 1 - np.eye(len(values))


def set_distances(sets: Sequence[Collection[Any]], level: str = "masi") -> np.ndarray:
    """Return the distance (0 to 1) between each two sets of codes; two empty ones are at 0, an empty one is at 1 from any other.

    "jaccard": 1 less the share of common codes. "masi": 1 less that share × 1 (equal), 2/3 (one holds the other), 1/3 (else).

    >>> set_distances([{"espoir"}, {"espoir", "honte"}, set()]).round(3).tolist()
    [[0.0, 0.667, 1.0], [0.667, 0.0, 1.0], [1.0, 1.0, 0.0]]
    """
    place = {code: i for i, code in enumerate(dict.fromkeys(code for one in sets for code in one))}
    member = np.zeros((len(sets), len(place)))
    for i, one in enumerate(sets):
        member[i, [place[code] for code in one]] = 1
    size, common = member.sum(axis=1), member @ member.T
    either = np.add.outer(size, size) - common
    share = np.where(either > 0, common / np.maximum(either, 1), 1.0)
    if level == "jaccard":
        return 1 - share
    holds = (common == size[:, None]) | (common == size[None, :])
    return 1 - share * np.where(common == either, 1.0, np.where(holds, 2 / 3, 1 / 3))
