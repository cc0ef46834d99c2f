"""From what is said to codings: which rules hit in each sentence, under their conditions, and how they combine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import NamedTuple

from ..codebook import Codebook
from ..model import Coding, Span, Transcript
from .circumstances import Surroundings
from .compiled import compile_rules
from .matching import Hit
from .program import Ready
from .reading import Reading
from .speech import Speech, speeches
from .words import Lexer, tokenize

_coders: dict[str, Coder] = {}


def coder(codebook: Codebook) -> Coder:
    """Return the coder of `codebook`, built once for each content."""
    if codebook.hash not in _coders:
        while len(_coders) >= 4:
            _coders.pop(next(iter(_coders)))
        _coders[codebook.hash] = Coder(codebook)
    return _coders[codebook.hash]


class Evidence(NamedTuple):
    """A rule that hit in a sentence: its first hit that meets the conditions, and where the turn before holds what it asks."""

    ready: Ready
    hit: Hit
    before: list[Span]


class Coder:
    """Codes what is said against the rules of one codebook. Get it from `coder`, which builds it once."""

    def __init__(self, codebook: Codebook) -> None:
        self._program = compile_rules(codebook, tokenize)
        self._lexer = Lexer(self._program)
        self._surroundings = Surroundings(self._program, self._lexer)
        self._ancestors = {code.id: codebook.ancestors(code.id) for code in codebook.codes}

    def code(self, transcript: Transcript) -> list[Coding]:
        """Return the codings of `transcript`, in the order of their places."""
        codings: list[Coding] = []
        last: Speech | None = None  # the turn just before, and the last one of another speaker
        other: Speech | None = None
        for speech in speeches(transcript):
            if last is not None and last.voice != speech.voice:
                other = last
            if speech.coded:
                codings += self._speech(speech, other, transcript.id)
            last = speech
        return sorted(codings, key=_order)

    def code_words(self, text: str, role: str = "respondent", before: str = "") -> list[Coding]:
        """Return the codings of one turn's words, said after the words `before`. Offsets are in `text`: evidence in `before` is left out."""
        codings = self._speech(Speech(text, role), Speech(before, ""), "", evidence_before=False)
        return sorted(codings, key=_order)

    def _speech(self, speech: Speech, before: Speech | None, document: str, *, evidence_before: bool = True) -> Iterator[Coding]:
        given = self._surroundings.of(speech, before)
        for start, end in speech.sentences:
            reading = Reading(self._program, self._lexer, speech.text[start:end])
            woken = reading.woken(given)
            if not woken:
                continue
            by_code: dict[str, list[Evidence]] = {}
            for ready in woken:
                hit = reading.of_rule(ready)
                if hit is not None:
                    by_code.setdefault(ready.code, []).append(Evidence(ready, hit, given.before.get(ready.number, [])))
            parents = {parent for child in by_code for parent in self._ancestors[child]}
            for code in by_code.keys() - parents:
                yield _coding(document, code, by_code[code], reading, speech, (start, end), evidence_before)


def _order(coding: Coding) -> tuple[int, int, str]:
    return coding.start, coding.end, coding.code


def _coding(
    document: str, code: str, evidence: Sequence[Evidence], reading: Reading, speech: Speech, sentence: Span, evidence_before: bool
) -> Coding:
    """Combine the rules that hit: noisy-or of their weights; how the strongest is meant is how the coding is meant."""
    strongest = max(evidence, key=lambda one: one.ready.rule.weight)
    meant = reading.qualifiers(strongest.hit)
    polarity = strongest.ready.rule.polarity
    at = sentence[0]
    places = {speech.to_transcript(at + a, at + b) for a, b in reading.places({i for one in evidence for i in one.hit.own})}
    if evidence_before:
        places |= {place for one in evidence for place in one.before}
    start, end = speech.to_transcript(*sentence)
    return Coding(
        document=document,
        start=start,
        end=end,
        code=code,
        origin="rule",
        rule=strongest.ready.name,
        score=round(1 - prod(1 - one.ready.rule.weight for one in evidence), 4),
        polarity=polarity if polarity != "auto" else ("-" if "negated" in meant else "+"),
        qualifiers=tuple(sorted(meant)),
        evidence=tuple(sorted(places)),
    )
