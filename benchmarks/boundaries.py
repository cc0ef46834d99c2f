"""Sentences of speech without punctuation against marked lines of another hand: F1 of the boundaries, at the exact word.

python benchmarks/boundaries.py             the lines that the weights were fitted on: no estimate (that is tools/build_boundaries.py --check)
python benchmarks/boundaries.py --closed    the lines that are opened at the end; only this figure leaves them
"""

from __future__ import annotations

import sys
from pathlib import Path

from peerqual.language.sentences import split

DATA = Path(__file__).parent.parent / "tests" / "language" / "data"


def score(lines: list[str]) -> float:
    """Return the F1 of the boundaries inside `lines`, whose gold is « | »."""
    right = told = 0
    for line in lines:
        parts = [part.strip() for part in line.split("|")]
        gold = {sum(len(part) + 1 for part in parts[:i]) for i in range(1, len(parts))}
        found = {start for start, _ in split(" ".join(parts))[1:]}
        right, told = right + len(gold & found), told + len(gold) + len(found)
    return 2 * right / told


def main() -> None:
    part = "closed" if "--closed" in sys.argv else "dev"
    text = (DATA / f"boundaries_{part}.txt").read_text(encoding="utf-8")
    print(f"{part}: F1 {score([line for line in text.splitlines() if line and not line.startswith('#')]):.3f}")


if __name__ == "__main__":
    main()
