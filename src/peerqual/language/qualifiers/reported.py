"""Reported: what is said in somebody else's name (« il m'a dit que », « d'après mon psy », « paraît que »)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ..lexicons import words
from . import cues
from .scope import DETERMINERS, SUBJECTS, Scope, opens
from .verbs import base

_SELF = frozenset("je j' chuis chu tu ch'".split())
_SELF_GIVEN = frozenset({"moi", "toi"})
_CLOSING = frozenset({",", "»", '"'})
_OTHERS = frozenset("il elle on ils elles".split())
_THEM = frozenset({"eux", "elle", "elles", "lui"})
_AM = (
    ["je", "suis"],
    ["c'", "est"],
    ["j'", "ai"],
    ["j'", "etais"],
    ["c'", "etait"],
    ["t'", "es"],
    ["il", "est"],
    ["elle", "est"],
    ["on", "est"],
    ["j'", "avais"],
)
_OPENINGS = frozenset("que qu' : « \" “ ,".split())
_DOES = frozenset({"fait", "font", "faisait"})  # « il me fait t'inquiète »
_READ = frozenset({"vu", "lu", "entendu"})
_SOURCES = frozenset("dans sur à au aux par en".split())
_SAY = 12  # words before the hit's clause where a verb of saying stands
_AFTER_SAYING = 6  # words between a verb of saying and what opens what is said


def holds(scope: Scope) -> bool:
    """Tell whether the hit is reported."""
    forms, start = scope.forms, scope.start
    if not scope.sentence.saying and scope.known.isdisjoint(_cues()):
        return False
    low = max(0, scope.first - _SAY + 1)
    if any(i not in scope.own and _lasts(scope, i, end) and not _own_view(scope, end) for i, end in cues.places(forms, low, start, "reported")):
        return True
    if any(low <= i < start and i not in scope.own and _says(scope, i) for i in scope.sentence.saying):
        return True
    return called(scope) or _read(scope) or _said_after(scope) or _for_them(scope)


@cache
def _cues() -> frozenset[str]:
    lists = ("reported", "reported_after", "reported_calling")
    return (frozenset({"pour", "ca", "ce"}) | _READ).union(*map(cues.first_words, lists))


def _read(scope: Scope) -> bool:
    """Tell « j'ai lu sur internet que », « on a vu dans le journal que »."""
    forms, start = scope.forms, scope.start
    if scope.known.isdisjoint(_READ):
        return False
    learnt = (i for i in range(max(1, start - _SAY), start) if forms[i] in _READ and forms[i - 1] in ("ai", "a", "as") and forms[i + 1] in _SOURCES)
    opened = ((i, j) for i in learnt for j in range(i + 2, min(i + 7, start)) if forms[j] in ("que", "qu'"))
    return any(_lasts(scope, i, j + 1) for i, j in opened)


def _for_them(scope: Scope) -> bool:
    """Tell « pour le médecin, je suis apte » from « pour mon fils je reste debout »."""
    forms, first = scope.forms, scope.first
    if "," not in forms[max(0, first - 1) : first + 1]:
        return False
    held = [form for form in forms[first : first + 4] if form != ","]
    if held[:2] not in _AM:
        return False
    for i in range(max(0, first - 8), first - 1):
        opened = forms[i] == "pour" and (not i or forms[i - 1] in (",", "mais", "et", ".", "bon", "alors"))
        if opened and any(form in words("persons") or form in _THEM for form in forms[i + 1 : i + 4]):
            return all(form not in SUBJECTS or forms[j - 1] in ("que", "qu'") for j, form in enumerate(forms[i:first], i))
    return False


def _own_view(scope: Scope, end: int) -> bool:
    return any(form in _SELF_GIVEN for form in scope.forms[end : end + 1])


def _says(scope: Scope, i: int) -> bool:
    """Tell whether the verb of saying at `i` has another subject than the speaker and what it opens lasts up to the hit."""
    forms = scope.forms
    if _by_the_speaker(scope, i) or forms[max(0, i - 3) : i - 1] == ["ce", "qu'"] or _nobody_says(forms, i):
        return False
    if forms[i] == "sorti" and forms[i - 1] not in ("a", "ont", "avait"):
        return False  # « il est sorti »
    if forms[i] in _DOES:
        return _speaks(forms, i + 1) and not any(form in ("ca", "c'") for form in forms[max(0, i - 4) : i]) and _lasts(scope, i, i + 2)
    if forms[i + 1 : i + 2] == ["rien"]:
        return False
    for j in range(i + 1, min(i + 1 + _AFTER_SAYING, scope.start + 1)):
        if forms[j] in _OPENINGS and (forms[j] != "," or j == i + 1 or forms[j + 1] in ("que", "qu'")):
            quoted = forms[j] in (":", "«", '"', "“")
            return quoted or _lasts(scope, i, j + 1 if forms[j] != "," else j + 3)
        if j == i + 1 == scope.start and forms[i] in ("disent", "disait", "disaient"):
            return True
        if forms[j] == "," and not (forms[j + 1] in DETERMINERS and forms[j + 2] in words("persons") and {"que", "qu'"} & set(forms[j + 3 : j + 8])):
            return False
        if _speaks(forms, j) and forms[i] in words("quoting"):
            return _lasts(scope, i, j + 1)
        if forms[j] in ("de", "d'") and forms[i] in words("quoting"):
            named = next((k for k in range(j + 1, min(j + 5, scope.start)) if forms[k] in ("que", "qu'")), None)
            return scope.start - j < 5 or (named is not None and _lasts(scope, i, named + 1))
        if forms[j : j + 3 : 2] == [",", ","] and _speaks(forms, j + 3) and forms[i] in words("quoting"):
            return _lasts(scope, i, j + 4)  # « il m'a sorti, texto, vous êtes »
    return False


