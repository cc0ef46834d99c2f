"""What could be an identifier although no form of the key stands there: letters of a person, a name misspelt, capitals, numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from ..finders.numerals import value
from .numbers import rows_of_numbers
from .originals import Originals
from .words import Cut, folded, is_grammar, is_known, is_ordinary, words_of

_INITIALS = re.compile(r"\b([^\W\d_])(?:\.[ \u00a0-]?|-)?([^\W\d_])\b\.?(?!['’\w-])")
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
_MIDDLE = re.compile(r"[a-zß-öø-ÿœ],?[ \u00a0\u202f]$|[a-z]['’]$")
_NUMBERS = re.compile(
    r"(?P<contact>[\w.+-]+@[\w-]+\.\w+|https?://[^\s\"'<>)]+|(?<![\w@.])@[\w.]{3,}|(?<![\d.,])(?:\+33|0)[ .-]?[1-9](?:[ .-]?\d\d){4}(?![\d]))"
    r"|(?P<date>\b\d{1,2}/\d{1,2}/(?:19|20)?\d\d\b|\b\d\d\.\d\d\.(?:19|20)?\d\d\b|\b(?:en|depuis|année|l['’]an) (?:19|20)\d\d\b"
    r"|\b(?:\d{1,2}|1er) (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b)"
    r"|(?P<age>\b(?:à|ai|as|a|avait|avais|mes|ses|aura|de) (?P<years>\d\d) ans\b)"
    r"|(?P<digits>(?<![\w.,:-])\d(?:[ .-]?\d){7,14}(?![\w,]))",
    re.IGNORECASE,
)
_FEASTS = frozenset(
    "14 juillet,1er mai,8 mai,11 novembre,1er janvier,15 aout,1er novembre,24 decembre,25 decembre,31 decembre,24 juin,11 septembre,1er avril".split(
        ","
    )
)
_ROMAN = re.compile(r"[IVXL]+(?:e|er|ème)?")
_YEARS = range(1900, 2050)
_SHORTEST = 5


def doubts(text: str, pieces: Sequence[Cut], originals: Originals) -> Iterator[tuple[str, int, int]]:
    """Yield ``(kind, start, end)`` in a `text` that people read, cut into `pieces`."""
    yield from _initials(text, originals)
    near = _neighbours(originals)
    for word in _WORD.finditer(text):
        kind = _word(word[0], text, word.start(), originals, near)
        if kind:
            yield kind, word.start(), word.end()
    for number in _NUMBERS.finditer(text):
        if number["date"] and folded(number["date"]) in _FEASTS:
            continue
        yield ("contact" if number["contact"] else "digits"), number.start(), number.end()
    for start, end, words in rows_of_numbers(text, pieces):
        if value(words) < 0 or value(words) in _YEARS:  # not « mille trois cent soixante-dix »
            yield "spelled", start, end


def _initials(text: str, originals: Originals) -> Iterator[tuple[str, int, int]]:
    for found in _INITIALS.finditer(text):
        letters = found[1] + found[2]
        if letters.isupper() and folded(letters) in originals.people and folded(letters) not in originals.keep:
            yield "initials", found.start(), found.end()


def _word(word: str, text: str, start: int, originals: Originals, near: dict[str, str]) -> str:
    parts = words_of(word)
    key = "".join(parts)
    if key in originals.keep or originals.pseudonyms.issuperset(parts) or is_known(word):
        return ""
    if all(is_ordinary(part) or is_grammar(part) or is_known(part) for part in parts):
        return ""
    if _ROMAN.fullmatch(word):
        return ""
    if len(key) >= _SHORTEST and key not in originals.forms and any(cut in near for cut in _cuts(key)):
        return "near"
    capital = word[0].isupper() and not word.isupper() and _MIDDLE.search(text[max(0, start - 4) : start])
    return "capital" if capital else ""


def _neighbours(originals: Originals) -> dict[str, str]:
    """Return each form of one word with a letter left out (SymSpell): two words that share one differ by one letter or two neighbours swapped."""
    if not hasattr(originals, "near"):
        names = {
            "".join(form.words): form
            for form in originals.forms.values()
            if len(form.words) == 1 and form.label not in ("DIAG", "MED", "AGE", "DATE")
        }
        made = {cut: name for name in names if len(name) >= _SHORTEST and name.isalpha() for cut in _cuts(name)}
        object.__setattr__(originals, "near", made)
    return originals.near  # type: ignore[attr-defined,no-any-return]


def _cuts(word: str) -> set[str]:
    return {word, *("".join(letters) for letters in combinations(word, len(word) - 1))}
