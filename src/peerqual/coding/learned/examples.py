"""From judged scenes to examples that a model is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...codebook import Codebook
from ...model import Corpus
from ..coder import Coder
from .bank import Scene, turns
from .training import Examples, Place

Judged = tuple[int, int, frozenset[str]]  # a stretch of a transcript that was judged for all codes, and those that it carries


def of_scenes(scenes: Iterable[Scene], codebook: Codebook) -> Examples:
    """Return the sentences of `scenes`, judged or not; a child counts as its parents too, and a voice is a group."""
    coder = Coder(codebook, fields=True)
    places: list[Place] = []
    codes: list[frozenset[str] | None] = []
    groups: list[str] = []
    numbers: list[tuple[int, int]] = []
    for scene_number, scene in enumerate(scenes):
        spoken = turns(scene)
        units = coder.units([(speaker, [line.text for line in lines]) for speaker, lines in spoken])
        for n, (_, lines) in enumerate(spoken):
            for i, line in enumerate(lines):
                places.append((units[n], i, units[n - 1] if n else ()))
                codes.append(None if line.codes is None else line.codes.union(*(codebook.ancestors(code) for code in line.codes)))
                groups.append(scene.voice)
                numbers.append((scene_number, n))
    return Examples(places, codes, groups, numbers)


def of_corpus(corpus: Corpus, judged: Mapping[str, Sequence[Judged]], codebook: Codebook) -> Examples:
    """Return the sentences of the transcripts that `judged` names; a sentence is judged where a stretch covers half of it, or it half of a stretch.

    A child counts as its parents too, and a document is a group.
    """
    coder = Coder(codebook, fields=True)
    places: list[Place] = []
    codes: list[frozenset[str] | None] = []
    groups: list[str] = []
    numbers: list[tuple[int, int]] = []
    for scene, transcript in enumerate(one for one in corpus if one.id in judged):
        for n, (heard, before) in enumerate(coder.turns(transcript)):
            units = heard.units
            for i, sentence in enumerate(heard.speech.sentences):
                places.append((units, i, before.units if before else ()))
                codes.append(_carried(heard.speech.to_transcript(*sentence), judged[transcript.id], codebook) if heard.speech.coded else None)
                groups.append(transcript.id)
                numbers.append((scene, n))
    return Examples(places, codes, groups, numbers)


def _carried(span: tuple[int, int], judged: Sequence[Judged], codebook: Codebook) -> frozenset[str] | None:
    start, end = span
    mine = [codes for a, b, codes in judged if 2 * (min(b, end) - max(a, start)) >= min(b - a, end - start) > 0]
    if not mine:
        return None
    told = frozenset().union(*mine)
    return told.union(*(codebook.ancestors(code) for code in told))
