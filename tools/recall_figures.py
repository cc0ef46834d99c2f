"""Write the figures that `peerqual ethics-note` quotes, from benchmarks/RESULTS.md. `--check` only compares.

python tools/recall_figures.py [--check]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "src" / "peerqual" / "reporting" / "data" / "recall.toml"
SETS = {
    "interviews": r"\| interviews \| auto\+review \| ([\d.]+) \| ([\d.]+) \|",
    "testimonies": r"\| testimonies \| auto\+review \| ([\d.]+) \| ([\d.]+) \|",
    "oral": r"\| oral \| auto\+review \| ([\d.]+) \| ([\d.]+) \|",
    "lower": r"\| oral, lower \| auto\+review \| ([\d.]+) \| ([\d.]+) \|",
    "adversary": r"\| adversary_held \| ([\d.]+) \| ([\d.]+) \|",
}


def figures() -> str:
    """Return the file's text. Raises `ValueError` when the results lack a figure."""
    results = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    date = re.search(r"Measured on (\d{4}-\d{2}-\d{2})", results)
    lines = ["# Words to be hidden that are hidden (recall), and hidden words that were to be (precision): tools/recall_figures.py, from RESULTS.md."]
    lines += [f'measured = "{date[1]}"' if date else ""]
    for name, pattern in SETS.items():
        found = re.search(pattern, results)
        if found is None:
            raise ValueError(f"RESULTS.md has no figures for {name}")
        lines += ["", f"[{name}]", f"recall = {found[1]}", f"precision = {found[2]}"]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write or compare; returns 1 when `--check` finds a difference."""
    made = figures()
    if "--check" in sys.argv:
        same = FILE.read_text(encoding="utf-8") == made
        print("" if same else "the ethics note quotes other figures than RESULTS.md, run « python tools/recall_figures.py »", end="")
        return 0 if same else 1
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(made, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
