"""The log of decisions on codings: entries that are only ever appended, with ids, hashes and places, never words.

An entry of kind "coding" is a verdict on an address (document, hash of its text, start, end, code); one of kind "judged" says that a coder judged
a passage for all codes. The verdict "undo" takes back the last one of the same coder at the same address, so that the log is never edited,
and two logs can be joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import log
from ...codebook_history import carried
from ...errors import PeerqualError, UsageError
from ...model import Decision

if TYPE_CHECKING:
    import pandas as pd

    from ...codebook import Codebook

VERDICTS = ("accept", "reject", "add")
JUDGED, UNDO = "judged", "undo"
KINDS = ("coding", JUDGED)
MACHINE = "peerqual"  # the coder of what a researcher lets be accepted without a person (`peerqual.study_accept`)
UNITS = ("document", "text_hash", "start", "end", "coder", "blind", "codes")
_OPTIONAL = ("blind", "final")  # written when true: logs of before have neither
_TYPES = {"start": int, "end": int, "blind": bool, "final": bool}


def now() -> str:
    """Return the time as decisions have it: UTC, ISO 8601, fine enough to tell two acts apart."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def record(path: str | Path, decision: Decision) -> None:
    """Write `decision` to the log at `path`. Raises `PeerqualError` when its verdict is not a known one."""
    known = (*VERDICTS, UNDO) if decision.code else (JUDGED, UNDO)
    if decision.verdict not in known:
        raise PeerqualError("decisions.bad_verdict", decision.verdict, known=", ".join(VERDICTS))
    kind = "coding" if decision.code else JUDGED
    log.append(path, {"kind": kind, **{name: value for name, value in asdict(decision).items() if value or name not in _OPTIONAL}})


def read(path: str | Path) -> list[Decision]:
    """Return people's decisions in the log at `path` that were not taken back, oldest first; those with the verdict "judged" have no code.

    Entries of other kinds are passed over. Raises `PeerqualError` when an entry lacks a part of its address or has an unknown verdict.
    """
    return [one for one in standing(path).values() if one.coder != MACHINE]


def unattended(path: str | Path) -> set[tuple[str, str, int, int, str]]:
    """Return the addresses that were accepted without a person."""
    return {address(one) for one in standing(path).values() if one.coder == MACHINE}


def standing(path: str | Path) -> dict[int, Decision]:
    """Return the decisions that were not taken back, by their number among all (from 1), oldest first."""
    decisions = dict(enumerate(entries(path), 1))
    piles: dict[tuple[object, ...], list[int]] = {}
    for n, decision in sorted(decisions.items(), key=lambda item: item[1].at):  # two logs that were joined are in the order of time
        pile = piles.setdefault((*address(decision), decision.coder), [])
        if decision.verdict != UNDO:
            pile.append(n)
        elif pile:
            pile.pop()
    left = {n for pile in piles.values() for n in pile}
    return {n: decision for n, decision in decisions.items() if n in left}


def grow(path: str | Path, given: Iterable[Decision]) -> int:
    """Write those of the decisions `given` that do not stand yet in the log at `path`; return how many.

    Who judges a passage for all codes once more takes back the codes that they gave before and do not give now.
    """
    stands = last(standing(path)).values() if Path(path).exists() else ()
    known = {(*address(one), one.coder): one for one in stands}
    told = {(*address(one), one.coder): one for one in given}
    judged = {(*key[:4], key[5]): one for key, one in told.items() if one.verdict == JUDGED}
    for key, one in known.items():
        again = judged.get((*key[:4], key[5]))
        if again is not None and one.verdict in ("accept", "add") and key not in told:
            told[key] = replace(one, verdict="reject", at=again.at, blind=again.blind)
    new = [one for key, one in told.items() if key not in known or replace(known[key], at=one.at) != one]
    for decision in new:
        record(path, decision)
    return len(new)


def last(decisions: Mapping[int, Decision]) -> dict[int, Decision]:
    """Return of `decisions` the last one of each coder at each address, in the order of the log."""
    found: dict[tuple[object, ...], int] = {}
    for n, decision in sorted(decisions.items(), key=lambda item: item[1].at):
        found[*address(decision), decision.coder] = n
    return {n: decisions[n] for n in sorted(found.values())}


