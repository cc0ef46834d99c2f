"""Tables that a person fills in a spreadsheet and gives back: .xlsx with choices and a page of instructions, or .csv."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import PeerqualError, UsageError
from .language.fold import fold
from .transcripts import extras

if TYPE_CHECKING:
    import pandas as pd

_ROWS = 100_000  # as far as lists of choices go down


class RowFault(Exception):
    """What a person wrote in a row and cannot be done: the `key` of its message in the messages of its room, and the `values` of that."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.values = values


def rows_of(table: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line of each row of a table that was given back, and its cells as words; an empty cell is ""."""
    for line, cells in enumerate(table.to_dict("records"), 2):
        yield line, {str(name): "" if value is None or value != value else str(value).strip() for name, value in cells.items()}


@dataclass(frozen=True)
class Layout:
    """How a table is shown: `header` gives a column's name in a language, `filled` are the columns to fill, `choices` what they may hold.

    `frozen`: the last column that stays in sight; `title` of the sheet, `help_title` and `how_to` of the instructions; `is_marked` tells which rows
    are coloured.
    """

    header: Callable[[str, str | None], str]
    filled: tuple[str, ...]
    widths: Mapping[str, int]
    frozen: str
    title: str
    help_title: str
    how_to: str
    choices: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ("address",)
    is_marked: Callable[[Mapping[str, Any]], bool] = lambda cells: False


def check_suffix(path: Path) -> None:
    """Raise `UsageError` when `path` names neither a .xlsx nor a .csv."""
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise UsageError("review.bad_suffix", where=path)


def to_bytes(table: pd.DataFrame, path: Path, layout: Layout, lang: str | None) -> bytes:
    """Return `table` as the file that `path` names: a workbook, or CSV with « ; » as Excel in French opens it; headers in `lang`."""
    headers = [layout.header(str(name), lang) for name in table.columns]
    if path.suffix.lower() == ".csv":
        return ("\ufeff" + table.set_axis(headers, axis=1).to_csv(index=False, sep=";", lineterminator="\n")).encode()
    return _workbook(table, headers, path, layout)


def read(path: Path, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the table in `path`, as a person has saved it (« ; » or commas, UTF-8 or Windows-1252), every cell as words.

    `names`: from headers, folded, to the names of columns. Raises `PeerqualError` when there is no such file or it is no table.
    """
    import pandas as pd

    check_suffix(path)
    if path.suffix.lower() == ".xlsx":
        extras.load("openpyxl", "xlsx", path)
    try:
        data = path.read_bytes()
        if path.suffix.lower() == ".xlsx":
            table = pd.read_excel(io.BytesIO(data), dtype=str, keep_default_na=False, engine="openpyxl")
        else:
            table = _csv(data)
    except Exception:  # openpyxl and pandas let many kinds through: all say that the file is no table
        raise PeerqualError("review.not_a_sheet", where=path) from None
    return table.rename(columns={column: names.get(fold(str(column)).strip(), column) for column in table.columns})


def names_of(columns: tuple[str, ...], header: Callable[[str, str | None], str]) -> dict[str, str]:
    """Return from the headers of `columns` in both languages, folded, to their names."""
    return {fold(header(name, lang)): name for name in columns for lang in ("en", "fr")}


def _csv(data: bytes) -> pd.DataFrame:
    import pandas as pd

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    header = text.split("\n", 1)[0]
    sep = max(",;\t", key=header.count)
    return pd.read_csv(io.StringIO(text), sep=sep, dtype=str, keep_default_na=False)


def _workbook(table: pd.DataFrame, headers: list[str], path: Path, layout: Layout) -> bytes:
    xlsxwriter = extras.load("xlsxwriter", "xlsx", path)
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    _sheet(book, table, headers, layout)
    how_to = book.add_worksheet(layout.help_title)
    how_to.set_column(0, 0, 140)
    for n, line in enumerate(layout.how_to.strip().split("\n")):
        how_to.write_string(n, 0, line, book.add_format({"text_wrap": True}))
    book.close()
    return made.getvalue()


def _sheet(book: Any, table: pd.DataFrame, headers: list[str], layout: Layout) -> None:
    sheet = book.add_worksheet(layout.title)
    bold = book.add_format({"bold": True, "bg_color": "#DDE6ED", "text_wrap": True, "valign": "top"})
    plain, marked, fill = (
        book.add_format({"text_wrap": True, "valign": "top", **more}) for more in ({}, {"bg_color": "#FFF3D6"}, {"bg_color": "#EEF7EA", "border": 1})
    )
    names = list(map(str, table.columns))
    for column, name in enumerate(names):
        sheet.set_column(column, column, layout.widths.get(name, 12), plain, {"hidden": name in layout.hidden})
        sheet.write_string(0, column, headers[column], bold)
    for row, cells in enumerate(table.to_dict("records"), 1):
        is_marked = layout.is_marked({str(name): cell for name, cell in cells.items()})
        for column, value in enumerate(cells.values()):
            style = fill if names[column] in layout.filled else marked if is_marked else plain
            if isinstance(value, int | float):
                sheet.write_number(row, column, value, style)
            else:
                sheet.write_string(row, column, str(value), style)
    for listed, words in layout.choices.items():
        told = {"validate": "list", "source": words.split(","), "error_type": "warning"}
        sheet.data_validation(1, names.index(listed), _ROWS, names.index(listed), told)
    sheet.freeze_panes(1, names.index(layout.frozen) + 1)
    sheet.autofilter(0, 0, max(len(table), 1), len(names) - 1)
