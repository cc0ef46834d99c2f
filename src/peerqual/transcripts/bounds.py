"""Files of recognition and transcription tools are read within bounds: a hostile one is refused before it costs time or memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..errors import ReadError
from ..model import Doubt
from . import decoding

MAX_BYTES = 32 * 1024 * 1024  # a day of speech with the times of every word
MAX_VALUES = 2_000_000  # elements of XML, values of JSON
_MEGABYTE = 1024 * 1024


def load(path: Path) -> bytes:
    """Return the bytes of `path`. Raises `ReadError` when it cannot be opened, holds nothing, or is larger than `MAX_BYTES`."""
    try:
        size = path.stat().st_size
    except OSError:
        raise ReadError("transcripts.cannot_open", where=path) from None
    if size > MAX_BYTES:
        raise ReadError("transcripts.too_large", where=path, limit=MAX_BYTES // _MEGABYTE)
    return decoding.load(path)


def load_text(path: Path) -> tuple[str, tuple[Doubt, ...]]:
    """Return the text of `path` and the doubts about its encoding, as `decoding.load_text` does, within bounds."""
    load(path)
    return decoding.load_text(path)


def load_json(path: Path) -> tuple[Any, tuple[Doubt, ...]]:
    """Return what the JSON of `path` holds. Raises `ReadError` when it is no JSON, or holds more values or levels than a transcript."""
    text, doubts = load_text(path)
    if sum(map(text.count, ",[{")) > MAX_VALUES:
        raise ReadError("readers.too_full", where=path)
    try:
        return json.loads(text, strict=False), doubts
    except json.JSONDecodeError as error:
        raise ReadError("readers.broken", where=path, line=error.lineno, kind="JSON") from None
    except RecursionError:
        raise ReadError("readers.too_full", where=path) from None
    except ValueError:  # an integer of thousands of digits
        raise ReadError("readers.broken", where=path, kind="JSON") from None
