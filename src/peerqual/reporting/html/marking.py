"""From codings to passages on a text: which stretch of words lies under which codes, and which words support them.

Shared by the report and the notebook displays. Rejected codings are never shown.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from peerqual.model import QUALIFIERS, Corpus, Span, Transcript

if TYPE_CHECKING:
    import pandas as pd

MARKED = ("code", "status", "polarity", "score", "rule", "qualifiers", "evidence")
RANKED = ("proposed", "added", "accepted")  # of several codings of one passage by one code, the last stands


@dataclass(frozen=True, slots=True)
class Mark:
    """One code on a passage; `score` is None where a person coded."""

    code: str
    status: str
    polarity: str
    score: float | None
    rule: str
    qualifiers: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one text with its codes; `number` counts passages along the corpus, `id` is its address in a page."""

    id: str
    number: int
    start: int
    end: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """Words that support a code; `far` is the number of the passage when they stand outside it (in the turn before), else 0."""

    start: int
    end: int
    code: str
    far: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are alike: `skip` (a time code), or words that support the codes `supports`, `far` by the numbers of passages elsewhere."""

    text: str
    skip: bool = False
    supports: tuple[str, ...] = ()
    far: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words under the same passages; `opens` are those that begin here."""

    passages: tuple[Passage, ...]
    opens: tuple[Passage, ...]
    pieces: tuple[Piece, ...]

    @property
    def codes(self) -> int:
        """How many codes these words carry."""
        return sum(len(passage.marks) for passage in self.passages)


def slugs(corpus: Corpus) -> dict[str, str]:
    """Return for each document's id a name that is safe in an address (letters, figures, « _ », « - », no dot), unlike all others."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    for transcript in corpus:
        slug = re.sub(r"[^A-Za-z0-9_-]+", "_", transcript.id) or "_"
        while slug in taken:
            slug += "_"
        taken.add(slug)
        made[transcript.id] = slug
    return made


def passages(codings: pd.DataFrame, corpus: Corpus) -> dict[str, tuple[Passage, ...]]:
    """Return the passages of each document of `corpus`, in the order of the text; documents without any have none."""
    names = slugs(corpus)
    live = codings[codings["status"] != "rejected"]
    marks: dict[str, dict[Span, dict[str, Mark]]] = {transcript.id: {} for transcript in corpus}
    for document, start, end, *values in live[["document", "start", "end", *MARKED]].itertuples(index=False, name=None):
        of_span = marks[document].setdefault((int(start), int(end)), {})
        new = mark(*values)
        of_span[new.code] = _stronger(of_span[new.code], new) if new.code in of_span else new
    made, number = {}, 0
    for document, spans in marks.items():
        placed = []
        for (start, end), of_span in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
            number += 1
            placed.append(Passage(f"{names[document]}.{start}-{end}", number, start, end, tuple(of_span.values())))
        made[document] = tuple(placed)
    return made


def mark(code: str, status: str, polarity: str, score: Any, rule: Any, qualifiers: Any, evidence: Any) -> Mark:
    """Return a `Mark` of the cells of a coding (`MARKED`), which may come from a CSV."""
    try:
        value = float(score)
    except (TypeError, ValueError):
        value = float("nan")
    spans = json.loads(evidence or "[]") if isinstance(evidence, str) else evidence if isinstance(evidence, list | tuple) else ()
    named = set(re.findall(r"\w+", qualifiers) if isinstance(qualifiers, str) else qualifiers if isinstance(qualifiers, list | tuple) else ())
    return Mark(
        code,
        status,
        str(polarity),
        None if value != value else value,
        rule if isinstance(rule, str) else "",
        tuple(name for name in QUALIFIERS if name in named),
        tuple((int(start), int(end)) for start, end in spans),
    )


def _stronger(a: Mark, b: Mark) -> Mark:
    return b if RANKED.index(b.status) > RANKED.index(a.status) else a


def within(found: Sequence[Passage], start: int, end: int, longest: int) -> list[Passage]:
    """Return those of `found` (in the order of the text, none longer than `longest`) that touch ``[start, end)``."""
    first = bisect_left(found, start - longest, key=lambda passage: passage.start)
    last = bisect_right(found, end - 1, key=lambda passage: passage.start)
    return [passage for passage in found[first:last] if passage.end > start]


def far(found: Iterable[Passage]) -> list[Support]:
    """Return the words that support a passage of `found` from outside it."""
    return [
        Support(start, end, mark.code, passage.number)
        for passage in found
        for mark in passage.marks
        for start, end in mark.evidence
        if start < passage.start or end > passage.end
    ]


def stretches(
    text: str,
    start: int,
    end: int,
    found: Sequence[Passage],
    *,
    skips: Sequence[Span] = (),
    opened: set[str] | None = None,
    outside: Sequence[Support] = (),
) -> list[Stretch]:
    """Cut ``text[start:end]`` where the passages `found` begin and end; together the pieces are these words, each once.

    `opened` holds the ids of passages that began before (in an earlier turn); those that begin here are added to it.
    `outside` is what supports passages from outside them.
    """
    opened = set() if opened is None else opened
    edges = _edges(start, end, ((passage.start, passage.end) for passage in found))
    made = []
    for left, right in pairwise(edges):
        under = tuple(passage for passage in found if passage.start <= left and passage.end >= right)
        opens = tuple(passage for passage in under if passage.id not in opened)
        opened |= {passage.id for passage in opens}
        support = [Support(*span, mark.code) for passage in under for mark in passage.marks for span in mark.evidence]
        support += [words for words in outside if words.far not in {passage.number for passage in under}]
        made.append(Stretch(under, opens, tuple(pieces(text, left, right, support, skips))))
    return made


def pieces(text: str, start: int, end: int, support: Sequence[Support], skips: Sequence[Span] = ()) -> Iterator[Piece]:
    """Cut ``text[start:end]`` where the spans of `support` and `skips` begin and end."""
    edges = _edges(start, end, [*skips, *((words.start, words.end) for words in support)])
    for left, right in pairwise(edges):
        skip = any(a <= left and b >= right for a, b in skips)
        here = [words for words in support if words.start <= left and words.end >= right and not skip]
        codes, passages = dict.fromkeys(words.code for words in here), dict.fromkeys(words.far for words in here if words.far)
        yield Piece(text[left:right], skip, tuple(codes), tuple(passages))


def _edges(start: int, end: int, spans: Iterable[Span]) -> list[int]:
    return sorted({start, end, *(at for span in spans for at in span if start < at < end)})


def said(transcript: Transcript, start: int, end: int, evidence: Iterable[Span]) -> tuple[Piece, ...]:
    """Return the words of ``[start, end)``, time codes left out, those of `evidence` marked."""
    skips = [skip for turn in transcript.turns if turn.start < end and start < turn.end for skip in turn.skips]
    return tuple(piece for piece in pieces(transcript.text, start, end, [Support(*span, "+") for span in evidence], skips) if not piece.skip)
