"""Lay what people decided upon an earlier model: its log-odds are believed first, and moved as far as the decisions bear it.

For each code a slope and a shift of the earlier model's log-odds in context, and a weight for each feature, are fitted at once by penalized
maximum likelihood whose prior is the earlier model: slope 1, shift 0, no change of weight (Chelba & Acero 2006, Adaptation of maximum entropy
capitalizer, Computer Speech & Language 20, 382–399). The bank's sentences speak through the earlier model: without decisions nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .context import FEATURES
from .features import AFTER, ASKED, BEFORE
from .scoring import ARRAYS, Array, Model

# How strongly the earlier model is believed; chosen on the development gold and held-out voices of the bank (benchmarks/learning.py).
ON_SLOPE, ON_SHIFT, ON_WEIGHTS = (3.0, 100.0), (0.3, 10.0), 32.0  # slope and shift: all codes together, each by itself
OF_NEW = 0.3  # on shift and weights of a code that it does not know, as in `training`
RARE = -2.0  # log-odds of a code that the earlier model does not know, before any decision
ASKED_OF_NEW = 0.3  # probability from which on such a code is proposed: F1 is best at half of what it reaches (Lipton et al. 2014)
_LEAST = 0.05  # of a sentence's own part in its log-odds in context: below, its features are not read


@dataclass(frozen=True)
class Correction:
    """What decisions say of an earlier model, by code: `slope` and `shift` of its log-odds in context, `weights` (features, codes) to add."""

    slope: Array
    shift: Array
    weights: Array


def fitted(matrix: Any, logits: Array, labels: Array, known: Array, new: Array) -> Correction:
    """Return the correction that judged sentences ask for.

    `matrix`: their features (sparse; sentences, features); `logits`: the earlier model's log-odds in context (sentences, codes); `labels`: which
    code each carries, counted where `known`; `new`: the codes that the earlier model does not know (truth values).
    Needs SciPy and threadpoolctl, which come with scikit-learn.
    """
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits

    features, codes = matrix.shape[1], labels.shape[1]
    signs = np.where(labels, 1.0, -1.0)
    shift_on, weights_on = (np.where(new, OF_NEW, usual) for usual in (ON_SHIFT[1], ON_WEIGHTS))
    spread = [np.sqrt(one) for one in (*ON_SLOPE, ON_SHIFT[0], shift_on, weights_on)]  # parameters are counted in these: one step suits all

    def told(flat: Array) -> Correction:
        slope, shift, own = flat[:1], flat[1:2], flat[2:].reshape(2 + features, codes)
        return Correction(1 + slope / spread[0] + own[0] / spread[1], shift / spread[2] + own[1] / spread[3], own[2:] / spread[4])

    def loss(flat: Array) -> tuple[float, Array]:
        now = told(flat)
        margins = signs * (now.slope * logits + now.shift + matrix @ now.weights)
        pull = np.where(known, -signs / (1 + np.exp(np.clip(margins, -500, 500))), 0.0)
        slope, shift = (pull * logits).sum(0), pull.sum(0)
        shared = [[slope.sum() / spread[0], shift.sum() / spread[2]]]
        down = np.concatenate([*shared, slope / spread[1], shift / spread[3], (matrix.T @ pull / spread[4]).ravel()])
        return float(np.logaddexp(0, -margins)[known].sum() + flat @ flat / 2), down + flat

    start = np.zeros(2 + (2 + features) * codes)
    with threadpool_limits(limits=1):  # short sums: threads would wait for each other
        return told(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100, "ftol": 1e-6}).x)


def extended(model: Model | None, codes: Sequence[str], kept: Sequence[str]) -> Model:
    """Return a model of `codes` that says of those in `kept` what `model` says, and of the others that they are rare."""
    each, rows = len(codes), len(model.index) if model else 0
    arrays: dict[str, Array] = {name: np.zeros(each, dtype=np.float32) for name in ARRAYS}
    arrays |= {"weights": np.zeros((rows, each), dtype=np.float32), "context": np.tile(np.eye(1, FEATURES, dtype=np.float32), (each, 1))}
    for name, value in (("bias", RARE), ("slope", 1.0), ("thresholds", ASKED_OF_NEW)):
        arrays[name][:] = value
    if model is None:
        return Model(tuple(codes), {}, **arrays)
    here = [k for k, code in enumerate(codes) if code in kept]
    there = [model.codes.index(codes[k]) for k in here]
    for name, array in arrays.items():
        if name == "weights":
            array[:, here] = model.weights[:, there]
        else:
            array[here] = getattr(model, name)[there]
    return Model(tuple(codes), dict(model.index), facts=dict(model.facts), **arrays)


def corrected(model: Model, correction: Correction, names: Sequence[str], chosen: Array) -> Model:
    """Return `model` with the `correction` of the codes `chosen` (an array of truth values); `names`: the features that its weights are of."""
    slope, shift = np.where(chosen, correction.slope, 1.0), np.where(chosen, correction.shift, 0.0)
    added = in_margins(model, correction) * chosen
    index = dict(model.index)
    said = [(index.setdefault(name, len(index)), row) for name, row in zip(names, added, strict=False) if row.any()]
    weights = np.concatenate([model.weights, np.zeros((len(index) - len(model.index), len(model.codes)))])
    for n, row in said:
        weights[n] += row
    arrays = {name: getattr(model, name) for name in ARRAYS}
    arrays |= {"weights": weights, "context": slope[:, None] * model.context, "offset": slope * model.offset + shift}
    return Model(model.codes, index, facts=dict(model.facts), **{name: np.asarray(array, dtype=np.float32) for name, array in arrays.items()})


def in_margins(model: Model, correction: Correction) -> Array:
    """Return the weights of `correction` as they are added to the model's own, which count before calibration and context."""
    own = model.slope * model.context[:, 0] * correction.slope
    return np.where(own > _LEAST, correction.weights / np.maximum(own, _LEAST), 0.0)


def is_lexical(name: str) -> bool:
    """Tell whether a feature is made of somebody's words (lemma, form, letters, pairs), its sentence's or those around it.

    >>> [is_lexical(name) for name in ("w:lierre", "t:w:lierre", "c:<li", "f:espoir", "p:je", "n:2")]
    [True, True, True, False, False, False]
    """
    kind = name[2:] if name.startswith((BEFORE, AFTER, ASKED)) else name
    return kind.startswith(("w:", "c:", "o:", "b:", "s:"))
