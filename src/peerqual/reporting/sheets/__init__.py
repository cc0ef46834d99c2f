"""The report's tables as a workbook: a sheet for each, numbers as numbers, and a first sheet that says what each counts."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peerqual.reporting.html.data import ReportData
from peerqual.reporting.html.found import banner, decided, stamp
from peerqual.reporting.html.tree import Tree
from peerqual.reporting.html.words import Words
from peerqual.reporting.sheets.columns import laid
from peerqual.reporting.sheets.names import about, sheet_names

if TYPE_CHECKING:
    import pandas as pd

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True}
ROWS, LETTERS = 1_048_575, 32_767  # what a sheet holds below its head, what a cell holds
CUT = "[…]"
WIDEST, NARROWEST = 60, 8
TOLD = 90  # letters across, where the first sheet tells of the others
LINE, HIGHEST = 15, 400  # points
FORMATS = {"count": "#,##0", "share": "0.0%", "decimal": "0.00", "text": "@"}


def workbook(data: ReportData, path: str | Path = "report.xlsx", *, lang: str = "fr") -> bytes:
    """Return the tables of `data` as the bytes of a .xlsx, in `lang` ("fr" or "en"). Same data, same bytes.

    A string never becomes a formula, a link or a number. Of a publication neither documents nor places of excerpts are told.
    Raises `PeerqualError` about `path` when xlsxwriter (the extra "xlsx") is not installed.
    """
    from datetime import datetime

    from peerqual.reporting.forms import library

    xlsxwriter = library("xlsxwriter", "xlsx", path)
    words = Words(lang)
    tree = Tree(data.codebook, words)
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, OPTIONS)
    book.set_properties({"title": words("title"), "created": datetime(1980, 1, 1)})
    first = book.add_worksheet(about("title", words))
    names = sheet_names(data.tables, words)
    for name, table in data.tables.items():
        _sheet(book, names[name], laid(name, table, data, tree, words), words)
    _about(book, first, data, names, words)
    book.close()
    return made.getvalue()


def _sheet(book: Any, name: str, table: pd.DataFrame, words: Words) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#DDE6ED"})
    kinds = table.attrs["kinds"]
    looks = {kind: book.add_format({"num_format": code, "valign": "top", "text_wrap": kind == "text"}) for kind, code in FORMATS.items()}
    lines = [1] * min(len(table), ROWS)
    for column, (title, kind) in enumerate(zip(table.columns, kinds, strict=True)):
        cells = table.iloc[:ROWS, column].tolist()
        width = _width(str(title), cells, kind)
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, str(title), head)
        for row, value in enumerate(cells, 1):
            _write(sheet, row, column, value, kind, looks[kind])
            lines[row - 1] = max(lines[row - 1], _lines(value, width) if kind == "text" else 1)
    sheet.set_row(0, 2 * LINE)
    for row, count in enumerate(lines, 1):
        if count > 1:
            sheet.set_row(row, min(count * LINE, HIGHEST))
    sheet.freeze_panes(1, 1)
    if len(table.columns):
        sheet.autofilter(0, 0, max(min(len(table), ROWS), 1), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _write(sheet: Any, row: int, column: int, value: Any, kind: str, look: Any) -> None:
    if kind == "text":
        sheet.write_string(row, column, shortened(str(value)), look)
    elif value == value:  # NaN is not equal to itself: its cell stays empty
        sheet.write_number(row, column, value, look)


def shortened(text: str) -> str:
    """Return `text` as a cell can hold it: cut, and marked so, beyond 32,767 characters."""
    return text if len(text) <= LETTERS else text[: LETTERS - len(CUT)] + CUT


def _width(title: str, cells: list[Any], kind: str) -> int:
    longest = max((len(str(cell)) for cell in cells[:1000]), default=0) if kind == "text" else 0
    return max(NARROWEST, min(max(longest * 11 // 10 + 2, len(max(title.split(" "), key=len)) + 4), WIDEST))


def _lines(value: object, width: int) -> int:
    # Spreadsheets do not all make rows as high as their words: letters of various widths need a little more room.
    return sum(-(-len(line) * 11 // (width * 10)) or 1 for line in str(value).split("\n"))


def _about(book: Any, sheet: Any, data: ReportData, names: dict[str, str], words: Words) -> None:
    """Fill the first sheet: stamp, what was decided, then for each sheet what a row is, what it is counted of, and how many rows there are."""
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    counted = book.add_format({"num_format": FORMATS["count"], "valign": "top"})
    warned = book.add_format({"bold": True, "font_color": "#8A1C1C", "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, TOLD)
    sheet.set_column(2, 2, 10)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    row = 0

    def tell(text: str, look: Any, name: str = "", rows: int = -1) -> None:
        nonlocal row
        sheet.set_row(row, _lines(text, TOLD) * LINE)
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, text, look)
        if rows >= 0:
            sheet.write_number(row, 2, rows, counted)
        row += 1

    title = str(words.of(getattr(data.codebook, "title", "")))
    tell(words("with_book", title=title) if title else "", bold, words("title"))
    for text, look in ((stamp(data, words), warned), (banner(data, words), warned), (decided(data, words), wrapped), (words("caution"), wrapped)):
        if text:
            tell(text, look)
    row += 1
    sheet.write_string(row, 2, about("rows", words), bold)
    tell(about("counts", words), bold, about("sheet", words))
    for name, table in data.tables.items():
        left = " " + about("left_out", words, rows=words.number(ROWS)) if len(table) > ROWS else ""
        tell(about(name, words) + left, wrapped, names[name], len(table))
