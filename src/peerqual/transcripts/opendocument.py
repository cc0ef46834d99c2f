"""The inside of OpenDocument files: texts (.odt) walked for paragraphs and tables, sheets (.ods) for rows of cells.

Deleted words of tracked changes stand apart (``text:tracked-changes``) and are not walked; insertions stand in their place.
Source: OASIS, Open Document Format for Office Applications 1.3, part 3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ..errors import ReadError
from ..model import Doubt
from .archives import Archive, Kind, open_archive
from .blocks import BOLD, MAX_LINES, Block, Paragraph, paragraph, table
from .memos import Comment, Margin
from .xml import outermost

DOCUMENT = Kind(broken="office.not_odt", locked="office.locked")
SHEET = Kind(broken="office.not_sheet", locked="office.locked")
MAX_CHAIN = 16  # of styles that come from others
MAX_CELLS = 2_000_000
MAX_SPACES = 40
MAX_REPEAT = 1000  # blank rows and columns are repeated up to the edge of the sheet

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _TABLE, _STYLE, _DRAW = (_NS % name for name in ("office", "text", "table", "style", "drawing"))
_BOX = f"{_DRAW}text-box"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_NOTE, _NOTE_END, _NAME = f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_OFFICE}name"
_DROPPED = {f"{_TEXT}{name}" for name in ("note", "tracked-changes", "ruby-text", "hidden-text", "sequence-decls", "table-of-content")} | {
    _NOTE,
    f"{_OFFICE}forms",
    f"{_DRAW}frame",
}
_ENCODED = re.compile(r"_([0-9a-f]{2,4})_")
_TIME = re.compile(r"PT(?P<hours>\d{1,4})H(?P<minutes>\d{2})M(?P<seconds>\d{2}(?:[.,]\d{1,9})?)S")
_SPACES = re.compile(r"[ \t\n\r]+")
_HEADS = (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group")
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def read_text(path: Path, data: bytes) -> tuple[list[Block], list[Doubt], Margin]:
    """Return the paragraphs and tables of the .odt file in `data`, doubts on what was left out, and its comments.

    Raises `ReadError` when it is no OpenDocument text, is locked, is hostile, or is broken.
    """
    archive = _open(path, data, DOCUMENT)
    root = archive.xml("content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise ReadError(DOCUMENT.broken, where=path)
    roots = [archive.xml("styles.xml"), root] if "styles.xml" in archive else [root]
    walk = _Walk(roots, list(body.iter(_NOTE)))
    boxes = list(outermost(body, _BOX))
    inside = sum(len("".join(box.itertext())) for box in boxes)
    walk.boxes = inside > len("".join(body.itertext())) - inside
    blocks = list(islice(walk.blocks(body), MAX_LINES + 1))
    return blocks, _left_out(body, 0 if walk.boxes else len(boxes), walk), walk.margin


def read_sheets(path: Path, data: bytes) -> Iterator[list[list[str]]]:
    """Yield the rows of each sheet of the .ods file in `data`. Raises `ReadError` when it is none, is locked, is hostile, or is broken."""
    root = _open(path, data, SHEET).xml("content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    if body is None:
        raise ReadError(SHEET.broken, where=path)
    walk, budget = _Walk([root], []), MAX_CELLS
    for sheet in outermost(body, f"{_TABLE}table"):
        rows: list[list[str]] = []
        for row, times in _rows(sheet):
            cells = list(_cells(walk, row))
            budget -= len(cells) * times
            if budget < 0:
                raise ReadError("office.too_full", where=path)
            rows += [cells] * times if cells else [[]]
        yield rows


def _open(path: Path, data: bytes, kind: Kind) -> Archive:
    archive = open_archive(path, data, kind)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise ReadError(kind.locked, where=path)
    return archive


def _comment(note: Any) -> Comment:
    lines = (block.text for block in _Walk([], []).blocks(note) if isinstance(block, Paragraph))
    return Comment(note.findtext(f"{_DC}creator", ""), note.findtext(f"{_DC}date", ""), "\n".join(lines).strip())


def _left_out(body: Any, boxes: int, walk: _Walk) -> list[Doubt]:
    count = Counter(element.tag for element in body.iter(f"{_TEXT}note", f"{_TEXT}changed-region"))
    found = {
        "transcripts.memos": len(walk.margin.comments),
        "transcripts.left_out": count[f"{_TEXT}note"] + boxes,
        "transcripts.tracked": count[f"{_TEXT}changed-region"],
        "office.hidden": walk.hidden,
    }
    return [Doubt(0, name, {"n": n}) for name, n in found.items() if n]


class _Walk:
    """One walk through a body: knows the styles; tells the margin what it meets."""

    def __init__(self, roots: list[Any], notes: list[Any]) -> None:
        named = {note.get(_NAME): note for note in reversed(notes)}
        self.notes = {note: note.get(_NAME, "") if named[note.get(_NAME)] is note else f"#{number}" for number, note in enumerate(notes)}
        self.margin = Margin({name: _comment(note) for note, name in self.notes.items()})
        self.styles = {(one.get(f"{_STYLE}family"), one.get(f"{_STYLE}name")): one for root in roots for one in root.iter(f"{_STYLE}style")}
        self.automatic = {one for root in roots for part in root.iter(f"{_OFFICE}automatic-styles") for one in part.iter(f"{_STYLE}style")}
        self.boxes = False
        self.hidden = 0

    def blocks(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            tag = element.tag
            if tag in (f"{_TEXT}p", f"{_TEXT}h"):
                if any(one.get(f"{_TEXT}is-hidden") == "true" for one in element.iter(f"{_TEXT}hidden-paragraph")):
                    self.hidden += 1
                    continue
                name = element.get(f"{_TEXT}style-name", "")
                runs = self.margin.heard(self.runs(element, self.look("paragraph", name)))
                yield paragraph(runs, self.named(name))
                if self.boxes:
                    for box in outermost(element, _BOX):
                        yield from self.blocks(box)
            elif tag == f"{_TABLE}table":
                yield from self.table(element)
            elif tag == f"{_DRAW}frame" and self.boxes:
                for box in outermost(element, _BOX):
                    yield from self.blocks(box)
            elif tag == f"{_TEXT}section" and element.get(f"{_TEXT}display") == "none":
                self.hidden += 1
            elif tag not in _DROPPED:
                yield from self.blocks(element)

    def table(self, element: Any) -> list[Block]:
        frames = next(element.iterdescendants(f"{_TABLE}table"), None) is not None
        return table([[list(self.blocks(cell)) for cell in row if cell.tag in _CELLS] for row, _ in _rows(element)], frames)

    def runs(self, element: Any, look: str) -> Iterator[tuple[str, str]]:
        """Yield the looks and words of a paragraph; notes, annotations, frames and hidden words are not walked into."""
        yield look, _SPACES.sub(" ", element.text or "")
        for child in element:
            if child.tag == f"{_TEXT}hidden-text":
                self.hidden += 1
            if child.tag == _NOTE:
                self.margin.begin(self.notes.get(child, ""))
            elif child.tag == _NOTE_END:
                self.margin.end(child.get(_NAME, ""))
            elif child.tag == f"{_TEXT}s":
                yield look, " " * min(_number(child.get(f"{_TEXT}c")), MAX_SPACES)
            elif child.tag == f"{_TEXT}tab":
                yield look, "\t"
            elif child.tag == f"{_TEXT}line-break":
                yield look, "\n"
            elif child.tag == f"{_TEXT}span":
                name = child.get(f"{_TEXT}style-name", "")
                inner = self.look("text", name, look)
                if "hidden" in inner.split():
                    self.hidden += any(map(str.strip, child.itertext()))
                else:
                    yield from self.runs(child, inner)
            elif child.tag not in _DROPPED:
                yield from self.runs(child, look)
            yield look, _SPACES.sub(" ", child.tail or "")

    def look(self, family: str, name: str, inherited: str = "") -> str:
        """Return the marks of a style on top of `inherited`; a named character style is a mark too."""
        marks = set(inherited.split())
        chain = self.chain(family, name)
        for style in reversed(chain):
            for properties in style.iter(f"{_STYLE}text-properties"):
                _mark(marks, BOLD, properties.get(f"{_FO}font-weight"), "normal")
                _mark(marks, "italic", properties.get(f"{_FO}font-style"), "normal")
                _mark(marks, "underlined", properties.get(f"{_STYLE}text-underline-style"), "none")
                _mark(marks, "small", properties.get(f"{_FO}font-variant"), "normal")
                _mark(marks, "hidden", properties.get(f"{_TEXT}display"), "true")
                color = properties.get(f"{_FO}color")
                if color:
                    marks = {mark for mark in marks if not mark.startswith("#")} | ({color} if color != "#000000" else set())
        if family == "text":
            marks |= {style.get(f"{_STYLE}name", "") for style in chain if style not in self.automatic}
        return " ".join(sorted(marks))

    def chain(self, family: str, name: str | None) -> list[Any]:
        """Return the style and those it comes from, itself first."""
        found: list[Any] = []
        while name and (style := self.styles.get((family, name))) is not None and style not in found and len(found) < MAX_CHAIN:
            found.append(style)
            name = style.get(f"{_STYLE}parent-style-name")
        return found

    def named(self, name: str) -> str:
        """Return the name that the writer sees of a paragraph's style."""
        style = next((one for one in self.chain("paragraph", name) if one not in self.automatic), None)
        if style is None:
            return ""
        return style.get(f"{_STYLE}display-name") or _ENCODED.sub(lambda found: chr(int(found[1], 16)), style.get(f"{_STYLE}name", ""))


