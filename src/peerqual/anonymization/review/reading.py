"""From the table as a person has filled it to decisions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import PeerqualError
from ...language.fold import fold
from ...model import LABELS
from ...spreadsheet import RowFault, rows_of
from ..assignments import Assignments
from ..names import norm
from .log import SCOPES, VERDICTS, NameDecision

if TYPE_CHECKING:
    import pandas as pd

_WORDS = {
    "accept": "accept accepter accepte oui ok yes",
    "reject": "reject rejeter rejete non no",
    "merge": "merge fusionner fusionne",
    "split": "split separer separe scinder",
    "rename": "rename renommer renomme",
    "label": "label etiquette etiqueter",
    "corpus": "corpus partout everywhere",
    "document": "document doc",
    "here": "here ici",
}
_MEANT = {word: meant for meant, words in _WORDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Row:
    """A row that says something. `line` is its line in the file; `documents`, `places` those of its address."""

    line: int
    entities: tuple[str, ...]
    verdict: str
    replacement: str
    label: str
    others: tuple[str, ...]
    scope: str
    documents: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]
    n: int  # which context is meant, from 0


def decisions_of(table: pd.DataFrame, known: Assignments, *, accept_rest: bool = False, where: str = "table") -> list[NameDecision]:
    """Return the decisions in `table`, in its order. Raises `PeerqualError` where a row cannot be read or carried out."""
    missing = [name for name in ("entity", "decision") if name not in table.columns]
    if missing:
        raise PeerqualError("review.missing_columns", where=where, names=", ".join(missing))
    by_form = _by_form(known)
    decisions: list[NameDecision] = []
    for n, cells in rows_of(table):
        try:
            row = _row(n, cells, by_form, accept_rest)
            if row is not None:
                decisions += _decisions(row, known)
        except RowFault as fault:
            raise PeerqualError(f"review.{fault}", where=where, line=n, **fault.values) from None
    return decisions


def _by_form(known: Assignments) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for id, forms in known.forms.items():
        for form in forms:
            found.setdefault(norm(form), set()).add(id)
    return found


def _row(n: int, cells: Mapping[str, str], by_form: Mapping[str, set[str]], accept_rest: bool) -> Row | None:
    said, replacement, label = cells["decision"], cells.get("new_replacement", ""), cells.get("new_label", "").upper()
    verdict = _meant(said, VERDICTS, "bad_decision") if said else ""
    others = _list(cells.get("merge_with", ""))
    if not verdict:
        verdict = "merge" if others else "rename" if replacement else "label" if label else "accept" if accept_rest else ""
    ids = tuple(cells["entity"].split())
    if not verdict or not ids:
        return None
    scope, _, which = cells.get("scope", "").partition(" ")
    scope = _meant(scope, SCOPES, "bad_scope") if scope else "corpus"
    documents, places = _address(cells.get("address", ""), scope)
    if which and not (which.isdigit() and 1 <= int(which) <= len(places)):
        raise RowFault("bad_scope")
    if label and label not in LABELS:
        raise RowFault("bad_label", known=", ".join(LABELS))
    if verdict == "merge":
        others = tuple(id for other in others for id in _entities(other, by_form))
    return Row(n, ids, verdict, replacement, label, others, scope, documents, places, int(which or 1) - 1)


def _meant(word: str, known: Sequence[str], fault: str) -> str:
    meant = _MEANT.get(fold(word).strip(" ."), "")
    if meant not in known:
        raise RowFault(fault)
    return meant


def _list(cell: str) -> tuple[str, ...]:
    return tuple(word for part in re.split(r"[;·,]|»\s*«", cell) if (word := part.strip(" \u00a0\u202f«»")))


def _entities(word: str, by_form: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Return the ids that « PER002 » or a form names."""
    if re.fullmatch(r"[A-Z]+\d{3,}(?: [A-Z]+\d{3,})*", word):
        return tuple(word.split())
    ids = sorted(by_form.get(norm(word), ()))
    if len(ids) != 1:
        raise RowFault("merge_unknown" if not ids else "merge_several", ids=", ".join(ids))
    return tuple(ids)


def _address(cell: str, scope: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    try:
        told = json.loads(cell)
        return tuple(told["documents"]), tuple(tuple(place) for place in told["places"])
    except (ValueError, KeyError, TypeError):
        if scope == "corpus":
            return (), ()
        raise RowFault("bad_address") from None


def _decisions(row: Row, known: Assignments) -> Iterator[NameDecision]:
    """Yield what a row decides: label, then merge or split, then replacement, or accept or reject alone."""
    forms = tuple(sorted({norm(form) for id in row.entities for form in known.forms.get(id, ())}))
    documents: tuple[str, ...] = (row.places[row.n][0],) if row.scope != "corpus" else ()
    place = row.places[row.n][1:] if row.scope == "here" else ()
    forms = (norm(place[0]),) if place else forms
    if row.verdict == "reject":
        if row.label or row.replacement:
            raise RowFault("contradiction")
        yield from _rejected(row, forms, documents, place, known)
        return
    if row.verdict == "accept":
        yield NameDecision("accept", row.entities, forms, documents, place)
    if row.verdict == "label" and not row.label:
        raise RowFault("no_label")
    if row.label:
        yield NameDecision("label", row.entities, forms, documents, place, row.label)
    if row.verdict == "merge":
        if len({*row.entities, *row.others}) < 2:
            raise RowFault("merge_alone")
        yield NameDecision("merge", row.entities, others=row.others)
    if row.verdict == "split":
        parts = tuple(norm(other) for other in row.others)
        yield NameDecision("split", row.entities, forms, documents, (), others=parts)
    if row.verdict == "rename" or row.replacement:
        yield _renamed(row, forms, documents, place, known)


def _rejected(row: Row, forms: tuple[str, ...], documents: tuple[str, ...], place: tuple[str, ...], known: Assignments) -> Iterator[NameDecision]:
    """Yield the rejection; a form that others have too is rejected in the row's documents only: another bears it elsewhere, perhaps."""
    shared = {norm(form) for id, written in known.forms.items() if id not in row.entities for form in written} if not documents else set()
    mine = tuple(form for form in forms if form not in shared)
    yield NameDecision("reject", row.entities, mine, documents, place)
    if len(mine) < len(forms) and row.documents:
        yield NameDecision("reject", row.entities, tuple(form for form in forms if form in shared), row.documents)


def _renamed(row: Row, forms: tuple[str, ...], documents: tuple[str, ...], place: tuple[str, ...], known: Assignments) -> NameDecision:
    words = row.replacement
    if not words:
        raise RowFault("no_replacement")
    if len(row.entities) > 1 and row.verdict != "merge":
        raise RowFault("group_renamed")
    parts = {norm(words), *norm(words).split()}
    if not parts.isdisjoint(known.met):
        raise RowFault("name_is_real")
    if not place and _is_given(words, {*row.entities, *row.others}, known):
        raise RowFault("name_is_given")
    return NameDecision("rename", row.entities[:1], forms, documents, place, words)


def _is_given(words: str, ids: set[str], known: Assignments) -> bool:
    """Tell whether another entity has this first name, or these very words."""
    mine = ids | {made for name, made in known.entities.items() if name.startswith("decided|") and name.rpartition("|")[2] in ids}
    first = norm(words.partition(" ")[0])
    others = (value for id, value in known.values.items() if id not in mine)
    return any(norm(value.get("first", "")) == first or value.get("text") == words for value in others)
