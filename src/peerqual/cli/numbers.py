"""The command ``peerqual numbers``: what documents count, with its source. (Figures that are drawn are « figures » elsewhere.)"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from .. import console
from ..errors import message
from .options import ExcelFr, Inputs, Json, Lang, Overwrite

_SHOWN = ["document", "figure", "what", "year", "source"]


def numbers(
    inputs: Inputs,
    out: Annotated[Path | None, typer.Option("--out", help="cli.numbers_out", metavar="F.csv")] = None,
    overwrite: Overwrite = False,
    excel_fr: ExcelFr = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """List the figures of documents with what they count and who is named as their source."""
    from .. import study_tables

    with console.progress(lang) as stage:
        stage("read")
        found, corpus = study_tables.numbers_of(inputs, out=out, overwrite=overwrite, excel_fr=excel_fr)
    if json:
        console.table(found, lang, json, title="cli.numbers_title", n=len(found), sourced=int(found["sourced"].sum()))
    elif out is None:
        year, source = (
            found["year"].astype(object).where(found["year"].notna(), ""),
            found["source"].where(found["sourced"], message("cli.unsourced", lang)),
        )
        shown = found[_SHOWN].assign(year=year, source=source).rename(columns={"what": "counted"})
        console.table(shown, lang, json, title="cli.numbers_title", n=len(found), sourced=int(found["sourced"].sum()))
    else:
        console.say("cli.done", lang, path=out)
        console.say("cli.numbers_title", lang, n=len(found), sourced=int(found["sourced"].sum()))
    return console.failures(corpus.failures, lang)


COMMANDS: dict[str, Callable[..., int]] = {"numbers": numbers}
