"""Institutions named with ordinary words in transcripts without capitals (« l'hôpital des trois fontaines », « l'esat les ateliers du nord »)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from . import phrases
from .candidates import Candidate
from .context import JOINTS, telling
from .view import View
from .words import COMMON, DIGIT, FUNCTION, HOUSE, INSTITUTION, NAME, NUMBER, ORDINARY, PLACE, RELATION, UNKNOWN

TRIGGER = INSTITUTION

_ARTICLES, _NUMBERED = frozenset("le la les l".split()), frozenset("un une".split())
_OF = frozenset("de du des d".split())
_LINKS = _OF | _ARTICLES | {"et", "en"}
_AT = frozenset("aux au chez a".split())
_INSIDE = frozenset("pas sur sous dans pour entre avec sans au aux contre vers".split())
_PREFIXES = frozenset(
    "mi demi semi quasi non ex coupe porte sous contre auto anti pare garde tire passe lave ouvre peut rendez chef libre grand micro mini".split()
)
_LAST = frozenset("plus nous vous soi moi toi autrement ensemble".split())
_LONGEST, _FEWEST = 5, 2

Places = dict[tuple[str, str], list[int]]


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``institution.bare``: a type noun and the ordinary words that name it."""
    if not view.bare:
        return
    table, pairs = phrases.institutions(), _pairs(view)
    for i in at:
        for entry, _, j in phrases.matches(view, i, table):
            span = _span(view, i, j, entry.label, pairs)
            if span:
                yield Candidate(view.starts[span[0]], view.end(span[1] - 1), entry.label, False, "institution.bare")
                break
    for k in range(view.size):
        if view.forms[k].folded in telling("firm_end") and (first := _tailed(view, k)) < k:
            yield Candidate(view.starts[first], view.end(k), "ORG", False, "institution.bare")


def _tailed(view: View, k: int) -> int:
    """Return the index of the first word of a firm's name that word `k` ends (« chez x et fils », « val d'x habitat »), else `k`."""
    first, joined = k - 1, view.form(k - 1).folded == "et"
    first -= joined
    form = view.form(first)
    if form.flags & (FUNCTION | RELATION | INSTITUTION | NUMBER) or not form.text or any(view.gap(n) != " " for n in range(first + 1, k + 1)):
        return k
    if view.form(first - 1).folded in ("d", "de", "du") and not view.form(first - 2).flags & (FUNCTION | COMMON):
        return first - 2 if view.form(first - 2).text else k
    named = view.form(first - 1).folded in ("chez", "a") and view.form(first - 1).text != "a"
    return first if named or (not joined and form.flags & UNKNOWN) else k


def _pairs(view: View) -> Places:
    """Return where each two words in a row stand."""
    pairs: Places = defaultdict(list)
    for k in range(view.size - 1):
        pairs[view.forms[k].folded, view.forms[k + 1].folded].append(k)
    return pairs


def _span(view: View, i: int, j: int, label: str, pairs: Places) -> tuple[int, int] | None:
    first = view.form(j)
    if view.gap(j) not in JOINTS or view.gap(i) == "-" or (label == "LOC" and view.forms[i].folded in telling("street")):
        return None
    linked = first.folded in _OF
    name = j
    while name - j < 3 and view.form(name).folded in (_OF | _ARTICLES) and view.gap(name) in JOINTS:
        name += 1
    again = _said_again(view, j, pairs)
    if again:
        return (i if linked else j if view.form(j).folded in (*_ARTICLES, *_NUMBERED) else i), again
    stop = _compound(view, name) if name == j else _house(view, name) if not linked else 0
    if not stop and linked and view.forms[i].folded in telling("housed"):
        stop = _housed(view, name, pairs, plural=name == j + 1 and first.folded == "des")
    return (i, stop) if stop else None


def _compound(view: View, k: int) -> int:
    """Return the index after a compound with hyphens at word `k` (« arc-en-ciel », « saint-x »), else 0."""
    form = view.form(k)
    if view.gap(k) != " " or form.flags & (FUNCTION | NUMBER) or not form.text or form.folded in _PREFIXES:
        return 0
    saint = form.folded in ("saint", "sainte", "st", "ste") and view.gap(k + 1) in (" ", "-")
    j = k + 1 + saint
    while view.gap(j) == "-" and view.form(j).text:
        j += 1
    clitic = j == k + 2 and view.form(k + 1).folded in telling("clitic")
    return j if j > k + 1 and not clitic else 0


def _house(view: View, k: int) -> int:
    """Return the index after the usual name of a house at word `k` (« résidence les grands chênes »), else 0."""
    k += view.form(k).folded in telling("house_adjective")
    return k + 1 if view.form(k).flags & HOUSE and view.gap(k) == " " else 0


def _housed(view: View, k: int, pairs: Places, plural: bool) -> int:
    """Return the index after the ordinary noun at word `k` that names a house, a number before it taken in, else 0."""
    numbered = bool(view.form(k).flags & NUMBER)
    noun = view.form(k + numbered)
    if noun.flags & (FUNCTION | RELATION | INSTITUTION | DIGIT) or len(noun.text) < 4 or noun.folded in telling("complement"):
        return 0
    article = bool(view.form(k - 1).folded in _ARTICLES) or plural
    if noun.flags & (HOUSE | UNKNOWN) or (numbered and noun.folded not in telling("unit")):
        return k + numbered + 1
    at = any(pairs.get((word, noun.folded)) for word in ("aux", "chez"))
    if at or (article and not noun.flags & (COMMON | NAME | PLACE | ORDINARY)):
        return k + 1
    return 0


def _said_again(view: View, j: int, pairs: Places) -> int:
    """Return the index after the words at word `j` that stand elsewhere after « à », « chez », « aux », as only a name does, else 0."""
    start = j + (view.form(j).folded in _ARTICLES)
    for stop in range(min(start + _LONGEST, view.size), start + _FEWEST - 1, -1):
        words = view.forms[start:stop]
        if not _named(view, start, stop):
            continue
        for k in pairs.get((words[0].folded, words[1].folded), ()):
            same = k != start and all(view.form(k + n).folded == form.folded for n, form in enumerate(words))
            if same and view.form(k - 1).folded in _AT and view.form(k - 1).text != "a":
                return stop
    return 0


def _named(view: View, start: int, stop: int) -> bool:
    """Tell whether words `start` to `stop` could be a name: inner words of grammar only, no type noun, no noun for a person."""
    forms = view.forms[start:stop]
    if any(view.gap(k) not in JOINTS for k in range(start, stop)):
        return False
    first, last = forms[0], forms[-1]
    if last.folded in _LINKS or (last.flags & FUNCTION and last.folded not in _LAST) or (first.flags & FUNCTION and first.folded not in _NUMBERED):
        return False
    inner = all(form.folded in _LINKS or form.folded in _INSIDE or not form.flags & FUNCTION for form in forms[1:-1])
    said = [form for form in forms if form.folded not in _LINKS and form.folded not in _NUMBERED]
    plain = all(form.flags & COMMON for form in said) and len(forms) < 4
    return inner and not plain and not any(form.flags & (RELATION | NUMBER) for form in forms) and bool(said)
