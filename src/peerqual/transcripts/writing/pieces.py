"""The words of a source in the order of reading, piece by piece (a run of Word, a line of a cue, an annotation): edits find their place in them.

The text of a transcript is built of these words, in this order; what the reader added (labels) or left out (repeated labels, column names) is told
by aligning both word by word. An edit that finds no place is an error: nothing is written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ...language.fold import fold
from ..labels import key
from ..timecodes import ANYWHERE
from .rewrite import Rewrite, WritingError
from .sequences import LABEL, SPOKEN, TooDifferent, Words, align

_TOKEN = re.compile(r"[^\W_]+|\S")
# What no reader keeps: soft hyphens, zero-width marks, control characters.
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b\u2060\ufeff\ud800-\udfff]")
_LAST_FIRST = re.compile(r"(?P<last>[^,:\n]{1,42}), (?P<first>[^,:\n]{1,42}?)(?=\s+\d{1,2}:\d{2})")
LABEL_WORDS = 24  # words and marks before which the colon of a label stands, its time code among them


@dataclass(slots=True)
class Piece:
    """Words of the source, how new ones are put in their place, and the paragraph, cell or cue (`unit`) where they stand.

    `given`: whether the reader gave some of them.
    """

    text: str
    put: Callable[[str], None]
    unit: int
    given: bool = False


@dataclass(frozen=True, slots=True)
class _Change:
    """``source[start:end]`` becomes `text`."""

    start: int
    end: int
    text: str


class Source:
    """The pieces of a source, in the order in which its reader goes through them."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []

    def add(self, text: str, put: Callable[[str], None], unit: int) -> None:
        """Add a piece; pieces in a row with one `unit` may share a word."""
        self.pieces.append(Piece(text, put, unit))

    def carry(self, rewrite: Rewrite, *, header: bool = True) -> None:
        """Carry the edits of `rewrite` out on the pieces, and what `Rewrite.left` says of words that the reader did not give.

        `header`: whether the lines before the first turn are made of pieces too (else their edits are the writer's own business).
        Raises `WritingError` when the words of an edit are not found.
        """
        _Carrying(rewrite, self.pieces, header).carry_out()


