"""The commands that change a codebook's file: ``peerqual codebook new``, ``rename``, ``merge``, ``split``, ``move``; ``history`` tells them."""

from __future__ import annotations

import json as jsonlib
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import console
from ..errors import UsageError, language, message
from .options import Decisions, Json, Lang

if TYPE_CHECKING:
    from ..codebook_freeze import Freeze
    from ..codebook_history import Change

Code = Annotated[str, typer.Argument(help="cli.code_arg", metavar="CODE")]
BookToChange = Annotated[Path | None, typer.Option("--codebook", help="cli.codebook_to_change", metavar="F")]
Why = Annotated[str, typer.Option("--why", help="cli.change_why", metavar="WORDS")]
Parent = Annotated[str | None, typer.Option("--parent", help="cli.change_parent", metavar="CODE")]


def codebook_new(
    code: Annotated[str, typer.Argument(help="cli.new_code", metavar="ID")],
    label: Annotated[str, typer.Option("--label", help="cli.new_label", metavar="WORDS")],
    parent: Parent = None,
    definition: Annotated[str, typer.Option("--definition", help="cli.new_definition", metavar="WORDS")] = "",
    in_vivo: Annotated[bool, typer.Option("--in-vivo", help="cli.new_in_vivo")] = False,
    why: Why = "",
    codebook: BookToChange = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Add a code to a codebook."""
    from ..codebook_edit import new

    return _said(new(book_here(codebook), code, label=label, parent=parent, definition=definition, in_vivo=in_vivo, why=why), lang, json)


def codebook_rename(
    code: Code,
    to: Annotated[str, typer.Argument(help="cli.new_code", metavar="ID")],
    why: Why = "",
    codebook: BookToChange = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Give a code another id."""
    from ..codebook_edit import rename

    return _said(rename(book_here(codebook), code, to, why=why), lang, json)


def codebook_merge(
    code: Code,
    into: Annotated[str, typer.Argument(help="cli.merge_into", metavar="INTO")],
    why: Why = "",
    codebook: BookToChange = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Merge a code into another."""
    from ..codebook_edit import merge

    return _said(merge(book_here(codebook), code, into, why=why), lang, json)


def codebook_split(
    code: Code,
    into: Annotated[list[str], typer.Argument(help="cli.split_into", metavar="ID ID")],
    why: Why = "",
    codebook: BookToChange = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Split a code into new ones below it."""
    from ..codebook_edit import split

    return _said(split(book_here(codebook), code, into, why=why), lang, json)


def codebook_move(code: Code, parent: Parent = None, why: Why = "", codebook: BookToChange = None, lang: Lang = None, json: Json = False) -> int:
    """Put a code under another parent."""
    from ..codebook_edit import move

    return _said(move(book_here(codebook), code, parent, why=why), lang, json)


def codebook_history(codebook: BookToChange = None, decisions: Decisions = None, lang: Lang = None, json: Json = False) -> int:
    """Tell what became of a codebook's codes, and which decisions are to be read again."""
    from ..codebook import Codebook
    from ..codebook_freeze import frozen
    from ..codebook_history import to_reread
    from ..decisions import read

    book = Codebook.load(book_here(codebook))
    again = to_reread(read(decisions), book) if decisions is not None else []
    since = frozen(book)
    if json:
        places = [{name: getattr(one, name) for name in ("document", "start", "end", "code", "coder")} for one in again]
        told = {"history": [asdict(change) for change in book.history], "to_reread": places, "frozen": asdict(since) if since else None}
        print(jsonlib.dumps(told, ensure_ascii=False))
        return 0
    for change in book.history:
        console.say(f"cli.history_{change.action}", lang, **values(change, lang))
    if not book.history:
        console.say("cli.history_none", lang)
    if since is not None:
        told_since(since, lang)
    for code, n in Counter(one.code for one in again).items():
        console.say("cli.history_reread", lang, code=code, n=n)
    for one in again:
        print(f"  {one.document} {one.start}–{one.end} {one.code}" + (f" ({one.coder})" if one.coder else ""))
    return 0


def book_here(given: Path | None) -> Path:
    """Return the codebook meant: the one `given`, else that of the folder. Raises `UsageError` when there is none: the package's never changes."""
    if given is None and not Path("codebook.yaml").exists():
        raise UsageError("cli.no_codebook_to_change", where="--codebook")
    return given or Path("codebook.yaml")


def values(change: Change, lang: str | None) -> dict[str, object]:
    """Return what the line of a change is filled with, numbers as `lang` writes them."""
    why = f" — {change.why}" if change.why else ""
    told = {"at": change.at[:10], "code": change.code, "into": ", ".join(change.into) or "—", "why": why}
    if change.action != "draw":
        return {**told, "n": len(change.noted)}
    by, share = change.noted["by"], change.noted["share"]
    by = message("cli.column_material", lang) if by == "material" else by
    return {**told, **change.noted, "by": by, "share": share.replace(".", ",") if language(lang) == "fr" else share}


def told_since(since: Freeze, lang: str | None) -> None:
    """Print what became of a codebook since it was frozen."""
    others = sum(change.action not in ("new", "split") for change in since.changes)
    console.say("codebook.since", lang, at=since.at[:10], fingerprint=since.fingerprint, added=len(since.added), others=others)
    if since.by_hand:
        console.say("codebook.by_hand", lang, codes=", ".join(since.by_hand))


def _said(change: Change, lang: str | None, json: bool) -> int:
    if json:
        print(jsonlib.dumps(asdict(change), ensure_ascii=False))
    else:
        console.say(f"cli.history_{change.action}", lang, **values(change, lang))
        if change.action in ("split", "merge", "new"):
            console.say(f"cli.changed_{change.action}", lang, code=change.code, into=", ".join(change.into))
    return 0


COMMANDS: dict[str, Callable[..., int]] = {
    "new": codebook_new,
    "rename": codebook_rename,
    "merge": codebook_merge,
    "split": codebook_split,
    "move": codebook_move,
    "history": codebook_history,
}
