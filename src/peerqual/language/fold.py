"""Fold text for matching without moving any offset."""

from __future__ import annotations

import unicodedata
from functools import cache

_SPACES = "\u00a0\u202f\u2007\u2009\u2002\u2003\t"
_APOSTROPHES = "\u2019\u2018\u02bc\u00b4`\u2032"


@cache
def _fold_char(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if char in _SPACES:
        return " "
    base = unicodedata.normalize("NFD", char)[0].lower()
    # « İ » and a few others grow when lower-cased: such a character stays as it is.
    return base if len(base) == 1 else char


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = _fold_char(chr(code))
        return self[code]


_TABLE = _Table()


def fold(text: str) -> str:
    """Return `text` in lower case without accents, with straight apostrophes and plain spaces, of exactly the same length.

    Each character is folded alone, so that an offset in the result is an offset in `text`; « œ » stays one character.

    >>> fold("L’hôpital, c’est FINI")
    "l'hopital, c'est fini"
    """
    return text.translate(_TABLE)
