"""Which words of a text are still there in the text that was corrected from it.

Words are compared, spaces are not: apostrophes of another form and accents written in two characters (NFD) are the same word.
Long texts are cut where both hold the same run of words once (as Bram Cohen's « patience diff » does with lines), and difflib compares what
lies between; words that were corrected (« peure », « peur ») are paired by how they are written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from ..language.fold import fold
from ..model import Span

WORD = re.compile(r"(?:\w[\u0300-\u036f]*)+")
_TOKEN = re.compile(rf"{WORD.pattern}|[^\w\s]")
_APOSTROPHES = dict.fromkeys("’‘ʼ´`′", "'")
_RUNS = (12, 5, 2, 1)  # lengths, in tokens, of the runs that anchor; the next where no run of one length is found once in both
_COMPARED = 40_000  # pairs of tokens that are compared all with all
_REPEATED = 200_000  # pairs of equal tokens in them, times the tokens of one side: difflib's work where « oui oui oui » goes on for pages
_PAIRED = 40  # words of a changed stretch up to which they are paired one by one
_ALIKE = 0.5  # share of a word's letters that a corrected word keeps at least, at its beginning and its end
_SLIDE = 100  # tokens that a deletion may slide


class Words:
    """The words and marks of a text: their `spans`, and `keys` that are equal where the words are the same."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [match.span() for match in _TOKEN.finditer(text)]
        self.keys = [_APOSTROPHES.get(token) or unicodedata.normalize("NFC", token) for token in (text[a:b] for a, b in self.spans)]

    def chunks(self, start: int, end: int) -> list[Span]:
        """Return the spans of the tokens from `start` to `end`; those without a space between are one."""
        made: list[Span] = []
        for a, b in self.spans[start:end]:
            if made and made[-1][1] == a:
                made[-1] = made[-1][0], b
            else:
                made.append((a, b))
        return made

    def breaks(self) -> list[int]:
        """Return how much of a break there is before each token, and at the end: of a line, a sentence, a clause, none."""
        found = []
        for n, (start, _) in enumerate(self.spans):
            before = self.spans[n - 1][1] if n else 0
            mark = self.keys[n - 1] if n else "\n"
            found.append(3 if not n or "\n" in self.text[before:start] else 2 if mark in ".?!…»" else 1 if mark in ",;:" else 0)
        return [*found, 3]


def links(old: Words, new: Words) -> Iterator[tuple[Span, Span, bool]]:
    """Yield the words of `old` that are still there, with their places in both texts, in order, and whether they are the same."""
    to = _with_marks(old, new)
    _slide(old.keys, to, old.breaks(), len(new.keys))
    back = [-1] * len(new.keys)
    for i, j in enumerate(to):
        if j >= 0:
            back[j] = i
    _slide(new.keys, back, new.breaks(), len(old.keys))
    a = b = 0
    for i, j in (*((i, j) for j, i in enumerate(back) if i >= 0), (len(old.keys), len(new.keys))):
        if a < i and b < j:
            yield from ((x, y, False) for x, y in _alike(old, old.chunks(a, i), new, new.chunks(b, j)))
        if i < len(old.keys):
            yield old.spans[i], new.spans[j], True
        a, b = i + 1, j + 1


# --- the same words ---------------------------------------------------------------------------------------------------


def _with_marks(old: Words, new: Words) -> list[int]:
    """Return the partners of all tokens: of words first, so that a full stop is nobody's anchor, then of the marks between them."""
    x, y = ([n for n, key in enumerate(words.keys) if WORD.match(key)] for words in (old, new))
    to = [-1] * len(old.keys)
    for n, partner in enumerate(_partners([old.keys[i] for i in x], [new.keys[j] for j in y])):
        if partner >= 0:
            to[x[n]] = y[partner]
    a = b = 0
    for i, j in [*((i, j) for i, j in enumerate(to) if j >= 0), (len(to), len(new.keys))]:
        if a < i and b < j:
            for n, partner in enumerate(_partners(old.keys[a:i], new.keys[b:j]), a):
                to[n] = b + partner if partner >= 0 else -1
        a, b = i + 1, j + 1
    return to


def _partners(a: Sequence[str], b: Sequence[str]) -> list[int]:
    """Return for each token of `a` the place of the same token in `b`, in order, or -1."""
    to = [-1] * len(a)
    windows = [(0, len(a), 0, len(b), 0)]
    while windows:
        i0, i1, j0, j1, level = windows.pop()
        while i0 < i1 and j0 < j1 and a[i0] == b[j0]:
            to[i0] = j0
            i0, j0 = i0 + 1, j0 + 1
        while i0 < i1 and j0 < j1 and a[i1 - 1] == b[j1 - 1]:
            i1, j1 = i1 - 1, j1 - 1
            to[i1] = j1
        if i0 == i1 or j0 == j1:
            continue
        if _is_long(a[i0:i1], b[j0:j1]):
            cuts, level = _cuts(a, i0, i1, b, j0, j1, level)
            windows += [(*x, *y, level) for x, y in zip(_between(i0, i1, cuts, 0), _between(j0, j1, cuts, 1), strict=True)]
        else:
            for block in SequenceMatcher(None, a[i0:i1], b[j0:j1], autojunk=False).get_matching_blocks():
                to[i0 + block.a : i0 + block.a + block.size] = range(j0 + block.b, j0 + block.b + block.size)
    return to


