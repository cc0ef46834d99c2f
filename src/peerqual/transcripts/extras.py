"""Libraries that only some formats need: imported when such a file is read; a missing one is said with the command that installs it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from ..errors import ReadError


def load(name: str, extra: str, path: Path) -> ModuleType:
    """Return the module `name`, which comes with peerqual's `extra`. Raises `ReadError` about `path` when it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise ReadError("office.extra_missing", where=path, extra=extra, suffix=path.suffix.lower()) from None
