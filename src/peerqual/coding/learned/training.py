"""Train the learned coder: one logistic regression a code over sparse features, calibrated and with thresholds by cross-validation over groups.

Needs scikit-learn (``pip install peerqual[learn]``). Logistic regression: Fan et al. 2008 (LIBLINEAR, JMLR 9, 1871–1874); calibration:
Platt 1999 (Advances in Large Margin Classifiers, 61–74); features that one sentence alone has are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .features import Unit, of_place
from .scoring import ARRAYS, Model

FOLDS, PENALTY, SEEN, FEW = 5, 3.0, 2, 5  # folds, inverse strength of the penalty, sentences that a feature and a code must have
Place = tuple[Sequence[Unit], int, Sequence[Unit]]  # a turn, which of its sentences, the turn before of another voice


@dataclass(frozen=True)
class Examples:
    """Judged sentences: where each is said, its codes (parents beside children), the group (voice, interview) that it belongs to."""

    places: Sequence[Place]
    codes: Sequence[frozenset[str]]
    groups: Sequence[str]

    def labels(self, codes: Sequence[str]) -> Any:
        """Return an array (sentences, codes) of what holds."""
        return np.array([[code in mine for code in codes] for mine in self.codes], dtype=bool)


def train(examples: Examples, codes: Sequence[str], *, parents: Mapping[str, str] | None = None, facts: Mapping[str, Any] | None = None) -> Model:
    """Return a model of `codes` made of `examples`. A child (`parents`: child to parent) is told apart among its parent's sentences only."""
    rows = [of_place(*place) for place in examples.places]
    labels, groups = examples.labels(codes), np.array(examples.groups)
    among = _among(labels, codes, parents or {})
    margins = crossed(rows, labels, groups, among)
    slope, shift = calibrated(margins, labels, among)
    thresholds = best_thresholds(1 / (1 + np.exp(-(slope * margins + shift))), labels, among)
    index = vocabulary(rows)
    weights, bias = fitted(sparse(rows, index), labels, among)
    kept = np.abs(weights).max(axis=1) > 1e-4
    names = [name for name, keep in zip(index, kept, strict=True) if keep]
    told = (weights[kept], bias, slope, shift, thresholds)
    arrays = dict(zip(ARRAYS, (np.asarray(array, dtype=np.float32) for array in told), strict=True))
    return Model(tuple(codes), {name: n for n, name in enumerate(names)}, facts=dict(facts or {}), **arrays)


def _among(labels: Any, codes: Sequence[str], parents: Mapping[str, str]) -> list[Any]:
    """Return for each code the sentences (mask) among which it is told: all, or those of its parent."""
    everything = np.ones(len(labels), dtype=bool)
    return [labels[:, list(codes).index(parents[code])] if code in parents else everything for code in codes]


def vocabulary(rows: Iterable[Mapping[str, float]], seen: int = SEEN) -> dict[str, int]:
    """Return the features that at least `seen` rows have, sorted and numbered."""
    counts = Counter(name for row in rows for name in row)
    return {name: n for n, name in enumerate(sorted(name for name, times in counts.items() if times >= seen))}


def sparse(rows: Sequence[Mapping[str, float]], index: Mapping[str, int]) -> Any:
    """Return the rows as a sparse matrix (sentences, features)."""
    from scipy.sparse import csr_matrix

    data, columns, ends = [], [], [0]
    for row in rows:
        known = [(index[name], value) for name, value in row.items() if name in index]
        columns += [column for column, _ in known]
        data += [value for _, value in known]
        ends.append(len(columns))
    return csr_matrix((data, columns, ends), shape=(len(rows), len(index)), dtype=np.float64)


def fitted(matrix: Any, labels: Any, among: Sequence[Any], penalty: float = PENALTY) -> tuple[Any, Any]:
    """Return weights (features, codes) and bias (codes); a code with fewer than `FEW` sentences is never proposed."""
    from sklearn.linear_model import LogisticRegression

    weights, bias = np.zeros((matrix.shape[1], labels.shape[1])), np.full(labels.shape[1], -20.0)
    for k, mask in enumerate(among):
        mine = labels[mask, k]
        if min(mine.sum(), (~mine).sum()) >= FEW:
            learner = LogisticRegression(C=penalty, solver="liblinear", dual=True, tol=1e-3, random_state=0, max_iter=500).fit(matrix[mask], mine)
            weights[:, k], bias[k] = learner.coef_[0], learner.intercept_[0]
    return weights, bias


def crossed(rows: Sequence[Mapping[str, float]], labels: Any, groups: Any, among: Sequence[Any], penalty: float = PENALTY) -> Any:
    """Return the margins of each sentence under models that have not seen its group."""
    margins = np.zeros(labels.shape)
    names = sorted(set(groups))
    for fold in range(min(FOLDS, len(names))):
        left = np.isin(groups, names[fold::FOLDS])
        seen = [row for row, out in zip(rows, left, strict=True) if not out]
        index = vocabulary(seen)
        weights, bias = fitted(sparse(seen, index), labels[~left], [mask[~left] for mask in among], penalty)
        margins[left] = sparse([row for row, out in zip(rows, left, strict=True) if out], index) @ weights + bias
    return margins


def calibrated(margins: Any, labels: Any, among: Sequence[Any]) -> tuple[Any, Any]:
    """Return slope and shift of each code, with which margins are probabilities."""
    from sklearn.linear_model import LogisticRegression

    slope, shift = np.ones(labels.shape[1]), np.zeros(labels.shape[1])
    for k, mask in enumerate(among):
        if min(labels[mask, k].sum(), (~labels[mask, k]).sum()) >= FEW:
            learner = LogisticRegression(C=1e6).fit(margins[mask, k : k + 1], labels[mask, k])
            slope[k], shift[k] = learner.coef_[0, 0], learner.intercept_[0]
    return slope, shift


def best_thresholds(chances: Any, labels: Any, among: Sequence[Any], window: int = 21) -> Any:
    """Return for each code the probability from which on F1 is best, F1 averaged over `window` sentences: one lucky sentence decides nothing."""
    found = np.full(labels.shape[1], 0.5)
    for k, mask in enumerate(among):
        order = np.argsort(-chances[mask, k], kind="stable")
        held, mine = chances[mask, k][order], labels[mask, k][order]
        if mine.sum() < FEW:
            continue
        scores = 2 * np.cumsum(mine) / (np.arange(1, len(mine) + 1) + mine.sum())
        half = window // 2
        smooth = np.convolve(np.pad(scores, half, mode="edge"), np.ones(window) / window, "valid")
        found[k] = held[int(smooth.argmax())]
    return found
