"""Passages to quote for each code, spread over the people who speak them."""

from __future__ import annotations

import re
from typing import Any, cast

import numpy as np
import pandas as pd

from peerqual.analysis.ground import WORD, Ground, spoken, survey
from peerqual.analysis.passages import counted, passages, tree
from peerqual.errors import PeerqualError
from peerqual.model import Corpus, Transcript

COLUMNS = [
    *("code", "rank", "document", "material", "participant", "speaker", "role", "start", "end"),
    *("text", "context_before", "context_after", "score", "polarity", "status", "voices", "spread"),
]
SHORT = 5  # words: below it a passage rarely speaks for itself
BREAKS = re.compile(r"[ \t\r\n]+")  # no-break spaces stay
CONTEXT = 240  # characters of the same turn shown before and after


def verbatims(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Any = None,
    *,
    per_code: int = 8,
    max_share: float = 0.4,
    chosen: pd.DataFrame | None = None,
    only_chosen: bool = False,
) -> pd.DataFrame:
    """Choose passages to quote for each code, spread over participants: of three or more, no one speaks more than `max_share`.

    One passage of each voice is taken before a second of any; of one voice those of `SHORT` words or more first, then the higher score,
    then what a person decided, then the order of documents. As many are shown, up to `per_code`, as the share allows. A code that only
    one or two voices carry cannot be spread: two passages are shown at most, unless the whole corpus has no more than two voices.

    Args:
        codings: DESIGN.md's columns; rejected codings are left out, a child's passages stand under its parents too.
        corpus: the transcripts that were coded.
        codebook: its codes (None: the package's).
        per_code: passages per code at most.
        max_share: share of the passages of one code that one voice may have, 0 to 1.
        chosen: what a person chose, `document`, `start`, `end`, `code`, `keep` ("yes": shown first, whatever the share, also where it is a part
            of a coded passage; "no": never shown).
        only_chosen: nothing but these.

    Returns:
        `code`, `rank` (from 1), `document`, `material`, `participant`, `speaker`, `role`, `start`, `end`, `text`, `context_before`,
        `context_after` (words of the same turn; before the first words of a turn, the end of the turn before, after its speaker's name),
        `score`, `polarity`, `status`, `voices` (how many carry the code in all), `spread` (False: too few voices for `max_share`).

    Raises:
        PeerqualError: a missing column, an unknown document, code or status; a chosen excerpt where nothing carries its code.
    """
    codes, ground = tree(codebook), survey(corpus)
    rows = counted(passages(codings, ground, codes, columns=("score", "polarity", "status")), codes)
    few = len(np.unique(ground.person[ground.turn_coded])) <= 2 if len(ground.person) else True
    rows = _pinned(_ranked(rows, ground), chosen, ground, codes.ids)
    made = []
    for code in range(len(codes.ids)):
        of_code = rows[rows["code"] == code]
        voices = of_code["voice"].nunique()
        shown = of_code[of_code["pin"] > 0].sort_values("pin", kind="stable")
        if not only_chosen:
            shown = pd.concat([shown, _others(of_code, shown["voice"].value_counts(), per_code, max_share, few=few)])
        made.append(shown.assign(rank=np.arange(1, len(shown) + 1), voices=voices, spread=voices > 2))
    return _worded(pd.concat(made) if made else rows.assign(rank=0, voices=0, spread=True), ground, corpus, codes.ids)


def _ranked(rows: pd.DataFrame, ground: Ground) -> pd.DataFrame:
    # First every voice's best passage, then every voice's second …: `turn_of_voice` counts them.
    nobody = ground.person.max() + 1 + rows["document"].to_numpy() if len(ground.person) else rows["document"].to_numpy()
    turn = rows["turn"].to_numpy()
    words = np.searchsorted(ground.word_at, rows["end"]) - np.searchsorted(ground.word_at, rows["start"])
    rows = rows.assign(
        voice=np.where(turn >= 0, ground.person[np.maximum(turn, 0)] if len(ground.person) else 0, nobody),
        short=words < SHORT,
        worth=-pd.to_numeric(rows["score"], errors="coerce").fillna(1.0),  # what people added has no score: it is sure
        weak=-rows["rank"],
    )
    best = ["short", "worth", "weak", "start", "end"]
    rows = rows.sort_values(["code", *best], kind="stable")
    rows = rows.assign(turn_of_voice=rows.groupby(["code", "voice"]).cumcount())
    return rows.sort_values(["code", "turn_of_voice", *best], kind="stable")


