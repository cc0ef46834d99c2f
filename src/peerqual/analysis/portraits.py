"""One interview, or one participant, at a glance: which codes, when, in which words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.citing import cite, trimmed
from peerqual.analysis.frequencies import theme_frequencies
from peerqual.analysis.ground import Ground, survey, words_in_union
from peerqual.analysis.passages import Tree, counted, passages, tree
from peerqual.analysis.quotes import verbatims
from peerqual.errors import PeerqualError
from peerqual.model import Corpus

TENTHS = [f"tenth_{n}" for n in range(1, 11)]
COLUMNS = [
    *("code", "label", "passages", "negative", "words", "words_total", "words_share", "first_at", "last_at"),
    *TENTHS,
    *("participants", "participants_total", "text", "cite"),
]
SHOWN = 40  # words of the key passage


def portrait(codings: pd.DataFrame, corpus: Corpus, who: str, codebook: Any = None, *, lang: str = "fr") -> pd.DataFrame:
    """Sum up one interview: the codes found in it, when they come, how many others speak them, a passage of each.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a child counts as its parents.
        corpus: the transcripts that were coded, all of them (others give the denominators).
        who: the id of a document, or of a participant (then what they say, their documents laid end to end).
        codebook: its codes (None: the package's).
        lang: the language of labels.

    Returns:
        One row per code that is found, in the codebook's order: `code`, `label`, `passages`, `negative` (those of polarity "-"), `words` in them of
        `words_total` (that can carry a code), `words_share`, `first_at` and `last_at` (share of the words before the first and the last passage, 0
        to 1, an interviewer's words included), `tenth_1` … `tenth_10` (passages that begin in each tenth), `participants` who speak the code of
        `participants_total` in the materials concerned, `text` (a passage, cut to 40 words) and `cite`.

    Raises:
        PeerqualError: neither a document nor a participant has this id; and as `theme_frequencies`.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> portrait(CODINGS, CORPUS, "P1", BOOK)[["code", "passages", "participants", "cite"]].values.tolist()[1]
    ['entraide', 2, 1, 'E01, l.\\xa02']
    """
    codes, ground = tree(codebook, lang), survey(corpus)
    turns, documents = _own(ground, who)
    rows = counted(passages(codings, ground, codes, columns=("polarity",)), codes)
    whole = who in ground.ids
    mine = np.isin(rows["document"], documents) if whole else np.isin(rows["turn"], turns)
    rows = rows[mine].reset_index(drop=True)
    here = Corpus(tuple(corpus[int(d)] for d in documents), corpus.participants)
    places = codings[codings["document"].isin([one.id for one in here])]
    table = _counts(ground, codes, rows, turns, documents)
    others = _others(codings, corpus, codebook, sorted({str(one.material) for one in here}))
    table = table.join(others, on="code").join(_key_passages(places, here, codebook, None if whole else who), on="code")
    return table[table["passages"] > 0].fillna({"text": "", "cite": ""}).reset_index(drop=True)[COLUMNS]


def _own(ground: Ground, who: str) -> tuple[np.ndarray, np.ndarray]:
    # The turns and documents that `who` names.
    if who in ground.ids:
        document = ground.ids.index(who)
        return np.flatnonzero(ground.turn_document == document), np.array([document])
    turns = np.flatnonzero(ground.turn_participant == who)
    if not len(turns):
        raise PeerqualError("analysis.nobody", who)
    return turns, np.unique(ground.turn_document[turns])


def _counts(ground: Ground, codes: Tree, rows: pd.DataFrame, turns: np.ndarray, documents: np.ndarray) -> pd.DataFrame:
    n = len(codes.ids)
    code, start, end = (rows[name].to_numpy() for name in ("code", "start", "end"))
    own = np.isin(ground.word_turn, turns)
    words = words_in_union(ground, start, end, key=code, keys=n, cell=np.zeros(len(rows), dtype=np.int64), word_cell=np.where(own, 0, -1))
    total = int((own & ground.word_coded).sum())
    # Words of the documents concerned, laid end to end: what stands before each passage.
    inside = np.concatenate([[0], np.cumsum(np.isin(ground.turn_document[ground.word_turn], documents))])
    at = inside[np.searchsorted(ground.word_at, start)] / max(int(inside[-1]), 1)
    tenth = np.minimum((at * 10).astype(np.int64), 9)
    each = np.bincount(code * 10 + tenth, minlength=n * 10).reshape(n, 10)
    found = pd.DataFrame({"code": code, "at": at}).groupby("code")["at"].agg(["min", "max"]).reindex(range(n))
    minus = rows["polarity"].to_numpy() == "-"
    table = {"code": codes.ids, "label": codes.labels, "passages": each.sum(axis=1), "negative": np.bincount(code[minus], minlength=n)}
    table |= {"words": words, "words_total": total, "words_share": words / max(total, 1)}
    table |= {"first_at": found["min"].to_numpy(), "last_at": found["max"].to_numpy()}
    return pd.DataFrame(table | {name: each[:, i] for i, name in enumerate(TENTHS)})


def _others(codings: pd.DataFrame, corpus: Corpus, codebook: Any, materials: list[str]) -> pd.DataFrame:
    # Participants of the materials concerned; of several materials, the one that most speak in.
    table = theme_frequencies(codings, corpus, codebook=codebook)
    table = table[table["material"].isin(materials)].sort_values("participants_total", ascending=False, kind="stable")
    return table.drop_duplicates("code").set_index("code")[["participants", "participants_total"]]


def _key_passages(codings: pd.DataFrame, corpus: Corpus, codebook: Any, participant: str | None) -> pd.DataFrame:
    shown = verbatims(codings, corpus, codebook, per_code=len(corpus) * 50, max_share=1.0)
    shown = (shown if participant is None else shown[shown["participant"] == participant]).drop_duplicates("code")
    texts = corpus.by_id()
    cut = []
    for row in shown.to_dict("records"):
        transcript, start, end = texts[row["document"]], int(row["start"]), int(row["end"])
        cut.append((row["code"], trimmed(transcript, start, end, words=SHOWN)[0], cite(transcript, start, end)))
    return pd.DataFrame(cut, columns=["code", "text", "cite"]).set_index("code")
