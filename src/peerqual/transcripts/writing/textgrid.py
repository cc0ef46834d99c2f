"""Praat TextGrids: the same tiers with the same intervals and points, in the long form of text, in UTF-8.

The numbers stay as they are written; what stands in the file besides numbers, strings and flags is comment to Praat and goes.
Source: P. Boersma and D. Weenink, *Praat: doing phonetics by computer*, manual page « TextGrid file formats ».
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...language.fold import fold
from ...language.lexicons import words
from ..bounds import load_text
from ..formats.textgrid import _TOKEN, _TRIGRAPH, CHRONOLOGICAL, _letter
from .annotations import Annotation, Tier, carry, tier_name
from .checking import check_strings
from .rewrite import Rewrite


@dataclass(slots=True)
class _Mark:
    """An interval or a point: its numbers as they are written, and its text."""

    at: list[str]
    text: str

    def put(self, text: str) -> None:
        self.text = text


@dataclass(slots=True)
class _Tier:
    kind: str
    name: str
    bounds: list[str]
    marks: list[_Mark] = field(default_factory=list)


def rewritten(rewrite: Rewrite) -> bytes:
    """Return the TextGrid with the words of `rewrite`. Raises `WritingError` when a turn is not found in it."""
    text, _ = load_text(rewrite.path)
    bounds, tiers = _parsed(_tokens(text))
    silences = words("tier_silences")
    carry(rewrite, [_annotations(tier, {mark.text for mark in tier.marks if fold(mark.text.strip()) in silences}) for tier in tiers])
    taken: set[str] = set()
    for number, tier in enumerate(tiers, start=1):
        tier.name = tier_name(tier.name, number, rewrite, taken)
    check_strings([string for tier in tiers for string in (tier.name, *(mark.text for mark in tier.marks))], rewrite)
    return "\n".join([*_lines(bounds, tiers), ""]).encode("utf-8")


def _annotations(tier: _Tier, silences: set[str]) -> Tier:
    marks = [mark for mark in tier.marks if mark.text not in silences]
    return Tier((tier.name,), [Annotation(mark.text, max(float(mark.at[0]), 0.0), mark.put) for mark in marks])


def _tokens(text: str) -> Iterator[str]:
    """Yield the numbers, and the strings with their quotation mark before them."""
    for found in _TOKEN.finditer(text):
        if found["number"]:
            yield found["number"]
        elif found["text"] is not None:
            yield '"' + _TRIGRAPH.sub(_letter, found["text"].replace('""', '"'))


def _parsed(tokens: Iterator[str]) -> tuple[list[str], list[_Tier]]:
    if next(tokens) == f'"{CHRONOLOGICAL}':
        return _parsed_by_time(tokens)
    next(tokens)
    bounds, tiers = [next(tokens), next(tokens)], []
    for _ in range(int(float(next(tokens)))):
        tier = _Tier(next(tokens)[1:], next(tokens)[1:], [next(tokens), next(tokens)])
        for _ in range(int(float(next(tokens)))):
            at = [next(tokens), *([next(tokens)] if tier.kind == "IntervalTier" else [])]
            tier.marks.append(_Mark(at, next(tokens)[1:]))
        tiers.append(tier)
    return bounds, tiers


def _parsed_by_time(tokens: Iterator[str]) -> tuple[list[str], list[_Tier]]:
    bounds = [next(tokens), next(tokens)]
    tiers = [_Tier(next(tokens)[1:], next(tokens)[1:], [next(tokens), next(tokens)]) for _ in range(int(float(next(tokens))))]
    for number in tokens:
        tier = tiers[int(float(number)) - 1]
        at = [next(tokens), *([next(tokens)] if tier.kind == "IntervalTier" else [])]
        tier.marks.append(_Mark(at, next(tokens)[1:]))
    return bounds, tiers


def _lines(bounds: list[str], tiers: list[_Tier]) -> Iterator[str]:
    yield from ('File type = "ooTextFile"', 'Object class = "TextGrid"', "", f"xmin = {bounds[0]} ", f"xmax = {bounds[1]} ", "tiers? <exists> ")
    yield from (f"size = {len(tiers)} ", "item []: ")
    for number, tier in enumerate(tiers, start=1):
        marks, at, text = ("intervals", ("xmin", "xmax"), "text") if tier.kind == "IntervalTier" else ("points", ("number",), "mark")
        yield from (f"    item [{number}]:", f"        class = {_quoted(tier.kind)} ", f"        name = {_quoted(tier.name)} ")
        yield from (f"        {name} = {value} " for name, value in zip(("xmin", "xmax"), tier.bounds, strict=True))
        yield f"        {marks}: size = {len(tier.marks)} "
        for n, mark in enumerate(tier.marks, start=1):
            yield f"        {marks} [{n}]:"
            yield from (f"            {name} = {value} " for name, value in zip(at, mark.at, strict=True))
            yield f"            {text} = {_quoted(mark.text)} "


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
