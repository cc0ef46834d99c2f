"""The tables of the report: frequencies per material, codes against groups, codes against documents, codes found together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote

from peerqual.analysis import wide
from peerqual.reporting.html.data import BY, ReportData
from peerqual.reporting.html.tree import Entry, Tree
from peerqual.reporting.html.words import Words

NO_GROUP = "—"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, the number it sorts by, and where the words behind it are."""

    text: str
    value: float
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a code and its cells."""

    entry: Entry
    shade: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `name` for addresses, `title`, `under` (what it rests on), heads of columns, rows by branch."""

    name: str
    title: str
    under: str
    heads: list[str]
    branches: list[tuple[Entry | None, list[Line]]]


def search(data: ReportData, code: str = "", **filters: str) -> str:
    """Return the address of the transcripts where only the passages of `code` (and other filters) are marked; "" where they are not shown."""
    if not data.whole:
        return ""
    chosen = {"code": code, **filters}
    return "#transcripts?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in chosen.items() if value)


def branches(tree: Tree, rows: dict[str, list[Cell]]) -> list[tuple[Entry | None, list[Line]]]:
    """Return the codes that have `rows` as lines, by branch, in the codebook's order."""
    return [
        (branch, [Line(entry, tree.shade(entry.code.id), rows[entry.code.id]) for entry in entries if entry.code.id in rows])
        for branch, entries in tree.branches()
    ]


def by_material(data: ReportData, tree: Tree, words: Words) -> list[Table]:
    """Return a table for each material: passages, documents, participants, words, and proposed, accepted, added apart."""
    made = []
    table = data.tables["frequencies"]
    for material, part in table.groupby("material", sort=False):
        material = str(material)
        people = int(part["participants_total"].max())
        heads = ["passages", material, *(["people"] if people else []), "share", "proposed", "accepted", "added"]
        rows = {str(row["code"]): _frequency(data, row, material, people, words) for row in part.to_dict("records")}
        title, under = words(f"material_{material}"), size(data, material, words)
        made.append(Table(material, title, under, [words(f"head_{head}") for head in heads], branches(tree, rows)))
    return made


def _frequency(data: ReportData, row: dict[Any, Any], material: str, people: int, words: Words) -> list[Cell]:
    code = str(row["code"])
    cells = [
        Cell(words.number(row["passages"]), row["passages"], search(data, code, material=material) if row["passages"] else ""),
        Cell(words.part(row["documents"], row["documents_total"]), row["documents"]),
    ]
    if people:
        cells.append(Cell(words.part(row["participants"], row["participants_total"]), row["participants"]))
    cells.append(Cell(words.percent(row["words_share"]), row["words_share"]))
    for status in ("proposed", "accepted", "added"):
        href = search(data, code, material=material, status=status) if row[status] else ""
        cells.append(Cell(words.number(row[status]), row[status], href))
    return cells


def size(data: ReportData, material: str, words: Words) -> str:
    """Return what a material holds: « 4 entretiens, 4 personnes »."""
    people = data.facts["participants_by_material"][material]
    said = [words.many(data.facts["documents"][material], material)] + ([words.many(people, "person")] if people else [])
    return words.series(said)


def by_attribute(data: ReportData, tree: Tree, words: Words) -> list[Table]:
    """Return a table for each attribute of participants and each material: how many of each group speak of a code, in how many passages."""
    made = []
    for i, attribute in enumerate(data.attributes, 1):
        for material, part in data.tables[BY + attribute].groupby("material", sort=False):
            rows: dict[str, list[Cell]] = {}
            for row in part.to_dict("records"):
                people, passages = int(row["participants_total"]), int(row["passages"])
                said = f"{words.part(row['participants'], people)}\u00a0· {words.number(passages)}" if people else words.number(passages)
                rows.setdefault(str(row["code"]), []).append(Cell(said, row["participants"] if people else passages))
            groups = [words("no_group") if group == NO_GROUP else str(group) for group in dict.fromkeys(part["group"])]
            title = words("by_attribute", attribute=attribute, material=words(f"material_{material}"))
            made.append(Table(f"by{i}-{material}", title, "", groups, branches(tree, rows)))
    return made


def by_document(data: ReportData, tree: Tree, words: Words) -> Table | None:
    """Return the table behind the figure of codes and documents: passages; None where they are not shown."""
    if "code_by_document" not in data.tables:
        return None
    crossed = wide(data.tables["code_by_document"])
    rows = {
        str(code): [Cell(words.number(n), n, search(data, str(code), doc=str(d)) if n else "") for d, n in zip(crossed.columns, counts, strict=True)]
        for code, counts in zip(crossed.index, crossed.to_numpy().tolist(), strict=True)
    }
    return Table("code_by_document", words("table_documents"), "", [str(document) for document in crossed.columns], branches(tree, rows))


def together(data: ReportData, tree: Tree, words: Words) -> list[tuple[Entry, Entry, str, str]]:
    """Return the pairs of codes found in one sentence, the most frequent first: both codes, the count, the Jaccard index."""
    table = data.tables["cooccurrence"]
    found = table[table["count"] > 0].sort_values(["count", "jaccard"], ascending=False, kind="stable")
    made = []
    for row in cast(list[dict[str, Any]], found.to_dict("records")):
        a, b = sorted((tree[row["code_a"]], tree[row["code_b"]]), key=tree.codes.index)
        made.append((a, b, words.number(row["count"]), words.number(row["jaccard"], 2)))
    return made
