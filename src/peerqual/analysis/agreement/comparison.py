"""The codings of several coders laid over the same units: what every table of agreement begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.agreement.coefficients import each_once
from peerqual.analysis.agreement.units import Units, lay_out, reached
from peerqual.analysis.ground import Ground, survey
from peerqual.analysis.passages import Tree, passages, tree
from peerqual.errors import PeerqualError
from peerqual.model import Corpus


@dataclass(frozen=True)
class Comparison:
    """What `coders` (names, in order) gave to `units`.

    `passages[i]` is coder *i*'s table (see `analysis.passages.passages`); `reaches[i]` which unit each of its passages reaches (see `reached`).
    """

    coders: tuple[str, ...]
    corpus: Corpus
    ground: Ground
    codes: Tree
    units: Units
    passages: tuple[pd.DataFrame, ...]
    reaches: tuple[tuple[np.ndarray, np.ndarray], ...]

    @cached_property
    def marks(self) -> tuple[np.ndarray, ...]:
        """Each coder's codes as ``unit * len(codes.ids) + code``, each once, in order."""
        width = len(self.codes.ids)
        return tuple(
            each_once(unit * width + table["code"].to_numpy()[passage]) for table, (unit, passage) in zip(self.passages, self.reaches, strict=True)
        )

    @property
    def outside(self) -> tuple[int, ...]:
        """How many passages of each coder lie in no unit."""
        return tuple(len(table) - len(np.unique(passage)) for table, (_, passage) in zip(self.passages, self.reaches, strict=True))

    @cached_property
    def used(self) -> np.ndarray:
        """The places (in `codes.ids`) of the codes that any coder gave to a unit, in the codebook's order."""
        return np.unique(np.concatenate(self.marks) % len(self.codes.ids))

    @cached_property
    def documents(self) -> np.ndarray:
        """The places (in `ground.ids`) of the documents that have units."""
        return np.unique(self.units.document)

    def unit_text(self, unit: int) -> tuple[str, int, int, str]:
        """Return a unit's document, its start and end in it, and its words."""
        place = int(self.units.document[unit])
        base = int(self.ground.base[place])
        start, end = int(self.units.start[unit]) - base, int(self.units.end[unit]) - base
        return self.ground.ids[place], start, end, self.corpus[place].text[start:end]


def compare(
    codings: Mapping[str, pd.DataFrame],
    corpus: Corpus,
    *,
    unit: str = "sentence",
    codebook: Any = None,
    parents: bool = False,
    only: pd.DataFrame | None = None,
    lang: str = "fr",
) -> Comparison:
    """Lay the codings of each coder over the units of `corpus`.

    Args:
        codings: name → DESIGN.md's columns; rejected codings are not counted.
        unit: "sentence", "turn" or "character".
        codebook: its codes (None: the package's).
        parents: a code counts for its assignable ancestors too.
        only: document, start, end: the units themselves, where not all are to be counted.

    Raises:
        PeerqualError: fewer than two coders, a missing column, an unknown document, code, status or unit, a text that has changed since it was
            coded, a place outside its text.
    """
    if len(codings) < 2:
        raise PeerqualError("agreement.one_coder")
    ground, codes = survey(corpus), tree(codebook, lang)
    tables = []
    for table in codings.values():
        check_texts(table, corpus)
        tables.append(_passages(table, ground, codes, parents=parents))
    edges = [table[side].to_numpy() for table in tables for side in ("start", "end")]
    units = lay_out(corpus, ground, unit, only=only, edges=edges)
    reaches = tuple(reached(units, table["start"].to_numpy(), table["end"].to_numpy()) for table in tables)
    return Comparison(tuple(codings), corpus, ground, codes, units, tuple(tables), reaches)


def check_texts(codings: pd.DataFrame, corpus: Corpus) -> None:
    """Raise `PeerqualError` when a document of `codings` is not the text of `corpus`, where the column `text_hash` tells."""
    if not {"document", "text_hash"} <= set(codings.columns):
        return
    hashes = {transcript.id: transcript.text_hash for transcript in corpus}
    for document, text_hash in codings[["document", "text_hash"]].drop_duplicates().itertuples(index=False):
        if hashes.get(str(document), text_hash) != text_hash:
            raise PeerqualError("agreement.text_changed", document)


def _passages(table: pd.DataFrame, ground: Ground, codes: Tree, *, parents: bool) -> pd.DataFrame:
    found = passages(table, ground, codes, columns=[column for column in ("evidence",) if column in table.columns])
    if not parents or found.empty:
        return found
    lines = pd.Series([codes.lines[code] for code in found["code"]], index=found.index, dtype=object)
    return found.assign(code=lines).explode("code").astype({"code": np.int64})
