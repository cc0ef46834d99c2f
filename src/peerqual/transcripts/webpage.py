"""The inside of a web page, element by element: words with their look, tables; scripts, styles and what is hidden are left out, nothing is fetched.

Source: WHATWG, HTML Living Standard; Word and LibreOffice mark comments and notes in the pages that they write.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import ReadError
from ..model import Doubt
from .archives import MAX_TAGS
from .blocks import BOLD, MAX_LINES, Block, Paragraph, paragraph, table

MAX_CHARACTERS = 64 * 1024 * 1024
MAX_DEPTH = 16  # of tables in tables
MAX_SPAN = 60
MAX_COLUMNS = 200

_ASIDE = frozenset("head script style template noscript svg math select textarea button object iframe audio video rt rp".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_LOOKS = {"b": BOLD, "strong": BOLD, "i": "italic", "em": "italic", "u": "underlined"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_REFERENCE = re.compile(r"Mso(?:Comment|Footnote|Endnote)Reference|sd(?:foot|end)note(?:anc|sym)")
_NOTE = re.compile(r"mso-element\s*:\s*(?P<kind>comment|footnote|endnote)(?![-\w])", re.IGNORECASE)
_NOTE_ID = re.compile(r"sd(?:foot|end)note\d+")
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _Open:
    """An element that is open: its tag, its look, its class; whether its words count, and what is counted when it closes."""

    tag: str
    look: frozenset[str] = frozenset()
    style: str = ""
    aside: bool = False


@dataclass(slots=True)
class _Grid:
    """A table that is open: its rows; `spans` are the rows that cells above still reach into, by column; `frames`: others stand in it."""

    rows: list[list[list[Block]]] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)
    cell: list[Block] | None = None
    frames: bool = False


def read_page(path: Path, text: str) -> tuple[list[Block], list[Doubt]]:
    """Return the paragraphs and tables of the web page `text`, and doubts on what was left out. Raises `ReadError` when it is too large."""
    from lxml import etree

    if len(text) > MAX_CHARACTERS:
        raise ReadError("transcripts.too_large", where=path, limit=MAX_CHARACTERS // 1024**2)
    if text.count("<") + text.count("\n") > MAX_TAGS:
        raise ReadError("office.too_full", where=path)
    builder = _Builder()
    parser = etree.HTMLParser(target=builder, encoding="utf-8", no_network=True, huge_tree=True)
    try:
        parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError:
        raise ReadError("office.not_page", where=path) from None
    except _TooMany:
        raise ReadError("office.too_full", where=path) from None
    return builder.finish(), [Doubt(0, name, {"n": n}) for name, n in builder.counts.items() if n]


class _TooMany(Exception):
    """More paragraphs than a transcript has."""


class _Builder:
    """Takes the events of lxml's parser, makes blocks."""

    def __init__(self) -> None:
        self.stack = [_Open("")]
        self.grids: list[_Grid] = []
        self.deeper = 0  # tables below `MAX_DEPTH`, read as plain blocks
        self.blocks: list[Block] = []
        self.runs: list[tuple[str, str]] = []
        self.counts = Counter[str]()
        self.left = MAX_LINES

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag, outer = tag.lower(), self.stack[-1]
        if tag == "br" and not outer.aside:
            self.flush(blank=True)
        if tag in _BLOCKS:
            self.flush()
        mine = _Open(tag, outer.look, outer.style, outer.aside or self.is_aside(tag, attributes))
        self.stack.append(mine)
        if mine.aside:
            return
        named, css = attributes.get("class") or "", attributes.get("style") or ""
        marks = {_LOOKS[tag]} if tag in _LOOKS else set()
        marks |= {BOLD} if _WEIGHT.search(css) else set()
        if tag in _BLOCKS:
            mine.style = named or outer.style
        else:
            marks |= {f"{name}={value}" for name, value in (("class", named), ("color", attributes.get("color"))) if value}
        mine.look = outer.look | marks
        self.open_table(tag, attributes)

    def is_aside(self, tag: str, attributes: dict[str, str]) -> bool:
        """Tell whether an element holds no words of the text; count what a reader should know of."""
        css = attributes.get("style") or ""
        if self.stack[-1].aside:
            return True
        if tag == "del":
            self.counts["transcripts.tracked"] += 1
        elif tag == "ins":
            self.counts["transcripts.tracked"] += 1
            return False
        elif "hidden" in attributes or _HIDDEN.search(css):
            self.counts["office.hidden"] += 1
        elif found := _NOTE.search(css):
            self.counts["transcripts.comments" if found["kind"].lower() == "comment" else "transcripts.left_out"] += 1
        elif _NOTE_ID.fullmatch(attributes.get("id") or ""):
            self.counts["transcripts.left_out"] += 1
        else:
            return tag in _ASIDE or _REFERENCE.search(attributes.get("class") or "") is not None
        return True

    def end(self, tag: str) -> None:
        tag = tag.lower()
        if tag in _BLOCKS:
            self.flush()
        closed = self.stack.pop() if len(self.stack) > 1 else _Open(tag)
        if not closed.aside:
            self.close_table(tag)

    def data(self, words: str) -> None:
        inside = self.stack[-1]
        if inside.aside:
            return
        look = " ".join(sorted(inside.look))
        if any(one.tag == "pre" for one in self.stack[-3:]):
            first, *lines = words.split("\n")
            self.runs.append((look, first))
            for line in lines:
                self.flush(blank=True)
                self.runs.append((look, line))
        else:
            self.runs.append((look, _SPACES.sub(" ", words)))

    def close(self) -> None:
        self.flush()

    def flush(self, blank: bool = False) -> None:
        """End the paragraph; `blank`: also one without words, which a line break makes."""
        made = paragraph(self.runs, self.stack[-1].style)
        self.runs = []
        if blank or made.text.strip(" "):
            grid = self.grids[-1] if self.grids else None
            target = self.blocks if grid is None else grid.cell
            if target is None:  # between cells
                target = self.blocks
            target.append(_trimmed(made))
            self.left -= 1
            if self.left < 0:
                raise _TooMany

    def open_table(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            if len(self.grids) < MAX_DEPTH:
                if self.grids:
                    self.grids[-1].frames = True
                self.grids.append(_Grid())
            else:
                self.deeper += 1
        elif not self.grids or self.deeper:
            return
        grid = self.grids[-1] if self.grids else _Grid()
        if tag == "tr":
            grid.rows.append([])
        elif tag in ("td", "th"):
            if not grid.rows:
                grid.rows.append([])
            row = grid.rows[-1]
            _fill(row, grid.spans)
            grid.cell = []
            row.append(grid.cell)
            across, down = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
            for at in range(len(row) - 1, len(row) - 1 + across):
                if down > 1:
                    grid.spans[at] = down - 1
            row += [[] for _ in range(min(across, MAX_COLUMNS - len(row)) - 1)]

    def close_table(self, tag: str) -> None:
        if not self.grids:
            return
        if self.deeper:
            self.deeper -= tag == "table"
        elif tag in ("td", "th"):
            self.grids[-1].cell = None
        elif tag == "table":
            grid = self.grids.pop()
            target = self.grids[-1].cell if self.grids else None
            (self.blocks if target is None else target).extend(table([row for row in grid.rows if row], grid.frames))

    def finish(self) -> list[Block]:
        while self.grids:
            self.deeper = 0
            self.close_table("table")
        return self.blocks


def _fill(row: list[list[Block]], spans: dict[int, int]) -> None:
    """Add the cells of rows above that reach into this one."""
    while spans.get(len(row), 0) > 0 and len(row) < MAX_COLUMNS:
        spans[len(row)] -= 1
        row.append([])


def _span(value: str | None) -> int:
    return max(1, min(int(value), MAX_SPAN)) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1


def _trimmed(one: Paragraph) -> Paragraph:
    text = one.text.strip(" ")
    return Paragraph(text, one.lead.strip(" "), one.bold, one.style)
