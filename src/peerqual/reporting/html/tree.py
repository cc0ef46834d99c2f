"""The codebook as the report walks through it: branches, codes and their children, each with its colour's class and its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peerqual.model import Code
from peerqual.reporting.html.words import Words
from peerqual.reporting.palette import Colour, palette


@dataclass(frozen=True, slots=True)
class Entry:
    """A code or a branch (`code.assignable` False): `depth` from 0, `family` the ids of the assignable codes that count for it, itself included."""

    code: Code
    label: str
    depth: int
    family: tuple[str, ...]
    colour: Colour | None


class Tree:
    """The entries of `codebook` in its order, by id, labelled in the language of `words`."""

    def __init__(self, codebook: Any, words: Words) -> None:
        colours = palette(codebook)
        codes = {code.id: code for code in codebook.codes}
        lines = {code: _line(code, codes) for code in codes}
        self.entries: dict[str, Entry] = {}
        for id, code in codes.items():
            family = tuple(other for other, line in lines.items() if id in line and codes[other].assignable)
            self.entries[id] = Entry(code, str(words.of(code.label)) or id, len(lines[id]) - 1, family, colours.get(id))
        self.colours = list(dict.fromkeys(colours.values()))

    def __getitem__(self, id: str) -> Entry:
        return self.entries[id]

    @property
    def codes(self) -> list[Entry]:
        """The entries that can be assigned."""
        return [entry for entry in self.entries.values() if entry.code.assignable]

    def shade(self, id: str) -> str:
        """Return the class of the colour of code `id`."""
        colour = self.entries[id].colour
        return f"k{self.colours.index(colour)}" if colour else ""

    def above(self, id: str) -> list[Entry]:
        """Return the ancestors of `id`, the branch first."""
        line = _line(id, {id: entry.code for id, entry in self.entries.items()})
        return [self.entries[other] for other in reversed(line[1:])]

    def refer(self, text: str) -> list[tuple[str, str]]:
        """Cut `text` at its backticks: words with "", and the labels of the codes named between them with their ids."""
        parts = [(part, part if i % 2 and part in self.entries else "") for i, part in enumerate(text.split("`"))]
        return [(self.entries[id].label if id else part, id) for part, id in parts]

    def branches(self) -> list[tuple[Entry | None, list[Entry]]]:
        """Return the assignable codes under the branch nearest to each, in the codebook's order."""
        made: list[tuple[Entry | None, list[Entry]]] = []
        for entry in self.codes:
            branch = next((other for other in reversed(self.above(entry.code.id)) if not other.code.assignable), None)
            if not made or made[-1][0] is not branch:
                made.append((branch, []))
            made[-1][1].append(entry)
        return made


def _line(id: str, codes: dict[str, Code]) -> list[str]:
    # A code and its ancestors, nearest first.
    line: list[str] = []
    at: str | None = id
    while at in codes and at not in line:
        line.append(at)
        at = codes[at].parent
    return line
