"""What was decided about names: entries in the key, which only grow. An entry « undo » takes another one back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from ...errors import UsageError
from ..assignments import Assignments
from ..names import norm

VERDICTS = ("accept", "reject", "label", "merge", "split", "rename")
SCOPES = ("corpus", "document", "here")


@dataclass(frozen=True, slots=True)
class NameDecision:
    """A verdict (one of `VERDICTS`) on `entities`, by their ids in the key at the time.

    `forms`: how they are written (normalized); `documents`: where it holds (originals' ids; none: everywhere); `place`: the words of
    a single place, and those before and after it. `value`: the label or the replacement; `others`: entities to merge with, or forms to part.
    """

    verdict: str
    entities: tuple[str, ...]
    forms: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    value: str = ""
    others: tuple[str, ...] = ()

    @property
    def scope(self) -> str:
        """One of `SCOPES`."""
        return "here" if self.place else "document" if self.documents else "corpus"


def standing(assignments: Assignments) -> dict[int, NameDecision]:
    """Return the decisions that were not taken back, by their number in the log (from 1), oldest first."""
    entries = dict(enumerate(assignments.decided, 1))
    undone = {entry["number"] for entry in entries.values() if entry["verdict"] == "undo"}
    return {n: _decision(entry) for n, entry in entries.items() if entry["verdict"] in VERDICTS and n not in undone}


def record(assignments: Assignments, decisions: Iterable[NameDecision]) -> int:
    """Append `decisions` that do not stand yet; return how many."""
    known = set(standing(assignments).values())
    new = [decision for decision in dict.fromkeys(decisions) if decision not in known]
    assignments.decided += [{**asdict(decision), "at": _now()} for decision in new]
    return len(new)


def take_back(assignments: Assignments, number: int = 0) -> int:
    """Take back the decision `number`, the last one when 0; return its number. Raises `UsageError` when none of that number stands."""
    numbers = list(standing(assignments))
    if not numbers or (number and number not in numbers):
        raise UsageError("review.nothing_to_undo", where="--undo")
    number = number or numbers[-1]
    assignments.decided.append({"verdict": "undo", "number": number, "at": _now()})
    return number


def purge(assignments: Assignments, ids: Collection[str], documents: Collection[str]) -> None:
    """Take what names the entities `ids`, or stands in `documents` alone, out of the log: a participant has withdrawn.

    What was decided on nobody else becomes an entry « withdrawn » without content, so that the numbers stay.
    """
    left = {norm(form) for forms in assignments.forms.values() for form in forms}
    for n, entry in enumerate(assignments.decided):
        if entry["verdict"] not in VERDICTS or not {*entry["entities"], *entry["others"], *entry["documents"]} & {*ids, *documents}:
            continue
        stays = {name: [one for one in entry[name] if one not in ids] for name in ("entities", "others")}
        stays["documents"] = [one for one in entry["documents"] if one not in documents]
        stays["forms"] = [form for form in entry["forms"] if form in left or entry["verdict"] == "reject"]
        is_theirs = not stays["entities"] or (entry["documents"] and not stays["documents"])
        assignments.decided[n] = {"verdict": "withdrawn"} if is_theirs else entry | stays


def _decision(entry: Mapping[str, Any]) -> NameDecision:
    lists = {name: tuple(entry[name]) for name in ("entities", "forms", "documents", "place", "others")}
    return NameDecision(verdict=entry["verdict"], value=entry["value"], **lists)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
