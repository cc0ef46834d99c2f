"""Ages in figures and words, by the words around them; durations and the age of things are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import numerals
from .candidates import Candidate
from .context import near, telling
from .view import View
from .words import AGE, CAP, COMMON, DIGIT, KNOWN, NUMBER, RELATION

TRIGGER = AGE | NUMBER

_YEARS = frozenset(("ans", "piges", "balais", "berges"))
_OR = frozenset(("ou", "et", "a", "voire"))
_OLDEST, _ADULT, _REACH, _INFANT = 110, 14, 16, 36  # years, years, words, months
_OF_THINGS = frozenset(("vieux", "vieille", "petit", "petite", "grand"))  # said of things too
_HAS, _TEN_YEARS = frozenset(("a", "avait", "avais", "ai", "aura")), "genaire"
NONE, DOUBTFUL, SURE = 0, 1, 2


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``age.years`` (« 54 ans »), ``age.months``, ``age.tens`` (« la trentaine », « une sexagénaire ») and ``age.alone`` (« j'en ai 54 »)."""
    for i in at:
        word = view.forms[i].folded
        if view.forms[i].flags & NUMBER:
            if view.form(i - 1).folded == "a":
                yield from _bare(view, i)
        elif word in _YEARS:
            yield from _years(view, i)
        elif word == "mois":
            yield from _months(view, i)
        elif word == "age":
            yield from _answer(view, i)
        elif word in telling("have"):
            if view.form(i - 1).folded == "en":
                yield from _alone(view, i)
        elif _tens(view, i, word):
            years = view.form(i + 2).folded == "annees"
            yield Candidate(view.starts[i], view.end(i + 2 if years else i), "AGE", True, "age.tens")


def _tens(view: View, i: int, word: str) -> bool:
    before, before2 = view.form(i - 1).folded, view.form(i - 2).folded
    if word.endswith((_TEN_YEARS, "trentenaire", "trentenaires")):
        return True
    if not word.endswith("aine"):
        return before in ("un", "une", "les", "des")
    if before == "une" and view.form(i + 2).folded == "annees":
        return before2 in ("d", "a", "avait", "ai", "avais") or near(view, i, "age_asked", 12)
    telling_word = view.form(i - 3).folded if before2 == "de" else before2
    told = telling_word in telling("tens_before") or (view.gap(i - 1) == ", " and _ends(view, i + 1))  # « une femme, la soixantaine, »
    return before in ("la", "sa", "ma") and told and view.form(i + 1).folded not in ("de", "d")


def _alone(view: View, i: int) -> Iterator[Candidate]:
    """Yield the age in « j'en ai 54, moi », where nothing that is counted follows."""
    stop, years = (i + 2, int(view.form(i + 1).text)) if view.form(i + 1).text.isdecimal() else numerals.after(view, i + 1)
    plain = view.form(i - 2).folded == "j" and view.gap(stop).startswith(",") and view.form(stop).folded not in ("des", "du", "de")
    if _ADULT <= years <= _OLDEST and _ends(view, stop) and (plain or near(view, i, "age_asked", 25)):
        yield Candidate(view.starts[i + 1], view.end(stop - 1), "AGE", False, "age.alone")


def _bare(view: View, i: int) -> Iterator[Candidate]:
    """Yield the age in « à seize je fumais », where « je » follows the number at once."""
    stop, years = numerals.after(view, i)
    if 10 <= years <= _OLDEST and view.gap(stop) == " " and view.form(stop).folded in ("je", "j"):
        yield Candidate(view.starts[i], view.end(stop - 1), "AGE", False, "age.alone")


def _answer(view: View, i: int) -> Iterator[Candidate]:
    """Yield the age in « Quel âge avez-vous ? Soixante-trois. »: the first number of years after the word « âge »."""
    for j in range(i + 1, i + _REACH):
        if view.form(j).flags & (NUMBER | DIGIT) and view.form(j).folded not in ("un", "une"):
            stop, years = (j + 1, int(view.form(j).text)) if view.form(j).text.isdecimal() else numerals.after(view, j)
            if _ADULT <= years <= _OLDEST and _ends(view, stop):
                yield Candidate(view.starts[j], view.end(stop - 1), "AGE", view.weak(j), "age.answer")
            return


def _ends(view: View, stop: int) -> bool:
    """Tell whether nothing that is counted follows the number that ends before word `stop`."""
    return view.gap(stop).strip() != "" or "\n" in view.gap(stop)


