"""Lexicon entries of one or more words, by their first word: disorders, drugs, places, associations, hospitals, near misses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ...language.fold import fold
from ...language.lexicons import rows

if TYPE_CHECKING:
    from .view import View
    from .words import Form

WORD = re.compile(r"\w+")
_JOINTS = frozenset((" ", "-", "'", "’", ". ", "\u00a0", "/", "\u2011", "&"))
_PREPOSITIONS = frozenset(("de", "du", "des", "d", "la", "l"))
_ARTICLES = frozenset(("le", "la", "les", "l"))
# Words so frequent that no entry is looked up by them: it is by its first other word.
_FREQUENT = frozenset("le la les l un une de des du d en c n s j pas et a au aux on que qu ce comme tous tout nous plus".split())
_HERE = ""  # in a node: the entries that end here


class Entry(NamedTuple):
    """A lexicon entry: the folded words before the one it is looked up by, label ("" for a near miss), kind, the exact word
    when case matters, how many words at its beginning are not part of the name."""

    head: tuple[str, ...]
    label: str
    kind: str
    exact: str = ""
    skip: int = 0


Node = dict[str, Any]


def split(text: str) -> tuple[str, ...]:
    """Return the folded words of an entry, without hyphens and apostrophes.

    >>> split("L'Haÿ-les-Roses")
    ('l', 'hay', 'les', 'roses')
    """
    return tuple(WORD.findall(fold(text)))


def add(table: Node, words: tuple[str, ...], label: str, kind: str, exact: str = "", skip: int = 0) -> None:
    """Add an entry of these folded `words` to `table`."""
    anchor = next((i for i, word in enumerate(words) if word not in _FREQUENT), 0)
    node = table
    for word in words[anchor:]:
        node = node.setdefault(word, {})
    node.setdefault(_HERE, []).append(Entry(words[:anchor], label, kind, exact, skip))


def _add(table: Node, form: str, label: str, kind: str) -> None:
    words = split(form)
    exact = form.partition("/")[0].partition("-")[0] if form.isupper() and len(words) == 1 else ""
    add(table, words, label, kind, exact, int(label == "LOC" and words[0] in _ARTICLES and len(words) > 1))


@cache
def table() -> Node:
    """Return all entries as nested nodes, by the word they are looked up by and those after it."""
    found: Node = {}
    for form, kind in rows("disorders"):
        if kind == "after_trouble":
            words = split(form)
            prepositions = next(i for i, word in enumerate(words) if word not in _PREPOSITIONS)
            for trouble in ("trouble", "troubles"):
                add(found, (trouble, *words), "DIAG", kind, skip=1 + prepositions)
        else:
            _add(found, form, "DIAG", kind)
    for form, kind in rows("drugs"):
        _add(found, form, "MED", kind)
    for form, kind in rows("organisations"):
        if not kind.startswith("generic"):
            _add(found, form, "HOSP" if kind == "hospital" else "ORG", kind)
    for form, kind in rows("places"):
        _add(found, form, "LOC", kind)
    for form, *told in rows("near_misses"):
        _add(found, form, "", told[0] if told else "near_miss")
    return found


@cache
def institutions() -> Node:
    """Return nouns of institutions and streets as nested nodes."""
    found: Node = {}
    for form, label in rows("institution_words"):
        add(found, split(form), label, "institution")
    return found


@cache
def single_places() -> frozenset[str]:
    """Return the folded places of one word."""
    return frozenset(words[0] for form, _ in rows("places") for words in [split(form)] if len(words) == 1)


@cache
def _places() -> frozenset[tuple[str, ...]]:
    return frozenset(split(form) for form, _ in rows("places"))


def is_place(words: Iterable[Form]) -> bool:
    """Tell whether these words are a place of the lexicon."""
    return tuple(form.folded for form in words) in _places()


def matches(view: View, i: int, table: Node) -> Iterator[tuple[Entry, int, int]]:
    """Yield the entries looked up by word `i`, longest first, each with the index of its first word and the one after its last."""
    forms, gaps = view.forms, view.gaps
    node, j, found = table.get(forms[i].folded), i + 1, []
    while node:
        if _HERE in node:
            found.append((node[_HERE], j))
        if gaps[j] not in _JOINTS:
            break
        node, j = node.get(forms[j].folded), j + 1
    for entries, stop in reversed(found):
        for entry in entries:
            start = i - len(entry.head)
            if entry.head and not _headed(view, start, i, entry.head):
                continue
            if not entry.exact or forms[i].text == entry.exact:
                yield entry, start, stop


def _headed(view: View, start: int, i: int, head: tuple[str, ...]) -> bool:
    return start >= 0 and all(view.forms[start + k].folded == word and view.gaps[start + k + 1] in _JOINTS for k, word in enumerate(head))
