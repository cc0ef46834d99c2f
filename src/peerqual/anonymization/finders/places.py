"""Places told by a number: departments (« dans le 93 », « le neuf-trois »), postal codes, districts (« dans le dix-huitième »), wards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .candidates import Candidate
from .context import hospital, near, telling
from .numerals import number_words
from .view import View
from .words import CAP, DIGIT, NUMBER

TRIGGER = DIGIT | NUMBER

_DEPARTMENT = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-5]|2[AaBb]|97[1-6])\Z")
_POSTAL = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8])\d{3}\Z")
_WARD = re.compile(r"\d{1,2}[a-hA-H]\Z")
_DISTRICT = re.compile(r"(?:1?\d|20)(?:e|er|eme|ieme)\Z")


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``number.department``, ``number.postal``, ``number.line``, ``number.district`` and ``institution.ward`` (« en 4B »)."""
    for i in at:
        form = view.forms[i]
        if form.flags & DIGIT:
            yield from _figures(view, i)
        elif form.folded in ("neuf", "sept") and view.gap(i + 1) == "-" and _spoken(view, i):
            yield Candidate(view.starts[i], view.end(i + 1), "LOC", True, "number.department")


def _spoken(view: View, i: int) -> bool:
    """Tell whether « le neuf-trois » stands at word `i`."""
    before, after, unit = view.form(i - 1).folded, view.form(i + 1).folded, view.form(i + 2).folded
    return before in ("le", "du") and after in number_words() and unit not in telling("unit")


def _rides(view: View, i: int) -> bool:
    """Tell whether « ligne 13 », whose number is word `i`, is taken and not read (« à la ligne 3 du formulaire »)."""
    return near(view, i - 1, "ride", 6) or (view.form(i + 1).folded in ("du", "de") and view.form(i + 2).folded in telling("ride"))


def _figures(view: View, i: int) -> Iterator[Candidate]:
    text, before, after = view.forms[i].text, view.form(i - 1).folded, view.form(i + 1)
    if _DEPARTMENT.match(text) and view.gap(i + 1) != "-" and before in ("le", "du") and after.folded not in telling("unit"):
        alone = view.gap(i + 1).strip(" \u00a0") != "" or after.folded in telling("department_after") or not after.text
        sized = near(view, i, "size", 3)  # « je chausse du 43 »
        told = before == "du" or view.form(i - 2).folded in telling("department")
        if alone and told and not sized and view.gap(i + 1)[:1] not in ("/", ":", "h", "%"):
            yield Candidate(view.starts[i], view.end(i), "LOC", True, "number.department")
    elif text.isdecimal() and before == "ligne" and int(text) < 20 and _rides(view, i):
        yield Candidate(view.starts[i - 1], view.end(i), "LOC", True, "number.line")
    elif _WARD.match(text) and before in ("en", "au", "le", "du") and hospital(view, i, i + 1):
        yield Candidate(view.starts[i], view.end(i), "HOSP", False, "institution.ward")
    elif text == "9" and view.gap(i + 1) in ("-", " ") and after.text in ("1", "2", "3", "4", "5") and before in ("le", "du"):
        yield Candidate(view.starts[i], view.end(i + 1), "LOC", True, "number.department")
    elif _POSTAL.match(text) and ((after.flags & CAP and view.gap(i + 1) == " ") or view.gap(i).strip() in (",", "(", "–", "-")):
        yield Candidate(view.starts[i], view.end(i), "LOC", True, "number.postal")
    elif _DISTRICT.match(view.forms[i].folded) and (
        after.folded == "arrondissement" or (view.form(i - 2).folded in ("dans", "habite", "vers") and before == "le")
    ):
        yield Candidate(view.starts[i], view.end(i), "LOC", True, "number.district")
