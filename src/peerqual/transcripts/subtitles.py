"""What .srt and .vtt share: cues cut turns into pieces, a voice is marked or stands before a colon, times are known."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import ReadError
from ..model import Transcript
from .building import Row, Said, from_rows, from_said, joined
from .decoding import load_text
from .header import is_header_key, read_header
from .timecodes import Times, seconds

PAUSE = 2.0  # seconds of silence that end a turn where no voice is named

_VOICE = re.compile(r"<v(?:\.[^\s>]{1,40})?\s+(?P<name>[^<>]{1,120})>")
_TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>]{0,120}>|\{\\[^{}]{1,40}\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """A subtitle: its lines as they stand in the file, with tags, its times in seconds, and where its words stand in the file (1-based)."""

    lines: tuple[str, ...]
    times: Times
    line: int


def read_subtitles(path: Path, material: str | None, form: str) -> Transcript:
    """Read subtitles of the format `form` ("srt", "vtt"). Raises `ReadError` when there is none that can be read."""
    import webvtt

    text, doubts = load_text(path)
    try:
        captions = webvtt.from_buffer(io.StringIO(text), format=form)
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, ValueError):
        raise ReadError("transcripts.no_cues", where=path) from None
    cues = list(_cues(captions, text))
    if not any(_plain(line) for cue in cues for line in cue.lines):
        raise ReadError("transcripts.no_cues", where=path)
    head = [line.strip() for note in captions.header_comments for line in note.split("\n") if line.strip()]
    while cues and all(_is_header(line) for line in cues[0].lines):
        head += map(_plain, cues.pop(0).lines)
    if any(_VOICE.search(line) for cue in cues for line in cue.lines):
        return from_said(path, head, _metadata(head), joined(_marked(cues)), doubts, material)
    rows = [Row(words, cue.line + i, cue.times) for cue in cues for i, line in enumerate(cue.lines) if (words := _plain(line))]
    made = from_rows(path, [*(Row(line, 0) for line in [*head, ""]), *rows], doubts, material)
    if made.turns or material == "document":
        return made
    return from_said(path, head, _metadata(head), list(_by_pauses(cues)), doubts, material)


def _cues(captions: object, text: str) -> Iterator[Cue]:
    at = line = 0
    for caption in captions.captions:  # type: ignore[attr-defined]
        lines = tuple(caption.raw_text.split("\n"))
        found = text.find(lines[0], at)
        if found >= 0:
            line += text.count("\n", at, found)
            at = found
        yield Cue(lines, (seconds(str(caption.start)), seconds(str(caption.end))), line + 1)


def _metadata(head: Sequence[str]) -> dict[str, str]:
    return read_header("\n".join([*head, "", ""])).metadata if head else {}


def _is_header(line: str) -> bool:
    name, colon, value = _plain(line).partition(":")
    return bool(colon and value.strip()) and len(name) <= 60 and is_header_key(name)


def _plain(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _marked(cues: Sequence[Cue]) -> Iterator[Said]:
    """Cues with ``<v Speaker>``; what stands before the first mark of a cue goes on with the voice before."""
    speaker = ""
    for cue in cues:
        text, at = " ".join(cue.lines), 0
        for found in [*_VOICE.finditer(text), None]:
            if words := _plain(text[at : found.start() if found else len(text)]):
                yield Said(speaker, words, cue.times, cue.line)
            if found:
                speaker, at = _plain(found["name"]), found.end()


def _by_pauses(cues: Sequence[Cue]) -> Iterator[Said]:
    """Cues without any voice: nobody's turns, each up to a pause."""
    run: list[Said] = []
    for cue in cues:
        words = " ".join(filter(None, map(_plain, cue.lines)))
        if run and (cue.times[0] or 0) - (run[-1].times[1] or 0) >= PAUSE:
            yield from joined(run)
            run = []
        if words:
            run.append(Said("", words, cue.times, cue.line))
    yield from joined(run)
