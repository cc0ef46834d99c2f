"""Answers to closed questions as a file that a person fills, .xlsx or .csv, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .. import spreadsheet
from ..errors import message

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("document", "variable", "question", "proposed", "answer", "words", "cite", "score", "against", "start", "end", "text_hash")
_WIDTHS = {"question": 40, "words": 60, "variable": 20, "cite": 16, "answer": 14}


def write(answers: pd.DataFrame, path: str | Path, options: tuple[str, ...], *, lang: str | None = None) -> None:
    """Write `answers` (of `analysis.variables.propose_variables`) to `path` (.xlsx, or .csv with « ; »); `options` are what cells to fill may hold.

    Raises `UsageError` when `path` has another suffix.
    """
    path = Path(path)
    spreadsheet.check_suffix(path)
    layout = spreadsheet.Layout(
        header=_header,
        filled=("answer",),
        widths=_WIDTHS,
        frozen="variable",
        title=message("variables.sheet", lang),
        help_title=message("variables.help_title", lang),
        how_to=message("variables.how_to", lang),
        choices={"answer": ",".join(options)},
        hidden=("start", "end", "text_hash"),
    )
    path.write_bytes(spreadsheet.to_bytes(answers[list(COLUMNS)], path, layout, lang))


def read(path: str | Path) -> pd.DataFrame:
    """Return the table in `path`, as a person has saved it. Raises `PeerqualError` when there is no such file or it is no table."""
    return spreadsheet.read(Path(path), spreadsheet.names_of(COLUMNS, _header))


def _header(name: str, lang: str | None) -> str:
    return message(f"variables.column_{name}", lang)
