"""SubRip subtitles (.srt): cues with « NAME: » before the words, or dashes, or no voice at all."""

from __future__ import annotations

from pathlib import Path

from ...model import Transcript
from ..subtitles import read_subtitles


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .srt file. Raises `ReadError` when it holds no subtitle that can be read."""
    return read_subtitles(path, material, "srt")
