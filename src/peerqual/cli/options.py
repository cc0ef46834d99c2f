"""The arguments and options that several commands share, so that one name means one thing everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import UsageError
from ..model import MATERIALS

FORMS = ("docx", "xlsx", "latex", "png", "pdf")  # `reporting.forms.FORMATS`, which is not imported for a page of help


def one_of(*choices: str) -> Callable[[Any, str | None], str | None]:
    """Return a check that an option's value, where given, is one of `choices`; raises `UsageError` with all of them."""

    def check(parameter: typer.CallbackParam, value: str | None) -> str | None:
        if value is not None and value not in choices:
            raise UsageError("cli.bad_choice", where=parameter.opts[0], choices=", ".join(choices))
        return value

    return check


def some_of(*choices: str) -> Callable[[Any, str | None], str | None]:
    """Return a check that an option's value, where given, lists some of `choices`; raises `UsageError` with all of them."""

    def check(parameter: typer.CallbackParam, value: str | None) -> str | None:
        for word in listed(value):
            one_of(*choices)(parameter, word)
        return value

    return check


def listed(words: str | None) -> tuple[str, ...]:
    """Return what an option's value, separated by commas, lists."""
    return tuple(word.strip().casefold() for word in (words or "").split(",") if word.strip())


Inputs = Annotated[list[Path], typer.Argument(help="cli.inputs", metavar="INPUT")]
Out = Annotated[Path, typer.Option("--out", help="cli.out", metavar="DIR")]
CodebookFile = Annotated[Path | None, typer.Option("--codebook", help="cli.codebook_file", metavar="F")]
Participants = Annotated[Path | None, typer.Option("--participants", help="cli.participants", metavar="F")]
Material = Annotated[str | None, typer.Option("--material", help="cli.material", metavar="M", callback=one_of(*MATERIALS))]
KeyFile = Annotated[Path | None, typer.Option("--key", help="cli.key", metavar="F")]
PassphraseFile = Annotated[Path | None, typer.Option("--passphrase-file", help="cli.passphrase_file", metavar="F")]
Keep = Annotated[list[str] | None, typer.Option("--keep", help="cli.keep", metavar="NAME")]
Style = Annotated[str, typer.Option("--style", help="cli.style", metavar="S", callback=one_of("study", "fluent", "literal", "bracket"))]
Format = Annotated[str, typer.Option("--format", help="cli.format", metavar="txt|same", callback=one_of("txt", "same"))]
Review = Annotated[str, typer.Option("--review", help="cli.review", metavar="replace|keep", callback=one_of("replace", "keep"))]
Names = Annotated[str, typer.Option("--names", help="cli.names", metavar="W", callback=one_of("pseudonyms", "codes"))]
Profile = Annotated[str | None, typer.Option("--profile", help="cli.profile", metavar="P", callback=one_of("internal", "team", "publication"))]
ReportProfile = Annotated[
    str | None, typer.Option("--profile", help="excerpts.profile", metavar="P", callback=one_of("internal", "team", "publication"))
]
Excerpts = Annotated[Path | None, typer.Option("--excerpts", help="excerpts.file", metavar="F.csv")]
TemplateDir = Annotated[Path | None, typer.Option("--template", help="template.option", metavar="DIR")]
Formats = Annotated[str | None, typer.Option("--formats", help="formats.option", metavar="F,F", callback=some_of(*FORMS))]
Grid = Annotated[bool, typer.Option("--grid", help="excerpts.grid")]
By = Annotated[list[str] | None, typer.Option("--by", help="cli.by", metavar="COLUMN")]
CodebookArgument = Annotated[Path | None, typer.Argument(help="cli.codebook_arg", metavar="F")]
Inference = Annotated[bool, typer.Option("--inference", help="inference.option")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="cli.jobs", metavar="N")]
Lang = Annotated[str | None, typer.Option("--lang", help="cli.lang", metavar="fr|en", callback=one_of("fr", "en"))]
Json = Annotated[bool, typer.Option("--json", help="cli.json")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="cli.overwrite")]
ExcelFr = Annotated[bool, typer.Option("--excel-fr", help="cli.excel_fr")]
Decisions = Annotated[Path | None, typer.Option("--decisions", help="cli.decisions", metavar="F.jsonl")]
NoOpen = Annotated[bool, typer.Option("--no-open", help="cli.no_open")]
StatusFile = Annotated[Path | None, typer.Option("--status", help="cli.status", metavar="F.jsonl")]
SpacyModel = Annotated[str | None, typer.Option("--spacy-model", help="cli.spacy_model", metavar="NAME")]
StudyDir = Annotated[Path, typer.Option("--study", help="cli.study_folder", metavar="DIR")]
Yes = Annotated[bool, typer.Option("--yes", help="cli.yes")]
ModelFile = Annotated[str, typer.Option("--model", help="cli.model", metavar="default|none|F")]
EncoderDir = Annotated[Path | None, typer.Option("--encoder", help="encoder.option", metavar="FOLDER")]
