"""From a text to its turns: header, lines, openings, and the spans of what each voice says.

Comes in: a string. Goes out: `Layout`, whose offsets point into that string. Every step is one pass over the lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..model import Doubt, Span
from . import labels, timecodes, voices
from .header import Header, read_header
from .timecodes import NO_TIMES, Times

# A line of its own in brackets (« (Rires) », « [Le téléphone sonne] ») or a rule is no words of the turn around it.
_ASIDE = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|[-–—*_= ]{3,}")
_ASIDE_LENGTH = 300
_INDENT = 20  # blanks that may stand before a time code at the beginning of a line
_AFTER_CODE = re.compile(r"[ \u00a0]+[-–—][ \u00a0]+(?=\S)")
Start = tuple[int, str, int, Times]  # a turn begins: line (0-based), speaker, where the words begin, times
_QUESTION = re.compile(r"\?[ \u00a0»\"”]*$")
VOICES = ("Voix 1", "Voix 2")  # two voices that only dashes tell apart


@dataclass(frozen=True, slots=True)
class Piece:
    """What one voice says in one go, as spans of the text; `line` is where it begins (1-based)."""

    speaker: str
    start: int
    end: int
    skips: tuple[Span, ...]
    times: Times
    line: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Header, pieces in order, and doubts of a text."""

    header: Header
    pieces: tuple[Piece, ...]
    doubts: tuple[Doubt, ...]


def lay_out(text: str, *, paragraphs: Callable[[Header], bool] = lambda header: False, bullets: bool = False) -> Layout:
    """Find the turns of `text`.

    `paragraphs` tells from the header whether every paragraph is a turn of nobody's (field notes);
    `bullets`: a hyphen may open an item of a list (Markdown), so that it takes questions to make a dialogue of them.
    """
    header = read_header(text)
    lines = list(_lines(text, header.end))
    doubts = list(header.doubts)
    if paragraphs(header):
        return Layout(header, tuple(_paragraphs(text, lines)), header.doubts)
    openings, doubtful = voices.find(text, lines) if lines else ([], [])
    starts = [(opening.line, opening.speaker, opening.candidate.start, opening.candidate.times) for opening in openings]
    doubts += [Doubt(opening.line + 1, "transcripts.label_once") for opening in openings if not opening.sure]
    doubts += [Doubt(line + 1, "transcripts.spellings") for line in voices.respelt(openings)]
    doubts += [Doubt(candidate.line + 1, "transcripts.maybe_label") for candidate in doubtful]
    if not starts and (starts := _dashes(text, lines, bullets)):
        doubts.append(Doubt(starts[0][0] + 1, "transcripts.dashes"))
    pieces = []
    for number, piece in _pieces(text, lines, starts):
        if piece is None:
            doubts.append(Doubt(number + 1, "transcripts.empty_turn"))
        else:
            pieces.append(piece)
    return Layout(header, tuple(pieces), tuple(sorted(doubts, key=lambda doubt: doubt.line)))


def _lines(text: str, start: int) -> Iterator[voices.Line]:
    number, first, at = text.count("\n", 0, start), True, start
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if text[at : at + labels.HEAD].strip() if stop - at > labels.HEAD else text[at:stop].strip():
            yield voices.Line(
                number, at, stop, first, _is_aside(text[at : at + _ASIDE_LENGTH + 1], stop - at), labels.read_head(text, at, stop, number)
            )
            first = False
        else:
            first = True
        number += 1
        at = stop + 1


def _is_aside(line: str, length: int) -> bool:
    bare = line[:length].strip(" \t\u00a0.*_")
    return length <= _ASIDE_LENGTH and bool(_ASIDE.fullmatch(bare) or timecodes.LEADING.fullmatch(bare))


def _pieces(text: str, lines: list[voices.Line], starts: list[Start]) -> Iterator[tuple[int, Piece | None]]:
    """Yield the piece that each of `starts` begins, None where it has no words."""
    begin = {line.number: line.start for line in lines}
    asides = [(line.start, line.end) for line in lines if line.aside]
    edges = [begin[number] for number, *_ in starts[1:]] + [len(text)]
    above = [line for line in lines if starts and line.number < starts[0][0]][-1:]
    pending = timecodes.times(text[above[0].start : above[0].end]) if above and above[0].aside else NO_TIMES
    at = 0
    for (number, speaker, start, when), edge in zip(starts, edges, strict=False):
        while at < len(asides) and asides[at][0] < start:
            at += 1
        inside = at
        while inside < len(asides) and asides[inside][0] < edge:
            inside += 1
        piece, pending = _piece(text, speaker, (start, edge), asides[at:inside], when if when != NO_TIMES else pending, number + 1)
        yield number, piece


