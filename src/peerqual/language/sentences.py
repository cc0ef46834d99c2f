"""Cut the words of one turn into sentences of speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ..model import Span
from .boundaries import breaks
from .fold import fold
from .lexicons import lexicon, words

LONG, SHORT = 40, 8  # words: a stretch without marks inside a punctuated sentence is cut when longer than LONG, into parts of SHORT at least

_CLOSERS = r"(?:[ \u00a0\u202f]?»|[\"”’')\]](?!\w))*"
_END = re.compile(rf"(?P<mark>[.!?…]+(?:[ \u00a0\u202f][!?]+)?){_CLOSERS}(?=\s|$|(?<=[!?…])[A-ZÀ-ÖØ-Þ«])|(?P<line>(?<![^\S\n])[^\S\n]*\n\s*)")
_TIME_CODE = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_LEAD = re.compile(rf"(?:\s+|{_TIME_CODE}(?=\s|$))+")
_TRAIL = re.compile(rf"(?:\s+|(?<=\s){_TIME_CODE})+\Z")
_TIME_CODE_ENDS = tuple("0123456789])")
_WORD = re.compile(r"\w")
_BEFORE_DOT = re.compile(r"[^\W\d_]+(?:[.-]+[^\W\d_]+)*\Z")
_RUN = re.compile(r"[^,;:()]+")
_MARK = re.compile(r"[,;:().!?…«»\"“”]")


def split(text: str) -> list[Span]:
    """Return the sentences of one turn's words as half-open offsets in `text`, trimmed; every word lies in exactly one.

    Ends are ``. ! ? …`` (closing quotes and brackets go with them) and line breaks that no hard wrapping explains. No end:
    abbreviations, initials, decimals, « … » or a mark inside quotes before a lower-case word. Speech without any
    punctuation is cut where `boundaries.breaks` says when it runs over 25 words; a stretch of 40 words without marks in a
    sentence that has some, before discourse markers.

    >>> split("J'ai peur... de rechuter. Et toi ?")
    [(0, 25), (26, 34)]
    """
    spans, at = [], 0
    for cut in (*_cuts(text), len(text)):
        span = _trim(text, at, cut)
        if span:
            spans.extend(_shorter(text, *span))
        at = cut
    return spans


def _cuts(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if match["line"] is not None:
            if not _wrapped(text, match):
                yield match.end()
        elif _ends(text, match):
            yield match.end()


def _wrapped(text: str, match: re.Match[str]) -> bool:
    # A single line break before a lower-case word, with no mark at the end of the line, is the text editor's.
    return match["line"].count("\n") == 1 and text[match.end() : match.end() + 1].islower()


def _ends(text: str, match: re.Match[str]) -> bool:
    mark, after = match["mark"], text[match.end() : match.end() + 40].lstrip()[:1]
    if not after:
        return True
    lower = after.islower()
    if lower and (mark.startswith("...") or mark.startswith("…") or match.end() > match.end("mark") or _quoted(text, match.start())):
        return False
    return mark != "." or not _abbreviated(text, match.start(), lower)


def _quoted(text: str, at: int) -> bool:
    return text.rfind("«", 0, at) > text.rfind("»", 0, at)


def _abbreviated(text: str, at: int, lower: bool) -> bool:
    before = _BEFORE_DOT.search(text, max(0, at - 12), at)
    if not before:
        return False
    word = before[0]
    if word[-1].isupper() and (len(word) == 1 or word[-2] in "-."):
        return True
    folded = fold(word)
    return folded in words("abbreviations") or (lower and folded in ("etc", "min", "max", "n"))


def _trim(text: str, start: int, end: int) -> Span | None:
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    words = text[start:end].rstrip()
    if words[-1:] in _TIME_CODE_ENDS:
        trail = _TRAIL.search(words)
        words = words[: trail.start()] if trail else words
    end = start + len(words)
    return (start, end) if _WORD.search(text, start, end) else None


@cache
def _marker() -> re.Pattern[str]:
    entries = sorted((re.escape(fold(entry)) for entry in lexicon("markers")), key=len, reverse=True)
    return re.compile(rf"\s(?=(?:{'|'.join(entries)})(?:\W|$|(?<=')))")


def _shorter(text: str, start: int, end: int) -> list[Span]:
    if not _MARK.search(text, start, end):
        begins = [start, *(start + at for at in breaks(text[start:end])), end]
        return [(a, a + len(text[a:b].rstrip())) for a, b in pairwise(begins)]
    if end - start < 3 * LONG:
        return [(start, end)]
    spans, at = [], start
    for run in _RUN.finditer(text, start, end):
        if run[0].count(" ") < LONG:
            continue
        for match in _marker().finditer(fold(run[0])):
            cut = run.start() + match.end()
            if text.count(" ", max(at, run.start()), cut) >= SHORT and text.count(" ", cut, run.end()) >= SHORT:
                spans.append((at, cut - 1))
                at = cut
    return [*spans, (at, end)]
