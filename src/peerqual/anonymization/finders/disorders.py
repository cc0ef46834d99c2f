"""Names of disorders in any form, unless figurative: what `find_disorders` and the lexicon finder share; codes (F20.0), misspellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ...language.lexicons import lexicon, rows, words
from . import phrases
from .candidates import Candidate
from .context import telling
from .view import View
from .words import COMMON, DIGIT, KNOWN, RELATION, UNKNOWN, UPPER

TRIGGER = DIGIT | UNKNOWN

_CODE = re.compile(r"F(?:\d{2}(?:\.\d{1,2})?| \d{2}\.\d{1,2})\b")
_Contexts = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield codes of disorders (F20.0), ``lexicon.disorder_code``, and words that begin as disorders do, ``lexicon.misspelt``."""
    for i in at:
        form = view.forms[i]
        if form.flags & UNKNOWN:
            if form.folded.startswith(_stems()):
                yield Candidate(view.starts[i], view.end(i), "DIAG", False, "lexicon.misspelt")
        elif form.text[0] == "F" or (view.form(i - 1).text == "F" and view.gap(i) == " "):
            match = _CODE.match(view.text, view.starts[i if form.text[0] == "F" else i - 1])
            if match:
                yield Candidate(match.start(), match.end(), "DIAG", True, "lexicon.disorder_code")


@cache
def _stems() -> tuple[str, ...]:
    return tuple(sorted(words("disorder_stems")))


@cache
def _figurative() -> dict[tuple[str, ...], _Contexts]:
    """Return, for each form of a disorder, the words before and after it in each figurative phrase."""
    forms = {phrases.split(form) for form, _ in rows("disorders")}
    found: dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase in lexicon("disorders_figurative"):
        parts = phrases.split(phrase)
        for start in range(len(parts)):
            for stop in range(start + 1, len(parts) + 1):
                if parts[start:stop] in forms:
                    found.setdefault(parts[start:stop], []).append((parts[:start], parts[stop:]))
    return {form: tuple(contexts) for form, contexts in found.items()}


def _is_figurative(view: View, i: int, stop: int) -> bool:
    return any(
        all(view.form(i - len(before) + k).folded == word for k, word in enumerate(before))
        and all(view.form(stop + k).folded == word for k, word in enumerate(after))
        for before, after in _figurative().get(tuple(form.folded for form in view.forms[i:stop]), ())
    )


def _of_a_thing(view: View, i: int) -> bool:
    """Tell whether an adjective is said of a thing: « ce film est schizophrène », « le temps est bipolaire », « il est parano, ce système »."""
    if view.gap(i + 1) == ", " and view.form(i + 1).folded in telling("determiner") and _things(view, i + 2):
        return True
    k = i - 1
    while view.form(k).folded in telling("degree"):
        k -= 1
    noun = view.form(k - 1)
    thing = noun.flags & KNOWN and not noun.flags & (RELATION | COMMON) and noun.folded not in telling("age_person")
    shown = view.form(k - 2).folded in ("ce", "cet", "cette") and bool(thing)
    said = shown or (view.form(k - 2).folded in telling("determiner") and _things(view, k - 1))
    return said and (view.form(k).folded in telling("is") or view.gap(k + 1) == ", ")


def _things(view: View, k: int) -> bool:
    return view.form(k).folded.removesuffix("s") in telling("thing") or view.form(k).folded in telling("thing")


def candidate(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    """Return the disorder that stands in words `i` to `stop`, or None when it is a figure of speech."""
    if not view.forms[i].flags & UPPER and (_is_figurative(view, i + entry.skip, stop) or (entry.kind in ("adj", "clip") and _of_a_thing(view, i))):
        return None
    return Candidate(view.starts[i + entry.skip], view.end(stop - 1), "DIAG", True, "lexicon.disorder")
