"""Where along each document the codes fall."""

from __future__ import annotations

import numpy as np
import pandas as pd

from peerqual.analysis.ground import survey
from peerqual.analysis.passages import flat, passages
from peerqual.model import Corpus

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
