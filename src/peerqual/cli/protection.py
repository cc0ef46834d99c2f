"""The commands that protect participants: what a withdrawal takes away, who could be recognised, what a committee is told."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from .. import console
from .options import Inputs, Json, Keep, Lang, Overwrite, Participants, PassphraseFile, StudyDir, Yes


def withdraw(
    participant: Annotated[str, typer.Argument(help="cli.who_withdraws", metavar="PARTICIPANT")],
    study: StudyDir = Path(),
    passphrase_file: PassphraseFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.withdraw_dry_run")] = False,
    yes: Yes = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Take a participant out of a study."""
    from .. import study_withdraw
    from ..study_folder import StudyFolder

    folder = StudyFolder.open(study)
    if not dry_run and not console.confirmed("cli.withdraw_question", lang, yes=yes, participant=participant, study=study):
        console.say("cli.nothing_done", lang)
        return 1
    with console.progress(lang) as stage:
        ask = console.asker(passphrase_file, lang)
        result = study_withdraw.withdraw(participant, folder, ask=ask, dry_run=dry_run, lang=lang, progress=stage)
    if json:
        print(jsonlib.dumps(result.plain(), ensure_ascii=False))
    else:
        console.table(result.named_counts(lang), lang, json, title="cli.withdraw_title")
        console.table(result.places, lang, json, title="cli.places_title")
        console.table(result.findings[["file", "line", "kind", "masked"]], lang, json, title="cli.withdraw_findings_title")
        for key, values in result.said:
            console.say(key, lang, **values)
    return 3 if len(result.findings) or result.left else 0


def risk(
    inputs: Inputs,
    out: Annotated[Path | None, typer.Option("--out", help="cli.risk_out", metavar="DIR")] = None,
    participants: Participants = None,
    excerpts: Annotated[Path | None, typer.Option("--excerpts", help="cli.excerpts", metavar="F.csv")] = None,
    by: Annotated[list[str] | None, typer.Option("--by", help="cli.risk_by", metavar="COLUMN")] = None,
    pseudonymized: Annotated[bool, typer.Option("--pseudonymized", help="cli.risk_pseudonymized")] = False,
    keep: Keep = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Tell who could recognise whom."""
    from .. import transcripts
    from ..anonymization.risk import risk as assess
    from ..anonymization.risk.files import write
    from ..anonymization.risk.writing import localized
    from ..reporting.outputs import read_csv

    wanted = read_csv(excerpts, ("document", "start", "end")) if excerpts is not None else None
    with console.progress(lang) as stage:
        corpus = transcripts.read(list(inputs), participants=participants, progress=lambda done, total: stage("read", done, total))
        stage("anonymize")
        made = assess(corpus, excerpts=wanted, mentions=() if pseudonymized else None, attributes=by, keep=keep or ())
    if out is not None:
        write(made, out, lang=lang)
    told = localized(made, lang)
    console.table(told.people, lang, json, title="cli.risk_title")
    if not json:
        console.table(made.combinations.query("participants == 1"), lang, json, title="cli.alone_title")
        console.say("cli.risk_few", lang)
        if out is not None:
            console.say("cli.risk_done", lang, path=out)
    return console.failures(corpus.failures, lang)


def ethics_note(
    folder: Annotated[Path, typer.Argument(help="cli.ethics_folder", metavar="DIR")],
    out: Annotated[Path, typer.Option("--out", help="cli.ethics_out", metavar="NAME")],
    overwrite: Overwrite = False,
    lang: Lang = None,
) -> int:
    """Write a note for the ethics committee and the data protection officer."""
    from ..errors import language
    from ..reporting.ethics import ethics_note as note_on
    from ..reporting.ethics import read_manifest
    from ..reporting.ethics_files import write

    spoken = language(lang)
    for path in write(note_on(read_manifest(folder), spoken), out, lang=spoken, overwrite=overwrite):
        console.say("cli.done", lang, path=path)
    console.say("cli.ethics_done", lang)
    return 0


COMMANDS: dict[str, Callable[..., int]] = {"withdraw": withdraw, "risk": risk, "ethics-note": ethics_note}
