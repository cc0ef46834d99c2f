"""Rich text (.rtf): paragraphs and tables in order, hidden and deleted words dropped, speakers by their look."""

from __future__ import annotations

from pathlib import Path

from ...model import Transcript
from ..blocks import transcript_of
from ..decoding import load
from ..richtext import read_rtf


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .rtf file. Raises `ReadError` when it is no RTF, holds more than a transcript, or holds no words."""
    blocks, doubts = read_rtf(path, load(path))
    return transcript_of(path, blocks, doubts, material)
