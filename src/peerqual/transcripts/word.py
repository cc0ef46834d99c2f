"""The inside of a Word file: its XML tree walked for paragraphs and tables, tracked insertions kept, deletions and hidden words dropped.

Source: ECMA-376, Office Open XML, part 1, chapter 17 (WordprocessingML).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ..errors import ReadError
from ..model import Doubt
from .archives import Archive, Kind, open_archive
from .blocks import BOLD, MAX_LINES, Block, Paragraph, paragraph, table
from .memos import Comment, Margin

WORD = Kind(broken="transcripts.not_word", locked="transcripts.locked_word")
HIDDEN = "hidden"
CONTENTS = "toc "  # styles of the table of contents, which repeats the headings
MAX_SPAN = 60  # columns of a table in Word

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DROPPED = {f"{_W}{name}" for name in ("del", "moveFrom", "delText", "pPr", "rPr", "txbxContent", "sdtPr", "rt")} | {f"{_MC}Fallback"}
_WRAPPERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_MARKS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LOOKS = {f"{_W}b": BOLD, f"{_W}i": "italic", f"{_W}u": "underlined", f"{_W}smallCaps": "small", f"{_W}vanish": HIDDEN}
_BEGINS, _ENDS, _REFERENCE = f"{_W}commentRangeStart", f"{_W}commentRangeEnd", f"{_W}commentReference"
_BLACK = ("", "auto", "000000")
_OFF = ("0", "false", "off", "none")


def read_word(path: Path, data: bytes) -> tuple[list[Block], list[Doubt], Margin]:
    """Return the paragraphs and tables of the Word file in `data`, doubts on what was left out, and its comments.

    Raises `ReadError` when it is no Word file, is locked, is hostile, or is broken.
    """
    archive = open_archive(path, data, WORD)
    main = _target(archive, "_rels/.rels", "officeDocument", "") or "word/document.xml"
    root = archive.xml(main)
    body = root.find(f"{_W}body") if root.tag == f"{_W}document" else None
    if body is None:
        raise ReadError(WORD.broken, where=path)
    folder, name = posixpath.split(main)
    styles, comments = (_target(archive, f"{folder}/_rels/{name}.rels", kind, folder) for kind in ("styles", "comments"))
    walk = _Walk(archive.xml(styles) if styles else None, _comments(archive.xml(comments)) if comments else {})
    boxes = list(_boxes(body)) if next(body.iter(f"{_W}txbxContent"), None) is not None else []
    walk.boxes = bool(boxes) and _size(boxes) > _size([body]) - _size(_boxes(body, fallbacks=True))
    blocks = list(islice(walk.blocks(body), MAX_LINES + 1))
    return blocks, _left_out(body, 0 if walk.boxes else len(boxes), walk), walk.margin


def _target(archive: Archive, relations: str, kind: str, folder: str) -> str:
    """Return the part that `relations` name for `kind`, "" when there is none."""
    if relations not in archive:
        return ""
    for one in archive.xml(relations).iter(_RELATION):
        if one.get("Type", "").rpartition("/")[2] == kind and one.get("TargetMode") != "External":
            target = one.get("Target", "")
            name = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
            return name if name in archive else ""
    return ""


def _boxes(element: Any, fallbacks: bool = False) -> Iterator[Any]:
    """Yield the text boxes in `element`, not those in boxes; `fallbacks`: also what older programs show in their place."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif fallbacks or child.tag != f"{_MC}Fallback":
            yield from _boxes(child, fallbacks)


def _size(elements: Iterable[Any]) -> int:
    return sum(len(text.text or "") for element in elements for text in element.iter(f"{_W}t"))


def _comments(root: Any) -> dict[str, Comment]:
    """Return the comments of a file by their numbers; an answer to a comment is a comment of its own."""
    found = {}
    for one in root.iter(f"{_W}comment"):
        lines = (block.text for block in _Walk(None, {}).blocks(one) if isinstance(block, Paragraph))
        found[one.get(f"{_W}id", "")] = Comment(one.get(f"{_W}author", ""), one.get(f"{_W}date", ""), "\n".join(lines).strip())
    return found


def _left_out(body: Any, boxes: int, walk: _Walk) -> list[Doubt]:
    def count(*names: str) -> int:
        return sum(1 for _ in body.iter(*(f"{_W}{name}" for name in names)))

    found = {
        "transcripts.comments": sum(one.get(f"{_W}id", "") not in walk.margin.comments for one in body.iter(_REFERENCE)),
        "transcripts.memos": len(walk.margin.comments),
        "transcripts.left_out": count("footnoteReference", "endnoteReference") + boxes,
        "transcripts.tracked": count("ins", "del", "moveFrom"),
        "office.hidden": walk.hidden,
    }
    return [Doubt(0, name, {"n": n}) for name, n in found.items() if n]


