"""Addresses and numbers of persons that are dictated, in words and letters (« tiret du six », « arobase », « point fr »)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import numerals
from .candidates import Candidate
from .context import near, telling
from .view import View
from .words import CAP, DIGIT, NETWORK, NUMBER

TRIGGER = NETWORK | NUMBER

_AT, _SIGNS = frozenset(("arobase", "at", "arrobase")), frozenset(("barre", "tiret", "slash", "point", "dièse", "diese"))
_GAPS = frozenset((" ", ", ", "-", "'", "’", "\u00a0", " , "))
_BEFORE_ADDRESS = frozenset(
    "c est était etait à a mail adresse courriel email sur site suis voilà voila alors"
    " note notez ecris ecrivez tape tapez dit dis dire vers chez".split()
)
_REACH, _FEWEST, _LONG_RUN = 16, 2, 8


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``contact.spoken`` (addresses of mail, of pages, accounts) and ``number.spoken`` (plates, files, insured persons)."""
    done = 0
    for i in at:
        if i < done:
            continue
        if view.forms[i].flags & NUMBER or view.forms[i].folded in _SIGNS:
            done = _run(view, i)
            yield from _dictated(view, i, done)
        elif view.form(i - 1).folded == "point" and view.forms[i].folded != "zero":
            start = _beginning(view, i - 2)
            if start >= 0:
                yield Candidate(view.starts[start], view.end(i), "CONTACT", True, "contact.spoken")


def _beginning(view: View, k: int) -> int:
    """Return the first word of the address that goes on to word `k`, -1 when nothing tells that it is one."""
    first, told = k, False
    for j in range(k, max(k - _REACH, -1), -1):
        folded = view.form(j).folded
        if view.gap(j + 1) not in _GAPS or (told and folded in _BEFORE_ADDRESS and view.gap(j + 1) != ", "):
            break
        if folded in _AT:
            told = True
        if folded == "www":
            return j
        if folded == "w" and (view.form(j - 1).folded in ("trois", "w")):
            while view.form(j - 1).folded in ("trois", "w"):
                j -= 1
            return j
        first = j
    return first if told and view.form(first).folded not in _AT else -1


def _spelled(view: View, j: int) -> bool:
    form = view.form(j)
    sign = form.folded in _SIGNS or form.folded in ("un", "une") or (len(form.text) == 1 and form.folded not in ("y", "a"))
    return sign or bool(form.flags & (NUMBER | DIGIT))


def _run(view: View, i: int) -> int:
    """Return the index after the numbers, letters and signs that go on from word `i`."""
    j = i + 1
    while _spelled(view, j) and view.gap(j) in _GAPS:
        j += 1
    while j > i + 1 and (view.gap(j) in ("'", "’") or view.form(j - 1).folded in _SIGNS or view.form(j - 1).folded in ("un", "une")):
        j -= 1
    return j


def _dictated(view: View, i: int, stop: int) -> Iterator[Candidate]:
    """Yield what words `i` to `stop` dictate: after a word for a number of persons, or longer than any number is."""
    first = i
    while _spelled(view, first - 1) and view.gap(first) in _GAPS and not view.form(first - 1).flags & NUMBER:
        first -= 1
    long = stop - first >= _LONG_RUN and numerals.value(tuple(form.folded for form in view.forms[first:stop])) < 0
    pound = any(form.folded == "diese" for form in view.forms[first:stop])
    if pound:
        while view.form(first - 1).folded not in (*_BEFORE_ADDRESS, "") and view.gap(first) == " ":
            first -= 1
        yield Candidate(view.starts[first], view.end(stop - 1), "CONTACT", True, "contact.spoken")
    elif stop - first > _FEWEST and near(view, first, "numbered", 2) and view.form(stop).folded not in telling("unit"):
        yield Candidate(view.starts[first], view.end(stop - 1), "ID", True, "number.spoken")
    elif long and view.form(first).folded != "zero" and not any(form.flags & CAP for form in view.forms[first:stop]):
        yield Candidate(view.starts[first], view.end(stop - 1), "ID", False, "number.spoken")
        end = numerals.after(view, stop + 1)[0] if view.form(stop).folded == "cle" else 0
        if end > stop + 1:
            yield Candidate(view.starts[stop + 1], view.end(end - 1), "ID", False, "number.spoken")
