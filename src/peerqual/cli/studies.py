"""The commands of a study's folder and of the installation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from .. import console
from .options import Jobs, Json, Lang, NoOpen, Overwrite, PassphraseFile

COURSE = Path("sainte-anne")  # what `demo` is given for the course


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
    from .. import study_update
    from ..study_folder import StudyFolder

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


def init_study(folder: Annotated[Path, typer.Argument(help="cli.folder", metavar="DIR")], lang: Lang = None) -> int:
    """Make a study's folder."""
    from ..study_folder import init

    init(folder, lang=lang)
    console.say("cli.init_done", lang, folder=folder)
    return 0


def demo(
    folder: Annotated[Path, typer.Argument(help="cli.demo_folder", metavar="DIR|sainte-anne")] = Path("peerqual-demo"),
    out: Annotated[Path | None, typer.Option("--out", help="cli.demo_out", metavar="DIR")] = None,
    overwrite: Overwrite = False,
    no_open: NoOpen = False,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Copy the sample corpus, run the whole line on it, open the report; or copy the course « sainte-anne »."""
    from .. import study_folder

    if folder == COURSE:
        first = study_folder.copy_course(out or folder)
        console.say("cli.course_copied", lang, folder=first.parent, first=first, notebook=first.with_name("seance_1.ipynb"))
        return 0
    with console.progress(lang) as stage:
        result = study_folder.demo(out or folder, lang=lang, overwrite=overwrite, progress=stage)
    if not json:
        console.say("cli.demo_key", lang, passphrase=study_folder.DEMO_PASSPHRASE)
    status = console.finished(result, lang, json)
    if not no_open:
        typer.launch(result.report.resolve().as_uri())
    return status


def doctor(lang: Lang = None, json: Json = False) -> int:
    """Check this installation."""
    from .. import doctor as check

    return console.checks(check.examine(), lang, json)


COMMANDS: dict[str, Callable[..., int]] = {"update": update, "init": init_study, "demo": demo, "doctor": doctor}
