"""What the learned coder sees of a sentence and of those around it, as named features with values.

Everything is a sum over words (divided by the root of how many there are) and over the fields and rules that hold, so that a linear model
can keep what each word adds (see `peerqual.coding.learned.scoring`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

from ...language.lemmas import lemma
from .plain import plain

if TYPE_CHECKING:
    from ..reading import Reading

Feature = tuple[str, float]

OWN, BEFORE, AFTER, ASKED = "", "p:", "n:", "t:"  # blocks: the sentence, the one before it, the one after it, the turn before
AROUND = 0.5  # what stands around counts half
REACH = 3  # the first sentences of a turn answer the turn before
LAST = 40  # words of the turn before that are read
PAIR, SKIP, GRAM, SHAPE = 0.7, 0.4, 0.7, 0.5
VECTOR, OF_VECTOR = "v:", 8.0  # features of an encoder's vector; its length, so that penalties bear on it as on words
_GRAMS = (3, 4, 5)
_PERSONS = {
    form: person
    for person, forms in {
        "je": "je j' me m' moi mon ma mes",
        "tu": "tu te t' toi ton ta tes",
        "il": "il elle lui son sa ses se s'",
        "ils": "ils elles eux leur leurs",
        "on": "on nous notre nos",
        "vous": "vous votre vos",
    }.items()
    for form in forms.split()
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence as features see it: its word forms (folded), whether it asks, the fields and rules that hold in it with their scores.

    `numbers` tell which word of the sentence each form is (marks are left out), `where` the words of the sentence that a field was found in.
    """

    words: tuple[str, ...]
    question: bool = False
    held: dict[str, float] = field(default_factory=dict)  # "f:field" → 1, "r:code" → score
    numbers: tuple[int, ...] = ()
    where: dict[str, tuple[int, ...]] = field(default_factory=dict)
    text: str = ""  # as it was said: what an encoder reads


def unit_of(reading: Reading, held: dict[str, float], where: dict[str, tuple[int, ...]]) -> Unit:
    """Return a sentence as a unit, with what holds in it, and where."""
    words, numbers = plain(reading)
    return Unit(words, "?" in reading.text, held, numbers, where, reading.text)


@cache
def of_word(form: str) -> tuple[Feature, ...]:
    """Return what the word `form` adds to its sentence: lemma, form, letters, person."""
    base = lemma(form)
    edged = f"<{form}>"
    grams = Counter(edged[i : i + n] for n in _GRAMS for i in range(len(edged) - n + 1))
    scale = GRAM / sqrt(grams.total()) if grams else 0.0
    found = [(f"w:{base}", 1.0), *((f"c:{gram}", scale * n) for gram, n in sorted(grams.items()))]
    if base != form:
        found.append((f"o:{form}", 0.5))
    person = _PERSONS.get(form)
    return (*found, (f"p:{person}", GRAM)) if person else tuple(found)


def of_pairs(unit: Unit) -> Iterator[Feature]:
    """Yield pairs of lemmas side by side, and over one word."""
    lemmas = ["<s>", *map(lemma, unit.words), "</s>"]
    yield from ((f"b:{a}_{b}", PAIR) for a, b in pairwise(lemmas))
    yield from ((f"s:{a}_{b}", SKIP) for a, b in zip(lemmas, lemmas[2:], strict=False))


def of_shape(unit: Unit, first: bool) -> Iterator[Feature]:
    """Yield length, question, and whether the sentence opens its turn."""
    size = len(unit.words)
    yield f"n:{1 if size < 4 else 2 if size < 9 else 3 if size < 20 else 4}", SHAPE
    if unit.question:
        yield "q", SHAPE
    if first:
        yield "first", SHAPE


def of_place(turn: Sequence[Unit], i: int, before: Sequence[Unit] = ()) -> dict[str, float]:
    """Return the features of sentence `i` of `turn`, said after the turn `before` of another voice."""
    unit = turn[i]
    found: defaultdict[str, float] = defaultdict(float)
    scale = 1 / sqrt(len(unit.words)) if unit.words else 0.0
    for form in unit.words:
        for name, value in of_word(form):
            found[name] += value * scale
    for name, value in of_pairs(unit):
        found[name] += value * scale
    found.update(unit.held)
    found.update(dict(of_shape(unit, i == 0)))
    if i:
        found.update(dict(_around(BEFORE, turn[i - 1 : i])))
    found.update(dict(_around(AFTER, turn[i + 1 : i + 2])))
    if i < REACH:
        found.update(dict(_around(ASKED, before)))
    return dict(found)


def _around(block: str, units: Sequence[Unit]) -> Iterator[Feature]:
    forms = [form for unit in units for form in unit.words][-LAST:]
    scale = AROUND / sqrt(len(forms)) if forms else 0.0
    yield from ((f"{block}w:{base}", n * scale) for base, n in Counter(map(lemma, forms)).items())
    held: dict[str, float] = {}
    for unit in units:
        for name, value in unit.held.items():
            held[name] = max(held.get(name, 0.0), value)
    yield from ((f"{block}{name}", AROUND * value) for name, value in held.items())
