"""What stands around a name and tells what it names: titles, relations, prepositions, verbs (see ``data/name_contexts.txt``)."""

from __future__ import annotations

import re
from functools import cache

from ...language.fold import fold
from ...language.lexicons import rows
from . import phrases
from .view import View
from .words import CAP, FUNCTION, INSTITUTION, NAME, RELATION, TITLE

JOINTS = frozenset((" ", "-", "'", "’", "\u00a0", "\u202f", "\u2011"))
_STOP = re.compile(r"[.!?…;\n]")
_ENDS = frozenset(".!?")
_TRADE = re.compile(r"(?:istes?|eurs?|euses?|rices?|iers?|ieres?)\Z")
_AFTER_TITLE = frozenset((" ", ". ", ".", "\u00a0", "\u202f", ".\u00a0", ".\u202f"))


@cache
def telling(kind: str) -> frozenset[str]:
    """Return the folded words of ``name_contexts`` that have this `kind`."""
    return frozenset(fold(word) for word, group in rows("name_contexts") if group == kind)


@cache
def countries() -> frozenset[str]:
    """Return the folded names of countries and parts of the world that are one word."""
    return frozenset(fold(word) for word, kind in rows("common_words") if kind == "country")


def titled(view: View, i: int) -> bool:
    """Tell whether word `i` stands right after a title (« docteur X », « M. X », « Mme X »)."""
    before = view.form(i - 1)
    return (
        bool(before.flags & TITLE)
        and view.gap(i) in _AFTER_TITLE
        and not (before.folded in ("m", "me") and "." not in view.gap(i) and not before.flags & CAP)
    )


def related(view: View, i: int) -> bool:
    """Tell whether word `i` stands after a noun for a person (« mon frère X », « une dame, X », « la mère de X »)."""
    before, gap = view.form(i - 1), view.gap(i)
    if before.flags & RELATION and gap in (" ", ", ", "\u00a0"):
        return True
    return before.folded in ("de", "d") and gap in JOINTS and view.form(i - 2).folded in telling("kin")


def placed(view: View, i: int) -> bool:
    """Tell whether word `i` stands where a place stands (« à X », « vers X », « j'habite X », « près de X »)."""
    before, gap = view.form(i - 1).folded, view.gap(i)
    if gap not in JOINTS:
        return False
    if before in ("de", "d") and view.weak(i - 1) and view.form(i - 1).flags & CAP and view.gap(i + 1) == ", ":
        return True  # « De X, on voit la mer »
    if _between(view, i, before):
        return True
    if before == "a":
        has = view.form(i - 1).text == "a" and view.form(i - 2).folded in telling("subject")  # « y a X »
        return not has and not {view.form(i - 2).folded, view.form(i - 3).folded} & telling("dative")
    return before in telling("place_before") or (before in ("de", "d", "pour") and view.form(i - 2).folded in telling("place_noun"))


def _between(view: View, i: int, before: str) -> bool:
    """Tell whether word `i` is one of two places (« entre X et Y, il y a huit kilomètres », « j'ai vécu entre X et Y »)."""
    if before not in ("entre", "et") or not (before == "entre" or near(view, i, "between", 5)):
        return False
    return near(view, i, "place_verb", 6) or any(view.form(k).folded in telling("distance") for k in range(i + 1, i + 12))


def near(view: View, i: int, kind: str, reach: int = 5) -> bool:
    """Tell whether one of the `reach` words before word `i` is of this `kind`."""
    words = telling(kind)
    return any(form.folded in words for form in view.forms[max(0, i - reach) : i])


def determined(view: View, i: int) -> bool:
    """Tell whether a determiner stands before word `i`."""
    return view.gap(i) in JOINTS and view.form(i - 1).folded in telling("determiner")


def acts(view: View, j: int) -> bool:
    """Tell whether what ends before word `j` is followed by what follows a subject, or is spoken to, or listed with a name."""
    gap, form = view.gap(j), view.form(j)
    if gap == " ":
        return form.folded in telling("subject_verb") or (
            form.folded == "et" and bool(view.form(j + 1).flags & NAME and view.form(j + 1).flags & CAP)
        )
    return gap == ", " and (form.folded in telling("subject_verb") or bool(form.flags & CAP and form.flags & NAME))


def titles_work(view: View, i: int) -> bool:
    """Tell whether the title of a book, a film or a song begins at word `i` (« le roman L'Étranger »)."""
    k = i - 1 if view.gap(i) == " " else i - 2
    return view.form(k).folded in telling("work_of_art") and view.gap(k + 1) == " "


