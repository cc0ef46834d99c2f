"""Score the finders on the lines that an adversary wrote without having seen them, each line a document of its own.

    python benchmarks/adversary.py          # the development lines, and the held-out ones that nothing was made on

Label-blind, by word, as ``score.py`` does: recall and precision of what is hidden, and entities that are wholly hidden.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "anonymization" / "data"
MARK = re.compile(r"\[\[([A-Z]+):(.*?)\]\]")
WORD = re.compile(r"\w+")


def read(path: Path) -> list[tuple[str, list[tuple[int, int, str]]]]:
    """Return each line without its marks, and the marked spans."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        text, spans, at = "", [], 0
        for mark in MARK.finditer(line):
            text += line[at : mark.start()]
            spans.append((len(text), len(text) + len(mark[2]), mark[1]))
            text += mark[2]
            at = mark.end()
        lines.append((text + line[at:], spans))
    return lines


def main() -> None:
    from peerqual.anonymization.find import find_in_text

    print("| lines | words hidden: recall | precision | entities wholly hidden, by label |\n|---|---|---|---|")
    for name in ("adversary_dev", "adversary_held"):
        hit = false = missed = 0
        whole: dict[str, list[int]] = {}
        for text, spans in read(DATA / f"{name}.txt"):
            found = [(m.start, m.end) for m in find_in_text(text)]
            words = [w.span() for w in WORD.finditer(text)]
            hidden = {w for w in words if any(a <= w[0] and w[1] <= b for a, b in found)}
            gold = {w for w in words if any(a < w[1] and w[0] < b for a, b, _ in spans)}
            hit, false, missed = hit + len(hidden & gold), false + len(hidden - gold), missed + len(gold - hidden)
            for a, b, label in spans:
                count = whole.setdefault(label, [0, 0])
                count[0] += {w for w in gold if a < w[1] and w[0] < b} <= hidden
                count[1] += 1
            if "--errors" in sys.argv and name == "adversary_dev" and hidden != gold:
                print(*(text[a:b] for a, b in sorted(gold - hidden)), "+", *(text[a:b] for a, b in sorted(hidden - gold)), "|", text, file=sys.stderr)
        labels = ", ".join(f"{label} {got}/{total}" for label, (got, total) in sorted(whole.items()))
        print(f"| {name} | {hit / (hit + missed):.3f} | {hit / (hit + false):.3f} | {labels} |")


if __name__ == "__main__":
    main()
