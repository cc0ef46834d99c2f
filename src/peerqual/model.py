"""The nouns of peerqual: frozen dataclasses that every room shares.

Offsets (`start`, `end`) are Unicode code points, half-open, in the ``text`` of their transcript.
This module imports the standard library only and knows nothing of files, French, or tables.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, overload

Span = tuple[int, int]

MATERIALS = ("interview", "group", "field_notes", "document")
ROLES = ("interviewer", "respondent", "facilitator", "researcher", "other")
LABELS = ("PER", "ORG", "HOSP", "LOC", "DATE", "AGE", "CONTACT", "ID", "DIAG", "MED")
TIERS = ("auto", "review")
STATUSES = ("proposed", "accepted", "rejected", "added")
QUALIFIERS = ("negated", "hypothetical", "other_person", "past", "reported", "question", "litotes")
MODALITIES = ("accompli", "rapporté", "prôné")  # of a practice: done in the scene, told, held right; a person may write one among qualifiers


def hash_text(text: str) -> str:
    """Return the SHA-256 of `text` (UTF-8) as 64 hexadecimal digits: the identity of a transcript's words."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a reader was not sure of: `key` names a message in ``messages/``, `line` is 1-based (0: the whole file)."""

    line: int
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in one go: the words, without the speaker's label.

    `skips` are spans inside ``[start, end)`` that are no words (time codes). Times are seconds from the beginning, or None.
    """

    speaker: str
    participant: str | None
    role: str
    start: int
    end: int
    skips: tuple[Span, ...] = ()
    time_start: float | None = None
    time_end: float | None = None

    def spans(self) -> tuple[Span, ...]:
        """Return the parts of the turn that are words: ``[start, end)`` less `skips`, in order."""
        parts, at = [], self.start
        for skip_start, skip_end in self.skips:
            if at < skip_start:
                parts.append((at, skip_start))
            at = max(at, skip_end)
        if at < self.end:
            parts.append((at, self.end))
        return tuple(parts)


@dataclass(frozen=True, slots=True)
class Memo:
    """What somebody wrote in the margin about the words at ``[start, end)``; an empty span at 0: about the whole document.

    `author` and `date` are as the file tells them, "" where it does not. A memo is no testimony: it is neither coded nor pseudonymized.
    """

    document: str
    start: int
    end: int
    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A text with its turns. Immutable: a change makes another transcript with another `text_hash`.

    `material` is one of `MATERIALS`; `metadata` holds header lines as strings; `source` is the path it came from ("" when none);
    `memos` are comments that stood in its margin.
    """

    id: str
    text: str
    turns: tuple[Turn, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    material: str = "document"
    source: str = ""
    text_hash: str = ""
    doubts: tuple[Doubt, ...] = ()
    memos: tuple[Memo, ...] = ()

    def __post_init__(self) -> None:
        if not self.text_hash:
            object.__setattr__(self, "text_hash", hash_text(self.text))

    def turn_at(self, position: int) -> int | None:
        """Return the index of the turn that holds code point `position`, or None (header, label, between turns)."""
        i = bisect_right(self.turns, position, key=lambda turn: turn.start) - 1
        return i if i >= 0 and position < self.turns[i].end else None


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who may speak in several documents; `attributes` are the further columns of ``participants.csv``.

    `voices` are the ``(document, speaker)`` pairs under which the person speaks.
    """

    id: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    consents: Mapping[str, str] = field(default_factory=dict)
    voices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and the error that says why (see `peerqual.errors`)."""

    source: str
    error: Exception


@dataclass(frozen=True)
class Corpus(Sequence[Transcript]):
    """Transcripts in the order of their ids, with the participants who speak in them and the files that failed."""

    transcripts: tuple[Transcript, ...] = ()
    participants: tuple[Participant, ...] = ()
    failures: tuple[Failure, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Transcript: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Transcript]: ...
    def __getitem__(self, index: int | slice) -> Transcript | Sequence[Transcript]:
        return self.transcripts[index]

    def __len__(self) -> int:
        return len(self.transcripts)

    def __iter__(self) -> Iterator[Transcript]:
        return iter(self.transcripts)

    def by_id(self) -> dict[str, Transcript]:
        """Return the transcripts by their id."""
        return {transcript.id: transcript for transcript in self.transcripts}


@dataclass(frozen=True, slots=True)
class Mention:
    """An identifier that was found: `label` in `LABELS`, `tier` in `TIERS`, `source` the finder's reason, `entity` its entity's id."""

    document: str
    start: int
    end: int
    label: str
    tier: str
    source: str
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement that was planned: may be wider than its mentions (a determiner, an elision). Outside edits nothing changes."""

    document: str
    start: int
    end: int
    text: str
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Positions in an original text ⇄ positions in the text that edits made of it.

    `segments` are the edits in order, as ``(start, end, new_start, new_end)``. Between them both texts are equal.
    A position inside an edit maps to the edit's start (`side` "start") or end (`side` "end").
    """

    segments: tuple[tuple[int, int, int, int], ...] = ()

    def to_new(self, position: int, side: str = "start") -> int:
        """Map code point `position` of the original to the edited text."""
        return _move(position, side, self.segments)

    def to_original(self, position: int, side: str = "start") -> int:
        """Map code point `position` of the edited text to the original."""
        return _move(position, side, tuple((c, d, a, b) for a, b, c, d in self.segments))

    def span_to_new(self, start: int, end: int) -> Span:
        """Map a span of the original; a span that cuts an edit grows to hold all of it."""
        return self.to_new(start, "start"), self.to_new(end, "end")

    def span_to_original(self, start: int, end: int) -> Span:
        """Map a span of the edited text; a span that cuts an edit grows to hold all of it."""
        return self.to_original(start, "start"), self.to_original(end, "end")


def _move(position: int, side: str, segments: Sequence[tuple[int, int, int, int]]) -> int:
    # The segment that counts is the last one that begins at or before the position (before, for an end).
    key = position if side == "start" else position - 1
    i = bisect_right(segments, key, key=lambda segment: segment[0]) - 1
    if i < 0:
        return position
    _, end, new_start, new_end = segments[i]
    if position >= end:
        return position - end + new_end
    return new_start if side == "start" else new_end


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the codebook: `before` is the turn before it (another speaker's, of `before_role`), `role` that of its speaker.

    `section`: the heading or question under which it stands.
    """

    text: str
    before: str = ""
    role: str = "respondent"
    before_role: str = "respondent"
    section: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a code: `kind` (phrase, lemmas, pattern, near), its `body` as written, conditions, weight and polarity.

    `conditions`: ``qualifiers`` (tuple that must hold), ``not_qualifiers``, ``role``, ``before``, ``before_role``, ``section``, ``unless``,
    ``min_words``, and ``within`` and ``ordered`` of a near rule (see `peerqual.codebook_schema`).
    `polarity`: "+", "-" or "auto" ("-" when negated).
    """

    id: str
    kind: str
    body: Any
    conditions: Mapping[str, Any] = field(default_factory=dict)
    weight: float = 1.0
    polarity: str = "auto"
    line: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of the codebook; texts are mappings from language ("fr", "en") to words. A branch is not `assignable`.

    `in_vivo`: its label is in the participants' own words.
    """

    id: str
    parent: str | None
    assignable: bool
    label: Mapping[str, str]
    definition: Mapping[str, str]
    include: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[Example, ...] = ()
    rules: tuple[Rule, ...] = ()
    in_vivo: bool = False


@dataclass(frozen=True, slots=True)
class Coding:
    """A passage that carries a code, with what supports it. `evidence` are spans in the same text as `start` and `end`."""

    document: str
    start: int
    end: int
    code: str
    origin: str
    rule: str
    score: float
    polarity: str = "+"
    qualifiers: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    status: str = "proposed"

    def moved(self, start: int, end: int, evidence: tuple[Span, ...]) -> Coding:
        """Return the same coding at another place."""
        return replace(self, start=start, end=end, evidence=evidence)


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's verdict: who, when (ISO 8601), on what address, which `verdict` ("accept", "reject", "add", "undo").

    With the code "" and the verdict "judged" it says that the passage was judged for all codes. `blind`: no suggestion was seen; `final`: it settles
    what coders disagree on.
    """

    document: str
    text_hash: str
    start: int
    end: int
    code: str
    verdict: str
    coder: str
    at: str
    blind: bool = False
    final: bool = False
