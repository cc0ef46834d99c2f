"""What may be published: no transcript, nothing that lays one person's codes out beside another's, excerpts that a person chose.

Among eight people who know each other, which codes one of them carries is a fingerprint (DESIGN.md, « Internal confidentiality »).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 3  # participants: of fewer a group's row tells of a person, and of one by taking away the other
PRIVATE = ("document", "participant", "start", "end", "context_before", "context_after")  # of an excerpt: where it stands, and in whose words
GRIDS = ("code_by_document", "positions")


def published(tables: Mapping[str, pd.DataFrame], *, grid: bool = False) -> dict[str, pd.DataFrame]:
    """Return what of `tables` may be published: without grids of codes and documents, groups of fewer than three people, words around excerpts.

    A material of one or two people is left out of "frequencies", "polarity" and "modality"; "frequencies_ATTRIBUTE" and "results_ATTRIBUTE" are left
    out whole when they have such a group, since what is missing could be had by subtraction. `grid` (the person asked for it) keeps grids and groups.
    """
    kept: dict[str, pd.DataFrame] = {}
    for name, table in tables.items():
        if name == "verbatims":
            table = table.assign(context_before="", context_after="")
        elif not grid and name in GRIDS:
            continue
        elif not grid and name.startswith(("frequencies", "results", "processes")):
            few = table["participants_total"].between(1, FEWEST - 1)
            if name != "frequencies" and few.any():
                continue
            table = table[~few]
        kept[name] = table
    for name in {"polarity", "modality"} & set(kept):
        kept[name] = kept[name][kept[name]["material"].isin(set(kept["frequencies"]["material"]))]
    return kept


def without_places(excerpts: pd.DataFrame) -> pd.DataFrame:
    """Return a table of excerpts without the columns that tell where each stands."""
    return excerpts.drop(columns=[name for name in PRIVATE if name in excerpts.columns])


def published_facts(facts: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Return `facts` (of `analysis.summary`) whose widest codes are those of the materials that `tables` still have."""
    materials = set(tables["frequencies"]["material"])
    return {**facts, "widest": [row for row in facts["widest"] if row["material"] in materials]}