def _speaks(forms: Sequence[str], j: int) -> bool:
    """Tell whether direct speech may begin at word `j`."""
    return j < len(forms) and (forms[j] in SUBJECTS or forms[j] in words("speech_openers") or forms[j] in words("vocatives"))


def _nobody_says(forms: Sequence[str], i: int) -> bool:
    # « qui me dit que je suis guéri ? », « si on m'avait expliqué, j'aurais »
    clause = forms[max(0, i - 4) : i]
    asked = forms[i - 1] in ("me", "nous", "qui") and forms[i] == "dit" and forms[0] == "qui" and "?" in forms
    return asked or ("si" in clause and forms[i + 1 : i + 2] == [","])


def _by_the_speaker(scope: Scope, i: int) -> bool:
    forms = scope.forms
    for j in range(i - 1, max(-1, i - 7), -1):
        if forms[j] in _SELF:
            return True
        if forms[j] in ("on", "nous"):
            return forms[i] not in words("quoting")
        if forms[j] in ("qui", "il", "elle", "ils", "elles", "vous") or forms[j] in words("persons"):
            return False
        if forms[j] in ("ca", "c'", "faut", "pas") and forms[i] not in words("quoting"):
            return True
        if forms[j][0] in ".!?…;:":
            return i - j < 2
    return i < 1


def _lasts(scope: Scope, i: int, after: int) -> bool:
    """Tell whether nothing between `after` and the hit ends what is said: a new clause of one's own after a comma, « mais », « alors que »."""
    forms = scope.forms
    for j in range(after, scope.start):
        if forms[j][0] in ".!?;":
            return False
        if cues.at(forms, j, "reported_ends"):
            return False
        if (
            forms[j] == ","
            and forms[j + 1] not in ("que", "qu'")
            and any(form in SUBJECTS for form in forms[j + 1 : j + 4])
            and any(form in SUBJECTS for form in forms[i + 1 : j])
        ):
            return False
    return True


def _others_words(scope: Scope, i: int) -> bool:
    # « voilà ce qu'il m'a sorti »
    forms = scope.forms
    return forms[i] in _OTHERS and any(j in scope.sentence.saying for j in range(i + 1, min(i + 4, len(forms))))


def directly(scope: Scope) -> bool:
    """Tell whether the hit is in the very words of somebody else: « il me fait maman je suis perdu »."""
    forms = scope.forms
    said = [i for i in scope.sentence.saying if i < scope.start and not _by_the_speaker(scope, i) and _says(scope, i)]
    return bool(said) and {"que", "qu'"}.isdisjoint(forms[said[-1] + 1 : scope.start])


def called(scope: Scope) -> bool:
    """Tell that the hit is what the speaker is called: « elle m'a traitée d'hystérique », « on me prend pour un fou »."""
    forms, start = scope.forms, scope.start
    places = cues.places(forms, start - 5, start, "reported_calling")
    if "ca" in scope.known and any(end <= start <= end + 2 and _SELF.isdisjoint(forms[max(0, i - 2) : i]) for i, end in _called_that(scope)):
        return True
    return any(end <= start <= end + 2 and not (i and forms[i] in ("me", "m'") and forms[i - 1] in _SELF) for i, end in places)


def _called_that(scope: Scope) -> Iterator[tuple[int, int]]:
    # « le docteur appelle ça une rechute »
    calling = (i for i in range(max(0, scope.start - 4), scope.start - 1) if scope.forms[i + 1] == "ca")
    return ((i, i + 2) for i in calling if base(scope.lower[i]) in ("appeler", "nommer"))


def _said_after(scope: Scope) -> bool:
    """Tell « je suis guérie, d'après eux », « …, qu'il dit »."""
    forms = scope.forms
    last = min(scope.sentence_end, scope.end + 10)
    if cues.first_words("reported_after").isdisjoint(forms[scope.end : last]) and "ce" not in forms[scope.end : last]:
        return False
    told = {i for i in scope.sentence.saying if forms[i] not in ("ecrit", "fait")}
    if any(forms[i] in ("voila", "c'") and forms[i + 1 : i + 3] == ["ce", "qu'"] and _others_words(scope, i + 3) for i in range(scope.end, last - 3)):
        return True
    if any(forms[i] == "qu'" and forms[i - 1] in _CLOSING and forms[i + 1] in _OTHERS and told & {i + 2, i + 3} for i in range(scope.end, last - 2)):
        return True
    for i in range(scope.end, last):
        size = cues.at(forms, i, "reported_after")
        if size and not _own_view(scope, i + size) and forms[i - 1] not in ("pas", "jamais") and "ce" not in forms[i - 2 : i]:
            return True
        if i > scope.end and opens(forms, i) and forms[i] != "," and not cues.at(forms, i + 1, "reported_after"):
            return False
    return False
