"""Figures as files and as SVG text: the same bytes for the same figure, without date or maker, words kept as words."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

DPI = 300
COLOURS = 256  # a figure has few, and takes a third of the bytes then
NOTHING: dict[str, str | None] = {"Date": None, "Creator": None, "Format": None, "Type": None}
SETTINGS: dict[Any, Any] = {"svg.hashsalt": "peerqual", "svg.fonttype": "none", "pdf.fonttype": 42, "font.family": "DejaVu Sans"}
FAMILY = "'DejaVu Sans', Verdana, 'Segoe UI', Arial, sans-serif"


def save(figure: Figure, folder: str | Path, name: str, formats: Sequence[str] = ("svg",)) -> tuple[Path, ...]:
    """Write `figure` as ``NAME.FORMAT`` for each of `formats` ("svg", "png", "pdf") in `folder` (made if needed); return the paths.

    Each is written aside and then renamed.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_written(folder / f"{name}.{format}", MADE[format](figure)) for format in formats)


def svg(figure: Figure, name: str = "figure") -> str:
    """Return `figure` as an ``<svg>`` element for a page: no XML header, and ids that begin with `name`, so that several can stand together."""
    text = _svg(figure).decode()
    text = text[text.index("<svg") :]
    text = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", text)
    # matplotlib's one style rule would hold for the whole page.
    return re.sub(r"<style[^>]*>.*?</style>", "", text, flags=re.DOTALL)


def png(figure: Figure, dpi: int = DPI) -> bytes:
    """Return `figure` as a PNG of `dpi` dots an inch."""
    from PIL import Image

    made = io.BytesIO(_saved(figure, "png", dpi=dpi, pil_kwargs={"compress_level": 1}))
    kept = io.BytesIO()
    few = Image.open(made).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(kept, "PNG", optimize=True, dpi=(dpi, dpi))
    return kept.getvalue()


def _svg(figure: Figure) -> bytes:
    return _saved(figure, "svg", metadata=NOTHING).decode().replace("'DejaVu Sans'", FAMILY).encode()


def _pdf(figure: Figure) -> bytes:
    return _saved(figure, "pdf", metadata={"CreationDate": None, "Creator": None, "Producer": None})


def _saved(figure: Figure, format: str, **options: Any) -> bytes:
    made = io.BytesIO()
    with matplotlib.rc_context(SETTINGS):
        figure.savefig(made, format=format, **options)
    return made.getvalue()


MADE: dict[str, Callable[[Figure], bytes]] = {"svg": _svg, "png": png, "pdf": _pdf}


def _written(path: Path, content: bytes) -> Path:
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path
