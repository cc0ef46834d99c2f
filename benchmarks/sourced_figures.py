"""How well figures and their sources are found in marked sentences: ``python benchmarks/sourced_figures.py [FILE…] [--misses]``.

A sentence marks a figure « [[words|value|unit|what|year|source]] »; see the headers of ``tests/figures_sourced/data``. A figure is found when
its span overlaps the marked one and its value (bounds of a range) is the same. The other columns are asked of the figures found.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from peerqual.analysis.document_figures import sourced_figures
from peerqual.language.attributions import without_article
from peerqual.language.fold import fold
from peerqual.model import Corpus, Transcript

DATA = Path(__file__).resolve().parents[1] / "tests" / "figures_sourced" / "data"
_MARK = re.compile(r"\[\[([^|\]]*)\|([^|\]]*)\|([^|\]]*)\|([^|\]]*)\|([^|\]]*)\|([^\]]*)\]\]")


@dataclass(frozen=True)
class Marked:
    """A figure as marked: its span in the sentence without marks, and what the marks say."""

    start: int
    end: int
    value: str
    unit: str
    what: str
    year: str
    source: str


def read(line: str) -> tuple[str, list[Marked]]:
    text, marks, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        marks.append(Marked(len(text), len(text) + len(match[1]), *match.groups()[1:]))
        text += match[1]
        at = match.end()
    return text + line[at:], marks


def lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]


def measure(path: Path) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    misses = []
    for line in lines(path):
        text, marks = read(line)
        table = sourced_figures(Corpus((Transcript("D", text),)))
        left = list(table.itertuples(index=False))
        for mark in marks:
            row = next((row for row in left if row.start < mark.end and mark.start < row.end and _value(row) == _bounds(mark.value)), None)
            counts["marked"] += 1
            if row is None:
                misses.append(f"missed {text[mark.start : mark.end]!r} in {text}")
                continue
            left.remove(row)
            counts["found"] += 1
            for name, right in _columns(mark, row).items():
                counts[name] += right
                counts[f"{name} asked"] += 1
                if not right:
                    misses.append(f"{name}: {getattr(row, name)!r} for {getattr(mark, name)!r} in {text}")
        counts["proposed"] += len(table)
        misses += [f"extra {row.figure!r} ({row.value:g}) in {text}" for row in left]
    return counts, misses


def _bounds(value: str) -> list[float]:
    return [float(part) for part in value.split("..")]


def _value(row: object) -> list[float]:
    return [row.value] if pd.isna(row.upper) else [row.value, row.upper]  # type: ignore[attr-defined]


def _columns(mark: Marked, row: object) -> dict[str, bool]:
    year = "" if pd.isna(row.year) else str(row.year)  # type: ignore[attr-defined]
    right = {"unit": _same(mark.unit, row.unit), "year": mark.year == year, "source": _same_source(mark.source, row.source)}  # type: ignore[attr-defined]
    if mark.what:
        right["what"] = _head(mark.what) == _head(row.what)  # type: ignore[attr-defined]
    return right


def _head(words: str) -> str:
    return (re.findall(r"[\w-]+", fold(words)) or [""])[0]


def _same(one: str, other: str) -> bool:
    return one.rstrip("s") == other.rstrip("s")


def _same_source(one: str, other: str) -> bool:
    return _head(without_article(one)) == _head(without_article(other))


def main(words: list[str]) -> None:
    paths = [Path(word) for word in words if not word.startswith("--")] or [DATA / "figures_dev.txt", DATA / "figures_closed.txt"]
    for path in paths:
        counts, misses = measure(path)
        precision, recall = counts["found"] / counts["proposed"], counts["found"] / counts["marked"]
        print(f"{path.stem}: {counts['marked']} figures in {len(lines(path))} sentences; "
              f"precision {precision:.3f}, recall {recall:.3f}, F1 {2 * precision * recall / (precision + recall):.3f}")  # fmt: skip
        print("  of those found: " + ", ".join(f"{name} {counts[name]}/{counts[f'{name} asked']}" for name in ("unit", "what", "year", "source")))
        if "--misses" in words:
            print(*misses, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
