"""Figures as files and as SVG text: the same bytes for the same figure, without date or maker, words kept as words."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

DPI = 220
NOTHING: dict[str, str | None] = {"Date": None, "Creator": None, "Format": None, "Type": None}
SETTINGS: dict[Any, Any] = {"svg.hashsalt": "peerqual", "svg.fonttype": "none", "font.family": "DejaVu Sans"}
FAMILY = "'DejaVu Sans', Verdana, 'Segoe UI', Arial, sans-serif"


def save(figure: Figure, folder: str | Path, name: str) -> tuple[Path, Path]:
    """Write `figure` as ``NAME.svg`` and ``NAME.png`` in `folder` (made if needed), each aside and then renamed; return both paths."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    png = io.BytesIO()
    with matplotlib.rc_context(SETTINGS):
        figure.savefig(png, format="png", dpi=DPI, metadata={"Software": None})
    return _written(folder / f"{name}.svg", _svg(figure).encode()), _written(folder / f"{name}.png", png.getvalue())


def svg(figure: Figure, name: str = "figure") -> str:
    """Return `figure` as an ``<svg>`` element for a page: no XML header, and ids that begin with `name`, so that several can stand together."""
    text = _svg(figure)
    text = text[text.index("<svg") :]
    text = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", text)
    # matplotlib's one style rule would hold for the whole page.
    return re.sub(r"<style[^>]*>.*?</style>", "", text, flags=re.DOTALL)


def _svg(figure: Figure) -> str:
    made = io.StringIO()
    with matplotlib.rc_context(SETTINGS):
        figure.savefig(made, format="svg", metadata=NOTHING)
    return made.getvalue().replace("'DejaVu Sans'", FAMILY)


def _written(path: Path, content: bytes) -> Path:
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path
