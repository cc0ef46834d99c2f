"""The modality of practices against passages judged by hand before the rules were written: accuracy, and F1 by modality.

python benchmarks/modality.py             the half that the rules were written on
python benchmarks/modality.py --closed    the half that was kept; only these figures leave it
python benchmarks/modality.py --errors    also the passages that go wrong (never with --closed)
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path

from peerqual.analysis.modalities import SCENES, modality_of
from peerqual.model import MODALITIES

DATA = Path(__file__).parent.parent / "tests" / "analysis" / "data"
Row = dict[str, str]


def marked(part: str) -> list[Row]:
    """Return the passages of ``modality_PART.tsv``."""
    with (DATA / f"modality_{part}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def found(row: Row) -> str:
    """Return the modality that the rules give."""
    return modality_of(row["text"], material=row["material"], code=row["codes"].split()[-1])


def by_material(row: Row) -> str:
    """Return what the material alone would say."""
    return "accompli" if row["material"] in SCENES else "rapporté"


def figures(rows: list[Row], give: Callable[[Row], str] = found) -> dict[str, float]:
    """Return the share of passages that `give` gives the modality of the gold (``accuracy``), and F1 by modality."""
    pairs = [(row["modality"], give(row)) for row in rows]

    def f1(name: str) -> float:
        told = sum((gold == name) + (got == name) for gold, got in pairs)
        return 2 * sum(gold == got == name for gold, got in pairs) / told if told else 1.0

    return {"accuracy": sum(gold == got for gold, got in pairs) / len(pairs), **{name: f1(name) for name in MODALITIES}}


def main() -> None:
    """Print the figures."""
    closed = "--closed" in sys.argv
    rows = marked("closed" if closed else "dev")
    if "--errors" in sys.argv and not closed:
        for row in rows:
            if found(row) != row["modality"]:
                print(f"{row['modality']}, not {found(row)} [{row['material']}, {row['codes']}] {row['text']}")
    for source in ("", "sample", "bank", "bank+"):
        part = [row for row in rows if source in ("", row["source"])]
        print(f"{source or 'all':8} {len(part):4}", *(f"{name} {value:.3f}" for name, value in figures(part).items()))
    print("material alone ", *(f"{name} {value:.3f}" for name, value in figures(rows, by_material).items()))


if __name__ == "__main__":
    main()
