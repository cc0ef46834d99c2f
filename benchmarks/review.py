"""Count the rows of the review table per 10,000 words: on the measuring sets of interviews and testimonies, and on the sample. Counts only.

python benchmarks/review.py [--shared ../shared]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import peerqual as pq

ROOT = Path(__file__).resolve().parents[1]


def count(folder: Path) -> str:
    corpus = pq.read(folder)
    words = sum(len(transcript.text.split()) for transcript in corpus)
    with tempfile.TemporaryDirectory() as private:
        table = pq.review_names(corpus, key=pq.Key.create(Path(private) / "k.key", passphrase="no secret"))
    doubtful, rows = int((table["tier"] == "review").sum()), len(table)
    return f"| {words} | {int(table['count'].sum())} | {rows} | {doubtful} | {rows / words * 10_000:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared
    sets = {name: shared / "eval" / name / "docs" for name in ("interviews", "testimonies")}
    print("| set | words | mentions | rows | of them doubtful | rows per 10,000 words |\n|---|---|---|---|---|---|")
    for name, folder in (sets | {"corpus_sample": ROOT / "corpus_sample" / "transcripts"}).items():
        print(f"| {name} {count(folder)}")


if __name__ == "__main__":
    main()
