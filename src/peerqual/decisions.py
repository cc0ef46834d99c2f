"""Human verdicts on codings, kept in the log, and the codings that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import log
from .errors import PeerqualError
from .model import Coding, Corpus, Decision

if TYPE_CHECKING:
    import pandas as pd

VERDICTS = {"accept": "accepted", "reject": "rejected", "add": "added"}  # and the status each gives
_KIND = "coding"
_ADDRESS = ("document", "text_hash", "start", "end", "code")


def record(path: str | Path, decision: Decision) -> None:
    """Write `decision` to the log at `path`. Raises `PeerqualError` when its verdict is not one of `VERDICTS`."""
    if decision.verdict not in VERDICTS:
        raise PeerqualError("decisions.bad_verdict", decision.verdict, known=", ".join(VERDICTS))
    log.append(path, {"kind": _KIND, **asdict(decision)})


def read(path: str | Path) -> list[Decision]:
    """Return the decisions on codings in the log at `path`, oldest first; entries of other kinds are passed over.

    Raises `PeerqualError` when an entry lacks a part of its address or has an unknown verdict.
    """
    return [_decision(entry, path) for entry in log.read(path) if entry.get("kind") == _KIND]


def _decision(entry: dict[str, Any], path: str | Path) -> Decision:
    kinds = {field.name: int if field.name in ("start", "end") else str for field in fields(Decision)}
    for name, kind in kinds.items():
        if type(entry.get(name)) is not kind:
            raise PeerqualError("decisions.bad_entry", path, what=name)
    if entry["verdict"] not in VERDICTS:
        raise PeerqualError("decisions.bad_entry", path, what="verdict")
    return Decision(**{name: entry[name] for name in kinds})


def apply(codings: pd.DataFrame, decisions: Iterable[Decision], corpus: Corpus | None = None) -> pd.DataFrame:
    """Return `codings` (columns of `peerqual.coding.CODING_COLUMNS`) with the status that `decisions` give; the last verdict on an address wins.

    An address is document, text hash, start, end and code: a verdict on a text that has changed since says nothing. What a person accepted or added
    stands even where the rules (no longer) propose it, as a row of origin "person", in documents of `corpus` (None: in those that have codings).
    """
    last = {tuple(getattr(decision, name) for name in _ADDRESS): decision.verdict for decision in decisions}
    rows = list(codings[list(_ADDRESS)].itertuples(index=False, name=None))
    statuses = [_status(last[row], proposed=True) if row in last else status for row, status in zip(rows, codings["status"], strict=True)]
    known = {row[:2] for row in rows} if corpus is None else {(one.id, one.text_hash) for one in corpus}
    new = [address for address, verdict in last.items() if verdict != "reject" and address not in set(rows) and address[:2] in known]
    judged = codings.assign(status=statuses)
    if not new:
        return judged
    import pandas as pd

    added = [Coding(row[0], row[2], row[3], row[4], "person", "", 1.0, status=_status(last[row], proposed=False)) for row in new]
    table = pd.concat([judged, _table(added, new, codings, corpus)], ignore_index=True)
    return table.sort_values(["document", "start", "end", "code"], kind="stable", ignore_index=True)


def _status(verdict: str, *, proposed: bool) -> str:
    # Who adds what the machine proposes too has accepted it.
    return "accepted" if verdict == "add" and proposed else VERDICTS[verdict]


def _table(added: list[Coding], addresses: list[Any], codings: pd.DataFrame, corpus: Corpus | None) -> pd.DataFrame:
    """Return the rows of codings that no rule proposes; without the corpus, speaker and words are left empty."""
    from .coding import codings_table

    if corpus is not None:
        return codings_table(added, corpus)
    import pandas as pd

    material = dict(zip(codings["document"], codings["material"], strict=True))
    rows = [
        {**dict.fromkeys(codings.columns, ""), **asdict(coding), "qualifiers": "", "evidence": "[]"}
        | {"text_hash": address[1], "material": material[coding.document]}
        for coding, address in zip(added, addresses, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(codings.columns))
