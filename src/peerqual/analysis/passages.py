"""From the codings table to passages that can be counted: checked, without rejected ones, on the ground's axis, children as their parents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd

from peerqual.analysis.ground import Ground
from peerqual.errors import PeerqualError
from peerqual.model import STATUSES

NEEDED = ("document", "start", "end", "code", "status")
# The strongest status of a passage coded several times: a person's word outweighs the machine's.
RANKED = ("proposed", "added", "accepted")


@dataclass(frozen=True)
class Tree:
    """The assignable codes of a codebook in its order; `lines[i]` are the places of code *i* and of its assignable ancestors."""

    ids: list[str]
    parents: list[str]
    labels: list[str]
    lines: list[tuple[int, ...]]

    def related(self, a: int, b: int) -> bool:
        """Say whether one of two codes is an ancestor of the other (or the same)."""
        return a in self.lines[b] or b in self.lines[a]


def tree(codebook: Any = None, lang: str = "fr", *, branches: bool = False) -> Tree:
    """Return the assignable codes of `codebook` (None: the one in the package), labelled in `lang`; `branches`: its branches too."""
    codebook = loaded(codebook)
    parent = {code.id: code.parent for code in codebook.codes}
    ids = [code.id for code in codebook.codes if branches or code.assignable]
    place = {code: i for i, code in enumerate(ids)}
    lines = []
    for code in ids:
        line: list[int] = []
        at: str | None = code
        while at is not None:
            line += [place[at]] if at in place else []
            at = parent.get(at)
        lines.append(tuple(line))
    return Tree(ids, [parent[code] or "" for code in ids], [codebook.label(code, lang) for code in ids], lines)


def flat(codings: pd.DataFrame) -> Tree:
    """Return the codes found in `codings` as a `Tree` without parents, for what needs no codebook."""
    ids = sorted({str(code) for code in codings["code"]}) if "code" in codings.columns else []
    return Tree(ids, [""] * len(ids), ids, [(i,) for i in range(len(ids))])


def loaded(codebook: Any = None) -> Any:
    """Return `codebook`, or the one that travels with the package when it is None."""
    if codebook is not None:
        return codebook
    from peerqual.codebook import Codebook

    return Codebook.load()


def passages(codings: pd.DataFrame, ground: Ground, codes: Tree, *, columns: Iterable[str] = ()) -> pd.DataFrame:
    """Return one row per coding that is not rejected, in the order of `codings`, index kept.

    Columns: `document` and `code` (places in `ground.ids` and `codes.ids`), `start`, `end` (on the ground's axis), `turn` (-1: in none),
    `rank` (place of the status in `RANKED`), and `columns` as they are in `codings`.

    Raises:
        PeerqualError: a column is missing or not whole numbers, a document is not in the corpus, a code is not in the codebook,
            a status is unknown, a span lies outside its text.
    """
    for column in (*NEEDED, *columns):
        if column not in codings.columns:
            raise PeerqualError("analysis.missing_column", column=column)
    unknown = sorted({str(status) for status in codings["status"].unique()} - set(STATUSES))
    if unknown:
        raise PeerqualError("analysis.unknown_status", unknown[0], known=", ".join(STATUSES))
    live = codings[codings["status"] != "rejected"]
    document = _places(live["document"], ground.ids, "analysis.unknown_document")
    code = _places(live["code"], codes.ids, "analysis.unknown_code")
    start, end = _whole(live, "start"), _whole(live, "end")
    length = np.diff(ground.base)[document] - 1
    wrong = np.flatnonzero((start < 0) | (start >= end) | (end > length))
    if len(wrong):
        i = int(wrong[0])
        raise PeerqualError("analysis.bad_span", ground.ids[document[i]], start=int(start[i]), end=int(end[i]))
    start, end = start + ground.base[document], end + ground.base[document]
    rank = live["status"].map({status: i for i, status in enumerate(RANKED)}).to_numpy(dtype=np.int64)
    table = pd.DataFrame(
        {"document": document, "code": code, "start": start, "end": end, "turn": ground.turn_of(start, end), "rank": rank}, index=live.index
    )
    return table.join(live[list(columns)]) if columns and len(live) else table.assign(**{column: live[column] for column in columns})


def _places(values: pd.Series, known: list[str], key: str) -> np.ndarray:
    place = {name: i for i, name in enumerate(known)}
    missing = sorted({str(value) for value in values.unique() if value not in place})
    if missing:
        raise PeerqualError(key, missing[0], count=len(missing))
    return values.map(place).to_numpy(dtype=np.int64)


def _whole(table: pd.DataFrame, column: str) -> np.ndarray:
    try:
        numbers = pd.to_numeric(table[column]).to_numpy(dtype=np.float64)
    except (TypeError, ValueError):
        raise PeerqualError("analysis.bad_numbers", column=column) from None
    if not np.array_equal(numbers, np.floor(numbers)):  # NaN is not equal to itself
        raise PeerqualError("analysis.bad_numbers", column=column)
    return numbers.astype(np.int64)


def counted(table: pd.DataFrame, codes: Tree, *, distinct: Iterable[str] = ()) -> pd.DataFrame:
    """Return the passages of each code: a child counts as its parents too, identical spans of one code once.

    Of several codings of one span the strongest status stands (`RANKED`). `distinct`: columns that also tell passages apart.
    """
    lines = pd.Series([codes.lines[code] for code in table["code"]], index=table.index, dtype=object)
    wide = cast(pd.DataFrame, table.assign(code=lines).explode("code").astype({"code": np.int64}))
    wide = wide.sort_values("rank", ascending=False, kind="stable")
    return wide.drop_duplicates(["code", "start", "end", *distinct]).reset_index(drop=True)
