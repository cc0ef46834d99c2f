"""The pseudonym that a participant has chosen, in the column ``pseudonym`` of participants.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import PeerqualError
from ..language.fold import fold
from ..model import Corpus, Participant
from .assignments import Assignments
from .entities import Entity
from .names import norm, parse

_COLUMNS = ("pseudonym", "pseudonyme")


def choice_of(participant: Participant) -> str:
    """Return the pseudonym that `participant` has chosen, "" when none."""
    told = {fold(name): value.strip() for name, value in participant.attributes.items()}
    return next((told[name] for name in _COLUMNS if told.get(name)), "")


def adopt_choices(corpus: Corpus, entities: Iterable[Entity], assignments: Assignments, real: set[str]) -> list[str]:
    """Write the participants' choices into `assignments`; return the ids of others whose pseudonym is taken back because it was chosen.

    Raises `PeerqualError` when a choice is a real name of the corpus (`real`, normalized), or two participants have chosen the same.
    """
    choices = {participant.id: choice for participant in corpus.participants if (choice := choice_of(participant))}
    _check(choices, real | assignments.met)
    persons = {entity.participant: entity for entity in entities if entity.participant in choices}
    changed: list[str] = []
    surnames: set[str] = set()
    for id in sorted(persons):
        entity = persons[id]
        for table, key, word in _parts(entity, choices[id], assignments):
            if key in surnames:
                continue  # who shares a surname keeps sharing it: the first choice counts
            if table is assignments.surnames:
                surnames.add(key)
            changed += _free(norm(word), table, key, assignments)
            if norm(table.get(key, word)) != norm(word):
                assignments.former.add(norm(table[key]))
            table[key] = word
    return changed


def _check(choices: dict[str, str], real: set[str]) -> None:
    by: dict[str, str] = {}
    for id, choice in choices.items():
        key = norm(choice)
        if not real.isdisjoint((key, *key.split())):
            raise PeerqualError("anonymization.chosen_is_real", where=id)
        if key in by:
            raise PeerqualError("anonymization.chosen_twice", where=id, other=by[key])
        by[key] = id


def _parts(entity: Entity, choice: str, assignments: Assignments) -> Iterator[tuple[dict[str, str], str, str]]:
    """Yield first name and surname of a choice, with the table and the key under which each is kept."""
    value = assignments.values.setdefault(entity.id, {})
    name = parse(choice)
    words = {role: text for text, role in name.pieces if role in ("first", "last")} if name.is_full else {"first": choice}
    yield value, "first", words["first"]
    if "last" in words:
        yield (assignments.surnames, entity.last, words["last"]) if len(entity.last) > 1 else (value, "last", words["last"])


def _free(word: str, mine: dict[str, str], key: str, assignments: Assignments) -> Iterator[str]:
    """Take `word` back from whoever else was given it; yield the ids of these ("" for a surname)."""
    tables = [("", assignments.surnames), *assignments.values.items()]
    for id, table in tables:
        for name in [name for name in table if table is assignments.surnames or name in ("first", "last")]:
            if norm(table[name]) == word and not (table is mine and name == key):
                del table[name]
                yield id
