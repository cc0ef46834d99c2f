"""Make the course's notebooks, the student's and the teacher's, from one source a session. `--check` only compares.

python tools/build_course.py [--check]

A source is ``tools/course/seance_N.md``. A line that begins with ``%%`` opens a cell and says its kind, then, where the cell is not for
everyone, whose it is (``étudiant`` or ``enseignant``):

    %% texte                      Markdown, in both notebooks
    %% code                       Python, in both; lines as ruff formats them
    %% étape                      three lines, ``étude : …``, ``outil : …``, ``vous : …``, shown as the three boxes of a step
    %% code étudiant              a cell to fill, in the student's notebook only
    %% code enseignant            the same cell with a plausible answer, in the teacher's only
    %% texte enseignant           timing, expected divergences, what to listen for

The teacher's cells carry the tag ``enseignant`` and, where they are text, a mark on the left. What stands before the first cell is a remark.
Notebooks begin with the title and its English summary; the teacher's then says where ``verifications.py`` is. Written are
``notebooks/sainte_anne/seance_N.ipynb`` and ``…/enseignant/seance_N.ipynb``, without outputs, and what `course_sheets` makes from the sample.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tools" / "course"
COURSE = ROOT / "notebooks" / "sainte_anne"
KINDS = ("texte", "code", "étape")
READERS = ("étudiant", "enseignant")
BOXES = {"étude": "Ce que l’étude a fait", "outil": "Ce que fait l’outil", "vous": "Ce qui vous revient"}
_ABOVE = "import sys\nfrom pathlib import Path\n\nsys.path.insert(0, str(Path.cwd().parent))  # verifications.py est dans le dossier au-dessus"
_HEAD = re.compile(r"^%%[ \t]*(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """A cell of a source: its kind, its words, and who alone sees it ("" is everyone)."""

    kind: str
    text: str
    reader: str = ""


def cells(source: str, name: str = "") -> list[Cell]:
    """Return the cells of a source. Raises `SystemExit` where a head or a step is not as the head of this file says."""
    parts = _HEAD.split(source)[1:]
    return [_cell(head.split(), text.strip("\n").rstrip(), name) for head, text in zip(parts[::2], parts[1::2], strict=True)]


def _cell(head: list[str], text: str, name: str) -> Cell:
    kind, reader = (*head, "", "")[:2]
    if kind not in KINDS or reader not in ("", *READERS) or len(head) > 2:
        raise SystemExit(f"{name}: unknown cell « %% {' '.join(head)} »")
    return Cell("texte", _boxes(text, name), reader) if kind == "étape" else Cell(kind, text, reader)


def _boxes(text: str, name: str) -> str:
    found = dict(re.findall(r"^(\w+) : (.+)$", text, re.MULTILINE))
    if list(found) != list(BOXES):
        raise SystemExit(f"{name}: a step has the lines {', '.join(BOXES)}, in this order; found {', '.join(found) or 'none'}")
    return "\n\n".join(f"> **{BOXES[key]}.** {words}" for key, words in found.items())


def notebook(source: list[Cell], reader: str) -> str:
    """Return the notebook of one reader ("étudiant" or "enseignant") as the text of a file."""
    made = [_made(f"c{n:03d}", cell) for n, cell in enumerate(source) if cell.reader in ("", reader)]
    if reader == "enseignant":
        made.insert(1, _made("above", Cell("code", _ABOVE, reader)))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": made, "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _made(name: str, cell: Cell) -> dict[str, object]:
    is_code = cell.kind == "code"
    aside = cell.reader == "enseignant"
    text = cell.text if is_code or not aside else f"**Pour l’enseignant·e**\n\n{cell.text}"
    text = text if is_code or not aside else "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    made: dict[str, object] = {"cell_type": "code" if is_code else "markdown"}
    if is_code:
        made["execution_count"] = None
    made |= {"id": name, "metadata": {"tags": ["enseignant"]} if aside else {}}
    if is_code:
        made["outputs"] = []
    return made | {"source": text.splitlines(keepends=True)}


def files() -> dict[Path, str]:
    """Return all files of the course that are made, and their text."""
    import course_sheets

    made = {}
    for path in sorted(SOURCES.glob("seance_*.md")):
        read = cells(path.read_text(encoding="utf-8"), path.name)
        made[COURSE / f"{path.stem}.ipynb"] = notebook(read, "étudiant")
        made[COURSE / "enseignant" / f"{path.stem}.ipynb"] = notebook(read, "enseignant")
    return made | {COURSE / "materiel" / name: text for name, text in course_sheets.sheets().items()}


def main() -> int:
    """Write the files, or compare them; returns 1 when `--check` finds a difference."""
    stale = {path: text for path, text in files().items() if not path.exists() or path.read_text(encoding="utf-8") != text}
    if "--check" in sys.argv:
        if stale:
            print("not as their sources make them:", ", ".join(str(path.relative_to(ROOT)) for path in stale), "| run tools/build_course.py")
        return 1 if stale else 0
    for path, text in stale.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
