"""Find where sentences begin in speech that was written down without punctuation.

A linear segmenter, left to right: each gap between two words is weighed by the words around it, the verbs ahead, and what the sentence so far holds
(``data/boundary_weights.txt``, a logistic regression made by ``tools/build_boundaries.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from math import log2

from .lexicons import rows
from .word_kinds import VERBS, Word, read

LEAST = 25  # words: a shorter stretch is left whole, as an answer that nobody ended with a mark
_NEVER_AFTER = frozenset("DSORPdc")  # a sentence begins neither after a determiner nor between a clitic and its verb
_SKELETON = {"S": "S", "R": "R", "W": "R", "C": "C", "K": "K", "V": "V", "q": "V", "J": "V"}
_LINKS = frozenset("RWK")


def breaks(text: str) -> Iterator[int]:
    """Yield where in `text`, words without punctuation, a new sentence begins (offsets of its first character); nowhere under `LEAST` words.

    >>> text = "moi je suis suivie au centre depuis deux ans mon frère il habite à Dijon il vient me voir le dimanche on mange une tarte"
    >>> [text[at:][:14] for at in breaks(text)]
    ['mon frère il h', 'il vient me vo', 'on mange une t']
    """
    if len(text) < 2 * LEAST:
        return
    spoken, weights, begun = read(text), _weights(), 0
    if len(spoken) < LEAST:
        return
    frames = Frames(spoken)
    for i in frames.gaps():
        if sum(weights.get(feature, 0) for feature in frames.features(i, begun)) > 0:
            yield spoken[i].start
            begun = i


class Frames:
    """The words of a stretch with what each gap needs of them, looked up once."""

    def __init__(self, spoken: Sequence[Word]) -> None:
        self.size = len(spoken)
        self.kinds = "".join(word.kind for word in spoken)
        self.forms = ["<<<", "<<", "<", *(word.form for word in spoken), ">", ">>", ">>>"]
        self.padded = f"<<<<<{self.kinds}>>>>>"
        self.doubled = [self.forms[i + 3] in ("parce", "tandis") or self.kinds[i : i + 2] == "RR" for i in range(self.size)]

    def gaps(self) -> Iterator[int]:
        """Yield the words before which a sentence may begin."""
        return (i for i in range(1, self.size) if self.kinds[i - 1] not in _NEVER_AFTER)

    def skeleton(self, start: int, end: int, most: int = 4) -> str:
        """Return subjects, verbs and links of ``[start, end)``, at most `most` of them."""
        found = ""
        for kind in self.kinds[start:end]:
            sign = _SKELETON.get(kind, "")
            if sign and not (sign == "S" and found.endswith("S")):
                found += sign
            if len(found) == most:
                break
        return found

    def held(self, begun: int, i: int) -> tuple[str, str, str]:
        """Return the state of the sentence so far: main verbs and whether a subordinate waits for its verb, length, the last link and its verbs."""
        kinds = self.kinds[begun:i]
        subordinate = sum(kind in "RW" and not self.doubled[begun + k] for k, kind in enumerate(kinds))
        main = max(-1, min(3, sum(kind in VERBS for kind in kinds) - subordinate))
        last = next((k for k in range(len(kinds) - 1, -1, -1) if kinds[k] in _LINKS), None)
        if last is None:
            return f"m{main}o0", f"L{_size(i - begun)}", "-"
        verbs = min(3, sum(kind in VERBS for kind in kinds[last:]))
        return f"m{main}o{int(verbs == 0)}", f"L{_size(i - begun)}", f"{self.forms[begun + last + 3]}{verbs}"

    def ahead(self, i: int) -> tuple[str, str]:
        """Return the kinds up to the next verb, and in brief whether a subject or a link lies before it."""
        way = next((self.kinds[i : i + d] for d in range(10) if self.kinds[i + d : i + d + 1] in VERBS and i + d < self.size), None)
        if way is None:
            return "-", "n->"
        return way[:6], f"{'S' if 'S' in way else 'n'}{'R' if 'R' in way or 'W' in way else '-'}{int(way != '')}"

    def features(self, i: int, begun: int) -> list[str]:
        """Return what is known of the gap before word `i` when the sentence began at word `begun`."""
        state, length, link = self.held(begun, i)
        way, brief = self.ahead(i)
        kinds, forms, k = self.padded, self.forms, i + 5
        here, before = self.kinds[i], self.kinds[i - 1]
        so_far, coming = self.skeleton(max(begun, i - 18), i, 9)[-4:], self.skeleton(i, i + 18)
        tail = self.kinds[max(begun, i - 6) : i]
        tail = tail[max((tail.rfind(verb) for verb in VERBS), default=0) :]
        c, b, a, x, y, z = forms[i : i + 6]
        opened = forms[begun + 3]
        return [
            *("bias", f"t{here}", state, length, f"{state}{length}", f"{state}t{here}", f"left{min(self.size - i, 4)}{here}"),
            *(f"sk{so_far}|{coming[:2]}", f"sk{so_far[-2:]}|{coming[:3]}", f"sk{so_far[-3:]}|{coming}"),
            *(f"nx{coming}{state}", f"nx{coming[:2]}{state}{here}", f"li{link}{brief}", f"li{link}{here}", f"li{link}+{x}"),
            *(f"c{brief}{state}", f"c{brief}{here}", f"c{brief}{before}{here}", f"c{brief}{state}{before}{here}", f"np{way}", f"np{way}|{before}"),
            *(f"ta{tail}", f"ta{tail}|{here}", f"ta{tail}|{brief}", f"o{opened}{brief}{state}"),
            *(f"w{m}{kinds[k - m : k + n]}" for m in range(5) for n in range(5) if m + n > 1),
            *(f"-3{c}", f"-2{b}", f"-1{a}", f"+0{x}", f"+1{y}", f"+2{z}", f"-1{a}|{x}", f"+0{x} {y}", f"+1{y} {z}", f"-2{b} {a}", f"-2{b} {a}|{x}"),
            *(f"-1{a}|{x} {y}", f"+0{x} {y} {z}", f"-1{a}t{here}", f"-1{before}+0{x}", f"-1{a}{state}{brief}", f"+0{x}{state}", f"+0{x}{length}"),
            *(f"+0{x}nx{coming[:3]}", f"+0{x} {y}{state}", f"+0{x}s{so_far[-3:]}", f"t{here}s{so_far}", f"same{int(x == opened)}{here}{length}"),
        ]


def _size(count: int) -> int:
    return min(int(log2(count + 1) * 2), 12)


@cache
def _weights() -> dict[str, int]:
    return {feature: int(weight) for weight, feature in rows("boundary_weights")}
