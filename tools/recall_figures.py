"""Write the figures that `peerqual ethics-note` and the report quote, from benchmarks/RESULTS.md. `--check` only compares.

python tools/recall_figures.py [--check]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "peerqual" / "reporting" / "data"
SETS = {
    "interviews": r"\| interviews \| auto\+review \| ([\d.]+) \| ([\d.]+) \|",
    "testimonies": r"\| testimonies \| auto\+review \| ([\d.]+) \| ([\d.]+) \|",
    "oral": r"\| oral \| auto\+review \| ([\d.]+) \| ([\d.]+) \|",
    "lower": r"\| oral, lower \| auto\+review \| ([\d.]+) \| ([\d.]+) \|",
    "adversary": r"\| adversary_held \| ([\d.]+) \| ([\d.]+) \|",
}


CODER = {
    "model": {"interviews": r"\| interviews \| \d+ \| ([\d.]+) \(", "testimonies": r"\| testimonies \| \d+ \| ([\d.]+) \("},
    "rules": {"interviews": r"--model none`\):.*?interviews ([\d.]+) /", "testimonies": r"--model none`\): testimonies ([\d.]+) /"},
}


def figures() -> dict[str, str]:
    """Return the text of each file. Raises `ValueError` when the results lack a figure."""
    results = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    date = re.search(r"Measured on (\d{4}-\d{2}-\d{2})", results)

    def found(pattern: str, name: str) -> re.Match[str]:
        if (hit := re.search(pattern, results)) is None:
            raise ValueError(f"RESULTS.md has no figures for {name}")
        return hit

    measured = f'measured = "{date[1]}"' if date else ""
    recall = [
        "# Words to be hidden that are hidden (recall), and hidden words that were to be (precision): tools/recall_figures.py, from RESULTS.md.",
        measured,
    ]
    for name, pattern in SETS.items():
        hit = found(pattern, name)
        recall += ["", f"[{name}]", f"recall = {hit[1]}", f"precision = {hit[2]}"]
    coder = ["# Micro-F1 against reference codings, sentence by sentence, packaged codebook: tools/recall_figures.py, from RESULTS.md.", measured]
    for kind, patterns in CODER.items():
        coder += ["", f"[{kind}]", *(f"{name} = {found(pattern, name)[1]}" for name, pattern in patterns.items())]
    return {"recall.toml": "\n".join(recall) + "\n", "coder.toml": "\n".join(coder) + "\n"}


def main() -> int:
    """Write or compare; returns 1 when `--check` finds a difference."""
    made = figures()
    if "--check" in sys.argv:
        same = all((DATA / name).read_text(encoding="utf-8") == text for name, text in made.items())
        print("" if same else "ethics note and report quote other figures than RESULTS.md, run « python tools/recall_figures.py »", end="")
        return 0 if same else 1
    DATA.mkdir(exist_ok=True)
    for name, text in made.items():
        (DATA / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