def _piece(text: str, speaker: str, span: Span, asides: list[Span], when: Times, line: int) -> tuple[Piece | None, Times]:
    """Cut the words of a turn from `span`; also return the times of a time code that stands between them and the next turn."""
    codes = [_with_dash(text, code) for code in timecodes.spans(text, *span)]
    begin, end, skips = _trim(text, *span, _merged(codes + asides))
    if begin >= end and asides:  # nothing but brackets: they are what the transcriber has of this turn
        begin, end, skips = _trim(text, *span, codes)
    after = [code for code in codes if code[0] >= end]
    pending = timecodes.times(text[slice(*after[-1])]) if after else NO_TIMES
    if begin >= end:
        return None, pending
    if when == NO_TIMES and codes and codes[0][1] <= begin:
        when = timecodes.times(text[slice(*codes[0])])
    if after and text.find("\n", end, after[0][0]) < 0:
        closing = timecodes.times(text[slice(*after[0])])
        when = _closed(when, closing)
        pending = NO_TIMES if closing == pending and closing[1] is not None else pending  # a range is this turn's alone
    return Piece(speaker, begin, end, skips, when, line), pending


def _with_dash(text: str, code: Span) -> Span:
    """« [00:12:31] - words » at the beginning of a line: the dash is no word."""
    _, newline, before = text[max(0, code[0] - _INDENT) : code[0]].rpartition("\n")
    begins = not before.strip() and (newline or code[0] < _INDENT)
    found = _AFTER_CODE.match(text, code[1]) if begins else None
    return (code[0], found.end()) if found else code


def _closed(when: Times, closing: Times) -> Times:
    """Return the times of a turn whose last line ends in a time code, as f4 writes them: it tells when the turn ends."""
    start, end = closing if closing[1] is not None else (None, closing[0])
    if when == NO_TIMES:
        return start, end
    return (when[0], end) if when[1] is None and (when[0] or 0.0) <= (end or 0.0) else when


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _trim(text: str, start: int, end: int, skips: list[Span]) -> tuple[int, int, tuple[Span, ...]]:
    first, last = 0, len(skips)
    while start < end:
        if text[start].isspace():
            start += 1
        elif first < last and skips[first][0] <= start:
            start = max(start, skips[first][1])
            first += 1
        else:
            break
    while start < end:
        if text[end - 1].isspace():
            end -= 1
        elif first < last and skips[last - 1][1] >= end:
            end = min(end, skips[last - 1][0])
            last -= 1
        else:
            break
    return start, end, tuple(skips[first:last])


def _dashes(text: str, lines: list[voices.Line], bullets: bool) -> list[Start]:
    """Two voices in turn where dashes open most paragraphs and somebody asks."""
    dashed = [line for line in lines if line.head.dash and not line.aside]
    paragraphs = sum(line.first for line in lines)
    if len(dashed) < 2 or len(dashed) < 0.5 * (paragraphs if paragraphs > 2 else len(lines)):
        return []
    asking = sum(bool(_QUESTION.search(text, max(line.start, line.end - 20), line.end)) for line in dashed)
    if asking < (0.15 * len(dashed) if bullets else 1):
        return []
    return [(line.number, VOICES[i % 2], line.head.start, line.head.times) for i, line in enumerate(dashed)]


def _paragraphs(text: str, lines: list[voices.Line]) -> Iterator[Piece]:
    """Each paragraph (between blank lines; each line where there are none) as a piece of nobody's; headings of Markdown are none."""
    parted = any(line.first for line in lines[1:])
    begin = None
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        heading = text.startswith("#", line.start)
        begin = line if begin is None and not heading else begin
        ends = after is None or after.first or not parted or heading or text.startswith("#", after.start)
        if begin is not None and ends:
            piece, _ = _piece(text, "", (begin.start, line.end), [], NO_TIMES, begin.number + 1)
            if piece is not None:
                yield piece
            begin = None
