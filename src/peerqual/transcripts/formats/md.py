"""Markdown: as plain text, front matter and emphasis around labels understood, lists kept from being dialogue."""

from __future__ import annotations

from pathlib import Path

from ...model import Transcript
from ..building import from_text
from ..decoding import load_text


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .md file. Raises `ReadError` when it is empty, binary, or in an unknown encoding."""
    text, doubts = load_text(path)
    return from_text(path, text, doubts, material, bullets=True)
