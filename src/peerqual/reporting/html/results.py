"""Tables of the report that stand beside the frequencies: practices by modality, Solomon's processes, tests between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from peerqual.analysis.inference import inference_caution
from peerqual.language.typography import plural
from peerqual.model import MODALITIES
from peerqual.reporting.html.data import ReportData
from peerqual.reporting.html.frequencies import NO_GROUP, Cell, Table, branches
from peerqual.reporting.html.tree import Tree
from peerqual.reporting.html.words import Words


@dataclass(frozen=True, slots=True)
class Plain:
    """A table whose rows are no codes: `name` for addresses, `title`, `caption` above, heads of columns, rows; the first `texts` cells are words."""

    name: str
    title: str
    caption: str
    heads: list[str]
    rows: list[list[str]]
    texts: int = 1


def by_modality(data: ReportData, tree: Tree, words: Words) -> list[Table]:
    """Return a table for each material in which there are practices: passages done, told, held right, and who speaks them."""
    if "modality" not in data.tables:
        return []
    made = []
    for material, part in data.tables["modality"].groupby("material", sort=False):
        kinds = [*MODALITIES, *([""] if (part["modality"] == "").any() else [])]
        rows: dict[str, list[Cell]] = {}
        for code, own in part.groupby("code", sort=False):
            found = {row["modality"]: row for row in own.to_dict("records")}
            rows[str(code)] = [_modality(found.get(kind), words) for kind in kinds]
        heads = [words(f"modality_{kind or 'none'}") for kind in kinds]
        title = words("modality_title", material=words(f"material_{material}"))
        made.append(Table(f"modality-{material}", title, "", heads, branches(tree, rows)))
    return made


def _modality(row: dict[Any, Any] | None, words: Words) -> Cell:
    passages = int(row["passages"]) if row else 0
    if row is None or not passages or not row["participants_total"]:
        return Cell(words.number(passages), passages)
    return Cell(f"{words.number(passages)}\u00a0· {words.part(row['participants'], row['participants_total'])}", passages)


def modality_by_attribute(data: ReportData, tree: Tree, words: Words) -> list[Table]:
    """Return a table for each attribute and material with practices: how many participants of each group have one done, told, held right."""
    made = []
    for i, attribute in enumerate(data.attributes, 1):
        table = data.tables.get(f"results_{attribute}")
        if table is None:
            continue
        apart = table[(table["modality"] != "") & (table["group"] != "") & (table["participants_total"] > 0)]
        for material, part in apart.groupby("material", sort=False):
            carried = set(zip(part["group"][part["passages"] > 0], part["modality"][part["passages"] > 0], strict=True))
            columns = [(group, kind) for group in dict.fromkeys(part["group"]) for kind in MODALITIES if (group, kind) in carried]
            cells = {(row["code"], row["group"], row["modality"]): _modality(row, words) for row in part.to_dict("records")}
            rows = {str(code): [cells[code, group, modality] for group, modality in columns] for code in dict.fromkeys(part["code"])}
            heads = [f"{words('no_group') if group == NO_GROUP else group}\u00a0· {words(f'modality_{modality}')}" for group, modality in columns]
            title = words("modality_by_attribute", attribute=attribute, material=words(f"material_{material}"))
            made += [Table(f"modality{i}-{material}", title, "", heads, branches(tree, rows))] if columns else []
    return made


def modality_parts(rows: list[dict[str, Any]], words: Words) -> dict[str, str]:
    """Return what is said of the modality of one code in each material where it is found: « 3 accomplis, 1 rapporté »."""
    said: dict[str, list[str]] = {}
    for row in rows:
        kind, number = row["modality"], int(row["passages"])
        if kind and number:
            many = plural(number, "1", "n", words.lang)
            said.setdefault(str(row["material"]), []).append(f"{words.number(number)}\u00a0{words(f'said_{kind}_{many}')}")
    return {material: words.series(parts) for material, parts in said.items()}


def tests(data: ReportData, tree: Tree, words: Words) -> list[Plain]:
    """Return a table for each attribute whose groups were compared by tests, its caution as its caption; none unless they were asked for."""
    heads = [words(f"head_{name}") for name in ("code", "test_of", "test_a", "test_b", "difference", "p", "p_adjusted")]
    made = []
    for i, (attribute, table) in enumerate(data.tests.items(), 1):
        rows = [_tested(row, tree, words) for row in cast(list[dict[str, Any]], table.to_dict("records"))]
        made.append(Plain(f"tests{i}", words("tests_title", attribute=attribute), inference_caution(words.lang), heads, rows, texts=2))
    return made


def _tested(row: dict[str, Any], tree: Tree, words: Words) -> list[str]:
    sides = [
        f"{row[f'group_{side}']}\u00a0· "
        + (words.part(row[f"with_{side}"], row[f"total_{side}"]) if row["measure"] == "participants" else words.percent(float(row[f"value_{side}"])))
        for side in ("a", "b")
    ]
    low, high = row["difference_low"], row["difference_high"]
    bounds = f" [{words.number(low, 2)}\u00a0; {words.number(high, 2)}]" if low == low else ""
    material, measure = row["material"], row["measure"]
    of = f"{words(f'material_{material}')}, {words(f'test_{measure}')}"
    difference = words.number(round(row["difference"], 2) + 0.0, 2)  # -0.0 + 0.0 is 0.0
    numbers = [f"{difference}{bounds}", words.number(row["p"], 3), words.number(row["p_adjusted"], 3)]
    return [tree[row["code"]].label, of, *sides, *numbers]


def coders_part(data: ReportData, tree: Tree, words: Words) -> Plain | None:
    """Return where coders part, code by code, those that part them most first; None where no agreement was given."""
    if data.agreement is None:
        return None
    table = data.agreement[(data.agreement["scope"] == "code") & data.agreement["code"].isin(set(tree.entries))]
    parted = table.assign(parted=table["only_a"] + table["only_b"])
    parted = parted[parted["parted"] > 0].sort_values("parted", ascending=False, kind="stable")
    rows = []
    for row in cast(list[dict[str, Any]], parted.to_dict("records")):
        sides = [f"{words.number(row[f'only_{side}'])}\u00a0· {_coder(row, side)}" for side in ("a", "b")]
        alpha = words.number(row["alpha"], 2) if row["alpha"] == row["alpha"] else "–"
        rows.append([tree[row["code"]].label, words.number(row["both"]), *sides, alpha])
    heads = [words(f"head_{name}") for name in ("code", "both", "one_alone", "other_alone", "alpha")]
    return Plain("coders", words("coders_title"), words("coders_caption"), heads, rows)


def _coder(row: dict[str, Any], side: str) -> str:
    name, position = str(row[f"coder_{side}"]), str(row[f"position_{side}"])
    return f"{name} ({position})" if position else name


def processes(data: ReportData, words: Words) -> Plain | None:
    """Return the table of Solomon's processes; None where the codebook is not the one that they are mapped to."""
    if "processes" not in data.tables:
        return None
    table = cast(list[dict[str, Any]], data.tables["processes"].to_dict("records"))
    rows = [
        [
            str(words.of(row["label"])),
            words.number(row["passages"]),
            words.part(row["documents"], row["documents_total"]),
            words.part(row["participants"], row["participants_total"]),
        ]
        for row in table
    ]
    heads = [words(f"head_{name}") for name in ("process", "passages", "document", "people")]
    return Plain("processes", words("processes_title"), words("processes_caution"), heads, rows)
