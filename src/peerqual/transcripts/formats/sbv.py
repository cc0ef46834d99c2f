"""SubViewer subtitles as YouTube writes them (.sbv): cues under « 0:00:01.000,0:00:03.500 », with « NAME: » or « >> NAME: » before the words."""

from __future__ import annotations

from pathlib import Path

from ...model import Transcript
from ..subtitles import read_subtitles


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .sbv file. Raises `ReadError` when it holds no subtitle that can be read."""
    return read_subtitles(path, material, "sbv")
