"""Question: what is asked, not what only has its assent asked for (« je suis suivi, hein ? »)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..lexicons import words
from . import cues
from .scope import DETERMINERS, SUBJECTS, Scope, opens
from .verbs import says

_IN_PLACE = frozenset({"comment", "combien", "quoi", "où", "pourquoi"})
_THEN = frozenset("dis dites toi vous docteur madame monsieur".split())  # what may follow the question word
_ABOUT = (
    ["quoi", "de"],
    ["quoi", "d'"],
    ["quoi", "avec"],
    ["quoi", "pour"],
    ["quoi", "quand"],
    ["comment", "pour"],
    ["comment", "avec"],
    ["comment", "quand"],
)
_DOING = frozenset(
    "fais fait faites font faire dis dit dites penses pensez pense veux voulez est à de sert ressens ressentez cherches cherchez attends".split()
)
_INVERTED = frozenset({"-tu", "-t", "-il", "-elle", "-vous", "-ils", "-je", "-elles"})
_ASKING_WORDS = _INVERTED | {"-", "-ce"}


def holds(scope: Scope) -> bool:
    """Tell whether the hit is asked for or about."""
    forms, end = scope.forms, scope.end
    if scope.known.isdisjoint(_cues()):
        return False
    mark = next((i for i in range(end, len(forms)) if forms[i][0] in ".!?…;"), len(forms))
    if forms[mark : mark + 1] == ["!"]:
        return False
    begins = _sentence_start(forms, scope.start)
    if _asks(forms, begins, scope):
        return True
    if _asks_in_place(scope) or _asked_opinion(scope, mark):
        return True
    if mark == len(forms) or "?" not in forms[mark]:
        return False
    return not _tag(forms, end, mark, begins) and not _asked_next(scope, mark)


@cache
def _cues() -> frozenset[str]:
    return (
        _ASKING_WORDS
        | _IN_PLACE
        | {"?", "?!", "!?", "??", "...?", "…?"}
        | cues.first_words("question_openers")
        | cues.first_words("question_opinions")
    )


def _sentence_start(forms: Sequence[str], start: int) -> int:
    return next((i + 1 for i in range(start - 1, -1, -1) if forms[i][0] in ".!?…;"), 0)


def _asks(forms: Sequence[str], begins: int, scope: Scope) -> bool:
    """Tell whether words alone ask: « est-ce que », « j'ai-tu », « y a-t-il »."""
    if _ASKING_WORDS.isdisjoint(forms[begins : scope.start]) and cues.first_words("question_openers").isdisjoint(forms[begins : begins + 2]):
        return False
    for i in sorted({*range(begins, min(begins + 2, scope.start)), *range(max(begins, scope.first - 4), scope.start)}):
        if forms[i : i + 2] == ["est", "-ce"] or forms[i : i + 2] == ["-", "tu"] or forms[i] in _INVERTED:
            return "," not in forms[i : scope.start] and not says(scope.lower[i - 1])
        if cues.at(forms, i, "question_openers") and _open(scope, i) and i in (begins, begins + 1):
            return True
    return False


def _open(scope: Scope, i: int) -> bool:
    """Tell whether what the question word at `i` opens lasts up to the hit: no comma, but before the hit as its last word."""
    forms, start = scope.forms, scope.start
    while start > i and forms[start - 1] in DETERMINERS:
        start -= 1
    last = forms[start - 1] == "," and (scope.end == len(forms) or forms[scope.end][0] in ".!?…")
    return "," not in forms[i : start - last]


def _asks_in_place(scope: Scope) -> bool:
    """Tell « ça s'attrape comment », « tu fais quoi de ta peur »: a question word where the answer would stand."""
    forms = scope.forms
    begin = scope.first
    if forms[begin] == "," and all(form in DETERMINERS for form in forms[begin + 1 : scope.start]):
        begin = next((i for i in range(begin - 1, -1, -1) if opens(forms, i)), 0)  # « ça sert à quoi, les groupes »
    for i in range(begin, min(scope.predicate_end + 1, len(forms))):
        named = i + 2 == scope.start and forms[i + 1] in DETERMINERS  # « elle sert à quoi, ma médaille »
        if i < 2 or forms[i] not in _IN_PLACE or not (named or _ends(forms, i) or list(forms[i : i + 2]) in _ABOUT):
            continue
        subject = next((j for j in range(i - 1, max(-1, i - 5), -1) if forms[j] in SUBJECTS or forms[j] == "vous"), None)
        if subject is None or subject == i - 1 or forms[subject] in ("je", "j'") or words("question_not") & set(forms[subject:i]):
            continue
        if forms[i] != "quoi" or forms[i - 1] in _DOING:
            return True
    return False


def _asked_opinion(scope: Scope, mark: int) -> bool:
    """Tell « ça se soigne, vous croyez »: speech leaves the mark out."""
    forms = scope.forms
    at = next((i + 1 for i in range(mark - 1, scope.end - 1, -1) if forms[i] == ","), mark)
    return at < mark and at + cues.at(forms, at, "question_opinions") == mark


def _ends(forms: Sequence[str], i: int) -> bool:
    return i + 1 >= len(forms) or forms[i + 1][0] in ".!?…," or forms[i + 1] in _THEN


def _tag(forms: Sequence[str], end: int, mark: int, begins: int) -> bool:
    """Tell whether the mark only asks for assent: « …, tu comprends ? », « …, hein ? »; not where a question word opens the sentence."""
    comma = next((i for i in range(mark - 1, end - 1, -1) if forms[i] == ","), None)
    opened = any(form in words("question_words") for form in forms[begins : begins + 3])
    at = end if comma is None else comma + 1
    return not opened and any(at + cues.at(forms, i, "question_tags") >= mark for i in (at,) if i < mark and cues.at(forms, i, "question_tags"))


def _asked_next(scope: Scope, mark: int) -> bool:
    """Tell whether the question begins only after the hit's own statement: « j'ai rechuté, qu'est-ce que tu veux ? »."""
    forms = scope.forms
    if not any(form in SUBJECTS for form in forms[scope.first : scope.end]) or _conditionalish(scope):
        return False
    if any(_asking(form) for form in forms[max(0, scope.first - 2) : scope.start]):
        return False
    commas = [i for i in range(scope.end, mark - 2) if forms[i] == ","]
    if scope.sentence_end == mark and any(_asking(form) for form in forms[scope.end : commas[0] if commas else mark - 1]):
        return False
    return any(_asking(forms[i + 1]) for i in commas) or (bool(commas) and _asking(forms[mark - 1]) and forms[mark - 2] != "ou")


def _asking(form: str) -> bool:
    return form == "où" or form in words("question_words")


def _conditionalish(scope: Scope) -> bool:
    # « imaginons que je guérisse, je ferais quoi ? », « si je rechute, qui m'aide ? »: the supposition belongs to the question.
    forms = scope.forms
    return any(forms[i] == "si" and forms[max(0, i - 1)] not in ("pas", "plus", "demande") for i in range(scope.start)) or any(
        forms[i] not in ("sais", "sait", "demande") for i, _ in cues.places(forms, 0, scope.start, "hypothesis")
    )
