"""What stands around a sentence: themes are told in stretches, so that what its neighbours carry speaks for what it carries.

A second, small model over the first one's log-odds (stacked generalization, Wolpert 1992, doi:10.1016/S0893-6080(05)80023-1): the same six
weights for every code, and an offset a code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = Any  # numpy arrays of floats

WINDOWS = ((1, 1), (2, 3), (4, 8))  # sentences before and after, from how far to how far
REACH = 10  # sentences of the same turn before and after that make its mean
FEATURES = 3 + len(WINDOWS)  # the sentence's own log-odds, its rules' score, the windows, the turn


def around(logits: Array, rules: Array, turns: Sequence[int]) -> Array:
    """Return the features (sentences, codes, `FEATURES`) of one text: `logits` (0 is a code's usual log-odds), scores of `rules`, means of `logits`.

    `turns`: the number of the turn of each sentence, in their order. Where nothing stands around, a mean is 0.
    """
    n = len(logits)
    sums = np.concatenate([np.zeros_like(logits[:1]), np.cumsum(logits, axis=0)])
    at = np.arange(n)
    made = [logits, rules]
    for near, far in WINDOWS:
        before, after = _between(sums, at - far, at - near + 1), _between(sums, at + near, at + far + 1)
        made.append(_mean(before, after))
    numbers = np.asarray(turns)
    first, last = np.searchsorted(numbers, numbers, "left"), np.searchsorted(numbers, numbers, "right")
    made.append(_mean(_between(sums, np.maximum(first, at - REACH), np.minimum(last, at + REACH + 1))))
    return np.stack(made, axis=-1)


def _between(sums: Array, start: Array, end: Array) -> tuple[Array, Array]:
    """Return the sums of the rows [start, end) of each sentence, and how many rows they are of."""
    start, end = np.clip(start, 0, len(sums) - 1), np.clip(end, 0, len(sums) - 1)
    return sums[end] - sums[start], end - start


def _mean(*parts: tuple[Array, Array]) -> Array:
    total, rows = sum(one for one, _ in parts), sum(n for _, n in parts)
    return total / np.maximum(rows, 1)[:, None]


def fitted(features: Array, labels: Array) -> tuple[Array, Array]:
    """Return the weights (`FEATURES`) and the offsets (codes) that tell `labels` (sentences, codes) by `features`. Needs scikit-learn."""
    from sklearn.linear_model import LogisticRegression

    sentences, codes, each = features.shape
    rows = np.hstack([features.reshape(-1, each), np.tile(np.eye(codes), (sentences, 1))])
    scale = np.concatenate([rows[:, :each].std(axis=0) + 1e-9, np.ones(codes)])
    learner = LogisticRegression(max_iter=1000, tol=1e-6).fit(rows / scale, labels.reshape(-1))
    weights = learner.coef_[0] / scale
    return weights[:each], weights[each:] + learner.intercept_[0]
