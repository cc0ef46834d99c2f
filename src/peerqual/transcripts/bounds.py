"""Files of recognition and transcription tools are read within bounds: a hostile one is refused before it costs time or memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..errors import ReadError
from ..model import Doubt
from . import decoding
from .decoding import load_text

MAX_VALUES = 1_000_000  # tags of XML, values of JSON: a day of speech has 250,000 words


def load(path: Path) -> bytes:
    """Return the bytes of `path`. Raises `ReadError` when it cannot be opened, holds nothing, or is larger than `decoding.MAX_TEXT`."""
    return decoding.load(path, limit=decoding.MAX_TEXT)


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
