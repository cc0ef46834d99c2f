"""The append-only log that every kind of decision uses: one JSON object a line, UTF-8. Ids, hashes and places only, never words."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import PeerqualError, message


class TornLine(UserWarning):
    """A line of a log that was not written to its end (power cut, full disk) and was left out."""


def append(path: str | Path, entry: Mapping[str, Any]) -> None:
    """Add `entry` to the log at `path` (made when missing) and return once it is on the disk.

    After a torn last line the entry begins on a line of its own; nothing is ever taken away.
    """
    line = json.dumps(entry, ensure_ascii=False, sort_keys=True, allow_nan=False).encode() + b"\n"
    with open(path, "ab+") as stream:
        if stream.tell():
            stream.seek(-1, os.SEEK_END)
            line = line if stream.read(1) == b"\n" else b"\n" + line
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())


def read(path: str | Path) -> list[dict[str, Any]]:
    """Return the entries of the log at `path`, oldest first. A torn line is left out and said by a `TornLine` warning.

    Raises `PeerqualError` when the file cannot be opened.
    """
    try:
        raw = Path(path).read_bytes()
    except OSError:
        raise PeerqualError("log.no_file", path) from None
    entries = []
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError:
            entry = None
        if isinstance(entry, dict):
            entries.append(entry)
        else:
            warnings.warn(message("log.torn", path=path, line=number), TornLine, stacklevel=2)
    return entries
