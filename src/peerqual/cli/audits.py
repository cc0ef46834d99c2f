"""The commands that look at what is to be shared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from .. import console
from .keys import OneKey, StudyDir
from .options import Json, Keep, Lang, PassphraseFile


def audit(
    folder: Annotated[Path, typer.Argument(help="cli.audit_folder", metavar="DIR")],
    key: OneKey = None,
    study: StudyDir = Path(),
    keep: Keep = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Look for the originals of a key in a folder that is to be shared."""
    from ..anonymization.audit import audit as look
    from ..anonymization.key import Key
    from ..study_folder import SETTINGS, StudyFolder

    own = StudyFolder.open(study) if key is None or (study / SETTINGS).exists() else None
    place = key or StudyFolder.open(study).key
    names = [*(keep or ()), *(own.settings.get("keep", ()) if own is not None else ())]
    with console.progress(lang) as stage:
        stage("audit")
        found = look(folder, key=Key.open(place, passphrase=console.asker(passphrase_file, lang)()), keep=names)
    return console.audited(found, lang, json)


COMMANDS: dict[str, Callable[..., int]] = {"audit": audit}
