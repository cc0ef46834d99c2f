"""Passages of several sentences of which single ones were judged: cut where they were, and put together where the same was decided."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ...model import Decision, Span
from .log import JUDGED

if TYPE_CHECKING:
    import pandas as pd

PASSAGE = "_passage"  # the number of the passage that a part is of


def cut(codings: pd.DataFrame, decisions: Iterable[Decision]) -> pd.DataFrame:
    """Return `codings` with each passage cut at the units inside it that were judged for all codes; where any is, with a column `PASSAGE`.

    A passage that was decided on as it stands, or that was judged whole, stays.
    """
    units: defaultdict[tuple[str, str], set[Span]] = defaultdict(set)
    whole = set()
    for one in decisions:
        if one.verdict == JUDGED:
            units[one.document, one.text_hash].add((one.start, one.end))
        else:
            whole.add((one.document, one.text_hash, one.start, one.end, one.code))
    if not units or codings.empty:
        return codings
    rows, cuts = codings.to_dict("records"), 0
    made: list[dict[Any, Any]] = []
    for number, row in enumerate(rows):
        place = row["document"], row["text_hash"], row["start"], row["end"]
        spans = [] if (*place, row["code"]) in whole else _spans(row, units[place[:2]])
        cuts += len(spans) > 1
        parts = [part(row, *span) for span in spans] if len(spans) > 1 else [row]
        made += [{**one, PASSAGE: number} for one in parts]
    if not cuts:
        return codings
    import pandas as pd

    return pd.DataFrame(made, columns=[*codings.columns, PASSAGE])


def joined(parts: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Return the `parts` that `cut` made of `codings`, neighbours of one passage with one status as one row again."""
    if PASSAGE not in parts:
        return parts
    import pandas as pd

    rows, made = codings.to_dict("records"), []
    for (number, status), run in groupby(parts.to_dict("records"), key=lambda row: (row[PASSAGE], row["status"])):
        mine = list(run)
        made.append({**part(rows[number], mine[0]["start"], mine[-1]["end"]), "status": status})
    return pd.DataFrame(made, columns=list(codings.columns))


def part(row: dict[Any, Any], start: int, end: int) -> dict[Any, Any]:
    """Return the row of a passage for ``[start, end)`` of it: its words, and of its supporting words those that stand there or before the passage."""
    support = [span for span in json.loads(row["evidence"] or "[]") if (start <= span[0] and span[1] <= end) or span[1] <= row["start"]]
    words = row["text"][start - row["start"] : end - row["start"]]
    return {**row, "start": start, "end": end, "evidence": json.dumps(support, separators=(",", ":")), "text": words}


def _spans(row: dict[Any, Any], units: Iterable[Span]) -> list[Span]:
    """Return the judged `units` inside a passage and what is left between them, in their order; nothing where units lie across each other."""
    inside = sorted(span for span in units if row["start"] <= span[0] and span[1] <= row["end"] and span != (row["start"], row["end"]))
    ends = [row["start"], *(end for _, end in inside)]
    starts = [*(start for start, _ in inside), row["end"]]
    if any(end > start for end, start in zip(ends, starts, strict=True)):
        return []
    between = (_trimmed(row, end, start) for end, start in zip(ends, starts, strict=True))
    return sorted([*inside, *(span for span in between if span[0] < span[1])])


def _trimmed(row: dict[Any, Any], start: int, end: int) -> Span:
    words = row["text"][start - row["start"] : end - row["start"]]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
