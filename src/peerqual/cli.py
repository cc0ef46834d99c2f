"""The command line: a thin shell over `peerqual.study`. Texts stand in ``messages/cli.toml``; results go to stdout, progress to stderr.

Help strings of commands and parameters are keys of that file; `localize` puts the words of a language in their place.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from . import console
from .errors import PeerqualError, UsageError, message, speak
from .model import MATERIALS

app = typer.Typer(name="peerqual", help="cli.app", no_args_is_help=True, add_completion=False, rich_markup_mode=None)
codebook_app = typer.Typer(name="codebook", help="cli.codebook", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(codebook_app)


def one_of(*choices: str) -> Callable[[Any, str | None], str | None]:
    """Return a check that an option's value, where given, is one of `choices`; raises `UsageError` with all of them."""

    def check(parameter: typer.CallbackParam, value: str | None) -> str | None:
        if value is not None and value not in choices:
            raise UsageError("cli.bad_choice", where=parameter.opts[0], choices=", ".join(choices))
        return value

    return check


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
By = Annotated[list[str] | None, typer.Option("--by", help="cli.by", metavar="COLUMN")]
CodebookArgument = Annotated[Path | None, typer.Argument(help="cli.codebook_arg", metavar="F")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="cli.jobs", metavar="N")]
Lang = Annotated[str | None, typer.Option("--lang", help="cli.lang", metavar="fr|en", callback=one_of("fr", "en"))]
Json = Annotated[bool, typer.Option("--json", help="cli.json")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="cli.overwrite")]
ExcelFr = Annotated[bool, typer.Option("--excel-fr", help="cli.excel_fr")]
NoOpen = Annotated[bool, typer.Option("--no-open", help="cli.no_open")]


@app.command(help="cli.run")
def run(
    inputs: Annotated[list[Path] | None, typer.Argument(help="cli.run_inputs", metavar="INPUT")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="cli.out", metavar="DIR")] = None,
    codebook: CodebookFile = None,
    participants: Participants = None,
    material: Material = None,
    key: KeyFile = None,
    passphrase_file: PassphraseFile = None,
    keep: Keep = None,
    style: Style = "study",
    review: Review = "replace",
    by: By = None,
    jobs: Jobs = 1,
    overwrite: Overwrite = False,
    excel_fr: ExcelFr = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Go the whole way: from transcripts to a report."""
    from . import study
    from .anonymization.unlock import open_key
    from .reporting.outputs import check_free
    from .study_folder import SETTINGS, StudyFolder

    with console.progress(lang) as stage:
        if not inputs or (out is None and len(inputs) == 1 and (inputs[0] / SETTINGS).exists()):
            folder = StudyFolder.open(inputs[0] if inputs else Path())
            check_free(folder.reports, overwrite=overwrite)
            opened = open_key(folder.key, console.asker(passphrase_file, lang))
            result = folder.run(key=opened, jobs=jobs, overwrite=overwrite, lang=lang, progress=stage)
        elif out is None:
            raise UsageError("cli.no_out")
        else:
            check_free(out, overwrite=overwrite)
            opened = open_key(key or out.with_name(f"{out.name}.key"), console.asker(passphrase_file, lang), outside=out)
            result = study.run(
                list(inputs),
                out,
                codebook=codebook,
                participants=participants,
                material=material,
                key=opened,
                keep=keep or (),
                style=style,
                review=review,
                by=by or (),
                lang=lang,
                jobs=jobs,
                overwrite=overwrite,
                excel_fr=excel_fr,
                progress=stage,
            )
    return console.finished(result, lang, json)


@app.command(help="cli.read")
def read(
    inputs: Inputs,
    participants: Annotated[Path | None, typer.Option("--participants", help="cli.participants_draft", metavar="F")] = None,
    material: Material = None,
    turns: Annotated[Path | None, typer.Option("--turns", help="cli.turns", metavar="F.csv")] = None,
    status: Annotated[Path | None, typer.Option("--status", help="cli.status", metavar="F.jsonl")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="cli.resume")] = False,
    jobs: Jobs = 1,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Print what was understood of each transcript."""
    from . import transcripts
    from .reporting.outputs import write_csv

    draft = participants if participants is not None and not participants.exists() else None
    if resume and (status is None or turns is not None or draft is not None):
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
    if draft is not None:
        write_csv(transcripts.draft_participants(corpus), draft)
    console.table(transcripts.overview(corpus, lang), lang, json, title="cli.read_title")
    if not json:
        console.table(transcripts.merges_table(corpus), lang, json, title="cli.merges_title")
        console.table(transcripts.doubts_table(corpus, lang=lang), lang, json, title="cli.doubts_title")
        if lines is not None and lines.skipped:
            console.say("cli.resumed", lang, n=lines.skipped, path=status)
        if draft is not None:
            console.say("cli.drafted", lang, path=draft)
    return console.failures(corpus.failures, lang)


@app.command(help="cli.anonymize")
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
    format: Format = "txt",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.dry_run")] = False,
    mentions: Annotated[Path | None, typer.Option("--mentions", help="cli.mentions", metavar="F.csv")] = None,
    jobs: Jobs = 1,
    overwrite: Overwrite = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Pseudonymize transcripts, or only list what was found."""
    from . import study
    from .anonymization.unlock import open_key
    from .reporting.outputs import check_free

    with console.progress(lang) as stage:
        if dry_run:
            table, failures = study.list_mentions(
                list(inputs), mentions, out=out, participants=participants, material=material, keep=keep or (), jobs=jobs, progress=stage
            )
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
            format=format,
            jobs=jobs,
            overwrite=overwrite,
            progress=stage,
        )
    return console.finished(result, lang, json)


@app.command(help="cli.code")
def code(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", help="cli.codings_out", metavar="codings.csv")],
    codebook: CodebookFile = None,
    participants: Participants = None,
    material: Material = None,
    jobs: Jobs = 1,
    overwrite: Overwrite = False,
    excel_fr: ExcelFr = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Code transcripts as they stand."""
    from . import study

    with console.progress(lang) as stage:
        codings, failures = study.code_to(
            list(inputs),
            out,
            codebook=codebook,
            participants=participants,
            material=material,
            jobs=jobs,
            overwrite=overwrite,
            excel_fr=excel_fr,
            progress=stage,
        )
    console.codings_summary(codings, out, lang, json)
    return console.failures(failures, lang)


