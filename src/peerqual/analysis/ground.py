"""The ground that codings stand on: where the corpus's words and turns are, who speaks them, which of them can be coded.

Documents are laid end to end on one axis of positions, so that every count is one pass over arrays, whatever the number of files.
A word is letters, digits, their combining accents, apostrophes and hyphens ("l'espoir", "peut-être" are one word each); it stands where its
first character stands.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from functools import cached_property
from weakref import ref

import numpy as np

from peerqual.model import Corpus, Transcript, Turn
from peerqual.transcripts import participant_of

WORD = re.compile(r"\w[\w\u0300-\u036f'’-]*")
CODED_ROLES = ("respondent", "facilitator", "other")
PERSON_ROLES = ("respondent", "facilitator")


@dataclass(frozen=True)
class Ground:
    """Arrays over a corpus: one entry per document (`ids`, `materials`, `base`), per turn (`turn_*`), per word (`word_*`).

    `base[i]` is where document *i* begins on the common axis; turns' and words' positions are on that axis, in order.
    `turn_coded`: words that can carry codes (not an interviewer's; field notes' researcher can). `turn_person`: the speaker counts as a participant.
    """

    ids: list[str]
    materials: np.ndarray
    base: np.ndarray
    turn_start: np.ndarray
    turn_end: np.ndarray
    turn_document: np.ndarray
    turn_participant: np.ndarray
    turn_coded: np.ndarray
    turn_person: np.ndarray
    word_at: np.ndarray
    word_turn: np.ndarray

    @property
    def length(self) -> int:
        """The length of the common axis in code points."""
        return int(self.base[-1])

    @cached_property
    def word_coded(self) -> np.ndarray:
        """For each word, whether it can carry codes."""
        return self.turn_coded[self.word_turn]

    @cached_property
    def person(self) -> np.ndarray:
        """For each turn, a number that stands for its participant."""
        return np.unique(self.turn_participant, return_inverse=True)[1] if len(self.turn_participant) else np.zeros(0, dtype=np.int64)

    def turn_of(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return for each span of the axis the turn where it begins (or the first it reaches), -1 when it touches none."""
        if not len(self.turn_start):
            return np.full(len(start), -1)
        turn = np.searchsorted(self.turn_start, start, side="right") - 1
        turn = np.where((turn >= 0) & (start < self.turn_end[np.maximum(turn, 0)]), turn, turn + 1)
        last = np.minimum(turn, len(self.turn_start) - 1)
        return np.where((turn < len(self.turn_start)) & (self.turn_start[last] < end), turn, -1)


def spoken(transcript: Transcript) -> tuple[Turn, ...]:
    """Return the turns of `transcript`; a text without turns is one turn of nobody's."""
    if transcript.turns or not transcript.text:
        return transcript.turns
    return (Turn("", "", "other", 0, len(transcript.text)),)


_last: tuple[ref[Corpus], Ground] | None = None


def survey(corpus: Corpus) -> Ground:
    """Return the `Ground` of `corpus`: it is laid out once for all the tables that are made of one corpus in a row."""
    global _last
    last = _last
    if last is None or last[0]() is not corpus:
        _last = last = ref(corpus), _survey(corpus)
    return last[1]


def _survey(corpus: Corpus) -> Ground:
    starts: list[int] = []
    ends: list[int] = []
    documents, participants, coded, person = [], [], [], []
    word_at, words = array("q"), []  # where words stand in their document, how many each turn has
    base = np.concatenate([[0], np.cumsum([len(transcript.text) + 1 for transcript in corpus])]).astype(np.int64)
    for d, transcript in enumerate(corpus):
        notes = transcript.material == "field_notes"
        for turn in spoken(transcript):
            before = len(word_at)
            for span in turn.spans():
                word_at.extend(match.start() for match in WORD.finditer(transcript.text, *span))
            words.append(len(word_at) - before)
            starts.append(turn.start + int(base[d]))
            ends.append(turn.end + int(base[d]))
            documents.append(d)
            participants.append(participant_of(transcript, turn))
            coded.append(notes or turn.role in CODED_ROLES)
            person.append(not notes and turn.role in PERSON_ROLES)
    turn_document = np.array(documents, dtype=np.int64)
    word_turn = np.repeat(np.arange(len(starts)), words)
    return Ground(
        ids=[transcript.id for transcript in corpus],
        materials=np.array([transcript.material for transcript in corpus], dtype=object),
        base=base,
        turn_start=np.array(starts, dtype=np.int64),
        turn_end=np.array(ends, dtype=np.int64),
        turn_document=turn_document,
        turn_participant=np.array(participants, dtype=object),
        turn_coded=np.array(coded, dtype=bool),
        turn_person=np.array(person, dtype=bool),
        word_at=np.array(word_at, dtype=np.int64) + base[turn_document[word_turn]],
        word_turn=word_turn,
    )


def words_in_union(
    ground: Ground, start: np.ndarray, end: np.ndarray, *, key: np.ndarray, keys: int, cell: np.ndarray, word_cell: np.ndarray
) -> np.ndarray:
    """Count words inside the union of the spans of each key: shape ``(keys,)``.

    `start`, `end`, `key`, `cell`: one entry per span, on the common axis; all spans of one key have one cell.
    `word_cell`: the cell of each word of the ground (-1: none); a word counts for spans of its own cell only, if it can carry codes.
    """
    size = ground.length + 1
    order = np.lexsort((start, key))
    start, end, key, cell = start[order], end[order], key[order], cell[order]
    # Keys far apart on one axis: the running maximum of ends then never reaches from one key into the next.
    shifted_start, shifted_end = start + key * size, end + key * size
    reached = np.maximum.accumulate(np.concatenate([[0], shifted_end]))[:-1]
    new_start = np.minimum(np.maximum(shifted_start, reached), shifted_end) - key * size
    kept = ground.word_coded & (word_cell >= 0)
    places = np.sort(ground.word_at[kept] + word_cell[kept] * size)
    counts = np.searchsorted(places, end + cell * size) - np.searchsorted(places, new_start + cell * size)
    return np.bincount(key, weights=counts, minlength=keys).astype(np.int64)
