"""Which mentions are replaced as one, and how far an edit may grow."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ..model import Mention, Span, Transcript
from . import troubles


class Cluster(NamedTuple):
    """Mentions that overlap, or that make one name of a disorder. `number` is that of the mention that counts."""

    start: int
    end: int
    number: int
    numbers: tuple[int, ...]


def clustered(text: str, mentions: Sequence[Mention], numbers: Iterable[int]) -> list[Cluster]:
    """Group the mentions of one document with these `numbers` (in order of place, longer ones first)."""
    clusters: list[Cluster] = []
    last = Cluster(-1, -9, -1, ())
    for n in numbers:
        mention = mentions[n]
        if mention.start < last.end or _one_name(text, mentions, last, mention):
            last = clusters[-1] = Cluster(last.start, max(last.end, mention.end), last.number, (*last.numbers, n))
        else:
            last = Cluster(mention.start, mention.end, n, (n,))
            clusters.append(last)
    return clusters


def _one_name(text: str, mentions: Sequence[Mention], last: Cluster, mention: Mention) -> bool:
    if mention.label != "DIAG" or mention.start - last.end > 9 or mentions[last.number].label != "DIAG":
        return False
    return troubles.swallows(text, last.start, last.end, mention.start, mention.end)


def walls_of(transcript: Transcript) -> Callable[[int, int], Span]:
    """Return a function that tells between which walls a span lies: edges of turns and skipped spans, which no edit grows over."""
    edges = {0, len(transcript.text)}
    for turn in transcript.turns:
        edges.add(turn.start)
        edges.add(turn.end)
        for skip in turn.skips:
            edges.update(skip)
    walls = sorted(edges)
    return lambda start, end: (walls[bisect_right(walls, start) - 1], walls[bisect_left(walls, end)])
