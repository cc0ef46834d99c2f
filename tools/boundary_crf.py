"""Fit a semi-Markov conditional random field on stretches whose boundaries are known, ruled out or left open (Sarawagi & Cohen, NIPS 2004).

The likelihood of a stretch is that of all segmentations which agree with what is known of it, among all segmentations; what is open is summed over.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import optimize, sparse

from peerqual.language.boundaries import MOST, Frames

NO, YES, OPEN = 0, 1, 2
NEVER = -1e9


class Stretch(NamedTuple):
    """Words without punctuation: what the model sees of them, what is known of each gap (`NO`, `YES`, `OPEN`), how much the stretch counts."""

    frames: Frames
    told: dict[int, int]
    weight: float


class Batch(NamedTuple):
    """Stretches of one length: of each possible sentence its stretch, end, gaps spanned, row, row of its gap; their last places, labels, numbers."""

    of: Any
    end: Any
    span: Any
    row: Any
    gap: Any
    last: Any
    told: Any
    which: Any


class Table:
    """The features of gaps and of possible sentences of many stretches as two sparse matrices; features in fewer than `seen` rows are dropped."""

    def __init__(self, stretches: Sequence[Stretch], seen: int = 3) -> None:
        self.stretches, self.places = stretches, list[tuple[int, int, int]]()
        self.begun, self.ended = array("i"), array("i")
        gaps, sentences = _Rows(), _Rows()
        for stretch in stretches:
            self._add(stretch.frames, gaps, sentences)
        self.gaps, self.gap_names = gaps.matrix(seen)
        self.sentences, self.sentence_names = sentences.matrix(seen)

    def _add(self, frames: Frames, gaps: _Rows, sentences: _Rows) -> None:
        places = [0, *frames.gaps(), frames.size]
        self.places.append((len(places), len(gaps.ends) - 1, len(sentences.ends) - 1))
        for i in places[1:-1]:
            gaps.add(frames.gap(i))
        for t in range(1, len(places)):
            for b in range(t - 1, -1, -1):
                if places[t] - places[b] > MOST and b < t - 1:
                    break
                sentences.add(frames.sentence(places[b], places[t]))
                self.begun.append(b)
                self.ended.append(t)

    def batches(self, size: int = 300) -> list[Batch]:
        """Return all stretches in batches, short ones first."""
        order = sorted(range(len(self.stretches)), key=lambda k: self.places[k][0])
        return [self._batch(order[at : at + size]) for at in range(0, len(order), size)]

    def _batch(self, part: list[int]) -> Batch:
        begun, ended = np.array(self.begun), np.array(self.ended)
        longest = max(self.places[k][0] for k in part)
        told, columns = np.full((len(part), longest), OPEN), list[Any]()
        for r, k in enumerate(part):
            count, gap, row = self.places[k]
            stop = self.places[k + 1][2] if k + 1 < len(self.places) else len(ended)
            b, t = begun[row:stop], ended[row:stop]
            columns.append((np.full(len(t), r), t, t - b - 1, np.arange(row, stop), np.where(t < count - 1, gap + t - 1, -1)))
            told[r, 1 : count - 1] = [self.stretches[k].told.get(i, NO) for i in self.stretches[k].frames.gaps()]
        last = np.array([self.places[k][0] - 1 for k in part])
        return Batch(*map(np.concatenate, zip(*columns, strict=True)), last, told, np.array(part))


class _Rows:
    def __init__(self) -> None:
        self.names, self.columns, self.ends = dict[str, int](), array("i"), array("l", [0])

    def add(self, features: list[str]) -> None:
        self.columns.extend(self.names.setdefault(name, len(self.names)) for name in features)
        self.ends.append(len(self.columns))

    def matrix(self, seen: int) -> tuple[Any, list[str]]:
        ones = np.ones(len(self.columns), dtype=np.float32)
        table = sparse.csr_matrix((ones, np.array(self.columns), np.array(self.ends)), shape=(len(self.ends) - 1, len(self.names)))
        kept = np.flatnonzero(np.bincount(np.array(self.columns), minlength=len(self.names)) >= seen)
        names = list(self.names)
        return table[:, kept].tocsr(), [names[k] for k in kept]


def fit(table: Table, strength: float, iterations: int, left_out: Collection[int] = ()) -> dict[str, float]:
    """Return the weight of each feature, without the stretches `left_out`; `strength` is the variance of the weights' prior (L2)."""
    batches, split = table.batches(), len(table.gap_names)
    counts = np.array([0.0 if k in left_out else stretch.weight for k, stretch in enumerate(table.stretches)])
    gaps_back, sentences_back = table.gaps.T.tocsr(), table.sentences.T.tocsr()

    def loss(x: Any) -> tuple[float, Any]:
        gaps, sentences = table.gaps @ x[:split].astype(np.float32), table.sentences @ x[split:].astype(np.float32)
        by_gap, by_sentence, total = np.zeros(len(gaps) + 1), np.zeros(len(sentences)), 0.0
        for batch in batches:
            scores = np.full((*batch.told.shape, int(batch.span.max()) + 1), NEVER)
            cells = batch.of, batch.end, batch.span
            scores[cells] = sentences[batch.row] + np.where(batch.gap >= 0, gaps[batch.gap], 0)
            free, expected = _sums(scores, batch.last)
            held, met = _sums(_agreeing(scores, batch.told), batch.last)
            total += float(counts[batch.which] @ (free - held))
            surplus = ((expected - met) * counts[batch.which][:, None, None])[cells]
            by_sentence[batch.row] += surplus
            np.add.at(by_gap, batch.gap, surplus)
        slope = np.concatenate([gaps_back @ by_gap[:-1], sentences_back @ by_sentence])
        return total + x @ x / (2 * strength), slope + x / strength

    start = np.zeros(split + len(table.sentence_names))
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 6}).x
    return dict(zip([*table.gap_names, *table.sentence_names], map(float, found), strict=True))


