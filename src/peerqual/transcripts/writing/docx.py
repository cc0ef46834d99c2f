"""Word files: the document with its look, and nothing else; a new package holds the parts that words and look need.

Left out: properties, thumbnail, comments and their authors, revisions, custom XML, macros, embedded files and fonts, pictures, links, glossary.
Source: ECMA-376, Office Open XML, parts 1 (WordprocessingML) and 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import partial
from typing import Any

from ..archives import Archive, open_archive
from ..decoding import load
from ..word import WORD
from .checking import check_strings
from .packages import DATE, packed, remove, serialized, strings_of
from .pieces import Source
from .rewrite import Rewrite
from .wordprocessing import DRAWN, PARTS, R, W, clean, pieces, put, withdraw
from .wordstyles import Styles, clean_fonts, clean_numbering, clean_settings, clean_theme

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = f"{{{_PACKAGE}/relationships}}Relationship"
_TYPES = {kind: f"{_WORDML}.{kind}+xml" for kind in ("styles", "numbering", "settings", "fontTable", "footnotes", "endnotes", "header", "footer")} | {
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml"
}
_CORE_PART = "docProps/core.xml"
_CORE_RELATION = f"{_PACKAGE}/relationships/metadata/core-properties"
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    f'<dcterms:created xsi:type="dcterms:W3CDTF">{DATE}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{DATE}</dcterms:modified>'
    "</cp:coreProperties>"
)

Parts = dict[str, tuple[str, Any]]  # name in the folder of the document → kind, root


def rewritten(rewrite: Rewrite) -> bytes:
    """Return the Word file with the words of `rewrite`. Raises `WritingError` when the words of an edit are not found in it."""
    archive = open_archive(rewrite.path, load(rewrite.path), WORD)
    main = _targets(archive, "_rels/.rels", "").get("officeDocument", [("", "word/document.xml")])[0][1]
    folder, name = posixpath.split(main)
    related = _targets(archive, f"{folder}/_rels/{name}.rels", folder)
    document = archive.xml(main)
    styles = Styles(next((archive.xml(target) for _, target in related.get("styles", [])), None), rewrite)
    clean(document)
    _drop_unread(document, styles)
    _carry(document, rewrite)
    styles.rename(document)
    parts = _parts(archive, related, document, styles)
    roots = [document, *(root for _, root in parts.values())]
    check_strings(strings_of(roots, (f"{W}p",)), rewrite)
    return packed(_package(document, parts))


def _targets(archive: Archive, relations: str, folder: str) -> dict[str, list[tuple[str, str]]]:
    """Return the ids and names of the parts that `relations` name, by the kind of relation."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in archive.xml(relations).iter(_RELATION) if relations in archive else ():
        target = one.get("Target", "")
        part = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
        if one.get("TargetMode") != "External" and part in archive:
            found.setdefault(one.get("Type", "").rpartition("/")[2], []).append((one.get("Id", ""), part))
    return found


def _drop_unread(document: Any, styles: Styles) -> None:
    """Drop hidden words, and the table of contents, which repeats the headings: neither is read."""
    for paragraph in list(document.iter(f"{W}p")):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        named = style.get(f"{W}val", "") if style is not None else ""
        if named in styles.contents:
            remove(paragraph)
            continue
        for run in list(paragraph.iter(f"{W}r")):
            if styles.hides(run, named):
                remove(run)


def _carry(document: Any, rewrite: Rewrite) -> None:
    """Carry the edits out on the runs; text boxes that were not read go."""
    source = Source()
    units: dict[Any, int] = {}
    found = list(pieces(document))
    for element, paragraph, text in found:
        source.add(text, partial(put, element), units.setdefault(paragraph, len(units)))
    source.carry(rewrite)
    read = {element for (element, _, _), piece in zip(found, source.pieces, strict=True) if piece.given}
    for drawing in list(document.iter(*DRAWN)):
        if not any(text in read for text in drawing.iter(f"{W}t")):
            remove(drawing)


def _parts(archive: Archive, related: dict[str, list[tuple[str, str]]], document: Any, styles: Styles) -> Parts:
    parts: Parts = {}
    if styles.root is not None:
        parts["styles.xml"] = ("styles", styles.root)
    cleaners: dict[str, Callable[[Any], Any]] = {
        "numbering": partial(clean_numbering, styles=styles),
        "settings": clean_settings,
        "fontTable": clean_fonts,
        "theme": clean_theme,
    }
    for kind, cleaned in cleaners.items():
        for _, target in related.get(kind, [])[:1]:
            parts[f"{kind}.xml"] = (kind, cleaned(archive.xml(target)))
    for kind in ("footnotes", "endnotes"):
        for _, target in related.get(kind, [])[:1]:
            parts[f"{kind}.xml"] = (kind, _unseen(archive.xml(target), styles))
    for reference in list(document.iter(*PARTS)):
        kind = str(reference.tag).removeprefix(W).removesuffix("Reference")
        part = dict(related.get(kind, [])).get(reference.get(f"{R}id", ""))
        if part is None:
            remove(reference)
            continue
        name = f"{kind}{len(parts) + 1}.xml"
        parts[name] = (kind, _unseen(archive.xml(part), styles))
        reference.set(f"{R}id", _id(name))
    return parts


def _unseen(root: Any, styles: Styles) -> Any:
    """Return a header, a footer or notes, whose words nobody looked at, without words."""
    clean(root, pages=True)
    withdraw(root)
    styles.rename(root)
    return root


def _id(name: str) -> str:
    return "r" + name.removesuffix(".xml")


def _package(document: Any, parts: Parts) -> dict[str, bytes]:
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    overrides = {"word/document.xml": f"{_WORDML}.document.main+xml", _CORE_PART: "application/vnd.openxmlformats-package.core-properties+xml"}
    overrides |= {f"word/{name}": _TYPES[kind] for name, (kind, _) in parts.items()}
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    top = [("rDocument", f"{_OFFICE}/officeDocument", "word/document.xml"), ("rCore", _CORE_RELATION, _CORE_PART)]
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations(top),
        _CORE_PART: _CORE,
        "word/_rels/document.xml.rels": _relations([(_id(name), f"{_OFFICE}/{kind}", name) for name, (kind, _) in parts.items()]),
    }
    made = {name: text.encode("utf-8") for name, text in files.items()}
    return made | {"word/document.xml": serialized(document)} | {f"word/{name}": serialized(root) for name, (_, root) in parts.items()}


def _relations(relations: list[tuple[str, str, str]]) -> str:
    made = "".join(f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>' for id, kind, target in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'
