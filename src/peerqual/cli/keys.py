"""The commands on the correspondence table: ``peerqual key …``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from .. import console
from ..errors import PeerqualError, UsageError
from .options import Json, Lang, PassphraseFile, StudyDir, Yes

OneKey = Annotated[Path | None, typer.Option("--key", help="cli.one_key", metavar="F")]


def key_show(
    key: OneKey = None,
    study: StudyDir = Path(),
    out: Annotated[Path | None, typer.Option("--out", help="cli.key_show_out", metavar="F.csv")] = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Print the correspondence table."""
    from ..anonymization.correspondence import correspondence
    from ..anonymization.key import Key, write_private

    place = _key(key, study)
    if out is not None:
        _check_apart(out)
    table = correspondence(Key.open(place, passphrase=console.asker(passphrase_file, lang)()))
    if out is not None:
        write_private(out, table.to_csv(index=False, lineterminator="\n").encode())
        console.say("cli.key_written", lang, path=out)
    else:
        console.table(table, lang, json, title="cli.key_title")
    return 0


def key_restore(
    file: Annotated[Path, typer.Argument(help="cli.restore_file", metavar="FILE")],
    out: Annotated[Path, typer.Option("--out", help="cli.restore_out", metavar="F")],
    key: OneKey = None,
    study: StudyDir = Path(),
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Give a pseudonymized file its original words back."""
    from .. import transcripts
    from ..anonymization.key import Key, write_private
    from ..anonymization.restoring import left_table, restore

    place = _key(key, study)
    _check_apart(out)
    (text,) = transcripts.read([file])
    made = restore(text.text, text.id, Key.open(place, passphrase=console.asker(passphrase_file, lang)()))
    write_private(out, made.text.encode())
    table = left_table(made)
    console.table(table, lang, json, title="cli.left_title")
    if not json:
        console.say("cli.restored_changed" if made.is_changed else "cli.restored", lang, path=out, n=made.count, total=made.count + len(made.left))
    return 3 if made.left else 0


def key_rotate(
    key: OneKey = None,
    study: StudyDir = Path(),
    passphrase_file: PassphraseFile = None,
    new_passphrase_file: Annotated[Path | None, typer.Option("--new-passphrase-file", help="cli.new_passphrase_file", metavar="F")] = None,
    lang: Lang = None,
) -> int:
    """Give the key another passphrase."""
    from ..anonymization.key import Key

    opened = Key.open(_key(key, study), passphrase=console.asker(passphrase_file, lang)())
    opened.rotate(console.new_passphrase(new_passphrase_file, lang))
    console.say("cli.rotated", lang, path=opened.path)
    return 0


def key_destroy(key: OneKey = None, study: StudyDir = Path(), yes: Yes = False, lang: Lang = None) -> int:
    """Erase the key."""
    from ..anonymization.key import destroy, is_key

    place = _key(key, study)
    if is_key(place) and not console.confirmed("cli.destroy_question", lang, yes=yes, path=place):
        console.say("cli.nothing_done", lang)
        return 1
    destroy(place)
    console.say("cli.destroyed", lang, path=place)
    return 0


def _key(key: Path | None, study: Path) -> Path:
    """Return the key that is meant: the one given, else the study's."""
    from ..study_folder import StudyFolder

    return key if key is not None else StudyFolder.open(study).key


def _check_apart(out: Path) -> None:
    """Raise when originals may not be written to `out`."""
    from ..anonymization.key import is_shared

    if is_shared(out):
        raise UsageError("cli.originals_shared", where=out)
    if out.exists():
        raise PeerqualError("cli.there_is_one", where=out)


COMMANDS: dict[str, Callable[..., int]] = {"show": key_show, "restore": key_restore, "rotate": key_rotate, "destroy": key_destroy}
