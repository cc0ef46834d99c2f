"""Names of disorders in any form, unless figurative: what `find_disorders` and the lexicon finder share; codes (F20.0)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ...language.lexicons import lexicon, rows
from . import phrases
from .candidates import Candidate
from .view import View
from .words import DIGIT, UPPER

TRIGGER = DIGIT

_CODE = re.compile(r"F\d{2}(?:\.\d{1,2})?\b")
_Contexts = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield codes of disorders (F20.0): ``lexicon.disorder_code``."""
    for i in at:
        if view.forms[i].text[0] == "F":
            match = _CODE.match(view.text, view.starts[i])
            if match:
                yield Candidate(match.start(), match.end(), "DIAG", True, "lexicon.disorder_code")


@cache
def _figurative() -> dict[tuple[str, ...], _Contexts]:
    """Return, for each form of a disorder, the words before and after it in each figurative phrase."""
    forms = {phrases.split(form) for form, _ in rows("disorders")}
    found: dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase in lexicon("disorders_figurative"):
        words = phrases.split(phrase)
        for start in range(len(words)):
            for stop in range(start + 1, len(words) + 1):
                if words[start:stop] in forms:
                    found.setdefault(words[start:stop], []).append((words[:start], words[stop:]))
    return {form: tuple(contexts) for form, contexts in found.items()}


def _is_figurative(view: View, i: int, stop: int) -> bool:
    return any(
        all(view.form(i - len(before) + k).folded == word for k, word in enumerate(before))
        and all(view.form(stop + k).folded == word for k, word in enumerate(after))
        for before, after in _figurative().get(tuple(form.folded for form in view.forms[i:stop]), ())
    )


def candidate(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    """Return the disorder that stands in words `i` to `stop`, or None when it is a figure of speech."""
    if _is_figurative(view, i + entry.skip, stop) or (entry.kind == "clip" and view.forms[i].flags & UPPER and len(view.forms[i].text) < 4):
        return None
    return Candidate(view.starts[i + entry.skip], view.end(stop - 1), "DIAG", True, "lexicon.disorder")
