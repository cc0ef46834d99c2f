"""Named associations, employers, schools, hospitals, wards and streets: a type noun and the name after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import phrases
from .candidates import Candidate
from .view import View
from .words import CAP, COMMON, DIGIT, INSTITUTION, KNOWN, NAME, PLACE, TITLE, UNKNOWN

TRIGGER = INSTITUTION

_GAPS = frozenset((" ", "'", "’", "\u00a0", "-", " « ", " «\u00a0", ' "', " “", " «\u202f"))
_LINKS = frozenset("de du des d la le les l saint sainte".split())
_STREETS = frozenset(
    "rue avenue boulevard bd impasse allee allees place square quai cours chemin route faubourg passage sente esplanade promenade villa".split()
)
_LEFT_OUT = frozenset("quartier village commune bourg ville canton station metro arrondissement region".split())
_WARDS = frozenset("pavillon unite secteur service".split())


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``institution.named`` and ``institution.street``, the type noun with the name (« clinique X », « 3 rue X »)."""
    table = phrases.institutions()
    for i in at:
        for entry, j in phrases.matches(view, i, table[view.forms[i].folded]):
            candidate = _named(view, i, j, entry.label)
            if candidate:
                yield candidate
                break


def _named(view: View, i: int, j: int, label: str) -> Candidate | None:
    noun = view.forms[i].folded
    name, stop = _name(view, j, noun)
    if name == stop:
        return None
    start = i
    if noun in _LEFT_OUT:
        start = name
    elif noun in _STREETS:
        start = _street_number(view, i)
    if view.forms[name].flags & TITLE:
        return None
    reason = "institution.street" if noun in _STREETS else "institution.named"
    return Candidate(view.starts[start], view.end(stop - 1), label, True, reason)


def _name(view: View, j: int, noun: str) -> tuple[int, int]:
    """Return where the name after an institution's noun begins and ends (in words); equal when there is none."""
    k = j
    while view.form(k).folded in _LINKS and not view.form(k).flags & CAP and view.gap(k) in _GAPS and k - j < 3:
        k += 1
    if view.gap(k) not in _GAPS or not view.form(k).text:
        return k, k
    form = view.form(k)
    if form.flags & CAP and not (form.flags & COMMON and not form.flags & (NAME | PLACE) and not view.form(k + 1).flags & CAP):
        return k, _capitals(view, k)
    if noun in _WARDS and form.text.isdecimal() and len(form.text) < 4 and k == j:
        return k, k + 1
    if view.capitals.none and _lower(view, k, j, noun):
        return k, k + 1
    return k, k


def _lower(view: View, k: int, j: int, noun: str) -> bool:
    flags = view.form(k).flags
    if flags & (NAME | PLACE | UNKNOWN):
        return True
    return noun in _STREETS - {"place", "cours", "route", "passage", "chemin"} and k > j and bool(flags & KNOWN)


def _capitals(view: View, k: int) -> int:
    j = k + 1
    while True:
        form, gap = view.form(j), view.gap(j)
        if gap not in (" ", "-", "'", "’", "\u00a0"):
            return j
        if form.flags & CAP:
            j += 1
        elif form.folded in _LINKS | {"et", "sur", "sous", "en", "a", "aux", "au"}:
            n = j + 1
            while view.form(n).folded in _LINKS and view.gap(n) in (" ", "-", "'", "’") and n < j + 3 and not view.form(n).flags & CAP:
                n += 1
            if not (view.form(n).flags & CAP and view.gap(n) in (" ", "-", "'", "’")) or (
                gap == " " and form.folded in ("et", "a", "en", "au", "sur", "de") and view.form(n).flags & (PLACE | NAME)
            ):
                return j
            j = n + 1
        elif gap == "-":
            j += 1
        else:
            return j


def _street_number(view: View, i: int) -> int:
    j = i - 1
    if view.gap(i) in (" ", ", ") and view.form(j).folded in ("bis", "ter"):
        j -= 1
    return j if view.form(j).flags & DIGIT and view.gap(j + 1) in (" ", ", ") and len(view.form(j).text) < 5 else i
