"""Human verdicts on codings, kept in the log, and the codings that follow from them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .codebook_history import carried
from .coding.review.log import outdated, read, record, unattended
from .coding.review.parts import cut, joined
from .coding.review.verdicts import settle
from .errors import PeerqualError, message
from .model import Coding, Corpus, Decision

if TYPE_CHECKING:
    import pandas as pd

    from .codebook import Codebook

__all__ = ["VERDICTS", "OutdatedDecisions", "apply", "in_dispute", "read", "record", "replayed", "todays"]

VERDICTS = {"accept": "accepted", "reject": "rejected", "add": "added"}  # and the status each gives
_ADDRESS = ("document", "text_hash", "start", "end", "code")


class OutdatedDecisions(UserWarning):
    """Decisions that are on another text than today's, and say nothing."""


def replayed(codings: pd.DataFrame, path: str | Path | None, corpus: Corpus, codebook: Codebook) -> pd.DataFrame:
    """Return `codings` as the log at `path` decides on them; as they are where there is none.

    What was accepted without a person has the status "accepted" and the origin "machine".
    Warns (`OutdatedDecisions`) of documents whose text has changed since. Raises `PeerqualError` when a code that was given is not in `codebook`.
    """
    if path is None or not Path(path).exists():
        return codings
    judged = apply(codings, todays(path, corpus, codebook), corpus)
    alone = unattended(path)
    if not alone:
        return judged
    rows = judged[list(_ADDRESS)].itertuples(index=False, name=None)
    told = list(zip(rows, judged["status"], judged["origin"], strict=True))
    pairs = [("accepted", "machine") if status == "proposed" and row in alone else (status, origin) for row, status, origin in told]
    return judged.assign(status=[status for status, _ in pairs], origin=[origin for _, origin in pairs])  # what a person says counts more


def in_dispute(codings: pd.DataFrame, path: str | Path | None, codebook: Codebook) -> int:
    """Return how many of `codings`, replayed, are still "proposed" because coders disagree on them in the log at `path`."""
    if path is None or not Path(path).exists():
        return 0
    waiting = list(codings.loc[codings["status"] == "proposed", list(_ADDRESS)].itertuples(index=False, name=None))
    told = settle(carried(read(path), codebook), waiting)
    return sum(row in told and not told[row].verdict for row in waiting)


def todays(path: str | Path, corpus: Corpus, codebook: Codebook) -> list[Decision]:
    """Return the decisions that stand in the log at `path`, called as codes are today. Raises and warns as `replayed`."""
    decisions = carried(read(path), codebook)
    gone = {one.code for one in decisions if one.verdict in ("accept", "add")} - {code.id for code in codebook.codes}
    if gone:
        raise PeerqualError("review_codes.codes_gone", where=path, codes=", ".join(sorted(gone)))
    documents = outdated(path, {one.id: one.text_hash for one in corpus})
    if documents:
        warnings.warn(message("review_codes.outdated", documents=", ".join(documents)), OutdatedDecisions, stacklevel=3)
    return decisions


def apply(codings: pd.DataFrame, decisions: Iterable[Decision], corpus: Corpus | None = None) -> pd.DataFrame:
    """Return `codings` (columns of `peerqual.coding.CODING_COLUMNS`) with the status that `decisions` give.

    An address is document, text hash, start, end and code: a verdict on a text that has changed since says nothing. The last verdict of a coder on
    an address counts; who judged a passage for all codes has rejected those not given. Where coders disagree the coding stays ``proposed`` until
    somebody settles it (`peerqual.coding.review.verdicts`). What a person accepted or added stands even where the rules (no longer) propose it,
    as a row of origin "person", in documents of `corpus` (None: in those that have codings). A passage of several sentences that were judged one by
    one is cut where the verdicts differ.
    """
    decisions = list(decisions)
    parts = cut(codings, decisions)
    rows = list(parts[list(_ADDRESS)].itertuples(index=False, name=None))
    settled = settle(decisions, rows)
    last = {at: one.verdict for at, one in settled.items()}
    statuses = [_status(last[row], proposed=True) if row in last else status for row, status in zip(rows, parts["status"], strict=True)]
    known = {row[:2] for row in rows} if corpus is None else {(one.id, one.text_hash) for one in corpus}
    there = set(rows)
    new = [at for at, verdict in last.items() if verdict != "reject" and at not in there and at[:2] in known]
    judged = joined(parts.assign(status=statuses), codings)
    if not new:
        return judged
    import pandas as pd

    added = [Coding(row[0], row[2], row[3], row[4], "person", "", 1.0, status=_status(last[row], proposed=False)) for row in new]
    table = pd.concat([judged, _table(added, new, codings, corpus)], ignore_index=True)
    return table.sort_values(["document", "start", "end", "code"], kind="stable", ignore_index=True)


def _status(verdict: str, *, proposed: bool) -> str:
    if not verdict:  # coders disagree
        return "proposed"
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
