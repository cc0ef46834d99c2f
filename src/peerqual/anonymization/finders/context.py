"""What stands around a name and tells what it names: titles, relations, prepositions, verbs (see ``data/name_contexts.txt``)."""

from __future__ import annotations

from functools import cache

from ...language.fold import fold
from ...language.lexicons import rows
from .view import View
from .words import CAP, NAME, RELATION, TITLE

JOINTS = frozenset((" ", "-", "'", "’", "\u00a0", "\u202f", "\u2011"))
_AFTER_TITLE = frozenset((" ", ". ", ".", "\u00a0", "\u202f", ".\u00a0", ".\u202f"))


@cache
def telling(kind: str) -> frozenset[str]:
    """Return the folded words of ``name_contexts`` that have this `kind`."""
    return frozenset(fold(word) for word, group in rows("name_contexts") if group == kind)


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
    if before == "a":
        return not {view.form(i - 2).folded, view.form(i - 3).folded} & telling("dative")
    return before in telling("place_before") or (before in ("de", "d", "pour") and view.form(i - 2).folded in telling("place_noun"))


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
