"""Sentences of speech without punctuation against marked lines of other hands: precision, recall and F1 of the boundaries, at the exact word.

python benchmarks/boundaries.py             the lines that the weights were fitted on: no estimate (that is tools/build_boundaries.py --check)
python benchmarks/boundaries.py --closed    the lines that are never read; only these figures leave them
"""

from __future__ import annotations

import sys
from pathlib import Path

from peerqual.language.sentences import split

DATA = Path(__file__).parent.parent / "tests" / "language" / "data"


def read(name: str) -> list[str]:
    """Return the marked lines of the file `name` of the tests."""
    return [line for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]


def score(lines: list[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the boundaries inside `lines`, whose gold is « | »."""
    right = told = marked = 0
    for line in lines:
        parts = [part.strip() for part in line.split("|")]
        gold = {sum(len(part) + 1 for part in parts[:i]) for i in range(1, len(parts))}
        found = {start for start, _ in split(" ".join(parts))[1:]}
        right, told, marked = right + len(gold & found), told + len(found), marked + len(gold)
    return right / told, right / marked, 2 * right / (told + marked)


def main() -> None:
    """Tell the figures of each hand's lines."""
    names = ("closed", "closed2") if "--closed" in sys.argv else ("dev", "dev2", "dev3")
    for name in (f"boundaries_{part}" for part in names):
        precision, recall, f1 = score(read(name))
        print(f"{name}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


if __name__ == "__main__":
    main()
