"""Make the sample corpus and its gold from the marked sources in ``tools/sample``.

``python tools/build_sample.py`` writes ``corpus_sample/transcripts`` and ``corpus_sample/gold``; with ``--check`` it compares and writes nothing.
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
import zipfile
from pathlib import Path

from sample_formats import form
from sample_source import Paragraph, SampleError, Source, read_source

import peerqual as pq
from peerqual.language.sentences import split

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tools" / "sample"
SAMPLE = ROOT / "corpus_sample"
ARCHIVES = {".docx": "word/document.xml", ".odt": "content.xml"}


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
        elif form(name)[0] not in (".srt", ".vtt"):
            raise SampleError(f"{name}: header line not found: {p.text!r}")
    at = len(target) - len(body)
    for p in source.body:
        length = len(_squeeze(p.text)[0])
        aligned.append((p, places[at : at + length]))
        at += length
    return aligned


def gold(source: Source, text: str, name: str) -> tuple[list[tuple], list[tuple]]:
    """Return the rows of identifiers and of codings of one document."""
    identifiers, codings = [], []
    for p, places in align(source, text, name):

        def row(start: int, end: int, *values: str, p: Paragraph = p, places: list[int] = places) -> tuple:
            before = len(_squeeze(p.text[:start])[0])
            inside = len(_squeeze(p.text[start:end])[0])
            first, last = places[before], places[before + inside - 1] + 1
            if _squeeze(text[first:last])[0] != _squeeze(p.text[start:end])[0]:
                raise SampleError(f"{name}: cannot align {p.text[start:end]!r}")
            return (name, first, last, *values, text[first:last])

        identifiers += [row(start, end, label) for start, end, label in p.identifiers]
        codings += [row(sentence_start(p, end, name), end, code, polarity) for end, code, polarity in p.codes]
    return identifiers, codings


def sentence_start(p: Paragraph, end: int, name: str) -> int:
    """Return where the sentence (in a turn of several lines: the line) that ends at `end` begins."""
    words = p.turn[1]
    words_at = len(p.text) - len(words)
    for start, stop in [line.span() for line in re.finditer(r"[^\n]+", words)] if "\n" in words else split(words):
        if words_at + stop == end:
            return words_at + start
    raise SampleError(f"{name}: a code does not stand at the end of a sentence: {p.text[max(0, end - 40) : end]!r}")


def build(folder: Path) -> None:
    """Write transcripts and gold under `folder`."""
    for part in ("transcripts", "gold"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    sources = {path.stem: read_source(path) for path in sorted(SOURCES.glob("*.txt"))}
    identifiers, codings = [], []
    for name, source in sources.items():
        suffix, write = form(name)
        path = folder / "transcripts" / f"{name}{suffix}"
        path.write_bytes(write(source))
        rows = gold(source, pq.read(path)[0].text, name)
        identifiers += rows[0]
        codings += rows[1]
    _table(folder / "gold" / "identifiers.csv", "document,start,end,label,text", identifiers)
    _table(folder / "gold" / "codings.csv", "document,start,end,code,polarity,text", codings)


def _table(path: Path, columns: str, rows: list[tuple]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([columns.split(","), *rows])


def content(path: Path) -> object:
    """Return what makes two files the same: the words of an archive (.docx, .odt), whatever library compressed it; any other file's bytes."""
    if path.suffix not in ARCHIVES:
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return archive.read(ARCHIVES[path.suffix])


def differences(built: Path, there: Path) -> list[str]:
    """Return the names of files that are missing, left over, or not the same."""
    names = {p.relative_to(folder) for folder in (built, there) for part in ("transcripts", "gold") for p in (folder / part).glob("*")}
    pairs = ((name, built / name, there / name) for name in sorted(names))
    return [str(name) for name, a, b in pairs if not (a.exists() and b.exists() and content(a) == content(b))]


def main() -> int:
    """Build into a folder aside, then compare, or replace what differs."""
    with tempfile.TemporaryDirectory() as aside:
        try:
            build(Path(aside))
        except SampleError as error:
            print(error, file=sys.stderr)
            return 1
        changed = differences(Path(aside), SAMPLE)
        if "--check" in sys.argv:
            print("\n".join(f"not as its source makes it: {name}" for name in changed) or "corpus_sample is as its sources make it")
            return 1 if changed else 0
        for name in changed:
            (SAMPLE / name).parent.mkdir(parents=True, exist_ok=True)
            if (Path(aside) / name).exists():
                (SAMPLE / name).write_bytes((Path(aside) / name).read_bytes())
            else:
                (SAMPLE / name).unlink()
        print("\n".join(f"written: {name}" for name in changed) or "nothing to write")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
