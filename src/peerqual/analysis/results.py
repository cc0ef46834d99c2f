"""The results of a study in their structure: paths, role, practices with their modality, by group of participants, each count out of how many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from peerqual.analysis.frequencies import theme_frequencies
from peerqual.analysis.modalities import practices, with_modality
from peerqual.analysis.passages import loaded
from peerqual.errors import PeerqualError
from peerqual.model import MODALITIES, Corpus

SECTIONS = ("parcours", "role", "pratiques")  # branches of the study's codebook, in the order of its results
COUNTS = ["passages", "documents", "documents_total", "participants", "participants_total"]
COLUMNS = ["section", "code", "label", "modality", "material", "group", *COUNTS]


def results_table(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Any = None,
    *,
    by: str = "association",
    sections: Sequence[str] = SECTIONS,
    lang: str = "fr",
) -> pd.DataFrame:
    """Return the results in the order in which the study tells them, each code for all and by group, practices by modality too.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a child counts as its parents.
        corpus: the transcripts that were coded.
        codebook: its codes (None: the package's).
        by: an attribute of participants; "material": no groups.
        sections: branches of the codebook, in the order of the results.
        lang: the language of labels.

    Returns:
        One row per code × modality × material × group, zeros included: `section` (its branch), `code`, `label`, `modality` ("": whatever it is; of
        practices then each of `model.MODALITIES`), `material`, `group` ("": all; "—": participants without the attribute), `passages`, `documents` of
        `documents_total`, `participants` of `participants_total`. Groups of one or two people tell of a person: they are no matter for a publication.

    Raises:
        PeerqualError: as `theme_frequencies`; a section is no code of the codebook.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> table = results_table(CODINGS, CORPUS, BOOK, sections=["vecu"])
    >>> table.query("code == 'espoir' and material == 'interview'")[["group", "participants", "participants_total"]].values.tolist()
    [['', 1, 2], ['A', 1, 1], ['B', 0, 1]]
    """
    book = loaded(codebook)
    known = {code.id for code in book.codes}
    for section in sections:
        if section not in known:
            raise PeerqualError("analysis.unknown_code", section, count=1)
    section_of = {code.id: next((id for id in sections if id in (code.id, *book.ancestors(code.id))), "") for code in book.codes}
    ways = dict.fromkeys(("material", by))
    parts = [theme_frequencies(codings, corpus, codebook=book, by=name, lang=lang).assign(modality="") for name in ways]
    told, having = with_modality(codings, corpus, book), practices(book)
    for modality in MODALITIES:
        rows = told[told["modality"] == modality]
        for name in ways:
            table = theme_frequencies(rows, corpus, codebook=book, by=name, lang=lang).assign(modality=modality)
            parts.append(table[table["code"].isin(having)])
    table = pd.concat(parts, ignore_index=True)
    table["section"] = [section_of[code] for code in table["code"]]
    table = table[table["section"] != ""]
    order = {code.id: i for i, code in enumerate(book.codes)}
    materials = list(dict.fromkeys(table["material"]))
    keys = pd.DataFrame(
        {
            "section": table["section"].map(list(sections).index),
            "code": table["code"].map(order),
            "material": table["material"].map(materials.index),
            "modality": table["modality"].map(("", *MODALITIES).index),
        }
    ).sort_values(["section", "code", "material", "modality"], kind="stable")
    return table.loc[keys.index, COLUMNS].reset_index(drop=True)
