"""Hypothetical: what is supposed, wished, feared or possible (« si je rechute », « j'aimerais guérir », « peur de retomber », « peut-être »)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..lemmas import lemma
from . import cues, reported
from .scope import DETERMINERS, SUBJECTS, Scope, opens
from .verbs import PRESENT_AUXILIARIES, conditional, future, infinitive

_LOOK_BACK = 3  # words before a clause's subject where « si », « au cas où » stand
_LONG = 12  # words before a clause in which the one that it goes on with begins
_GOING = frozenset("vais vas va allons allez vont".split())
_REACH = 6  # words that « peur de », « j'espère » reach
_NO_SUPPOSITION_AFTER = frozenset("comme meme si mais oui ah ben que".split())
_ASKING = frozenset("pourquoi comment combien".split())
_COMPARING = frozenset("plus moins autant".split())  # « plus de l'angoisse que de la peur »
_BECAUSE = frozenset("que qu' parce grace".split())  # « si je pleure, c'est que je suis triste »
_MODAL = frozenset("pouvoir devoir vouloir aimer souhaiter préférer".split())
_TO_COME = frozenset("quand lorsque lorsqu' des aussitot fois tant jour".split())
_WISHING = frozenset("reve reves revais reverais espere souhaite vise".split())
_PERSONS = frozenset("jamais nous vous toi moi quelqu' un une personne seulement ma mon mes".split())


def holds(scope: Scope) -> bool:
    """Tell whether the hit is supposed."""
    forms, start = scope.forms, scope.start
    if scope.known.isdisjoint(_cues()) and not scope.sentence.supposes:
        return False
    before = max(0, scope.first - _LOOK_BACK)
    found = cues.places(forms, before - _LOOK_BACK, scope.last, "hypothesis")
    if any(end > before and _not_past_a_comma(forms, end, start) for _, end in found):
        return True
    last = next((i for i in range(scope.end, scope.last) if forms[i] in ("que", "qu'", "qui")), scope.last)
    supposed = [i for i in range(scope.first, last) if conditional(scope.lower[i]) and not cues.at(forms, i, "conditional_said")]
    if supposed and not _said_to_be(scope, supposed):
        return True
    if any(_ahead(scope, end) for _, end in cues.places(forms, max(0, start - _REACH - 3), start, "hypothesis_ahead")):
        return True
    before -= 5 if forms[scope.first] == "," else 0
    if any(_supposes(forms, i) and _reaches(scope, i) for i in range(max(0, before), start)):
        return True
    return _afterwards(scope) or _that_day(scope) or _once(scope) or _goes_on(scope) or _would_follow(scope) or _depends(scope)


@cache
def _cues() -> frozenset[str]:
    lists = ("hypothesis_after", "that_day")
    return (
        frozenset().union(*map(cues.first_words, lists))
        | cues.first_words("hypothesis")
        | cues.first_words("hypothesis_ahead")
        | _TO_COME
        | {"si", "s'"}
    )


def _said_to_be(scope: Scope, supposed: list[int]) -> bool:
    """Tell « selon eux je serais dangereux », « il a juré que j'irais mieux »: the conditional is that of what is reported."""
    return "si" not in scope.known and not any(lemma(scope.lower[i]) in _MODAL for i in supposed) and reported.holds(scope)


def _not_past_a_comma(forms: Sequence[str], end: int, start: int) -> bool:
    return "," not in forms[end:start] or "," in forms[end : end + 2]


def _reaches(scope: Scope, i: int) -> bool:
    """Tell whether the hit is in the clause that « si » at `i` opens: « s'il faut être franc, je suis déçu » is not."""
    forms = scope.forms
    comma = next((j for j in range(scope.start - 1, i, -1) if forms[j] == ","), None)
    if comma is None:
        return True
    topic = all(form in DETERMINERS for form in forms[comma + 1 : scope.start]) and comma + 1 < scope.start  # « si c'était ça, le bonheur ? »
    return topic and (scope.end >= len(forms) or forms[scope.end][0] in ".!?…") and "," not in forms[i:comma]


