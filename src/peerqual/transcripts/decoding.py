"""From the bytes of a file to its text: the encoding by its mark, else by evidence; nothing is normalised but line ends.

UTF-8 speaks for itself; UTF-16 without its mark shows in its zeros; among encodings of one byte a letter, the one wins whose accents
stand where French has them (`plausible`). What was not sure is a `Doubt`.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ..errors import ReadError
from ..model import Doubt

MAX_BYTES = 256 * 1024 * 1024  # of a file that may hold pictures and sound beside words
MAX_TEXT = 32 * 1024 * 1024  # of text alone: five million words, or a day of speech with the times of every word
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings of one byte a letter, in the order in which they are believed where they fare alike, and the doubt that says each.
_ONE_BYTE = {"cp1252": "transcripts.cp1252", "iso8859-15": "transcripts.iso8859_15", "mac_roman": "transcripts.mac_roman"}
_ENOUGH = 0.8  # share of the letters above ASCII that must be plausible
_SAMPLE = 1 << 20  # bytes that are weighed: a megabyte holds thousands of accents
_ZEROS = 4096  # bytes that are looked at for UTF-16
_TWICE = "Ã©"  # « é » in UTF-8, read as Windows-1252
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_LOWER, _UPPER, _INITIAL = "éèêëàâäùûüîïôöçœæÿ", "ÉÈÊËÀÂÄÙÛÜÎÏÔÖÇŒÆŸ", "éèêàâîôûçœ"
_BLANK = r"\s\u00a0\u202f"
# Where French has what is above ASCII: « été », « À », « ÉTÉ », but not « ÈtÈ »; « c’est », « mot… », « — Oui », « 20 € ».
_PLAUSIBLE = re.compile(
    rf"(?=[^\x00-\x7f])(?:(?<=[a-z{_LOWER}])[{_LOWER}](?![A-Z{_UPPER}])|(?<=\b[A-Z{_UPPER}])[{_LOWER}](?![A-Z{_UPPER}])"
    rf"|\b[{_INITIAL}](?=[a-z{_LOWER}])|\b[àôÀÔ]\b|\b[{_UPPER}](?=[A-Za-z'’.{_LOWER}{_UPPER}])|(?<=[A-Z{_UPPER}])[{_UPPER}](?![a-z{_LOWER}])"
    rf"|(?<=\w)’(?=[\w{_BLANK}])|(?<![^{_BLANK}(])[«“‘](?=[\w{_BLANK}(…–—])|(?<=[\w.!?…,){_BLANK}])[»”’](?!\w)"
    rf"|(?<=[\w?!»,{_BLANK}])…(?!\w)|(?<![^{_BLANK}(«])…(?=\w)|(?<![^{_BLANK}.,:;!?])[–—•](?![^{_BLANK}])|(?<=\d)[–—](?=\d)"
    rf"|(?<=\S)\u00a0|\u00a0(?=\S)|(?<=[\dnN{_BLANK}])°|(?<=[\d{_BLANK}])€(?!\w)|(?<=\w)·(?=\w)|(?<=[mk])[²³]|§(?=[{_BLANK}\d]))"
)
# Letters of the neighbours' languages (« João », « Muñoz ») say a little less.
_FOREIGN = re.compile(r"(?=[^\x00-\x7f])(?:(?<=[a-zA-Z])[ãåáíìóòõøñúšžß](?![A-Z])|\b[ÁÅÓÕØÑÚŠŽ](?=[a-z]))")
_FOREIGN_WEIGHT = 0.8


def load(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of `path`. Raises `ReadError` when it cannot be opened, holds nothing, or has more than `limit` bytes."""
    try:
        if path.stat().st_size > limit:
            raise ReadError("transcripts.too_large", where=path, limit=limit // 1024**2)
        data = path.read_bytes()
    except OSError:
        raise ReadError("transcripts.cannot_open", where=path) from None
    if not data.strip():
        raise ReadError("transcripts.empty", where=path)
    return data


def load_text(path: Path) -> tuple[str, tuple[Doubt, ...]]:
    r"""Return the text of `path` (byte-order mark dropped, line ends ``\n``) and the doubts about its encoding.

    Raises `ReadError` when the file is empty, binary, larger than `MAX_TEXT`, or in an encoding that cannot be told.
    """
    text, doubts = decode(path, load(path, limit=MAX_TEXT))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReadError("transcripts.empty", where=path)
    if "\0" in text or len(_CONTROL.findall(text)) > len(text) // 500:
        raise ReadError("transcripts.binary", where=path)
    return text, doubts


def decode(path: Path, data: bytes) -> tuple[str, tuple[Doubt, ...]]:
    """Return `data` as text, and the doubt that says its encoding where it had to be found. Raises `ReadError` naming `path`."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError:
                raise ReadError("transcripts.encoding", where=path) from None
    if b"\0" in data:
        return _without_mark(path, data)
    try:
        return _said_twice(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = _line(data, error.start)
    encoding = _one_byte(data[:_SAMPLE])
    try:
        return data.decode(encoding), (Doubt(line, _ONE_BYTE[encoding]),)
    except (UnicodeDecodeError, LookupError):
        raise ReadError("transcripts.encoding", where=path, line=line) from None


def _said_twice(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """Return `text`, which is UTF-8, and a doubt where its « é » are two letters: it was saved once as if it were Windows-1252."""
    twice = text.find(_TWICE) if text.count(_TWICE) > text.count("é") else -1
    return text, (Doubt(text.count("\n", 0, twice) + 1, "transcripts.encoded_twice"),) if twice >= 0 else ()


def _line(data: bytes, at: int) -> int:
    ends = data.count(b"\n", 0, at) or data.count(b"\r", 0, at)  # old Macintosh files have the latter alone
    return ends + 1


def _without_mark(path: Path, data: bytes) -> tuple[str, tuple[Doubt, ...]]:
    """Decode UTF-16 that has no mark: every other byte of French is zero, hardly any of the others is."""
    head = data[: min(_ZEROS, len(data) // 2 * 2)]
    zeros = head[0::2].count(0), head[1::2].count(0)
    for encoding, few, many in (("utf-16-le", zeros[0], zeros[1]), ("utf-16-be", zeros[1], zeros[0])):
        if len(data) % 2 == 0 and few <= len(head) / 200 and many >= len(head) * 0.4:
            try:
                return data.decode(encoding), (Doubt(1, "transcripts.utf_16"),)
            except UnicodeDecodeError:
                break
    raise ReadError("transcripts.binary", where=path)


def _one_byte(sample: bytes) -> str:
    """Return the encoding in which `sample` is most plausible French, "" where it is in none."""
    shares = {encoding: plausible(text) for encoding in _ONE_BYTE if (text := _decoded(sample, encoding))}
    best = max(shares, key=lambda encoding: shares[encoding], default="")
    return best if best and shares[best] >= _ENOUGH else ""


def _decoded(sample: bytes, encoding: str) -> str:
    try:
        return sample.decode(encoding)
    except UnicodeDecodeError:
        return ""


def plausible(text: str) -> float:
    """Return the share of the characters above ASCII that stand where French has them (foreign letters say a little less); 1 where there are none.

    >>> plausible("Été"), plausible("…tÈ"), plausible("Ã©tÃ©")
    (1.0, 0.5, 0.0)
    """
    high = len(text) - len(text.encode("ascii", "ignore"))
    if not high:
        return 1.0
    good = sum(1 for _ in _PLAUSIBLE.finditer(text))
    foreign = sum(1 for _ in _FOREIGN.finditer(text))
    return (good + _FOREIGN_WEIGHT * foreign) / high
