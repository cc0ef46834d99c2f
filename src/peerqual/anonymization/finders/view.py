"""A stretch of text as finders see it: words with their forms, the gaps between them, and how it uses capitals."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from operator import add

from .manner import NAMES, NONE
from .words import CAP, FORMS, NOTHING, Form

_SPLIT = re.compile(r"(\W+)")
_WEAK = re.compile(r"[.!?…:;\n«»“”\"–—(\[\]•*]|^\s*-|\s-\s")
_MARGIN = 32
_NO_FORMS, _NO_GAPS = [NOTHING] * _MARGIN, ["\n"] * _MARGIN
_ABBREVIATIONS = frozenset("m mr mme mlle dr pr st ste mgr me cf".split())


class View:
    """The words of ``text[begin:end]``: `form(i)` stands at `starts[i]`, after `gap(i)`; offsets are those of the whole text.

    `forms` and `gaps` hold `size` words and then a margin of empty ones, so that `form(i)` and `gap(i)` may look up to 32
    words beyond either end: an empty form and a line break stand there. `bare`: the transcript has no capitals; `sparse`:
    it has capitals for names only (see `manner`).
    """

    def __init__(self, text: str, begin: int, end: int, manner: str) -> None:
        parts = _SPLIT.split(text[begin:end])
        self.text, self.bare, self.sparse = text, manner == NONE, manner == NAMES
        words, gaps = parts[::2], parts[1::2]
        self.forms: list[Form] = list(map(FORMS.__getitem__, words))
        self.size = len(self.forms)
        self.forms += _NO_FORMS
        self.gaps = ["\n" if begin == 0 else " ", *gaps, *_NO_GAPS]
        self.starts = list(accumulate(map(add, map(len, words), map(len, gaps)), initial=begin))
        self.form: Callable[[int], Form] = self.forms.__getitem__
        self.gap: Callable[[int], str] = self.gaps.__getitem__
        self._weak: dict[str, bool] = {}

    def end(self, i: int) -> int:
        """Return where word `i` ends."""
        return self.starts[i] + len(self.forms[i].text)

    def weak(self, i: int) -> bool:
        """Tell whether a capital at word `i` says little: beginning of text, line, sentence, quotation."""
        gap = self.gap(i)
        weak = self._weak.get(gap)
        if weak is None:
            weak = self._weak[gap] = bool(_WEAK.search(gap))
        if not weak or self.sparse:
            return False
        before = self.form(i - 1)
        # « M. Durand », « J. Durand »: a dot that ends no sentence.
        dot = gap.startswith(".") and not gap.strip(" .\u00a0\u202f")
        return not (dot and ((len(before.text) == 1 and before.flags & CAP) or before.folded in _ABBREVIATIONS))
