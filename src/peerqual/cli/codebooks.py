"""The commands on a codebook that read it: ``peerqual codebook check``, ``test``, ``explain``, ``suggest``; those that change it stand beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import console
from ..errors import UsageError
from ..model import ROLES
from . import codebook_changes, codebook_themes
from .options import CodebookArgument, CodebookFile, EncoderDir, Json, Lang, ModelFile, one_of

if TYPE_CHECKING:
    import pandas as pd

    from ..codebook import Codebook
    from ..model import Corpus

_Role = one_of(*ROLES)
Code = Annotated[str, typer.Argument(help="cli.code_arg", metavar="CODE")]
Role = Annotated[str, typer.Option("--role", help="cli.explain_role", metavar="ROLE", callback=_Role)]
BeforeRole = Annotated[str, typer.Option("--before-role", help="cli.explain_before_role", metavar="ROLE", callback=_Role)]
Statuses = Annotated[str, typer.Option("--status", help="cli.suggest_status", metavar="accepted|all", callback=one_of("accepted", "all"))]


def codebook_check(file: CodebookArgument = None, lang: Lang = None, json: Json = False) -> int:
    """Name every fault of a codebook."""
    from .. import codebook, resources

    faults = codebook.check(resources.codebook_path(file))
    return console.faults(faults, lang, json)


def codebook_test(
    file: CodebookArgument = None,
    model: Annotated[str, typer.Option("--model", help="cli.test_model", metavar="none|default|F")] = "none",
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Run a codebook's examples and counter-examples."""
    from ..codebook import Codebook
    from ..coding import check_examples
    from ..resources import model_path

    path = model_path(console.model(model))
    if not json:
        console.say("cli.test_with_model" if path else "cli.test_with_rules", lang)
    return console.examples(check_examples(Codebook.load(file), model=path), lang, json)


def codebook_explain(
    code: Code,
    sentence: Annotated[str, typer.Argument(help="cli.explain_sentence", metavar="SENTENCE")],
    before: Annotated[str, typer.Option("--before", help="cli.explain_before", metavar="WORDS")] = "",
    before_role: BeforeRole = "respondent",
    role: Role = "respondent",
    section: Annotated[str, typer.Option("--section", help="cli.explain_section", metavar="WORDS")] = "",
    codebook: CodebookFile = None,
    model: ModelFile = "default",
    encoder: EncoderDir = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Show why a code is proposed for a sentence, or is not."""
    from ..codebook import Codebook
    from ..coding.explaining import explain
    from ..errors import PeerqualError
    from ..resources import model_path
    from .explanations import as_json, explained

    path = model_path(console.model(model))
    asked = {"role": role, "before": before, "before_role": before_role, "section": section}
    told = explain(Codebook.load(codebook), code, sentence, model=path, encoder=str(encoder or ""), **asked)
    if not told:
        raise PeerqualError("explain.no_words")
    lines = [as_json(told)] if json else [line for one in told for line in explained(one, lang, learned=bool(path))]
    print("\n".join(lines))
    return 0


def codebook_suggest(
    code: Code,
    codings: Annotated[Path, typer.Option("--codings", help="cli.suggest_codings", metavar="STUDY|F.csv")],
    transcripts: Annotated[Path | None, typer.Option("--transcripts", help="cli.transcripts", metavar="DIR")] = None,
    codebook: CodebookFile = None,
    status: Statuses = "accepted",
    limit: Annotated[int, typer.Option("--limit", min=1, help="cli.suggest_limit", metavar="N")] = 30,
    out: Annotated[Path | None, typer.Option("--out", help="cli.suggest_out", metavar="F.csv")] = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Propose terms that tell a code's passages from all others."""
    from ..coding.suggesting import suggest
    from ..reporting.outputs import write_csv

    table, corpus, book = _coded(codings, transcripts, codebook)
    statuses = ("accepted", "added") if status == "accepted" else ("accepted", "added", "proposed")
    found = suggest(table, corpus, book, code, statuses=statuses, limit=limit)
    if out is not None:
        write_csv(found, out)
    if json:
        print(found.to_json(orient="records", force_ascii=False))
        return 0
    _print_suggestions(found, corpus, code, status, lang)
    if out is not None:
        console.say("suggest.done", lang, path=out)
    return 0


def _coded(codings: Path, transcripts: Path | None, codebook: Path | None) -> tuple[pd.DataFrame, Corpus, Codebook]:
    from ..codebook import Codebook
    from ..codebook_history import carried_table
    from ..coding import CODING_COLUMNS
    from ..reporting.outputs import read_csv
    from ..study_codes import study_of
    from ..transcripts import read

    if (study := study_of(codings, codebook=codebook)) is not None:
        return study.judged()
    if transcripts is None:
        raise UsageError("review_codes.no_transcripts", where="--transcripts")
    book = Codebook.load(codebook)
    return carried_table(read_csv(codings, CODING_COLUMNS), book), read(transcripts), book


def _print_suggestions(found: pd.DataFrame, corpus: Corpus, code: str, status: str, lang: str | None) -> None:
    from .explanations import suggested

    if status == "all":
        console.say("suggest.from_proposals", lang)
    console.say("suggest.none" if found.empty else "suggest.title", lang, code=code)
    for line in suggested(found, corpus, lang):
        print(line)


COMMANDS: dict[str, Callable[..., int]] = {
    "check": codebook_check,
    "test": codebook_test,
    "explain": codebook_explain,
    "suggest": codebook_suggest,
    **codebook_changes.COMMANDS,
    **codebook_themes.COMMANDS,
}
