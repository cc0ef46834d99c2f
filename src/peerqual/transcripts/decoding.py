"""From the bytes of a file to its text: UTF-8, UTF-16 with its mark, else Windows-1252 where the letters speak for it.

Nothing is normalised but line ends; what was not sure is a `Doubt`.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from ..errors import ReadError
from ..model import Doubt

MAX_BYTES = 256 * 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What French in Windows-1252 writes above ASCII; anything else there speaks for another encoding.
_FRENCH = frozenset("éèêëàâäùûüîïôöçœæÿÉÈÊËÀÂÄÙÛÜÎÏÔÖÇŒÆŸ«»’‘“”…–—·°€²³ñáíóúãõÑ\u00a0ß§©®")
_CONTROLS = {code for code in range(32)} - {9, 10, 11, 12, 13, 27} | {127}


def load(path: Path) -> bytes:
    """Return the bytes of `path`. Raises `ReadError` when it cannot be opened, holds nothing, or is larger than `MAX_BYTES`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadError("transcripts.too_large", where=path, limit=MAX_BYTES // 1024**2)
        data = path.read_bytes()
    except OSError:
        raise ReadError("transcripts.cannot_open", where=path) from None
    if not data.strip():
        raise ReadError("transcripts.empty", where=path)
    return data


def load_text(path: Path) -> tuple[str, tuple[Doubt, ...]]:
    r"""Return the text of `path` (byte-order mark dropped, line ends ``\n``) and the doubts about its encoding.

    Raises `ReadError` when the file is empty, binary, or in an encoding that cannot be told.
    """
    text, doubts = _decode(path, load(path))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReadError("transcripts.empty", where=path)
    controls = sum(text.count(chr(code)) for code in _CONTROLS)
    if text.count("\0") or controls > len(text) // 500:
        raise ReadError("transcripts.binary", where=path)
    return text, doubts


def _decode(path: Path, data: bytes) -> tuple[str, tuple[Doubt, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError:
                raise ReadError("transcripts.encoding", where=path) from None
    if b"\0" in data:
        raise ReadError("transcripts.binary", where=path)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise ReadError("transcripts.encoding", where=path, line=line) from None
    high = [char for char in text if char > "\x7f"]
    if sum(char in _FRENCH for char in high) < 0.9 * len(high):
        raise ReadError("transcripts.encoding", where=path, line=line)
    return text, (Doubt(line, "transcripts.cp1252"),)
