"""Change a codebook's file: rename, merge, split, move, new, and freeze. Each is a line more in its history; the rest stays as it is.

Once the codebook is frozen, no change is made without a reason.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .codebook import Codebook
from .codebook_freeze import fingerprints, frozen
from .codebook_history import Change
from .codebook_sheet import Sheet
from .codebook_yaml import parse
from .errors import CodebookError, PeerqualError, message

__all__ = ["freeze", "merge", "move", "new", "note_draw", "rename", "split"]

_ID = re.compile(r"[a-z][a-z0-9_]*")
_AUTOMATIC = re.compile(r"(?:phrase|lemmas|near|pattern)\d+")


class _Book:
    """A codebook's file while it is changed. Raises `CodebookError` when it has faults to begin with."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.codebook = Codebook.load(path)
        self._raw = self.path.read_bytes()
        text = self._raw.decode("utf-8-sig")
        self.data = parse(text, str(path)).data
        self.sheet = Sheet(text)
        self.codes = self.sheet.value(self.sheet.root, "codes")
        self.at = {str(one["id"]): i for i, one in enumerate(self.data["codes"])}

    def node(self, code: str) -> Any:
        """Return the node of `code`. Raises `PeerqualError` when there is none."""
        self.codebook.get(code)
        return self.codes.value[self.at[code]]

    def check_new(self, code: str) -> None:
        """Raise `PeerqualError` when `code` can be no new id: badly written, in use, or used before."""
        if not _ID.fullmatch(code):
            raise PeerqualError("codebook.bad_id", code)
        used = {one for change in self.codebook.history for one in (change.code, *(change.into if change.action != "move" else ()))}
        if code in self.at or code in used:
            raise PeerqualError("codebook.id_used", code)

    def put_under(self, code: str, parent: str | None) -> None:
        node = self.node(code)
        written = self.sheet.value(node, "parent")
        if written is None and parent is not None:
            self.sheet.add_key(node, "parent", parent, after="id")
        elif written is not None and parent is not None:
            self.sheet.replace(written, parent)
        elif written is not None:
            self.sheet.cut_key(node, "parent")

    def add(self, code: str, parent: str | None, label: dict[str, str], definition: str, in_vivo: bool) -> None:
        lang = self.codebook.language
        given: dict[str, Any] = {"id": code} | ({"parent": parent} if parent else {})
        given |= {"label": label, "definition": {lang: definition or message("codebook.to_define", lang)}} | ({"in_vivo": True} if in_vivo else {})
        family = [one.id for one in self.codebook.codes if parent in (one.id, *self.codebook.ancestors(one.id))]
        after = self.codes.value[max(self.at[one] for one in family)] if family else None
        self.sheet.add_item(self.codes, given, after=after, spaced=True)

    def finish(self, change: Change) -> Change:
        """Write the file with `change` in its history. Raises `PeerqualError`, and writes nothing, when the result is no codebook without faults,
        or the codebook is frozen and `change` has no reason.
        """
        since = frozen(self.codebook)
        if since is not None and change.action != "draw" and not change.why.strip():
            raise PeerqualError("codebook.frozen", self.path, at=since.at[:10])
        entry: dict[str, Any] = {"action": change.action} | ({"code": change.code} if change.code else {}) | {"at": change.at}
        entry |= {"into": list(change.into)} if change.into else {}
        entry |= {"was": dict(change.was)} if change.was else {}
        entry |= {"why": change.why} if change.why else {}
        entry |= {"noted": dict(change.noted)} if change.noted else {}
        self.sheet.add_list("history", entry)
        text = self.sheet.result()
        try:
            made = Codebook.from_text(text, self.path.name)
        except CodebookError:
            raise PeerqualError("codebook.not_edited", self.path) from None
        if made.history != (*self.codebook.history, change):
            raise PeerqualError("codebook.not_edited", self.path)
        mark = b"\xef\xbb\xbf" if self._raw.startswith(b"\xef\xbb\xbf") else b""
        target = self.path.resolve()
        beside = target.with_name(f".{target.name}.new")
        beside.write_bytes(mark + text.encode())
        shutil.copymode(target, beside)
        os.replace(beside, target)
        return change


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def new(path: str | Path, code: str, *, label: str, parent: str | None = None, definition: str = "", in_vivo: bool = False, why: str = "") -> Change:
    """Add `code` to the codebook at `path`, under `parent`; `in_vivo`: `label` is in the participants' words. Returns what the history now tells.

    Raises `PeerqualError` when the id is badly written or was used before, or there is no such parent.
    """
    book = _Book(path)
    book.check_new(code)
    if parent is not None:
        book.codebook.get(parent)
    book.add(code, parent, {book.codebook.language: label}, definition, in_vivo)
    return book.finish(Change("new", code, _now(), why=why))


