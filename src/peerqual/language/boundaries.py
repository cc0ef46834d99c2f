"""Find where sentences begin in speech that was written down without punctuation.

A semi-Markov conditional random field (Sarawagi & Cohen, NIPS 2004): each gap between two words is weighed by the words around it, each stretch that
may be a sentence by its verbs, links and length; the heaviest segmentation is kept. Weights: ``data/boundary_weights.txt``, made by
``tools/build_boundaries.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import inf, log2

from .lexicons import rows
from .word_kinds import VERBS, Word, read

LEAST = 25  # words: a shorter stretch is left whole, as an answer that nobody ended with a mark
MOST = 36  # words: no sentence is longer, unless no gap is nearer
_NEVER_AFTER = frozenset("DSORPdc")  # a sentence begins neither after a determiner nor between a clitic and its verb
_SKELETON = {"S": "S", "R": "R", "W": "R", "C": "C", "K": "K", "V": "V", "q": "V", "J": "V", "X": "X"}
_PHRASES = (
    (re.compile("[BOU]+"), ""),
    (re.compile("P?[DQ]*N*T[TNE]*Q?"), "T"),
    (re.compile("P[DQ]*N[NE]*"), "P"),
    (re.compile("[DQ]+N[NE]*"), "N"),
    (re.compile(r"(.)\1+"), r"\1+"),
)


def breaks(text: str) -> Iterator[int]:
    """Yield where in `text`, words without punctuation, a new sentence begins (offsets of its first character); nowhere under `LEAST` words.

    >>> text = "moi je suis suivie au centre depuis deux ans mon frère il habite à Dijon il vient me voir le dimanche on mange une tarte"
    >>> [text[at:][:14] for at in breaks(text)]
    ['mon frère il h', 'il vient me vo', 'on mange une t']
    """
    if len(text) < 2 * LEAST:
        return
    spoken = read(text)
    if len(spoken) >= LEAST:
        yield from (spoken[i].start for i in heaviest(Frames(spoken), _weights()))


def heaviest(frames: Frames, weights: Mapping[str, int]) -> list[int]:
    """Return before which words the sentences of the heaviest segmentation begin, by the `weights` of features (Viterbi)."""
    gaps = frames.gaps()
    ends = [*gaps, frames.size]
    starts, totals, before = [0], [0.0], dict[int, int]()
    for end in ends:
        gap = sum(weights.get(name, 0) for name in frames.gap(end)) if end < frames.size else 0
        best, chosen = -inf, starts[-1]
        for start, total in zip(reversed(starts), reversed(totals), strict=True):
            if end - start > MOST and best > -inf:
                break
            weight = total + sum(weights.get(name, 0) for name in frames.sentence(start, end))
            if weight > best:
                best, chosen = weight, start
        starts.append(end)
        totals.append(best + gap)
        before[end] = chosen
    found, at = list[int](), before[frames.size]
    while at:
        found.append(at)
        at = before[at]
    return found[::-1]


class Frames:
    """The words of a stretch with what each gap and each sentence needs of them, looked up once."""

    def __init__(self, spoken: Sequence[Word]) -> None:
        self.size = len(spoken)
        self.kinds = "".join(word.kind for word in spoken)
        self.forms = ["<<<", "<<", "<", *(word.form for word in spoken), ">", ">>", ">>>"]
        self.padded = f"<<<<<{self.kinds}>>>>>"
        self.links = [kind in "RW" and not self._doubled(i) for i, kind in enumerate(self.kinds)]

    def _doubled(self, i: int) -> bool:
        return self.forms[i + 3] in ("parce", "tandis") or self.kinds[i : i + 2] == "RR"

    def gaps(self) -> list[int]:
        """Return the words before which a sentence may begin."""
        return [i for i in range(1, self.size) if self.kinds[i - 1] not in _NEVER_AFTER]

    def ahead(self, i: int) -> tuple[str, str]:
        """Return the kinds up to the next verb, and in brief whether a subject or a link lies before it."""
        way = next((self.kinds[i : i + d] for d in range(10) if self.kinds[i + d : i + d + 1] in VERBS and i + d < self.size), None)
        if way is None:
            return "-", "n->"
        return way[:6], f"{'S' if 'S' in way else 'n'}{'R' if 'R' in way or 'W' in way else '-'}{int(way != '')}"

    def gap(self, i: int) -> list[str]:
        """Return what is known of the gap before word `i`, whatever sentences are about it."""
        (way, brief), kinds, k = self.ahead(i), self.padded, i + 5
        here, before, coming = self.kinds[i], self.kinds[i - 1], skeleton(self.kinds[i : i + 18])[:4]
        back = self.kinds[max(0, i - 12) : i]
        tail = back[max(back.rfind(verb) for verb in VERBS) :] if VERBS.intersection(back) else "<"
        tail, met, ahead, past = _ends(tail), _phrases(tail), _phrases(way), skeleton(back)[-3:]
        c, b, a, x, y, z = self.forms[i : i + 6]
        return [
            *(f"q{ahead}", f"q{ahead}|{met}", f"q{ahead}+{x}", f"q{ahead}+{x} {y}", f"q{ahead}+{x}|{met}", f"qt{met}+{x}", f"q{ahead}-{a}"),
            *(f"q{ahead}{coming}|{met}", f"t{here}", f"left{min(self.size - i, 4)}{here}", f"cm{coming}", f"cm{coming[:2]}{here}"),
            *(f"c{brief}{here}", f"c{brief}{before}{here}", f"np{way}", f"np{way}|{before}", f"np{way}|{tail}"),
            *(f"ta{tail}", f"ta{tail}|{here}", f"ta{tail}|{brief}", f"ta{tail}|{x}"),
            *(f"ps{past}|{coming[:2]}", f"ps{past}|{coming}", f"ps{past}|{here}{brief}"),
            *(f"w{m}{kinds[k - m : k + n]}" for m in range(5) for n in range(5) if m + n > 1),
            *(f"-3{c}", f"-2{b}", f"-1{a}", f"+0{x}", f"+1{y}", f"+2{z}", f"-1{a}|{x}", f"+0{x} {y}", f"+1{y} {z}", f"-2{b} {a}", f"-2{b} {a}|{x}"),
            *(f"-1{a}|{x} {y}", f"+0{x} {y} {z}", f"-1{a}t{here}", f"-1{before}+0{x}", f"-1{a}{brief}", f"+0{x}{brief}", f"+0{x}{coming[:3]}"),
            *(f"+0{x}p{past}", f"-1{a}{kinds[k : k + 2]}", f"{kinds[k - 2 : k]}+0{x} {y}", f"-2{b}-1{a}{kinds[k : k + 2]}"),
        ]

    def sentence(self, begun: int, end: int) -> list[str]:
        """Return what is known of words `begun` to `end` taken as one sentence."""
        kinds, size = self.kinds[begun:end], end - begun
        signs = skeleton(kinds)[:12]
        coming = skeleton(self.kinds[end : end + 18])[:3] if end < self.size else "$"
        verbs, subordinates = sum(map(kinds.count, VERBS)), sum(self.links[begun:end])
        main = f"m{max(-1, min(3, verbs - subordinates))}{'x' if 'X' in kinds else ''}"
        edge = "$" if end == self.size else "<" if begun == 0 else ""
        first, opened, length, short = kinds[0], self.forms[begun + 3], f"L{min(int(log2(size + 1) * 2), 12)}", f"n{min(size, 5)}"
        held, after = f"v{min(verbs, 4)}s{min(subordinates, 3)}", self.forms[end + 3] if end < self.size else "$"
        return [
            *(f"bias{edge}", f"s{_ends(signs)}", f"s{_ends(signs)}{edge}", main, f"{main}{edge}", length, f"{main}{length}", f"{main}{first}"),
            *(f"{main}o{opened}", f"{main}l{kinds[-1]}", f"s{signs[-3:]}>{coming[:2]}", f"s{signs[-2:]}>{coming}", held, f"{held}>{coming[:2]}"),
            *(f"k{kinds}" if size < 7 else "k-", f"k{kinds[:4]}{main}", f"k{kinds[-4:]}{main}", f"f{opened}{short}", f"{first}{short}{main}"),
            *(f"o{opened}>{after}", f"o{opened}{_ends(signs)[:3]}"),
        ]


@lru_cache(maxsize=1 << 14)
def skeleton(kinds: str) -> str:
    """Return the subjects, verbs and links among `kinds`, subjects in a row as one.

    >>> skeleton("MSqEDNRSV")
    'SVRSV'
    """
    return re.sub("S+", "S", "".join(_SKELETON.get(kind, "") for kind in kinds))


@lru_cache(maxsize=1 << 14)
def _phrases(kinds: str) -> str:
    for pattern, sign in _PHRASES:
        kinds = pattern.sub(sign, kinds)
    return kinds[:5]


def _ends(signs: str) -> str:
    return signs if len(signs) < 7 else f"{signs[:3]}~{signs[-3:]}"


@cache
def _weights() -> dict[str, int]:
    return {feature: int(weight) for weight, feature in rows("boundary_weights")}
