"""Agreement on where passages stand: Krippendorff's unitizing α, and F1 of spans.

Spans are pairs of offsets, half-open. The α here is uα and |uα of Krippendorff, Mathet, Bouvry and Widlöcher (2016), On the reliability
of unitizing textual continua: Further developments, Quality & Quantity 50, 2347-2364 (equations 1-6): units are paired with whole units,
gaps are no units and count by their length. It is not the older αU of Krippendorff (1995), which squares lengths of differences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np

from peerqual.analysis.agreement.coefficients import each_once, ratio

Span = tuple[int, int]
Segment = tuple[int, int, Any]


def unitizing_alpha(coders: Sequence[Iterable[Segment]], length: int, *, binary: bool = False) -> float:
    """Return uα of the units that coders mark in a continuum, or |uα, marked against unmarked matter.

    Args:
        coders: for each its units ``(start, end, value)``; one coder's do not overlap. Touching units stay apart.
        length: of the continuum, in the unit of the offsets; several texts are laid end to end, each in its place.
        binary: |uα, where the values do not count. With one value both are the same.

    Returns:
        The coefficient, NaN where it is undefined (no unit, or nothing but units of one value).

    Raises:
        ValueError: fewer than two coders, overlapping units of a coder, or a unit outside the continuum.

    >>> round(unitizing_alpha([[(0, 10, "espoir")], [(0, 10, "espoir")]], 40), 3)
    1.0
    """
    if len(coders) < 2:
        raise ValueError("two coders at least")
    marked = [sorted((start, end, True if binary else value) for start, end, value in coder) for coder in coders]
    for coder in marked:
        ends = [0, *(end for _, end, _ in coder)]
        if any(start < before or end <= start for (start, end, _), before in zip(coder, ends, strict=False)) or ends[-1] > length:
            raise ValueError("units overlap, are empty, or lie outside the continuum")
    total = len(marked) * length
    lengths: dict[Any, float] = {}
    whole = 0.0
    for coder in marked:
        for start, end, value in coder:
            lengths[value] = lengths.get(value, 0) + end - start
            whole += (end - start) ** 2
    gaps = total - sum(lengths.values())
    differing = total**2 - gaps**2 - sum(n**2 for n in lengths.values())
    expected = ratio(total * differing, total**2 - whole - gaps)
    return float(1 - ratio(_apart(marked, length) / (len(marked) - 1), expected))


def _apart(marked: Sequence[Sequence[Segment]], length: int) -> float:
    # The length over which ordered pairs of coders differ: between neighbouring edges nobody changes.
    edges = each_once(np.array([0, length, *(at for coder in marked for start, end, _ in coder for at in (start, end))]))
    number: dict[Any, int] = {}
    rows = []
    for coder in marked:
        values = np.array([0, *(number.setdefault(value, len(number) + 1) for _, _, value in coder)])
        starts, ends = (np.array([0, *(segment[side] for segment in coder)]) for side in (0, 1))
        at = np.searchsorted(starts[1:], edges[:-1], side="right")
        rows.append(np.where(edges[:-1] < ends[at], values[at], 0))
    pairs = ((a, b) for i, a in enumerate(rows) for b in rows[i + 1 :])
    return float(sum(2 * ((a != b) * np.diff(edges)).sum() for a, b in pairs))


def span_f1(a: Collection[Span], b: Collection[Span]) -> float:
    """Return the F1 of spans that both coders marked exactly alike; NaN when neither marked any.

    >>> span_f1([(0, 5), (9, 12)], [(0, 5), (8, 12)])
    0.5
    """
    first, second = set(a), set(b)
    return float(ratio(2 * len(first & second), len(first) + len(second)))


def overlap_f1(a: Collection[Span], b: Collection[Span]) -> float:
    """Return the F1 of the characters that both coders marked; NaN when neither marked any.

    >>> overlap_f1([(0, 5), (9, 12)], [(0, 5), (8, 12)])
    0.9411764705882353
    """
    first, second = union(a), union(b)
    common = length_of(first) + length_of(second) - length_of(union([*first, *second]))
    return float(ratio(2 * common, length_of(first) + length_of(second)))


def union(spans: Iterable[Span]) -> list[Span]:
    """Return what `spans` cover, as spans that do not overlap, in order; touching ones stay apart."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        elif start < end:
            made.append((start, end))
    return made


def length_of(spans: Iterable[Span]) -> int:
    """Return the summed length of `spans`."""
    return sum(end - start for start, end in spans)
