"""Names written as titles are: ordinary words, of which those that count bear a capital (« Trait pour Trait », « Un Pas de Côté »)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import context
from .candidates import Candidate
from .view import View
from .words import CAP, COMMON, FUNCTION, GENERIC, INITIAL, INSTITUTION, KNOWN, LISTED, ORDINARY, PHRASE, PLACE, RELATION, TITLE, UPPER, Form

TRIGGER = CAP

_GAPS = frozenset((" ", "-", "'", "’", "\u00a0", " & "))
_LINKS = frozenset("de du des d à a au aux l le la les et ou en pour par sur sous sans contre entre un une".split())
_AND = frozenset(("et", "ou"))
_LONGEST = 8


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``institution.title``, doubtful ``capital.title``, where capitals stand on ordinary words that need none."""
    if view.sparse:
        return
    done = 0
    for i in at:
        if i >= done and _begins(view, i):
            stop, capitals, linked = _walk(view, i)
            candidate = _graded(view, i, stop, capitals, linked) if len(capitals) > 1 else None
            if candidate:
                done = stop
                yield candidate


def _ordinary(form: Form) -> bool:
    """Tell whether a capitalised word is ordinary French and could be part of a title."""
    flags = form.flags
    shouted = flags & UPPER and len(form.text) > 1
    return (
        bool(flags & (KNOWN | COMMON | ORDINARY)) and not shouted and not flags & (GENERIC | TITLE) and (not flags & LISTED or bool(flags & ORDINARY))
    )


def _disordered(view: View, i: int) -> bool:
    """Tell whether an association's name may begin with the name of a disorder at word `i` (« on parle de Bipo et Bien »)."""
    named = view.form(i - 1).folded in ("a", "chez", "de", "par") and view.form(i - 1).text != "a" and view.gap(i) == " "
    return named and bool(view.forms[i].flags & PHRASE) and not view.forms[i].flags & (KNOWN | LISTED)


def _begins(view: View, i: int) -> bool:
    form = view.forms[i]
    if not (_ordinary(form) or _disordered(view, i)) or form.flags & (INSTITUTION | INITIAL):
        return False
    return not view.form(i - 1).flags & CAP or view.gap(i) not in _GAPS or view.form(i - 1).flags & INITIAL > 0


def _walk(view: View, i: int) -> tuple[int, list[Form], bool]:
    """Return the index after the title, its capitalised words, and whether other words join them."""
    stop, capitals, linked = i + 1, [view.forms[i]], False
    j = i + 1
    while j - i < _LONGEST and view.gap(j) in _GAPS:
        form = view.form(j)
        if form.flags & CAP:
            if not _ordinary(form) and not (j > stop and ((linked and len(capitals) > 1) or _based(view, i, j))):
                break  # « Racines & Ailes de la Vaunoise », « la Loterie du Brabant »
            capitals.append(form)
            linked |= j > stop or view.gap(j) == " & "
            stop = j + 1
        elif form.folded not in _LINKS or j - stop > 1 or (j > stop and view.form(j - 1).folded in _AND):
            break
        j += 1
    return stop, capitals, linked


def _based(view: View, i: int, j: int) -> bool:
    """Tell whether word `j` says where the thing named by word `i` is (« la Verrerie du Forez »)."""
    noun = not view.weak(i) and context.determined(view, i) and not view.forms[i].flags & (RELATION | TITLE)
    return noun and view.form(j - 1).folded in ("du", "de", "d") and bool(view.form(j).flags & PLACE)


def _graded(view: View, i: int, stop: int, capitals: list[Form], linked: bool) -> Candidate | None:
    organised = context.organised(view, i)
    gaps = view.gaps[i + 1 + bool(capitals[0].flags & FUNCTION) : stop]
    hyphened = bool(gaps) and " " not in gaps
    listed = any(view.form(k).folded in _AND for k in range(i, stop)) and any(form.flags & LISTED for form in capitals)
    if context.titles_work(view, i) or context.related(view, i) or ((hyphened or listed) and not organised):
        return None
    if not organised:
        if (
            all(form.flags & COMMON for form in capitals[1:])
            and not (linked and _disordered(view, i))
            and not (capitals[0].flags & FUNCTION and not view.weak(i))
        ):
            return None
        if view.weak(i) and (not linked or capitals[0].flags & FUNCTION or any(form.flags & (LISTED | COMMON) for form in capitals[1:])):
            return None
    label = "HOSP" if not organised and context.hospital(view, i, stop) else "ORG"
    sure = organised or (linked and not view.weak(i))
    return Candidate(view.starts[i], view.end(stop - 1), label, sure, "institution.title" if sure else "capital.title")
