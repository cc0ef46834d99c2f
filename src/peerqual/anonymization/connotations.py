"""What a name calls to mind: the generation of most who bear it, the origin that its bearer is taken for; and pseudonyms that call the same.

Origins and generations serve to choose pseudonyms and are written nowhere: a name says what others hear in it, not what somebody is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ..language import lexicons
from .names import norm

_FAIR = 6  # a pool of fewer names is widened: the pseudonym of the only Basque grandfather would be known beforehand


class Heard(NamedTuple):
    """What is heard in a first name: letters of generations ("a", "bc" …; "" when it tells none) and origin ("" when it tells none)."""

    generation: str = ""
    origin: str = ""


@cache
def _first_names() -> dict[str, Heard]:
    known: dict[str, Heard] = {}
    for name, _, *told in lexicons.rows("first_names"):
        new = Heard(*told)
        old = known.setdefault(norm(name), new)
        if old != new:  # « Daniele », « Danièle »
            known[norm(name)] = Heard("".join(sorted({*old.generation, *new.generation})), new.origin if old.origin == new.origin else "")
    return known


@cache
def _surnames() -> dict[str, str]:
    return {norm(name): told[0] if told else "" for name, *told in reversed(lexicons.rows("surnames"))}


def heard(first: str) -> Heard | None:
    """Return what is heard in the first name `first` (normalized), in its first part at least; None when it is unknown.

    >>> heard("rachida"), heard("xyz")
    (Heard(generation='ab', origin='maghreb'), None)
    """
    return _first_names().get(first) or _first_names().get(first.split(" ")[0]) if first else None


def surname_origin(last: str) -> str | None:
    """Return the origin that the surname `last` (normalized) calls to mind, "" for one usual in all France; None when it is unknown."""
    return _surnames().get(last)


@cache
def _given() -> dict[str, tuple[tuple[str, Heard], ...]]:
    names: dict[str, list[tuple[str, Heard]]] = defaultdict(list)
    for name, gender, *told in lexicons.rows("pseudonyms_first_names"):
        names[gender].append((name, Heard(*told)))
    return {gender: tuple(those) for gender, those in names.items()}


@cache
def first_names(gender: str, generation: str, origin: str) -> tuple[tuple[str, ...], ...]:
    """Return the pools of first names to try one after the other: of this gender, generation and origin; of the origin; of the gender.

    >>> "Farida" in first_names("f", "b", "maghreb")[0]
    True
    """
    names = _given()[gender]

    def pool(generation: str, origin: str) -> tuple[str, ...]:
        return tuple(name for name, heard in names if heard.origin == origin and (not generation or set(generation) & set(heard.generation)))

    pools = dict.fromkeys((pool(generation, origin), pool("", origin), pool(generation, ""), pool("", "")))
    everything = tuple(name for name, _ in names)
    return (*(names for names in pools if len(names) >= _FAIR), everything)


@cache
def surnames(origin: str) -> tuple[tuple[str, ...], ...]:
    """Return the pools of surnames to try one after the other: of this origin, then those usual in all France."""
    rows = [(name, told[0] if told else "") for name, *told in lexicons.rows("pseudonyms_surnames")]
    pools = dict.fromkeys(tuple(name for name, told in rows if told == wanted) for wanted in (origin, ""))
    return tuple(names for names in pools if len(names) >= _FAIR)


def origins(names: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield each surname with the origin that it calls to mind, one that is unknown with the origin of its bearers' first names.

    `names`: first name and surname of persons, normalized.
    """
    bearers: dict[str, list[str]] = defaultdict(list)
    for first, last in names:
        told = heard(first)
        if len(last) > 1:
            bearers[last] += [told.origin] if told else []
    for last, told_origins in bearers.items():
        own = surname_origin(last)
        yield last, own if own is not None else max(sorted(set(told_origins)), key=told_origins.count, default="")
