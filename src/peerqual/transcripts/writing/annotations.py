"""What tiers of annotations share (ELAN, Praat): which annotations make each turn, in the order of time, whatever the order of the file.

An annotation that makes no turn was read by nobody: its words are « [retiré] », its place and time stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ...model import Turn
from ..labels import key
from ..segments import has_words
from ..tiers import kind
from .pieces import Source
from .rewrite import WITHDRAWN, Rewrite, WritingError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NUMBERED = re.compile(r"(?=\S*\d)[\w.:@-]{1,60}")
_PARTS = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Annotation:
    """Words, the second at which they begin (None: not known), and how new words are put in their place."""

    words: str
    start: float | None
    put: Callable[[str], None]


@dataclass(slots=True)
class Tier:
    """A tier: its names (of the tier, of who speaks), and its annotations in order of time. `used`: the ones that make turns."""

    names: Sequence[str]
    annotations: Sequence[Annotation]
    used: set[int] = field(default_factory=set)

    def run(self, first: int, words: Sequence[str]) -> list[int]:
        """Return the annotations from number `first` on that hold exactly `words`, empty ones left aside; none when there are none."""
        found, at = [], 0
        for n in range(first, len(self.annotations)):
            if not has_words(self.annotations[n].words):
                continue
            mine = _words(self.annotations[n].words)
            if n in self.used or words[at : at + len(mine)] != mine:
                return []
            found.append(n)
            at += len(mine)
            if at == len(words):
                return found
        return []


def carry(rewrite: Rewrite, tiers: Sequence[Tier]) -> None:
    """Carry the edits out on the annotations that make the turns; withdraw the words of all others.

    Raises `WritingError` when a turn is made of no annotations.
    """
    source = Source()
    for unit, (tier, n) in enumerate(_in_order(rewrite, tiers)):
        source.add(tier.annotations[n].words, tier.annotations[n].put, unit)
    source.carry(rewrite, header=False)
    for tier in tiers:
        numbered = _are_numbers(tier)
        for n, one in enumerate(tier.annotations):
            if n not in tier.used and has_words(one.words):
                one.put(f"{n + 1:03}" if numbered and _NUMBERED.fullmatch(one.words.strip()) else WITHDRAWN)


def _in_order(rewrite: Rewrite, tiers: Sequence[Tier]) -> Iterator[tuple[Tier, int]]:
    """Yield the annotations of each turn."""
    starts: dict[float | None, list[tuple[Tier, int]]] = defaultdict(list)
    for tier in tiers:
        for n, one in enumerate(tier.annotations):
            if has_words(one.words):
                starts[one.start].append((tier, n))
    for turn in rewrite.old.turns:
        words = rewrite.old.text[turn.start : turn.end].split()
        found = [(tier, run) for tier, n in starts[turn.time_start] if n not in tier.used and (run := tier.run(n, words))]
        if not found:
            raise WritingError("writing.unaligned", where=rewrite.new.id)
        tier, run = min(found, key=lambda one: _unlike(turn, *one))
        tier.used.update(run)
        for n in run:
            yield tier, n


def _unlike(turn: Turn, tier: Tier, run: list[int]) -> tuple[bool, int]:
    """Rank the tiers that hold a turn's words: the one named after its voice, then the one that cuts them least (a tier of words cuts them most)."""
    return key(turn.speaker) not in map(key, tier.names), len(run)


def _words(text: str) -> list[str]:
    return _CONTROL.sub(" ", text).split()


def _are_numbers(tier: Tier) -> bool:
    """Tell whether a tier only numbers utterances, as the reader does."""
    texts = [text for one in tier.annotations if (text := one.words.strip())]
    return bool(texts) and sum(_NUMBERED.fullmatch(text) is not None for text in texts) >= 0.8 * len(texts)


def tier_name(name: str, number: int, rewrite: Rewrite, taken: set[str]) -> str:
    """Return the new name of a tier, none of `taken`: voices in it under their new labels, words that say what it holds; other words go."""
    new = _renamed(name, rewrite) or f"Tier {number}"
    while new in taken:
        new += f" {number}"
    taken.add(new)
    return new


def _renamed(name: str, rewrite: Rewrite) -> str:
    if (voice := rewrite.labels.get(name) or rewrite.voices.get(key(name))) is not None:
        return name if key(voice) == key(name) else voice
    for old, new in sorted(rewrite.labels.items(), key=lambda pair: -len(pair[0])):
        name = re.sub(rf"(?<![^\W_]){re.escape(old)}(?![^\W_])", lambda _, new=new: new, name)  # type: ignore[misc]
    voiced = {part for new in rewrite.voices.values() for part in _PARTS.findall(new)}
    parts = _PARTS.findall(name)
    if all(part in voiced or kind(part) or rewrite.is_safe(part) for part in parts):
        return name
    return " ".join(part for part in parts if part in voiced or kind(part))
