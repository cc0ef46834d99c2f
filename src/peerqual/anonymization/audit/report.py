"""The audit of a folder: every piece of it against every form of the key, as a table that leads to the places."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import PeerqualError, message
from ...model import LABELS
from .doubts import doubts
from .grading import CERTAIN, DOUBT, grade, was_given
from .matching import Hit, matches, said
from .originals import Originals
from .pieces import KEY, PROSE, UNREAD, Piece, pieces
from .words import Cut, cut, masked, words_of

if TYPE_CHECKING:
    import pandas as pd

    from ..key import Key

COLUMNS = ("file", "place", "start", "end", "kind", "certainty", "line", "count", "masked", "text")
_RISK = {
    "CONTACT": 9,
    "ID": 9,
    "PER": 8,
    "FILE": 8,
    "key": 9,
    "COLUMN": 7,
    "near": 6,
    "ORG": 6,
    "HOSP": 6,
    "LOC": 5,
    "contact": 5,
    "capital": 4,
    "unread": 4,
}
_SMALL_RISK = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the audit."""

    file: str
    place: str
    start: int
    end: int
    kind: str
    certainty: str
    line: int
    count: int
    masked: str
    text: str


def audit(folder: str | Path, *, key: Key, keep: Sequence[str] = ()) -> pd.DataFrame:
    """Look for the originals of `key` in everything that `folder` holds: texts, names, properties, what is packed or encoded.

    `keep`: public names that are no leak, as in `anonymize`. Returns one row a finding, the gravest first: file (path under `folder`), place
    (part of the file; "" its own text), start,end (code points, half-open, in the text of that place as decoded), kind, certainty
    ("certain", "doubt"), line (1-based in that place), count, masked (the words, hidden but for their first letters), text (the words: they
    are originals, never log them). kind is a label of `model.LABELS`, FILE (a document's name) or COLUMN (a value of participants.csv); of
    doubts also initials, near (one letter off), capital, digits, contact, spelled, unread (could not be opened). Doubts are grouped: one row
    for all that is written alike, with the first place. No certain finding is no proof that nobody will be recognised.
    Raises `PeerqualError` when there is no such folder, or the key does not hold the forms of its originals.

    >>> import peerqual as pq
    >>> pq.audit("reports", key=pq.Key.open("study.key", passphrase="demo"))  # doctest: +SKIP
    """
    import pandas as pd

    known = key.assignments
    if known.entities and not known.forms:
        raise PeerqualError("audit.no_forms", where=key.path)
    originals = Originals.of(key, keep)
    found = _sorted(_grouped(_findings(Path(folder), originals)))
    return pd.DataFrame([tuple(getattr(one, name) for name in COLUMNS) for one in found], columns=list(COLUMNS))


def _findings(folder: Path, originals: Originals) -> Iterator[Finding]:
    seen: set[tuple[str, str, str, int]] = set()
    for piece in pieces(folder):
        if piece.where in (UNREAD, KEY):
            yield Finding(piece.file, piece.place, 0, 0, piece.where, DOUBT, 0, 1, "", "")
            continue
        taken: list[tuple[int, int]] = []
        words = cut(piece.text)
        for hit, certainty in _graded(piece, words, originals):
            taken.append((hit.start, hit.end))
            made = _finding(piece, hit.start, hit.end, hit.form.label, certainty)
            form = "".join(hit.form.words)
            places = {(piece.file, piece.place, form, line) for line in (made.line, 0)}
            if not (piece.again and places & seen):
                yield made
            seen |= places if not piece.again else {(piece.file, piece.place, form, made.line)}
        if piece.where == PROSE:
            for kind, start, end in doubts(piece.text, words, originals):
                if not _overlaps(taken, start, end) and not was_given(piece.text, start, end, originals.given):
                    yield _finding(piece, start, end, kind, DOUBT)


def _graded(piece: Piece, words: Sequence[Cut], originals: Originals) -> Iterator[tuple[Hit, str]]:
    """Yield the forms that stand in `piece`, none inside another, with their grade."""
    end = 0
    for hits in merge(matches(piece.text, words, originals), said(piece.text, words, originals), key=lambda hits: hits[0].start):
        for hit in hits:
            certainty = grade(hit, piece.text, piece.where, originals.given) if hit.start >= end else ""
            if certainty:
                end = hit.end
                yield hit, certainty
                break


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether one of `spans`, in order and apart, has a part in ``[start, end)``."""
    n = bisect_left(spans, (end, 0)) - 1
    return n >= 0 and spans[n][1] > start


def _finding(piece: Piece, start: int, end: int, kind: str, certainty: str) -> Finding:
    words = " ".join(piece.text[start:end].split())
    line = piece.text.count("\n", 0, start) + 1
    return Finding(piece.file, piece.place, start, end, kind, certainty, line, 1, masked(words), words)


def _grouped(found: Iterator[Finding]) -> list[Finding]:
    """Certain findings stay one by one; doubts on one form are one row with the first place."""
    rows: list[Finding] = []
    first: dict[tuple[str, str], Finding] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for one in found:
        if one.certainty == CERTAIN:
            rows.append(one)
            continue
        group = (one.kind, "".join(words_of(one.text)) if one.text else f"{one.file} {one.place}")
        first.setdefault(group, one)
        counts[group] += 1
    return rows + [replace(one, count=counts[group]) for group, one in first.items()]


def _sorted(found: list[Finding]) -> list[Finding]:
    times = Counter((one.kind, one.text) for one in found if one.certainty == CERTAIN)

    def weight(one: Finding) -> tuple[bool, int, str, str, str, str, int]:
        frequency = times[one.kind, one.text] if one.certainty == CERTAIN else one.count
        return (one.certainty != CERTAIN, -_RISK.get(one.kind, _SMALL_RISK) * frequency, one.kind, one.text, one.file, one.place, one.start)

    return sorted(found, key=weight)


def listed(found: pd.DataFrame, lang: str | None = None) -> pd.DataFrame:
    """Return the findings of `audit` as a person reads them, in `lang`, a row for what is alike in one file.

    Columns: certainty,kind,text,file,place,line,count.
    """
    shown = found.copy()
    for column in ("certainty", "kind"):
        shown[column] = [value if value in LABELS else message(f"audit.{value}", lang) for value in shown[column]]
    groups = shown.groupby(["certainty", "kind", "text", "file"], sort=False, as_index=False)
    return groups.agg(place=("place", "first"), line=("line", "first"), count=("count", "sum"))
