"""From judged scenes to examples that a model is made of."""

from __future__ import annotations

from collections.abc import Iterable

from ...codebook import Codebook
from ..coder import Coder
from .bank import Scene, turns
from .training import Examples, Place


def of_scenes(scenes: Iterable[Scene], codebook: Codebook) -> Examples:
    """Return the judged sentences of `scenes`; a child counts as its parents too, and a voice is a group."""
    coder = Coder(codebook, fields=True)
    places: list[Place] = []
    codes: list[frozenset[str]] = []
    groups: list[str] = []
    for scene in scenes:
        spoken = turns(scene)
        units = coder.units([(speaker, [line.text for line in lines]) for speaker, lines in spoken])
        for n, (_, lines) in enumerate(spoken):
            for i, line in enumerate(lines):
                if line.codes is not None:
                    places.append((units[n], i, units[n - 1] if n else ()))
                    codes.append(line.codes.union(*(codebook.ancestors(code) for code in line.codes)))
                    groups.append(scene.voice)
    return Examples(places, codes, groups)
