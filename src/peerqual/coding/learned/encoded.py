"""What a sentence encoder adds to the packaged model, learned from the exemplar bank and checked on voices that it was not learned from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ...codebook import Codebook
from .encoder import Array, Encoder
from .examples import of_scenes
from .features import of_place
from .judged import Judged
from .learning import Lesson
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


def facts_of(encoder: Encoder) -> dict[str, Any]:
    """Return what a model made with `encoder` says of it: the folder's name, the hash of its files, the width of its vectors."""
    return {"encoder": {"name": encoder.name, "mark": encoder.mark, "width": encoder.width}}
