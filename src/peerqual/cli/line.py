"""The commands of the whole line: from transcripts to a report, and each stage alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from .. import console
from ..errors import UsageError
from .options import (
    By,
    CodebookFile,
    Decisions,
    EncoderDir,
    ExcelFr,
    Excerpts,
    Format,
    Formats,
    Grid,
    Inference,
    Inputs,
    Jobs,
    Json,
    Keep,
    KeyFile,
    Lang,
    Material,
    ModelFile,
    Names,
    Out,
    Overwrite,
    Participants,
    PassphraseFile,
    Profile,
    ReportProfile,
    Review,
    SpacyModel,
    StatusFile,
    Style,
    TemplateDir,
    listed,
)


def run(
    inputs: Annotated[list[Path] | None, typer.Argument(help="cli.run_inputs", metavar="INPUT")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="cli.out", metavar="DIR")] = None,
    codebook: CodebookFile = None,
    model: ModelFile = "default",
    encoder: EncoderDir = None,
    participants: Participants = None,
    material: Material = None,
    key: KeyFile = None,
    passphrase_file: PassphraseFile = None,
    keep: Keep = None,
    style: Style = "study",
    review: Review = "replace",
    names: Names = "pseudonyms",
    profile: Profile = None,
    excerpts: Excerpts = None,
    grid: Grid = False,
    template: TemplateDir = None,
    formats: Formats = None,
    by: By = None,
    inference: Inference = False,
    spacy_model: SpacyModel = None,
    status: StatusFile = None,
    jobs: Jobs = 1,
    overwrite: Overwrite = False,
    excel_fr: ExcelFr = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Go the whole way: from transcripts to a report."""
    from .. import study
    from ..anonymization.unlock import open_key
    from ..reporting.outputs import check_free
    from ..study_folder import SETTINGS, StudyFolder

    with console.progress(lang) as stage:
        if not inputs or (out is None and len(inputs) == 1 and (inputs[0] / SETTINGS).exists()):
            folder = StudyFolder.open(inputs[0] if inputs else Path())
            check_free(folder.reports, overwrite=overwrite)
            opened = open_key(folder.key, console.asker(passphrase_file, lang))
            result = folder.run(
                key=opened,
                encoder=encoder,
                excerpts=excerpts,
                grid=grid,
                template=template,
                formats=listed(formats),
                by=by or (),
                inference=inference,
                jobs=jobs,
                overwrite=overwrite,
                lang=lang,
                progress=stage,
            )
        elif out is None:
            raise UsageError("cli.no_out")
        else:
            check_free(out, overwrite=overwrite)
            opened = open_key(key or out.with_name(f"{out.name}.key"), console.asker(passphrase_file, lang), outside=out)
            result = study.run(
                list(inputs),
                out,
                codebook=codebook,
                model=console.model(model),
                encoder=encoder,
                participants=participants,
                material=material,
                key=opened,
                keep=keep or (),
                style=style,
                review=review,
                names=names,
                profile=profile,
                excerpts=excerpts,
                grid=grid,
                template=template,
                formats=listed(formats),
                by=by or (),
                inference=inference,
                lang=lang,
                spacy_model=spacy_model,
                status=status,
                jobs=jobs,
                overwrite=overwrite,
                excel_fr=excel_fr,
                progress=stage,
            )
    if inference and not json:
        console.say("inference.caution", lang)
    return console.finished(result, lang, json)


