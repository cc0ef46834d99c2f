"""A draft of ``participants.csv`` for the researcher to complete: one row a voice, with an id and a role proposed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..language.fold import fold
from ..model import Corpus
from .labels import key
from .participants import COLUMNS, CONSENT
from .roles import several, told_by

if TYPE_CHECKING:
    import pandas as pd

ATTRIBUTES = ("association", "sex", "age_band")  # what studies of peer support ask; further columns are the researcher's
ASKING = ("interviewer", "researcher")


def draft_participants(corpus: Corpus) -> pd.DataFrame:
    """Return ``participants.csv`` for `corpus`: document,speaker,participant,role,association,sex,age_band, then the columns that are known already.

    Voices that a table named keep what it says; the others get « P01 », « P02 » … in the order in which they come up. One full name, and one
    label of who asks, is proposed as one person over all documents; « Maëlle », « P1 » or « Une femme » in two documents are two: to confirm.
    """
    import pandas as pd

    people = {participant.id: participant for participant in corpus.participants}
    further = dict.fromkeys(name for one in people.values() for name in one.attributes if name not in ATTRIBUTES)
    consents = dict.fromkeys(name for one in people.values() for name in one.consents)
    columns = [*COLUMNS, *ATTRIBUTES, *further, *(CONSENT + name for name in consents)]
    voices = list(_voices(corpus))
    ids = _ids(voices, set(people))
    rows = []
    for (document, speaker, role, _), id in zip(voices, ids, strict=True):
        known = people.get(id)
        values = [known.attributes.get(name, "") if known else "" for name in (*ATTRIBUTES, *further)]
        rows.append([document, speaker, id, role, *values, *(known.consents.get(name, "") if known else "" for name in consents)])
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _voices(corpus: Corpus) -> Iterator[tuple[str, str, str, str | None]]:
    """Yield document, speaker, role and participant (or None) of each voice, once, in order."""
    for transcript in corpus:
        seen = set()
        for turn in transcript.turns:
            if (voice := key(turn.speaker)) not in seen:
                seen.add(voice)
                yield transcript.id, turn.speaker, turn.role, turn.participant


def _ids(voices: list[tuple[str, str, str, str | None]], taken: set[str]) -> list[str]:
    """Return the participant of each of `voices`: the one that is told, else one proposed."""
    by_person: dict[tuple[str, ...], str] = {}
    for document, speaker, role, told in voices:
        if told:
            by_person.setdefault(_person(document, speaker, role), told)
    persons = [_person(document, speaker, role) for document, speaker, role, _ in voices]
    unknown = dict.fromkeys(person for person, (*_, told) in zip(persons, voices, strict=True) if not told and person not in by_person)
    width = max(2, len(str(len(unknown) + len(taken))))
    free = (id for n in range(1, len(unknown) + len(taken) + 1) if (id := f"P{n:0{width}}") not in taken)
    by_person |= dict(zip(unknown, free, strict=False))
    return [told or by_person[person] for person, (*_, told) in zip(persons, voices, strict=True)]


def _person(document: str, speaker: str, role: str) -> tuple[str, ...]:
    """What two voices share that are proposed as one person: a full name, or the label of who asks; else the voice is its document's own."""
    name = len(fold(speaker).replace(".", " ").split()) > 1 and not told_by(speaker) and not several(speaker)
    return (key(speaker),) if speaker and (name or role in ASKING) else (document, key(speaker))
