"""Figures as files and as SVG text: the same bytes for the same figure, without date or maker, words kept as words."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from PIL import Image

DPI = 300
WHITE = 255
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


def pages(figure: Figure, highest: float) -> list[tuple[bytes, float]]:
    """Return `figure` as PNGs of at most `highest` inches, cut where nothing is drawn (at the widest gap), each with its height in inches."""
    drawn = _drawn(figure)
    blank = [low == high == WHITE for low, high in (drawn.crop((0, y, drawn.width, y + 1)).convert("L").getextrema() for y in range(drawn.height))]
    made, top = [], 0
    while top < drawn.height:
        end = _cut(blank, top, round(highest * DPI))
        made.append((_png(drawn.crop((0, top, drawn.width, end))), (end - top) / DPI))
        top = end
    return made


def _cut(blank: list[bool], top: int, most: int) -> int:
    if len(blank) - top <= most:
        return len(blank)
    gaps, start = [(0, top + most)], None
    for y in range(top + most // 2, top + most):
        if blank[y] and start is None:
            start = y
        if start is not None and not blank[y + 1]:
            gaps.append((y - start, (y + start) // 2))
            start = None
    return max(gaps)[1]


def png(figure: Figure, dpi: int = DPI) -> bytes:
    """Return `figure` as a PNG of `dpi` dots an inch."""
    return _png(_drawn(figure, dpi), dpi)


def _drawn(figure: Figure, dpi: int = DPI) -> Image.Image:
    from PIL import Image

    return Image.open(io.BytesIO(_saved(figure, "png", dpi=dpi, pil_kwargs={"compress_level": 1}))).convert("RGB")


def _png(image: Image.Image, dpi: int = DPI) -> bytes:
    # The most frequent colours stay as they are (those of codes are), shades at the rims of letters go to the nearest of them.
    import numpy as np
    from PIL import Image

    pixels = np.asarray(image, dtype=np.int32)
    found, place, counts = np.unique(pixels @ np.array([1 << 16, 1 << 8, 1]), return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    most = np.argsort(-counts, kind="stable")[:COLOURS]
    nearest = np.array([np.abs(colours[most] - colour).sum(axis=1).argmin() for colour in colours], dtype=np.uint8)
    few = Image.fromarray(nearest[place].reshape(pixels.shape[:2]), "P")
    few.putpalette(colours[most].astype(np.uint8).tobytes())
    kept = io.BytesIO()
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
