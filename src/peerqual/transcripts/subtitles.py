"""What .srt and .vtt share: cues cut turns into pieces, a voice is marked or stands before a colon, times are known."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..model import Doubt, Transcript
from .building import Said, from_lines, from_said, joined
from .header import is_header_key
from .timecodes import Times, seconds

PAUSE = 2.0  # seconds of silence that end a turn where no voice is named

_VOICE = re.compile(r"<v(?:\.[^\s>]{1,40})?\s+(?P<name>[^<>]{1,120})>")
_TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>]{0,120}>|\{\\[^{}]{1,40}\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """A subtitle: its lines as they stand in the file, with tags, and its times in seconds."""

    lines: tuple[str, ...]
    times: Times


def cues_of(captions: Iterable[Any]) -> list[Cue]:
    """Return the cues of webvtt-py's captions."""
    made = []
    for caption in captions:
        start, end = seconds(str(caption.start)), seconds(str(caption.end))
        made.append(Cue(tuple(caption.raw_text.split("\n")), (start, end)))
    return made


def transcript_of(path: Path, notes: Sequence[str], cues: Sequence[Cue], doubts: Sequence[Doubt], material: str | None) -> Transcript:
    """Return the transcript of `cues`; `notes` and first cues that are header lines become its header."""
    head = [line.strip() for note in notes for line in note.split("\n") if line.strip()]
    first = 0
    while first < len(cues) and all(_is_header(line) for line in cues[first].lines):
        head += [_plain(line) for line in cues[first].lines]
        first += 1
    cues = cues[first:]
    if any(_VOICE.search(line) for cue in cues for line in cue.lines):
        return from_said(path, head, metadata_of(head), joined(_marked(cues)), doubts, material)
    lines, times = [*head, ""], {}
    for cue in cues:
        for line in filter(None, map(_plain, cue.lines)):
            times[len(lines)] = cue.times
            lines.append(line)
    made = from_lines(path, lines, doubts, material, times)
    if made.turns or (made.material == "document" and material == "document"):
        return made
    return from_said(path, head, metadata_of(head), _by_pauses(cues), doubts, material)


def metadata_of(head: Sequence[str]) -> dict[str, str]:
    """Return the metadata that header lines tell."""
    from .header import read_header

    return dict(read_header("\n".join([*head, "", ""])).metadata) if head else {}


def _is_header(line: str) -> bool:
    name, colon, value = _plain(line).partition(":")
    return bool(colon and value.strip()) and len(name) <= 60 and is_header_key(name)


def _plain(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _marked(cues: Sequence[Cue]) -> list[Said]:
    """Cues with ``<v Speaker>``; what stands before the first mark of a cue goes on with the voice before."""
    said, speaker = [], ""
    for cue in cues:
        text, at = " ".join(cue.lines), 0
        for found in [*_VOICE.finditer(text), None]:
            words = _plain(text[at : found.start() if found else len(text)])
            if words:
                said.append(Said(speaker, words, cue.times))
            if found:
                speaker, at = _plain(found["name"]), found.end()
    return said


def _by_pauses(cues: Sequence[Cue]) -> list[Said]:
    """Cues without any voice: one speaker, a turn ends at a pause."""
    said: list[Said] = []
    for cue in cues:
        words = " ".join(filter(None, map(_plain, cue.lines)))
        if not words:
            continue
        before = said[-1].times[1] if said else None
        if before is not None and cue.times[0] is not None and cue.times[0] - before < PAUSE:
            said[-1] = Said("", f"{said[-1].words} {words}", (said[-1].times[0], cue.times[1]))
        else:
            said.append(Said("", words, cue.times))
    return said
