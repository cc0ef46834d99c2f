"""Two sequences of words that are nearly the same: which word of one is which word of the other.

Runs of words that stand once in both are anchors; between two anchors the best alignment is computed (Needleman and Wunsch, « A general method
applicable to the search for similarities in the amino acid sequence of two proteins », Journal of Molecular Biology 48, 1970, 443–453), in which
words of speech weigh more than labels, and words that follow each other in both sequences are better together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GRAM = 3  # words of an anchor
SPOKEN, LABEL, TOGETHER = 8, 4, 1  # what a pair is worth: a word of speech, of a label; what it is worth more where it goes on the pair before
MAX_CELLS = 9_000_000  # of one alignment between two anchors: beyond, the texts have too little in common

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """A sequence of words; `zones`: the stretch (a turn, a label, a paragraph) of each, where an anchor ends; `weights`: its worth at most."""

    words: Sequence[str]
    zones: Sequence[int]
    weights: Sequence[int]


class TooDifferent(Exception):
    """Two sequences have too little in common to be aligned in reasonable time."""


def align(a: Words, b: Words) -> list[Pair]:
    """Return the pairs ``(index in a, index in b)`` of words that are the same, both rising.

    >>> align(Words(["oui", "non"], [0, 0], [8, 8]), Words(["oui", "mais", "non"], [0, 0, 0], [8, 8, 8]))
    [(0, 0), (1, 2)]
    """
    pairs: list[Pair] = []
    before = (-1, -1)
    for after in [*_anchors(a, b), (len(a.words), len(b.words))]:
        # The anchors at both ends take part, so that what is next to them holds to them.
        found = _between(a, b, (max(before[0], 0), min(after[0] + 1, len(a.words))), (max(before[1], 0), min(after[1] + 1, len(b.words))))
        pairs += [pair for pair in found if not pairs or (pair[0] > pairs[-1][0] and pair[1] > pairs[-1][1])]
        before = after
    return pairs


def _anchors(a: Words, b: Words) -> list[Pair]:
    mine, others = _once(a), _once(b)
    return _rising([(at, others[gram]) for gram, at in mine.items() if gram in others])


def _once(sequence: Words) -> dict[tuple[str, ...], int]:
    """Return the runs of `GRAM` words of one zone that stand there once, with the place of the word in the middle."""
    words, zones = sequence.words, sequence.zones
    grams = [(tuple(words[at : at + GRAM]), at + GRAM // 2) for at in range(len(words) - GRAM + 1) if zones[at] == zones[at + GRAM - 1]]
    counts = Counter(gram for gram, _ in grams)
    return {gram: at for gram, at in grams if counts[gram] == 1}


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest part of `pairs` (rising in their first place) that rises in the second too."""
    ends: list[int] = []  # the smallest second place that ends a rising part of each length
    last: list[int] = []
    above: list[int] = []
    for n, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        above.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [n]
    chain = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = above[at]
    return chain[::-1]


def _between(a: Words, b: Words, mine: Pair, others: Pair) -> Iterator[Pair]:
    (a0, a1), (b0, b1) = mine, others
    if a1 - a0 == b1 - b0 and a.words[a0:a1] == b.words[b0:b1]:
        yield from zip(range(a0, a1), range(b0, b1), strict=True)
        return
    if (a1 - a0) * (b1 - b0) > MAX_CELLS:
        raise TooDifferent
    yield from _best(a, b, a0, a1, b0, b1)


def _best(a: Words, b: Words, a0: int, a1: int, b0: int, b1: int) -> Iterator[Pair]:
    """Yield the pairs of the best alignment of ``a[a0:a1]`` and ``b[b0:b1]``."""
    width = b1 - b0 + 1
    never = -1 << 40
    best, paired = [0] * width, [never] * width  # of what stands before each word: the best score, and the best that ends in a pair
    steps: list[bytearray] = []  # 0: a's word is left out, 1: b's, 2: a pair
    joined: list[bytearray] = []  # whether such a pair goes on a pair before it
    for i in range(a0, a1):
        word = a.words[i]
        near_a = i > a0 and a.zones[i] == a.zones[i - 1]
        row, row_paired, step, join = [0] * width, [never] * width, bytearray(width), bytearray(width)
        for j in range(1, width):
            score, choice = best[j], 0
            if row[j - 1] > score:
                score, choice = row[j - 1], 1
            if b.words[b0 + j - 1] == word:
                alone = best[j - 1]
                close = j > 1 and near_a and b.zones[b0 + j - 1] == b.zones[b0 + j - 2]
                going_on = paired[j - 1] + (TOGETHER if close else 0)
                join[j] = going_on >= alone
                row_paired[j] = min(a.weights[i], b.weights[b0 + j - 1]) + max(alone, going_on)
                if row_paired[j] >= score:
                    score, choice = row_paired[j], 2
            row[j], step[j] = score, choice
        best, paired = row, row_paired
        steps.append(step)
        joined.append(join)
    yield from reversed(_traced(steps, joined, a0, b0, width))


def _traced(steps: list[bytearray], joined: list[bytearray], a0: int, b0: int, width: int) -> list[Pair]:
    found = []
    i, j, must = len(steps) - 1, width - 1, False
    while i >= 0 and j > 0:
        if must or steps[i][j] == 2:
            found.append((a0 + i, b0 + j - 1))
            must = bool(joined[i][j])
            i, j = i - 1, j - 1
        elif steps[i][j] == 1:
            j -= 1
        else:
            i -= 1
    return found
