"""Getting at the key: where the passphrase comes from, and opening or making the key file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError

if TYPE_CHECKING:
    from .key import Key


def passphrase(file: str | Path | None = None, *, ask: Callable[[], str] | None = None, variable: str = "PEERQUAL_PASSPHRASE") -> str:
    """Return the passphrase from `file`, else the environment's `variable`, else `ask`. Raises `UsageError` when there is none and nobody to ask."""
    if file is not None:
        try:
            words = Path(file).read_text(encoding="utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise UsageError("study.no_passphrase_file", where=file) from None
    else:
        words = os.environ.get(variable, "") or (ask() if ask else "")
    if not words:
        raise UsageError("study.no_passphrase", variable=variable)
    return words


def open_key(path: str | Path, ask: Callable[[], str], *, outside: Path | None = None) -> Key:
    """Open the key at `path`, or make a new one there, with the passphrase that `ask` gives.

    Raises `UsageError` when `path` lies in `outside` or another folder that is meant to be shared, or when there is no passphrase;
    `KeyFileError` when the passphrase is wrong or the file is no key.
    """
    from .key import Key, is_shared

    path = Path(path)
    if is_shared(path) or (outside is not None and outside.resolve() in path.resolve().parents):
        raise UsageError("study.key_in_output", where=path)
    words = ask()
    return Key.open(path, passphrase=words) if path.exists() else Key.create(path, passphrase=words)
