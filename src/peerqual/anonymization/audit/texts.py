"""Bytes as text, and the further readings of a text: escapes resolved, split words joined, what is written in base64."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from .pieces import Piece

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BLOB = re.compile(r"[A-Za-z0-9+/_-]{8,}(?:\\?\r?\n[ \t]*[A-Za-z0-9+/_-]{8,})*={0,2}|[A-Za-z0-9+/_-]{6,7}={1,2}")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-fA-F]{2}){4,}(?![0-9A-Za-z])")
_LONG = 64
_FILES = (b"\x89PNG", b"PK", b"\x1f\x8b", b"%PDF", b"\xff\xd8", b"x\x9c")
_ESCAPES = re.compile(
    r"\\u\{([0-9a-fA-F]{1,6})\}|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\x([0-9a-fA-F]{2})|\\'([0-9a-fA-F]{2})"
    r"|\\u(-?\d{1,5})(?: ?\?)?|\\([0-7]{3})"
)
_QUOTED = re.compile(r"((?:=[0-9A-F]{2})+)|=\n")  # of mails: only where bytes above ASCII or cut lines show it
_IS_QUOTED = re.compile(r"=[C-F][0-9A-F]=[89AB][0-9A-F]|=\n")
_TAG = re.compile(r"<!--.*?-->|<\?.*?\?>|</?([A-Za-z_][\w.:-]*)[^<>]*>", re.DOTALL)
_SILENT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup t tspan tt u var wbr"
    " r rpr ppr bcs ics i iCs b sz szcs rfonts color lang noproof proofErr bookmarkstart bookmarkend bookmark deltext instrtext smarttag hyperlink"
    " commentrangestart commentrangeend commentreference rstyle highlight vertalign lastrenderedpagebreak softhyphen nobreakhyphen".lower().split()
)


def decoded(data: bytes) -> str | None:
    """Return `data` as text (line ends as « \\n »), or None when it is none: UTF-8, UTF-16 and 32 with a mark or without, else Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lines(data[len(mark) :].decode(encoding, "replace"))
    zeros = data[:4096].count(0)
    if zeros > len(data[:4096]) // 4 and len(data) % 2 == 0:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = data.decode(encoding, "replace")
            if sum(char < "\u2100" and char != "\0" for char in text) > 0.9 * len(text):
                return _lines(text)
    if zeros or len(_CONTROL.findall(data)) * 50 > len(data):
        return None
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _lines(data.decode("cp1252", "replace"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def readings(piece: Piece) -> Iterator[Piece]:
    """Yield the other readings of `piece`: escapes of all kinds resolved, UTF-8 that was taken for Windows-1252 mended."""
    text = plain(piece.text)
    if text != piece.text:
        yield replace(piece, text=text, again=True)
    if _IS_QUOTED.search(piece.text):
        yield replace(
            piece, text=_QUOTED.sub(lambda found: bytes.fromhex((found[1] or "").replace("=", "")).decode("utf-8", "replace"), piece.text), again=True
        )
    if "Ã" in text or "â€" in text:
        yield replace(piece, text=text.encode("cp1252", "ignore").decode("utf-8", "ignore"), again=True)


def plain(text: str) -> str:
    """Return `text` with HTML entities, percent signs and the escapes of JSON, JavaScript, RTF, PDF and mails resolved.

    >>> plain("Ma&euml;lle Kervandec, Ma%C3%ABlle, Ma\\\\u00eblle")
    'Maëlle Kervandec, Maëlle, Maëlle'
    """
    if "\\" in text or "=" in text:
        text = _ESCAPES.sub(_escaped, text)
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "%" in text:
        text = unquote(unquote(text), errors="replace")
    return text


def _escaped(found: re.Match[str]) -> str:
    braces, four, eight, two, rtf, decimal, octal = found.groups()
    if rtf:
        return bytes.fromhex(rtf).decode("cp1252", "replace")
    code = int(octal, 8) if octal else int(decimal) % 65536 if decimal else int(braces or four or eight or two, 16)
    return chr(code) if code < 0x110000 else ""


def unmarked(text: str, *, silent: bool = True) -> str:
    """Return the words of HTML or XML: tags that may stand inside a word vanish, others part lines; scripts and styles too when `silent`.

    >>> unmarked("<p>Ker<b>van</b>dec</p><p>Rose</p>").split()
    ['Kervandec', 'Rose']
    """
    if silent:
        text = _SILENT.sub("\n", text)
    return html.unescape(_TAG.sub(_parted, text))


def inline_apart(text: str) -> tuple[str, str]:
    """Return HTML or XML with the tags that may stand inside a word as blanks, every place kept, and those tags that have attributes, a line each.

    >>> inline_apart('<p>un <b data-x="1">mot</b></p>')
    ('<p>un               mot    </p>', '<b data-x="1">')
    """
    apart: list[str] = []

    def blank(found: re.Match[str]) -> str:
        if found[1] is None or _parted(found):
            return found[0]
        if "=" in found[0]:
            apart.append(found[0])
        return re.sub(r"[^\n]", " ", found[0])

    return _TAG.sub(blank, text), "\n".join(apart)


def _parted(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return ""
    return "" if name.rpartition(":")[2].lower() in _INLINE else "\n"


def hidden(text: str) -> Iterator[bytes]:
    """Yield what is written in base64 or in hexadecimal digits in `text`, each once: files, or words in UTF-8."""
    for blob in dict.fromkeys(_BLOB.findall(text)):
        if len(blob) >= _LONG or (not blob.islower() and not blob.isdigit() and not blob.istitle()):
            yield from _decoded_blob(blob)
    for digits in dict.fromkeys(_HEX.findall(text)):
        if not digits.isdigit():
            data = bytes.fromhex(digits)
            if _is_words(data):
                yield data


def _decoded_blob(blob: str) -> Iterator[bytes]:
    letters = re.sub(r"[\\\s]", "", blob).rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        data = base64.b64decode(letters + "=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return
    if len(blob) >= _LONG * 4 or data.startswith(_FILES) or _is_words(data):
        yield data


def _is_words(data: bytes) -> bool:
    try:
        text = data.decode("utf-16" if data.startswith((b"\xfe\xff", b"\xff\xfe")) else "utf-8")
    except UnicodeDecodeError:
        return False
    return len(text) > 2 and all(char.isprintable() or char.isspace() for char in text)
