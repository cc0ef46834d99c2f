"""Past: what was so then (« je me scarifiais », « il a longtemps été sous tutelle »), not what has come of it (« j'ai rechuté »)."""

from __future__ import annotations

from collections.abc import Sequence

from ..lexicons import words
from . import cues
from .scope import CLITICS, DETERMINERS, SUBJECTS, Scope, next_opening, opens
from .verbs import PRESENT_AUXILIARIES, conditional, imperfect, participle

_THAT = frozenset({"ce", "cet", "cette", "ces"})  # « ce jour-là »
_HAVE = frozenset("ai as a avons avez ont".split())
_SPANS = frozenset("ans mois semaines jours annees an semaine annee siecles".split())
_WHEN = frozenset({"quand", "lorsque", "lorsqu'"})
_AFTER_SAYING = 10  # words between a verb of saying and the hit in the clause that it opens
_THEN = frozenset({"et", "puis", "pis"})
_YOUTH = frozenset("enfance jeunesse adolescence vingtaine trentaine scolarite vie".split())


def holds(scope: Scope) -> bool:
    """Tell whether the hit is said in the imperfect, or in a compound past with a time that is over."""
    if not scope.sentence.past and scope.known.isdisjoint({"nous", "vous"}) and scope.known.isdisjoint(PRESENT_AUXILIARIES):
        return False
    if scope.sentence.saying and scope.sentence.past and _same_time(scope):
        return _time_over(scope) or any(True for _ in cues.places(scope.forms, scope.start - _AFTER_SAYING, scope.start, "past_times"))
    if any(map(imperfect, scope.lower[scope.start : scope.end])) or _we_did(scope):
        return True
    i = _verb(scope)
    if i is None:
        return False
    if imperfect(scope.lower[i]):
        return True
    return scope.forms[i] in PRESENT_AUXILIARIES and _compound(scope, i) and not _ceased(scope) and _time_over(scope)


def _ceased(scope: Scope) -> bool:
    # « j'ai arrêté de boire le jour où … »: what was left off then is so no more
    return any(scope.first <= i < scope.start <= end + 2 and scope.forms[end - 1] in ("de", "d'") for i, end in scope.sentence.denying)


def _same_time(scope: Scope) -> bool:
    """Tell « elle m'a dit qu'elle se sentait seule »: after a past verb of saying, the imperfect is what was so then and may be still."""
    forms, start = scope.forms, scope.start
    said = next((i for i in reversed(scope.sentence.saying) if start - _AFTER_SAYING <= i < start), None)
    if said is None or said < 1 or imperfect(scope.lower[said]) or not participle(scope.lower[said]):
        return False
    before = set(forms[max(0, said - 4) : said])
    return bool(before & _HAVE) and before.isdisjoint({"j'", "je"}) and bool({"que", "qu'"} & set(forms[said + 1 : start]))


