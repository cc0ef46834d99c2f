"""Train the learned coder: one logistic regression a code over sparse features, calibrated, then read in context, with thresholds a code.

Needs scikit-learn (``pip install peerqual[learn]``). Logistic regression: Fan et al. 2008 (LIBLINEAR, JMLR 9, 1871–1874); calibration:
Platt 1999 (Advances in Large Margin Classifiers, 61–74); features that one sentence alone has are left out. What is calibrated, put in context
and given thresholds are margins of sentences whose group the model had not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import context
from .features import Unit, of_place
from .scoring import ARRAYS, Model

FOLDS, PENALTY, SEEN, FEW = 5, 3.0, 2, 5  # folds, inverse strength of the penalty, sentences that a feature and a code must have
LONG = 60  # judged sentences from which on a text has stretches as interviews have them
BETA = 0.85  # how much recall counts beside precision in a threshold (van Rijsbergen 1979, p. 174): a wrong proposal costs a reader a little more
SHARE = 0.7  # of a threshold (in logarithms) that interviews make which others coded, beside what texts of the bank make
Place = tuple[Sequence[Unit], int, Sequence[Unit]]  # a turn, which of its sentences, the turn before of another voice


@dataclass(frozen=True)
class Examples:
    """Sentences of scenes, in their order: where each is said, its codes (parents beside children; None: it was not judged and is context),
    the group (voice, interview) that it belongs to, the numbers of its scene and its turn."""

    places: Sequence[Place]
    codes: Sequence[frozenset[str] | None]
    groups: Sequence[str]
    turns: Sequence[tuple[int, int]]

    @property
    def judged(self) -> Any:
        """An array of which sentences were judged."""
        return np.array([mine is not None for mine in self.codes], dtype=bool)

    def labels(self, codes: Sequence[str]) -> Any:
        """Return an array (sentences, codes) of what holds."""
        return np.array([[code in (mine or ()) for code in codes] for mine in self.codes], dtype=bool)

    def only(self, rows: Sequence[int]) -> Examples:
        """Return the sentences of these numbers."""
        return Examples(*([part[i] for i in rows] for part in (self.places, self.codes, self.groups, self.turns)))  # type: ignore[arg-type]

    def units(self) -> list[Unit]:
        """Return the sentences as features see them."""
        return [turn[i] for turn, i, _ in self.places]


Text = tuple[Examples, Any]  # the sentences of one scene or interview, and their margins


def train(
    examples: Examples,
    codes: Sequence[str],
    *,
    parents: Mapping[str, str] | None = None,
    whole: Examples | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Model:
    """Return a model of `codes` made of `examples`. A child (`parents`: child to parent) is told apart among its parent's sentences only.

    What stands around a sentence and thresholds are learned from the long texts of `examples` (where there is none: from all) and from `whole`:
    judged interviews that nothing else is learned from, and that weigh more in the thresholds.
    """
    model, texts = from_words(examples, codes, parents=parents, facts=facts)
    tune(model, texts, texts_of(model, whole) if whole is not None else [], parents or {})
    return model


def from_words(
    examples: Examples, codes: Sequence[str], *, parents: Mapping[str, str] | None = None, facts: Mapping[str, Any] | None = None
) -> tuple[Model, list[Text]]:
    """Return a model that knows each sentence by itself, and the texts of `examples` to read it in context by: the long ones, else all."""
    rows, judged = [of_place(*place) for place in examples.places], examples.judged
    labels, among = examples.labels(codes), _among(examples, codes, parents or {})
    margins = crossed(rows, labels, np.array(examples.groups), among)
    slope, shift = calibrated(margins, labels, among)
    seen = [row for row, mine in zip(rows, judged, strict=True) if mine]
    index = vocabulary(seen)
    weights, bias = fitted(sparse(seen, index), labels[judged], [mask[judged] for mask in among])
    kept = np.abs(weights).max(axis=1) > 1e-4
    names = [name for name, keep in zip(index, kept, strict=True) if keep]
    each = len(codes)
    alone = np.tile(np.eye(1, context.FEATURES), (each, 1))
    told = (weights[kept], bias, slope, shift, usual(slope * margins + shift, among), alone, np.zeros(each), np.ones(each))
    arrays = dict(zip(ARRAYS, (np.asarray(array, dtype=np.float32) for array in told), strict=True))
    model = Model(tuple(codes), {name: n for n, name in enumerate(names)}, facts=dict(facts or {}), **arrays)
    scenes = [(scene, margins[at]) for scene, at in by_scene(examples)]
    return model, [one for one in scenes if one[0].judged.sum() >= LONG] or scenes


def texts_of(model: Model, examples: Examples) -> list[Text]:
    """Return the scenes of `examples`, each with its margins."""
    return [(scene, margins_of(model, scene.places)) for scene, _ in by_scene(examples)]


def tune(model: Model, texts: Sequence[Text], others: Sequence[Text], parents: Mapping[str, str]) -> None:
    """Make `model` read sentences in context, by `texts` and `others`, and give it thresholds: what `others` make has the greater `SHARE`."""
    read_in_context(model, [*texts, *others], parents)
    model.thresholds[:] = 1
    for share, part in ((1 - SHARE, texts), (SHARE, others)) if others else ((1.0, texts),):
        model.thresholds *= thresholds_of(model, part, parents) ** share


def usual(logits: Any, among: Sequence[Any]) -> Any:
    """Return the mean of the log-odds of each code: around it, a sentence says nothing."""
    return np.array([logits[mask, k].mean() if mask.any() else 0.0 for k, mask in enumerate(among)])


def by_scene(examples: Examples) -> Iterable[tuple[Examples, Any]]:
    """Yield each scene of `examples`, and the numbers of its sentences."""
    scenes = np.array([scene for scene, _ in examples.turns])
    for scene in dict.fromkeys(scenes.tolist()):
        rows = np.flatnonzero(scenes == scene)
        yield examples.only(rows.tolist()), rows


def margins_of(model: Model, places: Sequence[Place]) -> Any:
    """Return the margins (sentences, codes) of the sentences at `places`, turn by turn in their order."""
    made = []
    for turn, i, before in places:
        if i == 0:
            heard = model.margins(turn, before)
        made.append(heard[i])
    return np.array(made)


def read_in_context(model: Model, texts: Sequence[Text], parents: Mapping[str, str]) -> None:
    """Give `model` its weights of what stands around and its offsets, by judged `texts`; a child is told among its parent's sentences, by itself."""
    judged = np.concatenate([text.judged for text, _ in texts])
    labels = np.concatenate([text.labels(model.codes) for text, _ in texts])
    free = [k for k, code in enumerate(model.codes) if code not in parents and labels[judged, k].sum() >= FEW]
    held = [k for k in range(len(model.codes)) if k not in free]
    model.offset[held] = model.usual[held]
    if free:
        shared, offsets = context.fitted(np.concatenate([around(model, *text) for text in texts])[judged][:, free], labels[judged][:, free])
        model.context[free], model.offset[free] = shared, offsets


