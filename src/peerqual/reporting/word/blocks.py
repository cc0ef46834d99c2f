"""What a document is made of, before it is XML."""

from __future__ import annotations

from dataclasses import dataclass

from peerqual.reporting.grids import Grid


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; `french` where the words are a transcript's, whatever the document's language."""

    text: str
    bold: bool = False
    french: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """A cross-reference to the table or figure `name`: « Tableau 1 »."""

    name: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in `style` (a name of `parts.STYLES`)."""

    style: str
    runs: tuple[Run | Ref, ...]


@dataclass(frozen=True, slots=True)
class Tabular:
    """A table with its caption above and its note below; without a caption it has no number."""

    grid: Grid
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its caption and note below: `parts`, each a PNG with its height, `width` in inches, and `alt`, what it shows."""

    name: str
    label: str
    caption: str
    note: str
    alt: str
    width: float
    parts: tuple[tuple[bytes, float], ...]


Block = Paragraph | Tabular | Picture


def paragraph(style: str, *runs: str | Run | Ref) -> Paragraph:
    """Return a paragraph of `runs`, where a string is plain words."""
    return Paragraph(style, tuple(Run(run) if isinstance(run, str) else run for run in runs if run))