def _is_long(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell whether comparing all tokens with all takes too long: there are many, or they repeat themselves."""
    pairs, short = len(a) * len(b), min(len(a), len(b))
    if pairs > _COMPARED or pairs * short <= _REPEATED:
        return pairs > _COMPARED
    there = Counter(b)
    return sum(n * there[key] for key, n in Counter(a).items()) * short > _REPEATED


def _between(start: int, end: int, cuts: Sequence[Span], side: int) -> list[Span]:
    edges = [start, *(cut[side] for cut in cuts), end]
    return list(pairwise(edges))


def _cuts(a: Sequence[str], i0: int, i1: int, b: Sequence[str], j0: int, j1: int, level: int) -> tuple[list[Span], int]:
    """Return where a window is cut, and the place in `_RUNS` of the runs that tell: in halves where no run does."""
    for n in range(level, len(_RUNS)):
        here, there = _once(a, i0, i1, _RUNS[n]), _once(b, j0, j1, _RUNS[n])
        both = [(i, there[run]) for run, i in here.items() if i >= 0 and there.get(run, -1) >= 0]
        if both:
            return _rising(both), n
    return [((i0 + i1) // 2, (j0 + j1) // 2)], level


def _once(keys: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    """Return where each run of `length` tokens begins; -1 where it comes more than once."""
    found: dict[tuple[str, ...], int] = {}
    for at, run in enumerate(zip(*(keys[start + n : end] for n in range(length)), strict=False), start):
        found[run] = -1 if run in found else at
    return found


def _rising(pairs: Sequence[Span]) -> list[Span]:
    """Return the longest part of `pairs` (in the order of their first numbers) whose second numbers rise."""
    tops: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for n, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before[n] = ends[pile - 1] if pile else -1
        tops[pile : pile + 1] = [j]
        ends[pile : pile + 1] = [n]
    chain = [ends[-1]]
    while before[chain[-1]] >= 0:
        chain.append(before[chain[-1]])
    return [pairs[n] for n in reversed(chain)]


def _slide(keys: Sequence[str], to: list[int], breaks: Sequence[int], length: int) -> None:
    """Let runs of tokens without partner, where nothing took their place, begin at the strongest break: « A. [B. ]B c. », not « A. B[. B] c. »."""
    i = 0
    while i < len(to):
        k = i
        while k < len(to) and to[k] < 0:
            k += 1
        before, after = (to[i - 1] if i else -1), (to[k] if k < len(to) else length)
        if i < k and after - before == 1:
            left = right = 0
            while left < min(i, _SLIDE) and keys[i - 1 - left] == keys[k - 1 - left] and to[i - 1 - left] == before - left:
                left += 1
            while right < min(len(to) - k, _SLIDE) and keys[i + right] == keys[k + right] and to[k + right] == after + right:
                right += 1
            shift = max(range(-left, right + 1), key=lambda n: (breaks[i + n], n))
            for n in range(shift):
                to[i + n], to[k + n] = after + n, -1
            for n in range(-shift):
                to[k - 1 - n], to[i - 1 - n] = before - n, -1
            k += max(shift, 0)
        i = k + 1


# --- words that were corrected ----------------------------------------------------------------------------------------


def _alike(old: Words, here: Sequence[Span], new: Words, there: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Return the words of a changed stretch that are corrections of one another, in order."""
    if len(here) == len(there) == 1:
        return [(here[0], there[0])]
    if max(len(here), len(there)) > _PAIRED:
        return []
    x, y = ([fold(words.text[a:b]) for a, b in spans] for words, spans in ((old, here), (new, there)))
    best = [[0.0] * (len(y) + 1) for _ in range(len(x) + 1)]
    for i in range(len(x) - 1, -1, -1):
        for j in range(len(y) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + _likeness(x[i], y[j]))
    pairs, i, j = [], 0, 0
    while i < len(x) and j < len(y):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((here[i], there[j]))
            i, j = i + 1, j + 1
    return pairs


def _likeness(x: str, y: str) -> float:
    """Return the share of letters that two words have in common at their beginnings and ends; 0 where they are not alike."""
    short, long = sorted((len(x), len(y)))
    head = next((n for n in range(short) if x[n] != y[n]), short)
    tail = next((n for n in range(short - head) if x[-1 - n] != y[-1 - n]), short - head)
    share = (head + tail) / long
    return share if share >= _ALIKE else 0.0
