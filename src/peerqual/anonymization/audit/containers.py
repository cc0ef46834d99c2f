"""From the bytes of a file to its texts, by what the bytes are and not by what the file is called; what is packed is unpacked, within bounds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from . import documents, texts
from .pieces import BYTES, DATA, KEY, NAME, UNREAD, Piece

_DEEPEST = 4
_LARGEST = 256 * 1024 * 1024  # of one thing unpacked
_MEMBERS = 20_000
_FAULTS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, KeyError, struct.error)
_RUNS = (
    (re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00\x00\x00){3,}"), "utf-32-le"),
    (re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){4,}"), "utf-16-le"),
    (re.compile(rb"(?:\x00[\x20-\x7e\xa0-\xff]){4,}"), "utf-16-be"),
    (re.compile(rb"[\x20-\x7e\x80-\xff]{4,}"), "utf-8"),
    (re.compile(rb"[\x20-\x7e\xa0-\xff]{4,}"), "cp1252"),
)


def inside(file: str, place: str, name: str, data: bytes, depth: int = 0) -> Iterator[Piece]:
    """Yield the pieces of `data`, which is called `name` and lies at `place` of `file`."""
    if depth > _DEEPEST:
        yield Piece(file, place, "", UNREAD)
        return
    for magic, open_it in _KINDS.items():
        if data.startswith(magic):
            try:
                yield from open_it(file, place, name, data, depth)
            except _FAULTS:
                yield Piece(file, place, "", UNREAD)
                yield from _strings(file, place, data)
            return
    text = texts.decoded(data)
    if text is None:
        yield from _strings(file, place, data)
        return
    yield from documents.read(file, place, name, text)
    for found in texts.hidden(text):
        yield from inside(file, f"{place} base64".strip(), "", found, depth + 1)


def _zip(file: str, place: str, name: str, data: bytes, depth: int) -> Iterator[Piece]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield Piece(file, f"{place} comment".strip(), archive.comment.decode("utf-8", "replace"), NAME)
        for member in archive.infolist()[:_MEMBERS]:
            where = f"{place} {member.filename}".strip()
            if depth or not documents.is_part(member.filename):
                yield Piece(file, where, member.filename, NAME)
            yield Piece(file, f"{where} comment", member.comment.decode("utf-8", "replace"), NAME)
            if member.is_dir():
                continue
            if member.flag_bits & 1 or member.file_size > _LARGEST:
                yield Piece(file, where, "", UNREAD)
            else:
                yield from inside(file, where, member.filename, archive.read(member), depth + 1)


def _packed(unpack: Callable[[bytes], bytes]) -> Callable[..., Iterator[Piece]]:
    def open_it(file: str, place: str, name: str, data: bytes, depth: int) -> Iterator[Piece]:
        yield from inside(file, place, name.rpartition(".")[0], unpack(data), depth + 1)

    return open_it


def _gzip(file: str, place: str, name: str, data: bytes, depth: int) -> Iterator[Piece]:
    yield Piece(file, f"{place} name".strip(), data[10:300].partition(b"\0")[0].decode("latin-1") if data[3] & 8 else "", NAME)
    with gzip.open(io.BytesIO(data)) as packed:
        yield from inside(file, place, name.rpartition(".")[0], packed.read(_LARGEST), depth + 1)


def _zlib(file: str, place: str, name: str, data: bytes, depth: int) -> Iterator[Piece]:
    yield from inside(file, place, name, zlib.decompressobj().decompress(data, _LARGEST), depth + 1)


def _png(file: str, place: str, name: str, data: bytes, depth: int) -> Iterator[Piece]:
    """A picture's own words: all chunks but the pixels, unpacked where they are."""
    at = 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        at += 12 + length
        where = f"{place} {kind.decode('latin-1')}".strip()
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            key, _, rest = body.partition(b"\0")
            unpacked = _inflated(rest)
            body = key + b"\0" + (rest if unpacked is None else rest[:40].split(b"x")[0] + b"\0" + unpacked)
        if kind not in (b"IDAT", b"IHDR", b"PLTE", b"IEND"):
            yield from _parts(file, where, body)
    yield from _strings(file, f"{place} after the end".strip(), data[at:])


def _inflated(data: bytes) -> bytes | None:
    at = data.find(b"x")
    while 0 <= at < 80:
        try:
            return zlib.decompressobj().decompress(data[at:], _LARGEST)
        except zlib.error:
            at = data.find(b"x", at + 1)
    return None


def _parts(file: str, place: str, body: bytes) -> Iterator[Piece]:
    for part in body.split(b"\0"):
        text = texts.decoded(part)
        if text is not None and text.strip():
            yield Piece(file, place, text, DATA)
            yield from texts.readings(Piece(file, place, text, DATA))
    if b"\0" in body:
        yield from _strings(file, place, body)


def _numpy(file: str, place: str, name: str, data: bytes, depth: int) -> Iterator[Piece]:
    """Words of an array stand side by side in its bytes: they are parted as the array parts them."""
    import numpy as np

    try:
        array = np.load(io.BytesIO(data), allow_pickle=False)
    except ValueError:  # objects: a pickle, which is not opened but read as bytes
        array = np.array([])
    if array.dtype.kind in "US":
        yield Piece(file, place, "\n".join(str(word) for word in array.astype("U").ravel()), DATA)
    yield from _strings(file, place, data)


def _key(file: str, place: str, name: str, data: bytes, depth: int) -> Iterator[Piece]:
    yield Piece(file, place, "", KEY)


def _ole(file: str, place: str, name: str, data: bytes, depth: int) -> Iterator[Piece]:
    """Old Office files are read as bytes; new ones that are locked by a password cannot be."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        yield Piece(file, place, "", UNREAD)
    yield from _strings(file, place, data)


def _pdf(file: str, place: str, name: str, data: bytes, depth: int) -> Iterator[Piece]:
    yield from documents.pdf(file, place, data)
    for stream in re.finditer(rb"stream\r?\n", data):
        unpacked = _inflated(data[stream.end() : stream.end() + 2 * _MEMBERS]) if data[stream.end() : stream.end() + 1] == b"x" else None
        if unpacked:
            yield from _strings(file, place, unpacked)
    yield from _strings(file, place, data)


def _strings(file: str, place: str, data: bytes) -> Iterator[Piece]:
    """Runs of signs in bytes, in the encodings that programs use for words."""
    for pattern, encoding in _RUNS:
        runs = pattern.findall(data)
        if runs:
            yield Piece(file, place, "\n".join(run.decode(encoding, "replace") for run in runs), BYTES)


_KINDS: dict[bytes, Callable[..., Iterator[Piece]]] = {
    b"PK\x03\x04": _zip,
    b"PK\x05\x06": _zip,
    b"\x1f\x8b": _gzip,
    b"BZh": _packed(bz2.decompress),
    b"\xfd7zXZ\0": _packed(lzma.decompress),
    b"\x78\x01": _zlib,
    b"\x78\x5e": _zlib,
    b"\x78\x9c": _zlib,
    b"\x78\xda": _zlib,
    b"\x89PNG\r\n\x1a\n": _png,
    b"%PDF": _pdf,
    b"\x93NUMPY": _numpy,
    b"peerqual-key": _key,
    b"\xd0\xcf\x11\xe0": _ole,
}
