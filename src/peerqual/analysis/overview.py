"""The few counts that open a report."""

from __future__ import annotations

from typing import Any

import pandas as pd

from peerqual.analysis.frequencies import theme_frequencies
from peerqual.analysis.ground import survey
from peerqual.analysis.passages import Tree, passages, tree
from peerqual.model import MATERIALS, STATUSES, Corpus

WIDEST = ["material", "code", "label", "participants", "participants_total", "documents", "documents_total", "passages"]


def summary(codings: pd.DataFrame, corpus: Corpus, codebook: Any = None, *, lang: str = "fr", top: int = 5) -> dict[str, Any]:
    """Count what the corpus and the codings hold, as plain numbers that JSON can carry.

    Returns:
        `documents` {material: n, in the order of `MATERIALS`}, `documents_total`, `participants` (respondents and facilitators, each once),
        `participants_by_material` {material: n}, `turns`, `words` (all), `words_coded` (those that can carry a code), `codings`
        {status: n, rejected too}, `codings_total` (without the rejected), `codes_used`, `codes_total`, `widest`: per material the `top`
        codes that most participants speak (most documents where there are no participants), as dicts of `WIDEST`, none with 0 passages, none whose
        parent, which counts it, is there.

    Raises:
        PeerqualError: a missing column, an unknown document, code or status.
    """
    codes, ground = tree(codebook, lang), survey(corpus)
    live = passages(codings, ground, codes)
    materials = [*MATERIALS, *sorted(set(ground.materials) - set(MATERIALS))]
    named = ground.turn_person
    speaks_in = ground.materials[ground.turn_document]
    persons = {material: set(ground.turn_participant[named & (speaks_in == material)]) for material in materials}
    present = [material for material in materials if (ground.materials == material).any()]
    return {
        "documents": {material: int((ground.materials == material).sum()) for material in present},
        "documents_total": len(ground.ids),
        "participants": len(set().union(*persons.values())),
        "participants_by_material": {material: len(persons[material]) for material in present},
        "turns": sum(len(transcript.turns) for transcript in corpus),
        "words": len(ground.word_at),
        "words_coded": int(ground.word_coded.sum()),
        "codings": {status: int((codings["status"] == status).sum()) for status in STATUSES},
        "codings_total": len(live),
        "codes_used": int(live["code"].nunique()),
        "codes_total": len(codes.ids),
        "widest": _widest(theme_frequencies(codings, corpus, codebook=codebook, lang=lang), codes, top),
    }


def _widest(frequencies: pd.DataFrame, codes: Tree, top: int) -> list[dict[str, Any]]:
    place = {code: i for i, code in enumerate(codes.ids)}
    found = frequencies[frequencies["passages"] > 0]
    found = found.sort_values(["participants", "documents", "passages"], ascending=False, kind="stable")
    rows: list[dict[str, Any]] = []
    for material in dict.fromkeys(frequencies["material"]):
        listed: list[dict[str, Any]] = []
        for row in found.loc[found["material"] == material, WIDEST].to_dict("records"):
            if len(listed) < top and not any(codes.related(place[row["code"]], place[other["code"]]) for other in listed):
                listed.append(row)  # type: ignore[arg-type]
        rows += listed
    return rows