def trade(view: View, i: int) -> bool:
    """Tell whether a trade or work stands before the preposition right before word `i` (« cariste chez X », « je bossais pour X »)."""
    before = view.form(i - 2)
    return worked(view, i) or bool(_TRADE.search(before.folded) and not before.flags & (CAP | FUNCTION))


def worked(view: View, i: int, reach: int = 6) -> bool:
    """Tell whether the `reach` words before word `i` tell of work there (« je bosse chez X et chez Y », not « après le travail, on va chez X »)."""
    for k in range(i - 1, i - 1 - reach, -1):
        word, gap = view.form(k).folded, view.gap(k + 1)
        if gap.strip() in _ENDS or word in telling("going"):
            return False
        if word in telling("work"):
            return not {view.form(k - 1).folded, view.form(k - 2).folded} & {"apres", "avant"}
        if word == "chez" and k < i - 1:
            return worked(view, k + 1, reach)  # « chez X, chez Y et chez Z »
    return False


def employed(view: View, i: int) -> bool:
    """Tell whether word `i` is where somebody is, which is more than to go there (« il est chez X et chez Y », not « je vais chez X »)."""
    if view.form(i - 1).folded != "chez":
        return False
    if view.form(i - 2).folded in ("et", "puis"):
        k = next((k for k in range(i - 3, i - 7, -1) if view.form(k).folded == "chez"), None)
        return k is not None and employed(view, k + 1)
    return view.form(i - 2).folded in telling("employed")


def organised(view: View, i: int) -> bool:
    """Tell whether word `i` stands where an association or an employer stands (« bénévole à X », « la trésorière de X »)."""
    if view.gap(i) not in JOINTS:
        return False
    k = i - 1
    if view.form(k).folded in ("l", "la", "le", "les") and view.form(k - 1).folded in ("a", "de", "par", "pour"):
        k -= 1
    before, noun = view.form(k).folded, view.form(k - 1).folded
    if before in ("a", "au", "aux"):
        return noun in telling("organised_at")
    if before not in ("de", "d", "du", "des", "par", "pour", "vers"):
        return False
    if noun in telling("organised") or noun in telling("organised_at") or (before in ("de", "d") and noun in telling("led")):
        return True
    return noun in telling("organised_door") and near(view, k - 1, "door", 4)


def hospital(view: View, start: int, stop: int) -> bool:
    """Tell whether the sentence around words `start` to `stop` tells of a hospital stay (« interné à X », « à X, pavillon des femmes »)."""
    before, after = telling("hospital_before"), telling("hospital_after")
    for k in range(start - 1, start - 10, -1):
        if _STOP.search(view.gap(k + 1)):
            break
        if view.form(k).folded in before:
            return True
    for k in range(stop, stop + 8):
        if _STOP.search(view.gap(k)):
            break
        if view.form(k).folded in after:
            return True
    return False


def apposed(view: View, j: int) -> str:
    """Return the label of the institution that the name before word `j` is said to be (« X, le collège privé »), "" when there is none."""
    if view.gap(j) != ", " or view.form(j).folded not in ("le", "la", "l", "un", "une") or not view.form(j + 1).flags & INSTITUTION:
        return ""
    for entry, _, _ in phrases.matches(view, j + 1, phrases.institutions()):
        return "" if entry.label == "LOC" else entry.label
    return ""


def announced(view: View, i: int) -> str:
    """Return the label of the institution after whose noun, before a comma, word `i` stands (« mon association, X »), "" when there is none."""
    if view.gap(i) != ", ":
        return ""
    for k in range(i - 1, i - 4, -1):
        if view.form(k).flags & INSTITUTION and view.form(k - 1).folded in telling("announcing"):
            for entry, _, stop in phrases.matches(view, k, phrases.institutions()):
                return entry.label if stop == i and entry.label != "LOC" else ""
    return ""


def settled(view: View, j: int) -> bool:
    """Tell whether what ends before word `j` is said to be a place (« X, c'est un village », « X, j'y suis né »)."""
    words = [view.form(k).folded for k in range(j, j + 6)]
    if view.gap(j) not in (" ", ", "):
        return False
    if words[0] in ("c", "est", "etait"):
        return any(word in telling("town_is") for word in words) and not any(_STOP.search(view.gap(k)) for k in range(j + 1, j + 5))
    return view.gap(j) == ", " and words[1] == "y" and words[0] in ("j", "on", "il")
