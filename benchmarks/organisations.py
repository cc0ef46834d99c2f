"""Score the finders on running texts dense in associations, employers, hospitals and places, each text a document of its own.

    python benchmarks/organisations.py [--errors]   # the texts to develop on, by label; with the words missed and the words hidden for nothing
    python benchmarks/organisations.py --closed     # the closed texts, pooled: to be measured at the end, not to steer by

By word, as ``score.py`` does: words hidden by any mention (label-blind), and words found with their label.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from adversary import DATA, MARK

WORD = re.compile(r"\w+")
LABELS = ("ORG", "HOSP", "LOC")


class Word(NamedTuple):
    """A word of a text with the label that it has and the one that was found, "" for none."""

    text: str
    start: int
    end: int
    gold: str
    found: str


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text without its marks and its first line, and the marked spans."""
    marked = marked.partition("\n")[2]
    text, spans, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + marked[at:], spans


def read(path: Path) -> tuple[str, list[Word]]:
    """Return the text of a marked file and its words, found as a researcher's file is: written, read, looked at alone."""
    import peerqual as pq
    from peerqual.anonymization.find import find

    text, gold = unmark(path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "T01.txt").write_text(text, encoding="utf-8")
        mentions = [(m.start, m.end, m.label) for m in find(pq.read(Path(folder)))]
    spans = [word.span() for word in WORD.finditer(text)]
    return text, [Word(text[a:b], a, b, _label(a, b, gold), _label(a, b, mentions)) for a, b in spans]


def _label(start: int, end: int, spans: Iterable[tuple[int, int, str]]) -> str:
    return next((label for a, b, label in spans if a < end and start < b), "")


def rates(words: Iterable[Word]) -> Iterator[str]:
    """Yield the rows of a table: all labels, then each, then those other than PER and DIAG pooled."""
    words = list(words)
    marked, hidden = [w for w in words if w.gold], [w for w in words if w.found]
    both = sum(1 for w in marked if w.found)
    yield f"| hidden, all labels | {len(marked)} | {both / len(marked):.3f} | {both / len(hidden):.3f} | |"
    kept = Counter(w.gold for w in marked if w.found)
    gold, found = Counter(w.gold for w in marked), Counter(w.found for w in hidden)
    right = Counter(w.gold for w in marked if w.gold == w.found)
    groups = {label: (label,) for label in LABELS}
    groups["all but PER, DIAG"] = tuple((set(gold) | set(found)) - {"PER", "DIAG"})
    for name, labels in groups.items():
        total, seen, hit = (sum(count[label] for label in labels) for count in (gold, found, right))
        known = sum(kept[label] for label in labels)
        yield f"| {name} | {total} | {known / total:.3f} | {hit / seen:.3f} | {hit / total:.3f}, {2 * hit / (total + seen):.3f} |"


def errors(text: str, words: Iterable[Word]) -> Iterator[str]:
    """Yield one line of `text` after the other in which words were missed (-), hidden for nothing (+) or taken for something else (~)."""
    words, at = list(words), 0
    for line in text.splitlines(keepends=True):
        wrong = [w for w in words if at <= w.start < at + len(line) and w.gold != w.found]
        told = [f"{'+' if not w.gold else '-' if not w.found else '~'}{w.text}({w.gold}/{w.found})" for w in wrong]
        if told:
            yield f"{' '.join(told)}\n    | {line.strip()}"
        at += len(line)


def main() -> None:
    name = "closed" if "--closed" in sys.argv else "dev"
    texts = [read(path) for path in sorted((DATA / "orgs").glob(f"{name}_*.txt"))]
    print(f"| {name} texts: {len(texts)} | words | hiding recall | precision (of hiding; of finding) | finding: recall, F1 |\n|---|---|---|---|---|")
    print(*rates(word for _, words in texts for word in words), sep="\n")
    if "--errors" in sys.argv and name == "dev":
        for text, words in texts:
            print("", *errors(text, words), sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main()
