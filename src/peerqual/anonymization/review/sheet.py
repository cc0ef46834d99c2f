"""The table as a file for a spreadsheet, .xlsx or .csv, and back. The file holds originals: it is written for its owner alone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import PeerqualError, UsageError, message
from ...language.fold import fold
from ...transcripts import extras
from ..key import is_shared, write_private
from .table import COLUMNS, CONTEXTS, DECIDED

if TYPE_CHECKING:
    import pandas as pd

_WIDTHS = {"entity": 10, "label": 9, "tier": 8, "forms": 30, "replacement": 22, "why": 32, "documents": 14, "new_replacement": 22, "address": 8}
_ROWS = 100_000  # as far as lists of choices go down


def write_sheet(table: pd.DataFrame, path: str | Path, *, lang: str | None = None) -> None:
    """Write `table` to `path` (.xlsx, or .csv with « ; » as Excel in French opens it), headers in `lang`.

    Raises `UsageError` when `path` lies in a folder that is meant to be shared or has another suffix.
    """
    path = Path(path)
    check_place(path)
    named = table.rename(columns={name: message(f"review.column_{name}", lang) for name in COLUMNS})
    if path.suffix.lower() == ".csv":
        write_private(path, ("\ufeff" + named.to_csv(index=False, sep=";", lineterminator="\n")).encode())
    else:
        write_private(path, _workbook(table, list(named.columns), path, lang))


def check_place(path: Path) -> None:
    """Raise `UsageError` when the table may not be written to `path`."""
    if is_shared(path):
        raise UsageError("review.shared", where=path)
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise UsageError("review.bad_suffix", where=path)


def read_sheet(path: str | Path) -> pd.DataFrame:
    """Return the table in `path`, as a person has saved it (« ; » or commas, UTF-8 or Windows-1252), with the names of `COLUMNS`.

    Raises `PeerqualError` when there is no such file or it is no table.
    """
    import pandas as pd

    path = Path(path)
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise UsageError("review.bad_suffix", where=path)
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
    names = {fold(message(f"review.column_{name}", lang)): name for name in COLUMNS for lang in ("en", "fr")}
    return table.rename(columns={column: names.get(fold(str(column)).strip(), column) for column in table.columns})


def _csv(data: bytes) -> pd.DataFrame:
    import pandas as pd

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    header = text.split("\n", 1)[0]
    sep = max(",;\t", key=header.count)
    return pd.read_csv(io.StringIO(text), sep=sep, dtype=str, keep_default_na=False)


def _workbook(table: pd.DataFrame, headers: list[str], path: Path, lang: str | None) -> bytes:
    xlsxwriter = extras.load("xlsxwriter", "xlsx", path)
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    _names(book, table, headers, lang)
    how_to = book.add_worksheet(message("review.sheet_help", lang))
    how_to.set_column(0, 0, 140)
    for n, line in enumerate(message("review.how_to", lang).strip().split("\n")):
        how_to.write_string(n, 0, line, book.add_format({"text_wrap": True}))
    book.close()
    return made.getvalue()


def _names(book: Any, table: pd.DataFrame, headers: list[str], lang: str | None) -> None:
    sheet = book.add_worksheet(message("review.sheet_names", lang))
    bold = book.add_format({"bold": True, "bg_color": "#DDE6ED", "text_wrap": True, "valign": "top"})
    plain, doubtful, fill = (
        book.add_format({"text_wrap": True, "valign": "top", **more}) for more in ({}, {"bg_color": "#FFF3D6"}, {"bg_color": "#EEF7EA", "border": 1})
    )
    for column, name in enumerate(map(str, table.columns)):
        width = 46 if name in CONTEXTS else _WIDTHS.get(name, 12)
        sheet.set_column(column, column, width, plain, {"hidden": name == "address"})
        sheet.write_string(0, column, headers[column], bold)
    for row, cells in enumerate(table.to_dict("records"), 1):
        for column, (key, value) in enumerate(cells.items()):
            name = str(key)
            style = fill if name in DECIDED else doubtful if cells["tier"] == "review" else plain
            if isinstance(value, int):
                sheet.write_number(row, column, value, style)
            else:
                sheet.write_string(row, column, str(value), style)
    choices = {"decision": "review.decision_choices", "scope": "review.scope_choices"}
    for listed, text in choices.items():
        column = list(table.columns).index(listed)
        told = {"validate": "list", "source": message(text, lang).split(","), "error_type": "warning"}
        sheet.data_validation(1, column, _ROWS, column, told)
    sheet.freeze_panes(1, list(table.columns).index("forms") + 1)
    sheet.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)
