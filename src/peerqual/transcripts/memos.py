"""Comments that stand in the margin of a file, kept as memos on the words that they are about.

A walk through the file tells a `Margin` the words it meets and where comments begin and end among them; once the transcript is built,
the places in those words become places in its text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..model import Corpus, Memo, Span, Transcript
from .revision import revise

if TYPE_CHECKING:
    import pandas as pd

MEMO_COLUMNS = ["document", "start", "end", "author", "date", "text", "passage"]
MAX_LENGTH = 5_000_000  # characters up to which places are looked for: some tens of interviews in one file

Run = tuple[str, str]  # a look, and words


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote in the margin, when (as the file says it), and who; "" where the file does not tell."""

    author: str
    date: str
    text: str


class Margin:
    """The `comments` of a file by a name of their own, and their places among the words of the file."""

    def __init__(self, comments: Mapping[str, Comment] | None = None) -> None:
        self.comments = {name: one for name, one in (comments or {}).items() if one.text}
        self._parts: list[str] = []
        self._length = 0
        self._breaks = [0]
        self._begins: dict[str, int] = {}
        self._ends: dict[str, int] = {}

    def heard(self, runs: Iterable[Run]) -> list[Run]:
        """Return the `runs` of a paragraph; where comments begin and end is told while they are walked."""
        if not self.comments:
            return list(runs)
        kept = []
        for run in runs:
            self._parts.append(run[1])
            self._length += len(run[1])
            kept.append(run)
        self._parts.append("\n")
        self._length += 1
        self._breaks.append(self._length)
        return kept

    def begin(self, name: str) -> None:
        """The words that comment `name` is about begin here; where no end is told, they are the paragraph's."""
        self._begins.setdefault(name, self._length)

    def end(self, name: str) -> None:
        """The words that comment `name` is about end here."""
        self._ends.setdefault(name, self._length)

    def kept(self, transcript: Transcript) -> Transcript:
        """Return `transcript`, which was built of the words that were heard, with the comments as its memos, in the order of their places."""
        if not self.comments:
            return transcript
        source = "".join(self._parts)
        moved = revise(source, transcript.text) if len(source) <= MAX_LENGTH else None
        memos = []
        for name, one in self.comments.items():
            span = self._span(name, source) if moved else None
            start, end = _trimmed(transcript.text, *moved.place(*span)) if moved and span else (0, 0)
            memos.append(Memo(transcript.id, start, end, one.author, one.date, one.text))
        return replace(transcript, memos=tuple(sorted(memos, key=lambda memo: (memo.start, memo.end))))

    def _span(self, name: str, source: str) -> Span | None:
        """Return the words of `source` that a comment is about; None where it stands beside words that are not read."""
        start = self._begins.get(name)
        if start is None:
            return None
        end = self._ends.get(name, start)
        if not source[start:end].strip():
            paragraph = bisect_right(self._breaks, start) - 1
            start, end = self._breaks[paragraph], self._breaks[min(paragraph + 1, len(self._breaks) - 1)]
        return _trimmed(source, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return (start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())) if words.strip() else (start, start)


def memos_table(corpus: Corpus) -> pd.DataFrame:
    """Return one row a memo: document,start,end (code points, half-open),author,date,text,passage (the words that the memo is about).

    Memos are what was written in the margin of .docx and .odt files, as it was written: they may name people.

    >>> import peerqual as pq
    >>> memo = pq.Memo("E01", 4, 8, "NB", "2024-05-03", "à réécouter")
    >>> print(pq.memos_table(pq.Corpus((pq.Transcript("E01", "E : Oui.", memos=(memo,)),))).to_csv(index=False), end="")
    document,start,end,author,date,text,passage
    E01,4,8,NB,2024-05-03,à réécouter,Oui.
    """
    import pandas as pd

    rows = [
        (memo.document, memo.start, memo.end, memo.author, memo.date, memo.text, transcript.text[memo.start : memo.end])
        for transcript in corpus
        for memo in transcript.memos
    ]
    return pd.DataFrame(rows, columns=MEMO_COLUMNS)
