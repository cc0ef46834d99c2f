"""OpenDocument texts: the document with its look, and nothing else; a new package holds its words and its styles.

Left out: properties, thumbnail, settings, comments, revisions, macros, pictures, embedded files, links, fields.
Source: OASIS, Open Document Format for Office Applications 1.3, parts 2 (packages) and 3 (schema).
"""

from __future__ import annotations

from typing import Any

from ..archives import open_archive
from ..decoding import load
from ..opendocument import DOCUMENT
from .checking import check_strings
from .opentext import DRAWN, OFFICE, PARAGRAPHS, STYLE, TEXT, Styles, clean, pieces, withdraw
from .packages import packed, remove, serialized, strings_of
from .pieces import Source
from .rewrite import Rewrite

_TYPE = "application/vnd.oasis.opendocument.text"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
_META = f'<office:document-meta xmlns:office="{_SPACE}:office:1.0" office:version="1.3"><office:meta/></office:document-meta>'
_HEADERS = tuple(f"{STYLE}{part}{which}" for part in ("header", "footer") for which in ("", "-left", "-first"))


def rewritten(rewrite: Rewrite) -> bytes:
    """Return the OpenDocument text with the words of `rewrite`. Raises `WritingError` when the words of an edit are not found in it."""
    archive = open_archive(rewrite.path, load(rewrite.path), DOCUMENT)
    content = archive.xml("content.xml")
    parts = {"content.xml": content} | ({"styles.xml": archive.xml("styles.xml")} if "styles.xml" in archive else {})
    roots = list(parts.values())
    styles = Styles(roots, rewrite)
    styles.drop_hidden(content)
    for root in roots:
        clean(root, pages=root is not content)
        withdraw(root, (*_HEADERS, f"{TEXT}note-body"))
    _carry(content.find(f"{OFFICE}body/{OFFICE}text"), rewrite)
    check_strings(strings_of(roots, PARAGRAPHS), rewrite)
    files = {"mimetype": _TYPE.encode("ascii"), "meta.xml": _META.encode("ascii")} | {name: serialized(root) for name, root in parts.items()}
    return packed(files | {"META-INF/manifest.xml": _manifest([*parts, "meta.xml"])}, stored=("mimetype",))


def _carry(body: Any, rewrite: Rewrite) -> None:
    """Carry the edits out on the runs; frames that were not read go."""
    source = Source()
    units: dict[Any, int] = {}
    found = list(pieces(body))
    for _, paragraph, text, put in found:
        source.add(text, put, units.setdefault(paragraph, len(units)))
    source.carry(rewrite)
    read = {element for (element, *_), piece in zip(found, source.pieces, strict=True) if piece.given}
    for frame in list(body.iter(*DRAWN)):
        if not any(element in read for element in frame.iter()):
            remove(frame)


def _manifest(parts: list[str]) -> bytes:
    entries = "".join(f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>' for part in parts)
    return (
        f'<manifest:manifest xmlns:manifest="{_SPACE}:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_TYPE}"/>{entries}</manifest:manifest>'
    ).encode("ascii")
