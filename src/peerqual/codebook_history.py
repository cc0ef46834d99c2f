"""What became of a codebook's codes: renamed, merged, split, moved, new, frozen. Ids once used keep their meaning, and so does what was decided.

The history stands in the codebook's own file, under ``history``, and is only ever appended to: it travels with the codes.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .errors import PeerqualError, message
from .model import Decision

if TYPE_CHECKING:
    import pandas as pd

    from .codebook import Codebook
    from .codebook_yaml import Source

ACTIONS = ("new", "rename", "merge", "split", "move", "draw", "freeze")
_OF_NO_CODE = ("draw", "freeze")  # these are about the codebook
_ELSEWHERE = ("rename", "merge")  # after these a code is read as another
_RANKS = {"added": 0, "accepted": 1, "rejected": 2, "proposed": 3}
_YES = ("accept", "add")


class CarriedCodes(UserWarning):
    """What was coded or decided on a code is read as another, which it has become."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history: what was done (`action`) to `code` and when (`at`, ISO 8601).

    `into`: the id that it has since (rename, merge), the codes that it was split into, its parent (move; none: at the top).
    `was` is the label of a code that is no more; `why` is what the researcher wrote; `noted`: of a draw its options and counts, of a freeze the
    fingerprint of each code (`peerqual.codebook_freeze`). These two are about no code: `code` is "".
    """

    action: str
    code: str
    at: str
    into: tuple[str, ...] = ()
    was: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    noted: Mapping[str, str] = field(default_factory=dict)


def successor(codebook: Codebook, code: str) -> str:
    """Return the code as which what was said of `code` is read today: itself, or what it was renamed to or merged into, step by step.

    Raises `PeerqualError` when `code` is no code of `codebook` and its history does not tell what became of it.

    >>> from peerqual.codebook import Codebook
    >>> book = Codebook.from_text('''
    ... peerqual: 1
    ... codes: [{id: espoir, label: {fr: Espoir}, definition: {fr: "…"}}]
    ... history: [{action: rename, code: esperance, into: [espoir], at: "2026-01-05"}]
    ... ''')
    >>> successor(book, "esperance")
    'espoir'
    """
    now = _followed(codebook.history, code)
    if now not in {one.id for one in codebook.codes}:
        raise PeerqualError("codebook.lost_code", code)
    return now


def _followed(history: Iterable[Change], code: str) -> str:
    for change in history:
        if change.action in _ELSEWHERE and change.code == code:
            code = change.into[0]
    return code


# --- what was coded and decided ----------------------------------------------------------------------------------------


def carried(decisions: Iterable[Decision], codebook: Codebook) -> list[Decision]:
    """Return `decisions` with each code as it is called today; one that is lost keeps its name. Warns (`CarriedCodes`) of codes read as others.

    Where a coder gave one of two codes that were merged and refused the other, the passage carries the merged code.
    """
    decisions = list(decisions)
    _say({one.code for one in decisions if one.code}, codebook)
    return _carried(decisions, codebook)


def _carried(decisions: Sequence[Decision], codebook: Codebook) -> list[Decision]:
    made: list[Decision] = []
    given = _given(decisions, codebook)
    for decision in decisions:
        if not decision.code:
            made.append(decision)
            continue
        now = _followed(codebook.history, decision.code)
        others = given.get(_place(decision, now), set()) - {decision.code}
        if not (decision.verdict == "reject" and others):
            made.append(replace(decision, code=now))
    return made


def _given(decisions: Sequence[Decision], codebook: Codebook) -> dict[tuple[object, ...], set[str]]:
    """Return which codes each coder gave in the end, as they were called then, by place and today's code."""
    last: dict[tuple[object, ...], Decision] = {}
    for decision in sorted(decisions, key=lambda one: one.at):
        if decision.code:
            last[_place(decision, decision.code)] = decision
    given: dict[tuple[object, ...], set[str]] = {}
    for decision in last.values():
        if decision.verdict in _YES:
            given.setdefault(_place(decision, _followed(codebook.history, decision.code)), set()).add(decision.code)
    return given


def _place(decision: Decision, code: str) -> tuple[object, ...]:
    return decision.document, decision.text_hash, decision.start, decision.end, decision.coder, code


def carried_table(codings: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the table `codings` with each code as it is called today; of two that have become one at one place, the one that a person decided on.

    The table itself is returned where nothing has changed. Raises `PeerqualError` as `successor`; warns (`CarriedCodes`) of codes read as others.
    """
    now = {code: successor(codebook, str(code)) for code in codings["code"].unique()}
    if all(old == new for old, new in now.items()):
        return codings
    _say(now, codebook)
    table = codings.assign(code=codings["code"].map(now))
    ranked = table.assign(_rank=table["status"].map(_RANKS)).sort_values("_rank", kind="stable")
    kept = ranked.drop_duplicates(["document", "start", "end", "code"]).index
    return table.loc[sorted(kept)].reset_index(drop=True)


def renamed(codes: Iterable[str], codebook: Codebook) -> dict[str, str]:
    """Return those of `codes` that are read as another today, each with that other."""
    return {code: now for code in codes if (now := _followed(codebook.history, code)) != code}


def _say(codes: Iterable[str], codebook: Codebook) -> None:
    for code, now in sorted(renamed(codes, codebook).items()):
        warnings.warn(message("codebook.carried", code=code, now=now), CarriedCodes, stacklevel=3)


def to_reread(decisions: Iterable[Decision], codebook: Codebook) -> list[Decision]:
    """Return the decisions that gave a code before it was split, and that nobody of the same hand has looked at since: to be re-read."""
    split = {_followed(codebook.history[i:], change.code): change.at for i, change in enumerate(codebook.history) if change.action == "split"}
    last = {_place(one, one.code): one for one in sorted(_carried(list(decisions), codebook), key=lambda one: one.at) if one.code}
    return [one for one in last.values() if one.verdict in _YES and one.at < split.get(one.code, "")]


# --- as it is written --------------------------------------------------------------------------------------------------


def check_history(changes: Mapping[int, Any], codes: set[str], source: Source) -> tuple[Change, ...]:
    """Return the `changes` of a file (by their places in it) as a history, with what does not hold together noted in `source`."""
    history = tuple(Change(one.action, one.code, one.at, tuple(one.into), dict(one.was), one.why, dict(one.noted)) for one in changes.values())
    for later, (i, change) in enumerate(zip(changes, history, strict=True)):
        if not _fits(change):
            source.fault("history_into", ("history", i), name=change.action)
        elif change.action in _ELSEWHERE:
            now = _followed(history[later:], change.code)
            if now not in codes:
                source.fault("history_lost", ("history", i), name=change.code, now=now)
            elif change.code in codes and now != change.code:
                source.fault("history_alive", ("history", i), name=change.code, now=now)
    return history


def _fits(change: Change) -> bool:
    if change.action in _OF_NO_CODE:
        return not change.code and not change.into
    sizes = {"new": (0, 0), "rename": (1, 1), "merge": (1, 1), "split": (1, 99), "move": (0, 1)}
    least, most = sizes[change.action]
    return bool(change.code) and least <= len(change.into) <= most
