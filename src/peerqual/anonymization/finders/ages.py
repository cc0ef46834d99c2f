"""Ages in figures and words; durations are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import numerals
from .candidates import Candidate
from .view import View
from .words import AGE

TRIGGER = AGE

_DURATION_BEFORE = frozenset(
    "pendant depuis durant dans fait sur pour bout y en apres avant tous toutes il toutes passe passer plus moins pendant".split()
)
_DURATION_AFTER = frozenset("apres avant plus tard que auparavant durant maintenant".split())
_AGE_BEFORE = frozenset("a ai as avais avait avaient ont aura aurai mes ses tes nos leurs age agee vers eu aurait aviez avez fete a".split())
_TENS = frozenset("trentaine quarantaine cinquantaine soixantaine vingtaine".split())


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``age.years`` (« 54 ans ») and ``age.tens`` (« la trentaine »)."""
    for i in at:
        if view.forms[i].folded in ("ans", "an"):
            yield from _years(view, i)
        elif _tens(view, i):
            yield Candidate(view.starts[i], view.end(i), "AGE", True, "age.tens")


def _tens(view: View, i: int) -> bool:
    word, before = view.forms[i].folded, view.form(i - 1).folded
    if word in _TENS:
        return before in ("la", "sa", "ma") and view.form(i + 1).folded not in ("de", "d")
    return before in ("un", "une", "la", "les", "des")


def _years(view: View, i: int) -> Iterator[Candidate]:
    start, value = numerals.value_before(view, i)
    if value < 1 or value > 110:
        return
    before, before2, after, after2 = (view.form(k).folded for k in (start - 1, start - 2, i + 1, i + 2))
    if after in _DURATION_AFTER and view.gap(i + 1) in (" ", "\u00a0"):
        return
    if after in ("de", "d") and before not in ("mes", "ses", "tes"):
        return
    if before in _DURATION_BEFORE or (before == "a" and before2 == "y") or (before == "de" and before2 in ("plus", "moins", "bout", "peine")):
        return
    yield Candidate(view.starts[start], view.end(i), "AGE", before in _AGE_BEFORE or before2 in ("age", "agee"), "age.years")
