"""Krippendorff's α over units that carry sets of codes, with its bootstrap: one figure for all codes together."""

from __future__ import annotations

import numpy as np

from peerqual.analysis.agreement.comparison import Comparison
from peerqual.analysis.agreement.counting import draws, interval
from peerqual.analysis.agreement.krippendorff import alpha_of, set_distances


def set_alpha(compared: Comparison, level: str = "masi", *, rounds: int = 1000, seed: int = 0) -> tuple[float, float, float]:
    """Return α with the distance `level` ("masi", "jaccard") of the sets of codes that coders gave to each unit, and its 95 % interval.

    Units to which nobody gave a code count: two empty sets agree.
    """
    values, sets = _numbered(compared)
    apart = set_distances(sets, level)
    place = np.searchsorted(compared.documents, compared.units.document)
    weight, documents, coders = compared.units.weight, len(compared.documents), len(values)
    pairs = [(i, j) for i in range(coders) for j in range(i + 1, coders)]
    differing = sum((apart[values[i], values[j]] for i, j in pairs), np.zeros(len(weight))) * 2 / (coders - 1)
    disagreement = np.bincount(place, weights=differing * weight, minlength=documents)
    occurring = sum(
        (np.bincount(place * len(sets) + value, weights=weight, minlength=documents * len(sets)) for value in values),
        np.zeros(documents * len(sets)),
    ).reshape(documents, len(sets))
    alpha = float(alpha_of(disagreement.sum(), occurring.sum(axis=0), apart))
    if documents < 2:
        return alpha, np.nan, np.nan
    times = draws(documents, rounds=rounds, seed=seed)
    low, high = interval(alpha_of(times @ disagreement, times @ occurring, apart))
    return alpha, float(low), float(high)


def _numbered(compared: Comparison) -> tuple[list[np.ndarray], list[frozenset[int]]]:
    # Each coder's set of codes per unit as a number; number 0 is the empty set.
    width = max(len(compared.codes.ids), 1)
    known: dict[frozenset[int], int] = {frozenset(): 0}
    values = []
    for marks in compared.marks:
        value = np.zeros(len(compared.units), dtype=np.int64)
        units, first = np.unique(marks // width, return_index=True)
        for unit, codes in zip(units, np.split(marks % width, first[1:]), strict=False):
            value[unit] = known.setdefault(frozenset(codes.tolist()), len(known))
        values.append(value)
    return values, list(known)
