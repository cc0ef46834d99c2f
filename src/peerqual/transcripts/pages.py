"""The pages of a PDF: lines in the order in which they were written, running heads, page numbers and notes dropped.

A PDF has no paragraphs: what is said is read from places on the page (points, from its lower left corner) and sizes of letters.
Source: ISO 32000-1:2008, 9.4 (text objects).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..language.fold import fold
from .blocks import BOLD
from .labels import clean, weigh

EDGE = 2  # running heads are looked for in so many lines above and below
RECURS = 0.4  # share of pages: heads may stand on every other page
NEAR = 3.0  # points: two lines at this distance stand in the same place
NOTE_SIZE = 0.88  # letters of notes, compared with those of the text
GAP = 1.5  # a gap that many letters high parts cells
WIDTH = 0.5  # of a letter, compared with its height

_LIGATURE = re.compile("[\ufb00-\ufb06]")  # « ﬁ », which is of the font, not of the word
_ONLY_PAGE = re.compile(r"[-–— ]*(?:p(?:age|\.)?\s*)?1(?:\s*(?:/|sur|of|de)\s*1)?[-–— ]*", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """A line of a page: its pieces (look, words), where each begins, how high it stands, and the size of its letters."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    places: list[float] = field(default_factory=list)
    y: float = 0.0
    size: float = 0.0

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(text for _, text in self.pieces)

    @property
    def end(self) -> float:
        """About where the words of the line end."""
        last = next((n for n in range(len(self.pieces) - 1, -1, -1) if self.pieces[n][1].strip()), None)
        return self.places[last] + WIDTH * self.size * len(self.pieces[last][1].rstrip()) if last is not None else 0.0

    def cut(self, x: float) -> tuple[Line, Line]:
        """Return what stands before `x` and what stands after it."""
        parts = Line(y=self.y, size=self.size), Line(y=self.y, size=self.size)
        for piece, place in zip(self.pieces, self.places, strict=True):
            if piece[1] != "\t":
                parts[place >= x].pieces.append(piece)
                parts[place >= x].places.append(place)
        return parts


class Collector:
    """Takes the pieces of text that pypdf finds on a page, makes lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = [Line()]

    def __call__(self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        height = abs(size) * (abs(tm[3]) or abs(tm[1])) * (abs(cm[3]) or abs(cm[1]))
        if not math.isfinite(x + y + height):
            x = y = height = 0.0
        for n, part in enumerate(unicodedata.normalize("NFC", _LIGATURE.sub(_letters, text)).split("\n")):
            if n:
                self.lines.append(Line())
            if part:
                self.add(part, x, y, height, _look(font))

    def add(self, text: str, x: float, y: float, height: float, look: str) -> None:
        line = self.lines[-1]
        if text.strip() and not line.text.strip():
            line.y, line.size = y, height
        elif text.strip() and x - line.end > GAP * height:
            line.pieces.append(("", "\t"))  # cells of a row
            line.places.append(x)
        line.pieces.append((look, text))
        line.places.append(x)

    def kept(self) -> list[Line]:
        """Return the lines that have words."""
        return [line for line in self.lines if line.text.strip()]


def _letters(ligature: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", ligature[0])


def _look(font: Any) -> str:
    name = str((font or {}).get("/BaseFont", "")).rpartition("+")[2]
    bold = BOLD if re.search(r"bold|black|heavy|demi", name, re.IGNORECASE) else ""
    return f"{bold} {name}".strip()


def body_of(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], int]:
    """Return the lines of the text itself, page by page, and how many notes below it were left out."""
    bodies = without_heads(pages)
    sizes = Counter[float]()
    for line in (line for page in bodies for line in page):
        sizes[round(line.size, 1)] += len(line.text)
    usual = max(sizes, key=lambda size: sizes[size], default=0.0)
    parted = [_without_notes(page, usual) for page in bodies]
    return [page for page, _ in parted], sum(notes for _, notes in parted)


def without_heads(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Drop running heads and page numbers: what stands in one place at the edge of many pages, digits apart."""
    counts = Counter(sign for page in pages for sign in {(_sign(line), place) for line in _edges(page) for place in _places(line)})
    enough = max(2.0, RECURS * len(pages))

    def is_head(line: Line) -> bool:
        return max(counts[_sign(line), place] for place in _places(line)) >= enough + _is_turn(line.text)

    kept = []
    for page in pages:
        heads = {id(line) for line in _edges(page) if is_head(line) or (len(pages) == 1 and _ONLY_PAGE.fullmatch(line.text.strip()))}
        kept.append([line for line in page if id(line) not in heads])
    return kept


def _edges(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.y)
    return by_height[:EDGE] + by_height[EDGE:][-EDGE:]


def _sign(line: Line) -> str:
    """Return what comes back in a running head; what looks like a turn must come back to the digit."""
    text = " ".join(fold(line.text).split())
    return text if _is_turn(line.text) else re.sub(r"\d+", "#", text)


def _places(line: Line) -> tuple[int, int]:
    """Two overlapping steps of height, so that lines that stand near each other share one."""
    return int(line.y // (2 * NEAR)) * 2, int((line.y + NEAR) // (2 * NEAR)) * 2 + 1


def _is_turn(text: str) -> bool:
    return ":" in text and (weigh(clean(text.partition(":")[0])[0]) or 0) >= 1


def _without_notes(page: list[Line], usual: float) -> tuple[list[Line], int]:
    """Drop the notes below the text: the last lines, in smaller letters, that begin with a number or a star."""
    end = len(page)
    while end and page[end - 1].size < NOTE_SIZE * usual:
        end -= 1
    first = next((n for n in range(end, len(page)) if re.match(r"\s*(?:\d{1,3}|\*)", page[n].text)), len(page))
    return page[:first], sum(bool(re.match(r"\s*(?:\d{1,3}|\*)", line.text)) for line in page[first:])
