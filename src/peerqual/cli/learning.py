"""The command that learns from decisions: ``peerqual learn``."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import console
from ..errors import UsageError, message
from .options import CodebookFile, Decisions, Json, Lang

if TYPE_CHECKING:
    import pandas as pd

    from ..study_learn import LearnResult


def learn(
    inputs: Annotated[list[Path] | None, typer.Argument(help="cli.learn_inputs", metavar="STUDY")] = None,
    transcripts: Annotated[Path | None, typer.Option("--transcripts", help="cli.learn_transcripts", metavar="DIR")] = None,
    decisions: Decisions = None,
    codebook: CodebookFile = None,
    model: Annotated[str, typer.Option("--model", help="cli.learn_model", metavar="default|none|F")] = "default",
    encoder: Annotated[Path | None, typer.Option("--encoder", help="encoder.learn", metavar="FOLDER")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="cli.learn_out", metavar="F.npz")] = None,
    use: Annotated[bool, typer.Option("--use", help="cli.learn_use")] = False,
    min_participants: Annotated[int, typer.Option("--min-participants", min=3, help="cli.learn_least", metavar="N")] = 3,
    seed: Annotated[int, typer.Option("--seed", help="cli.learn_seed", metavar="N")] = 0,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Make a model of the study of what people decided."""
    from .. import study_codes, study_learn
    from ..study_folder import SETTINGS

    place = None
    if encoder is None or out is None or inputs or transcripts or decisions or Path(SETTINGS).exists():
        place = study_codes.place_of(inputs or (), transcripts=transcripts, decisions=decisions, codebook=codebook, texts=False)
        if not place.is_study and transcripts is None:
            raise UsageError("review_codes.no_transcripts", where="--transcripts")
    asked: dict[str, Any] = {"model": console.model(model), "encoder": encoder, "least": min_participants, "seed": seed, "use": use}
    with console.progress(lang) as stage:
        result = study_learn.learn(place, out, progress=stage, **asked)
    _print(result, lang, json)
    return 0


def _print(result: LearnResult, lang: str | None, json: bool) -> None:
    if json:
        said = [{"key": key.partition(".")[2], "message": message(key, lang, **values)} for key, values in result.said]
        path = str(result.path) if result.path is not None else None
        print(jsonlib.dumps({"out": path, "codes": jsonlib.loads(result.table.to_json(orient="records")), "said": said}, ensure_ascii=False))
        return
    console.table(_shown(result.table, lang), lang, False, title="cli.learn_title")
    for key, values in result.said:
        console.say(key, lang, **values)
    if result.path is not None:
        console.say("cli.done", lang, path=result.path)


def _shown(table: pd.DataFrame, lang: str | None) -> pd.DataFrame:
    import pandas as pd

    from .evaluations import rate

    gains = table[["gain", "gain_low", "gain_high"]].to_numpy()
    return pd.DataFrame(
        {
            "code": [code or message("cli.learn_all", lang) for code in table["code"]],
            "judged": table["judged"],
            "carry": table["carry"],
            **{name: [rate(value, float("nan"), float("nan"), lang) for value in table[name]] for name in ("f1_before", "f1_after")},
            "gain": [rate(value, low, high, lang) for value, low, high in gains.tolist()],
            "outcome": [message(f"learn.outcome_{outcome}", lang) for outcome in table["outcome"]],
        }
    )


COMMANDS: dict[str, Callable[..., int]] = {"learn": learn}
