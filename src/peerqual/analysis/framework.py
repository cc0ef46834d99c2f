"""The framework matrix: participants × themes, cells for the researcher's own words beside the passages they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.citing import cite
from peerqual.analysis.ground import survey
from peerqual.analysis.passages import counted, loaded, passages, tree
from peerqual.errors import PeerqualError
from peerqual.model import Corpus

COLUMNS = ["participant", "code", "label", "text", "passages", "references"]
JOINT = " ; "


def framework_matrix(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Any = None,
    *,
    codes: Sequence[str] = (),
    texts: pd.DataFrame | None = None,
    lang: str = "fr",
) -> pd.DataFrame:
    """Lay out who says what on which theme, with an empty cell for what the researcher makes of it.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a child counts as its parents.
        corpus: the transcripts that were coded.
        codebook: its codes (None: the package's).
        codes: themes in the order of the columns, codes or branches (default: the codes that are found, in the codebook's order).
        texts: what was written before, `participant`, `code`, `text`: put back into its cells, whose codes are added where `codes` has them not.
        lang: the language of labels.

    Returns:
        One row per participant (respondents and facilitators, by id) × theme: `participant`, `code`, `label`, `text` ("" to fill), `passages`
        (distinct spans that the participant speaks), `references` (« E05, l. 12 ; E05, l. 40 »: lines of the documents' texts).

    Raises:
        PeerqualError: a missing column, an unknown document, code or status; a text about somebody or a code that is not there.

    Source: Ritchie and Spencer (1994), Qualitative data analysis for applied policy research, in Bryman and Burgess (eds), Analyzing
    Qualitative Data, ch. 9.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> framework_matrix(CODINGS, CORPUS, BOOK, codes=["espoir"])[["participant", "passages", "references"]].values.tolist()
    [['P1', 1, 'E01, l.\\xa02'], ['P2', 1, 'G01, l.\\xa02']]
    """
    known, ground = tree(codebook, lang, branches=True), survey(corpus)
    rows = counted(passages(codings, ground, known), known)
    written = _written(texts)
    people = sorted({str(ground.turn_participant[turn]) for turn in np.flatnonzero(ground.turn_person)})
    wanted = _themes(known.ids, rows["code"].to_numpy(), codes, written, codebook)
    for participant, _ in written:
        if participant not in people:
            raise PeerqualError("analysis.text_about_nobody", participant)
    label = dict(zip(known.ids, known.labels, strict=True))
    place = {id: i for i, id in enumerate(known.ids)}
    cells = _cells(rows[rows["code"].isin([place[id] for id in wanted])], ground, corpus)
    made = []
    for participant in people:
        for id in wanted:
            found = cells.get((participant, place[id]), [])
            made.append((participant, id, label[id], written.get((participant, id), ""), len(found), JOINT.join(dict.fromkeys(found))))
    return pd.DataFrame(made, columns=COLUMNS)


def _written(texts: pd.DataFrame | None) -> dict[tuple[str, str], str]:
    if texts is None:
        return {}
    rows = texts[["participant", "code", "text"]].astype(str).itertuples(index=False)
    return {(participant, code): text for participant, code, text in rows if text.strip()}


def _themes(ids: list[str], found: np.ndarray, codes: Sequence[str], written: dict[tuple[str, str], str], codebook: Any) -> list[str]:
    assignable = {code.id for code in loaded(codebook).codes if code.assignable}
    used = {ids[int(code)] for code in np.unique(found)}
    wanted = list(codes) or [id for id in ids if id in used and id in assignable]
    wanted = list(dict.fromkeys([*wanted, *(code for _, code in written)]))
    unknown = [id for id in wanted if id not in ids]
    if unknown:
        raise PeerqualError("analysis.no_such_code", unknown[0])
    return wanted


def _cells(rows: pd.DataFrame, ground: Any, corpus: Corpus) -> dict[tuple[str, int], list[str]]:
    # References of each (participant, code), in the order of the texts.
    made: dict[tuple[str, int], list[str]] = {}
    for document, code, start, end, turn in rows.sort_values(["start", "end"])[["document", "code", "start", "end", "turn"]].itertuples(index=False):
        if turn >= 0 and ground.turn_person[turn]:
            base = int(ground.base[document])
            reference = cite(corpus[int(document)], int(start) - base, int(end) - base)
            made.setdefault((str(ground.turn_participant[turn]), int(code)), []).append(reference)
    return made
