"""What a model weighs for one code in one sentence: what each word, pair, field and rule adds to its margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from . import features
from .coder import Learned, Said
from .features import AFTER, ASKED, BEFORE

_AROUND = tuple((f"{block}{kind}", name) for block, name in ((BEFORE, "previous"), (AFTER, "next"), (ASKED, "before")) for kind in ("w:", "f:", "r:"))
_KINDS = (("f:", "field"), ("r:", "rule"), ("b:", "pair"), ("s:", "pair"))


@dataclass(frozen=True, slots=True)
class Part:
    """What one thing adds to the margin: `kind` is "word", "pair", "field", "rule", "shape", "vector" (an encoder's), or where it
    stands: "previous", "next", "before".
    """

    kind: str
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a model makes of a code in a sentence: its `probability` by itself, its `chance` with its rules and what stands around, what is `asked`.

    `parts` and `bias` sum up to the margin; the greatest parts come first.
    """

    probability: float
    chance: float
    asked: float
    bias: float
    parts: tuple[Part, ...]

    def speaking(self, *, against: bool = False, most: int = 5) -> tuple[Part, ...]:
        """Return the parts that speak most for the code, or `against` it."""
        return tuple(one for one in (self.parts[::-1] if against else self.parts)[:most] if (one.value < 0 if against else one.value > 0))


def weigh(learned: Learned, code: str, said: Sequence[Said], i: int) -> Weighed:
    """Return what the model makes of `code` in sentence `i` of the last turn that was `said`, after those before it."""
    model, (turn, before) = learned.model, said[-1]
    unit, column = turn[i], model.codes.index(code)
    margins, of_vectors = model.margins(turn, before), learned.of_vectors(turn)
    probability = float(model.probabilities(margins + of_vectors)[i, column])
    values: dict[tuple[str, str], float] = {}

    def add(kind: str, name: str, feature: str, value: float) -> None:
        values[kind, name] = values.get((kind, name), 0.0) + value * float(model.row(feature)[column])

    of_words: set[str] = set()
    scale = 1 / sqrt(len(unit.words) or 1)
    for form in unit.words:
        for feature, value in features.of_word(form):
            of_words.add(feature)
            add("word", form, feature, value * scale)
    for feature, value in features.of_place(turn, i, before).items():
        if feature not in of_words:
            add(*_named(feature), feature, value)
    if learned.encoder is not None:
        values["vector", learned.encoder.name] = float(of_vectors[i, column])
    parts = sorted((Part(*at, value) for at, value in values.items() if value), key=lambda one: (-one.value, one.kind, one.name))
    chance = float(learned.chances(said)[i - len(turn), column])
    return Weighed(probability, chance, learned.asked(code), float(model.bias[column]), tuple(parts))


def _named(feature: str) -> tuple[str, str]:
    for start, kind in (*_AROUND, *_KINDS):
        if feature.startswith(start):
            name = feature[len(start) :]
            return kind, name.replace("_", " ").replace("<s>", "‹").replace("</s>", "›") if kind == "pair" else name
    return "shape", feature
