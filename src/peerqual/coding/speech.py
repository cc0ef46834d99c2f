"""What is said in one go, as the coder reads it: words without time codes, sentences, and where each stands in the transcript."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from ..language import sentences
from ..model import Span, Transcript, Turn
from .sections import Sections, headings, is_theme

Voice = tuple[str, str, str | None] | None
CODED_ROLES = ("respondent", "facilitator", "other")


class Speech:
    """The words of one turn. `text` is the turn without its skips; `role` is "" where nobody speaks (a document without turns).

    `voice` tells one who speaks from another: two may share a label (initials), not label, role and person. `sections` tells under what it is said.
    """

    sections: Sections = Sections()

    def __init__(self, text: str, role: str, voice: Voice = None, coded: bool = True, starts: tuple[Span, ...] = ((0, 0),)) -> None:
        self.text, self.role, self.voice, self.coded = text, role, voice, coded
        self._starts = starts  # of each part: where it begins in `text`, where in the transcript

    @classmethod
    def of_sentences(cls, sentences_: Sequence[str], voice: str) -> Speech:
        """Return what a voice says whose sentences are told."""
        made, spans, at = cls(" ".join(sentences_), "respondent", (voice, "respondent", None)), [], 0
        for sentence in sentences_:
            spans.append((at, at + len(sentence)))
            at += len(sentence) + 1
        made.__dict__["sentences"] = spans
        return made

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of `text`."""
        return sentences.split(self.text)

    def to_transcript(self, start: int, end: int) -> Span:
        """Return where ``text[start:end]`` stands in the transcript (a span that holds a time code goes over it)."""
        return self._moved(start), self._moved(end - 1) + 1

    def _moved(self, at: int) -> int:
        if len(self._starts) == 1:
            here, there = self._starts[0]
        else:
            here, there = self._starts[bisect_right(self._starts, at, key=lambda part: part[0]) - 1]
        return at - here + there


def speeches(transcript: Transcript) -> Iterator[Speech]:
    """Yield what is said in `transcript`, turn by turn; a text without turns is one speech.

    Coded are all roles but the interviewer's and the researcher's; in field notes everything is.
    """
    notes, sections = transcript.material == "field_notes", Sections(headings(transcript.text))
    if not transcript.turns:
        whole = Speech(transcript.text, "researcher" if notes else "")
        whole.sections = sections
        yield whole
    for turn in transcript.turns:
        speech = _speech(transcript.text, turn, notes or turn.role in CODED_ROLES)
        speech.sections = sections
        if is_theme(speech.text, turn.role):
            sections = sections.after(speech.text, turn.start)
        yield speech


def _speech(text: str, turn: Turn, coded: bool) -> Speech:
    voice = (turn.speaker, turn.role, turn.participant)
    if not turn.skips:
        return Speech(text[turn.start : turn.end], turn.role, voice, coded, ((0, turn.start),))
    words, starts, at = [], [], 0
    for start, end in turn.spans():
        words.append(text[start:end])
        starts.append((at, start))
        at += end - start + 1
    return Speech(" ".join(words), turn.role, voice, coded, tuple(starts) or ((0, turn.start),))
