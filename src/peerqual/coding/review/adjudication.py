"""What each coder gave of their own, and what was settled between them: two sets that are kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ...codebook import Codebook
from ...codebook_history import carried
from ...model import Coding, Corpus, Decision
from ..tables import codings_table
from .log import address, read
from .verdicts import YES, Address

if TYPE_CHECKING:
    import pandas as pd

ADJUDICATION = "adjudication"  # the origin of codings that settle what coders disagreed on


def codings_by_coder(decisions: str | Path, corpus: Corpus, codebook: Codebook | None = None) -> dict[str, pd.DataFrame]:
    """Return what each coder gave of their own, by their name: what settles a dispute is not among it (`adjudicated_codings`).

    So agreement is computed on what people coded before they spoke of it.

    Args:
        decisions: the log of decisions.
        corpus: the documents; a decision on another one, or on a text that has changed since, is left out.
        codebook: its codes, under the names they have today (None: the package's).

    Returns:
        One table of codings a coder (`peerqual.coding.CODING_COLUMNS`; origin "person", status "added"), as `pq.agreement_among` takes them. Who gave
        nothing has an empty one.

    Raises:
        PeerqualError: an entry of the log cannot be read.
    """
    own: dict[str, dict[Address, str]] = {}
    for one in _in_time(decisions, corpus, codebook):
        mine = own.setdefault(one.coder, {})
        if one.code and not one.final:
            mine[address(one)] = one.verdict
    return {coder: _codings({at: verdict for at, verdict in own[coder].items() if verdict in YES}, corpus, "person") for coder in sorted(own)}


def adjudicated_codings(decisions: str | Path, corpus: Corpus, codebook: Codebook | None = None) -> pd.DataFrame:
    """Return the adjudicated set, apart from what coders gave: one row an address that somebody settled, by the last decision on it.

    Args:
        decisions: the log of decisions.
        corpus: as for `codings_by_coder`.
        codebook: as for `codings_by_coder`.

    Returns:
        A table of codings (`peerqual.coding.CODING_COLUMNS`): origin "adjudication", status "added" or "rejected".

    Raises:
        PeerqualError: as `codings_by_coder`.
    """
    settled = {address(one): one.verdict for one in _in_time(decisions, corpus, codebook) if one.code and one.final}
    return _codings(settled, corpus, ADJUDICATION)


def _in_time(path: str | Path, corpus: Corpus, codebook: Codebook | None) -> list[Decision]:
    hashes = {one.id: one.text_hash for one in corpus}
    today = [one for one in carried(read(path), codebook or Codebook.load()) if hashes.get(one.document) == one.text_hash]
    return sorted(today, key=lambda one: one.at)


def _codings(verdicts: Mapping[Address, str], corpus: Corpus, origin: str) -> pd.DataFrame:
    places = {one.id: n for n, one in enumerate(corpus)}
    order = sorted(verdicts, key=lambda at: (places[at[0]], *at[2:]))
    made = [Coding(at[0], at[2], at[3], at[4], origin, "", 1.0, status="added" if verdicts[at] in YES else "rejected") for at in order]
    return codings_table(made, corpus)
