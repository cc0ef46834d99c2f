"""WebVTT subtitles (.vtt): ``<v Speaker>`` or « NAME: » before the words; NOTE blocks may hold header lines."""

from __future__ import annotations

import io
from pathlib import Path

from ...errors import ReadError
from ...model import Transcript
from ..decoding import load_text
from ..subtitles import cues_of, transcript_of


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .vtt file. Raises `ReadError` when it is no WebVTT or holds no subtitle."""
    import webvtt

    text, doubts = load_text(path)
    try:
        captions = webvtt.from_buffer(io.StringIO(text), format="vtt")
        cues = cues_of(captions.captions)
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, ValueError):
        raise ReadError("transcripts.no_cues", where=path) from None
    if not cues:
        raise ReadError("transcripts.no_cues", where=path)
    return transcript_of(path, captions.header_comments, cues, doubts, material)
