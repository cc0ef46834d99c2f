"""Take a person out of the correspondence table: what named them, and what only they said."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..model import Corpus, Transcript
from ..transcripts.participants import participant_of
from .assignments import Assignments
from .entities import read_names
from .planning import Plan
from .pseudonyms import real_parts
from .review import log

if TYPE_CHECKING:
    from .key import Key

_BY_DOCUMENT = ("first", "here", "letters")


@dataclass(frozen=True)
class Person:
    """Who withdraws: the `participant`'s id, the `documents` that are theirs alone, the ids of the `entities` that they are."""

    participant: str
    documents: frozenset[str]
    entities: frozenset[str]


def entities_of(participant: str, corpus: Corpus, made: Plan, known: Assignments) -> frozenset[str]:
    """Return the ids of the entities that `participant` is: what the key says, and what the labels of their turns name."""
    found = {known.entities[name] for name in (f"participant|{participant}",) if name in known.entities}
    for transcript in corpus:
        labels = _labels(transcript, participant)
        here = (m for m in made.mentions if m.document == transcript.id and m.label == "PER")
        found |= {m.entity for m in here if any(start <= m.start and m.end <= end for start, end in labels)}
    return frozenset(found)


def _labels(transcript: Transcript, participant: str) -> list[tuple[int, int]]:
    """Return where the labels of the participant's turns stand."""
    places, before = [], 0
    for turn in transcript.turns:
        at = transcript.text.rfind(turn.speaker, before, turn.start) if turn.speaker else -1
        if at >= 0 and participant_of(transcript, turn) == participant:
            places.append((at, at + len(turn.speaker)))
        before = turn.end
    return places


def purge(key: Key, person: Person, before: tuple[Corpus, Plan], after: tuple[Corpus, Plan] | None) -> Assignments:
    """Take out of `key` what names `person`, and what stood in the texts of `before` and in those of `after` no more; return what was taken.

    Called a first time, without `after`, so that the person is nobody for the texts made next. The ids that were given are not given again.
    """
    known, taken = key.assignments, Assignments(secret=key.secret)
    gone = set(person.entities) if after is None else _used(before[1]) - _used(after[1])
    for name, id in list(known.entities.items()):
        kind, _, rest = name.partition("|")
        here = kind in _BY_DOCUMENT and rest.partition("|")[0] in person.documents
        if id in gone or here or name == f"participant|{person.participant}":
            taken.entities[name] = known.entities.pop(name)
    for id in gone:
        if id in known.values:
            taken.values[id] = known.values.pop(id)
        if id in known.forms:
            taken.forms[id] = known.forms.pop(id)
    if after is not None:
        known.met -= _parts(before) - _parts(after)
    alone = _surnames(taken) - _surnames(known)
    taken.surnames = {name: known.surnames.pop(name) for name in list(known.surnames) if name.partition("|")[0] in alone}
    _purge_column(before[0], person, known, taken)
    _purge_ids(key, person, taken)
    log.purge(known, gone, person.documents)
    return taken


def _used(made: Plan) -> set[str]:
    return {mention.entity for mention in made.mentions}


def _surnames(known: Assignments) -> set[str]:
    return {name.rpartition("|")[2] for name in known.entities if name.startswith(("full|", "last|"))}


def _parts(made: tuple[Corpus, Plan]) -> set[str]:
    return real_parts(read_names(made[0], made[1].mentions))


def _purge_column(corpus: Corpus, person: Person, known: Assignments, taken: Assignments) -> None:
    """Take out what only this person's row of the participants' table held."""
    mine = {value for one in corpus.participants if one.id == person.participant for value in one.attributes.values()}
    others = {value for one in corpus.participants if one.id != person.participant for value in one.attributes.values()}
    held = known.forms.get("COLUMN", set())
    alone = (mine - others) & held
    held -= alone
    if alone:
        taken.forms["COLUMN"] = alone


def _purge_ids(key: Key, person: Person, taken: Assignments) -> None:
    known = key.assignments
    for real in person.documents & set(known.documents):
        new = taken.documents[real] = known.documents.pop(real)
        for table in (key.originals, key.maps, key.replaced):
            table.pop(new, None)
    if person.participant in known.participants:
        taken.participants[person.participant] = known.participants.pop(person.participant)
    known.former |= {new for table in (taken.documents, taken.participants) for real, new in table.items() if new != real}


def join(one: Assignments, other: Assignments) -> Assignments:
    """Return what two purges took together."""
    made = deepcopy(one)
    for name in ("entities", "values", "surnames", "documents", "participants"):
        getattr(made, name).update(getattr(other, name))
    for id, forms in other.forms.items():
        made.forms.setdefault(id, set()).update(forms)
    return made


def proof(taken: Assignments, person: Person) -> Assignments:
    """Return what an audit must not find any more: what names the person, their numbers and addresses, the ids of their documents.

    What only they said of others, of places and of disorders is taken from the key too, but is no trace of them where another text has it.
    """
    forms = {id: forms for id, forms in taken.forms.items() if id in {*person.entities, "COLUMN"} or id.startswith(("CONTACT", "ID"))}
    return replace(taken, entities={}, values={}, surnames={}, forms=forms)


def is_theirs(transcript: Transcript, participant: str, roles: Collection[str] = ("interviewer", "researcher")) -> bool:
    """Tell whether nobody but `participant` (and who asks the questions) speaks in `transcript`."""
    voices = {participant_of(transcript, turn) for turn in transcript.turns if turn.role not in roles}
    return voices == {participant}
