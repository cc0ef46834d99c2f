"""Krippendorff's α over units that carry sets of codes, with its bootstrap: one figure for all codes together."""

from __future__ import annotations

import numpy as np

from peerqual.analysis.agreement.comparison import Comparison
from peerqual.analysis.agreement.counting import ROUNDS, draws, interval
from peerqual.analysis.agreement.krippendorff import alpha_of, set_distances

LEVELS = ("masi", "jaccard")
MOST = 4000  # distinct sets: beyond, the square of distances outgrows memory


def set_alphas(compared: Comparison, *, rounds: int = ROUNDS, seed: int = 0) -> dict[str, tuple[float, float, float]]:
    """Return for each distance of `LEVELS` α of the sets of codes that coders gave to each unit, and its 95 % interval over documents.

    Units to which nobody gave a code count: two empty sets agree. NaN without units, and beyond `MOST` distinct sets.
    """
    values, sets = _numbered(compared)
    documents = len(compared.documents)
    if not documents or len(sets) > MOST:
        return dict.fromkeys(LEVELS, (np.nan, np.nan, np.nan))
    place, weight = np.searchsorted(compared.documents, compared.units.document), compared.units.weight
    cells = [place * len(sets) + value for value in values]
    occurring = np.sum([np.bincount(cell, weights=weight, minlength=documents * len(sets)) for cell in cells], axis=0).reshape(documents, len(sets))
    times = draws(documents, rounds=rounds, seed=seed).astype(np.float64) if documents > 1 else np.zeros((0, documents))
    sampled = times @ occurring
    made = {}
    for level in LEVELS:
        apart = set_distances(sets, level)
        disagreement = np.bincount(place, weights=_differing(values, apart) * weight, minlength=documents)
        alpha = alpha_of(disagreement.sum(), occurring.sum(axis=0), apart)
        low, high = interval(alpha_of(times @ disagreement, sampled, apart)) if documents > 1 else (np.nan, np.nan)
        made[level] = float(alpha), float(low), float(high)
    return made


def _differing(values: list[np.ndarray], apart: np.ndarray) -> np.ndarray:
    # For each unit its share of the observed disagreement: the distances of ordered pairs of coders, over the coders less one.
    pairs = (apart[a, b] for i, a in enumerate(values) for b in values[i + 1 :])
    return np.sum(list(pairs), axis=0) * 2 / (len(values) - 1)


def _numbered(compared: Comparison) -> tuple[list[np.ndarray], list[frozenset[int]]]:
    # Each coder's set of codes per unit as a number; number 0 is the empty set.
    width = max(len(compared.codes.ids), 1)
    known: dict[frozenset[int], int] = {frozenset(): 0}
    values = []
    for marks in compared.marks:
        value = np.zeros(len(compared.units), dtype=np.int64)
        units, codes = marks // width, (marks % width).tolist()
        first = np.flatnonzero(np.diff(units, prepend=-1))
        ends = [*first[1:].tolist(), len(codes)][: len(first)]  # who coded nothing has no ends
        value[units[first]] = [known.setdefault(frozenset(codes[a:b]), len(known)) for a, b in zip(first.tolist(), ends, strict=True)]
        values.append(value)
    return values, list(known)
