"""The review of names by type: ``peerqual review-names``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from .. import console
from ..errors import UsageError
from .options import Jobs, Json, Keep, Lang, Material, Participants, PassphraseFile, SpacyModel


def review_names(
    inputs: Annotated[list[Path] | None, typer.Argument(help="cli.review_inputs", metavar="INPUT")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="cli.one_key", metavar="F")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="cli.review_out", metavar="names.xlsx")] = None,
    apply: Annotated[Path | None, typer.Option("--apply", help="cli.review_apply", metavar="names.xlsx")] = None,
    accept_rest: Annotated[bool, typer.Option("--accept-rest", help="cli.review_accept_rest")] = False,
    undo: Annotated[int | None, typer.Option("--undo", min=0, help="cli.review_undo", metavar="N")] = None,
    listing: Annotated[bool, typer.Option("--list", help="cli.review_list")] = False,
    everything: Annotated[bool, typer.Option("--all", help="cli.review_all")] = False,
    each: Annotated[int, typer.Option("--each", min=1, help="cli.review_each", metavar="N")] = 4,
    participants: Participants = None,
    material: Material = None,
    keep: Keep = None,
    spacy_model: SpacyModel = None,
    passphrase_file: PassphraseFile = None,
    jobs: Jobs = 1,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Write the table of names to judge, or read it back."""
    from .. import study_names
    from ..anonymization.unlock import open_key

    if sum((out is not None, apply is not None, undo is not None, listing)) != 1 or (accept_rest and apply is None):
        raise UsageError("cli.review_one_of")
    place = study_names.place_of(inputs or (), key)
    if out is not None:
        from ..anonymization.review.sheet import check_place

        check_place(out)
    opened = open_key(place.key, console.asker(passphrase_file, lang))
    if listing:
        console.table(study_names.name_decisions(opened), lang, json, title="cli.review_list_title")
        return 0
    with console.progress(lang) as stage:
        if out is not None:
            table, failed = study_names.write_names(
                place,
                out,
                key=opened,
                participants=participants,
                material=material,
                keep=keep,
                spacy_model=spacy_model,
                each=each,
                settled=everything,
                jobs=jobs,
                lang=lang,
                progress=stage,
            )
            console.say("cli.review_written", lang, n=len(table), path=out)
            return console.failures(failed, lang)
        if apply is not None:
            changed = study_names.apply_names(place, apply, key=opened, accept_rest=accept_rest, jobs=jobs, lang=lang, progress=stage)
            console.say("cli.review_applied", lang, n=changed.count)
        else:
            changed = study_names.undo(place, undo or 0, key=opened, jobs=jobs, lang=lang, progress=stage)
            console.say("cli.review_undone", lang, n=changed.count)
    if changed.moves is not None:
        console.say("cli.review_moved", lang, n=len(changed.moves), path=place.root)
    return 0


COMMANDS: dict[str, Callable[..., int]] = {"review-names": review_names}
