"""Word files (.docx): paragraphs and tables in order, tracked insertions kept and deletions dropped, speakers by their look, content controls."""

from __future__ import annotations

from pathlib import Path

from ...model import Transcript
from ..blocks import transcript_of
from ..decoding import load
from ..word import read_word


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .docx file. Raises `ReadError` when it is no Word file, is locked, is hostile, or holds no words."""
    blocks, doubts, margin = read_word(path, load(path))
    return margin.kept(transcript_of(path, blocks, doubts, material))
