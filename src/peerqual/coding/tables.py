"""Codings as a table, and a table back as codings: what ``codings.csv`` holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..errors import PeerqualError
from ..model import MODALITIES, QUALIFIERS, STATUSES, Coding, Corpus, Span, Transcript
from ..transcripts import participant_of

if TYPE_CHECKING:
    import pandas as pd

CODING_COLUMNS = (
    *("document", "start", "end", "code", "origin", "rule", "score", "polarity", "qualifiers", "evidence", "status"),
    *("participant", "speaker", "role", "material", "text_hash", "text"),
)


def codings_table(codings: Iterable[Coding], corpus: Corpus) -> pd.DataFrame:
    """Return one row for each coding, in their order, with the columns `CODING_COLUMNS`.

    `start`, `end`: code points of the document's text, half-open; `qualifiers`: names with a space between; `evidence`: JSON ``[[start,end],…]``;
    `participant`, `speaker` and `role` are those of the turn where the coding begins ("" outside turns); `text` are the coded words.
    """
    import pandas as pd

    transcripts = corpus.by_id()
    rows = [_row(coding, transcripts[coding.document]) for coding in codings]
    return pd.DataFrame(rows, columns=list(CODING_COLUMNS)).astype({"start": int, "end": int, "score": float})


def _row(coding: Coding, transcript: Transcript) -> tuple[Any, ...]:
    at = transcript.turn_at(coding.start)
    turn = transcript.turns[at] if at is not None else None
    return (
        *(coding.document, coding.start, coding.end, coding.code, coding.origin, coding.rule, coding.score, coding.polarity),
        *(" ".join(coding.qualifiers), json.dumps(coding.evidence, separators=(",", ":")), coding.status),
        *((participant_of(transcript, turn), turn.speaker, turn.role) if turn is not None else ("", "", "")),
        *(transcript.material, transcript.text_hash, transcript.text[coding.start : coding.end]),
    )


def codings_from_table(table: pd.DataFrame, corpus: Corpus) -> list[Coding]:
    """Return the codings of a table with (at least) the columns `CODING_COLUMNS` up to ``status``, and ``text_hash``.

    Raises `PeerqualError`: a column is missing, a document is not in `corpus`, its text is not the one that was coded (`text_hash`), a place lies
    outside the text or is no whole number, a status or qualifier is unknown, `evidence` is no JSON list of places.
    """
    transcripts = corpus.by_id()
    needed = (*CODING_COLUMNS[:11], "text_hash")
    for column in needed:
        if column not in table.columns:
            raise PeerqualError("coding.no_column", column=column)
    return [_coding(dict(zip(needed, row, strict=True)), transcripts) for row in table[list(needed)].itertuples(index=False)]


def _coding(row: dict[str, Any], transcripts: dict[str, Transcript]) -> Coding:
    document = str(row["document"])
    transcript = transcripts.get(document)
    if transcript is None:
        raise PeerqualError("coding.unknown_document", document)
    if str(row["text_hash"]) != transcript.text_hash:
        raise PeerqualError("coding.text_changed", document)
    if row["status"] not in STATUSES:
        raise PeerqualError("coding.unknown_status", document, known=", ".join(STATUSES))
    qualifiers = tuple(str(row["qualifiers"]).split())
    if not set(qualifiers) <= {*QUALIFIERS, *MODALITIES}:
        raise PeerqualError("coding.unknown_qualifier", document, known=", ".join((*QUALIFIERS, *MODALITIES)))
    start, end = _place((row["start"], row["end"]), transcript)
    return Coding(
        *(document, start, end, str(row["code"]), str(row["origin"]), str(row["rule"]), _number(row["score"], document), str(row["polarity"])),
        *(qualifiers, _evidence(row["evidence"], transcript), row["status"]),
    )


def _number(value: Any, document: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise PeerqualError("coding.bad_score", document) from None


def _place(values: Any, transcript: Transcript) -> Span:
    try:
        start, end = (float(value) for value in values)
    except (TypeError, ValueError):
        raise PeerqualError("coding.bad_place", transcript.id) from None
    if not (start.is_integer() and end.is_integer() and 0 <= start < end <= len(transcript.text)):
        raise PeerqualError("coding.bad_place", transcript.id)
    return int(start), int(end)


def _evidence(text: Any, transcript: Transcript) -> tuple[Span, ...]:
    try:
        places = json.loads(text or "[]")
    except (TypeError, ValueError):
        raise PeerqualError("coding.bad_evidence", transcript.id) from None
    if not isinstance(places, list):
        raise PeerqualError("coding.bad_evidence", transcript.id)
    return tuple(_place(place, transcript) for place in places)
