"""Where along each document the codes fall, and who speaks when."""

from __future__ import annotations

import numpy as np
import pandas as pd

from peerqual.analysis.ground import spoken, survey
from peerqual.analysis.passages import flat, passages
from peerqual.model import Corpus

TURN_COLUMNS = ["document", "material", "participant", "role", "start", "end", "at", "width"]
COLUMNS = ["code", "document", "material", "start", "end", "at", "width", "polarity", "status"]


def positions(codings: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Place every coding along its document, measured in words (an interviewer's words count too: they take time).

    Returns:
        One row per coding that is not rejected, under its own code, by document and place: `code`, `document`, `material`, `start`, `end`,
        `at` (share of the document's words before it, 0 to 1), `width` (share of the document's words inside it), `polarity`, `status`.

    Raises:
        PeerqualError: a missing column, an unknown document or status.
    """
    codes, ground = flat(codings), survey(corpus)
    rows = passages(codings, ground, codes, columns=("polarity", "status"))
    document = rows["document"].to_numpy()
    edges = np.searchsorted(ground.word_at, ground.base)
    before = np.searchsorted(ground.word_at, rows["start"].to_numpy()) - edges[document]
    inside = np.searchsorted(ground.word_at, rows["end"].to_numpy()) - edges[document] - before
    total = np.maximum(np.diff(edges)[document], 1)
    table = pd.DataFrame(
        {
            "code": np.array(codes.ids, dtype=object)[rows["code"].to_numpy()],
            "document": np.array(ground.ids, dtype=object)[document],
            "material": ground.materials[document],
            "start": rows["start"].to_numpy() - ground.base[document],
            "end": rows["end"].to_numpy() - ground.base[document],
            "at": before / total,
            "width": inside / total,
            "polarity": rows["polarity"].to_numpy(),
            "status": rows["status"].to_numpy(),
        }
    )
    order = np.lexsort((rows["code"].to_numpy(), rows["end"].to_numpy(), rows["start"].to_numpy()))
    return table.iloc[order].reset_index(drop=True)[COLUMNS]


def turn_positions(corpus: Corpus) -> pd.DataFrame:
    """Place every turn along its document, on the same axis as `positions`: who speaks when.

    Returns:
        One row per turn that has words, by document and place: `document`, `material`, `participant`, `role`, `start`, `end` (code points), `at`
        (share of the document's words before it, 0 to 1), `width` (share of the document's words inside it). The widths of a document add up to 1.

    >>> from peerqual.analysis.example import CORPUS
    >>> turn_positions(CORPUS)[["document", "role", "at", "width"]].round(2).values.tolist()[:2]
    [['E01', 'interviewer', 0.0, 0.14], ['E01', 'respondent', 0.14, 0.86]]
    """
    ground = survey(corpus)
    edges = np.searchsorted(ground.word_at, ground.base)
    words = np.bincount(ground.word_turn, minlength=len(ground.turn_start))
    document = ground.turn_document
    total = np.maximum(np.diff(edges)[document], 1)
    table = pd.DataFrame(
        {
            "document": np.array(ground.ids, dtype=object)[document],
            "material": ground.materials[document],
            "participant": ground.turn_participant,
            "role": [turn.role for transcript in corpus for turn in spoken(transcript)],
            "start": ground.turn_start - ground.base[document],
            "end": ground.turn_end - ground.base[document],
            "at": (np.cumsum(words) - words - edges[document]) / total,
            "width": words / total,
        }
    )
    return table[words > 0].reset_index(drop=True)[TURN_COLUMNS]
