"""The vote of a trained spaCy model of the user: it confirms doubtful names and brings others before a person; alone it decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...language.pipeline import french
from ...model import Transcript
from .candidates import Candidate

_LABELS = {"PER": "PER", "PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "ORG": "ORG"}


def find(transcript: Transcript, model: str) -> Iterator[Candidate]:
    """Yield ``model.entity``, doubtful, for each entity that `model` sees, turn by turn. Raises `UsageError` when it is not installed."""
    spans = [(turn.start, turn.end) for turn in transcript.turns] or [(0, len(transcript.text))]
    for (start, _), doc in zip(spans, french(model).pipe(transcript.text[a:b] for a, b in spans), strict=True):
        for entity in doc.ents:
            if entity.label_ in _LABELS:
                yield Candidate(start + entity.start_char, start + entity.end_char, _LABELS[entity.label_], False, "model.entity")


def count(votes: Iterable[Candidate], candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return `candidates` of which those that a vote confirms, span and label, are sure; the votes that touch none of them come after."""
    votes, candidates = list(votes), list(candidates)
    same = {vote[:3] for vote in votes}
    confirmed = [candidate._replace(sure=candidate.sure or candidate[:3] in same) for candidate in candidates]
    alone = [vote for vote in votes if not any(vote.start < other.end and other.start < vote.end for other in candidates)]
    return confirmed + alone