def _months(view: View, i: int) -> Iterator[Candidate]:
    """Yield the age of an infant: « mon fils avait huit mois », not « il y a huit mois », « j'avais huit mois d'arrêt »."""
    start, months = numerals.before(view, i)
    has, subject = view.form(start - 1).folded, view.form(start - 2)
    aged = has == "de" and subject.folded in telling("age_person")  # « un bébé de six mois »
    person = subject.flags & (RELATION | CAP) or subject.folded in telling("age_person") or subject.folded in ("il", "elle", "j")
    if (aged or (has in _HAS and person)) and 1 <= months <= _INFANT and view.form(i + 1).folded not in ("de", "d"):
        yield Candidate(view.starts[start], view.end(i), "AGE", False, "age.months")


def _years(view: View, i: int) -> Iterator[Candidate]:
    start, years = numerals.before(view, i)
    if not 1 <= years <= _OLDEST:
        return
    start = _range(view, start, years)
    after = view.form(i + 1).folded if view.gap(i + 1) in numerals.JOINTS else ""
    if after in telling("duration_after") and view.form(i + 2).folded not in telling("age_after"):
        return
    k = start - 1
    while start - k < 6 and _filler(view, k) and view.gap(k + 1) in (" ", ", "):
        k -= 1
    grade = _grade(view, k, start, i, after, years)
    if grade:
        half = view.form(i + 1).folded == "et" and view.form(i + 2).folded == "demi"
        yield Candidate(view.starts[start], view.end(i + 2 if half else i), "AGE", grade == SURE, "age.years")


def _filler(view: View, k: int) -> bool:
    """Tell whether word `k` says nothing (« qui a tout de même trente ans »)."""
    return view.form(k).folded in telling("filler") or (view.form(k).folded in ("de", "quand") and view.form(k + 1).folded == "meme")


def _thing(view: View, k: int) -> bool:
    """Tell whether « qui a », whose verb is word `k`, is said of things: a noun before it and no person near."""
    noun = view.form(k - 2)
    if view.form(k - 1).folded != "qui" or not noun.flags & KNOWN or noun.flags & (COMMON | CAP):
        return False
    words = view.forms[max(0, k - 8) : k - 1]
    persons = (telling("age_person") | telling("kin")) - _OF_THINGS
    return not any(w.flags & RELATION or w.folded in persons or (w.flags & CAP and not w.flags & COMMON) for w in words)


def _range(view: View, start: int, years: int) -> int:
    """Return where « quinze ou seize », « quinze, seize », « 15-16 » begins."""
    joint = start - 1 if view.form(start - 1).folded in _OR and view.form(start - 2).flags & (NUMBER | DIGIT) else start
    if joint == start and view.gap(start) not in (" ", "-", ", ", "\u2011"):
        return start
    first = numerals.before(view, joint) if view.gap(joint) != ", " else _before_comma(view, joint)
    return first[0] if 1 <= first[1] <= _OLDEST and (joint < start or 0 < years - first[1] <= 3) else start


def _before_comma(view: View, i: int) -> tuple[int, int]:
    for j in range(max(0, i - 5), i):
        stop, years = numerals.after(view, j)
        if stop == i:
            return j, years
    return (i - 1, int(view.form(i - 1).text)) if view.form(i - 1).text.isdecimal() else (i, -1)


def _grade(view: View, k: int, start: int, i: int, after: str, years: int) -> int:
    """Grade an age from the word before it (`k`, hesitations left out), those before that, and the one after."""
    before, before2 = view.form(k).folded, view.form(k - 1).folded
    if after in ("de", "d"):
        return SURE if before in ("mes", "ses", "tes") else NONE
    if before in ("de", "d"):
        aged = {before2, before2.removesuffix("s")} & telling("age_person") or before2 in telling("age_of")
        return SURE if aged else DOUBTFUL if view.form(k - 1).flags & CAP else NONE
    if before == "les" and before2 == "dans":
        return NONE if after in ("qui", "a") else DOUBTFUL
    if before == "a":
        return NONE if before2 in ("y", "bout") or _thing(view, k) else SURE
    if before in telling("age_before"):
        return SURE
    if after in telling("age_after") or view.form(i + 2).folded in telling("age_after"):
        return SURE
    if before in telling("duration_before") or years < _ADULT:
        return NONE
    return _apart(view, start, i)


def _apart(view: View, start: int, i: int) -> int:
    """Grade a number of years that stands between marks: an answer, a header, « Nadia, 54 ans, »."""
    asked = near(view, start, "age_asked", 15)
    if view.weak(start):
        lasts = not asked and near(view, start, "duration_asked", 12)
        return SURE if asked else NONE if lasts else DOUBTFUL
    gap, gap_after = view.gap(start), view.gap(i + 1)
    if "," not in gap or (gap_after.strip() == "" and "\n" not in gap_after):
        return NONE
    return SURE if asked or view.form(start - 1).flags & CAP else DOUBTFUL
