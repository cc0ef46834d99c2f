"""Neighbouring sentences that carry one code are one passage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..model import Coding


def merged(codings: Iterable[tuple[int, Coding]]) -> list[Coding]:
    """Return the codings of one turn, each with the number of its sentence, as passages: sentences in a row with one code and one polarity.

    A passage runs from its first sentence to its last and keeps the supporting words of all; its score, rule and origin are those of its surest
    sentence, its qualifiers those that hold in every one.
    """
    done: list[Coding] = []
    open_: dict[tuple[str, str], tuple[int, Coding]] = {}
    for number, coding in sorted(codings, key=lambda one: one[0]):
        at = (coding.code, coding.polarity)
        last, passage = open_.get(at, (-2, coding))
        if last == number - 1:
            open_[at] = (number, _joined(passage, coding))
        else:
            done += [passage] if at in open_ else []
            open_[at] = (number, coding)
    return done + [passage for _, passage in open_.values()]


def _joined(one: Coding, other: Coding) -> Coding:
    surest = max(one, other, key=lambda coding: coding.score)
    return replace(
        surest,
        start=one.start,
        end=other.end,
        qualifiers=tuple(sorted(set(one.qualifiers).intersection(other.qualifiers))),
        evidence=tuple(sorted({*one.evidence, *other.evidence})),
    )
