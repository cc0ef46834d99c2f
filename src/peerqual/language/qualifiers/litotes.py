"""Litotes: what is affirmed by denying its contrary (« pas mal d'espoir », « pas sans peur », « je suis pas malheureuse »)."""

from __future__ import annotations

from collections.abc import Sequence

from ..lexicons import words
from . import cues
from .scope import DETERMINERS, Scope, opens

_BEFORE = 7  # words before the hit, in its clause, among which the phrase stands
_NEGATIVE = frozenset({"pas", "jamais", "point", "guere"})


def holds(scope: Scope) -> bool:
    """Tell whether the hit is affirmed by a denial."""
    forms = scope.forms
    if scope.known.isdisjoint(_NEGATIVE) and "loin" not in scope.known:
        return False
    low = max(0, scope.start - _BEFORE)
    if any(_reaches(scope, end) for _, end in cues.places(forms, low, scope.start, "litotes")):
        return True
    return _denied_contrary(scope) or _denied_frame(scope) or any(True for _ in cues.places(forms, scope.end, scope.end + 1, "litotes_after"))


def _reaches(scope: Scope, end: int) -> bool:
    between = scope.forms[end : scope.start]
    if scope.forms[end - 1] in ("rien", "pas") and between[:1] == [","]:
        return all(form in DETERMINERS for form in between[1:])
    return len(between) < 5 and not any(opens(scope.forms, i) for i in range(end, scope.start))


def _denied_contrary(scope: Scope) -> bool:
    """Tell « pas » (and a degree) right before a word whose denial affirms its contrary."""
    forms = scope.forms
    held = forms[scope.start : scope.end]
    if scope.start and forms[scope.start - 1] in words("litotes_words") and _denied(forms, scope.start - 1):
        return True
    if not any(form in words("litotes_words") for form in held):
        return False
    inside = any(form in _NEGATIVE for j, form in enumerate(held, scope.start) if j not in scope.own)
    return inside or _denied(forms, scope.start)


def _denied(forms: Sequence[str], at: int) -> bool:
    i = at - 1
    while i >= 0 and (forms[i] in words("litotes_between") or forms[i] in DETERMINERS):
        i -= 1
    return i >= 0 and (forms[i] in _NEGATIVE or forms[max(0, i - 2) : i + 1] == ["loin", "d'", "etre"])


def _denied_frame(scope: Scope) -> bool:
    """Tell « c'est pas non plus impossible d'y croire »: what is denied opens on the hit."""
    forms, start = scope.forms, scope.start
    frames = (i for i in range(max(0, start - 5), start - 1) if forms[i] in words("litotes_frames") and forms[i + 1] in ("de", "d'", "que", "qu'"))
    return any(_denied(forms, i) and "," not in forms[i:start] for i in frames)
