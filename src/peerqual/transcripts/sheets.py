"""What spreadsheets share: of all sheets the first that holds a transcript is read; a sheet of one column is read as lines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..errors import ReadError
from ..language.fold import fold
from ..model import Doubt, Transcript
from . import grid
from .building import Row, from_rows, from_said
from .header import read_header


def transcript_of(path: Path, sheets: Iterable[list[list[str]]], material: str | None) -> Transcript:
    """Return the transcript of the first of `sheets` that holds one. Raises `ReadError` when none does."""
    empty = True
    for number, rows in enumerate(sheets, start=1):
        kept = [row for row in rows if any(cell.strip() for cell in row)]
        empty = empty and not kept
        doubts = [Doubt(0, "office.sheet", {"n": number})] if number > 1 else []
        if kept and (made := _of_sheet(path, rows, doubts, material)):
            return made
    raise ReadError("transcripts.empty" if empty else "transcripts.no_text_column", where=path)


def _of_sheet(path: Path, rows: list[list[str]], doubts: list[Doubt], material: str | None) -> Transcript | None:
    width = max((at for row in rows for at, cell in enumerate(row, start=1) if cell.strip()), default=0)
    if width > grid.MAX_COLUMNS:  # one cell far out would make every row as wide
        return None
    padded = [[*row[:width], *[""] * (width - len(row))] for row in rows]
    found = grid.read(padded) or _unnamed(padded)
    if found is None:
        lines = [Row(row[0], number) for number, row in enumerate(rows, start=1) if row and row[0].strip()] if width == 1 else []
        return from_rows(path, lines, doubts, material) if lines else None
    said = found.said()
    left = [Doubt(0, "office.columns_left", {"n": found.left})] if found.left else []
    return from_said(path, found.head, read_header("\n".join([*found.head, "", ""])).metadata, said, [*doubts, *left], material) if said else None


def _unnamed(rows: list[list[str]]) -> grid.Grid | None:
    """A column of words without one of speakers, where the first row names it: words of nobody's, as in .csv."""
    first = next(n for n, row in enumerate(rows) if any(cell.strip() for cell in row))
    columns = grid.columns_of([fold(cell.strip()) for cell in rows[first]])
    return grid.Grid((), rows[first + 1 :], columns, first=first + 2) if "words" in columns else None
