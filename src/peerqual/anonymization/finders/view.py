"""A stretch of text as finders see it: words with their forms, the gaps between them, and how it uses capitals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from .words import CAP, COMMON, FORMS, KNOWN, NOTHING, Form

_SPLIT = re.compile(r"(\W+)")
_WEAK = re.compile(r"[.!?…:;\n«»“”\"–—(\[•*]|^\s*-|\s-\s")
_LINE = re.compile(r"^\W*(\w+)", re.MULTILINE)
_ENDS = re.compile(r"[.!?]\s+(\w)")


class Capitals:
    """How a transcript uses capitals: `none` (speech recognition), `lines` (each line begins with one), `names` (names only), `sentences`."""

    def __init__(self, pieces: Sequence[str]) -> None:
        words = [FORMS[word] for piece in pieces for word in _SPLIT.split(piece)[::2] if word[:1].isalpha()]
        lines = [FORMS[m[1]] for piece in pieces for m in _LINE.finditer(piece) if m[1][:1].isalpha()]
        ends = [m[1] for piece in pieces for m in _ENDS.finditer(piece) if m[1].isalpha()]
        capitals = sum(bool(form.flags & CAP) for form in words)
        plain = [form for form in lines if form.flags & (KNOWN | COMMON)]
        upper = sum(bool(form.flags & CAP) for form in plain)
        self.none = len(words) >= 8 and capitals * 400 < len(words) and capitals - upper <= 1
        sentences = len(ends) >= 3 and sum(c.isupper() for c in ends) * 2 > len(ends)
        self.names = not self.none and not sentences and upper * 5 < len(plain)
        self.lines = not self.names and not sentences and len(plain) > 3


class View:
    """The words of `text[begin:end]`: `forms[i]` stands at `starts[i]`, after `gaps[i]`; offsets are those of the whole text."""

    def __init__(self, text: str, begin: int, end: int, capitals: Capitals) -> None:
        parts = _SPLIT.split(text[begin:end])
        self.text, self.capitals = text, capitals
        self.forms: list[Form] = list(map(FORMS.__getitem__, parts[::2]))
        self.gaps = ["\n" if begin == 0 else " ", *parts[1::2]]
        self.starts = list(accumulate(map(len, parts[:-1]), initial=begin))[::2]
        self._weak: dict[str, bool] = {}

    def form(self, i: int) -> Form:
        """Return the form at `i`, an empty one outside the text."""
        return self.forms[i] if 0 <= i < len(self.forms) else NOTHING

    def gap(self, i: int) -> str:
        """Return what stands between words `i - 1` and `i`; a line break outside the text."""
        return self.gaps[i] if 0 <= i < len(self.gaps) else "\n"

    def end(self, i: int) -> int:
        """Return where word `i` ends."""
        return self.starts[i] + len(self.forms[i].text)

    def weak(self, i: int) -> bool:
        """Tell whether a capital at word `i` says little: beginning of text, line, sentence, quotation."""
        gap = self.gap(i)
        weak = self._weak.get(gap)
        if weak is None:
            weak = self._weak[gap] = bool(_WEAK.search(gap))
        if not weak or self.capitals.names:
            return False
        before = self.form(i - 1)
        # « M. Durand », « J. Durand »: a dot that ends no sentence.
        return not (
            gap.startswith(".")
            and gap.strip(" .\u00a0") == ""
            and ((len(before.text) == 1 and before.flags & CAP) or before.folded in _ABBREVIATIONS)
        )


_ABBREVIATIONS = frozenset("m mr mme mlle dr pr st ste mgr me cf".split())
