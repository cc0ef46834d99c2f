"""The review of codings: ``peerqual review-codes``."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import console
from ..errors import UsageError, message
from .options import CodebookFile, Decisions, Json, Lang, one_of

if TYPE_CHECKING:
    import pandas as pd

    from ..study_codes import Place

_ORDERS = ("uncertainty", "interview", "random")
Order = Annotated[str, typer.Option("--order", help="cli.codes_order", metavar="|".join(_ORDERS), callback=one_of(*_ORDERS))]


def review_codes(
    inputs: Annotated[list[Path] | None, typer.Argument(help="cli.codes_inputs", metavar="INPUT")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="cli.codes_out", metavar="codes.xlsx")] = None,
    apply: Annotated[Path | None, typer.Option("--apply", help="cli.review_apply", metavar="codes.xlsx")] = None,
    undo: Annotated[int | None, typer.Option("--undo", min=0, help="cli.review_undo", metavar="N")] = None,
    listing: Annotated[bool, typer.Option("--list", help="cli.review_list")] = False,
    merge: Annotated[Path | None, typer.Option("--merge", help="cli.codes_merge", metavar="OTHER.jsonl")] = None,
    judged: Annotated[Path | None, typer.Option("--judged", help="cli.codes_judged", metavar="DIR")] = None,
    accept: Annotated[list[str] | None, typer.Option("--accept", help="cli.codes_accept", metavar="CODE[:KAPPA]")] = None,
    coder: Annotated[str, typer.Option("--coder", help="cli.codes_coder", metavar="NAME")] = "",
    order: Order = "uncertainty",
    seed: Annotated[int, typer.Option("--seed", help="cli.codes_seed", metavar="N")] = 0,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="cli.codes_limit", metavar="N")] = None,
    code: Annotated[list[str] | None, typer.Option("--code", help="cli.codes_code", metavar="CODE")] = None,
    document: Annotated[list[str] | None, typer.Option("--document", help="cli.codes_document", metavar="ID")] = None,
    everything: Annotated[bool, typer.Option("--all", help="cli.review_all")] = False,
    disputed: Annotated[bool, typer.Option("--disputed", help="cli.codes_disputed")] = False,
    blind: Annotated[bool, typer.Option("--blind", help="cli.codes_blind")] = False,
    silences: Annotated[float, typer.Option("--silences", min=0, max=1, help="cli.codes_silences", metavar="SHARE")] = 0.5,
    transcripts: Annotated[Path | None, typer.Option("--transcripts", help="cli.transcripts", metavar="DIR")] = None,
    decisions: Decisions = None,
    codebook: CodebookFile = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Write the table of codings to read, or read it back."""
    from .. import study_codes

    tasks = [given is not None for given in (out, apply, undo, merge, judged, accept or None)]
    if sum((*tasks, listing)) != 1 or (blind and (code or disputed or everything)):
        raise UsageError("cli.codes_one_of")
    needed = any(given is not None for given in (out, apply, judged, accept or None))
    place = study_codes.place_of(inputs or (), transcripts=transcripts, decisions=decisions, codebook=codebook, texts=needed)
    if out is not None:
        asked = {"order": order, "seed": seed, "codes": code or (), "documents": document or (), "everything": everything, "disputes": disputed}
        asked |= {"limit": limit, "coder": coder, "blind": blind, "silences": silences}
        rows = len(study_codes.write_codes(place, out, lang=lang, **asked))
        return _said("cli.codes_written_blind" if blind else "cli.codes_written", lang, json, n=rows, path=out)
    if apply is not None:
        return _said("cli.codes_applied", lang, json, n=study_codes.apply_codes(place, apply, coder=coder))
    if undo is not None:
        return _said("cli.review_undone", lang, json, n=study_codes.undo_codes(place.decisions, undo))
    if judged is not None:
        return _said("cli.codes_judged_written", lang, json, n=len(study_codes.write_judged(place, judged, coder=coder)), path=judged)
    if accept:
        return _accepted(place, accept, seed, lang, json)
    if merge is not None:
        return _merged(place, merge, coder, lang, json)
    stands = study_codes.code_decisions(place.decisions)
    console.table(stands if json else _in_words(stands, lang), lang, json, title="cli.codes_list_title")
    return 0


def _in_words(stands: pd.DataFrame, lang: str | None) -> pd.DataFrame:
    """Return decisions as a person reads them: verdicts in `lang`, a mark where they are blind, the minute."""
    said = [message(f"review_codes.verdict_{verdict}", lang) for verdict in stands["verdict"]]
    return stands.assign(verdict=said, blind=stands["blind"].map({True: "✓", False: ""}), at=stands["at"].str[:16].str.replace("T", " "))


def _accepted(place: Place, codes: list[str], seed: int, lang: str | None, json: bool) -> int:
    """Accept without a person the codes that are good enough, and show what they were judged by."""
    from .. import study_accept

    found = study_accept.accept_alone(place, dict(map(study_accept.asked_of, codes)), seed=seed)
    console.table(found.round(2), lang, json, title="cli.codes_accept_title")
    if not json:
        console.say("cli.codes_accepted", lang, n=int(found["accepted"].sum()))
    return 0


def _merged(place: Place, other: Path, coder: str, lang: str | None, json: bool) -> int:
    """Join another log; return 3 when coders disagree."""
    from .. import study_codes
    from ..coding.review.verdicts import spoken

    n, disputes = study_codes.merge_codes(place.decisions, other, coder=coder)
    if not json:
        console.say("cli.codes_merged", lang, n=n, disputes=len(disputes))
    shown = disputes.drop(columns="text_hash")
    if not json:
        shown = shown.assign(verdicts=[spoken(line, lang) for line in shown["verdicts"]])
    console.table(shown, lang, json, title="cli.codes_disputes_title")
    return 3 if len(disputes) else 0


def _said(key: str, lang: str | None, json: bool, **values: object) -> int:
    if json:
        print(jsonlib.dumps({name: str(value) if isinstance(value, Path) else value for name, value in values.items()}))
    else:
        console.say(key, lang, **values)
    return 0


COMMANDS: dict[str, Callable[..., int]] = {"review-codes": review_codes}
