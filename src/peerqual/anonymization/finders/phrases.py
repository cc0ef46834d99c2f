"""Lexicon entries of one or more words, by their first word: disorders, drugs, places, associations, hospitals."""

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
_SIMPLE = frozenset((" ", "-", "'", "’", ". ", "\u00a0", "/", "\u2011"))


class Entry(NamedTuple):
    """A lexicon entry: the folded words after the first one, label, kind, the exact first word when case matters, words to leave out."""

    tail: tuple[str, ...]
    label: str
    kind: str
    exact: str = ""
    skip: int = 0


def split(text: str) -> tuple[str, ...]:
    """Return the folded words of an entry, hyphens and apostrophes left out."""
    return tuple(_WORD.findall(fold(text)))


def _entries() -> Iterator[tuple[str, Entry]]:
    for form, kind in rows("disorders"):
        words = split(form)
        if kind == "after_trouble":
            yield from ((trouble, Entry(words, "DIAG", kind, skip=1)) for trouble in ("trouble", "troubles"))
        else:
            yield words[0], Entry(words[1:], "DIAG", kind, form.partition("/")[0] if kind == "acronym" else "")
    for form, kind in rows("drugs"):
        first, *tail = split(form)
        yield first, Entry(tuple(tail), "MED", kind, form if form.isupper() else "")
    for form, kind, *_ in rows("places"):
        first, *tail = split(form)
        yield first, Entry(tuple(tail), "LOC", kind)
    for form, kind in rows("organisations"):
        if kind != "generic":
            first, *tail = split(form)
            yield first, Entry(tuple(tail), "HOSP" if kind == "hospital" else "ORG", kind, form if form.isupper() else "")


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
    """Return nouns of institutions and streets (with their plural left out) by first word."""
    return index((words[0], Entry(words[1:], label, "institution")) for form, label in rows("institution_words") for words in [split(form)])


def matches(view: View, i: int, entries: Iterable[Entry]) -> Iterator[tuple[Entry, int]]:
    """Yield the entries that stand at word `i`, longest first, each with the index after its last word."""
    forms, gaps = view.forms, view.gaps
    for entry in entries:
        j = i + 1
        for word in entry.tail:
            if j >= len(forms) or forms[j].folded != word or gaps[j] not in _SIMPLE:
                break
            j += 1
        else:
            if not entry.exact or forms[i].text == entry.exact:
                yield entry, j
