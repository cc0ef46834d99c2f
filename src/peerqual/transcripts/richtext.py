"""The inside of an RTF file, token by token: words with their look, tables, what is hidden, deleted or beside the text.

Source: Microsoft, Rich Text Format (RTF) Specification, version 1.9.1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import ReadError
from ..model import Doubt
from .blocks import MAX_LINES, Block, Paragraph, paragraph, table
from .decoding import MAX_TEXT
from .rtfwords import ASIDE, CHARSETS, COUNTED, KEPT, LOOKS, MARKS, SYMBOLS, encoding_of

MAX_TOKENS = 1_000_000  # an interview has some hundred thousand

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>.)"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}]+)|\\",
    re.DOTALL,
)
_LONG = 4096
_LINE_ENDS = {10: None, 13: None}  # which are no words


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits: its look, whether its words count, how many characters follow one in Unicode, its font and style."""

    marks: frozenset[str] = frozenset()
    aside: str = ""  # the group that takes these words out of the text
    hidden: bool = False
    deleted: bool = False
    skip: int = 1
    font: int = 0
    style: int = 0
    in_table: bool = False


def read_rtf(path: Path, data: bytes) -> tuple[list[Block], list[Doubt]]:
    """Return the paragraphs and tables of the RTF file in `data`, and doubts on what was left out. Raises `ReadError` when it is none."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ReadError("office.not_rtf", where=path)
    reader = _Reader()
    text, at = data.decode("latin-1"), 0
    for _ in range(MAX_TOKENS):
        found = _TOKEN.match(text, at)
        if found is None:
            break
        at = found.end() + reader.take(found)
        if len(reader.blocks) > MAX_LINES or reader.left < 0:
            raise ReadError("office.too_full", where=path)
    else:
        raise ReadError("office.too_full", where=path)
    return reader.finish(), [Doubt(0, name, {"n": n}) for name, n in reader.counts.items() if n]


class _Reader:
    """Takes tokens, makes blocks."""

    def __init__(self) -> None:
        self.state, self.stack = _State(), list[_State]()
        self.encoding = "cp1252"
        self.fonts: dict[int, str] = {}
        self.styles: dict[int, str] = {}
        self.names: list[str] = []  # of the style that is being read
        self.starred = False
        self.opening = False  # right after a brace, where a destination is named
        self.to_skip = 0
        self.high = bytearray()  # bytes that wait for their encoding
        self.left = MAX_TEXT  # characters of words that may still come
        self.runs: list[tuple[str, str]] = []
        self.cell: list[Paragraph] = []
        self.row: list[tuple[Paragraph, ...]] = []
        self.rows: list[tuple[tuple[Paragraph, ...], ...]] = []
        self.blocks: list[Block] = []
        self.counts = Counter[str]()
        self.was_hidden = False

    def take(self, found: re.Match[str]) -> int:
        """Take one token; return how many characters after it are binary."""
        if found["hex"]:
            if self.to_skip:
                self.to_skip -= 1
            else:
                self.high += bytes.fromhex(found["hex"])
            return 0
        self.flush()
        if found["text"]:
            if not self.text(found["text"]):
                return 0
        elif found["brace"]:
            self.brace(found["brace"])
            return 0
        elif found["symbol"]:
            self.symbol(found["symbol"])
        elif found["word"]:
            number = int(found["number"]) if found["number"] else None
            if found["word"] == "bin":
                return max(0, number or 0)
            self.word(found["word"], number)
        self.opening = self.opening and found["symbol"] == "*"
        return 0

    def flush(self) -> None:
        """Decode the bytes that were written as « \\'e9 », in the encoding of the font."""
        if self.high:
            self.add(self.high.decode(self.fonts.get(self.state.font, self.encoding), "replace"))
            self.high.clear()

    def text(self, raw: str) -> bool:
        """Take text as it stands in the file; tell whether there is more in it than line ends."""
        if self.state.aside and not self.to_skip and len(raw) > _LONG:
            return True  # a picture
        self.left -= len(raw)
        if self.left < 0:
            return True
        raw = raw.translate(_LINE_ENDS)
        if not raw:
            return False
        skipped = min(self.to_skip, len(raw))
        self.to_skip -= skipped
        raw = raw[skipped:]
        if not raw.isascii():
            data = raw.encode("latin-1")
            try:
                raw = data.decode("utf-8")
            except UnicodeDecodeError:
                raw = data.decode(self.encoding, "replace")
        self.add(raw)
        return True

    def add(self, words: str) -> None:
        """Add words to the paragraph, or to where the group leads them."""
        state = self.state
        if state.aside == "stylesheet":
            self.names.append(words)
        if state.aside or not words:
            return
        if state.hidden and not state.deleted:
            self.counts["office.hidden"] += not self.was_hidden
        elif not state.deleted:
            self.runs.append((" ".join(sorted(state.marks)), words))
        self.was_hidden = state.hidden

    def brace(self, brace: str) -> None:
        self.to_skip = 0
        if brace == "{":
            self.stack.append(self.state)
            self.opening, self.starred = True, False
            return
        if self.state.aside == "stylesheet" and self.names:
            self.styles.setdefault(self.state.style, "".join(self.names).strip().rstrip(";"))
            self.names = []
        self.state = self.stack.pop() if self.stack else _State()
        self.opening = self.starred = False

    def symbol(self, symbol: str) -> None:
        if symbol == "*":
            self.starred = self.opening
        elif symbol in SYMBOLS:
            self.add(SYMBOLS[symbol])
        elif symbol in "\r\n":
            self.paragraph()

    def word(self, word: str, number: int | None) -> None:
        if self.opening:
            self.destination(word)
        if word in _ACTIONS:
            _ACTIONS[word](self, number)
        elif word in MARKS:
            self.add(MARKS[word])
        elif word in LOOKS or word in ("cf", "cs", "ulnone"):
            self.look(word, number)

    def destination(self, word: str) -> None:
        """A group that begins with `word`: beside the text, or in it."""
        if word in COUNTED and self.state.aside != "shprslt":
            self.counts[COUNTED[word]] += 1
        if word in KEPT and self.state.aside == "upr":
            self.state = replace(self.state, aside="")
        elif word == "upr" or word in ASIDE or (self.starred and word not in KEPT and word not in ("cs", "ts")):
            self.state = replace(self.state, aside=self.state.aside or word)

    def look(self, word: str, number: int | None) -> None:
        marks = self.state.marks
        if word == "ulnone":
            marks -= {"underlined"}
        elif word in LOOKS:
            marks = marks - {LOOKS[word]} if number == 0 else marks | {LOOKS[word]}
        else:
            marks = frozenset(mark for mark in marks if not mark.startswith(word)) | ({f"{word}{number}"} if number else frozenset())
        self.state = replace(self.state, marks=marks)

    def unicode(self, number: int | None) -> None:
        code = (number or 0) % 0x10000
        if 0xDC00 <= code < 0xE000 and self.runs and "\ud800" <= self.runs[-1][1][-1:] < "\udc00":
            look, words = self.runs.pop()
            self.runs.append((look, (words + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16")))
        else:
            self.add(chr(code))
        self.to_skip = self.state.skip

    def count_change(self, number: int | None) -> None:
        self.counts["transcripts.tracked"] += number != 0 and not self.state.aside

    def paragraph(self) -> None:
        if self.state.aside:
            return
        made = paragraph(self.runs, self.styles.get(self.state.style, ""))
        self.runs = []
        if self.state.in_table or self.row:
            self.cell.append(made)
        else:
            self.end_table()
            self.blocks.append(made)

    def end_cell(self) -> None:
        if self.runs or not self.cell:
            self.cell.append(paragraph(self.runs, self.styles.get(self.state.style, "")))
        self.row.append(tuple(self.cell))
        self.runs, self.cell = [], []

    def end_row(self) -> None:
        if self.row:
            self.rows.append(tuple(self.row))
        self.row = []

    def end_table(self) -> None:
        self.blocks += table(self.rows)
        self.rows = []

    def finish(self) -> list[Block]:
        self.flush()
        if self.cell or self.row:
            self.end_cell()
            self.end_row()
        self.end_table()
        if self.runs:
            self.blocks.append(paragraph(self.runs))
        return self.blocks


Action = Callable[[_Reader, int | None], None]


def _given(**values: object) -> Action:
    def action(reader: _Reader, number: int | None) -> None:
        reader.state = replace(reader.state, **values)  # type: ignore[arg-type]

    return action


def _number(name: str) -> Action:
    return lambda reader, number: _given(**{name: number or 0})(reader, number)


def _switch(name: str) -> Action:
    return lambda reader, number: _given(**{name: number != 0})(reader, number)


def _deleted(reader: _Reader, number: int | None) -> None:
    _switch("deleted")(reader, number)
    reader.count_change(number)


def _code_page(reader: _Reader, number: int | None) -> None:
    reader.encoding = encoding_of(number)


def _charset(reader: _Reader, number: int | None) -> None:
    if number in CHARSETS:
        reader.fonts[reader.state.font] = CHARSETS[number]


_ACTIONS: dict[str, Action] = {
    "par": lambda reader, _: reader.paragraph(),
    "sect": lambda reader, _: reader.paragraph(),
    "page": lambda reader, _: reader.paragraph(),
    "cell": lambda reader, _: None if reader.state.aside else reader.end_cell(),
    "row": lambda reader, _: None if reader.state.aside else reader.end_row(),
    "pard": _given(in_table=False, style=0),
    "plain": _given(marks=frozenset(), hidden=False, deleted=False),
    "intbl": _given(in_table=True),
    "v": _switch("hidden"),
    "deleted": _deleted,
    "revised": lambda reader, number: reader.count_change(number),
    "s": _number("style"),
    "f": _number("font"),
    "uc": _number("skip"),
    "u": lambda reader, number: reader.unicode(number),
    "ansicpg": _code_page,
    "mac": lambda reader, _: _code_page(reader, 10000),
    "fcharset": _charset,
}
