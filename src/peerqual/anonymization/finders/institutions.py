"""Named associations, employers, schools, hospitals, wards and streets: a type noun and the name after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import numerals, phrases
from .candidates import Candidate
from .context import determined, hospital, organised, telling
from .view import View
from .words import (
    CAP,
    COMMON,
    DIGIT,
    FIRST,
    FUNCTION,
    GENERIC,
    HOUSE,
    INITIAL,
    INSTITUTION,
    KNOWN,
    NAME,
    NUMBER,
    ORDINARY,
    PLACE,
    SURNAME,
    TITLE,
    UNKNOWN,
)

TRIGGER = INSTITUTION

_GAPS = frozenset((" ", "'", "’", "\u00a0", "-", " « ", " «\u00a0", ' "', " “", " «\u202f"))
_OPENING, _CLOSING, _BREAK = re.compile(r"[«“\"]\W*\Z"), re.compile(r"^\W?[»”\"]"), re.compile(r"[.!?:;\n]")
_LONGEST = 8
_INNER = frozenset((" ", "-", "'", "’", "\u00a0", "\u2011"))
_LINKS = frozenset("de du des d la le les l".split())
_JOINS = _LINKS | {"et", "sur", "sous", "en", "a", "aux", "au"}


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``institution.named`` and ``institution.street``: the type noun with the name (« clinique X », « 3 rue X »)."""
    table = phrases.institutions()
    for i in at:
        for entry, _, j in phrases.matches(view, i, table):
            candidate = _street(view, i, j) if view.forms[i].folded in telling("street") else _named(view, i, j, entry.label)
            if candidate:
                yield candidate
                break


def _named(view: View, i: int, j: int, label: str) -> Candidate | None:
    quoted = _quoted(view, j)
    if quoted:
        return Candidate(view.starts[j], view.end(quoted - 1), label, True, "institution.quoted")
    name = _links(view, j)
    form = view.form(name)
    if view.gap(name) not in _GAPS or not form.text or form.flags & TITLE or (label == "LOC" and name > j and organised(view, name)):
        return None
    if form.flags & INITIAL and not (view.form(name + 1).flags & CAP and view.gap(name + 1) in _INNER):
        return None  # « bâtiment C »
    if name > j and form.flags & FIRST and not form.flags & PLACE and _stop(view, name) == name + 1:
        return None  # « l'atelier d'Yvette »
    if name > j and label != "LOC" and form.flags & PLACE and view.form(i - 1).folded in ("un", "une") and not view.form(name + 1).flags & CAP:
        return None  # « un lycée de Rennes »
    if form.flags & CAP and (name == j or not _blank(view, name)) and not form.flags & GENERIC:
        alone = label == "LOC" and name > j and view.forms[i].folded in telling("alone") and not determined(view, i)  # « on vivait cité des X »
        bare_noun = (label == "LOC" and not alone) or (view.sparse and not view.forms[i].flags & CAP)
        hamlet = bare_noun and name == j + 1 and view.forms[i].folded in ("dit", "lieu") and not view.bare
        start = j if hamlet or (not bare_noun and view.gap(j).strip()) else name if bare_noun else i
        stop = _stop(view, name)
        stop += label == "ORG" and start != name and _surname(view, stop)
        cared = label == "ORG" and view.forms[i].folded in telling("caring") and hospital(view, i, stop)
        return Candidate(view.starts[start], view.end(stop - 1), "HOSP" if cared else label, True, "institution.named")
    purpose = 0 if label == "LOC" or name == j or view.sparse else _purpose(view, name)
    if purpose:
        apart = label == "ORG" and view.form(purpose).flags & FUNCTION  # « le club de boules La Joyeuse »
        return Candidate(view.starts[purpose if apart else i], view.end(_stop(view, purpose) - 1), label, True, "institution.named")
    if view.forms[i].folded in telling("ward") and name == j and form.flags & DIGIT and len(form.text) < (4 if form.text.isdecimal() else 7):
        return Candidate(view.starts[i], view.end(name), label, False, "institution.ward")
    if not view.sparse and label != "LOC" and name > j and (house := _house(view, name)):
        return Candidate(view.starts[i], view.end(house - 1), label, view.bare, "institution.house")
    second = label == "ORG" and _surname(view, name + 1)
    plain = form.flags & (COMMON | ORDINARY) and not (second and name == j and form.flags & SURNAME)
    if view.bare and form.flags & (NAME | PLACE | UNKNOWN) and not plain and len(form.text) > 3:
        return Candidate(view.starts[name], view.end(name + second), label, True, "institution.named")
    return None


def _surname(view: View, k: int) -> bool:
    """Tell whether word `k` is the second surname of a firm, in lower case (« la filature Vanack dufour »)."""
    flags = view.form(k).flags
    return view.gap(k) == " " and bool(flags & SURNAME) and not flags & (CAP | FIRST | COMMON | ORDINARY | KNOWN)


