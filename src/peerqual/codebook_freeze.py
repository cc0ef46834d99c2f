"""A codebook frozen before it is applied to the whole corpus: what it was then, and what was changed since, with its reason or without.

Sequential thematisation (Paillé and Mucchielli, *L'analyse qualitative en sciences humaines et sociales*): themes are listed and defined on a sample,
then applied to the whole with few additions, each recorded. What is frozen is each code's label, definition, inclusions and exclusions; its rules and
examples, by which the machine proposes, stay free.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .codebook_history import Change

if TYPE_CHECKING:
    from .codebook import Codebook
    from .model import Code

_LENGTH = 12  # hexadecimal digits: enough to see a change, short enough for the file


@dataclass(frozen=True, slots=True)
class Freeze:
    """When a codebook was first frozen (`at`, ISO 8601), and what became of it.

    `codes`: how many codes and branches it had; `fingerprint`: of all their definitions, 12 hexadecimal digits.
    `changes`: the entries of the history since, oldest first, a later freeze among them (definitions taken in again, with the reason); no draws.
    `by_hand`: the codes added, removed or defined otherwise in the file since the last freeze, for which the history has no reason.
    """

    at: str
    codes: int
    fingerprint: str
    changes: tuple[Change, ...]
    by_hand: tuple[str, ...]

    @property
    def added(self) -> tuple[tuple[str, Change], ...]:
        """The codes that were added since, as they were called then, each with its entry."""
        return tuple((code, change) for change in self.changes for code in _made_by(change))


def frozen(codebook: Codebook) -> Freeze | None:
    """Return what `codebook` was when it was first frozen and what was changed since; None when it never was.

    >>> from peerqual.codebook import Codebook
    >>> frozen(Codebook.from_text('''
    ... peerqual: 1
    ... codes: [{id: espoir, label: {fr: Espoir}, definition: {fr: "…"}}]
    ... history: [{action: freeze, at: "2026-01-05", noted: {espoir: "000000000000"}}]
    ... ''')).by_hand
    ('espoir',)
    """
    freezes = [i for i, change in enumerate(codebook.history) if change.action == "freeze"]
    if not freezes:
        return None
    first, last = codebook.history[freezes[0]], freezes[-1]
    changes = tuple(change for change in codebook.history[freezes[0] + 1 :] if change.action != "draw")
    by_hand = _by_hand(codebook.history[last].noted, codebook.history[last + 1 :], fingerprints(codebook))
    return Freeze(first.at, len(first.noted), _digest(sorted(first.noted.items())), changes, by_hand)


def fingerprints(codebook: Codebook) -> dict[str, str]:
    """Return the fingerprint of each code and branch of `codebook` by its id: 12 hexadecimal digits of the SHA-256 of what defines it."""
    return {code.id: _digest(_defining(code)) for code in codebook.codes}


def _defining(code: Code) -> list[object]:
    return [dict(code.label), dict(code.definition), {k: list(v) for k, v in code.include.items()}, {k: list(v) for k, v in code.exclude.items()}]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:_LENGTH]


def _made_by(change: Change) -> Sequence[str]:
    return (change.code,) if change.action == "new" else change.into if change.action == "split" else ()


def _by_hand(then: Mapping[str, str], changes: Iterable[Change], now: Mapping[str, str]) -> tuple[str, ...]:
    # What should be there, by today's ids: a fingerprint, or None where the definition is free (codes made since).
    expected: dict[str, str | None] = dict(then)
    for change in changes:
        if change.action == "rename" and change.code in expected:
            expected[change.into[0]] = expected.pop(change.code)
        elif change.action == "merge":
            expected.pop(change.code, None)
        expected |= dict.fromkeys(_made_by(change))
    otherwise = [code for code in now if code not in expected or expected[code] not in (None, now[code])]
    return tuple(otherwise + [code for code in expected if code not in now])
