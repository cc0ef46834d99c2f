"""The study's claims to be read: the verbatims that show each, and their status by several codings side by side."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

import pandas as pd

from peerqual.analysis.citing import cite
from peerqual.analysis.ground import WORD
from peerqual.analysis.quotes import SHORT, said
from peerqual.errors import PeerqualError
from peerqual.model import Corpus, Transcript
from peerqual.transcripts import participant_of

VERBATIM_COLUMNS = ["claim", "theme", "claim_text", "status", "rank", "document", "participant", "speaker", "start", "end", "text", "cited"]
SHARED = ["claim", "theme", "text"]
NEEDED = {*SHARED, "status", "participants", "passages", "places"}


def claim_verbatims(claims: pd.DataFrame, corpus: Corpus, *, per_claim: int = 3) -> pd.DataFrame:
    """Return words to read for each claim: of each voice one passage before a second of any, those of `SHORT` words or more first.

    Args:
        claims: what `analysis.claims` returned.
        corpus: the documents it was asked of.
        per_claim: passages per claim at most.

    Returns:
        `claim`, `theme`, `claim_text`, `status`, `rank` (from 1), `document`, `participant`, `speaker` ("" for words of nobody's turn), `start`,
        `end`, `text`, `cited` (« E05, l. 12 »). A claim without passages has no row.

    Raises:
        PeerqualError: `claims` lacks a column, or names a document that is not in the corpus.

    >>> from peerqual.analysis import claims
    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> asked = [{"id": "c", "theme": {}, "text": {"fr": "On espère."}, "parts": [{"codes": ["espoir"]}]}]
    >>> claim_verbatims(claims(CODINGS, CORPUS, asked, codebook=BOOK), CORPUS)["text"].tolist()
    ['J’y crois, à la suite.', 'Ça redonne envie.']
    """
    _check(claims)
    texts, rows = corpus.by_id(), []
    for claim in claims.to_dict("records"):
        missing = next((place[0] for place in claim["places"] if place[0] not in texts), None)
        if missing is not None:
            raise PeerqualError("analysis.unknown_document", missing, count=1)
        found = [(_voice(texts[document], start), (document, start, end)) for document, start, end in claim["places"]]
        about = (claim["claim"], claim["theme"], claim["text"], claim["status"])
        for rank, ((participant, speaker), (document, start, end)) in enumerate(_spread(found, texts)[:per_claim], 1):
            transcript = texts[document]
            words = said(transcript, start, end)
            rows.append((*about, rank, document, participant, speaker, start, end, words, cite(transcript, start, end)))
    return pd.DataFrame(rows, columns=VERBATIM_COLUMNS)


def compare_claims(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Set the status of each claim by several codings side by side: by proposals, and by what people decided.

    Args:
        tables: what `analysis.claims` returned for each, by a name of yours.

    Returns:
        `claim`, `theme`, `text`, then `status_NAME`, `participants_NAME`, `passages_NAME` of each name, then `same` (all give one status).

    Raises:
        PeerqualError: a table lacks a column, or they are not of the same claims.

    >>> from peerqual.analysis import claims
    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> asked = [{"id": "c", "theme": {}, "text": {"fr": "On espère."}, "parts": [{"codes": ["espoir"]}]}]
    >>> both = {"machine": claims(CODINGS, CORPUS, asked, codebook=BOOK), "lu": claims(CODINGS[:2], CORPUS, asked, codebook=BOOK)}
    >>> compare_claims(both)[["status_machine", "status_lu", "same"]].values.tolist()
    [['found', 'partly', False]]
    """
    made: pd.DataFrame | None = None
    for name, table in tables.items():
        _check(table)
        if made is None:
            made = table[SHARED].reset_index(drop=True)
        elif made["claim"].tolist() != table["claim"].tolist():
            raise PeerqualError("analysis.other_claims", name)
        made = made.assign(**{f"{column}_{name}": table[column].to_numpy() for column in ("status", "participants", "passages")})
    if made is None:
        return pd.DataFrame(columns=[*SHARED, "same"])
    return made.assign(same=made[[f"status_{name}" for name in tables]].nunique(axis=1) == 1)


def _check(claims: pd.DataFrame) -> None:
    for column in sorted(NEEDED):
        if column not in claims.columns:
            raise PeerqualError("analysis.missing_column", column=column)


Found = tuple[tuple[str, str], tuple[str, int, int]]


def _voice(transcript: Transcript, start: int) -> tuple[str, str]:
    at = transcript.turn_at(start)
    turn = transcript.turns[at] if at is not None else None
    return (participant_of(transcript, turn), turn.speaker) if turn is not None and turn.speaker else ("", "")


def _spread(found: list[Found], texts: Mapping[str, Transcript]) -> list[Found]:
    # Every voice's first passage, then every voice's second …; of one voice those that are long enough to speak for themselves first.
    voices: dict[str, list[Found]] = {}
    for one in found:
        voices.setdefault(one[0][0] or one[1][0], []).append(one)
    for own in voices.values():
        own.sort(key=lambda one: len(WORD.findall(texts[one[1][0]].text, one[1][1], one[1][2])) < SHORT)
    longest = max(map(len, voices.values()), default=0)
    return list(chain.from_iterable([own[n] for own in voices.values() if n < len(own)] for n in range(longest)))
