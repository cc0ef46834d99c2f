"""The framework matrix as a file: a row a participant, two columns a theme (words to fill, references), .xlsx or .csv, and back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from .. import spreadsheet
from ..errors import PeerqualError, message
from ..model import Corpus

if TYPE_CHECKING:
    import pandas as pd

REFERENCES = "references:"  # a column of references is named so, before its code
_CODE = re.compile(r"\[([a-z][a-z0-9_]*)\]\s*\Z")


def sheet(matrix: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return `matrix` (of `analysis.framework_matrix`) wide: `participant`, their attributes, then for each theme CODE and references:CODE."""
    import pandas as pd

    attributes = {one.id: one.attributes for one in corpus.participants}
    names = list(dict.fromkeys(name for one in corpus.participants for name in one.attributes))
    rows = []
    for participant, cells in matrix.groupby("participant", sort=False):
        row = {"participant": participant} | {f"attribute:{name}": attributes.get(str(participant), {}).get(name, "") for name in names}
        for code, text, references in cells[["code", "text", "references"]].itertuples(index=False):
            row |= {code: text, f"{REFERENCES}{code}": references}
        rows.append(row)
    return pd.DataFrame(rows, columns=None if rows else ["participant"])


def write(matrix: pd.DataFrame, corpus: Corpus, path: str | Path, *, lang: str | None = None) -> None:
    """Write `matrix` to `path` (.xlsx, or .csv with « ; » as Excel in French opens it). Raises `UsageError` when `path` has another suffix."""
    path = Path(path)
    spreadsheet.check_suffix(path)
    labels = dict(zip(matrix["code"], matrix["label"], strict=True))
    wide = sheet(matrix, corpus)

    def header(name: str, lang: str | None) -> str:
        if name == "participant":
            return message("framework.participant", lang)
        if name.startswith("attribute:"):
            return name.removeprefix("attribute:")
        if name.startswith(REFERENCES):
            return message("framework.references", lang, label=labels[name.removeprefix(REFERENCES)])
        return f"{labels[name]} [{name}]"

    layout = spreadsheet.Layout(
        header=header,
        filled=tuple(labels),
        widths={"participant": 14} | {code: 44 for code in labels} | {f"{REFERENCES}{code}": 22 for code in labels},
        frozen="participant",
        title=message("framework.sheet", lang),
        help_title=message("framework.help_title", lang),
        how_to=message("framework.how_to", lang),
        hidden=(),
    )
    path.write_bytes(spreadsheet.to_bytes(wide, path, layout, lang))


def read(path: str | Path) -> pd.DataFrame:
    """Return what was written in the cells of the file at `path`: `participant`, `code`, `text`, empty cells left out.

    Raises `PeerqualError` when there is no such file, it is no table, or has no column of participants.
    """
    import pandas as pd

    names = spreadsheet.names_of(("participant",), lambda name, lang: message(f"framework.{name}", lang))
    table = spreadsheet.read(Path(path), names)
    if "participant" not in table.columns:
        raise PeerqualError("framework.no_participants", where=path)
    themes = {column: found[1] for column in map(str, table.columns) if (found := _CODE.search(column))}
    rows = [
        (str(row["participant"]).strip(), code, str(row[column]).strip())
        for row in table.fillna("").to_dict("records")
        for column, code in themes.items()
        if str(row[column]).strip()
    ]
    return pd.DataFrame(rows, columns=["participant", "code", "text"])
