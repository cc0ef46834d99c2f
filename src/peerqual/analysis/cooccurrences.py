"""Which codes are found together: in the same sentence, in the same turn, or a few words apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.ground import Ground, survey
from peerqual.analysis.passages import Tree, counted, passages, tree
from peerqual.errors import PeerqualError
from peerqual.model import Corpus

COLUMNS = ["code_a", "code_b", "count", "jaccard", "count_a", "count_b", "units", "lift"]
NEAR_COLUMNS = ["code_a", "code_b", "near_a", "passages_a", "near_b", "passages_b", "share"]


def cooccurrence(codings: pd.DataFrame, corpus: Corpus, *, unit: str = "sentence", codebook: Any = None) -> pd.DataFrame:
    """Count the units of text that carry both of two codes.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a child counts as its parents.
        corpus: the transcripts that were coded.
        unit: "turn", or "sentence": the pieces of text between the places where coded passages begin and end. Codings being sentences,
            a piece is a sentence; where people coded wider or narrower passages, each shared part is one piece. Pieces without words are none.
        codebook: its codes (None: the package's).

    Returns:
        One row per pair of assignable codes (`code_a` < `code_b`, alphabetically), zeros included, parents with their own descendants left
        out: `code_a`, `code_b`, `count` (units with both), `jaccard` (`count` / units with one or the other, 0 when there are none),
        `count_a`, `count_b` (units with each), `units` (turns: those whose words can carry codes, and those that do; sentences: those that carry
        a code), `lift` (`count` × `units` / (`count_a` × `count_b`): 1 where codes meet as often as if they knew nothing of each other; NaN where
        one is never found). Among sentences that carry a code, lift is low by construction; that of turns is the one to read.

    Raises:
        PeerqualError: a missing column, an unknown document, code, status or unit.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> cooccurrence(CODINGS, CORPUS, codebook=BOOK, unit="turn")[["code_a", "code_b", "count", "units", "lift"]].values.tolist()
    [['entraide', 'espoir', 1, 4, 1.0]]
    """
    if unit not in ("sentence", "turn"):
        raise PeerqualError("analysis.unknown_unit", unit)
    codes, ground = tree(codebook), survey(corpus)
    rows = counted(passages(codings, ground, codes), codes)
    code, piece = _units(ground, rows, unit)
    names, piece = np.unique(piece, return_inverse=True)
    present = np.zeros((len(names), len(codes.ids)), dtype=np.float64)
    present[piece, code] = 1
    both = np.rint(present.T @ present).astype(np.int64)
    units = len(np.union1d(names, _spoken_turns(ground))) if unit == "turn" else len(names)
    return _pairs(codes, both, units)


def code_neighbours(codings: pd.DataFrame, corpus: Corpus, *, within: int = 50, codebook: Any = None) -> pd.DataFrame:
    """Count the passages of a code that have a passage of another at most `within` words away, in the same document.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a child counts as its parents.
        corpus: the transcripts that were coded.
        within: words between the end of one passage and the beginning of the other, whoever speaks them; 0: they touch or overlap.
        codebook: its codes (None: the package's).

    Returns:
        One row per pair of assignable codes as in `cooccurrence`, zeros included: `code_a`, `code_b`, `near_a` (passages of a with one of b
        near) of `passages_a`, `near_b` of `passages_b`, `share` ((`near_a` + `near_b`) / (`passages_a` + `passages_b`), 0 when there are none).

    Raises:
        PeerqualError: a missing column, an unknown document, code or status, a negative `within`.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> near = code_neighbours(CODINGS, CORPUS, within=0, codebook=BOOK)
    >>> near[["code_a", "code_b", "near_a", "passages_a", "near_b", "passages_b"]].values.tolist()
    [['entraide', 'espoir', 1, 2, 1, 2]]
    """
    if within < 0:
        raise PeerqualError("analysis.bad_within", within)
    codes, ground = tree(codebook), survey(corpus)
    rows = counted(passages(codings, ground, codes), codes)
    code, gap = rows["code"].to_numpy(), rows["document"].to_numpy() * (within + 1)  # documents further apart than any neighbours
    first, last = (np.searchsorted(ground.word_at, rows[side].to_numpy()) + gap for side in ("start", "end"))
    n = len(codes.ids)
    total, near = np.bincount(code, minlength=n), np.zeros((n, n), dtype=np.int64)
    for other in np.flatnonzero(total):
        begin, finish = _union(first[code == other] - within, last[code == other] + within)
        at = np.searchsorted(begin, last, side="right") - 1
        near[:, other] = np.bincount(code[(at >= 0) & (finish[np.maximum(at, 0)] >= first)], minlength=n)
    made = []
    for a, b in _apart(codes):
        either = int(total[a] + total[b])
        share = float(near[a, b] + near[b, a]) / either if either else 0.0
        made.append((codes.ids[a], codes.ids[b], int(near[a, b]), int(total[a]), int(near[b, a]), int(total[b]), share))
    return pd.DataFrame(made, columns=NEAR_COLUMNS)


def _apart(codes: Tree) -> list[tuple[int, int]]:
    # Pairs of codes in alphabetical order, none of them the other's ancestor.
    order = sorted(range(len(codes.ids)), key=lambda i: codes.ids[i])
    return [(a, b) for i, a in enumerate(order) for b in order[i + 1 :] if not codes.related(a, b)]


def _pairs(codes: Tree, both: np.ndarray, units: int) -> pd.DataFrame:
    made = []
    for a, b in _apart(codes):
        count, first, second = int(both[a, b]), int(both[a, a]), int(both[b, b])
        either = first + second - count
        lift = count * units / (first * second) if first and second else np.nan
        made.append((codes.ids[a], codes.ids[b], count, count / either if either else 0.0, first, second, units, lift))
    return pd.DataFrame(made, columns=COLUMNS)


def _spoken_turns(ground: Ground) -> np.ndarray:
    return np.unique(ground.word_turn[ground.word_coded])


def _union(start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    # The union of closed intervals, as intervals in order.
    order = np.argsort(start, kind="stable")
    start, reach = start[order], np.maximum.accumulate(end[order])
    new = np.concatenate([[True], start[1:] > reach[:-1]])
    return start[new], reach[np.concatenate([new[1:], [True]])]


def _units(ground: Ground, rows: pd.DataFrame, unit: str) -> tuple[np.ndarray, np.ndarray]:
    # One entry per (code, unit that a passage of it reaches).
    start, end = rows["start"].to_numpy(), rows["end"].to_numpy()
    if unit == "turn":
        first, last = np.searchsorted(ground.turn_end, start, side="right"), np.searchsorted(ground.turn_start, end, side="left")
    else:
        edges = np.unique(np.concatenate([start, end]))
        first, last = np.searchsorted(edges, start), np.searchsorted(edges, end)
    count = np.maximum(last - first, 0)
    code = np.repeat(rows["code"].to_numpy(), count)
    piece = np.repeat(first, count) + _ramps(count)
    if unit == "sentence":
        spoken = np.searchsorted(ground.word_at, edges[piece + 1]) > np.searchsorted(ground.word_at, edges[piece])
        code, piece = code[spoken], piece[spoken]
    return code, piece


def _ramps(counts: np.ndarray) -> np.ndarray:
    # 0 … n-1 for each n of `counts`, end to end.
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)
