"""A sheet of paper to draw figures on: one axes without any frame, whose units are inches from the top left corner.

Placing everything by hand keeps long labels whole and the layout the same whatever the data; widths of words come from the font itself.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Rectangle

WIDTH = 6.3  # inches: 16 cm, the text column of an A4 thesis
NARROW = 3.35  # inches: 8.5 cm, one of a journal's two columns
MARGIN = 0.08
BLOCKS_APART = 0.34  # inches between a block of columns and the one under it: pages are cut there
LABELS = 2.2  # inches for the names of codes, on a sheet of the usual width
INK, SOFT, FAINT, STAMP = "#1b1b1b", "#5f6368", "#e3e5e8", "#8a1c1c"
SIZE, SMALL, TITLE = 7.5, 6.5, 9.5  # points
FONT = "DejaVu Sans"  # travels with matplotlib, so that a figure is the same everywhere
LINE = 1.28  # height of a line, of the size
HINTED = 1.05  # screens round the widths of letters up


class Drawing(Figure):
    """A matplotlib figure that a notebook shows by itself, whatever its backend."""

    def _repr_png_(self) -> bytes:
        made = io.BytesIO()
        self.savefig(made, format="png", dpi=110)
        return made.getvalue()


class Sheet:
    """Collects rectangles and words, then makes a `Figure` as high as they need; `labels` inches at its left are for names of codes."""

    def __init__(self, width: float = WIDTH) -> None:
        self.width = width
        self.labels = LABELS if width >= WIDTH else LABELS * (0.35 + 0.65 * width / WIDTH)
        self.height = MARGIN
        self._boxes: list[Rectangle] = []
        self._words: list[tuple[float, float, str, dict[str, Any]]] = []

    def box(self, x: float, y: float, width: float, height: float, colour: str, *, edge: str = "none", line: float = 0.6) -> None:
        """Draw a rectangle with its top left corner at ``(x, y)``; `edge` colours its outline."""
        self._boxes.append(Rectangle((x, y), width, height, facecolor=colour, edgecolor=edge, linewidth=line if edge != "none" else 0))
        self.height = max(self.height, y + height)

    def text(
        self, x: float, y: float, words: str, *, size: float = SIZE, colour: str = INK, ha: str = "left", va: str = "center", **more: Any
    ) -> None:
        """Write `words` at ``(x, y)``; `more` are keywords of matplotlib's `Text` (weight, style, rotation)."""
        self._words.append((x, y, words, {"size": size, "color": colour, "ha": ha, "va": va, "family": FONT, "parse_math": False, **more}))
        self.height = max(self.height, y + (0 if va == "bottom" else height_of(size) / 2))

    def title(self, words: str) -> float:
        """Write the title; return where the drawing can begin."""
        self.text(MARGIN, 0.16, words, size=TITLE, weight="bold")
        return 0.42

    def caption(self, words: str, note: str = "") -> None:
        """Write the stamp and the caption under all that was drawn, as wide as the sheet."""
        y = self.height + 0.2
        for line in wrapped(note, self.width - 2 * MARGIN, SIZE, bold=True) if note else ():
            self.text(MARGIN, y, line, colour=STAMP, weight="bold")
            y += height_of(SIZE)
        for line in wrapped(words, self.width - 2 * MARGIN, SMALL):
            self.text(MARGIN, y, line, size=SMALL, colour=SOFT)
            y += height_of(SMALL)

    def figure(self) -> Figure:
        """Return the figure."""
        height = self.height + MARGIN
        figure = Drawing(figsize=(self.width, height), facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, self.width)
        axes.set_ylim(height, 0)
        axes.set_axis_off()
        for box in self._boxes:
            axes.add_patch(box)
        for x, y, words, style in self._words:
            axes.text(x, y, words, **style)
        return figure


def height_of(size: float) -> float:
    """Return the height in inches of a line of `size` points."""
    return LINE * size / 72


@cache
def _font(bold: bool) -> Any:
    return get_font(findfont(FontProperties(family=FONT, weight="bold" if bold else "normal")))


@cache
def width_of(words: str, size: float = SIZE, bold: bool = False) -> float:
    """Return the width of `words` in inches."""
    font = _font(bold)
    font.set_size(100, 72)  # large, so that rounding to the grid of a screen does not count
    font.set_text(words, 0.0)
    return float(font.get_width_height()[0]) / 64 / 72 * size / 100 * HINTED


def wrapped(words: str, width: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """Break `words` at their ordinary spaces into lines of at most `width` inches (a longer word stands alone); no word is lost."""
    lines: list[str] = []
    for word in words.split(" "):
        if lines and width_of(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
