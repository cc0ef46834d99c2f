"""Words as an audit compares them: folded, with nothing between them. Where a name is cut does not matter, what it is written with neither."""

from __future__ import annotations

import re
from functools import cache

from ...language.fold import fold
from ..finders.words import COMMON, FORMS, FUNCTION, KNOWN, LISTED, ORDINARY

_UPPER, _LOWER = "A-ZÀ-ÖØ-ÞŒŸ", "a-zß-öø-ÿœ"
# « KervandecMaelle » and « E01Kervandec » are two words: whoever writes file names and handles leaves the space out.
PIECES = re.compile(rf"[{_UPPER}]?[{_LOWER}]+|[{_UPPER}]+(?![{_LOWER}])|[^\W\d_]+|\d+")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
# First names and surnames that a transcript without capitals may well use as words; the finders ask the context, an audit has none.
_ALSO_WORDS = frozenset(
    "alexandrine amandine angelique benjamin brandon clemence clement felicite jeannette julienne lamine lorraine manuel marc marina martin mina"
    " olivier oscar pascal pierrot robert robin romain romaine sylvestre valentin veronique victoria virginie bailly bouillon".split()
)
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")


Cut = tuple[str, int, int]  # a folded word and its place


def cut(text: str) -> list[Cut]:
    """Return the words of `text`, folded, each with its place."""
    return [(folded(piece[0]), piece.start(), piece.end()) for piece in PIECES.finditer(text)]


@cache
def folded(word: str) -> str:
    """Return `word` in lower case, without accents, ligatures parted.

    >>> folded("Cœur"), folded("MAËLLE")
    ('coeur', 'maelle')
    """
    return fold(word).translate(_LETTERS)


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`; what parts them is forgotten, letters and digits stand apart.

    >>> words_of("d’Anne-Lise, 12bis")
    ('d', 'anne', 'lise', '12', 'bis')
    """
    return tuple(folded(word) for word in _WORDS.findall(_MARKS.sub("", text)))


@cache
def is_ordinary(word: str) -> bool:
    """Tell whether a folded or written `word` is a French word as well, so that in lower case it says nothing.

    >>> is_ordinary("rose"), is_ordinary("kervandec"), is_ordinary("odile")
    (True, False, False)
    """
    flags = FORMS[word.lower()].flags
    return bool(flags & (COMMON | ORDINARY)) or folded(word) in _ALSO_WORDS or (bool(flags & KNOWN) and not flags & LISTED)


@cache
def is_grammar(word: str) -> bool:
    """Tell whether `word` is an article, a preposition or another word of grammar."""
    return len(word) < 3 or bool(FORMS[word.lower()].flags & FUNCTION)


@cache
def has_often_a_capital(word: str) -> bool:
    """Tell whether `word` is written with a capital although it names nobody (« Noël », « Internet »)."""
    return word in ("saint", "sainte") or bool(FORMS[word.lower()].flags & COMMON)


@cache
def is_known(word: str) -> bool:
    """Tell whether `word` is French, whatever else it is."""
    return bool(FORMS[word.lower()].flags & (KNOWN | COMMON | ORDINARY))


def masked(text: str) -> str:
    """Return `text` with all but the first letter of each word hidden: it helps to find the place and tells nobody the name.

    >>> masked("Maëlle Kervandec"), masked("06 39 98 00 00")
    ('M••••• K••••••••', '•• •• •• •• ••')
    """
    return re.sub(r"\d|(?<=[^\W\d_])[^\W\d_]", "•", text)
