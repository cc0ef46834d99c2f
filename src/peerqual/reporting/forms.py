"""The forms in which a report is written: HTML, Word, a workbook, LaTeX tables, figures; a plain table from name to function."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import PeerqualError, UsageError
from .html.data import ReportData
from .outputs import write_text
from .template import Template

FORMATS = ("docx", "xlsx", "latex", "png", "pdf")  # beside HTML, CSV and SVG, which are always written
FIGURES = ("png", "pdf")


def check(formats: Sequence[str]) -> tuple[str, ...]:
    """Return `formats` in their usual order, each once; called before any long work.

    Raises `UsageError` on a name that is not in `FORMATS`, `PeerqualError` when the library that one needs is not installed.
    """
    for name in formats:
        if name not in FORMATS:
            raise UsageError("formats.unknown", where="--formats", name=name, known=", ".join(FORMATS))
    if "xlsx" in formats:
        library("xlsxwriter", "xlsx", "xlsx")
    return tuple(name for name in FORMATS if name in formats)


def library(name: str, extra: str, where: str | Path) -> ModuleType:
    """Return the module `name`, of peerqual's `extra`. Raises `PeerqualError` about `where` when it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise PeerqualError("formats.extra_missing", where=where, extra=extra) from None


def write(path: str | Path, data: ReportData, *, lang: str = "fr", template: Template | None = None) -> Path:
    """Write the report on `data` to the file `path`, in the form that its suffix names: .html, .docx or .xlsx; return the path.

    Raises `UsageError` on another suffix.
    """
    path = Path(path)
    made = FILES.get(path.suffix.lower())
    if made is None:
        raise UsageError("formats.bad_suffix", where=path, known=", ".join(FILES))
    content = made(data, lang=lang, template=template)
    if isinstance(content, str):
        write_text(path, content)
    else:
        _write_bytes(path, content)
    return path


def write_all(folder: Path, data: ReportData, formats: Sequence[str] = (), *, lang: str = "fr", template: Template | None = None) -> None:
    """Write the report on `data` into `folder`: ``report.html``, ``figures/NAME.svg``, and `formats` beside them (``latex/`` for its tables)."""
    from . import figures
    from .latex import tables

    for suffix in ("html", *(name for name in formats if f".{name}" in FILES)):
        write(folder / f"report.{suffix}", data, lang=lang, template=template)
    if "latex" in formats:
        for name, text in tables(data, lang=lang, template=template).items():
            write_text(folder / "latex" / name, text)
    drawn = ("svg", *(name for name in FIGURES if name in formats))
    for name, figure in data.figures.items():
        figures.save(figure, folder / "figures", name, drawn)


def _html(data: ReportData, **options: Any) -> str:
    from .html import render

    return render(data, **options)


def _word(data: ReportData, **options: Any) -> bytes:
    from .word import document

    return document(data, **options)


def _workbook(data: ReportData, *, lang: str, template: Template | None) -> bytes:
    from .sheets import workbook

    return workbook(data, lang=lang)


FILES: dict[str, Callable[..., str | bytes]] = {".html": _html, ".docx": _word, ".xlsx": _workbook}


def _write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
