"""Passages as a person reads them: what is said around one, and the place of words that a person wrote down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Span, Transcript
from ..speech import speeches

_LONGEST = 600  # characters of context on each side
_SAME = {"'": "['’]", "’": "['’]", "…": "(?:…|\\.\\.\\.)"}


def words(transcript: Transcript, start: int, end: int) -> str:
    """Return the words at ``[start, end)`` on one line."""
    return " ".join(transcript.text[start:end].split())


def around(transcript: Transcript, start: int, end: int) -> tuple[str, str]:
    """Return what is said before and after a passage: the rest of its own turn and one turn more, each under its speaker's label."""
    low, high = window(transcript, start, end)
    before, after = _labelled(transcript, low, start), _labelled(transcript, end, high)
    if len(before) > _LONGEST:
        before = "… " + before[-_LONGEST:].partition(" ")[2]
    if len(after) > _LONGEST:
        after = after[:_LONGEST].rpartition(" ")[0] + " …"
    return before, after


def window(transcript: Transcript, start: int, end: int) -> Span:
    """Return the span of a passage's turn with the turns before and after it, labels and all; of its lines, and one more, where nobody speaks."""
    text, turns = transcript.text, transcript.turns
    at, to = transcript.turn_at(start), transcript.turn_at(end - 1)
    if at is not None and to is not None:
        return text.rfind("\n", 0, turns[max(0, at - 1)].start) + 1, turns[min(len(turns) - 1, to + 1)].end
    low = text.rfind("\n", 0, max(0, text.rfind("\n", 0, start))) + 1
    high = text.find("\n", text.find("\n", end) + 1) if "\n" in text[end:] else -1
    return low, high if high >= end else len(text)


def _labelled(transcript: Transcript, low: int, high: int) -> str:
    """Return what is said between two places, each turn that begins there under its label."""
    if not transcript.turns:
        return words(transcript, low, high)
    parts = []
    for turn in transcript.turns:
        start, end = max(low, turn.start), min(high, turn.end)
        if start < end:
            parts.append((f"{turn.speaker} : " if start == turn.start and turn.speaker else "") + words(transcript, start, end))
    return " / ".join(part for part in parts if part)


def places(transcript: Transcript, wanted: str) -> list[Span]:
    """Return where the words `wanted` are said in `transcript`: to the letter, but for blanks, apostrophes and « … ».

    >>> places(Transcript("e1", "Moi j'ai dit oui. Et toi ?"), "j’ai  dit")
    [(4, 12)]
    """
    pattern = re.compile(r"\s+".join("".join(_SAME.get(sign, re.escape(sign)) for sign in word) for word in wanted.split()))
    return list(_found(transcript, pattern)) if wanted.strip() else []


def _found(transcript: Transcript, pattern: re.Pattern[str]) -> Iterator[Span]:
    for speech in speeches(transcript):
        for match in pattern.finditer(speech.text):
            yield speech.to_transcript(*match.span())
