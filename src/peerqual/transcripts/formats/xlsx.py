"""Spreadsheets (.xlsx): one row a turn, columns found by name or by what they hold; the first sheet with words is read, formulas as their values."""

from __future__ import annotations

import contextlib
import datetime
import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import ReadError
from ...model import Transcript
from .. import extras
from ..archives import Kind, is_safe, open_archive
from ..decoding import load
from ..sheets import transcript_of

KIND = Kind(broken="office.not_sheet", locked="office.locked")
MAX_CELLS = 5_000_000
MAX_ROWS = 1_048_576  # of a sheet in Excel: a file may number its rows further
MAX_BLANK = 1000  # rows in a row that hold nothing: more of them are as many


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .xlsx file. Raises `ReadError` when it is no sheet, is locked, is hostile, has no column of words, or openpyxl is missing."""
    data = load(path)
    archive = open_archive(path, data, KIND)
    openpyxl = extras.load("openpyxl", "xlsx", path)
    if not all(is_safe(archive.read(name)) for name in archive.names.values() if name.lower().endswith((".xml", ".rels"))):
        raise ReadError("office.entities", where=path)
    return transcript_of(path, _sheets(path, data, openpyxl), material)


def _sheets(path: Path, data: bytes, openpyxl: Any) -> Iterator[list[list[str]]]:
    budget = MAX_CELLS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with contextlib.redirect_stdout(None):  # openpyxl prints what it finds amiss in styles
                book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what a sheet says of its size may be false
                rows, blank = [], 0
                for number, row in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 1, values_only=True), start=1):
                    budget -= len(row) + 1
                    if budget < 0 or number > MAX_ROWS:
                        raise ReadError("office.too_full", where=path)
                    blank = 0 if row else blank + 1
                    if blank <= MAX_BLANK:
                        rows.append([_words(value) for value in row])
                yield rows
    except ReadError:
        raise
    except Exception:  # openpyxl lets many kinds through (KeyError, ValueError, ParseError): all say that the file is broken
        raise ReadError(KIND.broken, where=path) from None


def _words(value: object) -> str:
    """Return a cell's value as it reads; a time of day or a length of time as a clock."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.year <= 1900:
        return value.strftime("%H:%M:%S")
    if isinstance(value, datetime.timedelta):
        whole = int(value.total_seconds())
        return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
