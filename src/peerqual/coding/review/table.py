"""The table of codings to review: one row for each, its words in their context, and empty columns that a person fills."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from ...codebook import Codebook
from ...model import Coding, Corpus, Decision, Transcript
from ...transcripts import participant_of
from ..tables import codings_from_table
from .log import address
from .order import Candidate, order
from .passages import around, words
from .verdicts import Address, Settled, settle, told

if TYPE_CHECKING:
    import pandas as pd

DECIDED = ("decision", "other_code", "memo", "coder")  # the columns that a person fills
COLUMNS = (
    *("id", "document", "participant", "speaker", "start", "end", "code", "label", "score", "before", "passage", "after", "support", "verdicts"),
    *DECIDED,
    "address",
)


def codings_to_review(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook,
    decisions: Iterable[Decision] = (),
    *,
    coder: str = "",
    how: str = "uncertainty",
    seed: int = 0,
    limit: int | None = None,
    codes: Collection[str] = (),
    documents: Collection[str] = (),
    everything: bool = False,
    disputes: bool = False,
    lang: str | None = None,
) -> pd.DataFrame:
    """Return the codings that `coder` has not decided on (with no name: nobody has), one a row, in the order `how`; columns `COLUMNS`.

    `everything`: also those decided on; `disputes`: those on which coders disagree, with their verdicts. Raises `PeerqualError` as
    `codings_from_table`: a coding stands in a text that is not in `corpus`, or has changed.
    """
    import pandas as pd

    given, texts = list(decisions), corpus.by_id()
    found = {_address(one, texts): one for one in codings_from_table(codings, corpus)}
    settled = settle(given, found)
    for at in settled:
        if at not in found and at[0] in texts and texts[at[0]].text_hash == at[1]:
            found[at] = Coding(at[0], at[2], at[3], at[4], "person", "", 1.0)
    asked = [
        (at, one)
        for at, one in found.items()
        if _is_asked(one, settled.get(at), coder, everything, disputes) and (not codes or one.code in codes) and (not documents or at[0] in documents)
    ]
    candidates = [Candidate(one.score, one.code, voice_at(texts[at[0]], one.start)[0], (at[0], one.start, one.end)) for at, one in asked]
    rows = [
        _row(*asked[n], texts[asked[n][0][0]], codebook, settled.get(asked[n][0]) if disputes else None, coder, lang)
        for n in order(candidates, how, seed=seed, limit=limit)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _address(coding: Coding, texts: Mapping[str, Transcript]) -> Address:
    return address(Decision(coding.document, texts[coding.document].text_hash, coding.start, coding.end, coding.code, "", "", ""))


def _is_asked(coding: Coding, settled: Settled | None, coder: str, everything: bool, disputes: bool) -> bool:
    if disputes:
        return settled is not None and not settled.verdict
    if everything:
        return True
    if settled is None:
        return coding.status == "proposed"
    return bool(coder) and coder not in settled.by and coding.origin != "person"


def _row(
    at: Address, coding: Coding, transcript: Transcript, codebook: Codebook, dispute: Settled | None, coder: str, lang: str | None
) -> list[object]:
    before, after = around(transcript, coding.start, coding.end)
    known = coding.code in {code.id for code in codebook.codes}
    where: dict[str, object] = {"text_hash": at[1], "start": coding.start, "end": coding.end, "support": coding.evidence}
    return [
        identifier(at),
        *(coding.document, *voice_at(transcript, coding.start), coding.start, coding.end),
        *(coding.code, codebook.label(coding.code, lang or codebook.language) if known else coding.code, round(coding.score, 2)),
        *(before, words(transcript, coding.start, coding.end), after),
        " · ".join(words(transcript, *span) for span in coding.evidence),
        told(dispute.by) if dispute is not None else "",
        *("", "", "", coder),
        json.dumps(where | ({"final": True} if dispute is not None else {})),
    ]


def voice_at(transcript: Transcript, position: int) -> tuple[str, str]:
    """Return the participant and the speaker at `position`, "" where nobody speaks."""
    at = transcript.turn_at(position)
    turn = transcript.turns[at] if at is not None else None
    return (participant_of(transcript, turn), turn.speaker) if turn is not None else ("", "")


def identifier(at: tuple[object, ...]) -> str:
    """Return eight signs by which people may call a row."""
    return hashlib.sha256(json.dumps(at).encode()).hexdigest()[:8]
