"""A model at work on one codebook: which of its codes it may propose, with which words as support."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from ...codebook import Codebook
from ...language import lexicons
from ...model import Code
from ..program import key
from .features import Unit
from .plain import NAME, NUMBER
from .scoring import Array, Model

# Chosen on the development interviews: other people's speech is less sure than the bank's, and a rule says more than the bank has learned of it.
CAUTION, TRUST = 0.75, 0.3  # of a threshold, what is asked; of a rule's score, what is added to a probability
_SHARE, _MOST = 0.5, 3  # of what speaks for a code, the words that make this share support it, at most so many


class Proposal(NamedTuple):
    """A code that the model proposes for a sentence, how likely it is, and the numbers of the words that support it."""

    code: str
    chance: float
    words: tuple[int, ...]


def meaning(code: Code) -> str:
    """Return a hash of what a person reads of a code (id, definitions, what is in and out): a model is for codes that mean the same."""
    told = [code.id, dict(code.definition), {k: list(v) for k, v in code.include.items()}, {k: list(v) for k, v in code.exclude.items()}]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


@cache
def grammatical() -> frozenset[str]:
    """Return the words that support nothing in a reader's eyes: articles, pronouns, particles."""
    kinds = ("function", "oral", "interjection", "title")
    return frozenset(key(word) for word, kind in lexicons.rows("common_words") if kind in kinds) | {NAME, NUMBER}


class Learned:
    """The codes of `codebook` that `model` was made for; others are left to their rules."""

    def __init__(self, model: Model, codebook: Codebook) -> None:
        known = model.facts.get("meanings", {})
        self.model = model
        self.codes = {code.id for code in codebook.codes if code.id in model.codes and known.get(code.id) == meaning(code)}
        self._ruled = {f"r:{code}": k for k, code in enumerate(model.codes) if code in self.codes}
        known_here = np.array([code in self.codes for code in model.codes], dtype=bool)
        self._asked = np.where(known_here, CAUTION * model.thresholds, np.inf)
        self._parent = {code: next((one for one in codebook.ancestors(code) if one in self.codes), None) for code in self.codes}

    def propose(self, turn: Sequence[Unit], before: Sequence[Unit]) -> list[list[Proposal]]:
        """Return what is proposed for each sentence of `turn`, said after the turn `before`; of a parent and its child, the child."""
        chances = self.chances(turn, before)
        found: list[dict[str, float]] = [{} for _ in turn]
        for i, k in np.argwhere(chances >= self._asked).tolist():
            found[i][self.model.codes[k]] = min(1.0, float(chances[i, k]))
        return [self._of(unit, held) if held else [] for unit, held in zip(turn, found, strict=True)]

    def chances(self, turn: Sequence[Unit], before: Sequence[Unit]) -> Array:
        """Return what is set against `asked`, of sentences (rows) and codes of the model (columns): probability and a share of the rules' score."""
        chances = self.model.probabilities(self.model.margins(turn, before))
        for i, unit in enumerate(turn):
            for name, score in unit.held.items():
                column = self._ruled.get(name)
                if column is not None:
                    chances[i, column] += TRUST * score
        return chances

    def asked(self, code: str) -> float:
        """Return from which chance on `code`, one of `codes`, is proposed."""
        return float(self._asked[self.model.codes.index(code)])

    def _of(self, unit: Unit, held: Mapping[str, float]) -> list[Proposal]:
        found = {code: chance for code, chance in held.items() if self._parent[code] is None}
        for code in sorted(held, key=held.__getitem__, reverse=True):
            parent = self._parent[code]
            if parent in found:  # the likeliest child tells which kind the parent is
                found[code] = found.pop(parent)
        return [Proposal(code, chance, self._support(unit, code)) for code, chance in found.items()]

    def _support(self, unit: Unit, code: str) -> tuple[int, ...]:
        column = self.model.codes.index(self._parent[code] or code)
        speaking = [(value, i) for i, value in enumerate(self.model.support(unit, column)) if value > 0]
        worth = sorted([one for one in speaking if unit.words[one[1]] not in grammatical()] or speaking, reverse=True)
        total, chosen = sum(value for value, _ in worth), list[int]()
        reached = 0.0
        for value, i in worth[:_MOST]:
            chosen.append(unit.numbers[i])
            reached += value
            if reached >= _SHARE * total:
                break
        return tuple(sorted(chosen))
