"""The exemplar bank: invented scenes of spoken French, each sentence judged for all codes; voices are the groups of every cross-validation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a scene: who says it, its codes (None: it is context and was not judged), its words."""

    speaker: str
    codes: frozenset[str] | None
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A few turns of one setting, written in one voice's file."""

    voice: str
    kind: str
    lines: tuple[Line, ...]


def read(text: str) -> Iterator[Scene]:
    """Yield the scenes of one voice's file: « # V01 | who », then « ## setting » and lines « speaker TAB codes TAB sentence »."""
    voice, kind, lines = "", "", list[Line]()
    for row in text.splitlines():
        if row.startswith("## "):
            if lines:
                yield Scene(voice, kind, tuple(lines))
            kind, lines = row[3:], []
        elif row.startswith("# "):
            voice = row[2:].partition("|")[0].strip()
        elif row.strip():
            speaker, codes, words = row.split("\t")
            lines.append(Line(speaker, None if codes == "?" else frozenset(codes.split()) - {"-"}, words))
    if lines:
        yield Scene(voice, kind, tuple(lines))


def scenes() -> list[Scene]:
    """Return the scenes of the bank in the package, voice by voice.

    >>> len({scene.voice for scene in scenes()}) >= 60
    True
    """
    folder = files("peerqual.coding") / "bank"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".txt")), key=lambda path: path.name)
    return [scene for path in paths for scene in read(path.read_text(encoding="utf-8"))]


def turns(scene: Scene) -> list[tuple[str, list[Line]]]:
    """Return the turns of a scene: who speaks, and the lines until another does."""
    return [(speaker, list(lines)) for speaker, lines in groupby(scene.lines, key=lambda line: line.speaker)]
