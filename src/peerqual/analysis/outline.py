"""The codebook as a tree: branches, codes, finer codes, each with how many people say it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from peerqual.analysis.passages import Tree, loaded, tree
from peerqual.codebook_freeze import frozen
from peerqual.codebook_history import renamed

COUNTS = ["passages", "documents", "documents_total", "participants", "participants_total"]
COLUMNS = ["code", "parent", "label", "depth", "assignable", "added", "material", *COUNTS]


def code_tree(codebook: Any = None, frequencies: pd.DataFrame | None = None, *, lang: str = "fr") -> pd.DataFrame:
    """Lay a codebook out as a tree: each code after its parent, children in the order of the file.

    Args:
        codebook: its codes and branches (None: the package's).
        frequencies: the columns of `theme_frequencies` by material; with its `branches=True` branches are counted too.
        lang: the language of labels.

    Returns:
        One row per code or branch × material of `frequencies` (one row, material "", without them): `code`, `parent` ("" at the top), `label`,
        `depth` (0 at the top), `assignable`, `added` (the date, ISO 8601, at which it was added to a frozen codebook; else ""), `material`,
        `passages`, `documents`, `documents_total`, `participants`, `participants_total` (missing where `frequencies` does not count the code).

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> from peerqual.analysis import theme_frequencies
    >>> table = code_tree(BOOK, theme_frequencies(CODINGS, CORPUS, codebook=BOOK, branches=True))
    >>> table[table["material"] == "group"][["code", "depth", "passages", "participants"]].values.tolist()
    [['vecu', 0, 2, 2], ['espoir', 1, 1, 1], ['entraide', 1, 1, 1]]
    """
    codebook = loaded(codebook)
    codes = tree(codebook, lang, branches=True)
    assignable = {code.id: code.assignable for code in codebook.codes}
    added = _added(codebook)
    rows = [
        (code, codes.parents[i], codes.labels[i], len(codes.lines[i]) - 1, assignable[code], added.get(code, ""))
        for i in _walk(codes, "")
        for code in [codes.ids[i]]
    ]
    outline = pd.DataFrame(rows, columns=COLUMNS[:6])
    if frequencies is None or frequencies.empty:
        return outline.assign(material="").reindex(columns=COLUMNS).astype(dict.fromkeys(COUNTS, "Int64"))
    materials = pd.DataFrame({"material": list(dict.fromkeys(frequencies["material"]))})
    wide = outline.merge(materials, how="cross").merge(frequencies[["code", "material", *COUNTS]], on=["code", "material"], how="left")
    return wide.astype(dict.fromkeys(COUNTS, "Int64"))[COLUMNS]


def _walk(codes: Tree, parent: str) -> Iterator[int]:
    for i, above in enumerate(codes.parents):
        if above == parent:
            yield i
            yield from _walk(codes, codes.ids[i])


def _added(codebook: Any) -> dict[str, str]:
    # By today's ids; what was merged into another code adds nothing of its own.
    since = frozen(codebook) if getattr(codebook, "history", ()) else None
    if since is None:
        return {}
    merged = {change.code for change in codebook.history if change.action == "merge"}
    made = {code: change.at for code, change in since.added}
    now = renamed(made, codebook)
    return {now.get(code, code): at for code, at in made.items() if code not in merged}
