"""LibreOffice opens the report as .docx and .xlsx, a TeX compiles its tables: pages of both as pictures to look at. Not in the suite.

python benchmarks/office.py [FOLDER]    (default: a new folder under /tmp; needs soffice and pdftoppm, pdflatex where it is there)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import peerqual as pq
from peerqual.codebook import Codebook
from peerqual.reporting import forms
from peerqual.study_results import gather

SAMPLE = Path(__file__).resolve().parents[1] / "corpus_sample"


def made(folder: Path, lang: str) -> None:
    """Write all forms of the report on the sample corpus, and say what each costs."""
    corpus = pq.anonymize(pq.read(SAMPLE / "transcripts", participants=SAMPLE / "participants.csv"))
    data = gather(pq.code(corpus), corpus, Codebook.load(), lang=lang, by=("association",))
    for name in ("", *forms.FORMATS):
        start = time.perf_counter()
        forms.write_all(folder, data, (name,) if name else (), lang=lang)
        print(f"{name or 'html, svg':10} {time.perf_counter() - start:5.1f} s (html and svg included)")
    for path in sorted(folder.glob("report.*")):
        print(f"{path.name:12} {path.stat().st_size / 1000:8,.0f} kB")


def printed(path: Path) -> int:
    """Let LibreOffice print `path`; write its pages as pictures beside it and return how many there are."""
    pages = path.parent / f"{path.suffix[1:]}_pages"
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(pages), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return pictures(pages / f"{path.stem}.pdf")


def pictures(pdf: Path) -> int:
    """Write the pages of `pdf` as PNG beside it; return how many there are."""
    subprocess.run(["pdftoppm", "-r", "60", "-png", str(pdf), str(pdf.with_suffix(""))], check=True)
    return len(list(pdf.parent.glob(f"{pdf.stem}-*.png")))


def compiled(folder: Path) -> str:
    """Compile the example of the LaTeX tables twice; return what went wrong, "" for nothing."""
    example = next(path for path in folder.glob("ex*mple.tex"))
    for _ in range(2):
        done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", example.name], cwd=folder, capture_output=True)
    return "" if done.returncode == 0 else done.stdout.decode(errors="replace")[-600:]


def main() -> None:
    """Make, open, print, and say where the pictures are."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="peerqual_office_"))
    for lang in ("fr", "en"):
        folder = root / lang
        made(folder, lang)
        for suffix in ("docx", "xlsx"):
            print(f"{lang} {suffix}: {printed(folder / f'report.{suffix}')} pages")
        if shutil.which("pdflatex"):
            print(f"{lang} latex: {compiled(folder / 'latex') or 'compiles'}")
    print(f"look at the pages in {root}")


if __name__ == "__main__":
    main()
