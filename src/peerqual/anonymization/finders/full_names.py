"""Full names of organisations: a noun for them with a capital and what goes on after it, and the words that an acronym stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import phrases
from .candidates import Candidate
from .context import near, telling
from .view import View
from .words import CAP, FIRST, FUNCTION, GENERIC, INSTITUTION, KNOWN, PLACE, TITLE, UPPER

TRIGGER = CAP

_INNER = frozenset((" ", "-", "'", "’", "\u00a0", "\u2011"))
_APART = frozenset("a de d en et sur pour par au aux dans contre".split())
_LINKS = frozenset("de du des d la le les l pour et en sur aux au par contre dans".split())
_ADJECTIVE = re.compile(r"(?:ale?|aux|elle?s?|iques?|aires?|istes?|ieure?s?|ee?s?|ive?s?|aine?s?|oise?s?|aise?s?|ienne?s?|ien|if|eurs?|euses?)\Z")
_OPENED = re.compile(r"[:–—(«“\"•]\W*\Z")
_EXPLAINS = frozenset("c est ca cela veut dire signifie pour comme l la le les soit donc".split())
_LONGEST, _SHORTEST_ACRONYM, _LONGEST_ACRONYM, _PREFIX = 12, 3, 8, 5


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``institution.full`` and ``institution.expanded`` (« l'Union des usagers du Brabant (UUB) »)."""
    if view.sparse:
        return
    for i in at:
        form = view.forms[i]
        if form.flags & UPPER and _SHORTEST_ACRONYM <= len(form.text) <= _LONGEST_ACRONYM and not form.flags & GENERIC:
            yield from _expanded(view, i)
        elif form.flags & INSTITUTION or form.folded in telling("founded"):
            yield from _full(view, i)


def _full(view: View, i: int) -> Iterator[Candidate]:
    """Yield the name whose first noun is word `i`: up to its last capital, else up to its first complement."""
    form, opened = view.form(i), bool(_OPENED.search(view.gap(i)))
    if (view.weak(i) and not opened) or "\n" in view.gap(i) or view.form(i - 1).flags & TITLE or near(view, i, "work_of_art", 2):
        return
    stop, complement, capital = _walk(view, i)
    if capital and stop - i > 2:
        article = view.form(i - 1).text in ("La", "Le", "Les", "L") and view.gap(i) in _INNER and not view.weak(i - 1)
        start = i - article
        yield Candidate(view.starts[start], view.end(stop - 1), _label(view, i), True, "institution.full")
    elif complement and not view.weak(i) and form.folded in telling("gathered") and view.form(i - 1).folded in ("l", "la", "le", "du", "au"):
        yield Candidate(view.starts[i], view.end(complement - 1), _label(view, i), False, "institution.full")


def _walk(view: View, i: int) -> tuple[int, int, bool]:
    """Return the index after the last capital of the name, the one after its first complement, and whether a lower-case word stands inside."""
    stop, complement, plain, j = i + 1, 0, False, i + 1
    while j - i < _LONGEST and view.gap(j) in _INNER:
        form, before = view.form(j), view.form(j - 1)
        if form.flags & (PLACE | FIRST) and form.flags & CAP and before.folded in _APART:
            break  # « l'École nationale à Rennes », « l'Union régionale et Marseille »
        linked = before.folded in _LINKS and not before.flags & CAP
        if form.flags & CAP:
            if (form.flags & FUNCTION and not linked) or (before.flags & INSTITUTION and j > i + 1 and not before.flags & CAP):
                break
            stop = j + 1
        elif linked or (_ADJECTIVE.search(form.folded) and before.folded not in _LINKS):
            if form.folded not in _LINKS:
                if form.flags & FUNCTION or not form.flags & KNOWN or form.folded in telling("street"):
                    break
                complement, plain = complement or j + 1, True
        elif form.text != "à" and form.folded not in _LINKS:
            break
        plain |= form.folded in ("pour", "contre")
        j += 1
    return stop, complement, plain and stop > i + 1


def _label(view: View, i: int) -> str:
    for entry, _, _ in phrases.matches(view, i, phrases.institutions()):
        return "HOSP" if entry.label == "HOSP" else "ORG"
    return "ORG"


def _expanded(view: View, i: int) -> Iterator[Candidate]:
    """Yield the words that spell the acronym at word `i`, and the acronym."""
    span = _before(view, i) if view.gap(i).endswith("(") and view.gap(i + 1)[:1] == ")" else _after(view, i)
    if span:
        label = _label(view, span[0])
        yield Candidate(view.starts[span[0]], view.end(span[1] - 1), label, True, "institution.expanded")
        yield Candidate(view.starts[i], view.end(i), label, True, "institution.acronym")


def _before(view: View, i: int) -> tuple[int, int] | None:
    for j in range(i - 2, i - _LONGEST, -1):
        if j < 0 or view.gap(j + 1) not in _INNER:
            return None
        if view.form(j).flags & CAP and _explains(view, i, j, i):
            return j, i
    return None


def _after(view: View, i: int) -> tuple[int, int] | None:
    k = i + 1
    while k - i < 6 and not view.form(k).flags & CAP and view.form(k).folded in _EXPLAINS and "\n" not in view.gap(k):
        k += 1
    told = view.gap(i + 1).strip(" \u00a0\u202f") != "" or k > i + 1
    if not told or not view.form(k).flags & CAP or "\n" in view.gap(k):
        return None
    best, j = None, k + 1
    while j - k < _LONGEST and view.gap(j) in _INNER:
        j += 1
        if _explains(view, i, k, j):
            best = (k, j)
    return best


def _explains(view: View, i: int, start: int, stop: int) -> bool:
    """Tell whether words `start` to `stop` spell the acronym at word `i`; words that join may be left out."""
    return spells(view.forms[i].folded, tuple((form.folded, form.folded in _LINKS) for form in view.forms[start:stop]))


def spells(letters: str, words: tuple[tuple[str, bool], ...]) -> bool:
    """Tell whether the beginnings of `words`, each with whether it may be left out, make `letters`.

    >>> spells("apsom", (("association", False), ("pour", True), ("soutien", False), ("en", True), ("morvan", False)))
    True
    """
    if not words:
        return not letters
    (word, link), rest = words[0], words[1:]
    if link and spells(letters, rest):
        return True
    for length in range(1, min(_PREFIX, len(word), len(letters)) + 1):
        if word[length - 1] != letters[length - 1]:
            return False
        if spells(letters[length:], rest):
            return True
    return False
