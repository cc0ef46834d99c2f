"""Word files (.docx): paragraphs and tables in order, tracked insertions kept and deletions dropped, bold speakers, content controls."""

from __future__ import annotations

import io
from pathlib import Path

from ...errors import ReadError
from ...model import Transcript
from ..building import Row, from_rows
from ..decoding import load
from ..word import check_archive, lines_of


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .docx file. Raises `ReadError` when it is no Word file, is encrypted, unpacks to too much, or holds no words."""
    data = load(path)
    check_archive(path, data)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        lines, doubts = lines_of(document)
    except Exception:  # python-docx lets many kinds through (KeyError, XMLSyntaxError, BadZipFile): all say that the file is broken
        raise ReadError("transcripts.not_word", where=path) from None
    if not any(line.strip() for line in lines):
        raise ReadError("transcripts.empty", where=path)
    return from_rows(path, [Row(line, number) for number, line in enumerate(lines, start=1)], doubts, material)
