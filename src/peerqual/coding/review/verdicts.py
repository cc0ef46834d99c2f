"""What the decisions of one or several coders come to: a verdict on each address, or a dispute that a person must settle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import language, message
from ...model import Decision
from .log import JUDGED, VERDICTS, address

if TYPE_CHECKING:
    import pandas as pd

Address = tuple[str, str, int, int, str]
DISPUTES = ("document", "text_hash", "start", "end", "code", "verdicts")
YES = ("accept", "add")


@dataclass(frozen=True, slots=True)
class Settled:
    """What was decided on an address: the last verdict `by` each coder, and that of all; "" where they disagree."""

    verdict: str
    by: Mapping[str, str]


def settle(decisions: Iterable[Decision], proposed: Iterable[Address] = ()) -> dict[Address, Settled]:
    """Return what `decisions` come to, by address; `proposed` are further addresses to look at.

    Who judged a passage for all codes and did not give a code has rejected it. Where coders disagree, nothing is settled until one of them decides
    on the dispute (`Decision.final`): the last such decision counts.
    """
    by: dict[Address, dict[str, str]] = {}
    final: dict[Address, str] = {}
    judges: dict[tuple[str, str, int, int], dict[str, None]] = {}
    for decision in sorted(decisions, key=lambda one: one.at):
        at = address(decision)
        if decision.verdict == JUDGED:
            judges.setdefault(at[:4], {})[decision.coder] = None
            continue
        by.setdefault(at, {})[decision.coder] = decision.verdict
        if decision.final:
            final[at] = decision.verdict
    for at in {*by, *proposed}:
        for coder in judges.get(at[:4], ()):
            by.setdefault(at, {}).setdefault(coder, "reject")
    return {at: Settled(final.get(at, _common(verdicts)), verdicts) for at, verdicts in by.items()}


def _common(verdicts: Mapping[str, str]) -> str:
    said = [verdicts[coder] for coder in verdicts]
    return said[-1] if len({verdict in YES for verdict in said}) == 1 else ""


def disputed(decisions: Iterable[Decision]) -> pd.DataFrame:
    """Return the addresses on which coders disagree and nobody has settled it: document,text_hash,start,end,code,verdicts.

    `verdicts`: « coder: verdict » of each, with « · » between.
    """
    import pandas as pd

    rows = [(*at, told(settled.by)) for at, settled in sorted(settle(decisions).items()) if not settled.verdict]
    return pd.DataFrame(rows, columns=list(DISPUTES))


def told(by: Mapping[str, str]) -> str:
    """Return the verdicts `by` each coder in one line."""
    return " · ".join(f"{coder or '—'}: {verdict}" for coder, verdict in sorted(by.items()))


def spoken(line: str, lang: str | None) -> str:
    """Return a line of `told` in `lang`, with the words that a person writes in a sheet: « AB : accepter · CD : rejeter »."""
    words = {verdict: message(f"review_codes.verdict_{verdict}", lang) for verdict in VERDICTS}
    colon = "\u00a0: " if language(lang) == "fr" else ": "
    parts = (part.rpartition(": ") for part in line.split(" · "))
    return " · ".join(f"{coder.rstrip()}{colon}{words.get(verdict, verdict)}" for coder, _, verdict in parts) if line else ""
