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
_ABBREVIATIONS = frozenset("m mr mme mlle dr pr st ste mgr me cf".split())
_SAMPLE = 200_000


class Capitals:
    """How a transcript uses capitals: `none` (speech recognition), `names` (for names only), `lines` (each line begins with one), else as sentences do."""

    def __init__(self, pieces: Sequence[str]) -> None:
        words = [FORMS[word] for piece in pieces for word in _SPLIT.split(piece[:_SAMPLE])[::2] if word[:1].isalpha()]
        plain = [FORMS[m[1]] for piece in pieces for m in _LINE.finditer(piece, 0, _SAMPLE) if FORMS[m[1]].flags & (KNOWN | COMMON)]
        ends = [m[1] for piece in pieces for m in _ENDS.finditer(piece, 0, _SAMPLE) if m[1].isalpha()]
        capitals = sum(bool(form.flags & CAP) for form in words)
        upper = sum(bool(form.flags & CAP) for form in plain)
        sentences = sum(char.isupper() for char in ends)
        self.none = len(words) >= 8 and (capitals - upper) * 400 < len(words) and upper * 10 <= len(plain) and not sentences
        self.names = not self.none and sentences * 2 <= len(ends) and upper * 5 < len(plain)
        self.lines = not self.none and not self.names and len(ends) * 8 < len(plain)


class View:
    """The words of ``text[begin:end]``: `forms[i]` stands at `starts[i]`, after `gaps[i]`; offsets are those of the whole text."""

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
        dot = gap.startswith(".") and not gap.strip(" .\u00a0\u202f")
        return not (dot and ((len(before.text) == 1 and before.flags & CAP) or before.folded in _ABBREVIATIONS))
