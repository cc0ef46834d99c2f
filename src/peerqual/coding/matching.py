"""Look for expressions among the words of a sentence, and for several of them near each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from .program import Step
from .words import Word


class Hit(NamedTuple):
    """Where something was found: words ``[start, end)`` of the sentence; `own` are the words matched, without those in gaps."""

    start: int
    end: int
    own: tuple[int, ...]


def positions(words: Sequence[Word]) -> dict[int, list[int]]:
    """Return where each atom stands in `words`."""
    table: dict[int, list[int]] = {}
    for i, word in enumerate(words):
        for atom in word.atoms:
            table.setdefault(atom, []).append(i)
    return table


def find(steps: tuple[Step, ...], words: Sequence[Word], at: Mapping[int, Sequence[int]]) -> list[Hit]:
    """Return the hits of an expression in `words`, at most one for each place where it can begin; `at` are the `positions` of `words`.

    Of several ways to match from one place the first is taken: alternatives in their order, optional words present, gaps short.
    """
    hits = []
    first = steps[0]
    starts: Iterable[int] = range(len(words)) if first.optional else sorted({i for choice in first.choices for i in at.get(choice[0], ())})
    for i in starts:
        own = _match(steps, 0, words, i)
        if own:
            hits.append(Hit(i, own[-1] + 1, own))
    return hits


def _match(steps: tuple[Step, ...], k: int, words: Sequence[Word], i: int) -> tuple[int, ...] | None:
    """Return the places of the words that match ``steps[k:]`` from word `i` on, or None."""
    if k == len(steps):
        return ()
    step = steps[k]
    if step.gap:
        tries = (_match(steps, k + 1, words, i + skipped) for skipped in range(step.gap + 1))
        return next((own for own in tries if own is not None), None)
    if step.single is not None:
        if i < len(words) and not step.single.isdisjoint(words[i].atoms):
            rest = _match(steps, k + 1, words, i + 1)
            if rest is not None:
                return (i, *rest)
        return _match(steps, k + 1, words, i) if step.optional else None
    for choice in step.choices:
        end = i + len(choice)
        if end <= len(words) and all(atom in words[i + n].atoms for n, atom in enumerate(choice)):
            rest = _match(steps, k + 1, words, end)
            if rest is not None:
                return (*range(i, end), *rest)
    return _match(steps, k + 1, words, i) if step.optional else None


def near(places: Sequence[Sequence[Hit]], within: int, ordered: bool) -> list[Hit]:
    """Return where one hit of each of `places` stand together in at most `within` words, without sharing a word.

    For each first word the shortest such stretch is given; `ordered`: the hits must stand in the order of `places`.
    """
    best: dict[int, Hit] = {}
    for chosen in _together(places, within, ordered, ()):
        start, end = min(hit.start for hit in chosen), max(hit.end for hit in chosen)
        if start not in best or end < best[start].end:
            best[start] = Hit(start, end, tuple(sorted({i for hit in chosen for i in hit.own})))
    return [best[start] for start in sorted(best)]


def _together(places: Sequence[Sequence[Hit]], within: int, ordered: bool, chosen: tuple[Hit, ...]) -> Iterator[tuple[Hit, ...]]:
    if len(chosen) == len(places):
        yield chosen
        return
    for hit in places[len(chosen)]:
        if _fits((*chosen, hit), within, ordered):
            yield from _together(places, within, ordered, (*chosen, hit))


def _fits(chosen: tuple[Hit, ...], within: int, ordered: bool) -> bool:
    last = chosen[-1]
    if max(hit.end for hit in chosen) - min(hit.start for hit in chosen) > within:
        return False
    if ordered:
        return len(chosen) == 1 or chosen[-2].end <= last.start
    return not any(_share(hit, last) for hit in chosen[:-1])


def _share(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end and not set(one.own).isdisjoint(other.own)


def pieces(hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """Return the words of `hits` as runs ``(first, last)``, without overlap."""
    places = sorted({i for hit in hits for i in hit.own})
    cuts = [n for n, (a, b) in enumerate(pairwise(places), 1) if b != a + 1]
    bounds = [0, *cuts, len(places)]
    return [(places[a], places[b - 1]) for a, b in pairwise(bounds) if a < b]
