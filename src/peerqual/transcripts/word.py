"""The inside of a Word file: checking the archive before anything is unpacked, and walking its XML tree for lines."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ReadError
from ..model import Doubt
from .labels import clean, key, weigh

MAX_XML = 32 * 1024 * 1024  # of one XML part, unpacked: dozens of interviews' worth
MAX_UNZIPPED = 512 * 1024 * 1024
MAX_PARTS = 5000
_OLE = b"\xd0\xcf\x11\xe0"  # old Word files, and encrypted new ones

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "txbxContent", "sdtPr")} | {f"{_MC}Fallback"}
_WRAPPERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_OFF = ("0", "false", "off", "none")


def check_archive(path: Path, data: bytes) -> None:
    """Raise `ReadError` unless `data` is a Word archive that may be unpacked: no password, no bomb, no document type declarations."""
    if data.startswith(_OLE):
        raise ReadError("transcripts.locked_word", where=path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise ReadError("transcripts.locked_word", where=path)
            xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNZIPPED or any(part.file_size > MAX_XML for part in xml):
                raise ReadError("transcripts.bomb", where=path)
            for part in xml:
                with archive.open(part) as stream:
                    start = stream.read(4096).replace(b"\0", b"")
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                    raise ReadError("transcripts.not_word", where=path)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError, ValueError):
        raise ReadError("transcripts.not_word", where=path) from None


@dataclass(slots=True)
class Paragraph:
    """The words of a paragraph, and the bold words that open it ("" when there is none or when all is bold)."""

    text: str
    bold: str = ""


def lines_of(document: Any) -> tuple[list[str], list[Doubt]]:
    """Return the lines of a Word document (paragraphs, rows of tables « speaker : words »), and doubts on what was left out."""
    body = document.element.body
    paragraphs = list(_blocks(body))
    bold = Counter(key(label) for paragraph in paragraphs if (label := _bold_label(paragraph)))
    lines: list[str] = []
    for paragraph in paragraphs:
        label, after = _bold_label(paragraph), _after_bold(paragraph)
        # « **IB** Bonjour » gets its colon; « **Yacine** arrive » goes on as a sentence.
        named = label and bold[key(label)] >= 2 and ":" not in paragraph.bold and after[:1] != ":" and not after[:1].islower()
        lines += (f"{label} : {after}" if named else paragraph.text).split("\n")
    return lines, _left_out(body)


def _after_bold(paragraph: Paragraph) -> str:
    return paragraph.text[len(paragraph.bold) :].lstrip(" \t\u00a0–—-")


def _bold_label(paragraph: Paragraph) -> str:
    """Return the label that the first, bold words of a paragraph make, or ""."""
    label, _ = clean(paragraph.bold.rstrip(": \u00a0"))
    weight = weigh(label)
    return label if weight is not None and weight >= 1 else ""


def _blocks(parent: Any) -> Iterator[Paragraph]:
    carried = ""
    for element in parent:
        if element.tag == f"{_W}p":
            paragraph = _paragraph(element)
            if carried:
                paragraph = Paragraph(carried + paragraph.text)
                carried = ""
            if _mark_deleted(element) and paragraph.text:
                carried = paragraph.text
            else:
                yield paragraph
        elif element.tag == f"{_W}tbl":
            yield from _table(element)
        elif element.tag in _WRAPPERS:
            yield from _blocks(element)
    if carried:
        yield Paragraph(carried)


def _mark_deleted(paragraph: Any) -> bool:
    # A paragraph whose mark was deleted goes on in the next one.
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def _paragraph(element: Any) -> Paragraph:
    parts: list[str] = []
    bold, in_bold = "", True
    for run, text in _runs(element):
        parts.append(text)
        if in_bold and (_is_bold(run) or not text.strip()):
            bold += text
        elif text.strip():
            in_bold = False
    return Paragraph("".join(parts), "" if in_bold else bold.rstrip())


def _runs(element: Any) -> Iterator[tuple[Any, str]]:
    """Yield the runs of a paragraph with their words; what was deleted or is no words is not walked into."""
    for child in element:
        if child.tag in _DROPPED:
            continue
        if child.tag == f"{_W}r":
            yield child, "".join(_words(child))
        elif isinstance(child.tag, str):
            yield from _runs(child)


def _words(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and mark.get(f"{_W}val", "1").lower() not in _OFF


def _table(table: Any) -> Iterator[Paragraph]:
    """Rows as lines: the cell before the last names who speaks in the last (« time | speaker | words »), where it is short enough for a name."""
    for row in _inside(table, f"{_W}tr"):
        cells = [" ".join(" ".join(p.text for p in _blocks(cell)).split()) for cell in _inside(row, f"{_W}tc")]
        *before, last = [cell for cell in cells if cell] or [""]
        if before and len(before[-1]) <= 40 and before[-1][-1] not in ":.?!":
            last = f"{before.pop()} : {last}"
        yield Paragraph(" ".join([*before, last]))


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the children `tag` of `parent`, also those in content controls and tracked insertions; not those of nested tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _left_out(body: Any) -> list[Doubt]:
    def count(*names: str) -> int:
        return sum(1 for name in names for _ in body.iter(f"{_W}{name}"))

    found = {
        "transcripts.comments": count("commentReference"),
        "transcripts.left_out": count("footnoteReference", "endnoteReference", "txbxContent"),
        "transcripts.tracked": count("ins", "del", "moveFrom"),
    }
    return [Doubt(0, name, {"n": n}) for name, n in found.items() if n]
