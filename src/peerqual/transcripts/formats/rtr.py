"""Sonal 2 (.rtr): extracts between two lines ``::SECONDS::THEMES``, in them ``[>Speaker]`` and points of synchronisation ``[12,5]``.

Source: A. Alber, Sonal: what Sonal Pi reads when it converts a corpus of Sonal 2 (`convertRtrToSonal`), and sonal-info.com, « Fonctionnement ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...errors import ReadError
from ...model import Transcript
from ..bounds import load_text
from ..building import Said
from ..segments import finished, turns
from ..timecodes import seconds

_EXTRACT = re.compile(r"::[ \t]*(?P<at>\d{1,7}(?:[.,]\d{1,9})?)[ \t]*::")
_MARK = re.compile(r"\[>(?P<speaker>[^\[\]\n]{1,80})\]:?|\[(?P<at>\d{1,7}(?:[.,]\d{1,9})?)\]")


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .rtr file. Raises `ReadError` when it has no extract of Sonal, or no words."""
    text, doubts = load_text(path)
    extracts = list(_extracts(text))
    if not extracts:
        raise ReadError("readers.other_kind", where=path, kind="Sonal")
    said = [one for number, start, end, words in extracts for one in _said(number, start, end, words)]
    return finished(path, {"Notes": _notes(text)}, turns(said), doubts, material)


def _notes(text: str) -> str:
    start = text.find("<|OBS|")
    end = text.find(">|OBS|", start)
    return text[text.find("\n", start) : end] if 0 <= start < end else ""


def _extracts(text: str) -> Iterator[tuple[int, float | None, float | None, str]]:
    """Yield the line, the times and the words of each extract; a line of marks opens it, the next one closes it."""
    opened: tuple[int, float | None] | None = None
    parts: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if mark := _EXTRACT.match(line):
            if opened:
                yield *opened, seconds(mark["at"]), "\n".join(parts)
            opened, parts = (None if opened else (number + 1, seconds(mark["at"]))), []
        elif opened:
            parts.append(line)
    if opened:
        yield *opened, None, "\n".join(parts)


def _said(line: int, start: float | None, end: float | None, text: str) -> Iterator[Said]:
    speaker, now, at = "", start, 0
    for mark in _MARK.finditer(text):
        words = text[at : mark.start()]
        yield Said(speaker, words, (now, None), line)
        speaker = mark["speaker"] or speaker
        now = seconds(mark["at"]) if mark["at"] else None if words.strip() else now
        line += words.count("\n")
        at = mark.end()
    yield Said(speaker, text[at:], (now, end), line)
