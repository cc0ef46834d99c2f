"""The tables as files for a spreadsheet, .xlsx or .csv, and back. They hold pseudonymized words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ... import spreadsheet
from ...errors import message
from . import blind, table, verdicts

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = tuple(dict.fromkeys((*table.COLUMNS, *blind.COLUMNS)))
_WIDTHS = {"before": 40, "passage": 60, "after": 40, "support": 24, "label": 22, "codes": 26, "memo": 24, "score": 7, "start": 7, "end": 7}


def write_sheet(made: pd.DataFrame, path: str | Path, *, lang: str | None = None) -> None:
    """Write the table `made` to `path` (.xlsx, or .csv with « ; » as Excel in French opens it), headers in `lang`.

    Raises `UsageError` when `path` has another suffix.
    """
    path = Path(path)
    spreadsheet.check_suffix(path)
    if "verdicts" in made.columns:
        made = made.assign(verdicts=[verdicts.spoken(str(line), lang) for line in made["verdicts"]])
    path.write_bytes(spreadsheet.to_bytes(made, path, _layout(lang, is_blind="codes" in made.columns), lang))


def read_sheet(path: str | Path) -> pd.DataFrame:
    """Return the table in `path`, as a person has saved it (« ; » or commas, UTF-8 or Windows-1252), with its columns' names.

    Raises `PeerqualError` when there is no such file or it is no table.
    """
    return spreadsheet.read(Path(path), spreadsheet.names_of(_COLUMNS, _header))


def _header(name: str, lang: str | None) -> str:
    return message(f"review_codes.column_{name}", lang)


def _layout(lang: str | None, *, is_blind: bool) -> spreadsheet.Layout:
    return spreadsheet.Layout(
        header=_header,
        filled=blind.DECIDED if is_blind else table.DECIDED,
        widths=_WIDTHS,
        frozen="id",
        title=message("review_codes.sheet_codes", lang),
        help_title=message("review.sheet_help", lang),
        how_to=message("review_codes.how_to_blind" if is_blind else "review_codes.how_to", lang),
        choices={} if is_blind else {"decision": message("review_codes.decision_choices", lang)},
    )