def thresholds_of(model: Model, texts: Sequence[Text], parents: Mapping[str, str]) -> Any:
    """Return the best thresholds (codes) of `model` on judged `texts`."""
    labels = np.concatenate([text.labels(model.codes) for text, _ in texts])
    judged = np.concatenate([text.judged for text, _ in texts])
    masks = [labels[:, model.codes.index(parents[code])] if code in parents else judged for code in model.codes]
    chances = np.concatenate([model.in_context(margins, text.units(), [turn for _, turn in text.turns]) for text, margins in texts])
    return best_thresholds(chances, labels, masks)


def around(model: Model, text: Examples, margins: Any) -> Any:
    """Return what stands around each sentence of one scene (see `context.around`)."""
    return context.around(*model.seen(margins, text.units()), [turn for _, turn in text.turns])


def _among(examples: Examples, codes: Sequence[str], parents: Mapping[str, str]) -> list[Any]:
    """Return for each code the judged sentences (mask) among which it is told: all, or those of its parent."""
    judged, labels = examples.judged, examples.labels(codes)
    return [labels[:, list(codes).index(parents[code])] if code in parents else judged for code in codes]


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
    names, judged = sorted(set(groups)), np.any(among, axis=0)
    for fold in range(min(FOLDS, len(names))):
        left = np.isin(groups, names[fold::FOLDS])
        known = judged & ~left
        seen = [row for row, mine in zip(rows, known, strict=True) if mine]
        index = vocabulary(seen)
        weights, bias = fitted(sparse(seen, index), labels[known], [mask[known] for mask in among], penalty)
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
    """Return for each code the probability from which on F (`BETA`) is best, averaged over `window` sentences: one lucky sentence decides nothing."""
    found = np.full(labels.shape[1], 0.5)
    for k, mask in enumerate(among):
        order = np.argsort(-chances[mask, k], kind="stable")
        held, mine = chances[mask, k][order], labels[mask, k][order]
        if mine.sum() < FEW:
            continue
        scores = (1 + BETA**2) * np.cumsum(mine) / (np.arange(1, len(mine) + 1) + BETA**2 * mine.sum())
        half = window // 2
        smooth = np.convolve(np.pad(scores, half, mode="edge"), np.ones(window) / window, "valid")
        found[k] = held[int(smooth.argmax())]
    return found
