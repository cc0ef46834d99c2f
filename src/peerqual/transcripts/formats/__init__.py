"""One module per format, each with ``read(path, material) -> Transcript``; `READERS` says which suffix is whose.

To add a format: write its module, add its suffix here.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from ...model import Transcript

Reader: TypeAlias = Callable[[Path, str | None], Transcript]


def _lazy(name: str) -> Reader:
    def read(path: Path, material: str | None = None) -> Transcript:
        reader: Reader = import_module(f"{__name__}.{name}").read
        return reader(path, material)

    return read


READERS: dict[str, Reader] = {
    ".txt": _lazy("txt"),
    ".md": _lazy("md"),
    ".docx": _lazy("docx"),
    ".srt": _lazy("srt"),
    ".vtt": _lazy("vtt"),
    ".csv": _lazy("csv"),
}

# Suffixes of transcripts that are not read, with the remedy. A folder that holds one says so.
REMEDIES: dict[str, str] = {
    ".doc": "transcripts.legacy_word",
    ".docm": "transcripts.save_as_docx",
    ".odt": "transcripts.save_as_docx",
    ".rtf": "transcripts.save_as_docx",
    ".pages": "transcripts.save_as_docx",
    ".pdf": "transcripts.save_as_text",
    ".html": "transcripts.save_as_text",
    ".htm": "transcripts.save_as_text",
    ".xls": "transcripts.save_as_csv",
    ".xlsx": "transcripts.save_as_csv",
    ".ods": "transcripts.save_as_csv",
    ".tsv": "transcripts.save_as_csv",
    ".sbv": "transcripts.save_as_subtitles",
    ".ass": "transcripts.save_as_subtitles",
    ".eaf": "transcripts.save_as_text",
    ".trs": "transcripts.save_as_text",
    ".cha": "transcripts.save_as_text",
    ".textgrid": "transcripts.save_as_text",
    ".otr": "transcripts.save_as_text",
}
