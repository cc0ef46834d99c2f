"""Make the sample corpus and its gold from the marked sources in ``tools/sample``.

``python tools/build_sample.py`` writes ``corpus_sample/transcripts`` and ``corpus_sample/gold``; with ``--check`` it compares and writes nothing.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from sample_formats import form
from sample_gold import Gold, Row
from sample_source import SampleError, read_source

import peerqual as pq

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tools" / "sample"
PLACE = ("document", "start", "end")
SAMPLE = ROOT / "corpus_sample"
ARCHIVES = {".docx": "word/document.xml", ".odt": "content.xml"}


def build(folder: Path) -> None:
    """Write transcripts and gold under `folder`."""
    for part in ("transcripts", "gold"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    golds = [_transcribed(path, folder / "transcripts") for path in sorted(SOURCES.glob("*.txt"))]
    passes = {name: {path.stem: path for path in (SOURCES / "passes" / name).glob("*.codes")} for name in "ab"}
    coded = [gold for gold in golds if any(p.codes for p in gold.source.body)]
    made = {
        "identifiers": (*PLACE, "label"),
        "codings": (*PLACE, "code", "polarity"),
        "units": PLACE,
        "pass_a": (*PLACE, "code", "polarity"),
        "pass_b": (*PLACE, "code", "polarity"),
        "variables": (*PLACE, "variable", "answer"),
    }
    rows: dict[str, list[Row]] = {
        "identifiers": [row for gold in golds for row in gold.identifiers()],
        "codings": [row for gold in coded for row in gold.codings()],
        "units": [row for gold in coded for row in gold.units()],
        **{f"pass_{name}": [row for gold in golds if gold.name in files for row in gold.coded(files[gold.name])] for name, files in passes.items()},
        "variables": [row for gold in golds if _answers(gold).exists() for row in gold.answers(_answers(gold))],
    }
    for name, columns in made.items():
        _table(folder / "gold" / f"{name}.csv", (*columns, "text"), rows[name])
    judged = [(gold.name, 2 if gold.name in passes["a"] else 1, len(gold.units())) for gold in coded]
    _table(folder / "gold" / "coded_documents.csv", ("document", "passes", "units"), judged)


def _transcribed(path: Path, folder: Path) -> Gold:
    """Write the transcript that the source in `path` makes; return its gold."""
    source, (suffix, write) = read_source(path), form(path.stem)
    transcript = folder / f"{path.stem}{suffix}"
    transcript.write_bytes(write(source))
    return Gold(source, pq.read(transcript)[0].text, path.stem, _asking(path.stem))


def _asking(document: str) -> frozenset[str]:
    with open(SAMPLE / "participants.csv", encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        return frozenset(row["speaker"] for row in rows if row["document"] == document and row["role"] == "interviewer")


def _answers(gold: Gold) -> Path:
    return SOURCES / "variables" / f"{gold.name.partition('_')[0]}.tsv"


def _table(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([columns, *rows])


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
