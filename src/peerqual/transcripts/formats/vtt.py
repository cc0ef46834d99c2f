"""WebVTT subtitles (.vtt): ``<v Speaker>`` or « NAME: » before the words; NOTE blocks before the first cue may hold header lines."""

from __future__ import annotations

from pathlib import Path

from ...model import Transcript
from ..subtitles import read_subtitles


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .vtt file. Raises `ReadError` when it holds no subtitle that can be read."""
    return read_subtitles(path, material, "vtt")
