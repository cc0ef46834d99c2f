"""Lexicon entries of one or more words, by their first word: disorders, drugs, places, associations, hospitals, near misses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ...language.fold import fold
from ...language.lexicons import rows

if TYPE_CHECKING:
    from .view import View

_WORD = re.compile(r"\w+")
_JOINTS = frozenset((" ", "-", "'", "’", ". ", "\u00a0", "/", "\u2011", "&"))
_PREPOSITIONS = frozenset(("de", "du", "des", "d", "la", "l"))
_ARTICLES = frozenset(("le", "la", "les", "l"))


class Entry(NamedTuple):
    """A lexicon entry: the folded words after the first one, label ("" for a near miss), kind, the exact first word when
    case matters, how many words at the beginning are not part of the name."""

    tail: tuple[str, ...]
    label: str
    kind: str
    exact: str = ""
    skip: int = 0


def split(text: str) -> tuple[str, ...]:
    """Return the folded words of an entry, without hyphens and apostrophes.

    >>> split("L'Haÿ-les-Roses")
    ('l', 'hay', 'les', 'roses')
    """
    return tuple(_WORD.findall(fold(text)))


def _entry(form: str, label: str, kind: str) -> tuple[str, Entry]:
    first, *tail = split(form)
    exact = form.partition("/")[0].partition("-")[0] if form.isupper() and not tail else ""
    return first, Entry(tuple(tail), label, kind, exact, int(label == "LOC" and first in _ARTICLES and bool(tail)))


def _prepositions(words: tuple[str, ...]) -> int:
    """Return how many words « de la », « du », « d' » stand before the name of a disorder."""
    return next(i for i, word in enumerate(words) if word not in _PREPOSITIONS)


def _entries() -> Iterator[tuple[str, Entry]]:
    for form, kind in rows("disorders"):
        if kind == "after_trouble":
            words = split(form)
            yield from ((trouble, Entry(words, "DIAG", kind, skip=1 + _prepositions(words))) for trouble in ("trouble", "troubles"))
        else:
            yield _entry(form, "DIAG", kind)
    for form, kind in rows("drugs"):
        yield _entry(form, "MED", kind)
    for form, kind in rows("organisations"):
        if kind != "generic":
            yield _entry(form, "HOSP" if kind == "hospital" else "ORG", kind)
    for form, kind in rows("places"):
        yield _entry(form, "LOC", kind)
    for (form,) in rows("near_misses"):
        yield _entry(form, "", "near_miss")


def index(entries: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    """Return entries by first word, longest first."""
    found: dict[str, list[Entry]] = {}
    for first, entry in entries:
        found.setdefault(first, []).append(entry)
    return {first: tuple(sorted(group, key=lambda entry: -len(entry.tail))) for first, group in found.items()}


@cache
def table() -> dict[str, tuple[Entry, ...]]:
    """Return all entries by their folded first word."""
    return index(_entries())


@cache
def institutions() -> dict[str, tuple[Entry, ...]]:
    """Return nouns of institutions and streets by first word."""
    return index(_entry(form, label, "institution") for form, label in rows("institution_words"))


def matches(view: View, i: int, entries: Iterable[Entry]) -> Iterator[tuple[Entry, int]]:
    """Yield the entries that stand at word `i`, longest first, each with the index after its last word."""
    forms, gaps = view.forms, view.gaps
    for entry in entries:
        j = i + 1
        for word in entry.tail:
            if j >= len(forms) or forms[j].folded != word or gaps[j] not in _JOINTS:
                break
            j += 1
        else:
            if not entry.exact or forms[i].text == entry.exact:
                yield entry, j
