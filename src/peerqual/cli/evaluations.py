"""The command that holds codings against codings: ``peerqual evaluate A B``."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import console
from ..errors import language, message
from .options import CodebookFile, ExcelFr, Json, Lang, Overwrite, one_of

if TYPE_CHECKING:
    import pandas as pd

    from ..study_evaluate import Evaluation

SHOWN = 15  # confusions
FIGURES = ("precision", "recall", "f1", "cohen_kappa")


def evaluate(
    a: Annotated[Path, typer.Argument(help="cli.evaluate_a", metavar="A")],
    b: Annotated[Path, typer.Argument(help="cli.evaluate_b", metavar="B")],
    transcripts: Annotated[list[Path] | None, typer.Option("--transcripts", help="cli.evaluate_transcripts", metavar="DIR")] = None,
    codebook: CodebookFile = None,
    unit: Annotated[
        str, typer.Option("--unit", help="cli.evaluate_unit", metavar="U", callback=one_of("sentence", "turn", "character"))
    ] = "sentence",
    units: Annotated[Path | None, typer.Option("--units", help="cli.evaluate_units", metavar="F.csv")] = None,
    status: Annotated[str, typer.Option("--status", help="cli.evaluate_status", metavar="all|S,S")] = "all",
    status_a: Annotated[str, typer.Option("--status-a", help="cli.evaluate_status_a", metavar="all|S,S")] = "all",
    parents: Annotated[bool, typer.Option("--parents", help="cli.evaluate_parents")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="cli.evaluate_out", metavar="DIR")] = None,
    overwrite: Overwrite = False,
    excel_fr: ExcelFr = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Judge codings by a reference."""
    from .. import study_evaluate
    from ..reporting.outputs import check_free

    if out is not None:
        check_free(out, overwrite=overwrite)
    with console.progress(lang) as stage:
        result = study_evaluate.evaluate(
            a,
            b,
            list(transcripts) if transcripts else None,
            codebook=codebook,
            unit=unit,
            only=units,
            status=_statuses(status),
            status_a=_statuses(status_a),
            parents=parents,
            progress=stage,
        )
    study_evaluate.evaluate_to(out, result, overwrite=overwrite, excel_fr=excel_fr)
    _print(result, lang, json)
    if out is not None and not json:
        console.say("cli.done", lang, path=out)
    return console.failures(result.failures, lang)


def _statuses(words: str) -> tuple[str, ...]:
    return () if words == "all" else tuple(word.strip() for word in words.split(",") if word.strip())


def _print(result: Evaluation, lang: str | None, json: bool) -> None:
    if json:
        tables = {name: jsonlib.loads(getattr(result, name).to_json(orient="records")) for name in ("table", "confusions")}
        said = [{"key": key.partition(".")[2], "message": message(key, lang, **_said(values, lang))} for key, values in result.said]
        print(jsonlib.dumps({**tables, "disagreements": len(result.disagreements), "said": said}, ensure_ascii=False))
        return
    first = result.table.iloc[0]
    counts = {"n": _shown(first["units"], lang, 0), "documents": int(first["documents_total"])}
    unit = message(f"cli.unit_{first['unit']}", lang)
    console.table(_figures(result.table, lang), lang, False, title="cli.evaluate_title", unit=unit, **counts)
    confused = result.confusions[["code_a", "code_b", "count"]].replace("", "–").head(SHOWN)
    console.table(confused, lang, False, title="cli.evaluate_confusions_title")
    for key, about in result.said:
        console.say(key, lang, **_said(about, lang))


def _said(values: dict[str, Any], lang: str | None) -> dict[str, Any]:
    return {name: _shown(value, lang, 0) if isinstance(value, int) else value for name, value in values.items()}


def _figures(table: pd.DataFrame, lang: str | None) -> pd.DataFrame:
    import pandas as pd

    names = [code or message(f"cli.evaluate_{scope}", lang) for scope, code in zip(table["scope"], table["code"], strict=True)]
    counts = {name: [_shown(n, lang, 0) for n in table[name]] for name in ("units_b", "units_a")}
    rates = {name: [rate(row[0], row[1], row[2], lang) for row in table[[name, f"{name}_low", f"{name}_high"]].to_numpy()] for name in FIGURES}
    return pd.DataFrame({"code": names, **counts, **rates})


def rate(value: float, low: float, high: float, lang: str | None) -> str:
    """Return a rate with its interval where it has one, « – » where it has no value."""
    shown = _shown(value, lang, 2)
    joint = "\u202f; " if language(lang) == "fr" else ", "
    return shown if value != value or low != low else f"{shown} [{_shown(low, lang, 2)}{joint}{_shown(high, lang, 2)}]"


def _shown(value: Any, lang: str | None, decimals: int) -> str:
    import pandas as pd

    from ..language.typography import number

    return "–" if pd.isna(value) else number(round(float(value), decimals) + 0.0, language(lang), decimals)  # -0.0 + 0.0 is 0.0


COMMANDS: dict[str, Callable[..., int]] = {"evaluate": evaluate}
