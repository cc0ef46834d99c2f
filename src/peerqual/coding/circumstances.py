"""What a turn's speaker and the turn before decide for all its sentences: which rules cannot hit at all."""

from __future__ import annotations

from typing import NamedTuple

from ..model import ROLES, Span
from .program import Program
from .reading import Reading
from .speech import Speech
from .words import Lexer


class Circumstances(NamedTuple):
    """`silenced` are the rules that cannot hit, `before` where the turn before holds what the others ask of it; both by the rules' numbers."""

    silenced: frozenset[int]
    before: dict[int, list[Span]]


class Surroundings:
    """Work out the circumstances of turns for the rules of `program`."""

    def __init__(self, program: Program, lexer: Lexer) -> None:
        self._program, self._lexer = program, lexer
        self._askers: dict[int, list[int]] = {}  # of each search that is asked of the turn before, the rules that ask it
        for ready in program.rules:
            for search in ready.before.searches:
                self._askers.setdefault(search, []).append(ready.number)
        self._asked = program.place(self._askers)
        self._asking = frozenset(number for numbers in self._askers.values() for number in numbers)
        self._not_for = {role: frozenset(n for n, ready in enumerate(program.rules) if not ready.said_by(role)) for role in ("", *ROLES)}

    def of(self, speech: Speech, before: Speech | None) -> Circumstances:
        """Return the circumstances of `speech`, said after `before` (None: nobody else spoke before)."""
        held = self._held(before) if before is not None else {}
        return Circumstances((self._asking - held.keys()) | self._not_for[speech.role], held)

    def _held(self, before: Speech) -> dict[int, list[Span]]:
        """Return for each rule where `before` holds what it asks, in the transcript: the first place that does."""
        held: dict[int, list[Span]] = {}
        for start, end in before.sentences if self._askers else ():
            reading = Reading(self._program, self._lexer, before.text[start:end])
            for hit, search in reading.hits_by_search(self._asked):
                numbers = [number for number in self._askers[search] if number not in held]
                if numbers:
                    spans = [before.to_transcript(start + a, start + b) for a, b in reading.places(hit.own)]
                    held.update(dict.fromkeys(numbers, spans))
        return held
