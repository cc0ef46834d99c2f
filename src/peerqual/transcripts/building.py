"""Making transcripts: from the layout of a text that is kept whole, or from what was said in a format that has no text of its own.

Such a text is built with one line a turn, « Label : words », under the header lines, so that it reads the same when it is read again.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from pathlib import Path

from ..errors import ReadError
from ..model import Doubt, Transcript, Turn
from . import merging, roles, timecodes
from .header import Header
from .layout import lay_out
from .materials import material_of
from .timecodes import NO_TIMES, Times

MAX_TURNS = 200_000  # an interview has some hundreds
MAX_LINES = 400_000  # of a text: some hundred hours of talk
MANY_VOICES = 5  # that many in one interview make one ask whether it is a group
_I = re.compile(r"\b(?:(?:je|moi)\b|j['’])", re.IGNORECASE)
_SAYS_I = 0.03  # of the words of somebody who tells of themselves; a report that quotes has less


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice says in one go; `role` is "" where the format does not tell, `line` where it begins in the file (1-based)."""

    speaker: str
    words: str
    times: Times = NO_TIMES
    line: int = 0
    role: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a format whose lines hold labels as a text does (a paragraph, a line of a cue), with its times and its line in the file."""

    text: str
    line: int
    times: Times = NO_TIMES


def document_id(path: Path) -> str:
    """Return the id of the document in `path`: the file's stem."""
    return unicodedata.normalize("NFC", path.stem)


def from_text(path: Path, text: str, doubts: Sequence[Doubt], material: str | None, *, bullets: bool = False) -> Transcript:
    """Return the transcript whose text is `text`, whole. Raises `ReadError` when it has more lines or turns than a transcript."""
    if text.count("\n") > MAX_LINES:
        raise ReadError("readers.too_full", where=path)
    layout = lay_out(text, paragraphs=lambda header: _is_notes(header, material), bullets=bullets)
    turns = [Turn(piece.speaker, None, "", piece.start, piece.end, piece.skips, *piece.times) for piece in layout.pieces]
    return with_turns(path, text, turns, [piece.line for piece in layout.pieces], layout.header.metadata, material, [*doubts, *layout.doubts])


def from_rows(path: Path, rows: Sequence[Row], doubts: Sequence[Doubt], material: str | None) -> Transcript:
    """Return the transcript built of lines that hold labels; where they have times, turns in a row of one voice are one."""
    if len(rows) > MAX_LINES:
        raise ReadError("readers.too_full", where=path)
    text = "\n".join(row.text for row in rows)
    layout = lay_out(text, paragraphs=lambda header: _is_notes(header, material))
    starts = list(accumulate((len(row.text) + 1 for row in rows), initial=0))
    owners = [n for n, row in enumerate(rows) for _ in range(row.text.count("\n") + 1)]  # of lines: a cell of a sheet may hold several
    said = []
    for piece in layout.pieces:
        first, last = (rows[bisect_right(starts, at) - 1] for at in (piece.start, piece.end - 1))
        times = piece.times if first.times == NO_TIMES else (first.times[0], last.times[1])
        said.append(Said(piece.speaker, text[piece.start : piece.end], times, rows[owners[piece.line - 1]].line))
    head = text.split("\n")[: layout.pieces[0].line - 1 if layout.pieces else None]
    doubts = [*doubts, *(replace(doubt, line=rows[owners[doubt.line - 1]].line) if doubt.line else doubt for doubt in layout.doubts)]
    timed = any(row.times != NO_TIMES for row in rows)
    return from_said(path, head, layout.header.metadata, joined(said) if timed else said, doubts, material)


def joined(said: Iterable[Said]) -> list[Said]:
    """Join what one voice says in a row (subtitles cut a turn into cues)."""
    made = []
    for _, run in groupby(said, key=lambda one: (one.speaker, one.role)):
        parts = list(run)
        made.append(replace(parts[0], words=" ".join(one.words for one in parts), times=(parts[0].times[0], parts[-1].times[1])))
    return made


