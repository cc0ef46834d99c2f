"""The part of a corpus that is read first, to list and define themes on it: drawn at random, each kind of document in it."""

from __future__ import annotations

import hashlib

import pandas as pd

from peerqual.analysis.frequencies import NO_GROUP, groups
from peerqual.analysis.ground import survey
from peerqual.errors import PeerqualError
from peerqual.model import Corpus

COLUMNS = ["document", "material", "stratum", "stratum_total", "drawn"]


def draw_sample(corpus: Corpus, *, share: float = 0.25, seed: int = 1, by: str = "material") -> pd.DataFrame:
    """Draw documents at random within strata: in each the share that is asked, and at least one.

    Whether a document is drawn depends on the seed, its id and how many stand in its stratum, never on the order of files; a larger share draws
    the same documents and others.

    Args:
        corpus: the transcripts.
        share: of the documents of each stratum, above 0 and up to 1; rounded to the nearest whole number (halves up).
        seed: another seed draws others.
        by: "material", or an attribute of participants: documents of one material whose respondents and facilitators have the same values of it
            make a stratum ("—" without any).

    Returns:
        One row per document, in the order of the corpus: `document`, `material`, `stratum`, `stratum_total` (documents in it), `drawn` (True, False).

    Raises:
        PeerqualError: a share that is none, an attribute that no participant has.

    >>> from peerqual.analysis.example import CORPUS
    >>> draw_sample(CORPUS, share=0.5, seed=1)[["document", "stratum", "drawn"]].values.tolist()
    [['E01', 'interview', True], ['E02', 'interview', False], ['G01', 'group', True]]
    """
    if not 0 < share <= 1:
        raise PeerqualError("analysis.no_share_to_draw", share)
    strata = _strata(corpus, by)
    table = pd.DataFrame({"document": [one.id for one in corpus], "material": [str(one.material) for one in corpus], "stratum": strata})
    table["stratum_total"] = table.groupby("stratum")["document"].transform("size")
    lot = table["document"].map(lambda document: hashlib.sha256(f"{seed}:{document}".encode()).hexdigest())
    rank = lot.groupby(table["stratum"]).rank(method="first")
    table["drawn"] = rank <= (table["stratum_total"] * share + 0.5).astype(int).clip(lower=1)
    return table[COLUMNS]


def _strata(corpus: Corpus, by: str) -> list[str]:
    if by == "material":
        return [str(one.material) for one in corpus]
    ground = survey(corpus)
    values: list[set[str]] = [set() for _ in corpus]
    for document, group, person in zip(ground.turn_document, groups(ground, corpus, by), ground.turn_person, strict=True):
        if person:
            values[int(document)].add(str(group))
    return [f"{one.material}, {' + '.join(sorted(found)) or NO_GROUP}" for one, found in zip(corpus, values, strict=True)]
