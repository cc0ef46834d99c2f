"""Which codes are found together, in the same sentence or in the same turn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.ground import Ground, survey
from peerqual.analysis.passages import counted, passages, tree
from peerqual.errors import PeerqualError
from peerqual.model import Corpus


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
        out: `code_a`, `code_b`, `count` (units with both), `jaccard` (`count` / units with one or the other, 0 when there are none).

    Raises:
        PeerqualError: a missing column, an unknown document, code, status or unit.
    """
    if unit not in ("sentence", "turn"):
        raise PeerqualError("analysis.unknown_unit", unit)
    codes, ground = tree(codebook), survey(corpus)
    rows = counted(passages(codings, ground, codes), codes)
    code, piece = _units(ground, rows, unit)
    present = np.zeros((int(piece.max()) + 1 if len(piece) else 0, len(codes.ids)), dtype=np.float64)
    present[piece, code] = 1
    both = np.rint(present.T @ present).astype(np.int64)
    order = sorted(range(len(codes.ids)), key=lambda i: codes.ids[i])
    pairs = [(a, b) for i, a in enumerate(order) for b in order[i + 1 :] if not codes.related(a, b)]
    return pd.DataFrame([_pair(codes.ids, both, a, b) for a, b in pairs], columns=["code_a", "code_b", "count", "jaccard"])


def _pair(ids: list[str], both: np.ndarray, a: int, b: int) -> tuple[str, str, int, float]:
    count, either = int(both[a, b]), int(both[a, a] + both[b, b] - both[a, b])
    return ids[a], ids[b], count, count / either if either else 0.0


def _units(ground: Ground, rows: pd.DataFrame, unit: str) -> tuple[np.ndarray, np.ndarray]:
    # One entry per (code, unit that a passage of it reaches); units are numbered without holes.
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
    return code, np.unique(piece, return_inverse=True)[1]


def _ramps(counts: np.ndarray) -> np.ndarray:
    # 0 … n-1 for each n of `counts`, end to end.
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)
