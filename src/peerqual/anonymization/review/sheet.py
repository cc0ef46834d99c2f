"""The table as a file for a spreadsheet, .xlsx or .csv, and back. The file holds originals: it is written for its owner alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ... import spreadsheet
from ...errors import UsageError, message
from ..key import is_shared, write_private
from .table import COLUMNS, CONTEXTS, DECIDED

if TYPE_CHECKING:
    import pandas as pd

_WIDTHS = {"entity": 10, "label": 9, "tier": 8, "forms": 30, "replacement": 22, "why": 32, "documents": 14, "new_replacement": 22, "address": 8}
_WIDTHS |= dict.fromkeys(CONTEXTS, 46)


def write_sheet(table: pd.DataFrame, path: str | Path, *, lang: str | None = None) -> None:
    """Write `table` to `path` (.xlsx, or .csv with « ; » as Excel in French opens it), headers in `lang`.

    Raises `UsageError` when `path` lies in a folder that is meant to be shared or has another suffix.
    """
    path = Path(path)
    check_place(path)
    write_private(path, spreadsheet.to_bytes(table, path, _layout(lang), lang))


def check_place(path: Path) -> None:
    """Raise `UsageError` when the table may not be written to `path`."""
    if is_shared(path):
        raise UsageError("review.shared", where=path)
    spreadsheet.check_suffix(path)


def read_sheet(path: str | Path) -> pd.DataFrame:
    """Return the table in `path`, as a person has saved it (« ; » or commas, UTF-8 or Windows-1252), with the names of `COLUMNS`.

    Raises `PeerqualError` when there is no such file or it is no table.
    """
    return spreadsheet.read(Path(path), spreadsheet.names_of(COLUMNS, _header))


def _header(name: str, lang: str | None) -> str:
    return message(f"review.column_{name}", lang)


def _layout(lang: str | None) -> spreadsheet.Layout:
    return spreadsheet.Layout(
        header=_header,
        filled=DECIDED,
        widths=_WIDTHS,
        frozen="forms",
        title=message("review.sheet_names", lang),
        help_title=message("review.sheet_help", lang),
        how_to=message("review.how_to", lang),
        choices={"decision": message("review.decision_choices", lang), "scope": message("review.scope_choices", lang)},
        is_marked=lambda cells: cells["tier"] == "review",
    )
