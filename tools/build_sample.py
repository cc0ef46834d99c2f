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
from sample_places import Gold, Row
from sample_source import SampleError, read_source

import peerqual as pq
from peerqual.coding.tables import codings_table
from peerqual.model import Coding

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tools" / "sample"
SAMPLE = ROOT / "corpus_sample"
PLACE = ("document", "start", "end")
SECOND = "professionnels"  # the codebook of the second enquiry
ARCHIVES = {".docx": "word/document.xml", ".odt": "content.xml"}


def build(folder: Path) -> None:
    """Write transcripts and gold under `folder`."""
    for part in ("transcripts", "gold"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    sources = {path.stem: read_source(path) for path in sorted(SOURCES.glob("*.txt"))}
    for name, source in sources.items():
        suffix, write = form(name)
        (folder / "transcripts" / f"{name}{suffix}").write_bytes(write(source))
    corpus = pq.read(folder / "transcripts", participants=SAMPLE / "participants.csv")
    golds = [Gold(sources[transcript.id], transcript) for transcript in corpus]
    for name, (columns, rows) in tables(golds).items():
        with open(folder / "gold" / f"{name}.csv", "w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows([columns, *rows])
    for name, rows in codings(golds).items():
        made = (Coding(*place, code, "person", "", 1.0, polarity, status="added") for *place, code, polarity, _ in rows)
        codings_table(made, corpus).to_csv(folder / "gold" / f"{name}.csv", index=False, lineterminator="\n")


def tables(golds: Sequence[Gold]) -> dict[str, tuple[Row, list[Row]]]:
    """Return the columns and the rows of each table of places."""
    coded = [gold for gold in golds if _codings(gold)]
    answered = [(gold, path) for gold in golds if (path := SOURCES / "variables" / f"{gold.short}.tsv").exists()]
    return {
        "identifiers": ((*PLACE, "label", "text"), [row for gold in golds for row in gold.identifiers()]),
        "units": ((*PLACE, "text"), [row for gold in coded for row in gold.units()]),
        "coded_documents": (
            ("document", "passes", "units", "codebook"),
            [(gold.name, 1 + (gold.name in _pass("b")), len(gold.units()), book(gold)) for gold in coded],
        ),
        "variables": ((*PLACE, "variable", "answer", "text"), [row for gold, path in answered for row in gold.answers(path)]),
    }


def codings(golds: Sequence[Gold]) -> dict[str, list[Row]]:
    """Return the codings that were kept, and those of each of the two passes, apart for each codebook."""
    found = {}
    for name in ("", SECOND):
        mine, end = [gold for gold in golds if book(gold) == name], f"_{name}" if name else ""
        found[f"codings{end}"] = [row for gold in mine for row in _codings(gold)]
        for annotator in "ab":
            files = _pass(annotator)
            found[f"pass_{annotator}{end}"] = [row for gold in mine if gold.name in files for row in gold.coded(files[gold.name])]
    return found


def book(gold: Gold) -> str:
    """Return the codebook that a document was coded by ("": the one in the package)."""
    return SECOND if gold.name.startswith("P") else ""


def _codings(gold: Gold) -> list[Row]:
    return gold.codings(_pass("settled").get(gold.name))


def _pass(name: str) -> dict[str, Path]:
    return {path.stem: path for path in (SOURCES / "passes" / name).glob("*.codes")}


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
