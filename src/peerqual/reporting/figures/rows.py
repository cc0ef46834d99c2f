"""The rows that figures have in common: the codes in the codebook's order, under the headings of their branches, children set in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peerqual.reporting.figures.sheet import INK, MARGIN, SIZE, SOFT, Sheet, height_of, wrapped
from peerqual.reporting.figures.words import label
from peerqual.reporting.palette import Colour, palette

INDENT = 0.12
GAP = 0.08  # between a label and what stands right of it


@dataclass(frozen=True)
class Row:
    """A code (`code`) or the heading of a branch (`code` is "") at `y`, `height` inches high; `lines` are its label."""

    code: str
    lines: list[str]
    y: float
    height: float
    depth: int = 0
    colour: Colour | None = None

    @property
    def middle(self) -> float:
        """Half-way down the row."""
        return self.y + self.height / 2


def book(codebook: Any) -> Any:
    """Return `codebook`, or the one that travels with the package when it is None."""
    if codebook is not None:
        return codebook
    from peerqual.codebook import Codebook

    return Codebook.load()


def rows(codes: Iterable[str], codebook: Any, lang: str, sheet: Sheet, top: float, *, least: float = 0.2) -> list[Row]:
    """Lay out `codes` on `sheet` from `top` down; codes that the codebook does not know come last under their ids."""
    wanted = list(dict.fromkeys(codes))
    entries = {code.id: code for code in codebook.codes}
    colours = palette(codebook)
    made: list[Row] = []
    branch = ""
    y = top
    for code in [*(id for id in entries if id in wanted), *(code for code in wanted if code not in entries)]:
        line = _line(code, entries)
        heading = next((id for id in line if not entries[id].assignable), "")
        if heading and heading != branch:
            y += 0.06 if made else 0
            made.append(Row("", wrapped(label(codebook, heading, lang), sheet.width - 2 * MARGIN, bold=True), y, height_of(SIZE) + 0.06))
            y += made[-1].height
            branch = heading
        depth = sum(entries[id].assignable for id in line)
        named = label(codebook, code, lang) if code in entries else code
        lines = wrapped(named, sheet.labels - depth * INDENT - GAP - MARGIN)
        made.append(Row(code, lines, y, max(least, len(lines) * height_of(SIZE) + 0.05), depth, colours.get(code)))
        y += made[-1].height
    return made


def _line(code: str, entries: dict[str, Any]) -> list[str]:
    # The ancestors of a code, nearest first.
    line: list[str] = []
    parent = entries[code].parent if code in entries else None
    while parent in entries and parent not in line:
        line.append(parent)
        parent = entries[parent].parent
    return line


def name(sheet: Sheet, row: Row) -> None:
    """Write the label of `row` at the left of `sheet`."""
    if not row.code:
        sheet.text(MARGIN, row.middle, row.lines[0], colour=SOFT, weight="bold")
        return
    for i, line in enumerate(row.lines):
        y = row.middle + (i - (len(row.lines) - 1) / 2) * height_of(SIZE)
        sheet.text(MARGIN + row.depth * INDENT, y, line, colour=SOFT if row.depth else INK)