def from_said(
    path: Path, head: Sequence[str], metadata: Mapping[str, str], said: Sequence[Said], doubts: Sequence[Doubt], material: str | None
) -> Transcript:
    """Return the transcript built of header lines and what was said, one line a turn. Raises `ReadError` when these are more than `MAX_TURNS`."""
    if len(said) > MAX_TURNS:
        raise ReadError("readers.too_full", where=path)
    parts = [line.rstrip() for line in "\n".join(head).strip("\n").split("\n")]
    text = "\n".join(parts) + ("\n\n" if said else "\n") if any(parts) else ""
    turns, made, at = [], [text], len(text)
    for one in said:
        words = " ".join(one.words.split())
        label = f"{one.speaker} : " if one.speaker else ""
        start = at + len(label)
        made.append(f"{label}{words}\n")
        skips = tuple((start + a, start + b) for a, b in timecodes.spans(words, 0, len(words)))
        turns.append(Turn(one.speaker, None, one.role, start, start + len(words), skips, *one.times))
        at += len(made[-1])
    return with_turns(path, "".join(made), turns, [one.line for one in said], metadata, material, doubts)


def _is_notes(header: Header, material: str | None) -> bool:
    return material_of(header.metadata, material) == "field_notes"


def with_turns(
    path: Path, text: str, turns: Sequence[Turn], lines: Sequence[int], metadata: Mapping[str, str], material: str | None, doubts: Sequence[Doubt]
) -> Transcript:
    """Return the transcript of `text` with its material and the roles of its voices; `lines` say where turns begin in the file (1-based)."""
    told = material_of(metadata, material)
    kind = told or ("interview" if turns else "document")
    turns = () if kind == "document" else turns
    given = _roles(text, turns, kind, metadata)
    first = {turn.speaker: line for turn, line in zip(reversed(turns), reversed(lines), strict=False)}
    turns = tuple(turn if turn.role else replace(turn, role=given[turn.speaker].role) for turn in turns)
    doubts = [*doubts, *(Doubt(first[label], f"transcripts.role_{role.reason}") for label, role in given.items() if role.reason in roles.GUESSED)]
    misspelt = [first[label] for label in _misspelt(turns)]
    doubts = [doubt for doubt in doubts if doubt.key != "transcripts.label_once" or doubt.line not in misspelt]
    doubts += [*merging.doubts(text, turns, lines), *(Doubt(line, "transcripts.misspelt") for line in misspelt)]
    if kind == "interview":
        doubts += _doubts_on_interview(turns, told)
    elif told is None and len(_I.findall(text)) > _SAYS_I * len(text.split()):
        doubts.append(Doubt(0, "transcripts.nobody_speaks"))
    return Transcript(document_id(path), text, turns, dict(metadata), kind, str(path), doubts=tuple(doubts))


def _roles(text: str, turns: Sequence[Turn], kind: str, metadata: Mapping[str, str]) -> dict[str, roles.Role]:
    """Return the roles of the voices of which the format does not tell all; where it tells who asks, nobody else is guessed to."""
    given = roles.assign(roles.voices(text, turns), kind, metadata)
    asks = any(turn.role in ("interviewer", "facilitator") for turn in turns)
    open_ = {turn.speaker for turn in turns if not turn.role}
    answers = roles.Role("respondent", "rest")
    return {label: answers if asks and role.reason == "questions" else role for label, role in given.items() if label in open_}


def _doubts_on_interview(turns: Sequence[Turn], told: str | None) -> list[Doubt]:
    voices, given = {turn.speaker for turn in turns}, {turn.role for turn in turns}
    doubts = []
    if len(voices) > 1 and not given & {"interviewer", "facilitator"}:
        doubts.append(Doubt(0, "transcripts.no_interviewer"))
    if told is None and (len(voices) >= MANY_VOICES or (len(voices) > 2 and "facilitator" in given)):
        doubts.append(Doubt(0, "transcripts.many_voices", {"n": len(voices)}))
    return doubts


def _misspelt(turns: Sequence[Turn]) -> list[str]:
    """Return the labels of rare voices that are a frequent one's but for one letter (« Karne » beside « Karine », not « P1 » beside « P2 »)."""
    counts = Counter(turn.speaker for turn in turns)
    names = {label: _near(label) for label in counts if len(label) > 3 and label.replace(" ", "").isalpha()}
    return [
        label
        for label, near in names.items()
        if counts[label] < 3 and any(counts[other] > counts[label] and near & others for other, others in names.items())
    ]


def _near(label: str) -> set[str]:
    """Return `label` and what is left of it without one of its letters."""
    return {label, *(label[:i] + label[i + 1 :] for i in range(len(label)))}
