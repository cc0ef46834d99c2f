"""Look for expressions among the words of a sentence, and for several of them near each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .program import Step
from .words import Word


class Hit(NamedTuple):
    """Where something was found: words ``[start, end)`` of the sentence; `own` are the words matched, without those in gaps."""

    start: int
    end: int
    own: tuple[int, ...]


def find(steps: tuple[Step, ...], words: Sequence[Word]) -> list[Hit]:
    """Return the hits of an expression in `words`, at most one for each place where it can begin.

    Of several ways to match from one place the first is taken: alternatives in their order, optional words present, gaps short.
    """
    first = steps[0]
    starts = range(len(words)) if first.optional else [i for i, word in enumerate(words) if not first.begins.isdisjoint(word.atoms)]
    if first.single and len(steps) == 1:
        return [Hit(i, i + 1, (i,)) for i in starts]
    return [Hit(i, own[-1] + 1, own) for i in starts if (own := _match(steps, 0, words, i))]


def _match(steps: tuple[Step, ...], k: int, words: Sequence[Word], i: int) -> tuple[int, ...] | None:
    """Return the places of the words that match ``steps[k:]`` from word `i` on, or None."""
    if k == len(steps):
        return ()
    step = steps[k]
    if step.gap:
        tries = (_match(steps, k + 1, words, i + skipped) for skipped in range(step.gap + 1))
        return next((own for own in tries if own is not None), None)
    if i < len(words) and not step.begins.isdisjoint(words[i].atoms):
        for size in (1,) if step.single else _sizes(step, words, i):
            rest = _match(steps, k + 1, words, i + size)
            if rest is not None:
                return (*range(i, i + size), *rest)
    return _match(steps, k + 1, words, i) if step.optional else None


def _sizes(step: Step, words: Sequence[Word], i: int) -> Iterator[int]:
    """Yield the length of each choice of `step` that stands at word `i`."""
    for choice in step.choices:
        if i + len(choice) <= len(words) and all(atom in words[i + n].atoms for n, atom in enumerate(choice)):
            yield len(choice)


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
