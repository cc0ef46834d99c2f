"""How a transcript uses capitals: as sentences do, for names only, or not at all (speech recognition)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SENTENCES, NAMES, NONE = "sentences", "names", "none"

_INSIDE = re.compile(r"[^\W\d_][,;]?[ '’\u00a0-][A-ZÀ-ÖØ-Þ]")
_LINE = re.compile(r"^\W*([^\W\d_])", re.MULTILINE)
_END = re.compile(r"[.!?]\s+([^\W\d_])")
_SAMPLE = 200_000


def manner(pieces: Iterable[str]) -> str:
    """Return how the words of `pieces` (turns, or a whole text) use capitals: `SENTENCES`, `NAMES` or `NONE`.

    >>> manner(["Il pleut. On reste là."]), manner(["euh je vois Paul et puis voilà"]), manner(["alors paul il vient"])
    ('sentences', 'names', 'none')
    """
    words = inside = starts = upper = 0
    for piece in pieces:
        sample = piece[:_SAMPLE]
        words += sample.count(" ") + 1
        inside += len(_INSIDE.findall(sample))
        letters = _LINE.findall(sample) + _END.findall(sample)
        starts += len(letters)
        upper += sum(map(str.isupper, letters))
    if upper * 4 > starts or not starts:
        return SENTENCES
    return NONE if (inside + upper) * 400 < words else NAMES


def settle(manners: Sequence[str]) -> list[str]:
    """Return `manners` where a transcript without capitals follows the corpus: it may hold no name at all.

    >>> settle(["names", "none", "names"]), settle(["none", "none", "names"])
    (['names', 'names', 'names'], ['none', 'none', 'names'])
    """
    if manners.count(NAMES) > manners.count(NONE):
        return [NAMES if one == NONE else one for one in manners]
    return list(manners)
