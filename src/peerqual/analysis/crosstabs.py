"""Codes against documents, and against groups of participants."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.frequencies import theme_frequencies
from peerqual.analysis.ground import survey, words_in_union
from peerqual.analysis.passages import counted, passages, tree
from peerqual.errors import PeerqualError
from peerqual.model import Corpus

COLUMNS = ["code", "document", "material", "passages", "words", "words_total", "per_1000_words"]


def code_by_document(codings: pd.DataFrame, corpus: Corpus, codebook: Any = None) -> pd.DataFrame:
    """Count each code in each document, zeros included.

    Returns:
        One row per assignable code × document of the corpus, in the codebook's and the corpus's order: `code`, `document`, `material`,
        `passages` (distinct spans, children's included), `words` (inside their union), `words_total` (of the document, those that can
        carry a code), `per_1000_words` (passages per 1,000 of `words_total`; 0 when the document has none).

    Raises:
        PeerqualError: a missing column, an unknown document, code or status.
    """
    codes, ground = tree(codebook), survey(corpus)
    rows = counted(passages(codings, ground, codes), codes)
    n = len(ground.ids)
    keys = len(codes.ids) * n
    document = rows["document"].to_numpy()
    key = rows["code"].to_numpy() * n + document
    word_document = ground.turn_document[ground.word_turn] if len(ground.word_turn) else ground.word_turn
    found = np.bincount(key, minlength=keys)
    words = words_in_union(ground, rows["start"].to_numpy(), rows["end"].to_numpy(), key=key, keys=keys, cell=document, word_cell=word_document)
    total = np.tile(np.bincount(word_document[ground.word_coded], minlength=n), len(codes.ids))
    return pd.DataFrame(
        {
            "code": np.repeat(np.array(codes.ids, dtype=object), n),
            "document": ground.ids * len(codes.ids),
            "material": np.tile(ground.materials, len(codes.ids)),
            "passages": found,
            "words": words,
            "words_total": total,
            "per_1000_words": np.where(total > 0, 1000 * found / np.maximum(total, 1), 0.0),
        }
    )[COLUMNS]


def wide(table: pd.DataFrame, value: str = "passages") -> pd.DataFrame:
    """Return the long table of `code_by_document` as codes (rows) × documents (columns), in its order.

    Raises:
        PeerqualError: the table has no column `value`.
    """
    _known(table, value)
    crossed = table.pivot(index="code", columns="document", values=value)
    return crossed.loc[list(dict.fromkeys(table["code"])), list(dict.fromkeys(table["document"]))]


def code_by_group(codings: pd.DataFrame, corpus: Corpus, codebook: Any = None, *, by: str = "material", value: str = "participants") -> pd.DataFrame:
    """Return codes (rows) × (material, group) (columns) of one column of `theme_frequencies`, in the codebook's order.

    Args:
        codings: as for `theme_frequencies`.
        corpus: as for `theme_frequencies`.
        codebook: as for `theme_frequencies`.
        by: "material" or an attribute of participants.
        value: a numeric column of `theme_frequencies`, such as "participants", "passages", "words_share"; its denominator is there too.

    Raises:
        PeerqualError: as `theme_frequencies`; `value` is not one of its columns.
    """
    table = theme_frequencies(codings, corpus, codebook=codebook, by=by)
    _known(table, value)
    crossed = table.pivot(index="code", columns=["material", "group"], values=value)
    cells = list(dict.fromkeys(zip(table["material"], table["group"], strict=True)))
    return crossed.loc[list(dict.fromkeys(table["code"])), cells]


def _known(table: pd.DataFrame, value: str) -> None:
    numeric = [str(name) for name in table.columns if pd.api.types.is_numeric_dtype(table[name])]
    if value not in numeric:
        raise PeerqualError("analysis.unknown_value", value, known=", ".join(numeric))