def _purpose(view: View, k: int) -> int:
    """Return the index of the name after the purpose at word `k` (« l'hôpital de jour X », « le club de boules La X »), 0 when there is none."""
    form, after = view.form(k), view.form(k + 1)
    if form.flags & (CAP | FUNCTION) or not form.flags & KNOWN or form.folded in telling("street") or view.gap(k + 1) != " " or not after.flags & CAP:
        return 0
    if after.flags & PLACE:
        return 0  # « l'association de patients Île-de-France »
    person = after.flags & (FIRST | TITLE | GENERIC) and not view.form(k + 2).flags & CAP
    return 0 if person or (after.flags & COMMON and not view.form(k + 2).flags & CAP) else k + 1


def _house(view: View, k: int) -> int:
    """Return the index after the usual name of a house in lower case at word `k` (« l'unité des grands chênes »), 0 when there is none."""
    for j in range(k, k + 2):
        if view.form(j).flags & HOUSE and not view.form(j).flags & CAP and (j == k or view.gap(j) in (" ", "-")):
            return j + 1
    return 0


def _street(view: View, i: int, j: int) -> Candidate | None:
    name, first = _links(view, j), _street_number(view, i)
    form = view.form(name)
    if view.gap(name) not in _GAPS or not form.text:
        return None
    if form.flags & CAP and not form.flags & FUNCTION:
        whole = first < i or not view.sparse
        return Candidate(view.starts[first if whole else name], view.end(_stop(view, name) - 1), "LOC", True, "institution.street")
    if view.bare and not form.flags & FUNCTION:  # « la rue d'à côté »
        linked = view.forms[i].folded in telling("street_sure") and (
            view.form(j).folded in ("de", "du", "des", "d") or (name > j and form.flags & HOUSE and not form.flags & COMMON)
        )  # not « dans la rue le samedi d'après »
        if first < i or linked or (form.flags & (NAME | PLACE | UNKNOWN) and not form.flags & (COMMON | ORDINARY)):
            after = view.form(name + 1).flags
            named = bool(after & (NAME | PLACE | UNKNOWN)) and not after & (COMMON | ORDINARY)
            adjective = form.folded in telling("house_adjective") and not after & FUNCTION  # « rue du petit pré »
            stop = name + (view.gap(name + 1) == " " and (named or adjective))
            return Candidate(view.starts[first if first < i else name], view.end(stop), "LOC", True, "institution.street")
    return None


def _quoted(view: View, j: int) -> int:
    """Return the index after the name between quotation marks that begins at word `j`, 0 when there is none."""
    if not _OPENING.search(view.gap(j)) or ":" in view.gap(j):
        return 0
    for k in range(j + 1, j + _LONGEST):
        gap = view.gap(k)
        if _CLOSING.search(gap):
            return k if k > j + 1 or view.form(j).flags & CAP else 0  # not « le service "psychose" »
        if _BREAK.search(gap):
            return 0
    return 0


def _links(view: View, j: int) -> int:
    """Return the index of the word after « de la », « des », « l' » from word `j` on."""
    k = j
    while k - j < 3 and view.form(k).folded in _LINKS and not view.form(k).flags & CAP and view.gap(k) in _GAPS:
        k += 1
    return k


def _blank(view: View, k: int) -> bool:
    """Tell whether the capital of word `k` names nothing (« la mairie du Président »)."""
    flags = view.form(k).flags
    return bool(flags & GENERIC or (flags & COMMON and flags & KNOWN)) and not flags & (NAME | PLACE | HOUSE) and not view.form(k + 1).flags & CAP


def _stop(view: View, k: int) -> int:
    """Return the index after the capitalised name that begins at word `k`."""
    j = k + 1
    if view.form(k).flags & FUNCTION and not view.form(j).flags & CAP and view.gap(j) in _INNER:
        j += 1  # « l'association Entre nous »
    while view.gap(j) in _INNER:
        form = view.form(j)
        if form.flags & CAP and not (view.gap(j) == " " and form.flags & COMMON and not form.flags & (NAME | PLACE | KNOWN)):
            j += 1
        elif form.folded in _JOINS:
            n = _links(view, j + 1)
            after = view.form(n)
            other = view.gap(j) == " " and form.folded in ("et", "a", "en", "au", "sur", "de") and after.flags & (PLACE | NAME)
            if not after.flags & CAP or view.gap(n) not in _INNER or other:
                return j
            j = n + 1
        elif view.gap(j) == "-" and form.text:
            j += 1
        elif form.flags & DIGIT and view.gap(j) == " " and len(form.text) == 2 and view.form(j + 1).folded not in telling("unit"):
            return j + 1  # « réseau Santé Mentale 21 »
        else:
            return j
    return j


def _street_number(view: View, i: int) -> int:
    """Return the index of the number before a street (« 3 bis rue X »), else `i`."""
    j = i - 1
    if view.form(j).flags & NUMBER and view.gap(i) in (" ", ", "):
        k = numerals.before(view, i)[0]
        return k if view.form(k).folded not in ("un", "une") else i
    if view.gap(i) in (" ", ", ") and view.form(j).folded in ("bis", "ter"):
        j -= 1
    number = view.form(j)
    return j if number.flags & DIGIT and view.gap(j + 1) in (" ", ", ") and len(number.text) < 5 else i
