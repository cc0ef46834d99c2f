"""Hypothetical: what is supposed, wished, feared or possible (« si je rechute », « j'aimerais guérir », « peur de retomber », « peut-être »)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from . import cues
from .scope import DETERMINERS, SUBJECTS, Scope
from .verbs import conditional, infinitive

_LOOK_BACK = 3  # words before a clause's subject where « si », « au cas où » stand
_REACH = 6  # words that « peur de », « j'espère » reach
_NO_SUPPOSITION_AFTER = frozenset("comme meme si mais oui ah ben que".split())
_PERSONS = frozenset("jamais nous vous toi moi quelqu' un une personne seulement ma mon mes".split())


def holds(scope: Scope) -> bool:
    """Tell whether the hit is supposed."""
    forms, start = scope.forms, scope.start
    if scope.known.isdisjoint(_cues()) and not any(map(conditional, scope.lower)):
        return False
    before = max(0, scope.first - _LOOK_BACK)
    if any(_not_past_a_comma(forms, end, start) for _, end in cues.places(forms, before, scope.last, "hypothesis")):
        return True
    last = next((i for i in range(scope.end, scope.last) if forms[i] in ("que", "qu'", "qui")), scope.last)
    if any(conditional(scope.lower[i]) and not cues.at(forms, i, "conditional_said") for i in range(scope.first, last)):
        return True
    if any(_ahead(scope, end) for _, end in cues.places(forms, max(0, start - _REACH - 3), start, "hypothesis_ahead")):
        return True
    return any(_supposes(forms, i) and _reaches(scope, i) for i in range(before, start))


@cache
def _cues() -> frozenset[str]:
    return cues.first_words("hypothesis") | cues.first_words("hypothesis_ahead") | {"si", "s'"}


def _not_past_a_comma(forms: Sequence[str], end: int, start: int) -> bool:
    return "," not in forms[end:start] or "," in forms[end : end + 2]


def _reaches(scope: Scope, i: int) -> bool:
    """Tell whether the hit is in the clause that « si » at `i` opens: « s'il faut être franc, je suis déçu » is not."""
    return not any(form == "," for form in scope.forms[i : scope.start])


def _ahead(scope: Scope, end: int) -> bool:
    """Tell whether a cue of fears and wishes that ends at `end` is about the hit: an infinitive, or a clause with « que »."""
    forms = scope.forms
    between = forms[end : scope.start]
    if len(between) > _REACH or any(form in (",", "et", "mais") for form in between):
        return False
    held = range(end, scope.end)
    return any(infinitive(scope.lower[i]) for i in held) or forms[end - 1] in ("que", "qu'")


def _supposes(forms: Sequence[str], i: int) -> bool:
    """Tell « si » that supposes (« si je rechute ») from « si bien », « oui si », « si seule »."""
    following = forms[i + 1] if i + 1 < len(forms) else ""
    if forms[i] == "s'":
        return following in ("il", "ils")
    if forms[i] != "si" or (
        i and forms[i - 1] in _NO_SUPPOSITION_AFTER and not (forms[i - 1] in ("comme", "meme", "mais") and following in SUBJECTS)
    ):
        return False
    if {"c'", "grace"} <= set(forms[i:]) or cues.at(forms, i, "supposition_not"):
        return False
    return following in SUBJECTS or following in DETERMINERS or following in _PERSONS
