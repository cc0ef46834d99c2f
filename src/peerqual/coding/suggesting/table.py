"""What people coded, against everything else: the terms that tell it, with counts, places and a rule to copy."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...codebook import Codebook
from ...errors import PeerqualError
from ...model import Corpus, Span, Transcript
from ...transcripts import participant_of
from ..coder import Coder
from .occurrences import Term, terms
from .odds import scores

if TYPE_CHECKING:
    import pandas as pd

SUGGESTION_COLUMNS = ("term", "kind", "passages", "elsewhere", "participants", "documents", "z", "few", "known", "places", "rule")
_PLACES = 3  # examples of each term
_LEAST = 2  # passages, and participants, below which a term is rare
_GRAMMATICAL = 3  # the same for a pair of articles, pronouns, particles (« moi aussi », « que les »)


@dataclass
class _Seen:
    """Where a term was met: in which passages of the code, in how many sentences elsewhere, whose; in how many a rule of the code found it."""

    passages: set[tuple[str, int]] = field(default_factory=set)
    elsewhere: int = 0
    participants: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    places: list[tuple[str, int, int]] = field(default_factory=list)
    ruled: int = 0


def suggest(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook,
    code: str,
    *,
    statuses: Collection[str] = ("accepted", "added"),
    limit: int = 30,
) -> pd.DataFrame:
    """Return the terms that tell the passages of `code` from the passages of other codes and from uncoded sentences, the surest first.

    `codings`: a table with the columns of `peerqual.coding.CODING_COLUMNS` on `corpus`; those with one of `statuses` are read as what people hold.
    Columns: term, kind (lemma, pair, field), passages (of the code, that hold the term), elsewhere (sentences that do), participants, documents,
    z (`peerqual.coding.suggesting.odds`), few (met at fewer than two participants), known (a rule of the code finds it in half of the places or
    more), places (JSON ``[[document,start,end],…]``, code points, no words), rule (YAML). Names and what stands for them are never suggested.
    Raises `PeerqualError`: there is no such code, no passage of it has one of `statuses`, or (`codings_from_table`) the table does not fit the texts.

    >>> table = suggest(codings, corpus, codebook, "fragilite")  # doctest: +SKIP
    """
    import pandas as pd

    from ..tables import codings_from_table

    codebook.get(code)
    held: defaultdict[str, list[Span]] = defaultdict(list)
    for coding in codings_from_table(codings, corpus):
        if coding.code == code and coding.status in statuses:
            held[coding.document].append((coding.start, coding.end))
    if not held:
        raise PeerqualError("suggest.no_passage", code)
    seen = _read(corpus, Coder(codebook, fields=True), code, held)
    z: dict[Term, float] = {}
    for kind in ("lemma", "pair", "field"):
        of_kind = {term: one for term, one in seen.items() if term.kind == kind}
        z |= scores({term: len(one.passages) for term, one in of_kind.items()}, {term: one.elsewhere for term, one in of_kind.items()})
    asked = [term for term in seen if z[term] > 0 and len(seen[term].passages) >= (_LEAST if term.telling else _GRAMMATICAL)]
    asked.sort(key=lambda term: (-z[term], term.kind, term.name))
    return pd.DataFrame([_row(term, seen[term], z[term]) for term in asked[:limit]], columns=list(SUGGESTION_COLUMNS))


def _row(term: Term, seen: _Seen, z: float) -> tuple[object, ...]:
    return (
        *(term.name, term.kind, len(seen.passages), seen.elsewhere, len(seen.participants), len(seen.documents), round(z, 2)),
        *(len(seen.participants) < _LEAST, 2 * seen.ruled >= len(seen.passages)),
        *(json.dumps(seen.places[:_PLACES], separators=(",", ":"), ensure_ascii=False), term.rule),
    )


def _read(corpus: Corpus, coder: Coder, code: str, held: dict[str, list[Span]]) -> dict[Term, _Seen]:
    """Return every term of the coded turns of `corpus`, with where it was met; `held` are the passages of the code by document."""
    seen: defaultdict[Term, _Seen] = defaultdict(_Seen)
    for transcript in corpus:
        spans = sorted(held.get(transcript.id, ()))
        for place, participant, found in _sentences(transcript, coder, code):
            passage = next((n for n, (start, end) in enumerate(spans) if place[0] < end and start < place[1]), None)
            for term, ruled in found.items():
                _note(seen[term], transcript.id, place, participant, passage, ruled)
    return seen


def _note(seen: _Seen, document: str, place: Span, participant: str, passage: int | None, ruled: bool) -> None:
    if passage is None:
        seen.elsewhere += 1
        return
    if (document, passage) not in seen.passages:
        seen.passages.add((document, passage))
        seen.places.append((document, *place))
        seen.ruled += ruled
    seen.participants.add(participant)
    seen.documents.add(document)


def _sentences(transcript: Transcript, coder: Coder, code: str) -> Iterator[tuple[Span, str, dict[Term, bool]]]:
    """Yield each coded sentence: its place, its participant, its terms and whether a rule of `code` found each."""
    for heard in coder.read(transcript):
        if not heard.speech.coded:
            continue
        for (start, end), reading, found in zip(heard.speech.sentences, heard.readings, heard.found, strict=True):
            own = {i for evidence in found.get(code, ()) for i in evidence.hit.own}
            told: dict[Term, bool] = {}
            for term, words in terms(reading, found):
                told[term] = told.get(term, False) or words <= own
            place = heard.speech.to_transcript(start, end)
            at = transcript.turn_at(place[0])
            yield place, participant_of(transcript, transcript.turns[at]) if at is not None else transcript.id, told
