"""Sentences drawn at random, shown without any suggestion: for a second coder, or to evaluate.

What a coder sees before deciding pulls the decision (anchoring: Tversky & Kahneman 1974, Science 185, p. 1128), so agreement on codings that were
accepted or rejected says too much. Here nothing is suggested, and some of the sentences carry no coding: the silences, where what was missed is.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from ...model import Corpus, Decision, Span, Transcript
from ..speech import speeches
from ..tables import codings_from_table
from .log import JUDGED
from .passages import around, words
from .table import identifier, voice_at

if TYPE_CHECKING:
    import pandas as pd

DECIDED = ("codes", "memo", "coder")
COLUMNS = ("id", "document", "speaker", "before", "passage", "after", *DECIDED, "address")
LIMIT, SILENCES = 100, 0.5
Unit = tuple[Transcript, Span]


def units_to_judge(
    codings: pd.DataFrame,
    corpus: Corpus,
    decisions: Iterable[Decision] = (),
    *,
    coder: str = "",
    seed: int = 0,
    limit: int = LIMIT,
    silences: float = SILENCES,
    documents: Collection[str] = (),
) -> pd.DataFrame:
    """Return `limit` sentences drawn at random (by `seed`), the share `silences` of them without a coding; columns `COLUMNS`, `codes` to be filled.

    The order says nothing of which carry one. Sentences that `coder` has judged are not drawn again; where too few are left, all are given.
    Raises `PeerqualError` as `codings_from_table`.
    """
    import pandas as pd

    carried: dict[str, list[Span]] = {}
    for one in codings_from_table(codings, corpus):
        if one.status != "rejected":
            carried.setdefault(one.document, []).append((one.start, one.end))
    done = {(one.document, one.text_hash, one.start, one.end) for one in decisions if one.verdict == JUDGED and one.coder == coder}
    coded: list[Unit] = []
    silent: list[Unit] = []
    for transcript in corpus:
        if documents and transcript.id not in documents:
            continue
        spans = sorted(carried.get(transcript.id, ()))
        for start, end in sentences(transcript):
            if (transcript.id, transcript.text_hash, start, end) not in done:
                (coded if any(a < end and start < b for a, b in spans) else silent).append((transcript, (start, end)))
    drawn = _drawn(coded, silent, limit, silences, random.Random(seed))
    return pd.DataFrame([_row(transcript, *span, coder) for transcript, span in drawn], columns=list(COLUMNS))


def sentences(transcript: Transcript) -> Iterator[Span]:
    """Yield the sentences of what is coded in `transcript` that hold a word."""
    for speech in speeches(transcript):
        for start, end in speech.sentences if speech.coded else ():
            if any(map(str.isalpha, speech.text[start:end])):
                yield speech.to_transcript(start, end)


def _drawn(coded: list[Unit], silent: list[Unit], limit: int, silences: float, chance: random.Random) -> list[Unit]:
    quiet = round(limit * silences)
    drawn = chance.sample(silent, min(quiet, len(silent))) + chance.sample(coded, min(limit - quiet, len(coded)))
    chance.shuffle(drawn)
    return drawn


def _row(transcript: Transcript, start: int, end: int, coder: str) -> list[str]:
    before, after = around(transcript, start, end)
    where = {"text_hash": transcript.text_hash, "start": start, "end": end, "blind": True}
    name = identifier((transcript.id, transcript.text_hash, start, end))
    speaker = voice_at(transcript, start)[1]
    return [name, transcript.id, speaker, before, words(transcript, start, end), after, "", "", coder, json.dumps(where)]
