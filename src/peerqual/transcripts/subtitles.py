"""What formats of subtitles share: cues cut turns into pieces, a voice is marked or stands before a colon, times are known.

Captions that roll up (YouTube's automatic ones) show each line again under the next: it is read once.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import ReadError
from ..model import Doubt, Transcript
from .building import MAX_LINES, Row, Said, from_rows, from_said, joined
from .decoding import load_text
from .header import is_header_key, read_header
from .segments import suspicions, turns
from .timecodes import Times, seconds

_VOICE = re.compile(r"<v(?:\.[^\s>]{1,40})?\s+(?P<name>[^<>]{1,120})>")
_COMMAS = re.compile(r"(?m)^([ \t]*(?:\d{1,4}:)?\d{1,2}:\d{2}),(\d{1,3}[ \t]*-->[ \t]*(?:\d{1,4}:)?\d{1,2}:\d{2}),(\d{1,3})")
_MOMENT = re.compile(r"<\d{1,4}:[\d:.]{4,12}><c>")  # within a line of captions that are written word by word
_MACHINE = re.compile(r"(?:duration|confidence|recognizability)\s*:", re.IGNORECASE)  # notes that programs put above cues
_TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>]{0,120}>|\{\\[^{}]{1,40}\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """A subtitle: its lines as they stand in the file, with tags, its times in seconds, and where its words stand in the file (1-based).

    `speaker`: who speaks, where the format tells it beside the words.
    """

    lines: tuple[str, ...]
    times: Times
    line: int
    speaker: str = ""


def read_subtitles(path: Path, material: str | None, form: str) -> Transcript:
    """Read subtitles of the format `form` ("srt", "vtt", "sbv"). Raises `ReadError` when there is none that can be read."""
    text, doubts = load_text(path)
    if text.count("\n") > MAX_LINES:
        raise ReadError("readers.too_full", where=path)
    try:
        captions = captions_in(text, form)
    except ValueError:
        raise ReadError("transcripts.no_cues", where=path) from None
    head = [line.strip() for note in captions.header_comments for line in note.split("\n") if line.strip() and not _MACHINE.match(line.strip())]
    cues = list(_cues(captions, text))
    once = shown_once([cue.lines for cue in cues])
    return from_cues(path, [replace(cue, lines=tuple(lines)) for cue, lines in zip(cues, once, strict=True) if lines], head, doubts, material)


def captions_in(text: str, form: str) -> Any:
    """Return the captions of `text` as webvtt-py parses them; commas in times of WebVTT, a missing title and missing numbers are put right.

    Raises `ValueError` when it cannot be parsed.
    """
    import webvtt

    text = text if form != "vtt" or text.startswith("WEBVTT") else f"WEBVTT\n\n{text}"
    try:
        found = webvtt.from_buffer(io.StringIO(_COMMAS.sub(r"\1.\2.\3", text) if form == "vtt" else text), format=form)
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        if form == "srt":
            return captions_in(text, "vtt")
        raise ValueError(form) from error
    return found if found.captions or form != "srt" else captions_in(text, "vtt")


def from_cues(path: Path, cues: Sequence[Cue], head: Sequence[str], doubts: Sequence[Doubt], material: str | None) -> Transcript:
    """Return the transcript of `cues` in order of time, under the header lines `head`. Raises `ReadError` when no cue has words."""
    if not any(_plain(line) for cue in cues for line in cue.lines):
        raise ReadError("transcripts.no_cues", where=path)
    at = next((n for n, cue in enumerate(cues) if cue.speaker or not all(map(_is_header, cue.lines))), len(cues))
    head, cues = [*head, *(_plain(line) for cue in cues[:at] for line in cue.lines)], cues[at:]
    doubts = [*doubts, *suspicions([Said("", _words(cue), cue.times, cue.line) for cue in cues])]
    if any(cue.speaker or _VOICE.search(line) for cue in cues for line in cue.lines):
        return from_said(path, head, _metadata(head), joined(_marked(cues)), doubts, material)
    rows = [Row(words, cue.line + i, cue.times) for cue in cues for i, line in enumerate(cue.lines) if (words := _plain(line))]
    made = from_rows(path, [*(Row(line, 0) for line in [*head, ""]), *rows], doubts, material)
    if made.turns or material == "document":
        return made
    said = [Said("", words, cue.times, cue.line) for cue in cues if (words := _words(cue))]
    return from_said(path, head, _metadata(head), turns(said), doubts, material)


def _cues(captions: Any, text: str) -> Iterator[Cue]:
    at = line = 0
    for caption in captions.captions:
        lines = tuple(caption.raw_text.split("\n"))
        found = text.find(lines[0], at)
        if found >= 0:
            line += text.count("\n", at, found)
            at = found
        yield Cue(lines, (seconds(str(caption.start)), seconds(str(caption.end))), line + 1)


def shown_once(cues: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the lines of each cue; in captions that roll up, without those that the cue before showed already."""
    if not any(_MOMENT.search(line) for lines in cues for line in lines):
        return [list(lines) for lines in cues]
    kept, shown = [], set[str]()
    for lines in cues:
        kept.append([line for line in lines if _MOMENT.search(line) or (_plain(line) and _plain(line) not in shown)])
        shown = set(map(_plain, lines))
    return kept


def _metadata(head: Sequence[str]) -> dict[str, str]:
    return read_header("\n".join([*head, "", ""])).metadata if head else {}


def _is_header(line: str) -> bool:
    name, colon, value = _plain(line).partition(":")
    return bool(colon and value.strip()) and len(name) <= 60 and is_header_key(name) and not _VOICE.search(line)


def _plain(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _words(cue: Cue) -> str:
    return " ".join(filter(None, map(_plain, cue.lines)))


def _marked(cues: Sequence[Cue]) -> Iterator[Said]:
    """Cues that name who speaks, or with ``<v Speaker>``; what stands before the first mark of a cue goes on with the voice before."""
    speaker = ""
    for cue in cues:
        speaker = cue.speaker or speaker
        text, at = " ".join(cue.lines), 0
        for found in [*_VOICE.finditer(text), None]:
            if words := _plain(text[at : found.start() if found else len(text)]):
                yield Said(speaker, words, cue.times, cue.line)
            if found:
                speaker, at = _plain(found["name"]), found.end()
