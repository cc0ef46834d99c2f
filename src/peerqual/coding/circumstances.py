"""What a turn's speaker and the turn before decide for all its sentences: which rules cannot hit at all."""

from __future__ import annotations

from typing import NamedTuple

from ..model import ROLES, Span
from .program import Bits, Program, Ready, numbers, union
from .reading import Reading
from .speech import Speech
from .words import Lexer


class Circumstances(NamedTuple):
    """`silenced` are the rules that cannot hit, `waking` the searches that wake others.

    `before` tells where the turn before holds what those others ask of it, by the rules' numbers.
    """

    silenced: Bits
    waking: Bits
    before: dict[int, list[Span]]


class Surroundings:
    """Work out the circumstances of turns for the rules of `program`."""

    def __init__(self, program: Program, lexer: Lexer) -> None:
        self._program, self._lexer = program, lexer
        self._asked = union(ready.before for ready in program.rules)  # what is asked of the turn before, and by which rules
        self._askers = {search: union(1 << rule.number for rule in program.rules if rule.before >> search & 1) for search in numbers(self._asked)}
        self._asking = union(self._askers.values())
        self._not_for = {role: union(1 << rule.number for rule in program.rules if not rule.said_by(role)) for role in ("", *ROLES)}
        self._not_after = {role: union(1 << rule.number for rule in program.rules if not rule.said_after(role)) for role in (None, "", *ROLES)}
        self._waking: dict[Bits, Bits] = {}  # what each set of silenced rules leaves awake
        self._sectioned = union(ready.section for ready in program.rules)
        self._told: dict[str, Bits] = {}  # what headings and questions hold of that

    def of(self, speech: Speech, before: Speech | None) -> Circumstances:
        """Return the circumstances of `speech`, said after `before` (None: nobody else spoke before)."""
        held = self._held(before) if before is not None else {}
        silenced = self._asking & ~union(1 << number for number in held) | self._not_for[speech.role]
        silenced |= self._not_after[before.role if before is not None else None]
        if silenced not in self._waking:
            self._waking[silenced] = self._program.waking(silenced)
        return Circumstances(silenced, self._waking[silenced], held)

    def under(self, ready: Ready, speech: Speech, at: int) -> bool:
        """Tell whether what is said in `speech` at `at` stands in a section that `ready` is for."""
        return not ready.section or any(ready.section & self._holds(text) for text in speech.sections.at(speech.to_transcript(at, at + 1)[0]))

    def _holds(self, text: str) -> Bits:
        if text not in self._told:
            reading = Reading(self._program, self._lexer, text)
            self._told[text] = union(1 << number for _, number in reading.hits_by_search(self._sectioned))
        return self._told[text]

    def _held(self, before: Speech) -> dict[int, list[Span]]:
        """Return for each rule where `before` holds what it asks, in the transcript: the first place that does."""
        held: dict[int, list[Span]] = {}
        for start, end in before.sentences if self._asked else ():
            reading = Reading(self._program, self._lexer, before.text[start:end])
            for hit, search in reading.hits_by_search(self._asked):
                rules = [number for number in numbers(self._askers[search]) if number not in held]
                if rules:
                    spans = [before.to_transcript(start + a, start + b) for a, b in reading.places(hit.own)]
                    held.update(dict.fromkeys(rules, spans))
        return held