def read(
    inputs: Inputs,
    participants: Annotated[Path | None, typer.Option("--participants", help="cli.participants_draft", metavar="F")] = None,
    material: Material = None,
    turns: Annotated[Path | None, typer.Option("--turns", help="cli.turns", metavar="F.csv")] = None,
    memos: Annotated[Path | None, typer.Option("--memos", help="cli.memos", metavar="F.csv")] = None,
    status: StatusFile = None,
    resume: Annotated[bool, typer.Option("--resume", help="cli.resume")] = False,
    jobs: Jobs = 1,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Print what was understood of each transcript."""
    from .. import transcripts
    from ..reporting.outputs import write_csv

    draft = participants if participants is not None and not participants.exists() else None
    if resume and (status is None or any((turns, memos, draft))):
        raise UsageError("cli.no_status" if status is None else "cli.resume_part")
    lines = transcripts.Status(status, resume=resume, options=material or "") if status is not None else None
    with console.progress(lang) as stage:
        corpus = transcripts.read(
            list(inputs),
            participants=None if draft else participants,
            material=material,
            jobs=jobs,
            progress=lambda done, total: stage("read", done, total),
            status=lines,
        )
    if turns is not None:
        write_csv(transcripts.turns_table(corpus), turns)
    if memos is not None:
        write_csv(transcripts.memos_table(corpus), memos)
    if draft is not None:
        write_csv(transcripts.draft_participants(corpus), draft)
    console.table(transcripts.overview(corpus, lang), lang, json, title="cli.read_title")
    if not json:
        console.table(transcripts.merges_table(corpus), lang, json, title="cli.merges_title")
        doubts = transcripts.doubts_table(corpus, lang=lang)
        doubts["line"] = doubts["line"].astype(str).replace("0", "–")  # of the whole file
        console.table(doubts, lang, json, title="cli.doubts_title")
        if lines is not None and lines.skipped:
            console.say("cli.resumed", lang, n=lines.skipped, path=status)
        if draft is not None:
            console.say("cli.drafted", lang, path=draft)
    return console.failures(corpus.failures, lang)


def anonymize(
    inputs: Inputs,
    out: Annotated[Path | None, typer.Option("--out", help="cli.out", metavar="DIR")] = None,
    participants: Participants = None,
    material: Material = None,
    key: KeyFile = None,
    passphrase_file: PassphraseFile = None,
    keep: Keep = None,
    style: Style = "study",
    review: Review = "replace",
    names: Names = "pseudonyms",
    profile: Profile = None,
    format: Format = "txt",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.dry_run")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="cli.explain")] = False,
    mentions: Annotated[Path | None, typer.Option("--mentions", help="cli.mentions", metavar="F.csv")] = None,
    spacy_model: SpacyModel = None,
    status: StatusFile = None,
    jobs: Jobs = 1,
    overwrite: Overwrite = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Pseudonymize transcripts, or only list what was found."""
    from .. import study
    from ..anonymization.tables import explain as explained
    from ..anonymization.unlock import open_key
    from ..reporting.outputs import check_free

    with console.progress(lang) as stage:
        if dry_run or explain:
            table, failures = study.list_mentions(
                list(inputs),
                mentions,
                out=out,
                participants=participants,
                material=material,
                keep=keep or (),
                spacy_model=spacy_model,
                jobs=jobs,
                progress=stage,
            )
            if explain:
                console.table(explained(table, lang), lang, json, title="cli.explain_title")
            else:
                console.mentions_summary(table, lang, json)
            return console.failures(failures, lang)
        if out is None:
            raise UsageError("cli.no_out")
        check_free(out, overwrite=overwrite)
        opened = open_key(key or out.with_name(f"{out.name}.key"), console.asker(passphrase_file, lang), outside=out)
        result = study.anonymize_to(
            list(inputs),
            out,
            participants=participants,
            material=material,
            key=opened,
            keep=keep or (),
            style=style,
            review=review,
            names=names,
            profile=profile,
            format=format,
            spacy_model=spacy_model,
            status=status,
            jobs=jobs,
            overwrite=overwrite,
            progress=stage,
        )
    return console.finished(result, lang, json)


def code(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", help="cli.codings_out", metavar="codings.csv")],
    codebook: CodebookFile = None,
    model: ModelFile = "default",
    encoder: EncoderDir = None,
    participants: Participants = None,
    material: Material = None,
    decisions: Decisions = None,
    status: StatusFile = None,
    jobs: Jobs = 1,
    overwrite: Overwrite = False,
    excel_fr: ExcelFr = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Code transcripts as they stand."""
    from .. import study

    with console.progress(lang) as stage:
        codings, failures = study.code_to(
            list(inputs),
            out,
            codebook=codebook,
            model=console.model(model),
            encoder=encoder,
            participants=participants,
            material=material,
            decisions=decisions,
            status=status,
            jobs=jobs,
            overwrite=overwrite,
            excel_fr=excel_fr,
            progress=stage,
        )
    console.codings_summary(codings, out, lang, json)
    return console.failures(failures, lang)


def report(
    codings: Annotated[Path, typer.Argument(help="cli.codings", metavar="codings.csv")],
    transcripts: Annotated[list[Path], typer.Option("--transcripts", help="cli.transcripts", metavar="DIR")],
    out: Out,
    codebook: CodebookFile = None,
    participants: Participants = None,
    by: By = None,
    inference: Inference = False,
    profile: ReportProfile = None,
    excerpts: Excerpts = None,
    grid: Grid = False,
    template: TemplateDir = None,
    formats: Formats = None,
    overwrite: Overwrite = False,
    excel_fr: ExcelFr = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Make tables, figures and report of codings."""
    from .. import study

    with console.progress(lang) as stage:
        result = study.report_to(
            codings,
            list(transcripts),
            out,
            codebook=codebook,
            participants=participants,
            by=by or (),
            inference=inference,
            profile=profile,
            excerpts=excerpts,
            grid=grid,
            template=template,
            formats=listed(formats),
            lang=lang,
            overwrite=overwrite,
            excel_fr=excel_fr,
            progress=stage,
        )
    if inference and not json:
        console.say("inference.caution", lang)
    return console.finished(result, lang, json)


COMMANDS: dict[str, Callable[..., int]] = {"run": run, "read": read, "anonymize": anonymize, "code": code, "report": report}
