"""Where coders part: the units to adjudicate, and which code one gives where the other gives another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.agreement.comparison import Comparison, compare
from peerqual.model import Corpus, Span

CONFUSIONS = ("code_a", "code_b", "count", "units_a", "units_b")


def disagreements(
    codings: Mapping[str, pd.DataFrame],
    corpus: Corpus,
    *,
    positions: Mapping[str, str] | None = None,
    unit: str = "sentence",
    codebook: Any = None,
    parents: bool = False,
    only: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List the units to which coders gave different codes, to be adjudicated.

    Args:
        codings: name of the coder → codings. The rest as for `agreement`.
        positions: name → position ("chercheur", "pair", "clinicien", …), shown beside the name.

    Returns:
        One row per unit, in the order of the texts: `document`, `start`, `end`, `speaker`, `text`, `differ` (the codes that not all gave); then for
        each coder `codes_NAME`, all its codes there, and `support_NAME`, the words that support those that differ (what a rule matched, else
        the words selected where they are less than the unit), with `position_NAME` before them where positions are told. Codes are in the codebook's
        order with a space between.

    Raises:
        PeerqualError: as `agreement`.
    """
    return difference_table(compare(codings, corpus, unit=unit, codebook=codebook, parents=parents, only=only), positions or {})


def difference_table(compared: Comparison, positions: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return the table of `disagreements` for `compared`."""
    width = _width(compared)
    keys, given = np.unique(np.concatenate(compared.marks), return_counts=True)
    differing: dict[int, list[int]] = {}
    for key in keys[given < len(compared.coders)].tolist():
        differing.setdefault(key // width, []).append(key % width)
    sides = [_Side(compared, coder) for coder in range(len(compared.coders))]
    rows = []
    for unit, codes in differing.items():
        document, start, end, text = compared.unit_text(unit)
        row = {"document": document, "start": start, "end": end, "speaker": _speaker(compared, unit, start), "text": text}
        row["differ"] = " ".join(compared.codes.ids[code] for code in codes)
        for name, side in zip(compared.coders, sides, strict=True):
            row |= {f"position_{name}": positions.get(name, "")} if positions else {}
            row |= {f"codes_{name}": side.codes(unit), f"support_{name}": side.support(unit, codes)}
        rows.append(row)
    first = ["document", "start", "end", "speaker", "text", "differ"]
    parts = ["position", "codes", "support"] if positions else ["codes", "support"]
    return pd.DataFrame(rows, columns=[*first, *(f"{part}_{name}" for name in compared.coders for part in parts)])


def _speaker(compared: Comparison, unit: int, start: int) -> str:
    transcript = compared.corpus[int(compared.units.document[unit])]
    at = transcript.turn_at(start)
    return transcript.turns[at].speaker if at is not None else ""


class _Side:
    """What one coder gave, unit by unit, and with what support."""

    def __init__(self, compared: Comparison, coder: int) -> None:
        self._compared = compared
        table = compared.passages[coder]
        self._spans = list(zip(table["start"].tolist(), table["end"].tolist(), strict=True))
        self._evidence = table["evidence"].tolist() if "evidence" in table.columns else [""] * len(table)
        self._here: dict[int, dict[int, list[int]]] = {}
        codes = table["code"].tolist()
        for unit, passage in zip(*(column.tolist() for column in compared.reaches[coder]), strict=True):
            self._here.setdefault(unit, {}).setdefault(codes[passage], []).append(passage)

    def codes(self, unit: int) -> str:
        return " ".join(self._compared.codes.ids[code] for code in sorted(self._here.get(unit, {})))

    def support(self, unit: int, codes: list[int]) -> str:
        """Return « code: words, words | code: words »."""
        place = int(self._compared.units.document[unit])
        text, base = self._compared.corpus[place].text, int(self._compared.ground.base[place])
        here = int(self._compared.units.start[unit]) - base, int(self._compared.units.end[unit]) - base
        said = []
        for code in codes:
            passages = self._here.get(unit, {}).get(code, [])
            spans = sorted({span for passage in passages for span in self._words(passage, base, here)})
            said += [f"{self._compared.codes.ids[code]}: {', '.join(text[start:end] for start, end in spans)}"] if spans else []
        return " | ".join(said)

    def _words(self, passage: int, base: int, unit: Span) -> list[Span]:
        spans = [(int(start), int(end)) for start, end in json.loads(self._evidence[passage] or "[]")]
        if spans:
            return [(start, end) for start, end in spans if start < unit[1] and end > unit[0]] or spans
        start, end = self._spans[passage]
        selected = max(start - base, unit[0]), min(end - base, unit[1])
        return [selected] if selected != unit else []


def confusions(
    codings_a: pd.DataFrame,
    codings_b: pd.DataFrame,
    corpus: Corpus,
    *,
    unit: str = "sentence",
    codebook: Any = None,
    parents: bool = False,
    only: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count which code one coder gives where the other gives another, or none.

    Args:
        codings_a, codings_b, corpus, unit, codebook, parents, only: as for `agreement`.

    Returns:
        One row per pair, most frequent first: `code_a`, `code_b`, `count` (units where a gave `code_a` and b did not, and b gave `code_b` and a did
        not; "" where the other gave no code of its own), `units_a`, `units_b` (units with that code from a, from b; 0 for ""). A unit where
        several codes differ counts in each of their pairs.

    Raises:
        PeerqualError: as `agreement`.
    """
    return confusion_table(compare({"a": codings_a, "b": codings_b}, corpus, unit=unit, codebook=codebook, parents=parents, only=only))


def confusion_table(compared: Comparison) -> pd.DataFrame:
    """Return the table of `confusions` for the two coders of `compared`."""
    a, b = compared.marks
    alone = [_alone(compared, one, other) for one, other in ((a, b), (b, a))]
    pairs = alone[0].merge(alone[1], on="unit", how="outer", suffixes=("_a", "_b")).fillna(-1).astype(np.int64)
    pairs["count"] = compared.units.weight[pairs["unit"]]
    table = pairs.groupby(["code_a", "code_b"])["count"].sum().reset_index()
    names = {-1: "", **dict(enumerate(compared.codes.ids))}
    for side, marks in (("a", a), ("b", b)):
        total = np.bincount(marks % _width(compared), weights=compared.units.weight[marks // _width(compared)], minlength=_width(compared) + 1)
        table[f"units_{side}"] = total.astype(np.int64)[table[f"code_{side}"]]
    table = table.sort_values(["count", "code_a", "code_b"], ascending=[False, True, True], kind="stable", ignore_index=True)
    table["code_a"], table["code_b"] = table["code_a"].map(names), table["code_b"].map(names)
    return table[list(CONFUSIONS)]


def _width(compared: Comparison) -> int:
    return max(len(compared.codes.ids), 1)


def _alone(compared: Comparison, marks: np.ndarray, other: np.ndarray) -> pd.DataFrame:
    only = np.setdiff1d(marks, other)
    return pd.DataFrame({"unit": only // _width(compared), "code": only % _width(compared)})
