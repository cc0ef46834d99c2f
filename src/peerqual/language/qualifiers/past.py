"""Past: what was so then (« je me scarifiais », « il a longtemps été sous tutelle »), not what has come of it (« j'ai rechuté »)."""

from __future__ import annotations

from ..lexicons import words
from . import cues
from .scope import CLITICS, DETERMINERS, SUBJECTS, Scope, next_opening, opens
from .verbs import PRESENT_AUXILIARIES, imperfect, participle

_THAT = frozenset({"ce", "cet", "cette", "ces"})  # « ce jour-là »
_WHEN = frozenset({"quand", "lorsque", "lorsqu'"})


def holds(scope: Scope) -> bool:
    """Tell whether the hit is said in the imperfect, or in a compound past with a time that is over."""
    if not any(map(imperfect, scope.lower)) and scope.known.isdisjoint(PRESENT_AUXILIARIES):
        return False
    if any(map(imperfect, scope.lower[scope.start : scope.end])):
        return True
    i = _verb(scope)
    if i is None:
        return False
    if imperfect(scope.lower[i]):
        return True
    return scope.forms[i] in PRESENT_AUXILIARIES and _compound(scope, i) and _time_over(scope)


def _verb(scope: Scope) -> int | None:
    """Return the place of the finite verb that the hit goes with: the one before it in its clause, else the one after it."""
    for i in range(scope.start - 1, scope.first - 1, -1):
        if _finite(scope, i):
            return i
    after = next((i for i in range(scope.end, scope.predicate_end) if _finite(scope, i)), None)
    if after is not None or any(form in SUBJECTS for form in scope.forms[scope.first : scope.start]):
        return after
    return next((i for i in range(scope.first - 1, -1, -1) if _finite(scope, i) and scope.forms[i] not in words("saying")), None)


def _finite(scope: Scope, i: int) -> bool:
    form, before = scope.forms[i], scope.forms[i - 1] if i else ""
    if form in PRESENT_AUXILIARIES or imperfect(scope.lower[i]):
        return True
    return (before == "qui" or (before in SUBJECTS and before != "ce")) and not (form in CLITICS or form in SUBJECTS or form in DETERMINERS)


def _compound(scope: Scope, i: int) -> bool:
    last = max(scope.end, min(i + 5, scope.last))
    return any(participle(scope.lower[j]) for j in range(i + 1, last))


def _time_over(scope: Scope) -> bool:
    """Tell whether a time that is over stands in the clause or in an adverbial clause beside it."""
    forms, lower = scope.forms, scope.lower
    left, right = scope.first, scope.last
    while left > 0:
        begin = left - 1
        while begin > 0 and not opens(forms, begin):
            begin -= 1
        if not _adverbial(scope, begin, left):
            break
        left = begin
    while right < scope.sentence_end and _adverbial(scope, right, then := next_opening(forms, right + 1)):
        right = then
    if any(not i or forms[i - 1] not in ("depuis", "des") for i, _ in cues.places(forms, left, right, "past_times")):
        return True
    if any(forms[i].endswith("-la") and any(form in _THAT for form in forms[max(0, i - 2) : i]) for i in range(left, right)):
        return True
    if any(forms[i] == "en" and forms[i + 1 : i + 2] and forms[i + 1].isdigit() for i in range(left, right)):
        return True
    return any(forms[i] in _WHEN and any(map(imperfect, lower[i + 1 : i + 5])) for i in range(left, right))


def _adverbial(scope: Scope, begin: int, end: int) -> bool:
    """Tell whether ``[begin, end)`` is an adverbial: it begins with « quand » or « c'était », or holds no verb."""
    inside = scope.forms[begin:end]
    if any(form in _WHEN or form == "pendant" for form in inside[:2]) or inside[:2] == ["c'", "etait"]:
        return True
    return not any(_finite(scope, i) for i in range(begin, end))
