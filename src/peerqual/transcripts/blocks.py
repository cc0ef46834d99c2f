"""What office formats share: paragraphs and tables in their order, and how what only their look says becomes who speaks.

Comes in: blocks that a format's reader made. Goes out: the transcript. Never knows files' insides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from ..errors import ReadError
from ..model import Doubt, Transcript
from . import grid
from .building import Row, Said, from_rows, from_said
from .header import read_header
from .labels import clean, key, weigh
from .layout import lay_out

BOLD = "bold"  # a run whose look holds this mark is bold
QUESTION, ANSWER = "Question", "Réponse"  # voices that only bold questions tell apart
MOSTLY = 0.6  # share of the runs in bold that ask
MAX_LINES = 200_000  # an interview has some hundreds

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ud800-\udfff]+")
_STYLE = re.compile(r"[^\W\d_]{3}|^[^\W\d_a-zß-ÿ]{1,2}$")  # programs call their own styles « p1 »
# « Durand, Marie   0:03 » above what she says (Teams): a comma is in no label.
_LAST_FIRST = re.compile(r"(?P<last>[^\W\d_][\w'’ -]{1,40}), (?P<first>[^\W\d_][\w'’ -]{1,40}?)\s+(?P<time>\d{1,2}:\d{2}(?::\d{2})?)\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The words of a paragraph (``\\n``: a line break inside), what opens it in another look than the rest, whether all is bold, its style's name."""

    text: str
    lead: str = ""
    bold: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells, each cell its paragraphs; cells that are merged stand where they begin."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]

    def texts(self) -> list[list[str]]:
        """Return the words of the cells, row by row."""
        return [["\n".join(p.text for p in cell if p.text.strip()) for cell in row] for row in self.rows]


Block: TypeAlias = Paragraph | Table
Told: TypeAlias = tuple[Block, grid.Grid | None]  # a block, and what it tells of who speaks where it is a table that does


def paragraph(runs: Iterable[tuple[str, str]], style: str = "") -> Paragraph:
    """Return the paragraph of `runs`, each a look (marks such as `BOLD`, compared only) and words.

    >>> paragraph([("bold", "IB "), ("", "Bonjour.")]).lead
    'IB'
    """
    kept = [(look, _INVISIBLE.sub("", words)) for look, words in runs if words]
    text = "".join(words for _, words in kept)
    looks = [look for look, words in kept if not words.isspace()]
    lead = ""
    if len(set(looks)) > 1:
        for look, words in kept:
            if look != looks[0] and not words.isspace():
                break
            lead += words
    return Paragraph(text, lead.rstrip(), bool(looks) and all(BOLD in look for look in looks), style)


def table(rows: Sequence[Sequence[Sequence[Block]]], frames: bool = False) -> list[Block]:
    """Return a table of cells that hold blocks; one that `frames` others, or has a single column, gives what stands in it, in order."""
    if frames or max(map(len, rows), default=0) < 2:
        return [one for row in rows for cell in row for one in cell]
    return [Table(tuple(tuple(tuple(one for one in cell if isinstance(one, Paragraph)) for cell in row) for row in rows))]


def transcript_of(path: Path, blocks: Iterable[Block], doubts: Sequence[Doubt], material: str | None) -> Transcript:
    """Return the transcript that `blocks` make. Raises `ReadError` when they hold no words, or more than a transcript."""
    kept = list(blocks)
    if len(kept) > MAX_LINES:
        raise ReadError("office.too_full", where=path)
    if not any(_has_words(block) for block in kept):
        raise ReadError("transcripts.empty", where=path)
    told = list(_told(kept))
    return _of_tables(path, told, doubts, material) or _of_lines(path, told, doubts, material)


def _told(blocks: Iterable[Block]) -> Iterator[Told]:
    """Yield each block with the grid that it makes; a table may go on with the columns of the one before."""
    before = None
    for block in blocks:
        found = grid.read(block.texts(), before) if isinstance(block, Table) else None
        before = found or before
        yield block, found