def rename(path: str | Path, code: str, to: str, *, why: str = "") -> Change:
    """Give `code` the id `to` in the codebook at `path`; what was coded and decided on the old id is read as the new one.

    Raises `PeerqualError` when there is no such code, or `to` is badly written or was used before.
    """
    book = _Book(path)
    node = book.node(code)
    book.check_new(to)
    book.sheet.replace(book.sheet.value(node, "id"), to)
    for child in book.codebook.children(code):
        book.put_under(child, to)
    return book.finish(Change("rename", code, _now(), (to,), why=why))


def move(path: str | Path, code: str, parent: str | None, *, why: str = "") -> Change:
    """Put `code` under `parent` (None: at the top) in the codebook at `path`.

    Raises `PeerqualError` when there is no such code or parent, or the parent is the code or stands below it.
    """
    book = _Book(path)
    book.node(code)
    if parent is not None and code in (parent, *book.codebook.ancestors(parent)):
        raise PeerqualError("codebook.into_itself", code)
    book.put_under(code, parent)
    return book.finish(Change("move", code, _now(), (parent,) if parent is not None else (), why=why))


def split(path: str | Path, code: str, into: Collection[str], *, why: str = "") -> Change:
    """Add the codes `into` under `code` in the codebook at `path`; what was decided on `code` stays, to be re-read (`codebook_history.to_reread`).

    `code` keeps its rules and proposes until a person has given them to the new ones. Raises `PeerqualError` when there is no such code or an id of
    `into` is badly written or was used before.
    """
    book = _Book(path)
    book.node(code)
    lang = book.codebook.language
    for one in dict.fromkeys(into):
        book.check_new(one)
        book.add(one, code, {lang: one.replace("_", " ").capitalize()}, "", False)
    return book.finish(Change("split", code, _now(), tuple(dict.fromkeys(into)), why=why))


def merge(path: str | Path, code: str, into: str, *, why: str = "") -> Change:
    """Merge `code` into the code `into` in the codebook at `path`: its rules, examples and children go there, its label to the history.

    Raises `PeerqualError` when there is no such code, both are one or `into` stands below `code`, or one of them cannot be assigned.
    """
    book = _Book(path)
    target = book.node(into)
    book.node(code)
    if code in (into, *book.codebook.ancestors(into)):
        raise PeerqualError("codebook.into_itself", code)
    if not (book.codebook.get(code).assignable and book.codebook.get(into).assignable):
        raise PeerqualError("codebook.branch_merged", code)
    for key in sorted(("examples", "rules"), key=lambda key: book.sheet.value(target, key) is None):
        items = _items(book, code, key, {rule.id for rule in book.codebook.get(into).rules})
        if items:
            book.sheet.copy_items(items, target, key)
    for child in book.codebook.children(code):
        book.put_under(child, into)
    book.sheet.cut_item(book.codes, book.at[code])
    return book.finish(Change("merge", code, _now(), (into,), book.codebook.get(code).label, why))


def note_draw(path: str | Path, noted: Mapping[str, str]) -> Change:
    """Note in the history of the codebook at `path` that a sample was drawn: `noted` are its options and counts, none of its documents.

    The same draw again is the entry that stands there already. Raises `PeerqualError` as `new` when the file cannot be changed.
    """
    book = _Book(path)
    same = [change for change in book.codebook.history if change.action == "draw" and change.noted == noted]
    return same[-1] if same else book.finish(Change("draw", "", _now(), noted=dict(noted)))


def freeze(path: str | Path, *, why: str = "") -> Change:
    """Freeze the list and the definitions of the codebook at `path`: from now on a change has its reason, and what was changed by hand is seen.

    Freezing again takes in definitions that were changed by hand since, with the reason `why`. Rules and examples stay free.

    Raises `PeerqualError` when a code is still to be defined, or nothing was changed by hand since the codebook was frozen.
    """
    book = _Book(path)
    waiting = {message("codebook.to_define", lang) for lang in ("fr", "en")}
    for code in book.codebook.codes:
        if waiting & set(code.definition.values()):
            raise PeerqualError("codebook.not_defined", code.id)
    since = frozen(book.codebook)
    if since is not None and not since.by_hand:
        raise PeerqualError("codebook.frozen_already", path, at=since.at[:10])
    return book.finish(Change("freeze", "", _now(), why=why, noted=fingerprints(book.codebook)))


def _items(book: _Book, code: str, key: str, taken: set[str]) -> list[tuple[Any, Any, bool]]:
    """Return the nodes and values of the list `key` of `code`, and whether they stay as they are: a rule whose id is `taken` gets another."""
    nodes, values = book.sheet.value(book.node(code), key), book.data["codes"][book.at[code]].get(key) or []
    items: list[tuple[Any, Any, bool]] = []
    for node, value in zip(nodes.value if values else (), values, strict=True):
        name = value.get("id") if key == "rules" else None
        clash = name is not None and (name in taken or _AUTOMATIC.fullmatch(name))
        items.append((node, {**value, "id": f"{code}_{name}"} if clash else value, not clash))
    return items
