"""The tables that `show` knows by their columns, and what is shown of each."""

from __future__ import annotations

from itertools import compress, pairwise
from typing import TYPE_CHECKING, Any

from peerqual.errors import message
from peerqual.language.typography import plural
from peerqual.model import MATERIALS
from peerqual.reporting import cells
from peerqual.reporting.cells import Cell, How, Row, Said
from peerqual.reporting.kinds import Kind
from peerqual.reporting.kinds_study import STUDY

if TYPE_CHECKING:
    import pandas as pd

    from peerqual.reporting.html.words import Words

CODES = ("code", "codes", "new_codes", "differ", "code_a", "code_b")  # columns that name codes, spaces between

_SIDES: dict[str, How] = dict.fromkeys(("coder_a", "position_a", "coder_b", "position_b"), cells.plain)
_VERDICT, _MATERIAL = cells.named("show.decision_"), cells.named("report.material_")
_TO_FILL: dict[str, How] = {"decision": _VERDICT, "other_code": cells.plain, "memo": cells.plain}
KINDS = (
    Kind(
        "names",
        ("entity", "forms", "merge_with"),
        {
            "forms": cells.quoted,
            "label": cells.label,
            "count": cells.number,
            "replacement": cells.quoted,
            "why": cells.plain,
            "context1": cells.contexts,
            "decision": _VERDICT,
            "new_replacement": cells.quoted,
        },
        originals=True,
    ),
    Kind(
        "mentions",
        ("source", "tier", "replacement", "text"),
        {
            "document": cells.plain,
            "text": cells.quoted,
            "label": cells.label,
            "tier": cells.named("show.tier_"),
            "replacement": cells.quoted,
            "source": cells.reason,
        },
        originals=True,
    ),
    Kind(
        "audit",
        ("certainty", "masked"),
        {
            "certainty": cells.named("audit."),
            "kind": cells.finding,
            "masked": cells.plain,
            "count": cells.number,
            "file": cells.plain,
            "place": cells.plain,
            "line": cells.number,
        },
    ),
    Kind(
        "risk",
        ("participant", "reader", "left", "replaced"),
        dict.fromkeys(("participant", "reader", "left", "replaced"), cells.plain),
        once="participant",
    ),
    Kind(
        "frequencies",
        ("code", "passages", "documents_total", "participants_total", "words_share"),
        {
            "code": cells.codes,
            "material": _MATERIAL,
            "group": cells.plain,
            "passages": cells.number,
            "documents": cells.of_total,
            "participants": cells.of_total,
            "words_share": cells.percent,
            "proposed": cells.number,
            "accepted": cells.number,
            "added": cells.number,
        },
        once="code",
    ),
    Kind(
        "codings_to_read",
        ("code", "passage", "other_code", "address"),
        {
            "document": cells.plain,
            "speaker": cells.plain,
            "code": cells.codes,
            "score": cells.rate,
            "passage": cells.in_context,
            "support": cells.quoted,
            "verdicts": cells.verdicts,
            **_TO_FILL,
        },
    ),
    Kind(
        "blind",
        ("passage", "codes", "address"),
        {"document": cells.plain, "speaker": cells.plain, "passage": cells.in_context, "codes": cells.codes, "memo": cells.plain},
    ),
    Kind(
        "decisions",
        ("number", "verdict", "coder"),
        {
            "number": cells.number,
            "verdict": _VERDICT,
            "document": cells.plain,
            "start": cells.number,
            "end": cells.number,
            "code": cells.codes,
            "coder": cells.plain,
            "at": cells.moment,
        },
    ),
    Kind(
        "name_decisions",
        ("number", "verdict", "forms"),
        {"number": cells.number, "verdict": _VERDICT, "forms": cells.quoted, "entities": cells.plain, "scope": cells.plain, "value": cells.quoted},
        originals=True,
    ),
    Kind(
        "evaluation",
        ("scope", "units_a", "units_b"),
        {
            "code": cells.codes,
            **dict.fromkeys(("units_b", "units_a", "both"), cells.number),
            **dict.fromkeys(("precision", "recall", "f1", "cohen_kappa"), cells.rate),
        },
    ),
    Kind(
        "agreement",
        ("scope", "percent", "units"),
        {
            **_SIDES,
            "code": cells.codes,
            **dict.fromkeys(("both", "only_a", "only_b"), cells.number),
            "percent": cells.percent,
            **dict.fromkeys(("cohen_kappa", "fleiss_kappa", "f1"), cells.rate),
            **dict.fromkeys(("alpha", "ac1"), cells.bare),
        },
    ),
    Kind(
        "disagreements",
        ("document", "text", "differ"),
        {"document": cells.plain, "speaker": cells.plain, "text": cells.quoted},
        begun={"codes_": cells.given},
    ),
    Kind("confusions", ("code_a", "code_b", "count"), {"code_a": cells.codes, "code_b": cells.codes, "count": cells.number}),
    Kind(
        "appearance",
        ("position", "new_codes", "seen"),
        {
            "material": _MATERIAL,
            "position": cells.number,
            "document": cells.plain,
            "codes": cells.number,
            "new": cells.number,
            "new_codes": cells.codes,
            "seen": cells.of_total,
            "random_mean": cells.bare,
        },
    ),
    Kind(
        "learned",
        ("f1_before", "f1_after", "outcome"),
        {
            "code": cells.codes,
            "judged": cells.number,
            "carry": cells.number,
            "f1_before": cells.rate,
            "f1_after": cells.rate,
            "gain": cells.rate,
            "outcome": cells.named("learn.outcome_"),
        },
    ),
    Kind(
        "moves",
        ("old_start", "old_end", "reason"),
        {
            "document": cells.plain,
            "code": cells.codes,
            "status": cells.named("report.status_"),
            "start": cells.number,
            "end": cells.number,
            "reason": cells.plain,
        },
    ),
    Kind(
        "participants",
        ("document", "speaker", "participant", "role"),
        {"document": cells.plain, "speaker": cells.plain, "participant": cells.plain, "role": cells.named("report.role_")},
        once="document",
        rest=True,
    ),
    *STUDY,
)


