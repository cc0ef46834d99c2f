"""What became of a text that was corrected: where each of its places stands in the corrected one, and where words changed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from ..model import OffsetMap, Span
from .alignment import WORD, Words, links


@dataclass(frozen=True)
class Revision:
    """The texts `old` and `new`, the `map` of places from one to the other, and the stretches of `old` where words `changed`.

    A stretch is empty (start = end) where words came in and none went.
    """

    old: str
    new: str
    map: OffsetMap
    changed: tuple[Span, ...]

    def is_changed(self, start: int, end: int) -> bool:
        """Tell whether words in ``old[start:end]`` changed, went, or came in between."""
        at = bisect_right(self.changed, start, key=lambda stretch: stretch[1])
        return at < len(self.changed) and self.changed[at][0] < end

    def place(self, start: int, end: int) -> Span:
        """Return where the words of ``old[start:end]`` stand in `new`: an empty span where none of them is left and no other took their place."""
        at, to = self.map.span_to_new(start, end)
        if not self.is_changed(start, end):
            return at, max(at, to)
        words = self.new[at:to]
        if not WORD.search(words):
            return at, at
        return at + len(words) - len(words.lstrip()), to - len(words) + len(words.rstrip())

    def is_new(self, start: int, end: int) -> bool:
        """Tell whether all words of ``new[start:end]`` came in: none stood in `old`, changed or not."""
        return not self.old[self.map.to_original(start) : self.map.to_original(end, "end")].strip()


def revise(old: str, new: str) -> Revision:
    """Compare two texts word by word.

    >>> revision = revise("J'ai peure. Je dors.", "Bon, j'ai peur. Je dors.")
    >>> revision.place(12, 20), revision.is_changed(12, 20), revision.is_changed(0, 11)
    ((16, 24), False, True)
    """
    segments: list[tuple[int, int, int, int]] = []
    changed: list[Span] = []
    a = b = 0
    for (a0, a1), (b0, b1), same in (*links(Words(old), Words(new)), ((len(old),) * 2, (len(new),) * 2, True)):
        if old[a:a0] != new[b:b0]:
            x0, x1, y0, y1 = _trimmed(old, a, a0, new, b, b0)
            segments.append((x0, x1, y0, y1))
            if old[x0:x1].strip() or new[y0:y1].strip():
                changed.append((x0, x1))
        if old[a0:a1] != new[b0:b1]:
            segments.append((a0, a1, b0, b1))
            if not same:
                changed.append((a0, a1))
        a, b = a1, b1
    return Revision(old, new, OffsetMap(tuple(segments)), tuple(changed))


def _trimmed(old: str, a0: int, a1: int, new: str, b0: int, b1: int) -> tuple[int, int, int, int]:
    """Return a stretch of both texts without the spaces with which both begin and end."""
    while a0 < a1 and b0 < b1 and old[a0] == new[b0] and old[a0].isspace():
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and old[a1 - 1] == new[b1 - 1] and old[a1 - 1].isspace():
        a1, b1 = a1 - 1, b1 - 1
    return a0, a1, b0, b1
