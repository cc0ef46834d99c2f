"""OpenDocument sheets (.ods): one row a turn, columns found by name or by what they hold; the first sheet with words is read."""

from __future__ import annotations

from pathlib import Path

from ...model import Transcript
from ..decoding import load
from ..opendocument import read_sheets
from ..sheets import transcript_of


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .ods file. Raises `ReadError` when it is no sheet, is locked, is hostile, or has no column of words."""
    return transcript_of(path, read_sheets(path, load(path)), material)
