"""Names of disorders and drugs, which pseudonymization replaces: each also counts as « trouble » or « médicament ».

So « je prends de l'Abilify » and « je prends du [médicament 1] » are coded alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from ..language import lexicons
from .compiled import Tokenize
from .program import key

# What stands for a name, and the forms in which it does: singular and plural are one, since grammar decides which is written.
STANDS_FOR = {"trouble": ("trouble", "troubles"), "médicament": ("médicament", "médicaments")}

Entry = tuple[str, str]  # what it stands for, its kind in the lexicon


@cache
def _entries(tokenize: Tokenize) -> dict[str, dict[tuple[str, ...], Entry]]:
    """Return all names as sequences of words (`key`), by their first word; figures of speech stand for "" (nothing)."""
    table: dict[str, dict[tuple[str, ...], Entry]] = {}

    def put(text: str, stands_for: str, kind: str) -> None:
        words = tuple(key(token) for part in text.split() for token in tokenize(part))
        table.setdefault(words[0], {})[words] = (stands_for, kind)

    for stands_for, forms in STANDS_FOR.items():
        for form in forms:
            put(form, stands_for, "itself")
    for name, kind in lexicons.rows("disorders"):
        put(name, "trouble", kind)
    for name, kind in lexicons.rows("drugs"):
        put(name, "médicament", kind)
    for phrase in lexicons.lexicon("disorders_figurative"):
        put(phrase, "", "figurative")
    return table


class Names:
    """Find names in a row of words. `tokenize` cuts a word without spaces as the texts' tokenizer does."""

    def __init__(self, tokenize: Tokenize) -> None:
        self._by_first = _entries(tokenize)
        beside = ("after_trouble", "figurative")  # of interest only where there is a name
        self._first = {first for first, names in self._by_first.items() if any(kind not in beside for _, kind in names.values())}

    def may_begin(self, word: str) -> bool:
        """Tell whether a name may begin with `word` (as `key` returns it)."""
        return word in self._first

    def find(self, words: Sequence[str], texts: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return the names in `words` as ``(start, end, what it stands for)``; `texts` are the words as written."""
        found: list[tuple[int, int, str]] = []
        i = 0
        while i < len(words):
            size, stands_for = self._at(words, texts, i, _alone) if words[i] in self._by_first else (0, "")
            if not size:
                i += 1
                continue
            end = i + size
            while stands_for == "trouble" and (more := self._at(words, texts, end, _after)[0]):
                end += more
            if stands_for:
                found.append((i, end, stands_for))
            i = end
        return found

    def _at(self, words: Sequence[str], texts: Sequence[str], i: int, fits: Callable[[str], bool]) -> tuple[int, str]:
        """Return the length of the longest name that begins at word `i`, and what it stands for."""
        best = (0, "")
        for name, (stands_for, kind) in self._by_first.get(words[i], {}).items() if i < len(words) else ():
            size = len(name)
            if size > best[0] and fits(kind) and tuple(words[i : i + size]) == name and _capitals(kind, texts[i : i + size]):
                best = (size, stands_for)
        return best


def _alone(kind: str) -> bool:
    return kind != "after_trouble"


def _after(kind: str) -> bool:
    return kind in ("adj", "after_trouble")  # kinds that join a name before them: « psychose chronique », « trouble de l'humeur »


def _capitals(kind: str, texts: Iterable[str]) -> bool:
    # « TOC » is an acronym; « toc », « tag », « top » are words.
    return kind != "acronym" or all(text.upper() == text or text[:-1].isupper() for text in texts)