def _mark(marks: set[str], mark: str, value: str | None, off: str) -> None:
    if value is not None and value != off:
        marks.add(mark)
    elif value is not None:
        marks.discard(mark)


def _rows(table: Any) -> Iterator[tuple[Any, int]]:
    """Yield the rows of a table, each with how often it is repeated; not those of nested tables."""
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child, min(_number(child.get(f"{_TABLE}number-rows-repeated")), MAX_REPEAT)
        elif child.tag in _HEADS:
            yield from _rows(child)


def _cells(walk: _Walk, row: Any) -> Iterator[str]:
    """Yield the words of the cells of a sheet's row, up to the last one that has some."""
    blank = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        text = _clock(cell) or "\n".join(one.text for one in walk.blocks(cell) if isinstance(one, Paragraph))
        times = min(_number(cell.get(f"{_TABLE}number-columns-repeated")), MAX_REPEAT)
        if text.strip():
            yield from [""] * blank
            yield from [text] * times
            blank = 0
        else:
            blank = min(blank + times, MAX_REPEAT)


def _clock(cell: Any) -> str:
    """Return the time that a cell holds, however it is shown (« 12:00:03 AM » is three seconds), "" when it holds none."""
    found = _TIME.match(cell.get(f"{_OFFICE}time-value", ""))
    return f"{found['hours']}:{found['minutes']}:{found['seconds']}" if found else ""


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 1
