"""What learning is worth: F1 of each code before and after, among participants that were not learned from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from .coding.learned.learning import Lesson

FEW = 5  # judged sentences with a code, and without it, that it must have to be learned
OUTCOMES = ("learned", "kept", "few", "empty")
COLUMNS = ("code", "judged", "carry", "f1_before", "f1_after", "gain", "gain_low", "gain_high", "outcome")


def compared(lesson: Lesson, before: np.ndarray, after: np.ndarray, *, seed: int = 0) -> pd.DataFrame:
    """Return what codes are worth as they were proposed `before` and `after` learning (arrays of truth values: sentences, codes).

    Columns: code ("": all of them, with those codes as they were that are not learned), judged and carry (sentences that were judged for it, and
    that carry it), f1_before, f1_after, gain with its 95 % interval over participants (gain_low, gain_high), outcome: "learned", "kept" (not better),
    "few" (fewer than `FEW` sentences with it or without, or all by one participant), "empty" (none carries it). Where all codes together are not
    better, none is learned. Choosing the codes by the figures that are told makes those of all codes a little too good.
    """
    import pandas as pd

    from .analysis.agreement.counting import bootstrap

    counts = np.stack([_counts(lesson, given) for given in (before, after)], axis=1)
    outcome = _outcomes(lesson, _f1(counts.sum(axis=0)))
    whole = _whole(counts, outcome)
    if not _gain(whole.sum(axis=0)) > 0:
        outcome = np.where(outcome == "learned", "kept", outcome)
        whole = _whole(counts, outcome)
    counts = np.concatenate([counts, whole[:, :, None]], axis=2)
    low, high = bootstrap(counts, lambda sampled: {"gain": _gain(sampled)}, seed=seed)["gain"]
    f1_before, f1_after = _f1(counts.sum(axis=0))
    judged, labels = lesson.judged.counted, lesson.judged.labels & lesson.judged.counted
    told = {
        "code": [*lesson.base.codes, ""],
        "judged": [*judged.sum(axis=0), judged.any(axis=1).sum()],
        "carry": [*labels.sum(axis=0), labels.any(axis=1).sum()],
        **{"f1_before": f1_before, "f1_after": f1_after, "gain": f1_after - f1_before, "gain_low": low, "gain_high": high},
        "outcome": [*outcome, "learned" if "learned" in outcome else "kept"],
    }
    return pd.DataFrame(told, columns=list(COLUMNS))


def _counts(lesson: Lesson, given: np.ndarray) -> np.ndarray:
    """Return how often each code is rightly given, wrongly given and missing: (participants, codes, 3)."""
    judged = lesson.judged
    right, wrong, missing = given & judged.labels, given & ~judged.labels, ~given & judged.labels
    kinds = np.stack([right, wrong, missing], axis=-1) & judged.counted[..., None]
    people = np.array(judged.people)
    counted = np.unique(people[judged.counted.any(axis=1)])
    return np.stack([kinds[people == one].sum(axis=0) for one in counted]) if len(counted) else np.zeros((1, *kinds.shape[1:]), dtype=int)


def _outcomes(lesson: Lesson, f1: np.ndarray) -> np.ndarray:
    judged = lesson.judged
    carry, bare = (judged.labels & judged.counted), (~judged.labels & judged.counted)
    people = np.array(judged.people)
    spread = np.array([len(set(people[carry[:, k]])) for k in range(carry.shape[1])])
    enough = (np.minimum(carry.sum(axis=0), bare.sum(axis=0)) >= FEW) & (spread > 1)
    better = f1[1] > np.nan_to_num(f1[0])
    return np.where(~carry.any(axis=0), "empty", np.where(~enough, "few", np.where(better, "learned", "kept")))


def _whole(counts: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    """Return the counts of all codes together, before and after, where only those that are learned have changed: (participants, 2, 3)."""
    after = np.where((outcome == "learned")[:, None], counts[:, 1], counts[:, 0])
    return np.stack([counts[:, 0].sum(axis=1), after.sum(axis=1)], axis=1)


def _f1(counts: np.ndarray) -> np.ndarray:
    right, wrong, missing = np.moveaxis(counts.astype(float), -1, 0)
    whole = 2 * right + wrong + missing
    return np.where(whole > 0, 2 * right / np.maximum(whole, 1), np.nan)


def _gain(counts: np.ndarray) -> np.ndarray:
    """Return F1 after less F1 before, of counts (…, 2, codes, 3) or (2, 3)."""
    f1 = _f1(counts)
    return f1[..., 1, :] - f1[..., 0, :] if counts.ndim > 2 else f1[1] - f1[0]