def take_back(path: str | Path, number: int = 0) -> int:
    """Take back the decision `number` of `last`, the last one when 0; return its number. Raises `UsageError` when there is no such decision.

    What was decided on the passage in the same breath goes with it: the rejection of a code and the addition of another, all codes of a unit.
    """
    asked = last(standing(path)) if Path(path).exists() else {}
    if not asked or (number and number not in asked):
        raise UsageError("review_codes.nothing_to_undo", where="--undo")
    number = number or max(asked)
    given = asked[number]
    for decision in asked.values():
        if _act(decision) == _act(given):
            record(path, replace(decision, verdict=UNDO, at=now()))
    return number


def join(path: str | Path, other: str | Path, *, coder: str = "") -> int:
    """Append to the log at `path` the decisions of the log `other` that it does not hold; return how many. `coder` names those without a name.

    Raises `PeerqualError` when both hold decisions without a name that differ: nobody could tell two coders apart.
    """
    theirs = [replace(decision, coder=decision.coder or coder) for decision in entries(other)]
    mine = entries(path) if Path(path).exists() else []
    new = [decision for decision in dict.fromkeys(theirs) if decision not in set(mine)]
    if any(not decision.coder for decision in new) and any(not decision.coder for decision in mine):
        raise PeerqualError("review_codes.no_coder", where=other)
    for decision in new:
        record(path, decision)
    return len(new)


def judged_units(path: str | Path, codebook: Codebook | None = None) -> pd.DataFrame:
    """Return the passages that somebody judged for all codes: document,text_hash,start,end,coder,blind,codes.

    Places are code points, half-open, in the text with that hash; `codes` are those that the coder gave to the passage, with spaces between, ""
    where they gave none, called as they are in `codebook` today (None: as they were then); `blind`: no suggestion was seen.

    >>> judged_units("none.jsonl").empty
    True
    """
    import pandas as pd

    stands = list(last(standing(path)).values()) if Path(path).exists() else []
    stands = carried(stands, codebook) if codebook is not None else stands
    given: dict[tuple[object, ...], set[str]] = {}
    for one in stands:
        if one.verdict in ("accept", "add"):
            given.setdefault((*address(one)[:4], one.coder), set()).add(one.code)
    rows = [
        (*address(one)[:4], one.coder, one.blind, " ".join(sorted(given.get((*address(one)[:4], one.coder), ())))) for one in stands if not one.code
    ]
    return pd.DataFrame(rows, columns=list(UNITS))


def outdated(path: str | Path, texts: Mapping[str, str]) -> list[str]:
    """Return the documents on which decisions were made whose text has changed since: the hashes in `texts` are those of today.

    Decisions that `update` has moved, which stand in the log at their new places too, are none of them.
    """
    corrected = {(entry.get("document"), entry.get("before")) for entry in log.read(path) if entry.get("kind") == "correction"}
    stands = last(standing(path)).values()
    return sorted({one.document for one in stands if texts.get(one.document) != one.text_hash and (one.document, one.text_hash) not in corrected})


def address(decision: Decision) -> tuple[str, str, int, int, str]:
    """Return what a decision is about."""
    return decision.document, decision.text_hash, decision.start, decision.end, decision.code


def _act(decision: Decision) -> tuple[object, ...]:
    return (*address(decision)[:4], decision.coder, decision.at)


def entries(path: str | Path) -> list[Decision]:
    """Return all decisions in the log at `path`, those that were taken back and what takes them back too."""
    return [_decision(entry, path) for entry in log.read(path) if entry.get("kind") in KINDS]


def _decision(entry: Mapping[str, Any], path: str | Path) -> Decision:
    told = {field.name: entry.get(field.name, False if field.name in _OPTIONAL else None) for field in fields(Decision)}
    for name, value in told.items():
        if type(value) is not _TYPES.get(name, str):
            raise PeerqualError("decisions.bad_entry", path, what=name)
    known: Iterable[str] = (*VERDICTS, UNDO) if entry["kind"] == "coding" else (JUDGED, UNDO)
    if told["verdict"] not in known or bool(told["code"]) != (entry["kind"] == "coding"):
        raise PeerqualError("decisions.bad_entry", path, what="verdict" if told["verdict"] not in known else "code")
    return Decision(**told)
