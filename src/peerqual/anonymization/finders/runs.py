"""Capitalised words that belong together, with what joins them (« Jean-Philippe de la Tour », « M. D. »), and where they begin."""

from __future__ import annotations

from typing import NamedTuple

from . import context
from .context import JOINTS, telling
from .view import View
from .words import CAP, COMMON, FUNCTION, INITIAL, INSTITUTION, KNOWN, LISTED, NAME, PLACE, TITLE, Form

_DOTS = frozenset((".", ". ", ".-", ".\u00a0"))


class Run(NamedTuple):
    """Capitalised words that belong together: ``view.forms[start:stop]``; `forms` are those with a capital, `weak` where it says little."""

    start: int
    stop: int
    forms: list[Form]
    weak: bool


def elided(view: View, i: int) -> bool:
    """Tell whether word `i` is « D' », « Qu' » before the word that counts (« N' » before a capital is a name's: « N'Diaye »)."""
    form = view.forms[i]
    return form.folded in telling("elision") and view.gap(i + 1) in ("'", "’") and not (form.text == "N" and view.form(i + 1).flags & CAP)


def stop_of(view: View, i: int) -> int:
    """Return the index after the capitalised words that belong together from word `i` on."""
    j = i + 1
    while True:
        form, gap = view.form(j), view.gap(j)
        if gap in ("'", "’") and form.text in ("h", "H") and view.form(j - 1).text[-1:] in ("c", "C"):
            j += 1  # « Le Floc'h »
        elif gap in _DOTS and view.form(j - 1).flags & INITIAL and form.flags & CAP:
            j += 1
        elif gap not in JOINTS:
            return j
        elif form.flags & CAP:
            stranger = form.flags & FUNCTION and not form.flags & LISTED
            if gap == " " and stranger and not _initial(view, j) and not _capital_particle(view, j):
                return j
            j += 1
        elif gap == "-" and form.text and (view.gap(j + 1) == "-" or form.folded not in telling("clitic")):
            j += 1
        else:
            after = _particles(view, j)
            if not after:
                return j
            j = after


def _initial(view: View, j: int) -> bool:
    """Tell whether word `j` is the initial of a surname (« Nadine D. »)."""
    return bool(view.forms[j].flags & INITIAL and view.forms[j - 1].flags & NAME and view.gap(j + 1) not in ("'", "’"))


def _capital_particle(view: View, j: int) -> bool:
    """Tell whether word `j` is the particle of a surname (« Soizic Le Dantec »)."""
    after = view.form(j + 1)
    surname = after.flags & CAP and not after.flags & FUNCTION and view.gap(j + 1) in JOINTS
    return bool(
        surname and view.forms[j].folded in telling("particle") and (view.forms[j - 1].flags & NAME or view.forms[j - 1].folded in telling("firm"))
    )


def _particles(view: View, j: int) -> int:
    """Return the index after « de la N… » from word `j` on, 0 when no name goes on."""
    for k in range(j, j + 3):
        form = view.form(k)
        if view.gap(k) not in JOINTS:
            return 0
        if k > j and form.flags & CAP and len(form.text) > 1:
            before = view.form(j - 1).flags
            if form.flags & PLACE and not form.flags & NAME:
                return 0
            return k + 1 if before & NAME or (before & KNOWN and not before & COMMON) else 0
        if form.folded not in telling("particle"):
            return 0
    return 0


def run_of(view: View, i: int, stop: int) -> Run:
    """Return the run in words `i` to `stop` without the words at its beginning whose capital says nothing."""
    weak = view.weak(i)
    while i < stop:
        if _silent(view, i, stop, weak):
            i, weak = i + 1, False
        elif not view.forms[i].flags & CAP:
            i += 1
        else:
            break
    return Run(i, stop, [form for form in view.forms[i:stop] if form.flags & CAP], weak)


def _silent(view: View, i: int, stop: int, weak: bool) -> bool:
    """Tell whether the capital of word `i`, first of a run, says nothing: a word of grammar, a title, the beginning of a sentence."""
    flags, alone = view.forms[i].flags, i + 1 == stop
    if not weak and view.gap(i + 1) == "-" and view.form(i + 1).flags & CAP and not flags & TITLE and not view.form(i + 1).flags & COMMON:
        return False  # « à Font-Bellane »
    if flags & TITLE and not context.titled(view, i):
        return True
    if flags & INITIAL:
        return weak and not alone and view.gap(i + 1) == " "  # « A Paris », not « J. Martin »
    if not weak and not alone and view.forms[i].folded in telling("article"):
        return False  # « à La Passerelle »
    noun = not weak and bool(flags & INSTITUTION and view.form(i + 1).flags & CAP)  # « au Centre Bleu »
    employer = alone and not weak and not flags & FUNCTION  # « caissière à Auchan »
    if flags & COMMON and not noun and not employer and (not flags & LISTED or (weak and not alone)):
        return True
    return bool(weak and not alone and flags & KNOWN and not flags & LISTED and view.gap(i + 1) == " ")
