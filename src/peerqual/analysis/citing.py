"""How a passage is cited and cut for quotation: « E05, l. 12 », « […] »."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from peerqual.analysis.ground import WORD
from peerqual.analysis.quotes import said
from peerqual.language.sentences import split
from peerqual.model import Span, Transcript

CUT = "[…]"


def line_of(transcript: Transcript, position: int) -> int:
    """Return the line of the document's text, from 1, where code point `position` stands."""
    return bisect_left(_breaks(transcript.text), position) + 1


@lru_cache(maxsize=4)
def _breaks(text: str) -> list[int]:
    return [found.start() for found in re.finditer("\n", text)]


def cite(transcript: Transcript, start: int, end: int) -> str:
    """Return how the passage is cited: the document's id and the lines of its text, from 1.

    >>> cite(Transcript("E05", "A\\nB\\nC"), 2, 5)
    'E05, l.\\xa02–3'
    """
    first, last = line_of(transcript, start), line_of(transcript, max(end - 1, start))
    return f"{transcript.id}, l.\u00a0{first}" + (f"–{last}" if last > first else "")


def trimmed(transcript: Transcript, start: int, end: int, *, words: int, around: int | None = None) -> tuple[str, Span]:
    """Return the words of ``[start, end)`` cut to `words` at the ends of sentences, « […] » where some are left out, and the span that stays.

    The sentence that holds the code point `around` (None: the first) stays, then as many after it and before it as there is room for. A single
    sentence that is too long is cut between words.

    >>> trimmed(Transcript("E05", "J'y crois. On a ri. Beaucoup."), 0, 29, words=4)
    ("J'y crois. […]", (0, 10))
    """
    sentences = [(start + a, start + b) for a, b in split(transcript.text[start:end])] or [(start, end)]
    sizes = [sum(1 for _ in WORD.finditer(transcript.text, *span)) for span in sentences]
    first, last = _room(sentences, sizes, words, around if around is not None else start)
    left, right = sentences[first][0], sentences[last][1]
    if sizes[first] > words and first == last:
        right = [hit.end() for hit in WORD.finditer(transcript.text, left, right)][words - 1]
    shown = said(transcript, left, right)
    before, after = any(sizes[:first]), any(sizes[last + 1 :]) or right < sentences[last][1]
    return (f"{CUT} " if before else "") + shown + (f" {CUT}" if after else ""), (left, right)


def _room(sentences: Sequence[Span], sizes: Sequence[int], words: int, around: int) -> tuple[int, int]:
    first = last = next((i for i, (_, end) in enumerate(sentences) if around < end), 0)
    used = sizes[first]
    while last + 1 < len(sizes) and used + sizes[last + 1] <= words:
        last += 1
        used += sizes[last]
    while first and used + sizes[first - 1] <= words:
        first -= 1
        used += sizes[first]
    return first, last
