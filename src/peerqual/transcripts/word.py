"""The inside of a Word file: checking the archive before anything is unpacked, and walking its XML tree for lines."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ReadError
from ..model import Doubt
from .labels import clean, key, weigh

MAX_XML = 64 * 1024 * 1024  # of one XML part, unpacked: a hundred interviews' worth
MAX_UNZIPPED = 512 * 1024 * 1024
MAX_PARTS = 5000
_OLE = b"\xd0\xcf\x11\xe0"  # old Word files, and encrypted new ones

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "txbxContent", "sdtPr")} | {f"{_MC}Fallback"}
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
            if "word/document.xml" not in {part.filename for part in parts}:
                raise ReadError("transcripts.not_word", where=path)
            xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNZIPPED or any(part.file_size > MAX_XML for part in xml):
                raise ReadError("transcripts.bomb", where=path)
            for part in xml:
                start = archive.read(part)[:4096].replace(b"\0", b"")
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                    raise ReadError("transcripts.not_word", where=path)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zipfile.LargeZipFile):
        raise ReadError("transcripts.not_word", where=path) from None
    except Exception as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError("transcripts.not_word", where=path) from None  # zlib.error and the like


@dataclass(slots=True)
class Paragraph:
    """The words of a paragraph, the bold words that open it ("" when none or when all is bold), whether it stands in a table's first cells."""

    text: str
    bold: str = ""


def lines_of(document: Any) -> tuple[list[str], list[Doubt]]:
    """Return the lines of a Word document (paragraphs, rows of tables « speaker : words »), and doubts on what was left out."""
    body = document.element.body
    paragraphs = list(_blocks(body))
    bold = Counter(key(label) for p in paragraphs if (label := _bold_label(p)))
    lines: list[str] = []
    for paragraph in paragraphs:
        label = _bold_label(paragraph)
        text = paragraph.text
        if label and bold[key(label)] >= 2:
            text = f"{label} : {text[len(paragraph.bold) :].lstrip(' :–—-')}"
        lines += text.split("\n")
    return lines, _left_out(document, body)


def _bold_label(paragraph: Paragraph) -> str:
    """Return the label that bold words without any colon make, or ""."""
    if not paragraph.bold or ":" in paragraph.bold or paragraph.text[len(paragraph.bold) :].lstrip().startswith(":"):
        return ""
    label, _ = clean(paragraph.bold)
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
        elif element.tag == f"{_W}sdt":
            content = element.find(f"{_W}sdtContent")
            yield from _blocks(content if content is not None else ())
        elif element.tag in (f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"):
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
    for row in table.iter(f"{_W}tr"):
        cells = [" ".join(p.text for p in _blocks(cell) if p.text.strip()) for cell in row.iterchildren(f"{_W}tc")]
        cells = [" ".join(cell.split()) for cell in cells if cell.strip()]
        if len(cells) >= 2 and len(cells[-2]) <= 40 and not cells[-2].rstrip().endswith((":", "?", ".")):
            yield Paragraph(" ".join([*cells[:-2], f"{cells[-2]} : {cells[-1]}"]))
        elif cells:
            yield Paragraph(" ".join(cells))


def _left_out(document: Any, body: Any) -> list[Doubt]:
    doubts = []
    comments = sum(1 for _ in body.iter(f"{_W}commentReference"))
    if comments:
        doubts.append(Doubt(0, "transcripts.comments", {"n": comments}))
    notes = sum(1 for name in ("footnoteReference", "endnoteReference", "txbxContent") for _ in body.iter(f"{_W}{name}"))
    if notes:
        doubts.append(Doubt(0, "transcripts.left_out", {"n": notes}))
    return doubts
