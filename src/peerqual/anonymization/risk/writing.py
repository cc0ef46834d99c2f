"""The checklist as a person reads it: tables with the words of a language, and one page of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import message
from .tables import Risk

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 40  # rows of a table on the page; the CSV has all
_COUNTED = re.compile(r"(\w+) (\d+)")


def localized(made: Risk, lang: str | None = None) -> Risk:
    """Return the tables with kinds, readers and changes named in `lang`; the columns keep their names."""

    def kinds(cell: str) -> str:
        named = _COUNTED.sub(lambda hit: f"{message(f'risk.kind_{hit[1]}', lang)} {hit[2]}", cell)
        return named or message("risk.nothing_noticed", lang)

    def readers(cell: str) -> str:
        named = ", ".join(message(f"risk.reader_{name}", lang) for name in cell.split())
        return named or message("risk.nothing_noticed", lang)

    people, excerpts, rare, changes = made.people, made.excerpts, made.rare, made.generalisations
    return replace(
        made,
        people=people.assign(reader=people["reader"].map(readers), left=people["left"].map(kinds), replaced=people["replaced"].map(kinds)),
        excerpts=excerpts.assign(
            left=excerpts["left"].map(kinds), replaced=excerpts["replaced"].map(kinds), readers=excerpts["readers"].map(readers)
        ),
        rare=rare.assign(kind=rare["kind"].map(lambda kind: message(f"risk.kind_{kind}", lang))),
        generalisations=changes.assign(change=changes["change"].map(lambda change: message(f"risk.change_{change}", lang))),
    )


def markdown(made: Risk, lang: str | None = None) -> str:
    """Return the checklist of `made` as Markdown in `lang`: for each person and reader what gives them away and a box, then the other tables."""
    told = localized(made, lang)
    return "\n".join((*_head(lang), *_people(told, lang), *_tables(made, told, lang))).rstrip() + "\n"


def _head(lang: str | None) -> Iterator[str]:
    yield "# " + message("risk.title", lang) + "\n"
    for name in ("what", "few", "judge"):
        yield message(f"risk.page_{name}", lang) + "\n"


def _people(told: Risk, lang: str | None) -> Iterator[str]:
    for who, rows in told.people.groupby("participant", sort=False):
        yield f"## {who}\n"
        for row in rows.itertuples():
            yield message("risk.page_line", lang, reader=row.reader, left=row.left, replaced=row.replaced)
        yield ""


def _tables(made: Risk, told: Risk, lang: str | None) -> Iterator[str]:
    alone = told.combinations[told.combinations["participants"] == 1]
    shown = {"rare": told.rare.drop(columns=["start", "end"]), "combinations": alone, "generalisations": told.generalisations}
    for name, table in shown.items():
        total = {"n": len(table), "total": len(made.combinations)}
        yield f"## {message(f'risk.page_{name}', lang)}\n"
        yield message(f"risk.page_{name}_what", lang, **total) + "\n"
        yield from _table(table, lang)


def _table(table: pd.DataFrame, lang: str | None) -> Iterator[str]:
    if table.empty:
        yield message("risk.nothing_noticed", lang) + "\n"
        return
    yield "| " + " | ".join(message(f"risk.column_{name}", lang) for name in table.columns) + " |"
    yield "|" + "---|" * len(table.columns)
    for row in table.head(_SHOWN).itertuples(index=False):
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
    if len(table) > _SHOWN:
        yield "\n" + message("risk.more", lang, n=len(table) - _SHOWN)
    yield ""
