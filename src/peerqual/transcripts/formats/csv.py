"""Tables (.csv): one row a turn or a segment; columns are found by name, in French or English."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ...errors import ReadError
from ...language.fold import fold
from ...model import Transcript
from ..bounds import MAX_VALUES
from ..building import from_said, joined
from ..decoding import MAX_TEXT, load_text
from ..grid import columns_of, said_in


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .csv file with a column of words and, where there is one, of speakers. Raises `ReadError` when there is no such column."""
    text, doubts = load_text(path)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    if text.count(delimiter) + text.count("\n") > MAX_VALUES:
        raise ReadError("readers.too_full", where=path)
    csv.field_size_limit(MAX_TEXT)
    table = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        rows = [(table.line_num, row) for row in table if any(cell.strip() for cell in row)]
    except csv.Error:
        raise ReadError("transcripts.table_broken", where=path, line=table.line_num) from None
    column = columns_of([fold(name.strip()) for _, row in rows[:1] for name in row])
    if "words" not in column:
        raise ReadError("transcripts.no_text_column", where=path, line=1)
    said = [one for line, row in rows[1:] if (one := said_in(row, line, column)).words]
    if not said:
        raise ReadError("transcripts.empty", where=path)
    timed = "start" in column and "end" in column
    return from_said(path, (), {}, joined(said) if timed and "speaker" in column else said, doubts, material)
