"""Write a source of the sample corpus as a transcript, in one of the formats that researchers have."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime

from sample_source import Source

STAMP = (2020, 1, 1, 0, 0, 0)  # every date inside a Word file, so that the same source makes the same file
WORD_SECONDS, CUE_WORDS = 0.38, 28


def as_text(source: Source) -> bytes:
    """Header lines, then « Label : words »; also Markdown, whose front matter is the header."""
    header = "\n".join(line.text for line in source.header)
    return ("\n\n".join([header, *(p.text for p in source.body)]) + "\n").encode()


def as_word(source: Source) -> bytes:
    """A Word file in which the speaker is a bold run before the words."""
    document = _word(source)
    for p in source.body:
        label, words = p.turn
        line = document.add_paragraph()
        line.add_run(f"{label} : ").bold = True
        line.add_run(words)
    return _word_bytes(document)


def as_word_lines(source: Source) -> bytes:
    """A Word file in which the speaker stands on a line of its own."""
    document = _word(source)
    for p in source.body:
        for line in p.turn:
            document.add_paragraph(line)
    return _word_bytes(document)


def _word(source: Source):  # type: ignore[no-untyped-def]
    import docx

    document = docx.Document()
    core = document.core_properties
    core.author = core.last_modified_by = "peerqual"
    core.comments, core.title = "", "Corpus fictif"
    core.created = core.modified = datetime(*STAMP)
    for line in source.header:
        document.add_paragraph(line.text)
    document.add_paragraph("")
    return document


def _word_bytes(document) -> bytes:  # type: ignore[no-untyped-def]
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, STAMP), old.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def as_srt(source: Source) -> bytes:
    """SubRip: the header is the first cue, a turn's first cue begins with « LABEL: »."""
    cues = [(0.0, 4.0, "\n".join(line.text for line in source.header))]
    cues += [(start, end, f"{label}: {words}" if first else words) for start, end, label, words, first in _cues(source)]
    blocks = (f"{n}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{words}\n" for n, (start, end, words) in enumerate(cues, 1))
    return "\n".join(blocks).encode()


def as_vtt(source: Source) -> bytes:
    """WebVTT: the header is a NOTE, every cue names its voice."""
    note = "NOTE\n" + "\n".join(line.text for line in source.header) + "\n"
    cues = (f"{_clock(start, '.')} --> {_clock(end, '.')}\n<v {label}>{words}\n" for start, end, label, words, _ in _cues(source))
    return "\n".join(["WEBVTT\n", note, *cues]).encode()


def _cues(source: Source) -> Iterator[tuple[float, float, str, str, bool]]:
    clock = 5.0
    for p in source.body:
        label, words = p.turn
        for n, part in enumerate(_parts(words)):
            end = clock + WORD_SECONDS * len(part.split()) + 0.3
            yield clock, end, label, part, n == 0
            clock = end + 0.2


def _parts(words: str) -> list[str]:
    parts = [""]
    for sentence in re.split(r"(?<=[.!?…])\s+(?=\S)", words):
        if parts[-1] and len(parts[-1].split()) + len(sentence.split()) > CUE_WORDS:
            parts.append("")
        parts[-1] = f"{parts[-1]} {sentence}".strip()
    return parts


def _clock(seconds: float, mark: str) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}{mark}{rest % 1000:03d}"


FORMATS: dict[str, tuple[str, Callable[[Source], bytes]]] = {
    "E01_Kervandec": (".txt", as_text),
    "E02_entretien": (".docx", as_word),
    "E03": (".srt", as_srt),
    "E04": (".vtt", as_vtt),
    "G01": (".txt", as_text),
    "N01": (".md", as_text),
    "P01_Ollivaud": (".docx", as_word_lines),
}
