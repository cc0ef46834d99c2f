"""How a transcript uses capitals: as sentences do, for names only, or not at all (speech recognition)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SENTENCES, NAMES, NONE = "sentences", "names", "none"

_CAPITAL = re.compile(r" [A-ZÀ-ÖØ-Þ]")
_LINE = re.compile(r"\n[^\w\n]{0,8}([^\W\d_])")
_SENTENCE = re.compile(r"[.!?…:] [^\w\n]{0,8}([^\W\d_])")
_SAMPLE = 50_000


def manner(pieces: Iterable[str]) -> str:
    """Return how the words of `pieces` (turns, or a whole text) use capitals: `SENTENCES`, `NAMES` or `NONE`.

    >>> manner(["Il pleut. On reste là."]), manner(["euh je vois Paul et puis voilà"]), manner(["alors paul il vient"])
    ('sentences', 'names', 'none')
    """
    sample = "\n".join(("", *pieces))[:_SAMPLE]
    letters = _LINE.findall(sample) + _SENTENCE.findall(sample)
    starts, upper = len(letters), sum(map(str.isupper, letters))
    capitals, words = len(_CAPITAL.findall(sample)), sample.count(" ") + 1
    if upper * 4 > starts or not starts:
        return SENTENCES
    return NONE if (capitals + upper) * 400 < words else NAMES


def settle(manners: Sequence[str]) -> list[str]:
    """Return `manners` where a transcript without capitals follows the corpus: it may hold no name at all.

    >>> settle(["names", "none", "names"]), settle(["none", "none", "names"])
    (['names', 'names', 'names'], ['none', 'none', 'names'])
    """
    if manners.count(NAMES) > manners.count(NONE):
        return [NAMES if one == NONE else one for one in manners]
    return list(manners)
