"""Read the gold codes of the sample corpus: what was judged in each coded document, and which codes it carries."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import peerqual as pq

SAMPLE = Path(__file__).resolve().parents[1] / "corpus_sample"
HELD = ("E01_Kervandec", "G01")  # measured, and never learned from
Judged = tuple[int, int, frozenset[str]]


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of ``corpus_sample/gold``."""
    with open(SAMPLE / "gold" / f"{name}.csv", encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def judged(passes: int, codebook: str = "") -> dict[str, list[Judged]]:
    """Return the units of the documents that were coded `passes` times by `codebook`, with their codes (of two passes: as adjudicated)."""
    documents = {row["document"] for row in rows("coded_documents") if (int(row["passes"]), row["codebook"]) == (passes, codebook)}
    codes: defaultdict[tuple[str, int, int], set[str]] = defaultdict(set)
    for row in rows(f"codings_{codebook}" if codebook else "codings"):
        codes[row["document"], int(row["start"]), int(row["end"])].add(row["code"])
    made: defaultdict[str, list[Judged]] = defaultdict(list)
    for row in rows("units"):
        at = row["document"], int(row["start"]), int(row["end"])
        if at[0] in documents:
            made[at[0]].append((at[1], at[2], frozenset(codes[at])))
    return dict(made)


def development() -> dict[str, list[Judged]]:
    """Return what was judged in the documents of the main enquiry that models may learn from: coded twice, and not `HELD`."""
    return {document: units for document, units in judged(2).items() if document not in HELD}


def corpus() -> pq.Corpus:
    """Return the transcripts of the sample, with their participants."""
    return pq.read(SAMPLE / "transcripts", participants=SAMPLE / "participants.csv")
