"""Web pages (.html, .htm): paragraphs and tables in order, scripts and styles dropped, speakers by their look; nothing is fetched."""

from __future__ import annotations

import re
from pathlib import Path

from ...model import Transcript
from ..blocks import transcript_of
from ..decoding import load_text
from ..webpage import read_page

_DECLARED = re.compile(r"<meta[^>]{1,200}charset\s*=\s*[\"']?(?:iso-8859-15?|latin-?1|windows-1252)\b", re.IGNORECASE)


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a web page. Raises `ReadError` when it is empty, binary, in an unknown encoding, too large, or holds no words."""
    text, doubts = load_text(path)
    blocks, left_out = read_page(path, text)
    told = [doubt for doubt in doubts if doubt.key != "transcripts.cp1252" or not _DECLARED.search(text[:4096])]
    return transcript_of(path, blocks, [*told, *left_out], material)
