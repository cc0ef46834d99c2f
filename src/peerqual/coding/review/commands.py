"""Review codings: make the table of what is to be read, and write what was decided into the log."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from ...codebook import Codebook
from ...codebook_history import carried, carried_table
from ...errors import PeerqualError, UsageError
from ...model import Corpus
from . import log, memos
from .blind import LIMIT, SILENCES, units_to_judge
from .order import ORDERS
from .reading import answers_of
from .table import codings_to_review
from .verdicts import disputed

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["code_decisions", "decide_codes", "disputed_codes", "judged_units", "merge_codes", "review_codes", "undo_codes"]
judged_units = log.judged_units
DECISIONS = ("number", "verdict", "document", "start", "end", "code", "coder", "blind", "at")


def review_codes(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook | None = None,
    *,
    decisions: str | Path | None = None,
    coder: str = "",
    order: str = "uncertainty",
    seed: int = 0,
    limit: int | None = None,
    codes: Collection[str] = (),
    documents: Collection[str] = (),
    everything: bool = False,
    disputes: bool = False,
    blind: bool = False,
    silences: float = SILENCES,
    lang: str | None = None,
) -> pd.DataFrame:
    """Return the `codings` of `corpus` to be read, one a row: those on which the log at `decisions` holds no decision yet (of `coder`, if told).

    Columns: id,document,participant,speaker,start,end,code,label,score,before,passage,after (the words, and one turn around them),support,verdicts;
    to fill: decision (accept, reject, other, or a new row: new), other_code, memo, coder; address. `order`: "uncertainty" (the least sure first, but
    varied), "interview", "random" (by `seed`); `limit`, `codes`, `documents` choose; `everything`: also what was decided; `disputes`: only that on
    which coders disagree. `blind`: 100 (or `limit`) sentences drawn at random, the share `silences` of them without a coding, and no suggestion:
    id,document,speaker,before,passage,after; to fill: codes (« - »: none), memo, coder; address.
    Raises `PeerqualError`: a coding stands in a text that is not in `corpus` or has changed, a code is neither in the codebook nor in its history.

    >>> import peerqual as pq
    >>> table = pq.review_codes(codings, corpus, decisions="decisions.jsonl", limit=50)  # doctest: +SKIP
    >>> table.loc[0, "decision"] = "reject"  # doctest: +SKIP
    >>> pq.decide_codes(table, corpus, decisions="decisions.jsonl", coder="AM")  # doctest: +SKIP
    1
    """
    codebook = codebook or Codebook.load()
    if order not in ORDERS:
        raise UsageError("review_codes.bad_order", where="order", known=", ".join(ORDERS))
    for code in codes:
        codebook.get(code)
    for document in documents:
        if document not in corpus.by_id():
            raise PeerqualError("review_codes.unknown_document", document=document)
    codings = carried_table(codings, codebook)
    given = carried(log.read(decisions), codebook) if decisions is not None and Path(decisions).exists() else []
    if blind:
        return units_to_judge(codings, corpus, given, coder=coder, seed=seed, limit=limit or LIMIT, silences=silences, documents=documents)
    return codings_to_review(
        *(codings, corpus, codebook, given),
        coder=coder,
        how=order,
        seed=seed,
        limit=limit,
        codes=codes,
        documents=documents,
        everything=everything,
        disputes=disputes,
        lang=lang,
    )


def decide_codes(
    table: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook | None = None,
    *,
    decisions: str | Path,
    memos_file: str | Path | None = None,
    coder: str = "",
    where: str = "table",
) -> int:
    """Write the decisions in `table` (of `review_codes`, filled) into the log at `decisions`; return how many are new.

    The log holds no words. Memos go to `memos_file`, their owner's alone (default: beside the log, ``decisions.memos.jsonl``). Raises
    `PeerqualError`, and nothing is written: a row cannot be read (with its line; `where` names the file), its text has changed or its code is no
    more, the words of a new passage are not found, or several times.
    """
    told = answers_of(table, corpus, codebook or Codebook.load(), at=log.now(), coder=coder, where=where)
    n = log.grow(decisions, told.decisions)
    kept = Path(memos_file) if memos_file is not None else Path(decisions).with_suffix(".memos.jsonl")
    said = {(one.document, one.start, one.end, one.code, one.coder, one.memo) for one in memos.read(kept)}
    for memo in told.memos:
        if (memo.document, memo.start, memo.end, memo.code, memo.coder, memo.memo) not in said:
            memos.record(kept, memo)
    return n


def undo_codes(decisions: str | Path, number: int = 0) -> int:
    """Take back the decision `number` of `code_decisions`, the last one when 0, with what was decided on the passage at once; return its number.

    The log only grows. Raises `UsageError` when there is no such decision.
    """
    return log.take_back(decisions, number)


def code_decisions(decisions: str | Path) -> pd.DataFrame:
    """Return the decisions that stand in the log at `decisions`, oldest first: number,verdict,document,start,end,code,coder,blind,at."""
    import pandas as pd

    stands = log.last(log.standing(decisions)) if Path(decisions).exists() else {}
    rows = [(n, one.verdict, one.document, one.start, one.end, one.code, one.coder, one.blind, one.at) for n, one in stands.items()]
    return pd.DataFrame(rows, columns=list(DECISIONS))


def merge_codes(decisions: str | Path, other: str | Path, *, coder: str = "") -> tuple[int, pd.DataFrame]:
    """Join the log `other` to the log at `decisions`; return how many decisions are new, and those on which coders disagree now.

    `coder` names those of `other` that have no name. Raises `PeerqualError` when neither log's coders have one.
    """
    return log.join(decisions, other, coder=coder), disputed_codes(decisions)


def disputed_codes(decisions: str | Path) -> pd.DataFrame:
    """Return the addresses on which coders disagree and nobody has settled it: document,text_hash,start,end,code,verdicts."""
    return disputed(log.read(decisions) if Path(decisions).exists() else [])
