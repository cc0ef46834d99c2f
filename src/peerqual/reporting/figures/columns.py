"""The columns that figures have in common: the documents, material by material, in blocks that fit the width of the sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from peerqual.model import MATERIALS
from peerqual.reporting.figures.sheet import FAINT, INK, MARGIN, SMALL, SOFT, Sheet, height_of, width_of, wrapped
from peerqual.reporting.figures.words import material

APART = 0.1  # between materials


@dataclass(frozen=True)
class Column:
    """A document at `x`, `width` inches wide."""

    document: str
    material: str
    x: float
    width: float


@dataclass(frozen=True)
class Block:
    """Columns that stand side by side."""

    columns: tuple[Column, ...]

    def materials(self) -> Iterator[tuple[str, float, float]]:
        """Yield each material with the left and right end of its columns."""
        for name in dict.fromkeys(column.material for column in self.columns):
            own = [column for column in self.columns if column.material == name]
            yield name, own[0].x, own[-1].x + own[-1].width


def blocks(documents: pd.DataFrame, sheet: Sheet, lang: str, *, abreast: int, widest: float) -> list[Block]:
    """Lay out `documents` (columns `document`, `material`) on `sheet`, at most `abreast` in a block, each at most `widest` inches wide."""
    ordered = sorted(
        documents[["document", "material"]].itertuples(index=False, name=None),
        key=lambda row: (MATERIALS.index(row[1]) if row[1] in MATERIALS else len(MATERIALS), row[1]),
    )
    each = evenly(len(ordered), abreast)
    return [_block(ordered[first : first + each], sheet, lang, each, widest) for first in range(0, len(ordered), each)]


def evenly(count: int, abreast: int) -> int:
    """Return how many of `count` things to put in each line of at most `abreast`, so that lines are about equally long."""
    lines = max(-(-count // max(abreast, 1)), 1)
    return max(-(-count // lines), 1)


def _block(documents: list[tuple[str, str]], sheet: Sheet, lang: str, abreast: int, widest: float) -> Block:
    counts = Counter(kind for _, kind in documents)
    names = {kind: max(width_of(word, SMALL, True) for word in material(kind, lang).split(" ")) for kind in counts}
    room = sheet.width - sheet.labels - MARGIN - APART * (len(counts) - 1)
    width = min(widest, room / abreast)
    # A material of few documents still has room for its name.
    wanting = sum(max(names[kind] - n * width, 0) for kind, n in counts.items())
    width = min(widest, (room - wanting) / abreast)
    x, columns = sheet.labels, []
    for kind, part in groupby(documents, key=lambda row: row[1]):
        left = x
        for document, _ in part:
            columns.append(Column(document, kind, x, width))
            x += width
        x = max(x, left + names[kind]) + APART
    return Block(tuple(columns))


def heads(sheet: Sheet, block: Block, lang: str, y: float, *, bare: bool = False) -> float:
    """Write the materials and, unless `bare`, the names of documents above `block`; return where its rows begin."""
    materials = list(block.materials())
    ends = [left for _, left, _ in materials[1:]] + [sheet.width - MARGIN]
    spans = [
        (wrapped(material(name, lang), end - left - 0.02, SMALL, bold=True), left, right)
        for (name, left, right), end in zip(materials, ends, strict=True)
    ]
    tall = max(len(lines) for lines, _, _ in spans)
    for lines, left, right in spans:
        for i, line in enumerate(lines):
            sheet.text(left, y + (i + tall - len(lines)) * height_of(SMALL), line, size=SMALL, weight="bold", colour=INK)
        sheet.box(left, y + tall * height_of(SMALL) - 0.03, right - left - 0.02, 0.012, FAINT if bare else SOFT)
    y += tall * height_of(SMALL) + 0.05
    if bare:
        return y
    upright = any(width_of(column.document, SMALL) > column.width - 0.04 for column in block.columns)
    if not upright:
        for column in block.columns:
            sheet.text(column.x + column.width / 2, y, column.document, size=SMALL, colour=SOFT, ha="center")
        return y + height_of(SMALL)
    tallest = max(width_of(column.document, SMALL) for column in block.columns)
    for column in block.columns:
        sheet.text(column.x + column.width / 2, y + tallest, column.document, size=SMALL, colour=SOFT, ha="center", va="bottom", rotation=90)
    return y + tallest + 0.06