class _Carrying:
    def __init__(self, rewrite: Rewrite, pieces: list[Piece], header: bool) -> None:
        self.rewrite, self.pieces, self.header = rewrite, pieces, header
        self.text, self.origin = _joined(pieces)
        self.tokens = list(_TOKEN.finditer(self.text))
        self.units = [pieces[self.origin[token.start()][0]].unit for token in self.tokens]
        self.where: dict[int, int] = {}  # positions in the transcript's text → positions in `text`
        self.given: set[int] = set()  # tokens that the reader gave
        self.apart: set[int] = set()  # tokens that are no words of the transcript

    def carry_out(self) -> None:
        swapped = list(self.swapped())
        self.find()
        changes = [*self.edited(), *swapped]
        changes.sort(key=lambda one: one.start)
        changes += self.left(changes)
        for change in sorted(changes, key=lambda one: one.start, reverse=True):
            self.write(change)
        for piece, before in zip(self.pieces, self.before, strict=True):
            if piece.text != before:
                piece.put(piece.text)

    def find(self) -> None:
        old = self.rewrite.old
        mine = [(token, zone) for start, end, zone in _zones(self.rewrite, self.header) for token in _TOKEN.finditer(old.text, start, end)]
        a = Words([fold(token[0]) for token, _ in mine], [zone for _, zone in mine], [LABEL if zone % 2 else SPOKEN for _, zone in mine])
        try:
            words = ["" if n in self.apart else fold(token[0]) for n, token in enumerate(self.tokens)]
            pairs = align(a, Words(words, self.units, list(self.weights())))
        except TooDifferent:
            raise WritingError("writing.unaligned", where=self.rewrite.new.id) from None
        for i, j in pairs:
            here, there = mine[i][0].start(), self.tokens[j].start()
            self.where |= {here + n: there + n for n in range(len(mine[i][0][0]))}
            self.given.add(j)
            self.pieces[self.origin[there][0]].given = True
        self.before = [piece.text for piece in self.pieces]

    def swapped(self) -> Iterator[_Change]:
        """Yield what becomes of voices whose name stands the other way round (« Durand, Anne   0:03 »); these words are no others."""
        for _, run in groupby(range(len(self.tokens)), key=lambda n: self.units[n]):
            numbers = list(run)
            at = self.tokens[numbers[0]].start()
            found = _LAST_FIRST.match(self.text, at, self.tokens[numbers[-1]].end())
            new = self.rewrite.voices.get(key(found["first"] + found["last"])) if found else None
            if found and new is not None:
                first, _, last = new.rpartition(" ")
                yield _Change(*found.span(), f"{last}, {first}" if first else last)
                self.apart.update(n for n in numbers if self.tokens[n].start() < found.end())

    def weights(self) -> Iterator[int]:
        """Yield what each word of the source may be worth: a label, where the voices' labels open a paragraph or a cue before a colon."""
        for _, run in groupby(zip(self.tokens, self.units, strict=True), key=lambda item: item[1]):
            tokens = [token for token, _ in run]
            colon = next((n for n, token in enumerate(tokens[:LABEL_WORDS]) if n and token[0] == ":" and self.is_label(tokens[0], token)), -1)
            yield from (LABEL if n <= colon else SPOKEN for n in range(len(tokens)))

    def is_label(self, first: re.Match[str], colon: re.Match[str]) -> bool:
        return key(ANYWHERE.sub("", self.text[first.start() : colon.start()])) in self.rewrite.voices

    def edited(self) -> Iterator[_Change]:
        old = self.rewrite.old
        labels = [(start, end) for start, end, zone in _zones(self.rewrite, True) if zone % 2]
        first = old.turns[0].start if old.turns else len(old.text)
        for edit in self.rewrite.edits:
            wanted = [at for at in range(edit.start, edit.end) if not old.text[at].isspace()]
            found = [self.where[at] for at in wanted if at in self.where]
            if len(found) < len(wanted):
                in_label = any(start <= edit.start and edit.end <= end for start, end in labels)
                elsewhere = not self.header and edit.end <= first
                # A label that the reader made (of a tier's name, a style) is replaced where it stands.
                if not (in_label or elsewhere):
                    raise WritingError("writing.unaligned", where=self.rewrite.new.id)
            yield from self.spread(found, edit.text)

    def spread(self, found: list[int], text: str) -> Iterator[_Change]:
        """Yield the change of the words at the places `found`; where they stand in several units, each gets a word while there are any."""
        runs = [list(run) for _, run in groupby(found, key=lambda at: self.pieces[self.origin[at][0]].unit)]
        words = text.split()
        for n, run in enumerate(runs):
            more = len(runs) - n - 1
            mine = len(words) - more if len(words) > more else min(len(words), 1)
            yield _Change(run[0], run[-1] + 1, text if len(runs) == 1 else " ".join(words[:mine]))
            words = words[mine:]

    def left(self, changes: list[_Change]) -> Iterator[_Change]:
        """Yield what becomes of the words that the reader did not give."""
        starts = [change.start for change in changes]
        numbered = [
            (n, unit)
            for n, (token, unit) in enumerate(zip(self.tokens, self.units, strict=True))
            if n not in self.given and not _covered(token.start(), changes, starts)
        ]
        for _, run in groupby(enumerate(numbered), key=lambda item: (item[1][0] - item[0], item[1][1])):
            tokens = [self.tokens[n] for _, (n, _) in run]
            start, end = tokens[0].start(), tokens[-1].end()
            kept = self.rewrite.left(self.text[start:end], bracketed=self.text[max(start - 1, 0) : start] in ("(", "[", "<"))
            if kept != self.text[start:end]:
                yield _Change(start, end, kept)

    def write(self, change: _Change) -> None:
        """Carry out a change, the last ones first: the first piece gets the words, the others lose theirs."""
        (first, begin), (last, end) = self.origin[change.start], self.origin[change.end - 1]
        for n in range(first, last + 1):
            text = self.pieces[n].text
            kept = text[end + 1 :] if n == last else ""
            self.pieces[n].text = (text[:begin] + change.text + kept) if n == first else kept


def _joined(pieces: list[Piece]) -> tuple[str, list[tuple[int, int]]]:
    """Return the words of all pieces as one string, a line a unit, and where each character stands: piece and position in it."""
    parts: list[str] = []
    origin: list[tuple[int, int]] = []
    for n, piece in enumerate(pieces):
        if n and piece.unit != pieces[n - 1].unit:
            parts.append("\n")
            origin.append((n, 0))
        kept = [at for at, char in enumerate(piece.text) if not INVISIBLE.match(char)]
        parts += [piece.text[at] for at in kept]
        origin += [(n, at) for at in kept]
    return "".join(parts), origin


def _zones(rewrite: Rewrite, header: bool) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches of the transcript's text, each with a number: even for words, odd for labels."""
    text, turns = rewrite.old.text, rewrite.old.turns
    at = 0
    for number, turn in enumerate(turns, start=1):
        line = text.rfind("\n", 0, turn.start) + 1
        if header and at == 0 and line:
            yield from _line_zones(text, line)
        at = max(at, line)
        yield at, turn.start, 2 * number - 1
        yield turn.start, turn.end, 2 * number
        at = turn.end
    if header and not turns:
        yield from _line_zones(text, len(text))


def _line_zones(text: str, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the lines before `end`, each a stretch of its own: what a line ends with and what the next one begins with are no run of words."""
    at = 0
    for number, line in enumerate(text[:end].splitlines(keepends=True)):
        yield at, at + len(line), -2 * number
        at += len(line)


def _covered(at: int, changes: list[_Change], starts: list[int]) -> bool:
    n = bisect_left(starts, at + 1) - 1
    return n >= 0 and at < changes[n].end
