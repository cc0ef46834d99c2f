"""What was marked in the sources of the sample corpus, as places in the transcripts: identifiers, codings, passes, answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sample_formats import form
from sample_source import Paragraph, SampleError, Source

from peerqual.language.sentences import split
from peerqual.model import Transcript

Row = tuple[object, ...]
NO_HEADER = (".srt", ".vtt")  # where a line of the header may be missing among the words


def _squeeze(text: str) -> tuple[str, list[int]]:
    places = [i for i, character in enumerate(text) if not character.isspace()]
    return "".join(text[i] for i in places), places


def align(source: Source, text: str, name: str) -> list[tuple[Paragraph, list[int]]]:
    """Give each paragraph the place in `text` of each of its characters that is no space.

    The paragraphs must stand in `text` one after the other, to the character but for spaces, and nothing after them.
    A header's line may be missing where the format keeps it out of the words (subtitles).
    """
    target, places = _squeeze(text)
    body = "".join(_squeeze(p.text)[0] for p in source.body)
    if not target.endswith(body):
        at = next((i for i, (a, b) in enumerate(zip(reversed(body), reversed(target), strict=False)) if a != b), 0)
        raise SampleError(f"{name}: the transcript as read is not the source, near {body[len(body) - at - 40 : len(body) - at]!r}")
    aligned, at = [], 0
    for p in source.header:
        line = _squeeze(p.text)[0]
        found = target.find(line, at, len(target) - len(body))
        if found >= 0:
            at = found + len(line)
            aligned.append((p, places[found:at]))
        elif form(name)[0] not in NO_HEADER:
            raise SampleError(f"{name}: header line not found: {p.text!r}")
    at = len(target) - len(body)
    for p in source.body:
        length = len(_squeeze(p.text)[0])
        aligned.append((p, places[at : at + length]))
        at += length
    return aligned


def units(p: Paragraph) -> list[tuple[int, int]]:
    """Return the sentences of a turn as places in its paragraph; where speech recognition wrote several lines, the lines."""
    words = p.turn[1]
    words_at = len(p.text) - len(words)
    spans = [line.span() for line in re.finditer(r"[^\n]+", words)] if "\n" in words else split(words)
    return [(words_at + start, words_at + end) for start, end in spans]


@dataclass(frozen=True)
class Gold:
    """The gold of one document: rows of tables that begin with document, start, end."""

    source: Source
    transcript: Transcript

    @property
    def name(self) -> str:
        """The document's name."""
        return self.transcript.id

    @property
    def short(self) -> str:
        """The document's number: « P01 » of « P01_Ollivaud »."""
        return self.name.partition("_")[0]

    @cached_property
    def aligned(self) -> list[tuple[Paragraph, list[int]]]:
        """The paragraphs and where their characters stand."""
        return align(self.source, self.transcript.text, self.name)

    def row(self, p: Paragraph, places: list[int], start: int, end: int, *values: str) -> Row:
        """Return a row for ``p.text[start:end]``, the words as they stand in the transcript last."""
        text = self.transcript.text
        before = len(_squeeze(p.text[:start])[0])
        inside = len(_squeeze(p.text[start:end])[0])
        first, last = places[before], places[before + inside - 1] + 1
        if _squeeze(text[first:last])[0] != _squeeze(p.text[start:end])[0]:
            raise SampleError(f"{self.name}: cannot align {p.text[start:end]!r}")
        return (self.name, first, last, *values, text[first:last])

    def identifiers(self) -> list[Row]:
        """Document, start, end, label, text."""
        return [self.row(p, places, *one) for p, places in self.aligned for one in p.identifiers]

    def codings(self, settled: Path | None = None) -> list[Row]:
        """Document, start, end, code, polarity, text: marked in the source, or `settled`, a file as the passes' (see `coded`)."""
        if settled is not None:
            return list(self.coded(settled))
        return [self.row(p, places, self._start(p, end), end, code, sign) for p, places in self.aligned for end, code, sign in p.codes]

    def _start(self, p: Paragraph, end: int) -> int:
        for start, stop in units(p):
            if stop == end:
                return start
        raise SampleError(f"{self.name}: a code does not stand at the end of a sentence: {p.text[max(0, end - 40) : end]!r}")

    def units(self) -> list[Row]:
        """Document, start, end, text of each sentence that was judged: those of whoever does not ask; of field notes, all."""
        if self.transcript.material == "field_notes":
            text, turns = self.transcript.text, self.transcript.turns
            places_ = [(turn.start + a, turn.start + b) for turn in turns for a, b in split(text[turn.start : turn.end])]
            return [(self.name, start, end, text[start:end]) for start, end in places_]
        asking = {turn.speaker for turn in self.transcript.turns if turn.role == "interviewer"}
        bodies = self.aligned[-len(self.source.body) :]
        return [self.row(p, places, *span) for p, places in bodies if p.turn[0] not in asking for span in units(p)]

    def coded(self, path: Path) -> Iterator[Row]:
        """Document, start, end, code, polarity, text of one annotator's pass: a file of ``number TAB codes``, sentences counted from 1."""
        lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        judged = self.units()
        if lines[-1] != ["end", str(len(judged))]:
            raise SampleError(f"{path}: ends with {lines[-1]}, and {self.name} has {len(judged)} sentences")
        for number, codes in lines[:-1]:
            *place, text = judged[int(number) - 1]
            yield from ((*place, code.rstrip("-"), "-" if code.endswith("-") else "+", text) for code in codes.split())

    def answers(self, path: Path) -> Iterator[Row]:
        """Document, start, end, variable, answer, text: a file of ``variable TAB answer TAB words`` that some turn holds."""
        for line in path.read_text(encoding="utf-8").splitlines():
            variable, answer, words = line.split("\t")
            wanted = re.compile(r"\s+".join(map(re.escape, words.split())))
            found = next(((p, places, span) for p, places in reversed(self.aligned) if (span := wanted.search(p.text))), None)
            if found is None:
                raise SampleError(f"{path}: no turn of {self.name} holds {words!r}")
            p, places, span = found
            yield self.row(p, places, *span.span(), variable, answer)
