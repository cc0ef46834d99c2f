"""The tree of themes: branches, codes and finer codes, with how many passages carry each and how many people say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from peerqual.language.typography import count_of, number, typeset
from peerqual.reporting.figures.columns import evenly
from peerqual.reporting.figures.rows import book
from peerqual.reporting.figures.sheet import BLOCKS_APART, INK, MARGIN, SIZE, SMALL, SOFT, WIDTH, Sheet, height_of, width_of, wrapped
from peerqual.reporting.figures.words import material, say
from peerqual.reporting.palette import palette

STEP = 0.16  # inches that a child is set in
PASSAGES = 0.32  # inches for a count of passages
BETWEEN = 0.1
CHIP = 0.065  # inches: a code's colour before its label
STALK = "#9aa0a6"


@dataclass(frozen=True)
class Node:
    """A code or branch at `y`, `height` inches high; its label `lines` begin at `x`."""

    code: str
    parent: str
    assignable: bool
    lines: list[str]
    x: float
    y: float
    height: float

    @property
    def joint(self) -> float:
        """Where the line from its parent arrives: at its first line."""
        return self.y + 0.03 + height_of(SIZE) / 2


def theme_tree(table: pd.DataFrame, *, codebook: Any = None, lang: str = "fr", note: str = "", width: float = WIDTH) -> Figure:
    """Draw the codebook as a tree with its counts: passages, and participants out of how many, in a column for each material.

    Args:
        table: the columns of `analysis.code_tree`; without counts (no material) the tree alone is drawn.
        codebook: the colours of codes (None: the package's).
        lang: "fr" or "en"; labels are those of `table`.
        note: a stamp written above the caption.
        width: in inches; `NARROW` is a journal's column.
    """
    colours = palette(book(codebook))
    sheet = Sheet(width)
    y = sheet.title(say("tree.title", lang))
    codes = table.drop_duplicates("code")
    materials = [one for one in dict.fromkeys(table["material"]) if one]
    wide = [
        max(_width(table[table["material"] == one], lang), *(width_of(word, SMALL, True) for word in material(one, lang).split(" ")))
        for one in materials
    ]
    labels = sheet.labels if materials else width - MARGIN
    each = evenly(len(materials), int((width - labels - MARGIN + BETWEEN) // (max(wide, default=1.0) + BETWEEN)))
    for first in range(0, max(len(materials), 1), each):
        part = materials[first : first + each]
        nodes = _nodes(codes, sheet, labels, y + (height_of(SMALL) + 0.04 if part else 0), lang)
        _stalks(sheet, nodes, colours)
        for i, one in enumerate(part):
            x = sheet.labels + i * (max(wide) + BETWEEN)
            sheet.text(x, y, material(one, lang), size=SMALL, weight="bold", colour=INK)
            _counts(sheet, nodes, table[table["material"] == one], x, lang)
        y = nodes[-1].y + nodes[-1].height + BLOCKS_APART if nodes else y
    said = say("tree.caption", lang) if materials else ""
    sheet.caption(said + (say("tree.added", lang) if codes["added"].any() else ""), note)
    return sheet.figure()


def _width(table: pd.DataFrame, lang: str) -> float:
    totals = table["participants_total"].dropna()
    most = int(totals.max()) if len(totals) else 0
    return PASSAGES + width_of(count_of(most, most, lang), SMALL)


def _nodes(codes: pd.DataFrame, sheet: Sheet, labels: float, top: float, lang: str) -> list[Node]:
    made: list[Node] = []
    y = top
    for code, parent, named, depth, assignable, added in codes[["code", "parent", "label", "depth", "assignable", "added"]].itertuples(index=False):
        y += 0.05 if not depth and made else 0
        x = MARGIN + depth * STEP + CHIP * bool(assignable)
        lines = wrapped(typeset(named, lang) + ("\u00a0+" if added else ""), labels - x - 0.08, bold=not assignable)
        made.append(Node(code, parent, assignable, lines, x, y, len(lines) * height_of(SIZE) + 0.06))
        y += made[-1].height
    return made


def _stalks(sheet: Sheet, nodes: list[Node], colours: dict[str, Any]) -> None:
    by_code = {node.code: node for node in nodes}
    for node in nodes:
        for i, line in enumerate(node.lines):
            y, ink = node.joint + i * height_of(SIZE), INK if node.assignable else SOFT
            sheet.text(node.x, y, line, colour=ink, weight="normal" if node.assignable else "bold")
        above = by_code.get(node.parent)
        if above is not None:
            x, foot = above.x + 0.03 - CHIP * above.assignable, above.y + above.height - 0.02
            sheet.box(x, foot, 0.008, node.joint - foot, STALK)
            sheet.box(x, node.joint - 0.004, node.x - x - CHIP - 0.04, 0.008, STALK)
        if node.code in colours:
            sheet.box(node.x - CHIP - 0.03, node.joint - CHIP / 2, CHIP, CHIP, colours[node.code].mark)


def _counts(sheet: Sheet, nodes: list[Node], table: pd.DataFrame, x: float, lang: str) -> None:
    columns = ["code", "passages", "participants", "participants_total"]
    counts = {code: (passages, people, total) for code, passages, people, total in table[columns].dropna().itertuples(index=False)}
    for node in nodes:
        if node.code in counts:
            passages, people, total = counts[node.code]
            ink = INK if passages else STALK
            sheet.text(x + PASSAGES - 0.08, node.joint, number(passages, lang), size=SMALL, colour=ink, ha="right", weight="bold")
            told = count_of(people, total, lang) if total else "–"
            sheet.text(x + PASSAGES, node.joint, told, size=SMALL, colour=SOFT if passages else STALK)