def _we_did(scope: Scope) -> bool:
    # « nous dormions », « vous chantiez »: without the pronoun, the endings are those of nouns too (« passions »)
    forms, lower = scope.forms, scope.lower
    if scope.known.isdisjoint(("nous", "vous")):
        return False
    after = (i for i in range(max(scope.first, 1), scope.end) if forms[i - 1] in ("nous", "vous") and lower[i].endswith(("ions", "iez")))
    return any(not conditional(lower[i]) and not lower[i].endswith("riez") and "que" not in forms[max(0, i - 3) : i] for i in after)


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
    forms = scope.forms
    left, right = scope.first, scope.last
    if forms[left] in _THEN or forms[max(0, left - 1)] in _THEN or forms[left : left + 2] in ([",", "et"], [",", "puis"]):
        left = 0  # « il y a dix ans j'ai bu, puis j'ai rechuté »
    while left > 0:
        begin = left - 1
        while begin > 0 and not opens(forms, begin):
            begin -= 1
        if not _adverbial(scope, begin, left):
            break
        left = begin
    while right < scope.sentence_end and _adverbial(scope, right, then := next_opening(forms, right + 1)):
        right = then
    if any(not i or forms[i - 1] not in ("depuis", "des", "d'") for i, _ in cues.places(forms, left, right, "past_times")):
        return True
    if any(forms[i].endswith("-la") and any(form in _THAT for form in forms[max(0, i - 2) : i]) for i in range(left, right)):
        return True
    if any(_year(forms, i) or (forms[i] == "dans" and forms[i + 2 : i + 3] and forms[i + 2] in _YOUTH - {"vie"}) for i in range(left, right)):
        return True
    if any(forms[i] in ("en", "y", "à") and _dated(forms, i) for i in range(left, right)):
        return True
    if any(
        forms[i] == "où" and forms[i - 1] in words("time_nouns") and _was_then(scope, range(i + 1, min(i + 6, len(forms))))
        for i in range(max(1, left), right)
    ):
        return True
    return any(forms[i] in _WHEN and _was_then(scope, range(i + 1, min(i + 6, len(forms)))) for i in range(left, right))


def _year(forms: Sequence[str], i: int) -> bool:
    # « de 2009 à 2014 », not « depuis 2009 »
    return len(forms[i]) == 4 and forms[i].isdigit() and forms[i][:2] in ("19", "20") and forms[max(0, i - 1)] not in ("depuis", "des")


def _was_then(scope: Scope, held: range) -> bool:
    """Tell « quand j'étais », « quand ma mère est morte »: not « quand je suis triste »."""
    auxiliary = next((i for i in held if scope.forms[i] in PRESENT_AUXILIARIES), None)
    done = auxiliary is not None and scope.start not in held and any(_done(scope, auxiliary, i) for i in held if auxiliary < i <= auxiliary + 2)
    return done or any(imperfect(scope.lower[i]) for i in held[:4])


def _done(scope: Scope, auxiliary: int, i: int) -> bool:
    # « a sombré », « est morte », not « est énervé », which is a state
    return participle(scope.lower[i]) and (scope.forms[auxiliary] in _HAVE or scope.forms[i] in words("participles"))


def _dated(forms: Sequence[str], i: int) -> bool:
    """Tell « en 1998 », « en soixante-huit », « y a six ans », « à douze ans », « il y a quelques mois »."""
    following = forms[i + 1] if i + 1 < len(forms) else ""
    number = following.isdigit() or following.partition("-")[0] in words("past_numbers")
    if forms[i] == "en":
        return following.isdigit() or following.partition("-")[0] in (
            "soixante",
            "quatre",
            "cinquante",
            "quarante",
            "deux",
            "nonante",
            "septante",
            "mille",
        )
    if forms[i] == "y":
        counted = forms[i + 2] if following == "a" and i + 2 < len(forms) else ""
        number = counted.isdigit() or counted.partition("-")[0] in words("past_numbers")
        return (
            number
            and forms[max(0, i - 2)] not in ("que", "qu'")
            and bool(_SPANS & set(forms[i + 3 : i + 6]))
            and not {"que", "qu'"} & set(forms[i + 4 : i + 7])
        )
    return forms[i] == "à" and number and "ans" in forms[i + 2 : i + 4] and "chez" not in forms[i - 1 : i]


def _adverbial(scope: Scope, begin: int, end: int) -> bool:
    """Tell whether ``[begin, end)`` is an adverbial: it begins with « quand » or « c'était », or holds no verb."""
    inside = scope.forms[begin:end]
    if "y" in inside[:2] and _SPANS & set(inside):
        return True
    if inside[:1] == ["où"] and begin and scope.forms[begin - 1] in words("time_nouns"):
        return True
    if any(form in _WHEN or form == "pendant" for form in inside[:2]) or inside[:2] == ["c'", "etait"]:
        return True
    return not any(_finite(scope, i) for i in range(begin, end))
