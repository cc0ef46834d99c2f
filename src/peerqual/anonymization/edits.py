"""Carry out edits on a text, and keep the map between the positions before and after."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Edit, OffsetMap


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Return `text` with `edits` carried out (in order, none overlapping), and the map of positions.

    >>> apply("Anne rit", [Edit("d", 0, 4, "Julie")])[0]
    'Julie rit'
    """
    parts: list[str] = []
    segments: list[tuple[int, int, int, int]] = []
    at = length = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.text)
        new_start = length + edit.start - at
        length = new_start + len(edit.text)
        segments.append((edit.start, edit.end, new_start, length))
        at = edit.end
    parts.append(text[at:])
    return "".join(parts), OffsetMap(tuple(segments))
