"""The errors a user can meet: each says where, what, and what to do, in one line, in French or English.

Texts stand in ``messages/ROOM.toml`` (one file a room), each key with ``en`` and ``fr`` written as ``"what | what to do"``.
Never put words of a transcript into `values`: names of files, lines, ids and options only.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from .typesetting import NARROW, NO_BREAK, typeset


@cache
def _catalogue(room: str) -> dict[str, dict[str, str]]:
    import tomllib

    path = files("peerqual") / "messages" / f"{room}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _text(key: str, lang: str) -> str:
    room, _, name = key.partition(".")
    joint = f"{NARROW}; " if lang == "fr" else "; "
    return typeset(_catalogue(room)[name][lang].replace(" | ", joint), lang)


_SPOKEN: ContextVar[str] = ContextVar("spoken", default="")


def speak(lang: str) -> None:
    """Make `lang` the language of messages that are not told another one, from now on in this context."""
    _SPOKEN.set(lang)


def language(lang: str | None = None) -> str:
    """Return `lang` if given, else that of `speak`, else the environment's ``PEERQUAL_LANG``, else "fr"."""
    chosen = lang or _SPOKEN.get() or os.environ.get("PEERQUAL_LANG") or "fr"
    return chosen if chosen in ("fr", "en") else "fr"


def message(key: str, lang: str | None = None, /, **values: object) -> str:
    """Return the text of `key` ("room.name") with `values` filled in, " | " turned into a colon-free join; French is typeset, its `values` are not.

    >>> message("errors.example", "en", n=3)
    'an example with 3 things; nothing to do'
    """
    return _text(key, language(lang)).format(**values)


class PeerqualError(Exception):
    """An error in what was given. `key` is a message's, `where` a file, option or id, `line` 1-based or 0."""

    status = 1

    def __init__(self, key: str, where: object = "", line: int = 0, **values: object) -> None:
        super().__init__(key)
        self.key, self.where, self.line, self.values = key, str(where), line, values

    def __reduce__(self):  # type: ignore[no-untyped-def]  # so that joblib's workers can hand it back
        return (_rebuild, (type(self), self.key, self.where, self.line, self.values))

    def render(self, lang: str | None = None) -> str:
        """Return « where: what; what to do » in one line."""
        place = self.where + (f":{self.line}" if self.line else "")
        colon = f"{NO_BREAK}: " if language(lang) == "fr" else ": "
        text = message(self.key, lang, **self.values)
        return f"{place}{colon}{text}" if place else text

    def __str__(self) -> str:
        return self.render()


def _rebuild(cls: type[PeerqualError], key: str, where: str, line: int, values: dict[str, object]) -> PeerqualError:
    return cls(key, where, line, **values)


class ReadError(PeerqualError):
    """A file that cannot be read as a transcript or a table."""


class CodebookError(PeerqualError):
    """A codebook with faults; `faults` are all of them, each a `PeerqualError` with its line."""

    def __init__(self, key: str, where: object = "", line: int = 0, faults: tuple[PeerqualError, ...] = (), **values: object) -> None:
        super().__init__(key, where, line, **values)
        self.faults = faults


class KeyFileError(PeerqualError):
    """A key that cannot be opened: wrong passphrase, tampered file, not a key."""


class UsageError(PeerqualError):
    """A call that cannot be carried out as asked: no passphrase and nobody to ask, two options that contradict."""

    status = 2
