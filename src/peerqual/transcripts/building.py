"""Making transcripts: from the layout of a text that is kept whole, or from what was said in a format that has no text of its own.

Such a text is built with one line a turn, « Label : words », under the header lines, so that it reads the same when it is read again.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..model import Doubt, Transcript, Turn
from . import roles, timecodes
from .layout import Piece, lay_out
from .materials import material_of
from .timecodes import NO_TIMES, Times

MANY_VOICES = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice says in one go, in a format that has no text of its own; `role` is "" where the format does not tell."""

    speaker: str
    words: str
    times: Times = NO_TIMES
    role: str = ""


def document_id(path: Path) -> str:
    """Return the id of the document in `path`: the file's stem."""
    return unicodedata.normalize("NFC", path.stem)


def from_text(path: Path, text: str, doubts: Sequence[Doubt], material: str | None, *, bullets: bool = False) -> Transcript:
    """Return the transcript whose text is `text`, whole."""
    layout = lay_out(text, paragraphs=lambda header: material_of(header.metadata, material) == "field_notes", bullets=bullets)
    turns = [Turn(p.speaker, None, "", p.start, p.end, p.skips, *p.times) for p in layout.pieces]
    return finished(path, text, turns, layout.header.metadata, material, [*doubts, *layout.doubts])


def from_lines(
    path: Path, lines: Sequence[str], doubts: Sequence[Doubt], material: str | None, times: Mapping[int, Times] | None = None
) -> Transcript:
    """Return the transcript of a format whose `lines` (paragraphs, cues) hold labels as a text does.

    `times` tells the seconds of a line, by number; where they are given, turns in a row of one voice are one.
    """
    text = "\n".join(lines)
    layout = lay_out(text, paragraphs=lambda header: material_of(header.metadata, material) == "field_notes")
    doubts = [*doubts, *layout.doubts]
    head = text.split("\n")[: layout.pieces[0].line - 1 if layout.pieces else None]
    said = [Said(p.speaker, text[p.start : p.end], _clock(text, p, times) if times else p.times) for p in layout.pieces]
    return from_said(path, head, layout.header.metadata, joined(said) if times else said, doubts, material)


def _clock(text: str, piece: Piece, times: Mapping[int, Times]) -> Times:
    first = text.count("\n", 0, piece.start)
    last = first + text.count("\n", piece.start, piece.end)
    return times.get(first, NO_TIMES)[0], times.get(last, NO_TIMES)[1]


def joined(said: Iterable[Said]) -> list[Said]:
    """Join what one voice says in a row (subtitles cut a turn into cues)."""
    made: list[Said] = []
    for one in said:
        if made and made[-1].speaker == one.speaker and made[-1].role == one.role:
            last = made[-1]
            made[-1] = replace(last, words=f"{last.words} {one.words}", times=(last.times[0], one.times[1]))
        else:
            made.append(one)
    return made


def from_said(
    path: Path, head: Sequence[str], metadata: Mapping[str, str], said: Sequence[Said], doubts: Sequence[Doubt], material: str | None
) -> Transcript:
    """Return the transcript built of header lines and what was said, one line a turn."""
    parts = [line.rstrip() for line in head]
    while parts and not parts[-1]:
        parts.pop()
    parts = [*parts, ""] if parts and said else parts
    text = "".join(f"{line}\n" for line in parts)
    turns, made, at = [], [text], len(text)
    for one in said:
        words = " ".join(one.words.split())
        label = f"{one.speaker} : " if one.speaker else ""
        start = at + len(label)
        made.append(f"{label}{words}\n")
        skips = tuple((start + a, start + b) for a, b in timecodes.spans(words, 0, len(words)))
        turns.append(Turn(one.speaker, None, one.role, start, start + len(words), skips, *one.times))
        at += len(made[-1])
    return finished(path, "".join(made), turns, metadata, material, doubts)


def finished(path: Path, text: str, turns: Sequence[Turn], metadata: Mapping[str, str], material: str | None, doubts: Sequence[Doubt]) -> Transcript:
    """Return the transcript with its material and the roles of its voices."""
    kind = material_of(metadata, material) or ("interview" if turns else "document")
    turns = () if kind == "document" else turns
    given = roles.assign(voices_of(text, turns), kind, metadata)
    turns = tuple(turn if turn.role else replace(turn, role=given[turn.speaker].role) for turn in turns)
    doubts = [*doubts, *_doubts_on_roles(text, turns, given, kind, told=material_of(metadata, material) is not None)]
    return Transcript(document_id(path), text, turns, dict(metadata), kind, str(path), doubts=tuple(doubts))


def voices_of(text: str, turns: Iterable[Turn]) -> list[roles.Voice]:
    """Count what each voice does: turns, words, turns with a question."""
    counts: dict[str, Counter[str]] = {}
    for turn in turns:
        counter = counts.setdefault(turn.speaker, Counter())
        words = text[turn.start : turn.end]
        counter.update(turns=1, words=len(words.split()), questions="?" in words)
    return [roles.Voice(label, c["turns"], c["words"], c["questions"]) for label, c in counts.items()]


def _doubts_on_roles(text: str, turns: Sequence[Turn], given: Mapping[str, roles.Role], kind: str, *, told: bool) -> list[Doubt]:
    doubts = []
    for label, role in given.items():
        if role.reason in ("questions", "alone"):
            first = next(turn for turn in turns if turn.speaker == label)
            doubts.append(Doubt(text.count("\n", 0, first.start) + 1, f"transcripts.role_{role.reason}"))
    if kind == "interview" and len(given) > 1 and not any(turn.role == "interviewer" for turn in turns):
        doubts.append(Doubt(0, "transcripts.no_interviewer"))
    if kind == "interview" and not told and len(given) >= MANY_VOICES:
        doubts.append(Doubt(0, "transcripts.many_voices", {"n": len(given)}))
    return doubts
