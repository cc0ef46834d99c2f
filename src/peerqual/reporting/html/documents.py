"""The transcripts as the report shows them: all their words, turn by turn, with the passages that are coded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peerqual.analysis.ground import spoken
from peerqual.model import Span, Transcript, Turn
from peerqual.reporting.html.data import ReportData
from peerqual.reporting.html.marking import Passage, Stretch, far, stretches, within
from peerqual.transcripts import participant_of

LONG = 6000  # characters: a longer transcript is folded when the report opens, unless it is alone
NOTES = ("field_notes", "document")


@dataclass(frozen=True, slots=True)
class Block:
    """A turn, or a paragraph of one, or words outside turns (`turn` None); `first` has the speaker's name before it."""

    id: str
    number: int
    turn: Turn | None
    participant: str
    first: bool
    stretches: list[Stretch]


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript with its blocks; `open` when it is not folded."""

    transcript: Transcript
    slug: str
    open: bool
    passages: int
    turns: int
    voices: tuple[tuple[str, str], ...]
    blocks: list[Block]


def documents(data: ReportData) -> Iterator[Document]:
    """Yield each transcript of the corpus, laid out."""
    for transcript in data.corpus:
        found = data.passages[transcript.id]
        voices = dict.fromkeys((turn.speaker, turn.role) for turn in transcript.turns if turn.speaker)
        is_open = len(transcript.text) <= LONG or len(data.corpus) == 1
        slug = data.slugs[transcript.id]
        laid = blocks(transcript, found, slug)
        yield Document(transcript, slug, is_open, len(found), _count(transcript, laid), tuple(voices), laid)


def _count(transcript: Transcript, laid: list[Block]) -> int:
    # Turns, or paragraphs where nobody takes turns.
    return sum(block.turn is not None for block in laid) if transcript.material in NOTES else len(transcript.turns)


def blocks(transcript: Transcript, found: tuple[Passage, ...], slug: str) -> list[Block]:
    """Lay out one transcript: its header, its turns, and what lies between them where a passage begins there."""
    opened: set[str] = set()
    longest = max((passage.end - passage.start for passage in found), default=0)
    outside = far(found)
    made: list[Block] = []

    def add(span: Span, turn: Turn | None, number: int, *, first: bool = True) -> None:
        under = within(found, *span, longest)
        skips = turn.skips if turn else ()
        participant = participant_of(transcript, turn) if turn else ""
        near = [words for words in outside if words.start < span[1] and words.end > span[0]]
        cut = stretches(transcript.text, *span, under, skips=skips, opened=opened, outside=near)
        made.append(Block(f"{slug}.t{number}" if first and turn else "", number, turn, participant, first, cut))

    at = 0
    for number, turn in enumerate(spoken(transcript), 1):
        for span in _between(transcript, at, turn.start, found):
            add(span, None, 0)
        for i, span in enumerate(_paragraphs(transcript, turn)):
            add(span, turn, number, first=i == 0)
        at = turn.end
    for span in _between(transcript, at, len(transcript.text), found):
        add(span, None, 0)
    return made


def _between(transcript: Transcript, start: int, end: int, found: tuple[Passage, ...]) -> Iterator[Span]:
    # Labels of speakers stand there, and before the first turn the header; a person may have coded either.
    coded = any(start <= passage.start < end for passage in within(found, start, end, 0))
    if not coded:
        end = _header(transcript, end) if start == 0 else start
    while end > start and transcript.text[end - 1] in " \t\n":
        end -= 1
    if end > start and transcript.text[start:end].strip():
        yield start, end


def _header(transcript: Transcript, end: int) -> int:
    # Where the lines before the first turn end; its label, at the beginning of its line or on the line above, is not one of them.
    end = transcript.text.rfind("\n", 0, end) + 1
    last = transcript.text[:end].rstrip("\n").rfind("\n") + 1
    label = transcript.turns[0].speaker if transcript.turns else ""
    return last if label and transcript.text[last:end].strip(" \t\n:*.-–").casefold() == label.casefold() else end


def _paragraphs(transcript: Transcript, turn: Turn) -> Iterator[Span]:
    # Notes and documents are one long turn: their paragraphs are shown (and found) one by one.
    if transcript.material not in NOTES:
        yield turn.start, turn.end
        return
    words = transcript.text[turn.start : turn.end]
    breaks = re.compile(r"\n[ \t]*\n\s*" if re.search(r"\n[ \t]*\n", words) else r"\n\s*")
    at = turn.start
    for match in breaks.finditer(words):
        if turn.start + match.end() < turn.end:
            yield at, turn.start + match.start()
            at = turn.start + match.end()
    if at < turn.end:
        yield at, turn.end
