"""What a sentence encoder adds to the packaged model, learned from the exemplar bank and checked on voices that it was not learned from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ...codebook import Codebook
from .adapting import Correction, fitted
from .encoder import Array, Encoder
from .examples import of_scenes
from .features import of_place
from .judged import Judged
from .learning import Lesson, folds
from .scoring import Model
from .training import Examples, crossed


@dataclass(frozen=True)
class OfBank(Lesson):
    """Sentences of which the earlier model was made itself: models that have not seen their voice tell them, and vectors alone are learned."""

    @cached_property
    def rows(self) -> list[dict[str, float]]:
        """No features: the earlier model knows these."""
        return [{}] * len(self.judged.places)

    @cached_property
    def margins(self) -> Array:
        """The margins of each sentence under models made of the other voices."""
        rows = [of_place(*place) for place in self.judged.places]
        return crossed(rows, self.judged.labels, np.array(self.judged.people), list(self.among.T))


def of_bank(base: Model, codebook: Codebook, encoder: Encoder, scenes: Any, parents: Mapping[str, str]) -> OfBank:
    """Return the lesson that `scenes` give to `base`, made of them under `codebook`, with the vectors of `encoder`; voices are its participants."""
    examples = of_scenes(scenes, codebook)
    vectors = encoder.vectors([unit.text for unit in examples.units()])
    return OfBank(base, _judged(examples, base.codes), parents, vectors=vectors)


def _judged(examples: Examples, codes: tuple[str, ...]) -> Judged:
    known = np.repeat(examples.judged[:, None], len(codes), axis=1)
    return Judged(examples.places, examples.turns, examples.groups, examples.groups, examples.labels(codes), known, known)


def crossed_and_taught(lesson: OfBank) -> tuple[Array, Correction, list[str]]:
    """Return the probabilities of each sentence with vectors learned from the other voices, and what all voices teach (see `learning.taught`).

    Weights are fitted to a sentence's own log-odds, before what stands around it is read: vectors of neighbours are alike, and would count twice.
    Slope and shift are fitted once, to log-odds in context of sentences whose voice the weights had not seen, against those that the same
    sentences ask for without vectors: the earlier model stays set to interviews, and nothing but vectors makes a code better.
    """
    base, at = lesson.base, np.flatnonzero(lesson.judged.known.any(axis=1))
    names = list(lesson.names(at.tolist()))
    matrix, own = lesson.matrix(range(len(lesson.rows)), names), base.slope * lesson.margins + base.shift
    labels, known = lesson.judged.labels, lesson.among

    def weights(rows: Array) -> Array:
        return fitted(matrix[rows], own[rows], labels[rows], known[rows], lesson.new).weights

    honest = np.zeros(own.shape)
    for out in folds(lesson.judged.people):
        moved = lesson.margins + matrix @ (weights(at[~out[at]]) / base.slope)
        honest[out] = np.clip(lesson.chances_of(base, moved), 1e-6, 1 - 1e-6)[out]
    honest = np.log(honest / (1 - honest))
    usual, level = (fitted(matrix[at, :0], one[at], labels[at], known[at], lesson.new) for one in (lesson.logits, honest))
    slope, shift = level.slope / usual.slope, (level.shift - usual.shift) / usual.slope
    chances = 1 / (1 + np.exp(-(slope * honest + shift)))
    return chances, Correction(slope, shift, slope * base.context[:, 0] * weights(at)), names


def facts_of(encoder: Encoder) -> dict[str, Any]:
    """Return what a model made with `encoder` says of it: the folder's name, the hash of its files, the width of its vectors."""
    return {"encoder": {"name": encoder.name, "mark": encoder.mark, "width": encoder.width}}
