"""From what is said to codings: which rules hit in each sentence, under their conditions, and how they combine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import prod
from typing import NamedTuple

from spacy.matcher import Matcher
from spacy.tokens import Doc

from ..codebook import Codebook
from ..language.pipeline import french
from ..language.qualifiers import qualify
from ..model import Coding, Span, Transcript
from .compiled import Ready, Search, compile_rules
from .matching import Hit, find, near, pieces
from .speech import Speech, speeches
from .words import Lexer, Sentence, tokenize

_coders: dict[str, Coder] = {}


def coder(codebook: Codebook) -> Coder:
    """Return the coder of `codebook`, built once for each content."""
    if codebook.hash not in _coders:
        while len(_coders) >= 4:
            _coders.pop(next(iter(_coders)))
        _coders[codebook.hash] = Coder(codebook)
    return _coders[codebook.hash]


class Evidence(NamedTuple):
    """A rule that hit in a sentence: the hits that met its conditions, and where the turn before answers its `before`."""

    ready: Ready
    hits: list[Hit]
    before: list[Span]


class Reading:
    """One sentence while it is coded: its words, what was found in it, how a hit is meant."""

    def __init__(self, coder: Coder, sentence: Sentence) -> None:
        self._coder, self.words, self.spans = coder, sentence.words, sentence.spans
        self._meant: dict[Hit, frozenset[str]] = {}

    @cached_property
    def doc(self) -> Doc:
        """The words as a spaCy `Doc`, names of disorders and drugs as what stands for them."""
        return Doc(french().vocab, words=[word.text for word in self.words])

    @cached_property
    def found(self) -> dict[int, list[Hit]]:
        """The hits of each search that has any."""
        woken = set(self._coder.program.always).union(*(word.wakes for word in self.words))
        held = frozenset().union(*(word.atoms for word in self.words))
        hits = {number: self._search(self._coder.program.searches[number], held) for number in sorted(woken)}
        return {number: some for number, some in hits.items() if some}

    def _search(self, search: Search, held: frozenset[int]) -> list[Hit]:
        if any(held.isdisjoint(need) for need in search.needs):
            return []
        return find(search, self.words) if search.pattern is None else self._coder.match(search, self.doc)

    def qualifiers(self, hit: Hit) -> frozenset[str]:
        """Return how `hit` is meant."""
        if hit not in self._meant:
            self._meant[hit] = qualify(self.doc, hit.start, hit.end, hit.own)
        return self._meant[hit]

    def places(self, hits: Iterable[Hit]) -> list[Span]:
        """Return where the words of `hits` stand in the text."""
        return [(self.spans[first][0], self.spans[last][1]) for first, last in pieces(hits)]


class Coder:
    """Codes what is said against the rules of one codebook. Get it from `coder`, which builds it once."""

    def __init__(self, codebook: Codebook) -> None:
        self.program = compile_rules(codebook, tokenize)
        self._lexer = Lexer(self.program)
        self._ancestors = {code.id: codebook.ancestors(code.id) for code in codebook.codes}
        self._matchers: dict[int, Matcher] = {}

    def code(self, transcript: Transcript) -> list[Coding]:
        """Return the codings of `transcript`, in the order of their places."""
        codings: list[Coding] = []
        last: Speech | None = None  # the turn just before, and the last one of another speaker
        other: Speech | None = None
        for speech in speeches(transcript):
            if last is not None and last.speaker != speech.speaker:
                other = last
            if speech.coded:
                codings += self.code_speech(speech, other, transcript.id)
            last = speech
        return sorted(codings, key=_order)

    def code_words(self, text: str, role: str = "respondent", before: str = "") -> list[Coding]:
        """Return the codings of one turn's words, said after the words `before`. Offsets are in `text`: evidence in `before` is left out."""
        return sorted(self.code_speech(Speech(text, role), Speech(before, ""), evidence_before=False), key=_order)

    def code_speech(self, speech: Speech, before: Speech | None, document: str = "", *, evidence_before: bool = True) -> list[Coding]:
        """Return the codings of `speech`, said after `before` (None: nothing was said by another)."""
        codings: list[Coding] = []
        for start, end in speech.sentences:
            if self._lexer.asleep(speech.text[start:end]):
                continue
            reading = Reading(self, self._lexer.sentence(speech.text, start, end))
            by_code: dict[str, list[Evidence]] = {}
            for evidence in self._evidence(reading, speech, before):
                by_code.setdefault(evidence.ready.code, []).append(evidence)
            parents = {parent for child in by_code for parent in self._ancestors[child]}
            for code in by_code.keys() - parents:
                codings.append(_coding(document, code, by_code[code], reading, speech, (start, end), evidence_before))
        return codings

    def match(self, search: Search, doc: Doc) -> list[Hit]:
        """Return the hits of a spaCy pattern in `doc`: the longest, without overlap."""
        matcher = self._matchers.get(id(search))
        if matcher is None:
            matcher = self._matchers[id(search)] = Matcher(french().vocab)
            matcher.add("pattern", [search.pattern], greedy="LONGEST")
        if not doc.has_annotation("LEMMA"):
            french().get_pipe("peerqual_lemmas")(doc)
        return [Hit(start, end, tuple(range(start, end))) for _, start, end in sorted(matcher(doc))]

    # --- conditions ------------------------------------------------------------------------------------------------------

    def _evidence(self, reading: Reading, speech: Speech, before: Speech | None) -> Iterator[Evidence]:
        found = reading.found
        for number in sorted({rule for search in found for rule in self.program.uses.get(search, ())}):
            ready = self.program.rules[number]
            if ready.roles and speech.role and speech.role not in ready.roles:
                continue
            hits = _hits(ready, found)
            if not hits or not ready.unless.isdisjoint(found):
                continue
            hits = [hit for hit in hits if _meant(ready, reading, hit)]
            answered = self._answered(ready, before) if hits and ready.before else []
            if hits and (answered or not ready.before):
                yield Evidence(ready, hits, answered)

    def _answered(self, ready: Ready, before: Speech | None) -> list[Span]:
        """Return where the turn before holds one of the rule's `before`, in the transcript: the first place that does."""
        if before is None:
            return []
        for start, end in before.sentences:
            reading = Reading(self, self._lexer.sentence(before.text, start, end))
            hits = [hit for number in ready.before for hit in reading.found.get(number, ())]
            if hits:
                return [before.to_transcript(*place) for place in reading.places([min(hits)])]
        return []


def _order(coding: Coding) -> tuple[int, int, str]:
    return coding.start, coding.end, coding.code


def _hits(ready: Ready, found: dict[int, list[Hit]]) -> list[Hit]:
    places = [sorted(hit for number in place for hit in found.get(number, ())) for place in ready.places]
    if len(places) == 1:
        return list(dict.fromkeys(places[0]))
    return near(places, ready.within, ready.ordered) if all(places) else []


def _meant(ready: Ready, reading: Reading, hit: Hit) -> bool:
    if not ready.qualifiers and not ready.not_qualifiers:
        return True
    meant = reading.qualifiers(hit)
    return ready.qualifiers <= meant and ready.not_qualifiers.isdisjoint(meant)


def _coding(
    document: str, code: str, evidence: Sequence[Evidence], reading: Reading, speech: Speech, sentence: Span, evidence_before: bool
) -> Coding:
    """Combine the rules that hit: noisy-or of their weights; how the strongest is meant is how the coding is meant."""
    strongest = max(evidence, key=lambda one: one.ready.rule.weight)
    meant = reading.qualifiers(strongest.hits[0])
    polarity = strongest.ready.rule.polarity
    places = {speech.to_transcript(*place) for place in reading.places(hit for one in evidence for hit in one.hits)}
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
