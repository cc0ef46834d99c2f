"""One module per format, each with ``read(path, material) -> Transcript``; `READERS` says which suffix is whose.

To add a format: write its module, add its suffix here.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from ...model import Transcript
from .by_content import first_of

Reader: TypeAlias = Callable[[Path, str | None], Transcript]


def _lazy(name: str) -> Reader:
    def read(path: Path, material: str | None = None) -> Transcript:
        reader: Reader = import_module(f"{__name__}.{name}").read
        return reader(path, material)

    return read


READERS: dict[str, Reader] = {
    ".txt": first_of("iramuteq", "txt"),
    ".md": _lazy("md"),
    ".docx": _lazy("docx"),
    ".odt": _lazy("odt"),
    ".rtf": _lazy("rtf"),
    ".pdf": _lazy("pdf"),
    ".xlsx": _lazy("xlsx"),
    ".ods": _lazy("ods"),
    ".srt": _lazy("srt"),
    ".vtt": first_of("noscribe", "vtt"),
    ".sbv": _lazy("sbv"),
    ".ass": _lazy("ass"),
    ".ssa": _lazy("ass"),
    ".csv": _lazy("csv"),
    ".tsv": _lazy("tsv"),
    ".html": first_of("noscribe", "html"),
    ".htm": first_of("noscribe", "html"),
    ".json": _lazy("json"),
    ".otr": _lazy("otr"),
    ".xml": first_of("trs", "eaf", "tei"),
    ".tei": _lazy("tei"),
    ".orfeo": _lazy("orfeo"),
    ".trs": _lazy("trs"),
    ".eaf": _lazy("eaf"),
    ".cha": _lazy("cha"),
    ".textgrid": _lazy("textgrid"),
    ".sonal": _lazy("sonal"),
    ".rtr": _lazy("rtr"),
}

# Suffixes of transcripts that are not read, with the remedy. A folder that holds one says so.
REMEDIES: dict[str, str] = {
    ".doc": "transcripts.legacy_word",
    ".docm": "transcripts.save_as_docx",
    ".pages": "office.pages",
    ".xls": "transcripts.save_as_csv",
}
