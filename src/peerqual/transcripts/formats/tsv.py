"""Tables parted by tabs (.tsv): Whisper's ``start end text`` in milliseconds; any other table is read as .csv is.

Source: `WriteTSV` of openai/whisper (`whisper/utils.py`): milliseconds as integers, no quotation marks, tabs in the text made spaces.
"""

from __future__ import annotations

from pathlib import Path

from ...model import Transcript
from ..bounds import load_text
from ..building import Said
from ..segments import finished, suspicions, turns
from . import csv

COLUMNS = ["start", "end", "text"]


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .tsv file. Raises `ReadError` when it has no column of words, or no words."""
    text, doubts = load_text(path)
    names, *lines = text.split("\n")
    rows = [(number, line.split("\t", 2)) for number, line in enumerate(lines, start=2) if line.strip()]
    if names.strip().lower().split("\t") != COLUMNS or not all(_is_whisper(cells) for _, cells in rows):
        return csv.read(path, material)
    said = [Said("", cells[2], (int(cells[0]) / 1000, int(cells[1]) / 1000), number) for number, cells in rows]
    return finished(path, {}, turns(said), [*doubts, *suspicions(said)], material)


def _is_whisper(cells: list[str]) -> bool:
    return len(cells) == 3 and all(cell.isascii() and cell.isdigit() and len(cell) < 12 for cell in cells[:2])
