"""OpenDocument texts (.odt): paragraphs and tables in order, tracked insertions kept and deletions dropped, speakers by their look."""

from __future__ import annotations

from pathlib import Path

from ...model import Transcript
from ..blocks import transcript_of
from ..decoding import load
from ..opendocument import read_text


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .odt file. Raises `ReadError` when it is no OpenDocument text, is locked, is hostile, or holds no words."""
    blocks, doubts, margin = read_text(path, load(path))
    return margin.kept(transcript_of(path, blocks, doubts, material))
