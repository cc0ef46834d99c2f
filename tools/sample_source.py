"""Read the marked sources of the sample corpus.

A source is header lines, a blank line, then one turn a paragraph, « Label : words » (field notes: paragraphs without labels).
Marks stand in the words: ``[[PER:Maëlle]]`` is an identifier; ``{{espoir,retablissement-}}`` after a sentence's last mark codes that sentence
(in a turn of several lines, as speech recognition writes them, that line); ``{+put in+}`` and ``{-taken out-}`` are tracked changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from peerqual.model import LABELS

MARK = re.compile(r"\[\[(?P<label>[A-Z]+):(?P<text>.+?)\]\]|\{\{(?P<codes>[a-z_,-]+)\}\}|\{\+(?P<added>.+?)\+\}|\{-(?P<deleted>.+?)-\}")
TURN = re.compile(r"(?P<label>.{1,40}?) : (?P<words>.+)", re.S)


class SampleError(Exception):
    """A source that cannot be read, or a mark that is not found again in the transcript."""


@dataclass(frozen=True)
class Paragraph:
    """A header line or a turn without its marks; offsets in `text`. `codes` are ``(end of the sentence, code, polarity)``.

    `changes` are tracked: ``(start, end, "")`` of words that were put in, ``(at, at, words)`` of words that were taken out.
    """

    text: str
    identifiers: tuple[tuple[int, int, str], ...]
    codes: tuple[tuple[int, str, str], ...]
    changes: tuple[tuple[int, int, str], ...] = ()

    @property
    def turn(self) -> tuple[str, str]:
        """The label and the words."""
        match = TURN.fullmatch(self.text)
        if not match:
            raise SampleError(f"no « Label : » in the paragraph that begins with {self.text[:40]!r}")
        return match["label"], match["words"]


@dataclass(frozen=True)
class Source:
    """A marked source: its header's lines and its paragraphs."""

    header: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]


def paragraph(marked: str) -> Paragraph:
    """Take the marks out of `marked`."""
    text, at, identifiers, codes, changes = "", 0, [], [], []
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark["codes"]:
            codes += [(len(text), code.rstrip("-"), "-" if code.endswith("-") else "+") for code in mark["codes"].split(",")]
            continue
        if mark["added"] or mark["deleted"]:
            changes.append((len(text), len(text) + len(mark["added"] or ""), mark["deleted"] or ""))
            text += mark["added"] or ""
            continue
        if mark["label"] not in LABELS:
            raise SampleError(f"unknown label {mark['label']}")
        identifiers.append((len(text), len(text) + len(mark["text"]), mark["label"]))
        text += mark["text"]
    text += marked[at:]
    if re.search(r"\[\[|\]\]|\{\{|\}\}|\{[+-]|[+-]\}", text):
        raise SampleError(f"a mark is not well formed in the paragraph that begins with {text[:40]!r}")
    return Paragraph(text, tuple(identifiers), tuple(codes), tuple(changes))


def read_source(path: Path) -> Source:
    """Read a marked source."""
    header, *body = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    return Source(tuple(map(paragraph, header.splitlines())), tuple(map(paragraph, body)))
