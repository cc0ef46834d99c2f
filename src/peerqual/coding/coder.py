"""From what is said to codings: which rules hit in each sentence, under their conditions, what a model makes of it, and how both combine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from ..codebook import Codebook
from ..errors import PeerqualError
from ..model import Coding, Span, Transcript
from ..resources import model_path
from .circumstances import Surroundings
from .compiled import compile_rules
from .matching import Hit
from .merging import merged
from .program import Ready
from .reading import Reading
from .sections import Sections, is_theme
from .speech import Speech, speeches
from .words import Lexer, tokenize

if TYPE_CHECKING:
    from .learned.coder import Learned, Proposal
    from .learned.features import Unit

_coders: dict[tuple[str, str, int, str], Coder] = {}
_FIELD = "f:"
_BLOCK = 1000  # turns that are read in context at once: longer than an interview, and memory stays bounded


def coder(codebook: Codebook, model: str = "", encoder: str = "") -> Coder:
    """Return the coder of `codebook`, built once for each content; `model`: the path of a learned model ("": rules alone), `encoder`: the folder
    of the sentence encoder that it was made with ("": without one).

    Raises `PeerqualError` when there is no such model, or (the packaged one apart) it was made for none of the codebook's codes, or with another
    encoder.
    """
    at = (codebook.hash, model, os.stat(model).st_mtime_ns if model and os.path.exists(model) else 0, encoder)
    if at not in _coders:
        while len(_coders) >= 4:
            _coders.pop(next(iter(_coders)))
        _coders[at] = Coder(codebook, _learned(codebook, model, encoder) if model else None)
    return _coders[at]


def _learned(codebook: Codebook, model: str, encoder: str) -> Learned:
    from .learned import Learned, load
    from .learned.encoder import for_model

    made = load(model)
    learned = Learned(made, codebook, for_model(made.facts, encoder, os.path.basename(model)))
    if not learned.codes and model != model_path("default"):
        raise PeerqualError("coding.model_of_another_codebook", os.path.basename(model))
    return learned


SURE = 0.6  # the score from which on rules propose a code whatever a model makes of it: that of one rule whose weight nobody wrote


class Evidence(NamedTuple):
    """A rule that hit in a sentence: its first hit that meets the conditions, and where the turn before holds what it asks."""

    ready: Ready
    hit: Hit
    before: list[Span]


class Heard:
    """A turn as it was read: its sentences, and the rules (and fields) that hit in each, by code."""

    def __init__(self, speech: Speech, ancestors: Mapping[str, Sequence[str]]) -> None:
        self.speech, self._ancestors = speech, ancestors
        self.readings: list[Reading] = []
        self.found: list[dict[str, list[Evidence]]] = []

    @cached_property
    def units(self) -> list[Unit]:
        """The sentences as a model sees them."""
        from .learned.features import unit_of

        heard = zip(self.readings, self.found, strict=True)
        return [unit_of(reading, self._held(reading, found), _where(found)) for reading, found in heard]

    def _held(self, reading: Reading, found: Mapping[str, Sequence[Evidence]]) -> dict[str, float]:
        from .learned.plain import in_stand_ins

        held: dict[str, float] = {}
        stand_ins = {i for i, one in in_stand_ins(reading).items() if one["noun"] != "médicament"}
        for code, evidence in found.items():
            if code.startswith(_FIELD):
                if not stand_ins or not stand_ins.issuperset(evidence[0].hit.own):  # « [hôpital 1] » speaks of no hospital: a name stood there
                    held[code] = 1.0
                continue
            score = _score(evidence)
            for name in (code, *self._ancestors[code]):  # a child counts as its parent
                held[f"r:{name}"] = max(held.get(f"r:{name}", 0.0), score)
        return held


def _in_a_stand_in(reading: Reading, hit: Hit) -> bool:
    """Tell whether `hit` rests on nothing but what was put for a name: « [clinique 1] » speaks of no clinic, a drug of a drug."""
    if "[" not in reading.text:
        return False
    from .learned.plain import in_stand_ins

    inside = {i for i, one in in_stand_ins(reading).items() if one["noun"] != "médicament"}
    return bool(inside) and inside.issuperset(hit.own)


def _where(found: Mapping[str, Sequence[Evidence]]) -> dict[str, tuple[int, ...]]:
    """Return the words that each field was found in."""
    return {code: evidence[0].hit.own for code, evidence in found.items() if code.startswith(_FIELD)}


class Coder:
    """Codes what is said against the rules of one codebook and, where there is one, a learned model. Get it from `coder`, which builds it once."""

    def __init__(self, codebook: Codebook, learned: Learned | None = None, *, fields: bool = False) -> None:
        from .learned.fields import with_fields

        self.learned, self._reads_all = learned, fields or learned is not None
        self.program = compile_rules(with_fields(codebook) if self._reads_all else codebook, tokenize)
        self._lexer = Lexer(self.program)
        self.surroundings = Surroundings(self.program, self._lexer)
        self._ancestors = {code.id: codebook.ancestors(code.id) for code in codebook.codes}

    def code(self, transcript: Transcript) -> list[Coding]:
        """Return the codings of `transcript`, in the order of their places."""
        turns, codings = self.turns(transcript), list[Coding]()
        while block := list(islice(turns, _BLOCK)):
            codings += self._codings(block, transcript.id)
        return sorted(codings, key=_order)

    def read(self, transcript: Transcript) -> Iterator[Heard]:
        """Yield the turns of `transcript` as they were read, with what rules and fields found in each."""
        return (heard for heard, _ in self.turns(transcript))

    def turns(self, transcript: Transcript) -> Iterator[tuple[Heard, Heard | None]]:
        """Yield the turns of `transcript` as they were read, each with the turn of another voice that it follows."""
        last: Heard | None = None  # the turn just before, and the last one of another speaker
        other: Heard | None = None
        for speech in speeches(transcript):
            if last is not None and last.speech.voice != speech.voice:
                other = last
            last = self._hear(speech, other)
            yield last, other

    def code_words(self, text: str, role: str = "respondent", before: str = "", before_role: str = "", section: str = "") -> list[Coding]:
        """Return the codings of one turn's words, said after the words `before`, under the heading `section`.

        Offsets are in `text`: evidence in `before` is left out.
        """
        heard, other = self.hear(text, role, before, before_role, section)
        turns = [(other, None), (heard, other)] if other else [(heard, other)]
        return sorted(self._codings(turns, "", only=heard), key=_order)

    def hear(self, text: str, role: str, before: str, before_role: str, section: str) -> tuple[Heard, Heard | None]:
        """Return one turn's words as they were read, and the turn before it, None where `before` is empty."""
        other = self._hear(Speech(before, before_role), None) if before else None
        speech = Speech(text, role)
        speech.sections = Sections(question=section)
        if not section and is_theme(before, before_role):
            speech.sections = Sections(question=before)
        return self._hear(speech, other), other

    def units(self, turns: Sequence[tuple[str, Sequence[str]]]) -> list[list[Unit]]:
        """Return what a model sees of `turns` of a scene, each a voice and its sentences."""
        heard: Heard | None = None
        made = []
        for voice, sentences in turns:
            heard = self._hear(Speech.of_sentences(sentences, voice), heard)
            made.append(heard.units)
        return made

    def _hear(self, speech: Speech, before: Heard | None) -> Heard:
        heard = Heard(speech, self._ancestors)
        if not (self._reads_all or speech.coded):
            return heard
        given = self.surroundings.of(speech, before.speech if before else None)
        for start, end in speech.sentences:
            reading = Reading(self.program, self._lexer, speech.text[start:end])
            by_code: dict[str, list[Evidence]] = {}
            for ready in reading.woken(given):
                hit = reading.of_rule(ready)
                if hit is not None and not _in_a_stand_in(reading, hit) and self.surroundings.under(ready, speech, start):
                    by_code.setdefault(ready.code, []).append(Evidence(ready, hit, given.before.get(ready.number, [])))
            heard.readings.append(reading)
            heard.found.append(by_code)
        return heard

    def _codings(self, turns: Sequence[tuple[Heard, Heard | None]], document: str, *, only: Heard | None = None) -> Iterator[Coding]:
        """Yield the codings of the turns of one text; `only` one of them: then without evidence in the turn before."""
        proposals: Sequence[list[list[Proposal]]] = [[[] for _ in heard.readings] for heard, _ in turns]
        if self.learned is not None:
            proposals = self.learned.propose([(heard.units, other.units if other else ()) for heard, other in turns])
        for (heard, _), proposed in zip(turns, proposals, strict=True):
            if heard is only or (only is None and heard.speech.coded):
                yield from merged(self._of_sentences(heard, proposed, document, evidence_before=only is None))

    def _of_sentences(
        self, heard: Heard, proposals: Sequence[list[Proposal]], document: str, *, evidence_before: bool
    ) -> Iterator[tuple[int, Coding]]:
        told = zip(heard.speech.sentences, heard.readings, heard.found, proposals, strict=True)
        for number, (sentence, reading, by_code, proposed) in enumerate(told):
            chances = {proposal.code: proposal for proposal in proposed}
            codes = set(chances) | {code for code, mine in by_code.items() if not code.startswith(_FIELD) and self._by_rule(code, mine)}
            for code in codes - {parent for child in codes for parent in self._ancestors[child]}:
                mine = [one for own in (code, *self._ancestors[code]) for one in by_code.get(own, ())]
                yield number, _coding(document, code, mine, chances.get(code), reading, heard.speech, sentence, evidence_before)

    def _by_rule(self, code: str, evidence: Sequence[Evidence]) -> bool:
        """Tell whether rules alone propose `code`: where no model decides on it, or where they are sure."""
        return self.learned is None or code not in self.learned.codes or _score(evidence) >= SURE