def _agreeing(scores: Any, told: Any) -> Any:
    scores, seen = scores.copy(), np.cumsum(told == YES, axis=1)
    scores[told == NO] = NEVER
    for span in range(scores.shape[2]):
        t = np.arange(span + 1, scores.shape[1])
        scores[:, span + 1 :, span][seen[:, t - 1] > seen[:, t - 1 - span]] = NEVER
    return scores


def _sums(scores: Any, last: Any) -> tuple[Any, Any]:
    """Return the log of the sum over segmentations of each stretch, and the probability of each of its sentences (forward and backward)."""
    count, places, spans = scores.shape
    ahead, back, rows = np.full((count, places), NEVER), np.full((count, places + spans + 1), NEVER), np.arange(count)
    ahead[:, 0] = 0
    for t in range(1, places):
        n = min(spans, t)
        ahead[:, t] = _log_sum(ahead[:, t - n : t][:, ::-1] + scores[:, t, :n])
    back[rows, last] = 0
    for t in range(places - 2, -1, -1):
        span = np.arange(min(spans, places - 1 - t))
        back[:, t] = np.where(t < last, _log_sum(scores[:, t + 1 + span, span] + back[:, t + 1 : t + 1 + len(span)]), back[:, t])
    whole, chances = ahead[rows, last], np.zeros_like(scores)
    for span in range(spans):
        t = np.arange(span + 1, places)
        chances[:, span + 1 :, span] = np.exp(np.minimum(ahead[:, t - 1 - span] + scores[:, span + 1 :, span] + back[:, t] - whole[:, None], 0))
    return whole, chances


def _log_sum(values: Any) -> Any:
    top = values.max(axis=1)
    return np.maximum(top + np.log(np.exp(values - top[:, None]).sum(axis=1)), NEVER)
