"""What .srt and .vtt share when they are written back: each line of a cue is tags, entities and words, and only words change."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from ..decoding import load_text
from ..subtitles import captions_in
from .pieces import Source
from .rewrite import Rewrite

# What the reader takes for a tag, and for an entity.
_PART = re.compile(r"(?P<tag></?[a-zA-Z0-9:.][^<>]{0,120}>|\{\\[^{}]{1,40}\})|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,32});?)")


def captions_of(rewrite: Rewrite, form: str) -> Any:
    """Return the captions of the source, as its reader parses them."""
    text, _ = load_text(rewrite.path)
    return captions_in(text, form)


class Cue:
    """The lines of a cue, each a list of tags (already rewritten), entities and words."""

    def __init__(self, lines: list[str], tag: Callable[[str], str], escape: Callable[[str], str]) -> None:
        self.lines = [list(_parts(line, tag)) for line in lines]
        self.escape = escape

    def add_to(self, source: Source, unit: int) -> int:
        """Add the words to `source`, a unit a line from number `unit` on; return the number after."""
        for line in self.lines:
            for at, (kind, raw) in enumerate(line):
                if kind != "tag":
                    source.add(html.unescape(raw), _putter(line, at, self.escape), unit)
            unit += 1
        return unit

    def text(self) -> list[str]:
        """Return the lines that are not empty."""
        return [made for line in self.lines if (made := "".join(raw for _, raw in line)).strip()]


def _putter(line: list[tuple[str, str]], at: int, escape: Callable[[str], str]) -> Callable[[str], None]:
    def put(text: str) -> None:
        line[at] = ("words", escape(text))

    return put


def _parts(line: str, tag: Callable[[str], str]) -> list[tuple[str, str]]:
    parts, at = [], 0
    for found in _PART.finditer(line):
        parts.append(("words", line[at : found.start()]))
        parts.append(("tag", tag(found[0])) if found["tag"] else ("entity", found[0]))
        at = found.end()
    return [part for part in [*parts, ("words", line[at:])] if part[1]]
