"""Codings follow a transcript that was corrected: each moves to the same words in the new text, and is doubted where they changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from ..model import Coding, Span, Transcript
from ..transcripts.revision import Revision, revise
from .speech import speeches

UNCHANGED, DOUBTFUL, NO_PLACE = VERDICTS = ("unchanged", "doubtful", "no_place")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Moved:
    """A coding before and after, with the `reasons` to doubt it.

    `reasons`: "words" (words of the passage changed, came in or went), "support" (supporting words did), "sentence" (it was whole sentences and
    is no more, or is more or fewer), "speaker" (somebody else says it), "elsewhere" (the passage was moved in the text), "deleted" (no word of it is
    left: it stands at the nearest word).
    """

    before: Coding
    after: Coding
    reasons: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """One of `VERDICTS`."""
        return NO_PLACE if "deleted" in self.reasons else DOUBTFUL if self.reasons else UNCHANGED


class Correction:
    """Moves codings from the transcript `before` to the corrected one `after`."""

    def __init__(self, before: Transcript, after: Transcript) -> None:
        self.before, self.after = before, after

    @cached_property
    def _revision(self) -> Revision:
        return revise(self.before.text, self.after.text)

    @cached_property
    def _sentences(self) -> tuple[_Sentences, _Sentences]:
        return _Sentences(self.before), _Sentences(self.after)

    def move(self, coding: Coding) -> Moved:
        """Return `coding` at the place of its words in the corrected transcript. Supporting words that are gone are left out."""
        span = coding.start, coding.end
        place, reasons = self._passage(*span)
        support = {old: self._revision.place(*old) for old in coding.evidence}
        if "elsewhere" in reasons:
            support |= {(a, b): (a + place[0] - span[0], b + place[0] - span[0]) for a, b in support if span[0] <= a and b <= span[1]}
        elif "deleted" not in reasons:
            if any(a == b or self._revision.is_changed(*old) for old, (a, b) in support.items()):
                reasons.append("support")
            if self._is_another_voice(span[0], place[0]):
                reasons.append("speaker")
        return Moved(coding, coding.moved(*place, tuple(sorted((a, b) for a, b in support.values() if a < b))), tuple(reasons))

    def _passage(self, start: int, end: int) -> tuple[Span, list[str]]:
        at, to = self._revision.place(start, end)
        if at == to:
            return self._without_place(start, end, at)
        reasons = ["words"] if self._revision.is_changed(start, end) else []
        before, after = self._sentences
        count = before.count(start, end)
        if count:
            # Words that came in at the beginning or the end of its sentences belong to the passage.
            low, high = after.around(at, to)
            grown = (low if self._revision.is_new(low, at) else at), (high if self._revision.is_new(to, high) else to)
            if grown != (at, to) and not reasons:
                reasons = ["words"]
            at, to = grown
            if after.count(at, to) != count:
                reasons.append("sentence")
        return (at, to), reasons

    def _without_place(self, start: int, end: int, at: int) -> tuple[Span, list[str]]:
        """Return where a passage stands whose words are not where they were: elsewhere when both texts hold it once, else at the nearest word."""
        words = self.before.text[start:end]
        if self.before.text.count(words) == self.after.text.count(words) == 1:
            found = self.after.text.index(words)
            return (found, found + len(words)), ["elsewhere"]
        n = bisect_right(self._words, at, key=lambda word: word[0])
        near = self._words[max(0, n - 1) : n + 1]
        return min(near, key=lambda word: max(word[0] - at, at - word[1])), ["deleted"]

    @cached_property
    def _words(self) -> list[Span]:
        """The words of what is said in the corrected transcript (of all of it where nobody speaks)."""
        text = self.after.text
        said = [match.span() for turn in self.after.turns for match in _WORD.finditer(text, turn.start, turn.end)]
        return said or [match.span() for match in _WORD.finditer(text)] or [(0, len(text))]

    def _is_another_voice(self, before: int, after: int) -> bool:
        """Tell whether words changed voice; a label that was corrected everywhere is still the same voice."""
        old, new = _speaker(self.before, before), _speaker(self.after, after)
        return old != new and (old in self._voices[1] or new in self._voices[0])

    @cached_property
    def _voices(self) -> tuple[set[str], set[str]]:
        return {turn.speaker for turn in self.before.turns}, {turn.speaker for turn in self.after.turns}


class _Sentences:
    """The sentences of what is said in a transcript, as the coder cuts them."""

    def __init__(self, transcript: Transcript) -> None:
        self._spans = [speech.to_transcript(*span) for speech in speeches(transcript) for span in speech.sentences]
        self._starts = {start: n for n, (start, _) in enumerate(self._spans)}
        self._ends = {end: n for n, (_, end) in enumerate(self._spans)}

    def count(self, start: int, end: int) -> int:
        """Return how many sentences a passage is; 0 when it is no whole sentences."""
        if start not in self._starts or end not in self._ends:
            return 0
        return self._ends[end] - self._starts[start] + 1

    def around(self, start: int, end: int) -> Span:
        """Return where the first sentence of a passage begins and its last one ends."""
        first = bisect_right(self._spans, start, key=lambda span: span[0]) - 1
        last = bisect_right(self._spans, end - 1, key=lambda span: span[0]) - 1
        low = self._spans[first][0] if first >= 0 and start < self._spans[first][1] else start
        high = self._spans[last][1] if last >= 0 and end <= self._spans[last][1] else end
        return low, high


def _speaker(transcript: Transcript, position: int) -> str:
    at = transcript.turn_at(position)
    return transcript.turns[at].speaker if at is not None else ""
