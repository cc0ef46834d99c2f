"""What a writer is given: the transcript as it was read, the pseudonymized one, and what became of names and words.

Words of the source that its reader did not give were looked at by nobody: `Rewrite.left` says what becomes of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ...errors import PeerqualError
from ...language.fold import fold
from ...language.lexicons import words
from ...model import Edit, OffsetMap, Transcript
from ..grid import COLUMNS
from ..labels import key
from ..timecodes import ANYWHERE

WITHDRAWN = "[retiré]"
_WORD = re.compile(r"[^\W_]+")
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_CLOCK = re.compile(r"(?<!\d)\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?!\d)")
_CODE = re.compile(r"[A-Z]?\d{1,3}")
_NUMBERED = re.compile(r"(?P<voice>[^\d]{1,9}?)[ ._-]?(?P<number>\d{1,4})")
_HARMLESS = ("common_words", "spoken_words", "document_words", "header_keys", "aside_words", "voice_roles")
_NAMES = ("first_names", "surnames", "ordinary_names", "places")


class WritingError(PeerqualError):
    """A pseudonymized transcript that cannot be written in the format of its source: nothing was written."""


@cache
def _harmless() -> frozenset[str]:
    return frozenset().union(*map(words, _HARMLESS), fold(" ".join(COLUMNS.values())).split())


@cache
def _named() -> frozenset[str]:
    return frozenset().union(*map(words, _NAMES))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


@dataclass(frozen=True)
class Rewrite:
    """The transcript `old` as it was read, `new` as it is pseudonymized, and the `edits` between them (positions in ``old.text``).

    Raises `WritingError` when the edits do not make the text of `new`.
    """

    old: Transcript
    new: Transcript
    edits: Sequence[Edit]

    def __post_init__(self) -> None:
        object.__setattr__(self, "edits", tuple(sorted(self.edits, key=lambda edit: (edit.start, edit.end))))
        parts, at = [], 0
        for edit in self.edits:
            parts += [self.old.text[at : edit.start], edit.text]
            at = edit.end
        if "".join([*parts, self.old.text[at:]]) != self.new.text or len(self.old.turns) != len(self.new.turns):
            raise WritingError("writing.other_edits", where=self.new.id)

    @property
    def path(self) -> Path:
        """The source."""
        return Path(self.old.source)

    @cached_property
    def moved(self) -> OffsetMap:
        """The map of positions from the old text to the new."""
        segments, shift = [], 0
        for edit in self.edits:
            segments.append((edit.start, edit.end, edit.start + shift, edit.start + shift + len(edit.text)))
            shift += len(edit.text) - (edit.end - edit.start)
        return OffsetMap(tuple(segments))

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Who speaks: each label and the one that is written in its place."""
        return {old.speaker: new.speaker for old, new in zip(self.old.turns, self.new.turns, strict=True) if old.speaker}

    @cached_property
    def voices(self) -> Mapping[str, str]:
        """The same by the labels' key (`labels.key`): « MAËLLE. » is « Maëlle »."""
        return {key(old): new for old, new in self.labels.items()}

    @cached_property
    def shown(self) -> frozenset[str]:
        """The words of the pseudonymized text, as they stand there."""
        return frozenset(_WORD.findall(self.new.text))

    @cached_property
    def replaced(self) -> frozenset[str]:
        """The words (folded) that edits took away, and that nothing in the pseudonymized text is the same as."""
        spans = [(m.start, m.end) for edit in self.edits for m in edit.mentions] + [
            (edit.start, edit.end) for edit in self.edits if not edit.mentions
        ]
        taken = {fold(word) for start, end in spans for word in _WORD.findall(self.old.text[start:end])}
        return frozenset(taken - set(map(fold, self.shown)))

    def rewritten(self, value: str) -> str:
        """Return a string of the source that the transcript shows (a topic, a name in its header) as it is pseudonymized; others as `left` does."""
        line = " ".join(value.split())
        found = re.search(rf"(?<!\w){re.escape(line)}(?!\w)", self.old.text) if line else None
        if found is None:
            return self.left(value)
        return self.new.text[slice(*self.moved.span_to_new(*found.span()))]

    def left(self, value: str, *, bracketed: bool = False) -> str:
        """Return what becomes of words that the reader did not give.

        A voice's label becomes that voice's new one; words that are in the pseudonymized text, or that everybody uses and nobody bears, stay;
        all others are « [retiré] » (`bracketed`: they stand in brackets already).
        """
        if value in self.labels:  # brackets may be a part of it: « Ina (L1) »
            return self.labels[value]
        core = _CORE.search(_CLOCK.sub(_blank, ANYWHERE.sub(_blank, value)))
        if core is None:
            return value
        new = self._voiced(core[0])
        if new is None:
            found = _WORD.findall(core[0])
            numbers = sum(word.isdigit() for word in found)
            if all(map(self.is_safe, found)) and numbers <= (len(found) == 1):  # several may be a date or a telephone's
                return value
            inside = bracketed or value[core.start() - 1 : core.start()] in ("(", "[", "<")
            new = WITHDRAWN.strip("[]") if inside else WITHDRAWN
        return value[: core.start()] + new + value[core.end() :]

    def _voiced(self, label: str) -> str | None:
        """Return a voice's new label, None where `label` is none. « Q12 » is the voice « Q » where the numbers count questions."""
        new = self.labels.get(label) or self.voices.get(key(label))
        if new is None and (found := _NUMBERED.fullmatch(label)) and key(found["voice"]) in self.voices:
            return label.replace(found["voice"], self.voices[key(found["voice"])], 1)
        return new if new is None or key(new) != key(label) else label

    def is_safe(self, word: str) -> bool:
        """Tell whether a word gives nobody away: it is in the pseudonymized text, or everybody's and no name, or a short number (« S01 »)."""
        if _CODE.fullmatch(word):
            return True
        folded = fold(word)
        common = folded in _harmless() and not (word[0].isupper() and folded in _named())
        return folded not in self.replaced and (word in self.shown or common or len(word) == 1)
