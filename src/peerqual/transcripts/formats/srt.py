"""SubRip subtitles (.srt): cues with « NAME: » before the words, or dashes, or no voice at all."""

from __future__ import annotations

import io
from pathlib import Path

from ...errors import ReadError
from ...model import Transcript
from ..decoding import load_text
from ..subtitles import cues_of, transcript_of


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .srt file. Raises `ReadError` when it holds no subtitle."""
    import webvtt

    text, doubts = load_text(path)
    try:
        cues = cues_of(webvtt.from_buffer(io.StringIO(text), format="srt").captions)
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, ValueError):
        raise ReadError("transcripts.no_cues", where=path) from None
    if not cues:
        raise ReadError("transcripts.no_cues", where=path)
    return transcript_of(path, (), cues, doubts, material)
