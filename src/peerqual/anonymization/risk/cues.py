"""Cues: what the words of a person give away about them, with or without names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ...language import lexicons
from ...language.fold import fold
from ...model import Corpus, Mention, Transcript, Turn
from ...transcripts.participants import participant_of

# Kinds that pseudonymization replaces, by the labels of mentions; the others stay in the text.
HIDDEN = ("name", "number", "institution", "place", "date", "age", "health")
KINDS = (*HIDDEN, "event", "press", "family", "job", "relation", "dialogue")
_LABELS = {
    "PER": "name", "CONTACT": "number", "ID": "number", "ORG": "institution", "HOSP": "institution", "LOC": "place",
    "DATE": "date", "AGE": "age", "DIAG": "health", "MED": "health",
}  # fmt: skip
_DIALOGUE = re.compile(
    r"«[^«»\n]{8,}»|“[^“”\n]{8,}”|\"[^\"\n]{8,}\""
    r"|\b(?:m|lui|leur|nous|vous) (?:a|ai|ont|avait|avaient) dit\s*(?::|,|que\b)[^.?!\n]{8,}"
)
_ASKING = ("interviewer", "researcher")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that give something away: their place, who says them ("" in a text without turns), the `turn` they stand in, what kind they are."""

    document: str
    start: int
    end: int
    participant: str
    turn: int
    kind: str
    words: str


def cues(corpus: Corpus, mentions: Iterable[Mention]) -> list[Cue]:
    """Return what the words of those who answer give away, in the order of the texts. `mentions`: identifiers that were found in them."""
    here: dict[str, list[Mention]] = {}
    for mention in mentions:
        here.setdefault(mention.document, []).append(mention)
    return [cue for transcript in corpus for cue in _in_transcript(transcript, here.get(transcript.id, ()))]


def spoken(transcript: Transcript) -> list[Turn]:
    """Return the turns of those who do not ask the questions; each line of a text without turns."""
    if transcript.turns:
        return [turn for turn in transcript.turns if turn.role not in _ASKING]
    lines = re.finditer(r"[^\n]+", transcript.text)
    return [Turn("", "", "other", line.start(), line.end()) for line in lines]


def _in_transcript(transcript: Transcript, mentions: Iterable[Mention]) -> Iterator[Cue]:
    marked = sorted(mentions, key=lambda mention: mention.start)
    for n, turn in enumerate(spoken(transcript)):
        found = [(m.start, m.end, _LABELS[m.label]) for m in marked if turn.start <= m.start and m.end <= turn.end]
        named = tuple(found)
        for start, end in turn.spans():
            found += [span for span in _said(transcript.text, start, end) if not _inside(span, named)]
        who = participant_of(transcript, turn) if turn.speaker or turn.participant else ""
        for start, end, kind in sorted(found):
            yield Cue(transcript.id, start, end, who, n, kind, " ".join(transcript.text[start:end].split()))


def _inside(span: tuple[int, int, str], named: Iterable[tuple[int, int, str]]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b, _ in named)


def _said(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    folded = _even(text[start:end])
    for kind, pattern in _patterns().items():
        for hit in pattern.finditer(folded):
            yield start + hit.start(), start + hit.end(), kind
    for hit in _DIALOGUE.finditer(text, start, end):
        yield hit.start(), hit.end(), "dialogue"


def _even(text: str) -> str:
    """Return `text` folded, hyphens and apostrophes made even; every character keeps its place."""
    return fold(text).replace("-", " ").replace("’", "'")


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    phrases: dict[str, list[str]] = {}
    for kind, phrase in lexicons.rows("risk_cues"):
        words = re.escape(_even(phrase)).replace(r"\ ", r"\s+").replace(r"\*", r"\w*")
        phrases.setdefault(kind, []).append(words)
    return {kind: re.compile(rf"(?<!\w)(?:{'|'.join(sorted(found, key=len, reverse=True))})(?!\w)") for kind, found in phrases.items()}
