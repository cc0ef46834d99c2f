"""Commands for tables asked for one at a time: ``peerqual concordance``, ``framework``, ``variables``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from .. import console
from ..errors import UsageError
from ..model import ROLES
from .options import CodebookFile, ExcelFr, Jobs, Json, Lang, Overwrite, Participants, one_of

_SHOWN = 200  # lines of a concordance on a screen
_UNITS = ("turn", "sentence", "document")
Codings = Annotated[Path, typer.Argument(help="cli.codings", metavar="codings.csv")]
Transcripts = Annotated[list[Path], typer.Option("--transcripts", help="cli.transcripts", metavar="DIR")]
Unit = Annotated[str, typer.Option("--unit", help="cli.concordance_unit", metavar="|".join(_UNITS), callback=one_of(*_UNITS))]
Role = Annotated[str | None, typer.Option("--role", help="cli.concordance_role", metavar="R", callback=one_of(*ROLES))]


def concordance(
    query: Annotated[str, typer.Argument(help="cli.concordance_query", metavar="QUERY")],
    inputs: Annotated[list[Path], typer.Argument(help="cli.inputs", metavar="INPUT")],
    codings: Annotated[Path | None, typer.Option("--codings", help="cli.concordance_codings", metavar="codings.csv")] = None,
    codebook: CodebookFile = None,
    participants: Participants = None,
    code: Annotated[str | None, typer.Option("--code", help="cli.concordance_code", metavar="CODE")] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", help="cli.concordance_speaker", metavar="NAME")] = None,
    role: Role = None,
    attribute: Annotated[list[str] | None, typer.Option("--attribute", help="cli.concordance_attribute", metavar="NAME=VALUE")] = None,
    unit: Unit = "turn",
    window: Annotated[int, typer.Option("--window", min=0, help="cli.concordance_window", metavar="N")] = 45,
    out: Annotated[Path | None, typer.Option("--out", help="cli.concordance_out", metavar="F.csv")] = None,
    overwrite: Overwrite = False,
    excel_fr: ExcelFr = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Find words and codes in their context."""
    from .. import study_tables

    with console.progress(lang) as stage:
        stage("read")
        found, corpus = study_tables.search(
            query,
            inputs,
            codings=codings,
            codebook=codebook,
            participants=participants,
            code=code,
            speaker=speaker,
            role=role,
            attribute=dict(_pair(word) for word in attribute or ()),
            unit=unit,
            window=window,
            out=out,
            overwrite=overwrite,
            excel_fr=excel_fr,
        )
    if json:
        console.table(found, lang, json, title="cli.concordance_title", n=len(found))
    elif out is not None:
        console.say("cli.done", lang, path=out)
    else:
        shown = found[["document", "line", "speaker", "left", "hit", "right"]].head(_SHOWN)
        shown = shown.rename(columns={"left": "before", "right": "after"})
        console.table(shown, lang, json, title="cli.concordance_title", n=len(found))
        if len(found) > _SHOWN or found.empty:
            console.say("cli.concordance_more" if len(found) else "cli.concordance_nothing", lang, n=len(found) - len(shown))
    return console.failures(corpus.failures, lang)


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals:
        raise UsageError("cli.concordance_pair", where="--attribute")
    return name, value


def framework(
    codings: Codings,
    transcripts: Transcripts,
    out: Annotated[Path, typer.Option("--out", help="cli.framework_out", metavar="F.xlsx")],
    filled: Annotated[Path | None, typer.Option("--filled", help="cli.framework_filled", metavar="F.xlsx")] = None,
    code: Annotated[list[str] | None, typer.Option("--code", help="cli.framework_code", metavar="CODE")] = None,
    codebook: CodebookFile = None,
    participants: Participants = None,
    overwrite: Overwrite = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Write the matrix of participants and themes."""
    from .. import study_tables

    with console.progress(lang) as stage:
        stage("read")
        matrix, corpus = study_tables.write_framework(
            codings,
            transcripts,
            out,
            codebook=codebook,
            participants=participants,
            codes=code or (),
            filled=filled,
            lang=lang,
            overwrite=overwrite,
        )
    if json:
        console.table(matrix, lang, json, title="cli.done")
    else:
        console.say("cli.done", lang, path=out)
        console.say("cli.framework_done", lang, people=matrix["participant"].nunique(), themes=matrix["code"].nunique())
    return console.failures(corpus.failures, lang)


def variables(
    questions: Annotated[Path, typer.Argument(help="cli.variables_questions", metavar="variables.yaml")],
    inputs: Annotated[list[Path], typer.Argument(help="cli.inputs", metavar="INPUT")],
    out: Annotated[Path | None, typer.Option("--out", help="cli.variables_out", metavar="F")] = None,
    answers: Annotated[Path | None, typer.Option("--answers", help="cli.variables_answers", metavar="F.xlsx")] = None,
    participants: Participants = None,
    jobs: Jobs = 1,
    overwrite: Overwrite = False,
    excel_fr: ExcelFr = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Answer closed questions about interviews."""
    from .. import study_tables

    with console.progress(lang) as stage:
        stage("read")
        table, corpus = study_tables.variables_of(
            questions,
            inputs,
            answers=answers,
            participants=participants,
            out=out,
            overwrite=overwrite,
            excel_fr=excel_fr,
            jobs=jobs,
            lang=lang,
        )
    shown = table if json else table[["variable", "label", "documents", "documents_total", "answered", "proposed", "ids"]]
    console.table(shown, lang, json, title="cli.variables_title")
    if not json:
        if out is not None:
            console.say("cli.done", lang, path=out)
        if table["proposed"].any():
            console.say("cli.variables_unread", lang, n=int(table["proposed"].sum()))
    return console.failures(corpus.failures, lang)


COMMANDS: dict[str, Callable[..., int]] = {"concordance": concordance, "framework": framework, "variables": variables}
