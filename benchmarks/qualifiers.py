"""Qualifiers against marked sentences of another hand: accuracy and F1 by qualifier.

python benchmarks/qualifiers.py             the lines to develop on, of three hands
python benchmarks/qualifiers.py --closed    the third hand's lines that nobody has read; only these figures leave them
python benchmarks/qualifiers.py --errors    also the lines that go wrong (never with --closed)
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from peerqual.language.pipeline import french
from peerqual.language.qualifiers import qualify
from peerqual.model import QUALIFIERS

DATA = Path(__file__).parent.parent / "tests" / "language" / "data"
FIRST_FOUR = ("negated", "hypothetical", "other_person", "question")
SEVEN = (*FIRST_FOUR[:3], "past", "reported", "question", "litotes")
DEVELOPED = {"dev": "dev", "dev2": "second dev", "dev3": "third dev", "opened": "opened", "opened2": "second opened"}
CLOSED = {"closed3": "third closed"}
MARK = re.compile(r"<h ?([a-z_ ]*)>(.*?)</h>")


def marks(line: str) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Return for each mark of `line` its words, the qualifiers of the gold and those that are found."""
    text, spans, at = "", [], 0
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        spans.append((len(text), len(text) + len(match[2]), frozenset(match[1].split())))
        text, at = text + match[2], match.end()
    doc = french()(text + line[at:])
    hits = [(doc.char_span(start, end, alignment_mode="expand"), gold) for start, end, gold in spans]
    return [(hit.text, gold, qualify(doc, hit.start, hit.end)) for hit, gold in hits]


def figures(found: list[tuple[frozenset[str], frozenset[str]]], names: tuple[str, ...] = QUALIFIERS) -> dict[str, float]:
    """Return the share of marks whose whole set is right (``accuracy``), that over the first four qualifiers (``four``), F1 by qualifier."""

    def f1(name: str) -> float:
        right = sum(name in gold and name in got for gold, got in found)
        told = sum((name in gold) + (name in got) for gold, got in found)
        return 2 * right / told if told else 1.0

    def share(names: tuple[str, ...]) -> float:
        return sum(gold & set(names) == got & set(names) for gold, got in found) / len(found)

    return {"accuracy": share(names), "four": share(FIRST_FOUR), **{name: f1(name) for name in names}}


def lines(part: str) -> list[str]:
    """Return the marked lines of ``qualifiers_PART.txt``."""
    text = (DATA / f"qualifiers_{part}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def main() -> None:
    closed = "--closed" in sys.argv
    for part, title in CLOSED.items() if closed else DEVELOPED.items():
        found = [(line, mark) for line in lines(part) for mark in marks(line)]
        if "--errors" in sys.argv and not closed:
            for line, (words, gold, got) in found:
                if gold != got:
                    print(f"{words}: lacks {sorted(gold - got)}, has {sorted(got - gold)} | {line}")
        print(f"{title}: {len(found)} marks")
        for name, value in figures([(gold, got) for _, (_, gold, got) in found], SEVEN).items():
            print(f"{name:14} {value:.3f}")


if __name__ == "__main__":
    main()