def kind_of(table: pd.DataFrame) -> Kind | None:
    """Return the kind of `table`, None when it is none of `KINDS`."""
    return next((kind for kind in KINDS if set(kind.needs) <= set(table.columns)), None)


def codes_of(table: pd.DataFrame) -> list[str]:
    """Return the ids of the codes that `table` names, each once."""
    names = [name for name in table.columns if str(name) in CODES or str(name).startswith("codes_")]
    values = (cells.text(value) for name in names if not _is_count(table[name]) for value in table[name])
    return list(dict.fromkeys(id for value in values for id in value.split()))


def shown(table: pd.DataFrame, kind: Kind, said: Said) -> tuple[list[tuple[str, str]], list[list[Cell]]]:
    """Return the heads of the columns that are shown of `table` (class of the box, words), and its rows."""
    given = [str(name) for name in table.columns]
    columns = [(name, how) for name, how in kind.columns.items() if name in given and (kind.rest or _says(name, table))]
    columns += [(name, cells.plain) for name in given if name not in dict(columns)] if kind.rest else []
    columns += [(name, how) for name in given for begun, how in kind.begun.items() if name.startswith(begun)]
    rows = [[how(row, name, said) for name, how in columns] for row in _rows(table)]
    for at in (at for at, (name, _) in enumerate(columns) if name == kind.once):
        again = [row[at] == before[at] for before, row in pairwise(rows)]
        for row in compress(rows[1:], again):
            row[at] = Cell("", ())
    boxes = [cell.box for cell in rows[0]] if rows else [""] * len(columns)
    return [(box if box == "n" else "", _head(name, kind, said.words.lang)) for box, (name, _) in zip(boxes, columns, strict=True)], rows


def _says(name: str, table: pd.DataFrame) -> bool:
    return (name == "code" and "scope" in table.columns) or any(cells.text(value) for value in table[name])


def _rows(table: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def crossed(table: pd.DataFrame, said: Said) -> tuple[list[tuple[str, str]], list[list[Cell]]]:
    """Return the heads and rows of a table of codes (its index) × groups or documents, as `shown`."""
    names = [name if isinstance(name, tuple) else (name,) for name in table.columns]
    lang = said.words.lang
    heads = [("n", " · ".join(cells.text(_material(one, lang)) for one in name if one != "")) for name in names]
    rows = [
        [
            Cell("", said.chips([str(code)])),
            *(Cell("n", ((cells.figure(value, said, 0 if float(value).is_integer() else 2), ""),)) for value in values),
        ]
        for code, *values in table.itertuples(name=None)
    ]
    return [("", _head("code", None, lang)), *heads], rows


def about(table: pd.DataFrame, words: Words) -> str:
    """Return how large `table` is; of an agreement, over which units."""
    if not {"scope", "unit", "units"} <= set(table.columns) or table.empty:
        counted = plural(len(table), "show.row_1", "show.row_n", words.lang)
        return f"{words.number(len(table))}\u00a0{message(counted, words.lang)}"
    first = table.iloc[0]
    documents = words.many(int(first["documents_total"]), "document")
    return message(
        "show.units", words.lang, unit=message(f"show.unit_{first['unit']}", words.lang), units=words.number(first["units"]), documents=documents
    )


def stamp(table: pd.DataFrame, kind: Kind | None, words: Words) -> str:
    """Return what must stand over `table`: that it holds real names, or counts proposals that nobody has read."""
    if kind is not None and kind.originals:
        return message("show.originals", words.lang)
    return words("stamp") if kind is not None and kind.name == "frequencies" and table["proposed"].any() else ""


def _material(name: Any, lang: str) -> Any:
    return message(f"report.material_{name}", lang) if name in MATERIALS else message("report.no_group", lang) if name == "—" else name


def _head(name: str, kind: Kind | None, lang: str) -> str:
    if kind is None:
        return message(f"show.head_{name}", lang)
    for begun in kind.begun:
        if name.startswith(begun):  # « Statut · machine »; of codes given by a coder, the coder alone
            whose = name.removeprefix(begun)
            return whose if begun == "codes_" else f"{message(f'show.head_{begun[:-1]}', lang)} · {whose}"
    if kind.rest and name not in kind.columns:
        return name
    try:
        return message(f"show.head_{kind.name}_{name}", lang)
    except KeyError:
        return message(f"show.head_{name}", lang)


def _is_count(column: pd.Series[Any]) -> bool:
    return column.dtype.kind in "iuf"
