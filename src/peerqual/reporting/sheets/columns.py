"""From a table of `analysis/` to the columns of a sheet: named and worded for readers, codes with their labels, each column of one kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peerqual.reporting.html.data import ReportData
from peerqual.reporting.html.tree import Tree
from peerqual.reporting.html.words import Words
from peerqual.reporting.publication import without_places
from peerqual.reporting.sheets.names import column, value

if TYPE_CHECKING:
    import pandas as pd

SHARES = ("words_share", "at", "width")
WORDED = ("material", "role", "status", "polarity", "modality")
CODES = ("code", "code_a", "code_b", "parent", "section")


def laid(name: str, table: pd.DataFrame, data: ReportData, tree: Tree, words: Words) -> pd.DataFrame:
    """Return `table` as its sheet shows it; ``attrs["kinds"]`` has the kind of each column: "count", "share", "decimal" or "text"."""
    import pandas as pd

    if name == "verbatims" and not data.whole:
        table = without_places(table)
    made: list[tuple[str, str, list[Any]]] = []
    for head in map(str, table.columns):
        cells = table[head].tolist()
        if (head == "label" and "code" in table.columns) or (head == "group" and not any(cells)):
            continue
        if head in CODES:
            labels = [tree[code].label if code in tree.entries else str(code) for code in cells]
            made.append((column(f"{head}_label", words), "text", labels))
        kind = _kind(head, table[head])
        made.append((column(head, words), kind, [_cell(head, cell, words) for cell in cells] if kind == "text" else cells))
    shown = pd.DataFrame({n: cells for n, (_, _, cells) in enumerate(made)}, index=range(len(table)), dtype=object)
    shown.columns = pd.Index([title for title, _, _ in made])
    shown.attrs["kinds"] = [kind for _, kind, _ in made]
    return shown


def _kind(name: str, cells: pd.Series) -> str:
    from pandas.api import types

    if types.is_bool_dtype(cells) or not types.is_numeric_dtype(cells):
        return "text"
    return "share" if name in SHARES else "count" if types.is_integer_dtype(cells) else "decimal"


def _cell(name: str, cell: Any, words: Words) -> str:
    if isinstance(cell, bool):
        return value("bool", "yes" if cell else "no", words)
    if cell is None or cell != cell:
        return ""
    return value(name, str(cell), words) if name in WORDED else str(cell)
