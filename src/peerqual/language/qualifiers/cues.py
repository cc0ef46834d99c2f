"""Look cue lists up among folded words: each list is ``data/NAME.txt``, its entries are words or phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..fold import fold
from ..lexicons import lexicon

_INVERTED = re.compile(r"-(?:ce|t|on|ils?|elles?|je|tu|vous|nous)\b")
Phrase = tuple[str, ...]


@cache
def form(word: str) -> str:
    """Return `word` folded; « où » and « à » stay what they are beside « ou » and « a ».

    >>> form("Où"), form("ou"), form("Déjà")
    ('où', 'ou', 'deja')
    """
    lower = word.lower()
    return lower if lower in ("où", "à") else fold(word)


def phrase(entry: str) -> Phrase:
    """Return an entry as folded words, elisions apart as the tokenizer parts them.

    >>> phrase("manque d'")
    ('manque', "d'")
    """
    parted = _INVERTED.sub(r" \g<0>", entry.replace("'", "' ").replace("aujourd' hui", "aujourd'hui"))
    return tuple(form(word) for word in parted.split())


@cache
def _by_first(name: str) -> dict[str, tuple[tuple[int, ...], frozenset[Phrase]]]:
    """Return the entries of a list by their first word: how many words they have, the longest first, and the entries."""
    table: dict[str, set[Phrase]] = {}
    for words in map(phrase, lexicon(name)):
        table.setdefault(words[0], set()).add(words)
    return {first: (tuple(sorted(set(map(len, held)), reverse=True)), frozenset(held)) for first, held in table.items()}


def at(forms: Sequence[str], i: int, name: str) -> int:
    """Return how many words of `forms` from `i` an entry of the list `name` takes (the longest), or 0."""
    held = _by_first(name).get(forms[i]) if i < len(forms) else None
    if held:
        sizes, phrases = held
        for size in sizes:
            if (found := tuple(forms[i : i + size])) in phrases:
                return len(found)
    return 0


@cache
def first_words(name: str) -> frozenset[str]:
    """Return the words with which the entries of the list `name` begin."""
    return frozenset(_by_first(name))


def places(forms: Sequence[str], first: int, last: int, name: str) -> Iterator[tuple[int, int]]:
    """Yield ``(start, end)`` of the entries of the list `name` that begin in ``forms[first:last]``."""
    table = first_words(name)
    first = max(0, first)
    for i, word in enumerate(forms[first:last], first):
        if word in table and (size := at(forms, i, name)):
            yield i, i + size


@cache
def around(name: str) -> dict[str, tuple[tuple[Phrase, Phrase], ...]]:
    """Return the entries of a list, « _ » standing for the cue, as what is before and after it, by the word right beside it (« <pas », « >pas »)."""
    table: dict[str, tuple[tuple[Phrase, Phrase], ...]] = {}
    for words in map(phrase, lexicon(name)):
        i = words.index("_")
        left, right = words[:i], words[i + 1 :]
        beside = f"<{left[-1]}" if left else f">{right[0]}"
        table[beside] = (*table.get(beside, ()), (left, right))
    return table


def stands_in(forms: Sequence[str], i: int, name: str) -> bool:
    """Tell whether the word at `i` stands where an entry of the list `name` has its « _ »."""
    table = around(name)
    beside = (f"<{forms[i - 1]}" if i else "", f">{forms[i + 1]}" if i + 1 < len(forms) else "")
    return any(
        tuple(forms[max(0, i - len(left)) : i]) == left and tuple(forms[i + 1 : i + 1 + len(right)]) == right
        for key in beside
        for left, right in table.get(key, ())
    )
