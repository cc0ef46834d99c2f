"""From the decisions of people to sentences of which it is known whether they carry a code, or some codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...codebook import Codebook
from ...model import Corpus, Decision, Span, Transcript
from ...transcripts import participant_of
from ..coder import Coder
from ..review.log import JUDGED
from ..review.verdicts import YES, settle
from .features import Unit
from .training import Place

_Verdict = tuple[Span, str, str]  # a passage, a code ("": all of them were judged) and what was settled on it


@dataclass(frozen=True)
class Judged:
    """The sentences of the documents on which people decided, in their order: where each is said, the numbers of its document and its turn, who
    says it (`people`), whose words the turn before is made of (`heard`: who says it, of an interviewer's question who answers it).

    Arrays (sentences, codes): `labels` tells which code each carries where that is `known`; `counted` is where it is known of sentences that were
    not chosen for carrying the code: all of a passage judged for all codes, and what was proposed and accepted or rejected, but no addition.
    """

    places: Sequence[Place]
    turns: Sequence[tuple[int, int]]
    people: Sequence[str]
    heard: Sequence[str]
    labels: Any
    known: Any
    counted: Any

    @property
    def units(self) -> list[Unit]:
        """The sentences as features see them."""
        return [turn[i] for turn, i, _ in self.places]


def of_decisions(corpus: Corpus, decisions: Iterable[Decision], codebook: Codebook, codes: Sequence[str]) -> Judged:
    """Return what `decisions` (on today's texts of `corpus`) say of its sentences, for each of `codes`.

    A sentence carries what a passage that covers half of it carries, or half of which it covers. Who judged a passage for all codes has rejected
    those not given; a proposal that was rejected is known not to carry its code, and nothing else; who gives a child gives its parents too. Where
    coders disagree and nobody settled it, nothing is known.
    """
    verdicts = _verdicts(decisions)
    coder, columns = Coder(codebook, fields=True), {code: k for k, code in enumerate(codes)}
    rows: list[tuple[Any, ...]] = []
    for number, transcript in enumerate(one for one in corpus if (one.id, one.text_hash) in verdicts):
        mine = verdicts[transcript.id, transcript.text_hash]
        for n, (heard, before) in enumerate(coder.turns(transcript)):
            who = _who(transcript, heard.speech.voice)
            asker = _who(transcript, before.speech.voice) if before and before.speech.coded else who
            for i, sentence in enumerate(heard.speech.sentences):
                told = _told(heard.speech.to_transcript(*sentence), mine if heard.speech.coded else (), codebook, columns)
                rows.append(((heard.units, i, before.units if before else ()), (number, n), who, asker, *told))
    if not rows:
        return Judged([], [], [], [], *(np.zeros((0, len(codes)), dtype=bool) for _ in range(3)))
    places, turns, people, asked, *arrays = zip(*rows, strict=True)
    return Judged(places, turns, people, asked, *map(np.array, arrays))


def _who(transcript: Transcript, voice: Any) -> str:
    if voice is None:
        return transcript.id
    speaker, _, participant = voice
    return participant or f"{transcript.id}:{speaker}"


def people_of(corpus: Corpus, documents: Iterable[str]) -> list[str]:
    """Return `documents` and who speaks in them, the interviewer too: all whose words a model of them may hold."""
    wanted = set(documents)
    return sorted(wanted | {participant_of(one, turn) for one in corpus if one.id in wanted for turn in one.turns})


def _verdicts(decisions: Iterable[Decision]) -> dict[tuple[str, str], list[_Verdict]]:
    decisions = list(decisions)
    found: dict[tuple[str, str], list[_Verdict]] = {}
    for one in decisions:
        if one.verdict == JUDGED:
            found.setdefault((one.document, one.text_hash), []).append(((one.start, one.end), "", JUDGED))
    for (document, text_hash, start, end, code), settled in settle(decisions).items():
        if code:
            found.setdefault((document, text_hash), []).append(((start, end), code, settled.verdict))
    return found


def _told(span: Span, verdicts: Sequence[_Verdict], codebook: Codebook, columns: dict[str, int]) -> tuple[Any, Any, Any]:
    """Return `labels`, `known` and `counted` of one sentence: what is given counts more than what is refused, a dispute more than both."""
    labels, known, counted = (np.zeros(len(columns), dtype=bool) for _ in range(3))
    mine = [(code, verdict) for passage, code, verdict in verdicts if _covers(passage, span)]
    if any(not code for code, _ in mine):
        known[:] = counted[:] = True
    for code, verdict in sorted(mine, key=lambda one: (not one[1], one[1] in YES)):
        lines = [columns[one] for one in (code, *(codebook.ancestors(code) if verdict in YES else ())) if one in columns] if code else []
        labels[lines], known[lines] = verdict in YES, True
        counted[lines] |= verdict != "add"
    for code, verdict in mine:
        if code in columns and not verdict:
            known[columns[code]] = counted[columns[code]] = False
    return labels, known, counted


def _covers(passage: Span, sentence: Span) -> bool:
    (a, b), (start, end) = passage, sentence
    return 2 * (min(b, end) - max(a, start)) >= min(b - a, end - start) > 0