def _pinned(rows: pd.DataFrame, chosen: pd.DataFrame | None, ground: Ground, ids: list[str]) -> pd.DataFrame:
    # `pin` is 1, 2, … for what a person chose, in their order, -1 for what they left out, 0 elsewhere.
    rows = rows.reset_index(drop=True).assign(pin=0)
    if chosen is None or chosen.empty:
        return rows
    places = {id: n for n, id in enumerate(ground.ids)}
    pins = []
    for n, (document, start, end, code, keep) in enumerate(chosen[["document", "start", "end", "code", "keep"]].itertuples(index=False), 1):
        base = ground.base[places[document]] if document in places else -1
        left, right = int(start) + base, int(end) + base
        of_code = rows[(rows["code"] == ids.index(code)) & (rows["document"] == places.get(document, -1))] if code in ids else rows.head(0)
        shared = of_code["end"].clip(upper=right) - of_code["start"].clip(lower=left)
        if keep == "yes" and not (shared > 0).any():
            raise PeerqualError("excerpts.not_coded", document, start=int(start), end=int(end), code=code)
        if (shared > 0).any():
            at = cast(int, shared.idxmax())
            rows.at[at, "pin"] = -1
            if keep == "yes":
                pins.append({**rows.loc[at].to_dict(), "start": left, "end": right, "pin": n})
    return pd.concat([rows, pd.DataFrame(pins).astype(rows.dtypes)], ignore_index=True) if pins else rows


def _others(of_code: pd.DataFrame, pinned: pd.Series, per_code: int, max_share: float, *, few: bool) -> pd.DataFrame:
    # What is shown beside the pinned passages: as many as possible of those left, each voice within the share of all that is shown.
    rest = of_code[of_code["pin"] == 0]
    rest = rest.assign(turn_of_voice=rest.groupby("voice").cumcount())
    counts, first = rest["voice"].value_counts(), int(pinned.sum())
    for n in range(min(per_code, first + len(rest)), max(2, first), -1):
        room = (int(max_share * n + 1e-9) - pinned.reindex(counts.index, fill_value=0)).clip(lower=0)
        if first + int(np.minimum(counts, room).sum()) >= n:
            return rest[rest["turn_of_voice"] < rest["voice"].map(room)].head(n - first)
    return rest.head(max(0, (per_code if few else min(2, per_code)) - first))


def _worded(rows: pd.DataFrame, ground: Ground, corpus: Corpus, ids: list[str]) -> pd.DataFrame:
    records = []
    for row in rows.to_dict("records"):
        transcript = corpus[row["document"]]
        base = int(ground.base[row["document"]])
        start, end = row["start"] - base, row["end"] - base
        index = transcript.turn_at(start)
        turn = spoken(transcript)[index] if index is not None else None
        before, after = _context(transcript, index, start, end)
        records.append(
            row
            | {
                "code": ids[row["code"]],
                "document": transcript.id,
                "material": transcript.material,
                "participant": str(ground.turn_participant[row["turn"]]) if turn else "",
                "speaker": turn.speaker if turn else "",
                "role": turn.role if turn else "",
                "start": start,
                "end": end,
                "text": said(transcript, start, end),
                "context_before": before,
                "context_after": after,
            }
        )
    return pd.DataFrame(records, columns=COLUMNS)


def _context(transcript: Transcript, index: int | None, start: int, end: int) -> tuple[str, str]:
    if index is None:
        return "", ""
    turn = transcript.turns[index]
    before, after = said(transcript, turn.start, start), said(transcript, end, turn.end)
    if WORD.search(before) or index == 0:
        return _tail(before), _head(after)
    previous = transcript.turns[index - 1]
    words = _tail(said(transcript, previous.start, previous.end))
    return (f"{previous.speaker}\u00a0: {words}" if previous.speaker else words), _head(after)


def said(transcript: Transcript, start: int, end: int) -> str:
    """Return the words of ``[start, end)`` without what turns skip (time codes), spaces and line breaks made one space."""
    skips = sorted(skip for turn in transcript.turns if turn.start < end and start < turn.end for skip in turn.skips)
    parts, at = [], start
    for skip_start, skip_end in skips:
        if skip_start < end and skip_end > at:
            parts.append(transcript.text[at:skip_start])
            at = skip_end
    parts.append(transcript.text[at:end])
    return BREAKS.sub(" ", " ".join(parts)).strip()


def _tail(words: str) -> str:
    return words if len(words) <= CONTEXT else "… " + words[-CONTEXT:].split(" ", 1)[-1]


def _head(words: str) -> str:
    return words if len(words) <= CONTEXT else words[:CONTEXT].rsplit(" ", 1)[0] + " …"
