"""Texts by their kind: notebooks cell by cell, markup as source and as words, tables with their heading, PDF page by page."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from . import texts
from .pieces import DATA, PROSE, SETTINGS, UNREAD, Piece

_MARKUP = ("html", "htm", "xhtml", "xml", "svg", "rels", "eaf", "trs", "tei")
_PARTS = (
    "word/",
    "xl/",
    "ppt/",
    "docProps/",
    "_rels/",
    "[Content_Types]",
    "META-INF/",
    "content.xml",
    "styles.xml",
    "meta.xml",
    "settings.xml",
    "customXml/",
)
_READ = ("content.xml", "word/document", "word/footnotes", "word/endnotes", "word/comments", "xl/sharedStrings", "ppt/slides/", "ppt/notesSlides/")
# Names of styles and fonts, most of them the program's own (« TOC Heading »).
_SETTINGS = (
    "word/styles",
    "word/theme/",
    "word/fontTable",
    "word/settings",
    "word/webSettings",
    "word/numbering",
    "xl/styles",
    "xl/theme/",
    "ppt/theme/",
)
_VALUES = re.compile(r'(?<=")[^"<>]*[^\W\d_]{3}[^"<>]*(?=")|(?<=>)[^<>]*[^\W\d_]{3}[^<>]*(?=<)')
_TABLES = ("csv", "tsv")
_SOURCES = ("css", "js", "py", "toml", "yaml", "yml", "json", "jsonl", "ndjson", "rtf", "sql")


def read(file: str, place: str, name: str, text: str) -> Iterator[Piece]:
    """Yield the pieces of a `text` whose file or member is called `name`."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix == "ipynb":
        notebook = _loaded(text)
        if notebook is not None:
            yield from _notebook(file, place, notebook)
            return
    if suffix in _MARKUP or text.lstrip()[:1] == "<":
        yield from _markup(file, place, name, suffix, text)
        return
    if suffix in _TABLES:
        head, _, _ = text.partition("\n")
        yield Piece(file, f"{place} header".strip(), head, DATA)
        text = "\n" + text[len(head) + 1 :]
    made = Piece(file, place, text, DATA if suffix in _SOURCES else PROSE)
    yield made
    yield from texts.readings(made)


def _markup(file: str, place: str, name: str, suffix: str, text: str) -> Iterator[Piece]:
    """The words, a line a paragraph, and the source. The words of an office file come first: nobody can go to a line of its source."""
    if name.startswith(_SETTINGS):
        yield Piece(file, place, "\n".join(dict.fromkeys(_VALUES.findall(text))), SETTINGS)
        return
    office = is_part(name)
    words, spoken = texts.unmarked(text), texts.unmarked(text, silent=False)
    where = PROSE if (name.startswith(_READ) if office else suffix not in ("svg", "xml", "rels")) else DATA
    # « paranoïa <b>collective</b> » is the set phrase that it is without its tags.
    text, inline = (text, "") if office else texts.inline_apart(text)
    source = Piece(file, place, text, DATA, again=office)
    if office:
        yield Piece(file, place, "\n".join(line for line in words.splitlines() if line.strip()), where)
    yield source
    yield from texts.readings(source)
    if inline:
        attributes = Piece(file, place, inline, DATA, again=True)
        yield attributes
        yield from texts.readings(attributes)
    if not office:
        yield Piece(file, place, spoken, DATA, again=True)
        yield Piece(file, place, words, where, again=True)


def is_part(name: str) -> bool:
    """Tell whether `name` is that of a part of an office file, which its program chose."""
    return name.endswith((".xml", ".rels")) and name.startswith(_PARTS)


def _loaded(text: str) -> Any:
    try:
        made = json.loads(text)
    except ValueError:
        return None
    return made if isinstance(made, dict) and isinstance(made.get("cells"), list) else None


def _notebook(file: str, place: str, notebook: dict[str, Any]) -> Iterator[Piece]:
    """Each cell's source, outputs and metadata, then what belongs to the notebook."""
    for n, cell in enumerate(notebook["cells"], 1):
        parts = cell if isinstance(cell, dict) else {"": cell}
        for part, value in parts.items():
            yield from _value(file, f"{place} cell {n} {part}".strip(), value)
    for part, value in notebook.items():
        if part != "cells":
            yield from _value(file, f"{place} {part}".strip(), value)


def _value(file: str, place: str, value: Any) -> Iterator[Piece]:
    text = "".join(value) if isinstance(value, list) and all(isinstance(line, str) for line in value) else "\n".join(_strings(value))
    piece = Piece(file, place, text, DATA if place.endswith("metadata") else PROSE)
    yield piece
    yield from texts.readings(piece)
    if "<" in text:
        yield Piece(file, place, texts.unmarked(text, silent=False), DATA, again=True)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        if value and all(isinstance(line, str) for line in value):
            yield "".join(value)
        else:
            for inner in value:
                yield from _strings(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def pdf(file: str, place: str, data: bytes) -> Iterator[Piece]:
    """Each page's words, and the document's properties; the rest is read as bytes."""
    try:
        import logging

        from pypdf import PdfReader
    except ImportError:
        yield Piece(file, place, "", UNREAD)
        return
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        reader = PdfReader(io.BytesIO(data))
        yield Piece(file, f"{place} properties".strip(), "\n".join(str(value) for value in (reader.metadata or {}).values()), DATA)
        for n, page in enumerate(reader.pages, 1):
            yield Piece(file, f"{place} page {n}".strip(), page.extract_text(), PROSE)
    except Exception:  # a file of another's making: whatever pypdf raises, the bytes are read still
        yield Piece(file, place, "", UNREAD)
