"""A model at work on one codebook: which of its codes it may propose, with which words as support."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...codebook import Codebook
from ...language import lexicons
from ...model import Code
from ..program import key
from .features import AFTER, ASKED, BEFORE, OWN, Unit
from .plain import NAME, NUMBER
from .scoring import Array, Model

if TYPE_CHECKING:
    from .encoder import Encoder

_SHARE, _MOST = 0.5, 3  # of what speaks for a code, the words that make this share support it, at most so many


Said = tuple[Sequence[Unit], Sequence[Unit]]  # the sentences of a turn, and those of the turn of another voice that it follows


class Proposal(NamedTuple):
    """A code that the model proposes for a sentence, how likely it is, and the numbers of the words that support it."""

    code: str
    chance: float
    words: tuple[int, ...]


def meaning(code: Code) -> str:
    """Return a hash of what a person reads of a code (id, definitions, what is in and out): a model is for codes that mean the same."""
    told = [code.id, dict(code.definition), {k: list(v) for k, v in code.include.items()}, {k: list(v) for k, v in code.exclude.items()}]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def as_called_today(model: Model, codebook: Codebook) -> Model:
    """Return `model` with the codes that `codebook` has renamed since under their names of today, where they mean the same."""
    known, there = model.facts.get("meanings", {}), {code.id for code in codebook.codes}
    names: dict[str, str] = {}
    for was in set(model.codes) - there:
        now = was
        for change in codebook.history:
            now = change.into[0] if change.action == "rename" and change.code == now else now
        if now in there and now not in model.codes and known.get(was) == meaning(replace(codebook.get(now), id=was)):
            names[was] = now
    if not names:
        return model
    rules = {f"{block}r:{was}": f"{block}r:{now}" for was, now in names.items() for block in (OWN, BEFORE, AFTER, ASKED)}
    return replace(
        model,
        codes=tuple(names.get(code, code) for code in model.codes),
        index={rules.get(name, name): row for name, row in model.index.items()},
        facts={**model.facts, "meanings": known | {now: meaning(codebook.get(now)) for now in names.values()}},
    )


@cache
def grammatical() -> frozenset[str]:
    """Return the words that support nothing in a reader's eyes: articles, pronouns, particles."""
    kinds = ("function", "oral", "interjection", "title")
    return frozenset(key(word) for word, kind in lexicons.rows("common_words") if kind in kinds) | {NAME, NUMBER}


def _speaks(form: str) -> bool:
    """Tell whether a reader sees something in `form`: not in articles, pronouns and particles, elided (« j' ») or hung on (« -ce »)."""
    return form not in grammatical() and form[-1] != "'" and form[0] != "-"


class Learned:
    """The codes of `codebook` that `model` was made for; others are left to their rules. `encoder`: the one that it was made with, if it was."""

    def __init__(self, model: Model, codebook: Codebook, encoder: Encoder | None = None) -> None:
        model = as_called_today(model, codebook)
        known = model.facts.get("meanings", {})
        self.model, self.encoder = model, encoder
        self.codes = {code.id for code in codebook.codes if code.id in model.codes and known.get(code.id) == meaning(code)}
        known_here = np.array([code in self.codes for code in model.codes], dtype=bool)
        self._asked = np.where(known_here, model.thresholds, np.inf)
        self._parent = {code: next((one for one in codebook.ancestors(code) if one in self.codes), None) for code in self.codes}

    def propose(self, turns: Sequence[Said]) -> list[list[list[Proposal]]]:
        """Return what is proposed for each sentence of each of the `turns` of one text; of a parent and its child, the child."""
        units = [unit for turn, _ in turns for unit in turn]
        chances = self.chances(turns)
        found: list[dict[str, float]] = [{} for _ in units]
        for i, k in np.argwhere(chances >= self._asked).tolist():
            found[i][self.model.codes[k]] = float(chances[i, k])
        proposed = iter([self._of(unit, held) if held else [] for unit, held in zip(units, found, strict=True)])
        return [[next(proposed) for _ in turn] for turn, _ in turns]

    def chances(self, turns: Sequence[Said]) -> Array:
        """Return what is set against `asked`: the probabilities in context of the sentences of one text (rows) for the model's codes (columns)."""
        margins = [self.model.margins(turn, before) for turn, before in turns if turn]
        if not margins:
            return np.zeros((0, len(self.model.codes)))
        numbers = [n for n, (turn, _) in enumerate(turns) for _ in turn]
        units = [unit for turn, _ in turns for unit in turn]
        whole = np.concatenate(margins)
        if self.encoder is not None:
            whole += self.of_vectors(units)
        return self.model.in_context(whole, units, numbers)

    def of_vectors(self, units: Sequence[Unit]) -> Array:
        """Return what the encoder's vectors add to the margins of `units`; zeros without one."""
        if self.encoder is None:
            return np.zeros((len(units), len(self.model.codes)), dtype=np.float32)
        return self.model.of_vectors(self.encoder.vectors([unit.text for unit in units]))

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
        worth = sorted((one for one in speaking if _speaks(unit.words[one[1]])), reverse=True)
        total, chosen = sum(value for value, _ in worth), list[int]()
        reached = 0.0
        for value, i in worth[:_MOST]:
            chosen.append(unit.numbers[i])
            reached += value
            if reached >= _SHARE * total:
                break
        return tuple(sorted(chosen))
