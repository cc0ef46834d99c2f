"""Hypothetical: what is supposed, wished, feared or possible (« si je rechute », « j'aimerais guérir », « peur de retomber », « peut-être »)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from . import cues
from .scope import DETERMINERS, SUBJECTS, Scope
from .verbs import conditional, future, infinitive

_LOOK_BACK = 3  # words before a clause's subject where « si », « au cas où » stand
_LONG = 12  # words before a clause in which the one that it goes on with begins
_GOING = frozenset("vais vas va allons allez vont".split())
_REACH = 6  # words that « peur de », « j'espère » reach
_NO_SUPPOSITION_AFTER = frozenset("comme meme si mais oui ah ben que".split())
_PERSONS = frozenset("jamais nous vous toi moi quelqu' un une personne seulement ma mon mes".split())


def holds(scope: Scope) -> bool:
    """Tell whether the hit is supposed."""
    forms, start = scope.forms, scope.start
    if scope.known.isdisjoint(_cues()) and not scope.sentence.supposes:
        return False
    before = max(0, scope.first - _LOOK_BACK)
    if any(_not_past_a_comma(forms, end, start) for _, end in cues.places(forms, before, scope.last, "hypothesis")):
        return True
    last = next((i for i in range(scope.end, scope.last) if forms[i] in ("que", "qu'", "qui")), scope.last)
    if any(conditional(scope.lower[i]) and not cues.at(forms, i, "conditional_said") for i in range(scope.first, last)):
        return True
    if any(_ahead(scope, end) for _, end in cues.places(forms, max(0, start - _REACH - 3), start, "hypothesis_ahead")):
        return True
    if any(_supposes(forms, i) and _reaches(scope, i) for i in range(before, start)):
        return True
    return _afterwards(scope) or _that_day(scope) or _goes_on(scope) or _would_follow(scope)


@cache
def _cues() -> frozenset[str]:
    lists = ("hypothesis_after", "that_day")
    return frozenset().union(*map(cues.first_words, lists)) | cues.first_words("hypothesis") | cues.first_words("hypothesis_ahead") | {"si", "s'"}


def _not_past_a_comma(forms: Sequence[str], end: int, start: int) -> bool:
    return "," not in forms[end:start] or "," in forms[end : end + 2]


def _reaches(scope: Scope, i: int) -> bool:
    """Tell whether the hit is in the clause that « si » at `i` opens: « s'il faut être franc, je suis déçu » is not."""
    return not any(form == "," for form in scope.forms[i : scope.start])


def _afterwards(scope: Scope) -> bool:
    """Tell « que je guérisse, ça se pourrait », « je guérirai, qui sait »: the supposition comes right after the hit's clause."""
    forms, last = scope.forms, scope.last + (scope.forms[scope.last : scope.last + 1] == [","])
    return bool(cues.at(forms, last, "hypothesis_after"))


def _that_day(scope: Scope) -> bool:
    """Tell « le jour où je serai sereine », which has not come, from « le jour où j'ai rechuté »."""
    if scope.known.isdisjoint({"où", "que"}) or not any(map(future, scope.lower[scope.first : scope.last])):
        return False
    return any(True for _ in cues.places(scope.forms, 0, scope.start, "that_day"))


def _goes_on(scope: Scope) -> bool:
    """Tell « à moins que je parte ou que je tombe », « peut-être triste, ou las »: the clause goes on with the one before."""
    forms, first = scope.forms, scope.first
    head = [form for form in forms[first : scope.start] if form != ","]
    if head[:2] not in (["ou", "que"], ["et", "que"], ["ou", "qu'"], ["et", "qu'"]) and head != ["ou"]:
        return False
    return any(True for _ in cues.places(forms, max(0, first - _LONG), first, "hypothesis"))


def _would_follow(scope: Scope) -> bool:
    """Tell « si je dors pas je vais dérailler »: what is to come if something is so."""
    forms, first = scope.forms, scope.first
    near = any(forms[i] in _GOING and infinitive(scope.lower[scope.start]) for i in range(max(first, scope.start - 4), scope.start))
    return near and any(_supposes(forms, i) and "," not in forms[i - 1 : i] for i in range(max(0, first - _LONG), first))


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
        i and forms[i - 1] in _NO_SUPPOSITION_AFTER and not (forms[i - 1] in ("comme", "meme", "mais", "que") and following in SUBJECTS)
    ):
        return False
    if {"c'", "grace"} <= set(forms[i:]) or cues.at(forms, i, "supposition_not"):
        return False
    return following in SUBJECTS or following in DETERMINERS or following in _PERSONS
