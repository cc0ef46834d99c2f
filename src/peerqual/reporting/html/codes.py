"""The codes of the report, one by one: what each means, how often it is found, and passages to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peerqual.model import Span
from peerqual.reporting.html.data import ReportData
from peerqual.reporting.html.frequencies import search
from peerqual.reporting.html.marking import Mark, Passage, Piece, far, said
from peerqual.reporting.html.results import modality_parts
from peerqual.reporting.html.tree import Entry, Tree
from peerqual.reporting.html.words import Words

COUNTED = ("frequencies", "polarity", "modality", "code_by_document", "verbatims")  # the tables that pages of codes are made of


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A passage to quote: its words with those that support the code, what stands around it, who speaks, where it is."""

    at: str
    row: Mapping[str, Any]
    pieces: tuple[Piece, ...]
    mark: Mark
    near: list[str]


@dataclass(frozen=True, slots=True)
class Material:
    """How often a code is found in one material, in words, with the address of its passages."""

    name: str
    said: list[str]
    href: str


@dataclass(frozen=True, slots=True)
class CodePage:
    """All that the report says of one code; `carried`: whether a passage carries it."""

    entry: Entry
    shade: str
    above: list[Entry]
    children: list[Entry]
    definition: str
    include: list[str]
    exclude: list[str]
    materials: list[Material]
    documents: list[tuple[str, str, str]]
    verbatims: list[Verbatim]
    spread: str
    carried: bool


def code_pages(data: ReportData, tree: Tree, words: Words) -> list[tuple[Entry | None, list[CodePage]]]:
    """Return the pages of all codes, by branch."""
    rows = {
        name: _by_code(data.tables[name]) for name in ("frequencies", "polarity", "modality", "code_by_document", "verbatims") if name in data.tables
    }
    carried = {code: sum(row["passages"] for row in table) for code, table in rows["polarity"].items()}
    turns = {transcript.id: transcript for transcript in data.corpus}

    def page(entry: Entry) -> CodePage:
        id, code = entry.code.id, entry.code
        of_code = {name: table.get(id, []) for name, table in rows.items()}
        quoted = [_verbatim(data, row, entry, turns[row["document"]]) for row in of_code["verbatims"]]
        return CodePage(
            entry,
            tree.shade(id),
            tree.above(id),
            [other for other in tree.codes if other.code.parent == id],
            str(words.of(code.definition)),
            list(words.of(code.include)),
            list(words.of(code.exclude)),
            _materials(data, id, of_code, words),
            _documents(data, id, of_code.get("code_by_document", []), words),
            quoted,
            _spread(of_code["verbatims"], words),
            carried.get(id, 0) > 0,
        )

    return [(branch, [page(entry) for entry in entries]) for branch, entries in tree.branches()]


def _documents(data: ReportData, code: str, rows: list[dict[str, Any]], words: Words) -> list[tuple[str, str, str]]:
    # The documents where the code is found: their id, the number of passages, the address of these.
    found = [row for row in rows if row["passages"]]
    return [(str(row["document"]), words.number(row["passages"]), search(data, code, doc=str(row["document"]))) for row in found]


def _by_code(table: Any) -> dict[str, list[dict[str, Any]]]:
    made: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        made.setdefault(row["code"], []).append(row)
    return made


def _verbatim(data: ReportData, row: dict[str, Any], entry: Entry, transcript: Any) -> Verbatim:
    passage = _passage(data.passages[row["document"]], row["start"], row["end"], entry)
    marks = [mark for mark in passage.marks if mark.code in entry.family]
    evidence: list[Span] = [span for mark in marks for span in mark.evidence]
    pieces = said(transcript, row["start"], row["end"], evidence)
    near = [transcript.text[words.start : words.end] for words in far([passage]) if words.code in entry.family] if data.whole else []
    return Verbatim(passage.id, row, pieces, next((mark for mark in marks if mark.code == entry.code.id), marks[0]), near)


def _passage(found: Sequence[Passage], start: int, end: int, entry: Entry) -> Passage:
    # The passage of this code that the excerpt is, or is a part of.
    carry = [passage for passage in found if passage.start < end and start < passage.end and any(mark.code in entry.family for mark in passage.marks)]
    return max(carry, key=lambda passage: (min(end, passage.end) - max(start, passage.start), start - passage.start, -passage.end))


def _materials(data: ReportData, code: str, rows: Mapping[str, list[dict[str, Any]]], words: Words) -> list[Material]:
    negative = {row["material"]: row["passages"] for row in rows["polarity"] if row["polarity"] == "-"}
    modality = modality_parts(rows.get("modality", []), words)
    made = []
    for row in rows["frequencies"]:
        material = row["material"]
        if not row["passages"]:
            made.append(Material(words(f"material_{material}"), [words("no_passage")], ""))
            continue
        parts = [words.many(row["passages"], "passage")]
        parts += [words.part(row["documents"], row["documents_total"], material)] if row["documents_total"] > 1 else []
        if row["participants_total"] and (material == "group" or row["participants_total"] != row["documents_total"]):
            parts.append(words.part(row["participants"], row["participants_total"], "person"))
        parts.append(words("share_of_words", share=words.percent(row["words_share"])))
        if negative.get(material):
            parts.append(words("negative_passages", n=words.many(negative[material], "passage")))
        parts += [modality[material]] if material in modality else []
        parts += [words.many(row[status], status) for status in ("proposed", "accepted", "added") if row[status]]
        made.append(Material(words(f"material_{material}"), parts, search(data, code, material=material)))
    return made


def _spread(rows: list[dict[str, Any]], words: Words) -> str:
    if not rows:
        return ""
    shown, voices = words.many(len(rows), "excerpt"), words.many(int(rows[0]["voices"]), "voice")
    heard = len({(row["participant"], "" if row["participant"] else row["document"]) for row in rows})
    if not rows[0]["spread"]:
        return words("few_voices", shown=shown, voices=voices)
    return words("spread_voices", shown=shown, heard=words.number(heard), voices=voices)
