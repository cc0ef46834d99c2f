"""One colour per base code, by its place in the codebook, shared by figures and report.

Fourteen colours were chosen by greedy search (OKLab distance, the least of normal, protan and deutan vision after Machado et al. 2009), each with
a contrast of 3:1 or more on white. Colour is never the only carrier of a meaning: codes are always named beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MARKS = (
    *("#3167a9", "#859d17", "#935147", "#44a1b1", "#453065", "#a06b01", "#0a7e85"),
    *("#6887ff", "#602d02", "#7a926d", "#2532a3", "#2b88c0", "#5a4e72", "#506be0"),
)
DARK_TEXT, LIGHT_TEXT = "#1b1b1b", "#ffffff"
NIGHT = "#15171a"  # what is behind words on a dark page


@dataclass(frozen=True)
class Colour:
    """`mark` for lines, bars and chips; `tint`, a light background under words in `text`; `ink`, the colour of words on `mark`.

    `night_mark` and `night_tint` are the same on a dark page, where words are light.
    """

    mark: str
    tint: str
    ink: str
    text: str = DARK_TEXT

    @property
    def night_mark(self) -> str:
        """The mark, lightened until it stands out from `NIGHT` (4:1)."""
        return next(lighter for step in range(11) if contrast(lighter := mix(self.mark, "#ffffff", step / 10), NIGHT) >= 4)

    @property
    def night_tint(self) -> str:
        """A dark background under light words."""
        return mix(self.mark, NIGHT, 0.7)


def palette(codebook: Any) -> dict[str, Colour]:
    """Return a `Colour` for each assignable code of `codebook`; a child has its base code's, and after fourteen they come round again."""
    entries = {code.id: code for code in codebook.codes}
    bases: dict[str, Colour] = {}
    colours = {}
    for code in entries.values():
        if not code.assignable:
            continue
        base = code
        while base.parent in entries and entries[base.parent].assignable:
            base = entries[base.parent]
        bases.setdefault(base.id, colour(len(bases)))
        colours[code.id] = bases[base.id]
    return colours


def colour(place: int) -> Colour:
    """Return the colour of the base code at `place` (from 0) in the codebook."""
    mark = MARKS[place % len(MARKS)]
    ink = LIGHT_TEXT if contrast(mark, LIGHT_TEXT) >= contrast(mark, DARK_TEXT) else DARK_TEXT
    return Colour(mark, mix(mark, "#ffffff", 0.78), ink)


def mix(a: str, b: str, share: float) -> str:
    """Return the colour that is `share` (0 to 1) of `b` and the rest of `a`."""
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(_channels(a), _channels(b), strict=True))


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(value: str) -> list[int]:
    return [int(value[i : i + 2], 16) for i in (1, 3, 5)]


def _luminance(value: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (channel / 255 for channel in _channels(value)))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
