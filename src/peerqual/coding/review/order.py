"""In which order codings are read: the least sure first but varied, that of the interview, or at random.

Uncertainty sampling (Lewis & Gale 1994, A sequential algorithm for training text classifiers, p. 5): what the coder is least sure of, its score
nearest to one half, teaches most. Alone it asks ten times for one code, or one person's turn of phrase; so each choice costs what resembles it in
the last ten, as in maximal marginal relevance (Carbonell & Goldstein 1998, p. 335), with "same code" and "same participant" for similarity.
"""

from __future__ import annotations

import random
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import NamedTuple

ORDERS = ("uncertainty", "interview", "random")
WINDOW, COST = 10, 0.25


class Candidate(NamedTuple):
    """What is to be put in order: how sure the coder is (a score from 0 to 1), its code, who speaks, where it stands."""

    score: float
    code: str
    participant: str
    place: tuple[str, int, int]


def order(candidates: Sequence[Candidate], how: str = "uncertainty", *, seed: int = 0, limit: int | None = None) -> list[int]:
    """Return the numbers of `candidates` in the order `how` (one of `ORDERS`), the first `limit`; `seed` tells ties and chance apart.

    By uncertainty, no code and no participant stands ten times in a row while others are left that are as much asked for.

    >>> one = [Candidate(s, c, "P1", ("e1", n, n + 1)) for n, (s, c) in enumerate([(0.5, "a"), (0.51, "a"), (0.52, "a"), (0.9, "b")])]
    >>> order(one), order(one, "interview", limit=2)
    ([0, 1, 2, 3], [0, 1])
    """
    numbers = sorted(range(len(candidates)), key=lambda n: (candidates[n].place, candidates[n].code))
    if how == "interview":
        return numbers[:limit]
    random.Random(seed).shuffle(numbers)
    return (numbers if how == "random" else _varied(candidates, numbers, limit))[:limit]


def _varied(candidates: Sequence[Candidate], numbers: Sequence[int], limit: int | None) -> list[int]:
    """Choose one after the other, among the least sure of each code and participant, the one that is worth most."""
    queues: dict[tuple[str, str], deque[tuple[float, int]]] = defaultdict(deque)
    for unsure, n in sorted(((uncertainty(candidates[n].score), n) for n in numbers), key=lambda one: -one[0]):  # ties stay as they were shuffled
        queues[candidates[n].code, candidates[n].participant].append((unsure, n))
    chosen: list[int] = []
    codes: dict[str, int] = defaultdict(int)
    people: dict[str, int] = defaultdict(int)
    while queues and (limit is None or len(chosen) < limit):
        best = max(queues, key=lambda key: queues[key][0][0] - COST * (codes[key[0]] + people[key[1]]))
        chosen.append(queues[best].popleft()[1])
        if not queues[best]:
            del queues[best]
        codes[best[0]] += 1
        people[best[1]] += 1
        if len(chosen) > WINDOW:
            old = candidates[chosen[-WINDOW - 1]]
            codes[old.code] -= 1
            people[old.participant] -= 1
    return chosen


def uncertainty(score: float) -> float:
    """Return 1 at a score of one half, 0 at none and at one."""
    return 1 - 2 * abs(score - 0.5)
