"""Learn from judged sentences of a study: what is learned, and what it is worth among people that it was not learned from.

Weights of features are fitted to all; slope and shift to log-odds of sentences whose speaker the weights had not seen, as in `training`: what
was learned by heart would be trusted too much. A feature made of words counts only where enough participants said it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from .adapting import Correction, corrected, fitted, in_margins, is_lexical
from .features import ASKED, OF_VECTOR, VECTOR, of_place
from .judged import Judged
from .scoring import Array, Model
from .training import FOLDS, margins_of, sparse, vocabulary

LEAST = 3  # participants who must have said what becomes a feature


@dataclass(frozen=True)
class Lesson:
    """An earlier model (`base`) and the sentences of a study that were judged; `parents`: child to parent; `least`: see `LEAST`.

    `vectors`: an encoder's, of each sentence (sentences, width); `fits_vectors`: they are features beside its words, not only what `base` knows.
    """

    base: Model
    judged: Judged
    parents: Mapping[str, str] = field(default_factory=dict)
    least: int = LEAST
    vectors: Array | None = None
    fits_vectors: bool = True

    @cached_property
    def rows(self) -> list[dict[str, float]]:
        """The features of each sentence."""
        return [of_place(*place) for place in self.judged.places]

    @cached_property
    def margins(self) -> Array:
        """The margins of each sentence under the earlier model."""
        made = margins_of(self.base, self.judged.places)
        return made if self.vectors is None else made + self.base.of_vectors(self.vectors)

    @cached_property
    def chances(self) -> Array:
        """The probabilities in context under the earlier model."""
        return self.chances_of(self.base, self.margins)

    @cached_property
    def logits(self) -> Array:
        """The log-odds in context under the earlier model."""
        chances = np.clip(self.chances, 1e-6, 1 - 1e-6)
        return np.log(chances / (1 - chances))

    @property
    def new(self) -> Array:
        """The codes that the earlier model does not know."""
        return ~self.base.weights.any(axis=0)

    @cached_property
    def among(self) -> Array:
        """What is known of the sentences among which a code is told: of a child its parent's."""
        codes, known = list(self.base.codes), self.judged.known.copy()
        for child, parent in self.parents.items():
            known[:, codes.index(child)] &= self.judged.labels[:, codes.index(parent)]
        return known

    def chances_of(self, model: Model, margins: Array) -> Array:
        """Return the probabilities in context that `model` makes of `margins`, document by document."""
        made, units = np.zeros(margins.shape), self.judged.units
        documents = np.array([document for document, _ in self.judged.turns])
        for document in np.unique(documents).tolist():
            at = np.flatnonzero(documents == document).tolist()
            made[at] = model.in_context(margins[at], [units[i] for i in at], [self.judged.turns[i][1] for i in at])
        return made

    def names(self, at: Sequence[int]) -> dict[str, int]:
        """Return the features of the sentences `at` that may be learned: words, letters and pairs only where enough participants said them.

        Those of vectors come last.
        """
        said: dict[str, set[str]] = {}
        for i in at:
            for name in self.rows[i]:
                if is_lexical(name):
                    said.setdefault(name, set()).add(self.judged.heard[i] if name.startswith(ASKED) else self.judged.people[i])
        held = vocabulary([self.rows[i] for i in at])
        kept = [name for name in held if name not in said or len(said[name]) >= self.least]
        return {name: n for n, name in enumerate([*kept, *self._of_vectors])}

    @property
    def _of_vectors(self) -> list[str]:
        return [f"{VECTOR}{i}" for i in range(self.vectors.shape[1])] if self.vectors is not None and self.fits_vectors else []

    def matrix(self, at: Sequence[int], names: Sequence[str]) -> Any:
        """Return the features `names` (see the method of that name) of the sentences `at`: sparse, of vectors alone dense."""
        from scipy.sparse import hstack

        words = {name: n for n, name in enumerate(names[: len(names) - len(self._of_vectors)])}
        if self.vectors is None or not self.fits_vectors:
            return sparse([self.rows[i] for i in at], words)
        vectors = OF_VECTOR * self.vectors[at].astype(np.float64)
        return hstack([sparse([self.rows[i] for i in at], words), vectors], format="csr") if words else vectors

    def given(self, chances: Array) -> Array:
        """Return which codes are proposed at `chances`; a child only beside its parent."""
        codes, made = list(self.base.codes), chances >= self.base.thresholds
        for child, parent in self.parents.items():
            made[:, codes.index(child)] &= made[:, codes.index(parent)]
        return made


def folds(groups: Sequence[str]) -> Iterator[Array]:
    """Yield what is left out, as an array of truth values: up to `FOLDS` shares of the groups."""
    names = sorted(set(groups))
    for n in range(min(FOLDS, len(names)) if len(names) > 1 else 0):
        yield np.isin(groups, names[n::FOLDS])


def taught(lesson: Lesson, at: Array) -> tuple[Correction, list[str]]:
    """Return the correction that the sentences `at` (their numbers) ask for, and the names of the features that it is of."""
    names = lesson.names(at.tolist())
    matrix = lesson.matrix(at.tolist(), list(names))
    logits, labels, known = lesson.logits[at], lesson.judged.labels[at], lesson.among[at]
    honest = logits.copy()
    for out in folds([lesson.judged.people[i] for i in at]):
        part = fitted(matrix[~out], logits[~out], labels[~out], known[~out], lesson.new)
        honest[out] += matrix[out] @ part.weights
    level = fitted(matrix[:, :0], honest, labels, known, lesson.new)
    weights = fitted(matrix, logits, labels, known, lesson.new).weights
    return Correction(level.slope, level.shift, level.slope * weights), list(names)


def crossed(lesson: Lesson, use: Array) -> Array:
    """Return the probabilities of each sentence after learning from those of the others' that are in `use` (an array of truth values)."""
    made = lesson.chances.copy()
    for out in folds(lesson.judged.people):
        at = np.flatnonzero(use & ~out)
        if len(at) and (use & out).any():
            correction, names = taught(lesson, at)
            made[out] = after(lesson, correction, names, np.ones(len(lesson.base.codes), dtype=bool))[out]
    return made


def after(lesson: Lesson, correction: Correction, names: Sequence[str], chosen: Array) -> Array:
    """Return the probabilities of all sentences with the `correction` of the codes `chosen`."""
    matrix = lesson.matrix(range(len(lesson.rows)), names)
    margins = lesson.margins + matrix @ (in_margins(lesson.base, correction) * chosen)
    return lesson.chances_of(corrected(lesson.base, correction, (), chosen), margins)


def learned(lesson: Lesson, use: Array, chosen: Array, facts: Mapping[str, Any], *, upon: Model | None = None) -> Model:
    """Return the model that the sentences in `use` make of the earlier one, for the codes `chosen`; the others stay as they are.

    `upon`: what it is laid on where other codes of the earlier model were changed already.
    """
    correction, names = taught(lesson, np.flatnonzero(use))
    model = corrected(upon or lesson.base, correction, names, chosen)
    model.facts = dict(facts)
    return model
