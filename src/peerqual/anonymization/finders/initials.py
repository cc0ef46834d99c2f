"""Initials that stand for a person of this transcript, met again: at a sentence's start, in brackets after the full name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .candidates import Candidate

_DOTTED = re.compile(r"[A-ZÀ-Þ]\.(?:[ -]?[A-ZÀ-Þ]\.)*")
_LETTERS = re.compile(r"[A-ZÀ-Þ]{2,3}")


def again(text: str, accepted: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield ``propagation.initials`` wherever initials of an accepted person stand (« Y. », the voice « OP »), itself included.

    Letters without dots count only where they are a speaker's label: elsewhere they may be an acronym.
    """
    accepted = tuple(accepted)
    known = {text[one.start : one.end] for one in accepted if one.label == "PER"}
    labels = {text[one.start : one.end] for one in accepted if one.source == "speaker.label"}
    said = {name for name in known if _DOTTED.fullmatch(name) and name != "M."} | {label for label in labels if _LETTERS.fullmatch(label)}
    if not said:
        return
    longest_first = sorted(map(re.escape, said), key=len, reverse=True)
    for match in re.finditer(rf"(?<![\w.])(?:{'|'.join(longest_first)})(?!\w)", text):
        yield Candidate(match.start(), match.end(), "PER", match[0] in labels, "propagation.initials")
