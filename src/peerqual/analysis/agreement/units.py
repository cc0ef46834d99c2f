"""The units over which coders are compared, and which codes each coder gave to each of them.

Units lie on the ground's axis (see `peerqual.analysis.ground`) and cover what can carry codes: not an interviewer's words, nor labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from peerqual.analysis.agreement.coefficients import each_once
from peerqual.analysis.ground import CODED_ROLES, Ground, spoken
from peerqual.errors import PeerqualError
from peerqual.model import Corpus, Span, Transcript

UNITS = ("sentence", "turn", "character")


@dataclass(frozen=True)
class Units:
    """Units in order: `document` (place in the ground's ids), `start`, `end` (on its axis). None overlaps another.

    With `by_length` they are pieces between the edges of codings and each counts as many times as it has characters.
    """

    document: np.ndarray
    start: np.ndarray
    end: np.ndarray
    by_length: bool = False

    def __len__(self) -> int:
        return len(self.start)

    @property
    def weight(self) -> np.ndarray:
        """How many units each stands for."""
        return self.end - self.start if self.by_length else np.ones(len(self), dtype=np.int64)


def lay_out(corpus: Corpus, ground: Ground, unit: str, *, only: pd.DataFrame | None = None, edges: Sequence[np.ndarray] = ()) -> Units:
    """Return the units of `corpus`; `only` (document, start, end) are the units themselves where not all of them are to be counted.

    `edges`: for characters, where passages begin and end, on the ground's axis.

    Raises:
        PeerqualError: an unknown unit; in `only`, an unknown document, a place outside its text, or two units that overlap.
    """
    if unit not in UNITS:
        raise PeerqualError("agreement.unknown_unit", unit)
    spans = _given(only, ground) if only is not None else _all(corpus, ground, unit)
    document, start, end = (np.array(column, dtype=np.int64) for column in (zip(*spans, strict=True) if spans else ((), (), ())))
    if unit != "character":
        return Units(document, start, end)
    cuts = each_once(np.concatenate([start, end, *edges]))
    kept = np.searchsorted(start, cuts[:-1], side="right") - 1
    inside = (kept >= 0) & (cuts[:-1] < end[np.maximum(kept, 0)]) if len(start) else np.zeros(0, dtype=bool)
    return Units(document[kept[inside]], cuts[:-1][inside], cuts[1:][inside], by_length=True)


def _all(corpus: Corpus, ground: Ground, unit: str) -> list[tuple[int, int, int]]:
    pieces = {"sentence": _sentences, "turn": _turns, "character": _words}[unit]
    return [
        (d, start + int(ground.base[d]), end + int(ground.base[d]))
        for d, transcript in enumerate(corpus)
        for start, end in pieces(transcript)
        if start < end
    ]


def _sentences(transcript: Transcript) -> Iterator[Span]:
    from peerqual.coding.speech import speeches

    for speech in speeches(transcript):
        if speech.coded:
            yield from (speech.to_transcript(*sentence) for sentence in speech.sentences)


def _coded(transcript: Transcript) -> Iterator[tuple[Span, ...]]:
    notes = transcript.material == "field_notes"
    yield from (turn.spans() for turn in spoken(transcript) if notes or turn.role in CODED_ROLES)


def _turns(transcript: Transcript) -> Iterator[Span]:
    yield from ((spans[0][0], spans[-1][1]) for spans in _coded(transcript) if spans)


def _words(transcript: Transcript) -> Iterator[Span]:
    yield from (span for spans in _coded(transcript) for span in spans)


def _given(only: pd.DataFrame, ground: Ground) -> list[tuple[int, int, int]]:
    place = {name: i for i, name in enumerate(ground.ids)}
    spans = set()
    for name, start, end in zip(only["document"].astype(str), only["start"], only["end"], strict=True):
        if name not in place:
            raise PeerqualError("agreement.unit_of_unknown_document", name)
        base, length = int(ground.base[place[name]]), int(ground.base[place[name] + 1] - ground.base[place[name]]) - 1
        if not (start == int(start) and 0 <= start < end <= length):
            raise PeerqualError("agreement.bad_unit", name)
        spans.add((place[name], int(start) + base, int(end) + base))
    ordered = sorted(spans)
    for (document, _, end), (_, start, _) in pairwise(ordered):
        if start < end:
            raise PeerqualError("agreement.units_overlap", ground.ids[document])
    return ordered


def reached(units: Units, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return which units each passage reaches, as two arrays of one entry per pair: the unit, the passage (in the order of passages).

    A unit is reached when a passage covers half of it or more, or when at least half of what the passage has in units lies in it:
    a few words selected in a sentence count for it, a passage that spills over into the next one by a word does not count there.
    """
    first, last = np.searchsorted(units.end, start, side="right"), np.searchsorted(units.start, end, side="left")
    count = np.maximum(last - first, 0)
    passage = np.repeat(np.arange(len(start)), count)
    unit = np.arange(len(passage)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    shared = np.minimum(end[passage], units.end[unit]) - np.maximum(start[passage], units.start[unit])
    inside = np.bincount(passage, weights=shared, minlength=len(start))
    kept = (2 * shared >= units.end[unit] - units.start[unit]) | (2 * shared >= inside[passage])
    return unit[kept], passage[kept]
