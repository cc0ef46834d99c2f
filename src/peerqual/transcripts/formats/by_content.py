"""Suffixes that several formats share: the reader is chosen by how the file begins. A module that can be chosen has ``is_mine(head)``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ...errors import ReadError
from ...model import Transcript

HEAD = 8192  # bytes


def first_of(*names: str) -> Callable[[Path, str | None], Transcript]:
    """Return the reader of the first module of `names` that knows the file by its beginning; what none knows is for the last."""

    def read(path: Path, material: str | None = None) -> Transcript:
        head = _head(path)
        modules = (import_module(f"{__package__}.{name}") for name in names)
        chosen = next(module for n, module in enumerate(modules, start=1) if n == len(names) or module.is_mine(head))
        made: Transcript = chosen.read(path, material)
        return made

    return read


def _head(path: Path) -> str:
    """Return the first bytes as text good enough to know a format by: ASCII is right in every encoding."""
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD).replace(b"\0", b"").decode("utf-8", "replace")
    except OSError:
        raise ReadError("transcripts.cannot_open", where=path) from None
