"""Tables (.csv): one row a turn or a segment; columns are found by name, in French or English."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ...errors import ReadError
from ...language.fold import fold
from ...model import ROLES, Transcript
from ..building import Said, from_said, joined
from ..decoding import MAX_BYTES, load_text
from ..roles import told_by
from ..timecodes import seconds

COLUMNS = {
    "speaker": "speaker locuteur locutrice voix voice intervenant intervenante qui nom name speaker_name spk personne",
    "words": "text texte verbatim paroles parole words transcript transcription contenu propos utterance enonce segment discours",
    "start": "start debut time_start start_time in timestamp temps tc timecode horodatage from begin",
    "end": "end fin time_end end_time out to",
    "role": "role statut",
}


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .csv file with a column of words and, where there is one, of speakers. Raises `ReadError` when there is no such column."""
    text, doubts = load_text(path)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    csv.field_size_limit(MAX_BYTES)
    table = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        rows = [(table.line_num, row) for row in table if any(cell.strip() for cell in row)]
    except csv.Error:
        raise ReadError("transcripts.table_broken", where=path, line=table.line_num) from None
    column = _columns([fold(name.strip()) for _, row in rows[:1] for name in row])
    if "words" not in column:
        raise ReadError("transcripts.no_text_column", where=path, line=1)
    said = [one for line, row in rows[1:] if (one := _said(row, line, column)).words]
    if not said:
        raise ReadError("transcripts.empty", where=path)
    timed = "start" in column and "end" in column
    return from_said(path, (), {}, joined(said) if timed and "speaker" in column else said, doubts, material)


def _columns(names: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, known in COLUMNS.items():
        at = next((names.index(name) for name in known.split() if name in names), None)
        if at is not None and at not in found.values():
            found[kind] = at
    return found


def _said(row: list[str], line: int, column: dict[str, int]) -> Said:
    cells = {kind: row[at].strip() if at < len(row) else "" for kind, at in column.items()}
    role = fold(cells.get("role", ""))
    told = told_by(role) if role and role not in ROLES else None
    role = role if role in ROLES else (told[0] if told and told[0] in ROLES else "")
    speaker = " ".join(cells.get("speaker", "").rstrip(":").split())
    return Said(speaker, cells["words"], (seconds(cells.get("start", "")), seconds(cells.get("end", ""))), line, role)
