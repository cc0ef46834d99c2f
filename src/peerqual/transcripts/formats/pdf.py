"""PDF files with text (.pdf): lines put together again; a scan, which holds pictures of words, is refused with the remedy."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from ...errors import ReadError
from ...model import Doubt, Transcript
from .. import extras
from ..blocks import Block, Paragraph, paragraph, transcript_of
from ..columns import in_columns, table_of
from ..deadline import TooLong, within
from ..decoding import load
from ..hyphens import joined
from ..pages import Collector, Line, body_of

MAX_BYTES = 128 * 1024 * 1024
MAX_PAGES = 3000
MAX_SECONDS = 30.0
PARAGRAPH = 1.3  # a gap that many times the usual one parts paragraphs
GARBLED = 0.2  # share of signs that are no text: the file does not say which letters it shows
_ALL_WAYS = (0, 90, 180, 270)  # a page that lies on its side


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .pdf file. Raises `ReadError` when it is none, is locked, is a scan, takes too long, holds no words, or pypdf is missing."""
    data = load(path)
    if len(data) > MAX_BYTES:
        raise ReadError("transcripts.too_large", where=path, limit=MAX_BYTES // 1024**2)
    if b"%PDF-" not in data[:1024]:
        raise ReadError("office.not_pdf", where=path)
    pypdf = extras.load("pypdf", "pdf", path)
    try:
        with within(MAX_SECONDS):
            return _transcript(path, data, material, pypdf)
    except TooLong:
        raise ReadError("office.pdf_too_long", where=path, seconds=int(MAX_SECONDS)) from None


def _transcript(path: Path, data: bytes, material: str | None, pypdf: Any) -> Transcript:
    try:
        with _silence():
            pages, pictures, comments = _pages(path, pypdf.PdfReader(io.BytesIO(data)))
    except ReadError:
        raise
    except Exception:  # pypdf lets many kinds through (KeyError, RecursionError, its own): all say that the file is broken
        raise ReadError("office.not_pdf", where=path) from None
    if not any(pages) and pictures:
        raise ReadError("office.scan", where=path)
    if _is_garbled("".join(line.text for page in pages for line in page)):
        raise ReadError("office.garbled", where=path)
    bodies, notes = body_of(pages)
    found = {"office.pages_scanned": pictures, "transcripts.comments": comments, "transcripts.left_out": notes}
    return transcript_of(path, _blocks(bodies), [Doubt(0, name, {"n": n}) for name, n in found.items() if n], material)


def _pages(path: Path, reader: Any) -> tuple[list[list[Line]], int, int]:
    """Return the lines of each page, the number of pages that hold pictures and no words, and of comments."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError("office.locked_pdf", where=path)
    if len(reader.pages) > MAX_PAGES:
        raise ReadError("office.too_full", where=path)
    pages, pictures, comments = [], 0, 0
    for page in reader.pages:
        lines = _lines(page, (0,)) or _lines(page, _ALL_WAYS)
        pictures += not lines and _has_pictures(page)
        comments += _comments(page)
        pages.append(lines)
    return pages, pictures, comments


def _blocks(pages: Sequence[list[Line]]) -> list[Block]:
    """The table that says who speaks, between what stands before and after it; else lines, an empty one where paragraphs part."""
    found = table_of([line for page in pages for line in page])
    if found:
        before, table, after = found
        return [*_paragraphs(before), table, *_paragraphs(after)]
    parted: list[Line | None] = []
    for page in pages:
        ordered = in_columns(page)
        gaps = [above.y - below.y for above, below in pairwise(ordered) if above.y > below.y]
        step = median(gaps) if gaps else 0.0
        for above, line in zip([None, *ordered], ordered, strict=False):
            parted += [None] if above is not None and above.y - line.y > PARAGRAPH * step else []
            parted.append(line)
    return [*_paragraphs(parted)]


def _paragraphs(lines: Sequence[Line | None]) -> Iterator[Paragraph]:
    """Lines as paragraphs, words that were cut at a line's end whole again."""
    made = [paragraph(line.pieces if line else []) for line in lines]
    for one, text in zip(made, joined([one.text for one in made]), strict=True):
        if text == one.text:
            yield one
        elif text.strip():
            yield replace(one, text=text, lead=one.lead if text.startswith(one.lead) else "")


def _lines(page: Any, orientations: tuple[int, ...]) -> list[Line]:
    collector = Collector()
    page.extract_text(orientations=orientations, visitor_text=collector)
    return collector.kept()


def _has_pictures(page: Any) -> bool:
    objects = (page.get("/Resources") or {}).get("/XObject") or {}
    return any(one.get_object().get("/Subtype") in ("/Image", "/Form") for one in objects.values())


def _comments(page: Any) -> int:
    notes = [one.get_object() for one in page.get("/Annots") or ()]
    return sum(note.get("/Subtype") in ("/Text", "/FreeText", "/Highlight") and bool(note.get("/Contents")) for note in notes)


def _is_garbled(text: str) -> bool:
    signs = [char for char in text if not char.isspace()]
    odd = sum(not char.isprintable() or char == "\ufffd" or "\ue000" <= char < "\uf900" for char in signs)
    return odd > GARBLED * max(1, len(signs))


@contextmanager
def _silence() -> Iterator[None]:
    """pypdf logs what it finds in a file: no words of a transcript go there."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
