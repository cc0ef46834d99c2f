"""Columns on the pages of a PDF: of a table, whose rows say who speaks, or of prose that was written line by line across both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from . import grid
from .blocks import Table, paragraph
from .hyphens import joined
from .pages import NEAR, Line

ROWS = 3  # a table has as many rows at least
MAX_COLUMNS = 12
MIDDLE = (0.35, 0.65)  # where the gap between two columns of prose stands, from the left edge to the right

Cell = tuple[float, str]


def cells(line: Line) -> list[Cell]:
    """Return the cells of a line, which wide gaps part: where each begins, and its words."""
    made: list[Cell] = []
    for gap, run in groupby(zip(line.pieces, line.places, strict=True), key=lambda one: one[0][1] == "\t"):
        if not gap:
            parts = list(run)
            made.append((parts[0][1], "".join(text for (_, text), _ in parts)))
    return made


def table_of(lines: Sequence[Line]) -> tuple[Sequence[Line], Table, Sequence[Line]] | None:
    """Return the lines before, the table, and the lines after, where aligned cells make one that says who speaks; else None."""
    split = [cells(line) for line in lines]
    starts = Counter(round(x / NEAR) for mine in split if len(mine) > 1 for x, _ in mine)
    columns = sorted(NEAR * place for place, often in starts.items() if often >= max(ROWS, starts.most_common(1)[0][1] / 2))
    if not 2 <= len(columns) <= MAX_COLUMNS:
        return None
    rows: list[list[list[str]]] = []
    first, last = None, 0
    for n, mine in enumerate(split):
        at = [_column(x, columns) for x, _ in mine]
        begins = at[0] == 0 and (len(mine) > 1 or _is_beside(lines, split, n, columns))
        if None in at or not (begins or (rows and at[0] != 0)):
            if len(rows) >= ROWS:
                break
            rows, first = [], None
            continue
        first, last = n if first is None else first, n
        if begins:
            rows.append([[] for _ in columns])
        for column, (_, words) in zip(at, mine, strict=True):
            rows[-1][column or 0].append(words.strip())
    if first is None or len(rows) < ROWS:
        return None
    table = Table(tuple(tuple((paragraph([("", " ".join(joined(cell)))]),) for cell in row) for row in rows))
    return (lines[:first], table, lines[last + 1 :]) if grid.read(table.texts()) else None


def _column(x: float, columns: Sequence[float]) -> int | None:
    return next((n for n, place in enumerate(columns) if abs(x - place) <= 2 * NEAR), None)


def _is_beside(lines: Sequence[Line], split: Sequence[list[Cell]], n: int, columns: Sequence[float]) -> bool:
    """Tell whether the next line stands beside this one, in a further column."""
    after = n + 1
    return after < len(lines) and (_column(split[after][0][0], columns) or 0) > 0 and lines[after].y >= lines[n].y - NEAR


def in_columns(page: list[Line]) -> list[Line]:
    """Put two columns that were written line by line one after the other; a page that is written column by column is so already."""
    starts = Counter(round(x / NEAR) for line in page for x, _ in cells(line)[1:])
    if not starts:
        return page
    at, often = starts.most_common(1)[0]
    gap = at * NEAR - NEAR
    left, right = min(min(line.places) for line in page), max(line.end for line in page)
    if often < max(5, 0.5 * len(page)) or not MIDDLE[0] < (gap - left) / (right - left) < MIDDLE[1]:
        return page
    ordered: list[Line] = []
    waiting: list[Line] = []
    for line in page:
        before, after = line.cut(gap)
        if not after.pieces and line.end > gap:  # across both columns
            ordered += waiting
            waiting = []
        ordered += [before] if before.pieces else []
        waiting += [after] if after.pieces else []
    return ordered + waiting