@app.command(help="cli.report")
def report(
    codings: Annotated[Path, typer.Argument(help="cli.codings", metavar="codings.csv")],
    transcripts: Annotated[list[Path], typer.Option("--transcripts", help="cli.transcripts", metavar="DIR")],
    out: Out,
    codebook: CodebookFile = None,
    participants: Participants = None,
    by: By = None,
    overwrite: Overwrite = False,
    excel_fr: ExcelFr = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Make tables, figures and report of codings."""
    from . import study

    with console.progress(lang) as stage:
        result = study.report_to(
            codings,
            list(transcripts),
            out,
            codebook=codebook,
            participants=participants,
            by=by or (),
            lang=lang,
            overwrite=overwrite,
            excel_fr=excel_fr,
            progress=stage,
        )
    return console.finished(result, lang, json)


@app.command(help="cli.update")
def update(
    file: Annotated[Path, typer.Argument(help="cli.corrected", metavar="FILE")],
    study: Annotated[Path, typer.Option("--study", help="cli.study_folder", metavar="DIR")] = Path(),
    codings: Annotated[Path | None, typer.Option("--codings", help="cli.reviewed", metavar="codings.csv")] = None,
    passphrase_file: PassphraseFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.update_dry_run")] = False,
    jobs: Jobs = 1,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Put a corrected transcript in the place of the one before; codings and decisions follow."""
    from . import study_update
    from .study_folder import StudyFolder

    with console.progress(lang) as stage:
        result = study_update.update(
            file,
            StudyFolder.open(study),
            ask=console.asker(passphrase_file, lang),
            codings=codings,
            dry_run=dry_run,
            jobs=jobs,
            lang=lang,
            progress=stage,
        )
    console.table(result.moves if json else result.summary(), lang, json, title="cli.update_title")
    if not json:
        console.table(result.doubts(lang), lang, json, title="cli.update_doubts_title")
        for key, values in result.said:
            console.say(key, lang, **values)
    return 0


@app.command("init", help="cli.init")
def init_study(folder: Annotated[Path, typer.Argument(help="cli.folder", metavar="DIR")], lang: Lang = None) -> int:
    """Make a study's folder."""
    from .study_folder import init

    init(folder, lang=lang)
    console.say("cli.init_done", lang, folder=folder)
    return 0


@app.command(help="cli.demo")
def demo(
    folder: Annotated[Path, typer.Argument(help="cli.demo_folder", metavar="DIR")] = Path("peerqual-demo"),
    overwrite: Overwrite = False,
    no_open: NoOpen = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Copy the sample corpus, run the whole line on it, open the report."""
    from . import study_folder

    with console.progress(lang) as stage:
        result = study_folder.demo(folder, lang=lang, overwrite=overwrite, progress=stage)
    if not json:
        console.say("cli.demo_key", lang, passphrase=study_folder.DEMO_PASSPHRASE)
    status = console.finished(result, lang, json)
    if not no_open:
        typer.launch(result.report.resolve().as_uri())
    return status


@app.command(help="cli.doctor")
def doctor(lang: Lang = None, json: Json = False) -> int:
    """Check this installation."""
    from . import doctor as check

    return console.checks(check.examine(), lang, json)


@codebook_app.command("check", help="cli.codebook_check")
def codebook_check(file: CodebookArgument = None, lang: Lang = None, json: Json = False) -> int:
    """Name every fault of a codebook."""
    from . import codebook, resources

    faults = codebook.check(file or resources.packaged("codebook.yaml"))
    return console.faults(faults, lang, json)


@codebook_app.command("test", help="cli.codebook_test")
def codebook_test(file: CodebookArgument = None, lang: Lang = None, json: Json = False) -> int:
    """Run a codebook's examples and counter-examples."""
    from .codebook import Codebook
    from .coding import check_examples

    return console.examples(check_examples(Codebook.load(file)), lang, json)


# --- running ---------------------------------------------------------------------------------------------------------


def localize(command: Any, lang: str) -> None:
    """Replace the message keys in the help of `command` and its subcommands by the words of `lang`."""
    command.help = message(command.help, lang) if str(command.help).startswith("cli.") else command.help
    for parameter in command.params:
        text = getattr(parameter, "help", None)
        if text and text.startswith("cli."):
            parameter.help = message(text, lang)
        elif "--help" in parameter.opts:
            parameter.help = message("cli.help", lang)
    for child in getattr(command, "commands", {}).values():
        localize(child, lang)


def command_tree(lang: str) -> Any:
    """Return the click command of `peerqual` with help in `lang`."""
    tree = typer.main.get_command(app)
    localize(tree, lang)
    return tree


def run_command_line(words: list[str], lang: str) -> int:
    """Run ``peerqual WORDS`` and return the exit status; every error is one line on stderr, never a traceback."""
    speak(lang)
    try:
        return int(command_tree(lang).main(args=words, prog_name="peerqual", standalone_mode=False) or 0)
    except PeerqualError as error:
        console.error(error, lang)
        return error.status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:  # the last door: a traceback could show a transcript's words
        return console.unexpected(error, lang)