def _afterwards(scope: Scope) -> bool:
    """Tell « que je guérisse, ça se pourrait », « je guérirai, qui sait »: the supposition comes right after the hit's clause."""
    forms, last = scope.forms, scope.last + (scope.forms[scope.last : scope.last + 1] == [","])
    asked = not _ASKING.isdisjoint(forms[: scope.start])  # « pourquoi j'ai peur, va savoir »
    return not asked and bool(cues.at(forms, last, "hypothesis_after"))


def _that_day(scope: Scope) -> bool:
    """Tell « le jour où je serai sereine », which has not come, from « le jour où j'ai rechuté »."""
    if scope.known.isdisjoint({"où", "que"}) or not any(map(future, scope.lower[scope.first : scope.last])):
        return False
    return any(True for _ in cues.places(scope.forms, 0, scope.start, "that_day"))


def _once(scope: Scope) -> bool:
    """Tell « dès que j'aurai un logement », « quand je serai guérie »: a condition that is to come."""
    if _TO_COME.isdisjoint(scope.forms[max(0, scope.first - 2) : scope.start]):
        return False
    return any(map(future, scope.lower[scope.first : scope.end]))


def _right_after_si(forms: Sequence[str], first: int) -> bool:
    # « si j'arrête le traitement, je replonge »: what the supposition leads to, with nothing between
    if not first or forms[first] not in SUBJECTS or forms[first - 1] in ("et", "mais", "pis"):
        return False
    begin = first - 1 - (forms[first - 1] == ",")
    while begin > 0 and not opens(forms, begin):
        begin -= 1
    return any(_supposes(forms, i) for i in (begin, begin - 1) if i >= 0)


def _depends(scope: Scope) -> bool:
    """Tell « il suffirait d'un rien pour que je craque », « je serais soulagée qu'on m'entende »: what a conditional governs."""
    forms, first = scope.forms, scope.first
    led = first > 1 and (cues.at(forms, first, "depending") or cues.at(forms, first - 2, "depending"))
    return bool(led) and any(conditional(scope.lower[i]) for i in range(max(0, first - _LONG), first)) and scope.sentence.supposes


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
    if _right_after_si(forms, first):
        return True
    near = any(forms[i] in _GOING and infinitive(scope.lower[scope.start]) for i in range(max(first, scope.start - 4), scope.start))
    return near and any(_supposes(forms, i) and "," not in forms[i - 1 : i] for i in range(max(0, first - _LONG), first))


def _ahead(scope: Scope, end: int) -> bool:
    """Tell whether a cue of fears and wishes that ends at `end` is about the hit: an infinitive, or a clause with « que »."""
    forms = scope.forms
    between = forms[end : scope.start]
    if (
        any(form in _COMPARING for form in forms[max(0, end - 5) : end])
        or len(between) > _REACH
        or any(form in (",", "et", "mais") for form in between)
    ):
        return False
    held = range(end, scope.end)
    if any(infinitive(scope.lower[i]) for i in held) or forms[end - 1] in ("que", "qu'"):
        return True
    return forms[max(0, end - 2)] in _WISHING and forms[end : end + 1] in (["un"], ["une"])  # « je rêve d'une vie tranquille »


def _supposes(forms: Sequence[str], i: int) -> bool:
    """Tell « si » that supposes (« si je rechute ») from « si bien », « oui si », « si seule »."""
    following = forms[i + 1] if i + 1 < len(forms) else ""
    if forms[i] == "s'":
        return following in ("il", "ils") and not cues.at(forms, i, "supposition_not")
    if forms[i] != "si" or (
        i and forms[i - 1] in _NO_SUPPOSITION_AFTER and not (forms[i - 1] in ("comme", "meme", "mais", "que") and following in SUBJECTS)
    ):
        return False
    if i and forms[i - 1] == "meme" and forms[i + 2 : i + 3] and forms[i + 2] in PRESENT_AUXILIARIES:
        return False  # « même si je suis fatiguée »: it is so
    if any(forms[j] == "c'" and forms[j + 2] in _BECAUSE for j in range(i + 2, len(forms) - 2)) or cues.at(forms, i, "supposition_not"):
        return False
    return following in SUBJECTS or following in DETERMINERS or following in _PERSONS