def _has_words(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    return any(cell.strip() for row in block.texts() for cell in row)


def _of_tables(path: Path, told: Sequence[Told], doubts: Sequence[Doubt], material: str | None) -> Transcript | None:
    """Where tables say who speaks, and nobody does outside them: one turn a row, whatever the voices are called."""
    grids = [found for _, found in told if found]
    paragraphs: list[Told] = [(block, None) for block, _ in told if isinstance(block, Paragraph)]
    if not grids or lay_out("\n".join(row.text for row in _lines(paragraphs))).pieces:
        return None
    first = next(n for n, (_, found) in enumerate(told) if found)
    head = [*(row.text for row in _lines(told[:first])), *grids[0].head]
    said: list[Said] = []
    outside = 0  # the first block after the table that has words
    for number, (block, found) in enumerate(told[first:], start=first + 1):
        if found:
            said += found.said(said[-1].speaker if said else "")
        elif lines := [row.text for row in _lines([(block, None)]) if row.text.strip()]:
            said += [Said("", line, line=number) for line in lines]
            outside = outside or number
    more = [Doubt(outside, "office.outside_table")] if outside else []
    if left := max(found.left for found in grids):
        more.append(Doubt(0, "office.columns_left", {"n": left}))
    return from_said(path, head, read_header("\n".join([*head, "", ""])).metadata, said, [*doubts, *more], material)


def _of_lines(path: Path, told: Sequence[Told], doubts: Sequence[Doubt], material: str | None) -> Transcript:
    made = from_rows(path, _lines(told), doubts, material)
    if not made.turns and material != "document" and made.material != "field_notes" and (asked := _bold_questions([block for block, _ in told])):
        return from_rows(path, asked, [*doubts, Doubt(0, "office.bold_questions")], material)
    return made


def _lines(told: Sequence[Told]) -> list[Row]:
    """Return the lines of blocks, each with the number of its block (1-based): a look that names who speaks gets its colon."""
    paragraphs = [block for block, _ in told if isinstance(block, Paragraph)]
    leads = Counter(key(label) for one in paragraphs if (label := _lead(one)))
    styles = _speaking(paragraphs)
    rows: list[Row] = []
    voice = ""
    for number, (block, found) in enumerate(told, start=1):
        if isinstance(block, Table):
            texts = list(map(_turn, found.said())) if found else list(map(_line, block.texts()))
        else:
            text = _labelled(block, leads)
            if text == block.text and block.text.strip():
                text, voice = _styled(block, styles, voice)
            texts = text.split("\n")
        rows += [Row(text, number) for text in texts]
    return _last_first(rows)


def _lead(one: Paragraph) -> str:
    """Return the label that the first words of a paragraph make by their look, or ""."""
    label, _ = clean(one.lead.rstrip(": \u00a0"))
    weight = weigh(label)
    return label if weight is not None and weight >= 1 else ""


def _labelled(one: Paragraph, leads: Counter[str]) -> str:
    # « **IB** Bonjour » gets its colon; « **Yacine** arrive » goes on as a sentence.
    label, after = _lead(one), one.text[len(one.lead) :].lstrip(" \t\u00a0–—-")
    named = label and leads[key(label)] >= 2 and ":" not in one.lead and after[:1] != ":" and not after[:1].islower()
    return f"{label} : {after}" if named else one.text


def _speaking(paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    """Map the styles that name who speaks to their label; to "" where the paragraph itself is the name."""
    by_style: dict[str, list[str]] = defaultdict(list)
    for one in paragraphs:
        if one.text.strip():
            by_style[one.style].append(one.text)
    found = {}
    for style, texts in by_style.items():
        label, _ = clean(style)
        if (weigh(label) or 0) < 2 or len(texts) < 2 or not _STYLE.search(label) or len(by_style) < 2:
            continue
        names = [clean(text.partition(":")[0])[0] for text in texts]
        named = sum(weigh(name) is not None and weigh(name) != -1 for name in names)
        if named < len(texts) / 2:
            found[style] = label
        elif all(len(text) <= 60 and not text.partition(":")[2].strip() for text in texts):
            found[style] = ""
    return found


def _styled(one: Paragraph, styles: dict[str, str], voice: str) -> tuple[str, str]:
    """Return the words of a paragraph with the label that its style gives, where the voice changes, and the voice that speaks from here."""
    if one.style not in styles:
        return one.text, voice
    label = styles[one.style]
    if not label:
        return f"{one.text.rstrip(': ')} : ", ""
    return (one.text if label == voice else f"{label} : {one.text}"), label


def _turn(one: Said) -> str:
    start, end = (f"{int(at) // 3600}:{int(at) // 60 % 60:02}:{int(at) % 60:02}" if at is not None else "" for at in one.times)
    stamp = f"[{start} - {end}] " if start and end else f"[{start}] " if start else ""
    return f"{stamp}{one.speaker} : {' '.join(one.words.split())}"


def _line(cells: Sequence[str]) -> str:
    """A row as a line: the cell before the last names who speaks in the last (« time | speaker | words »), where it is short enough for a name."""
    *before, last = [" ".join(cell.split()) for cell in cells if cell.strip()] or [""]
    if before and len(before[-1]) <= 40 and before[-1][-1] not in ":.?!":
        last = f"{before.pop()} : {last}"
    return " ".join([*before, last])


def _last_first(rows: list[Row]) -> list[Row]:
    """« Durand, Marie   0:03 », where names come back so, as « [0:03] Marie Durand : »."""
    found = [_LAST_FIRST.fullmatch(row.text) if len(row.text) < 100 else None for row in rows]
    counts = Counter(key(one["last"] + one["first"]) for one in found if one)
    if max(counts.values(), default=0) < 2:
        return rows
    return [replace(row, text=f"[{one['time']}] {one['first']} {one['last']} :") if one else row for row, one in zip(rows, found, strict=True)]


def _bold_questions(blocks: Sequence[Block]) -> list[Row]:
    """Where nobody is named, paragraphs in bold that ask, between others that answer, are two voices."""
    paragraphs = [(n, one) for n, one in enumerate(blocks, start=1) if isinstance(one, Paragraph) and one.text.strip()]
    runs = [(bold, list(run)) for bold, run in groupby(paragraphs, key=lambda numbered: numbered[1].bold)]
    asking = [any("?" in one.text for _, one in run) for bold, run in runs if bold]
    if len(asking) < 2 or sum(asking) < MOSTLY * len(asking):
        return []
    first = next(n for n, (bold, run) in enumerate(runs) if bold and any("?" in one.text for _, one in run))
    rows = [Row(one.text, n) for _, run in runs[:first] for n, one in run] + [Row("", 0)]
    for bold, run in runs[first:]:
        words = " ".join(" ".join(one.text.split()) for _, one in run)
        rows.append(Row(f"{QUESTION if bold else ANSWER} : {words}", run[0][0]))
    return rows
