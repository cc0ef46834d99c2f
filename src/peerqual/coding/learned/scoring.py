"""The learned coder's numbers: a linear model over named features, whose words are summed once and remembered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

from ...language.lemmas import lemma
from . import features
from .context import around
from .features import AFTER, ASKED, BEFORE, Unit

Array = Any  # numpy arrays of float32
_START, _END = -1, -2
_EDGES = {_START: "<s>", _END: "</s>"}
ARRAYS = ("weights", "bias", "slope", "shift", "usual", "context", "offset", "thresholds")


@dataclass
class Model:
    """A linear model of `codes`: `weights` has a row for each feature named in `index` and a column for each code.

    `slope` and `shift` turn a margin into a sentence's own log-odds (Platt 1999), `usual` is what these mostly are; `context` (a row for each code)
    and `offset` make of them, and of those around, the log-odds in context. A code is proposed where its probability is not below its threshold.
    `facts` say what it was made of: hashes, counts, versions, measured figures.
    """

    codes: tuple[str, ...]
    index: dict[str, int]
    weights: Array
    bias: Array
    slope: Array
    shift: Array
    usual: Array
    context: Array
    offset: Array
    thresholds: Array
    facts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._zero = np.zeros(len(self.codes), dtype=np.float32)
        self._columns = {f"r:{code}": k for k, code in enumerate(self.codes)}
        self._numbers: dict[str, int] = {}
        self._words = np.zeros((1024, 4, len(self.codes)), dtype=np.float32)
        self._lemmas: list[str] = []
        self._pairs: tuple[dict[tuple[int, int], int], ...] = ({}, {})  # rows of words side by side, and over one word; -1: unknown to the model

    # --- one word, one feature ---------------------------------------------------------------------------------------

    def row(self, name: str) -> Array:
        """Return the weights of the feature `name`, zeros when the model does not know it."""
        number = self.index.get(name)
        return self._zero if number is None else self.weights[number]

    def _word(self, form: str) -> int:
        number = self._numbers.get(form)
        if number is None:
            number = self._numbers[form] = len(self._numbers)
            if number >= len(self._words):
                self._words = np.concatenate([self._words, np.zeros_like(self._words)])
            base = lemma(form)
            self._lemmas.append(base)
            self._words[number, 0] = sum((value * self.row(name) for name, value in features.of_word(form)), self._zero)
            for k, block in enumerate((BEFORE, AFTER, ASKED), start=1):
                self._words[number, k] = self.row(f"{block}w:{base}")
        return number

    # --- a sentence ----------------------------------------------------------------------------------------------------

    def margins(self, turn: Sequence[Unit], before: Sequence[Unit] = ()) -> Array:
        """Return the margins of each sentence of `turn` (rows) for each code (columns), said after the turn `before` of another voice."""
        numbers = [[self._word(form) for form in unit.words] for unit in turn]
        sums = self._sums(numbers)
        made = self._told(turn, numbers) + self.bias
        made += sums[:, 0]
        made[1:] += sums[:-1, 1]
        made[:-1] += sums[1:, 2]
        if before:
            asked = self._sums([[self._word(form) for unit in before for form in unit.words][-features.LAST :]])[0, 3]
            made[: features.REACH] += sum((value * self.row(name) for name, value in self._beside(ASKED, before)), asked)
        return made

    def _sums(self, numbers: Sequence[Sequence[int]]) -> Array:
        """Return what the words of each sentence add to it, to the one after it, to the one before it, and to what answers it (rows)."""
        whole = _in_segments(self._words, numbers)
        lengths = np.array([len(mine) or 1 for mine in numbers], dtype=np.float32)
        for i in np.flatnonzero(lengths > features.LAST).tolist():  # only the last words of a long sentence count around it
            whole[i, 1:] = self._words[numbers[i][-features.LAST :], 1:].sum(0)
        whole[:, 0] /= np.sqrt(lengths)[:, None]
        whole[:, 1:] *= (features.AROUND / np.sqrt(np.minimum(lengths, features.LAST)))[:, None, None]
        return whole

    def _told(self, turn: Sequence[Unit], numbers: Sequence[Sequence[int]]) -> Array:
        """Return what fields, rules, shape and pairs of words add to each sentence, with the fields and rules beside it."""
        segments = []
        for i, unit in enumerate(turn):
            told = [*unit.held.items(), *features.of_shape(unit, i == 0), *(self._beside(BEFORE, turn[i - 1 : i]) if i else ())]
            told += self._beside(AFTER, turn[i + 1 : i + 2])
            segments.append([(row, value) for name, value in told if (row := self.index.get(name)) is not None] + self._pairs_of(numbers[i]))
        values = np.array([value for segment in segments for _, value in segment], dtype=np.float32)
        return _in_segments(self.weights, [[row for row, _ in segment] for segment in segments], values)

    def _pairs_of(self, numbers: Sequence[int]) -> list[tuple[int, float]]:
        """Return the rows of the pairs of words of a sentence, with their values."""
        edged, scale = (_START, *numbers, _END), 1 / sqrt(len(numbers) or 1)
        kinds = (("b", 0, features.PAIR * scale), ("s", 1, features.SKIP * scale)) if numbers else ()
        return [
            (row, value)
            for kind, rank, value in kinds
            for pair in zip(edged, edged[1 + rank :], strict=False)
            if (row := self._pair(kind, rank, pair)) >= 0
        ]

    def _pair(self, kind: str, rank: int, pair: tuple[int, int]) -> int:
        row = self._pairs[rank].get(pair)
        if row is None:
            first, last = (_EDGES.get(number) or self._lemmas[number] for number in pair)
            row = self._pairs[rank][pair] = self.index.get(f"{kind}:{first}_{last}", -1)
        return row

    def _beside(self, block: str, units: Sequence[Unit]) -> list[tuple[str, float]]:
        """Return the features of the fields and rules that hold in `units`, which stand around a sentence."""
        held: dict[str, float] = {}
        for unit in units:
            for name, value in unit.held.items():
                held[name] = max(held.get(name, 0.0), value)
        return [(block + name, features.AROUND * value) for name, value in held.items()]

    def of_vectors(self, vectors: Array) -> Array:
        """Return what an encoder's `vectors` (sentences, width) add to the margins of their sentences."""
        weights = np.stack([self.row(f"{features.VECTOR}{i}") for i in range(vectors.shape[1])])
        return features.OF_VECTOR * vectors @ weights

    def probabilities(self, margins: Array) -> Array:
        """Return the calibrated probabilities of `margins`, each sentence by itself."""
        return 1 / (1 + np.exp(-(self.slope * margins + self.shift)))

    def in_context(self, margins: Array, units: Sequence[Unit], turns: Sequence[int]) -> Array:
        """Return the probabilities of the sentences of one text (rows) with what stands around them; `turns`: the number of each one's turn."""
        features = around(*self.seen(margins, units), turns)
        return 1 / (1 + np.exp(-(np.einsum("nkf,kf->nk", features, self.context) + self.offset)))

    def seen(self, margins: Array, units: Sequence[Unit]) -> tuple[Array, Array]:
        """Return what is read in context: the sentences' own log-odds against what these usually are, and the scores of their rules."""
        return self.slope * margins + self.shift - self.usual, self._ruled(units)

    def _ruled(self, units: Sequence[Unit]) -> Array:
        """Return the scores of the rules that hold in each sentence, by code."""
        made = np.zeros((len(units), len(self.codes)), dtype=np.float32)
        for i, unit in enumerate(units):
            for name, score in unit.held.items():
                column = self._columns.get(name)
                if column is not None:
                    made[i, column] = score
        return made

    def support(self, unit: Unit, code: int) -> list[float]:
        """Return what each word of `unit` adds for the code of column `code`, by itself and as a part of what fields were found in."""
        added: dict[int, float] = {}
        for name, words in unit.where.items():
            value = float(self.row(name)[code]) * unit.held.get(name, 0.0) / (len(words) or 1)
            added |= {i: added.get(i, 0.0) + value for i in words}
        scale = sqrt(len(unit.words) or 1)
        return [float(self._words[self._word(form), 0, code]) / scale + added.get(i, 0.0) for form, i in zip(unit.words, unit.numbers, strict=True)]

    # --- on disk -------------------------------------------------------------------------------------------------------

    def save(self, path: Path) -> None:
        """Write the model to `path`: numpy arrays and JSON in one ``.npz``, no pickle; the same model, the same bytes."""
        from .storing import write

        names = sorted(self.index, key=self.index.__getitem__)
        head = json.dumps({"codes": self.codes, "features": names, "facts": self.facts}, ensure_ascii=False, sort_keys=True)
        arrays = {name: getattr(self, name) for name in ARRAYS}
        write(path, head, arrays)

    @classmethod
    def load(cls, path: Path) -> Model:
        """Read the model at `path`."""
        from .storing import read

        head, arrays = read(path)
        index = {name: number for number, name in enumerate(head["features"])}
        return cls(tuple(head["codes"]), index, facts=head["facts"], **{name: arrays[name].astype(np.float32) for name in arrays})


def _in_segments(table: Array, segments: Sequence[Sequence[int]], values: Array | None = None) -> Array:
    """Return for each segment the sum of the rows of `table` that it names, each times its value; zeros for an empty one."""
    made = np.zeros((len(segments), *table.shape[1:]), dtype=np.float32)
    filled = [i for i, segment in enumerate(segments) if segment]
    if filled:
        rows = table[[row for segment in segments for row in segment]]
        starts = np.cumsum([0, *(len(segments[i]) for i in filled[:-1])])
        made[filled] = np.add.reduceat(rows if values is None else rows * values[:, None], starts)
    return made
