"""Office files are archives of XML parts: checked before anything is unpacked, then parsed without entities, without network, within bounds."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ReadError

MAX_XML = 32 * 1024 * 1024  # of one XML part, unpacked: dozens of interviews' worth
MAX_UNZIPPED = 512 * 1024 * 1024
MAX_PARTS = 5000
MAX_RATIO = 250  # words compress by 3 to 30
MAX_TAGS = 2_000_000  # of one XML part
_SMALL = 4 * 1024 * 1024  # what is smaller than this harms nobody, whatever its ratio

OLE = b"\xd0\xcf\x11\xe0"  # the container of old Office files, and of encrypted new ones
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, KeyError)
_ENCODING = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<(?:\?xml[^>]{0,200}?encoding\s*=\s*[\"'](?P<name>[\w.-]{1,40})[\"'])?", re.ASCII)
_ENCODINGS = (b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"iso-8859-1", b"windows-1252")  # in others « <!DOCTYPE » could hide
_STRICT = b"http://purl.oclc.org/ooxml/"


@dataclass(frozen=True, slots=True)
class Kind:
    """What an archive is said to be: the messages for one that is broken and for one that is locked by a password."""

    broken: str
    locked: str


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that was checked. Parts are found whatever the case of their names."""

    path: Path
    kind: Kind
    zipped: zipfile.ZipFile
    names: dict[str, str]

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.names

    def read(self, name: str) -> bytes:
        """Return the bytes of part `name`. Raises `ReadError` when there is none or it is damaged."""
        try:
            return self.zipped.read(self.names[name.lower()])
        except _BROKEN:
            raise ReadError(self.kind.broken, where=self.path) from None

    def xml(self, name: str) -> Any:
        """Return the root element of part `name`. Raises `ReadError` when it is not well-formed, too deep, or declares a document type."""
        from lxml import etree

        data = self.read(name)
        if len(data) > MAX_XML or data.count(b"<") > MAX_TAGS:
            raise ReadError("transcripts.bomb", where=self.path)
        if not is_safe(data):
            raise ReadError("office.entities", where=self.path)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(_transitional(data), parser)
        except etree.XMLSyntaxError:
            raise ReadError(self.kind.broken, where=self.path) from None


def open_archive(path: Path, data: bytes, kind: Kind) -> Archive:
    """Return the archive in `data` once it may be unpacked.

    Raises `ReadError` when it is no archive, is locked by a password, holds more than a transcript or names that lead out of it.
    """
    if data.startswith(OLE):
        raise ReadError(kind.locked, where=path)
    try:
        zipped = zipfile.ZipFile(io.BytesIO(data))
        parts = zipped.infolist()
    except _BROKEN:
        raise ReadError(kind.broken, where=path) from None
    if any(part.flag_bits & 1 for part in parts):
        raise ReadError(kind.locked, where=path)
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNZIPPED or any(_is_bomb(part) for part in parts):
        raise ReadError("transcripts.bomb", where=path)
    if any(_leads_out(part.filename) for part in parts):
        raise ReadError("office.leads_out", where=path)
    return Archive(path, kind, zipped, {part.filename.replace("\\", "/").lower(): part.filename for part in parts})


def is_safe(xml: bytes) -> bool:
    """Tell whether an XML part declares no document type and no entity, in an encoding in which that can be seen."""
    seen = xml.replace(b"\0", b"")
    if not seen.strip():
        return True
    found = _ENCODING.match(seen)
    return found is not None and (found["name"] or b"utf-8").lower() in _ENCODINGS and b"<!DOCTYPE" not in seen and b"<!ENTITY" not in seen


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    if part.filename.lower().endswith((".xml", ".rels")) and part.file_size > MAX_XML:
        return True
    return part.file_size > _SMALL and part.file_size > MAX_RATIO * part.compress_size


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or (len(parts) > 1 and not parts[0]) or ":" in parts[0]


def _transitional(data: bytes) -> bytes:
    """Files saved as « Strict Open XML » differ from the usual ones in the names of their namespaces only."""
    if _STRICT not in data:
        return data
    data = data.replace(_STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main")
    return data.replace(_STRICT + b"officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships")
