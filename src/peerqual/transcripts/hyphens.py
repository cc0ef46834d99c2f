"""Words cut at the end of a line are put together again: « hospi- » and « talisation », but « peut- » and « être » keep their hyphen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..language.fold import fold

_CUT = re.compile(r"(?P<compound>[^\W\d_]-)?(?P<head>[^\W\d_]+)(?P<hyphen>[-\u2010\u00ad])$")
_GOES_ON = re.compile(r"(?P<tail>[^\W\d_]+)\S*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Halves of words that keep their hyphen wherever they stand.
_FIRST_HALVES = frozenset(
    "celui celle ceux celles peut non mi demi ex pair paire pairs semi auto socio psycho sous moi toi lui elle eux nous vous".split()
)
_LAST_HALVES = frozenset("la ci ce je tu il elle on nous vous ils elles moi toi le les lui leur y en etre meme memes dessus dessous".split())


def joined(lines: Sequence[str]) -> list[str]:
    """Return `lines` with each word that is cut at a line's end whole on the line where it begins.

    >>> joined(["une hospi-", "talisation", "c'est peut-", "être ça"])
    ['une hospitalisation', '', "c'est peut-être", 'ça']
    """
    made = list(lines)
    seen = Counter(fold(word) for line in made for word in _WORD.findall(line))
    for n in range(len(made) - 1):
        found = _CUT.search(made[n].rstrip())
        after = next((m for m in range(n + 1, min(n + 3, len(made))) if made[m].strip()), None) if found else None
        goes_on = _GOES_ON.match(made[after].lstrip()) if after is not None else None
        if found is None or after is None or goes_on is None or not goes_on["tail"][0].islower():
            continue
        keeps = found["hyphen"] != "\u00ad" and (found["compound"] is not None or _keeps_hyphen(found["head"], goes_on["tail"], seen))
        made[n] = made[n].rstrip()[:-1] + ("-" if keeps else "") + goes_on[0]
        made[after] = made[after].lstrip()[goes_on.end() :].lstrip()
    return made


def _keeps_hyphen(head: str, tail: str, seen: Counter[str]) -> bool:
    """What the rest of the text writes decides, else what French always hyphenates."""
    whole, apart = seen[fold(head + tail)], seen[fold(f"{head}-{tail}")]
    if whole != apart:
        return apart > whole
    return fold(head) in _FIRST_HALVES or fold(tail) in _LAST_HALVES
