"""Names in speaker labels and header lines of the transcript itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...language.fold import fold
from ...language.lexicons import words
from ...model import Transcript
from .candidates import Candidate
from .words import COMMON, FORMS, NAME, TITLE

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SOMEBODY = ("une ", "un ", "des ")  # « Une dame du fond »: what follows tells who speaks without a name, but for « Une voisine, Denise »
_CODE = re.compile(r"[A-Za-z]{1,4}[ _-]?\d+\Z|[A-Z]\Z")


def find(transcript: Transcript) -> Iterator[Candidate]:
    """Yield ``speaker.label`` for each label that is a name, not a role (« Enquêtrice ») or a code (« P3 »)."""
    names = {label: _names(label) for label in {turn.speaker for turn in transcript.turns}}
    at = 0
    for turn in transcript.turns:
        for name in names[turn.speaker]:
            place = transcript.text.rfind(name, at, turn.start)
            if place >= 0:
                yield Candidate(place, place + len(name), "PER", True, "speaker.label")
        at = turn.end


def _names(label: str) -> tuple[str, ...]:
    """Return the parts of a speaker's label that name a person."""
    if not label or _CODE.match(label):
        return ()
    roles, parts = words("role_words"), []
    somebody = fold(label).startswith(_SOMEBODY)
    for match in _WORD.finditer(label):
        flags = FORMS[match[0]].flags
        if somebody and (flags & COMMON or match[0].islower()):
            continue
        if fold(match[0]) not in roles and len(match[0]) > 1 and (flags & NAME or not flags & (COMMON | TITLE)):
            parts.append(match[0])
    return tuple(parts)
