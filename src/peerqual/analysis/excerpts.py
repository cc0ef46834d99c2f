"""Excerpts ready to be quoted: cut to a length, with how to cite them and who could recognise the person."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from peerqual.analysis.citing import cite, trimmed
from peerqual.analysis.ground import WORD
from peerqual.analysis.quotes import verbatims
from peerqual.anonymization.risk import risk
from peerqual.errors import PeerqualError
from peerqual.model import Corpus

COLUMNS = [
    *("code", "rank", "document", "participant", "speaker", "start", "end", "text", "words", "words_total"),
    *("cite", "cited_in", "readers", "cues", "status"),
]


def excerpts(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Any = None,
    *,
    words: int = 60,
    per_code: int = 8,
    chosen: pd.DataFrame | None = None,
    only_chosen: bool = False,
) -> pd.DataFrame:
    """List passages to quote for each code, cut to at most `words` words, with how to cite them.

    Args:
        codings: DESIGN.md's columns; rejected codings are left out.
        corpus: the transcripts that were coded.
        codebook: its codes (None: the package's).
        words: at most; what is left out is « […] », at ends of sentences, around the words that support the code.
        per_code: passages per code at most, spread over people as in `verbatims`.
        chosen: what a person chose, as in `verbatims`; only_chosen: nothing but these.

    Returns:
        `code`, `rank`, `document`, `participant`, `speaker`, `start`, `end` (code points of what is shown), `text`, `words` shown of `words_total`,
        `cite` (« E05, l. 12 »: lines of the document's text), `cited_in` ("", to fill: the chapter), `readers` (who could recognise the person, as in
        `pq.risk`, of the words shown; "" where no cue was noticed, no more), `cues` (these words), `status`.

    Raises:
        PeerqualError: as `verbatims`; `words` below 1.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> excerpts(CODINGS, CORPUS, BOOK, words=5)[["code", "text", "cite"]].values.tolist()[1]
    ['espoir', 'Ça redonne envie.', 'G01, l.\\xa02']
    """
    if words < 1:
        raise PeerqualError("analysis.bad_words", words)
    shown = verbatims(codings, corpus, codebook, per_code=per_code, chosen=chosen, only_chosen=only_chosen)
    support, texts = _support(codings[codings["document"].isin(shown["document"])]), corpus.by_id()
    rows = []
    for row in shown.to_dict("records"):
        transcript, place = texts[row["document"]], (int(row["start"]), int(row["end"]))
        text, (start, end) = trimmed(transcript, *place, words=words, around=support.get((row["document"], *place)))
        counts = [sum(1 for _ in WORD.finditer(transcript.text, *span)) for span in ((start, end), place)]
        about: dict[str, object] = {"start": start, "end": end, "text": text, "words": counts[0], "words_total": counts[1]}
        rows.append(row | about | {"cite": cite(transcript, start, end), "cited_in": ""})
    table = pd.DataFrame(rows, columns=[name for name in COLUMNS if name not in ("readers", "cues")])
    return _recognised(table, corpus)[COLUMNS]


def _support(codings: pd.DataFrame) -> dict[tuple[str, int, int], int]:
    # Where the words that support a coding of each span begin.
    if "evidence" not in codings.columns:
        return {}
    found: dict[tuple[str, int, int], int] = {}
    for document, start, end, evidence in codings[["document", "start", "end", "evidence"]].itertuples(index=False):
        places = json.loads(evidence) if isinstance(evidence, str) and evidence else []
        if places:
            found.setdefault((document, int(start), int(end)), min(int(place[0]) for place in places))
    return found


def _recognised(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    if table.empty:
        return table.assign(readers="", cues="")
    quoted = set(table["document"])
    corpus = Corpus(tuple(one for one in corpus if one.id in quoted), corpus.participants)
    told = risk(corpus, excerpts=table, mentions=(), attributes=()).excerpts.set_index(["document", "start", "end"])
    told = told[["readers", "words"]].rename(columns={"words": "cues"})
    return table.join(told[~told.index.duplicated()], on=["document", "start", "end"])
