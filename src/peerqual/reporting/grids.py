"""The tables of the report as words in cells, for forms that print them: a thesis in Word, LaTeX."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peerqual.errors import message
from peerqual.language.typography import typeset
from peerqual.reporting.html.data import ReportData
from peerqual.reporting.html.found import stamp
from peerqual.reporting.html.frequencies import Table, by_attribute, by_document, by_material, together
from peerqual.reporting.html.results import Plain, by_modality, modality_by_attribute, processes

if TYPE_CHECKING:
    from peerqual.reporting.html.tree import Tree
    from peerqual.reporting.html.words import Words

GROUPS, DOCUMENTS = 5, 10  # columns that the width of a page holds
LEAST, MOST = 0.22, 0.45  # shares of the width for a column of words
CELL, AROUND = 8, 0.08  # points of letters in cells; inches around their words
MOST_DOCUMENTS, MOST_PAIRS = 48, 30  # beyond, a printed table is no longer read


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its cells, or alone the heading of a branch (`branch`); `depth` is how far its first cell is set in."""

    cells: tuple[str, ...]
    depth: int = 0
    branch: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to print: `name` for files and references, `section` of the report, `caption` above, `note` below; `texts` columns hold words."""

    name: str
    section: str
    title: str
    caption: str
    note: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    texts: int = 1

    @property
    def shares(self) -> list[float]:
        """What each column has of a page's width: those of numbers what their longest words need, those of words the rest, at most 45 % each."""
        from peerqual.reporting.figures.sheet import WIDTH, width_of

        count = len(self.heads)
        if self.texts == count:  # a column of numbers, then words
            return [0.06, *[0.94 / (count - 1)] * (count - 1)]
        # Measured in a wide font, so that words stay whole in the reader's.
        needed = [
            (max(width_of(word, CELL, True) for word in (*self.heads[n].split(" "), *self._cells(n))) + AROUND) / WIDTH
            for n in range(self.texts, count)
        ]
        room = 1 - LEAST * self.texts
        needed = [width * min(room / sum(needed), 1) for width in needed]
        return [min((1 - sum(needed)) / self.texts, MOST)] * self.texts + needed

    def _cells(self, n: int) -> list[str]:
        return [line.cells[n] for line in self.lines if not line.branch]


def said(key: str, words: Words, **values: object) -> str:
    """Return the text of `key` in ``messages/formats.toml``, typeset."""
    return typeset(message(f"formats.{key}", words.lang, **values), words.lang)


def grids(data: ReportData, tree: Tree, words: Words) -> tuple[Grid, ...]:
    """Return the tables of `data`, in the order of the report: by material, practices and processes, by attribute, by document, pairs of codes.

    Wide tables are cut into several. Tables of more than 48 documents are left out, and of pairs of codes the 30 most frequent are kept; CSV and
    XLSX have them all.
    """
    made = [
        _grid("frequencies", table, words("frequencies_caption", material=table.title), table.under, words)
        for table in by_material(data, tree, words)
    ]
    made += [_grid("practices", table, _ended(table.title), words("modality_caption"), words) for table in by_modality(data, tree, words)]
    told = processes(data, words)
    made += [_plain("practices", told)] if told else []
    for table in modality_by_attribute(data, tree, words):
        made += _cut(_grid("comparisons", table, _ended(table.title), words("modality_caption"), words), GROUPS, words)
    for table in by_attribute(data, tree, words):
        made += _cut(_grid("comparisons", table, _ended(table.title), words("attribute_caption"), words), GROUPS, words)
    documents = by_document(data, tree, words)
    if documents is not None and len(documents.heads) <= MOST_DOCUMENTS:
        made += _cut(_grid("figures", documents, documents.title, "", words), DOCUMENTS, words)
    pairs = _pairs(data, tree, words)
    made += [pairs] if pairs.lines else []
    mark = stamp(data, words)
    return tuple(_noted(grid, mark) for grid in made if grid.lines)


def _grid(section: str, table: Table, caption: str, note: str, words: Words) -> Grid:
    lines: list[Line] = []
    for branch, rows in table.branches:
        lines += [Line((branch.label,), branch=True)] if branch and rows else []
        for row in rows:
            depth = max(row.entry.depth - (1 if branch else 0), 0)
            lines.append(Line((row.entry.label, *(cell.text for cell in row.cells)), depth))
    name = f"{section}_{table.name}" if section == "frequencies" else table.name.replace("-", "_")
    return Grid(name, section, table.title.rstrip("."), caption, note, (words("head_code"), *table.heads), tuple(lines))


def _plain(section: str, table: Plain) -> Grid:
    lines = tuple(Line(tuple(row)) for row in table.rows)
    return Grid(table.name, section, table.title, _ended(table.title), table.caption, tuple(table.heads), lines, table.texts)


def _cut(grid: Grid, most: int, words: Words) -> list[Grid]:
    """Return `grid` in parts of at most `most` columns beside its first."""
    columns = range(1, len(grid.heads))
    parts = [columns[at : at + most] for at in range(0, len(columns), most)]
    if len(parts) < 2:
        return [grid]
    made = []
    for n, part in enumerate(parts, 1):
        heads = (grid.heads[0], *(grid.heads[i] for i in part))
        lines = tuple(line if line.branch else Line((line.cells[0], *(line.cells[i] for i in part)), line.depth) for line in grid.lines)
        caption = f"{grid.caption} {said('part', words, n=n, total=len(parts))}"
        made.append(Grid(f"{grid.name}_{n}", grid.section, grid.title, caption, grid.note, heads, lines))
    return made


def _pairs(data: ReportData, tree: Tree, words: Words) -> Grid:
    found = together(data, tree, words)
    lines = tuple(Line((a.label, b.label, count, jaccard)) for a, b, count, jaccard in found[:MOST_PAIRS])
    heads = tuple(words(f"head_{name}") for name in ("code", "with", "sentences", "jaccard"))
    note = said("pairs_left", words, shown=words.number(MOST_PAIRS), total=words.number(len(found))) if len(found) > MOST_PAIRS else ""
    return Grid("cooccurrence", "figures", words("table_pairs").rstrip("."), words("table_pairs"), note, heads, lines, texts=2)


def _ended(title: str) -> str:
    return f"{title}."


def _noted(grid: Grid, mark: str) -> Grid:
    note = " ".join(_ended(part.rstrip(".")) for part in (grid.note, mark) if part)
    return Grid(grid.name, grid.section, grid.title, grid.caption, note, grid.heads, grid.lines, grid.texts)