def _order(coding: Coding) -> tuple[int, int, str]:
    return coding.start, coding.end, coding.code


def _score(evidence: Sequence[Evidence]) -> float:
    """Return the noisy-or of the weights of the rules that hit."""
    return round(1 - prod(1 - one.ready.rule.weight for one in evidence), 4)


def _coding(
    document: str,
    code: str,
    evidence: Sequence[Evidence],
    proposal: Proposal | None,
    reading: Reading,
    speech: Speech,
    sentence: Span,
    evidence_before: bool,
) -> Coding:
    """Make the coding of a sentence: how the strongest rule (else the words that the model goes by) is meant is how the coding is meant.

    Only a rule makes it negative: of 19 codings of development interviews that no rule supports and whose words are denied, people took one so.
    """
    strongest = max(evidence, key=lambda one: one.ready.rule.weight, default=None)
    own = {i for one in evidence for i in one.hit.own} or set(proposal.words if proposal else ())
    first = strongest.hit if strongest else Hit(min(own), min(own) + 1, (min(own),)) if own else None
    meant = reading.qualifiers(first) if first else frozenset()
    polarity = strongest.ready.rule.polarity if strongest else "auto"
    at = sentence[0]
    places = {speech.to_transcript(at + a, at + b) for a, b in reading.places(own)}
    if evidence_before:
        places |= {place for one in evidence for place in one.before}
    start, end = speech.to_transcript(*sentence)
    return Coding(
        document=document,
        start=start,
        end=end,
        code=code,
        origin="model" if proposal else "rule",
        rule=strongest.ready.name if strongest else "",
        score=round(proposal.chance, 4) if proposal else _score(evidence),
        polarity=polarity if polarity != "auto" else ("-" if strongest and "negated" in meant else "+"),
        qualifiers=tuple(sorted(meant)),
        evidence=tuple(sorted(places)),
    )