class _Walk:
    """One walk through a body: knows the styles, and where a field's instruction ends and its result begins; tells the margin what it meets."""

    def __init__(self, styles: Any, comments: dict[str, Comment]) -> None:
        self.margin = Margin(comments)
        named = [(one.get(f"{_W}styleId", ""), one) for one in (styles.iter(f"{_W}style") if styles is not None else ())]
        self.names = {name: _value(one, f"{_W}name") or name for name, one in named}
        self.looks: dict[str, str] = {}
        self.looks |= {name: _look(one.find(f"{_W}rPr"), {}, "") for name, one in named}
        self.boxes = False
        self.hidden = 0
        self.instructions: list[bool] = []  # fields that are open: whether their instruction still goes on

    def blocks(self, parent: Any) -> Iterator[Block]:
        carried: list[tuple[str, str]] = []
        for element in parent:
            if element.tag == f"{_W}p":
                named = _value(element.find(f"{_W}pPr"), f"{_W}pStyle")
                runs, style = [*carried, *self.margin.heard(self.runs(element, self.looks.get(named, "")))], self.names.get(named, named)
                carried = []
                if _mark_is_gone(element):
                    carried = runs
                elif not style.lower().startswith(CONTENTS) and (runs or not _is_moved(element)):
                    yield paragraph(runs, style)
                if self.boxes:
                    for box in _boxes(element):
                        yield from self.blocks(box)
            elif element.tag == f"{_W}tbl":
                yield from self.table(element)
            elif element.tag in _WRAPPERS:
                yield from self.blocks(element)
            else:
                self.anchor(element)
        if carried:
            yield paragraph(carried)

    def table(self, element: Any) -> list[Block]:
        rows = [list(_inside(row, f"{_W}tc")) for row in _inside(element, f"{_W}tr") if row.find(f"{_W}trPr/{_W}del") is None]
        frames = next(element.iterdescendants(f"{_W}tbl"), None) is not None
        return table([[one for cell in row for one in self.cell(cell)] for row in rows], frames)

    def cell(self, cell: Any) -> Iterator[list[Block]]:
        """Yield what stands in a cell, and nothing for each further column that it spans."""
        if cell.find(f"{_W}tcPr/{_W}cellDel") is None:
            yield list(self.blocks(cell))
            span = _value(cell.find(f"{_W}tcPr"), f"{_W}gridSpan")
            for _ in range(min(int(span), MAX_SPAN) - 1 if span.isascii() and span.isdigit() else 0):
                yield []

    def runs(self, element: Any, inherited: str) -> Iterator[tuple[str, str]]:
        """Yield the looks and words of a paragraph; what was deleted or is no words is not walked into."""
        for child in element:
            if child.tag == f"{_W}r":
                yield self.run(child, inherited)
            elif child.tag not in _DROPPED and isinstance(child.tag, str):
                self.anchor(child)
                yield from self.runs(child, inherited)

    def run(self, run: Any, inherited: str) -> tuple[str, str]:
        look, words = inherited, ""
        for child in run:
            if child.tag == f"{_W}rPr":
                look = _look(child, self.looks, inherited)
            elif child.tag == f"{_W}fldChar":
                self.field(child.get(f"{_W}fldCharType"))
            elif child.tag == _REFERENCE:
                self.anchor(child)
            elif not any(self.instructions):
                words += (child.text or "") if child.tag == f"{_W}t" else _MARKS.get(child.tag, "")
        if HIDDEN in look:
            self.hidden += bool(words.strip())
            return look, ""
        return look, words

    def anchor(self, element: Any) -> None:
        if element.tag == _ENDS:
            self.margin.end(element.get(f"{_W}id", ""))
        elif element.tag in (_BEGINS, _REFERENCE):
            self.margin.begin(element.get(f"{_W}id", ""))

    def field(self, kind: str | None) -> None:
        if kind == "begin":
            self.instructions.append(True)
        elif kind == "separate" and self.instructions:
            self.instructions[-1] = False
        elif kind == "end" and self.instructions:
            self.instructions.pop()


def _mark_is_gone(paragraph: Any) -> bool:
    # A paragraph whose mark was deleted goes on in the next one.
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def _is_moved(paragraph: Any) -> bool:
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}moveFrom") is not None


def _value(parent: Any, tag: str) -> str:
    found = parent.find(tag) if parent is not None else None
    return found.get(f"{_W}val", "") if found is not None else ""


def _look(properties: Any, looks: dict[str, str], inherited: str) -> str:
    """Return the marks of a run's look, on top of those of its styles; a style that has a name is a mark too."""
    marks = set(inherited.split())
    for child in properties if properties is not None else ():
        value = child.get(f"{_W}val", "")
        if child.tag == f"{_W}rStyle":
            marks |= {*looks.get(value, "").split(), value}
        elif child.tag == f"{_W}color":
            marks = {mark for mark in marks if not mark.startswith("#")} | ({f"#{value}"} if value not in _BLACK else set())
        elif child.tag in _LOOKS:
            mark = {_LOOKS[child.tag]}
            marks = marks - mark if value.lower() in _OFF else marks | mark
    return " ".join(sorted(marks))


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the children `tag` of `parent`, also those in content controls and tracked insertions; not those of nested tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)
