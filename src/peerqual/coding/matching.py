"""Look for expressions among the words of a sentence, and for several of them near each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .program import Atoms, Step
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
            if atom in table:
                table[atom].append(i)
            else:
                table[atom] = [i]
    return table


def find(steps: tuple[Step, ...], words: Sequence[Word], at: Mapping[int, Sequence[int]]) -> list[Hit]:
    """Return the hits of an expression in `words`, at most one for each place where it can begin; `at` are the `positions` of `words`.

    Of several ways to match from one place the first is taken: alternatives in their order, optional words present, gaps short.
    """
    first = steps[0]
    starts: Sequence[int] = range(len(words)) if first.optional else _any_of(first.begins, at)
    if first.single and len(steps) == 1:
        return [Hit(i, i + 1, (i,)) for i in starts]
    return [Hit(i, own[-1] + 1, own) for i in starts if (own := _match(steps, 0, words, i))]


def _any_of(atoms: Atoms, at: Mapping[int, Sequence[int]]) -> Sequence[int]:
    """Return where one of `atoms` stands, in order."""
    standing = atoms & at.keys()
    return at[next(iter(standing))] if len(standing) == 1 else sorted({i for atom in standing for i in at[atom]})


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
    """Return where one hit of each of `places` (each in the order of its hits) stand together in at most `within` words, without sharing a word.

    For each first word the shortest such stretch is given; `ordered`: the hits must stand in the order of `places`.
    """
    joined = [(hit, hit.end) for hit in places[0] if hit.end - hit.start <= within]
    for place in places[1:]:
        joined = [
            (more, hit.end)
            for one, end in joined
            for hit in _reach(place, one.end - within, one.start + within)
            if (more := _join(one, hit, within, end if ordered else 0))
        ]
    best: dict[int, Hit] = {}
    for hit, _ in joined:
        if hit.start not in best or hit.end < best[hit.start].end:
            best[hit.start] = hit
    return [Hit(hit.start, hit.end, tuple(sorted(hit.own))) for _, hit in sorted(best.items())]


def _reach(hits: Sequence[Hit], first: int, last: int) -> Sequence[Hit]:
    """Return those of `hits` that begin at the words ``[first, last)``."""
    return hits[bisect_left(hits, (first,)) : bisect_left(hits, (last,))]


def _join(one: Hit, other: Hit, within: int, not_before: int) -> Hit | None:
    """Return `one` and `other` as one hit, or None: too far apart, a word in common, or `other` begins before word `not_before`."""
    start, end = min(one.start, other.start), max(one.end, other.end)
    if end - start > within or other.start < not_before:
        return None
    if one.start < other.end and other.start < one.end and not set(one.own).isdisjoint(other.own):
        return None
    return Hit(start, end, one.own + other.own)


def pieces(own: Iterable[int]) -> list[tuple[int, int]]:
    """Return the words `own` as runs ``(first, last)`` of words that stand side by side."""
    runs: list[tuple[int, int]] = []
    for i in sorted(own):
        if runs and i == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs
