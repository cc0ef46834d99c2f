"""Litotes: what is affirmed by denying its contrary (« pas mal d'espoir », « pas sans peur », « je suis pas malheureuse »)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..lexicons import lexicon, words
from . import cues
from .scope import CLITICS, DETERMINERS, SUBJECTS, Scope, opens
from .verbs import base

_BEFORE = 7  # words before the hit, in its clause, among which the phrase stands
_BEING = frozenset("est sont etait etaient sera seront a ete".split())
_AFFIRMED = frozenset("suis es est sommes etes sont etais etait etaient".split())
_NEGATIVE = frozenset({"pas", "jamais", "point", "guere"})


def holds(scope: Scope) -> bool:
    """Tell whether the hit is affirmed by a denial."""
    forms = scope.forms
    if scope.known.isdisjoint(_NEGATIVE) and "loin" not in scope.known:
        return False
    low = max(0, scope.start - _BEFORE)
    if any(_reaches(scope, end) for _, end in cues.places(forms, low, scope.start, "litotes")):
        return True
    if (
        _denied_verb(scope)
        or _denied_contrary(scope)
        or _denied_frame(scope)
        or any(True for _ in cues.places(forms, scope.end, scope.end + 1, "litotes_after"))
    ):
        return True
    return _denied_before_topic(scope) or _denied_after_topic(scope)


def _reaches(scope: Scope, end: int) -> bool:
    between = scope.forms[end : scope.start]
    if scope.forms[end - 1] in ("rien", "pas") and between[:1] == [","]:
        return all(form in DETERMINERS for form in between[1:])
    return len(between) < 5 and not any(opens(scope.forms, i) for i in range(end, scope.start))


def _denied_contrary(scope: Scope) -> bool:
    """Tell « pas » (and a degree) right before a word whose denial affirms its contrary."""
    forms = scope.forms
    held = forms[scope.start : scope.end]
    if scope.start and low(forms[scope.start - 1]) and _denied(forms, scope.start - 1):
        return True
    if not any(map(low, held)):
        return False
    inside = any(form in _NEGATIVE for j, form in enumerate(held, scope.start) if j not in scope.own)
    return inside or _denied(forms, scope.start)


def _denied_verb(scope: Scope) -> bool:
    """Tell « je déteste pas », « ça m'a pas déplu »: the denial of a verb of dislike."""
    if not any(base(form) in lexicon("litotes_verbs") for form in scope.lower[scope.start : scope.end]):
        return False
    around = (*scope.forms[max(scope.first, scope.start - 2) : scope.start], *scope.forms[scope.end : scope.end + 2])
    return not _NEGATIVE.isdisjoint(around)


@cache
def low(form: str) -> bool:
    """Tell whether the denial of the folded word `form`, in any gender and number, affirms its contrary.

    >>> low("avares"), low("fauchee"), low("malade")
    (True, True, False)
    """
    return any(form.removesuffix(ending) in words("litotes_words") for ending in ("", "s", "e", "es"))


def _denied_before_topic(scope: Scope) -> bool:
    """Tell « c'est pas du luxe, l'écoute », « pas sotte, l'idée »: what is affirmed comes after a comma, with its determiner."""
    forms = scope.forms
    comma = next((i for i in range(scope.start - 1, max(0, scope.start - 5), -1) if forms[i] == ","), 0)
    named = forms[comma + 1 : scope.start]
    if not comma or not named or named[0] not in DETERMINERS or named[-1] not in DETERMINERS or named[0] in ("de", "d'"):
        return False
    begins = next((i for i in range(comma - 1, -1, -1) if opens(forms, i)), 0)
    return _predicate_denied(forms, begins, comma)


def _denied_after_topic(scope: Scope) -> bool:
    """Tell « l'écoute, c'est pas du luxe »: what is affirmed comes before the clause that denies."""
    if not scope.topic:
        return False
    begins = next((i for i in range(scope.last, scope.predicate_end) if scope.forms[i] in SUBJECTS), scope.predicate_end)
    return _predicate_denied(scope.forms, begins, scope.predicate_end)


def _predicate_denied(forms: Sequence[str], begins: int, end: int) -> bool:
    """Tell whether ``forms[begins:end]`` is no more than « c'est », « elle est » or nothing, and a denial of the contrary."""
    at = next((i for i in range(begins, end) if forms[i] in _NEGATIVE), None)
    if at is None or any(form not in SUBJECTS | CLITICS | _BEING and form != "," for form in forms[begins:at]):
        return False
    phrase = max(cues.at(forms, at, "litotes"), cues.at(forms, at, "litotes_set"))
    if at + phrase == end and phrase:
        return True
    return (low(forms[end - 1]) and _denied(forms, end - 1)) or (forms[end - 2 : end] == ["non", "plus"] and low(forms[end - 3]))


def _denied(forms: Sequence[str], at: int) -> bool:
    i = at - 1
    while i >= 0 and (forms[i] in words("litotes_between") or forms[i] in DETERMINERS):
        i -= 1
    return i >= 0 and ((forms[i] in _NEGATIVE and not _set_against(forms, i)) or forms[max(0, i - 2) : i + 1] == ["loin", "d'", "etre"])


def _set_against(forms: Sequence[str], i: int) -> bool:
    # « je suis malade, pas idiote »: what is denied is set against what has been affirmed
    before = forms[max(0, i - 8) : max(0, i - 1)]
    return i > 0 and forms[i - 1] == "," and not _AFFIRMED.isdisjoint(before) and _NEGATIVE.isdisjoint(before)


def _denied_frame(scope: Scope) -> bool:
    """Tell « c'est pas non plus impossible d'y croire »: what is denied opens on the hit."""
    forms, start = scope.forms, scope.start
    frames = (i for i in range(max(0, start - 5), start - 1) if forms[i] in words("litotes_frames") and forms[i + 1] in ("de", "d'", "que", "qu'"))
    return any(_denied(forms, i) and "," not in forms[i:start] for i in frames)
