"""Give pseudonyms: a first name of the same gender, generation and origin, a surname that all who share it keep sharing; to things a noun.

HMAC under the study's secret proposes; what was given stands in the assignments and is found again. A pseudonym never equals a name or
a part of a name of the corpus, nor a word that the corpus writes with a capital; one that comes to equal a real name is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, count

from ..model import Corpus
from . import connotations
from .agreement import Noun
from .assignments import Assignments
from .entities import Entity, Reading
from .generic import Kind
from .names import Name, norm

_SLOTS = ("", "typed ")
_CAPITALIZED = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]+")


class Namer:
    """Gives pseudonyms to the entities of one corpus."""

    def __init__(
        self, corpus: Corpus, assignments: Assignments, real: set[str], reading: Reading, entities: Sequence[Entity], *, codes: bool = False
    ) -> None:
        self._known = assignments
        self._codes = codes
        self._origins = dict(connotations.origins([(entity.first, entity.last) for entity in entities]))
        self._spelled = {n for n, name in reading.names.items() if any(role.endswith("initial") for _, role in name.pieces)}
        self._letters = {norm(text)[:1] for n in self._spelled for text, role in reading.names[n].pieces if role.endswith("initial")}
        # Two voices that are called by initials must not come to have the same ones: their first letters differ.
        spelled = (assignments.values.get(entity.id, {}) for entity in entities if not self._spelled.isdisjoint(entity.mentions))
        self._firsts = {norm(value["first"])[0] for value in spelled if "first" in value}
        self._real = real | assignments.met | assignments.former
        self._capitals = {word for transcript in corpus for word in _CAPITALIZED.findall(transcript.text)}
        self._used = assignments.given()
        self._indexes: dict[str, int] = {}
        for value in assignments.values.values():
            for slot in _SLOTS:
                if f"{slot}noun" in value:
                    noun = value[f"{slot}noun"]
                    self._indexes[noun] = max(self._indexes.get(noun, 0), int(value[f"{slot}rank"]))

    def written(self, entity: Entity, name: Name) -> str:
        """Return how `name`, a person's, is written with the pseudonym."""
        if self._codes:
            return name.coded(self._code(entity))
        roles = {role for _, role in name.pieces}
        first = self._first(entity) if roles & {"first", "first_initial"} else ""
        last = self._last(entity, name) if roles & {"last", "last_initial"} else ""
        return name.written(first, last)

    def _first(self, entity: Entity) -> str:
        value = self._known.values.setdefault(entity.id, {})
        if "first" not in value:
            value["first"] = self._free(entity, self._first_names(entity), entity.first[:1], "first", entity.id)
        return value["first"]

    def _code(self, entity: Entity) -> str:
        """Return « P07 »: the participant's id in what is handed on, or the next number that is nobody's."""
        if entity.participant in self._known.participants:
            return self._known.participants[entity.participant]
        value = self._known.values.setdefault(entity.id, {})
        if "code" not in value:
            taken = {*self._known.participants.values(), *spoken_for(self._known)}
            value["code"] = next(code for n in count(1) if (code := f"P{n:02d}") not in taken)
        return value["code"]

    def _last(self, entity: Entity, name: Name) -> str:
        surname = name.last if len(name.last) > 1 else entity.last
        table, key = (self._known.surnames, surname) if len(surname) > 1 else (self._known.values.setdefault(entity.id, {}), "last")
        if key not in table:
            pools = connotations.surnames(self._origins.get(surname, ""))
            table[key] = self._free(entity, pools, surname[:1], "last", surname if len(surname) > 1 else entity.id)
        return table[key]

    def _first_names(self, entity: Entity) -> tuple[tuple[str, ...], ...]:
        """Return the pools of first names for a person; one whose first name is unknown is taken for what the surname says."""
        heard = connotations.heard(entity.first) or connotations.Heard(origin=self._origins.get(entity.last, ""))
        pools = connotations.first_names(entity.gender, *heard)
        return (*pools, *connotations.surnames("")) if entity.gender == "x" else pools

    def _free(self, entity: Entity, pools: Sequence[Sequence[str]], initial: str, *about: str) -> str:
        """Return the first proposal that nobody bears and that does not begin as the real name does; pairs of two when there is none.

        Whoever is called by initials gets, where possible, none that are somebody's real ones, and a first letter that is nobody else's of those.
        """
        spelled = not self._spelled.isdisjoint(entity.mentions)
        letters = self._letters | (self._firsts if about[0] == "first" else set()) if spelled else set()

        def proposals() -> Iterator[str]:
            return (name for pool in pools for name in self._known.draw(pool, *about) if norm(name)[0] != initial)

        first = (name for name in proposals() if norm(name)[0] not in letters)
        pairs = (name for pool in pools for name in self._pairs(pool, *about))
        for name in chain(first, proposals(), pairs):
            if norm(name) not in self._used and self._allowed(name):
                self._used.add(norm(name))
                if spelled and about[0] == "first":
                    self._firsts.add(norm(name)[0])
                return name
        raise AssertionError("more persons than pairs of names")

    def _pairs(self, pool: Sequence[str], *about: str) -> Iterator[str]:
        for one in self._known.draw(pool, *about):
            yield from (f"{one}-{other}" for other in self._known.draw(pool, *about) if one != other)

    def _allowed(self, name: str) -> bool:
        key = norm(name)
        parts = name.split("-")
        return self._real.isdisjoint((key, *key.split())) and self._capitals.isdisjoint((*parts, *(part.upper() for part in parts)))

    def thing(self, entity: Entity, kind: Kind, plural: bool, *, slot: str = "") -> Noun:
        """Return what takes the place of a thing: its noun with a letter or number, or what a person wrote for it.

        Under the `slot` "typed " another noun is kept than under "": one key serves several levels.
        """
        value = self._known.values.setdefault(entity.id, {})
        if "text" in value:
            return Noun(value["text"])
        if slot and kind.index == "-":
            return Noun(f"[{kind.noun}{'s' * plural}]", kind.gender, plural)
        if f"{slot}noun" not in value:
            rank = self._indexes[kind.noun] = self._indexes.get(kind.noun, 0) + 1
            told = {"noun": kind.noun, "gender": kind.gender, "index": kind.index, "rank": str(rank)}
            value.update({f"{slot}{name}": word for name, word in told.items()})
        noun, gender, index, kept = (value[f"{slot}{name}"] for name in ("noun", "gender", "index", "rank"))
        return Noun(f"[{noun}{'s' * plural}{_index(index, int(kept))}]", gender, plural)


def _index(style: str, rank: int) -> str:
    if style == "-":
        return ""
    return f" {rank}" if style == "1" else f" {letters(rank)}"


def letters(rank: int) -> str:
    """Return A, B … Z, AA, AB … for 1, 2 …"""
    word = ""
    while rank:
        rank, place = divmod(rank - 1, 26)
        word = chr(65 + place) + word
    return word


def spoken_for(assignments: Assignments) -> set[str]:
    """Return the ids that no participant may be given: codes of other persons, and ids that were taken back."""
    return assignments.former | {value["code"] for value in assignments.values.values() if "code" in value}


def real_parts(reading: Reading) -> set[str]:
    """Return the parts of all real names, normalized, longer than an initial."""
    parts: set[str] = set()
    for name in set(reading.names.values()):
        for part in (name.first, name.last):
            parts |= {part, *part.split()}
    return {part for part in parts if len(part) > 1}


def take_back(assignments: Assignments, real: set[str]) -> list[str]:
    """Take back every pseudonym that equals a real name; return the ids of the entities (or "" for a surname) whose pseudonym changes."""
    changed: list[str] = []
    tables: list[tuple[str, dict[str, str], Sequence[str]]] = [("", assignments.surnames, tuple(assignments.surnames))]
    tables += [(id, value, ("first", "last")) for id, value in assignments.values.items()]
    for id, table, keys in tables:
        for key in keys:
            if key in table and not real.isdisjoint((norm(table[key]), *norm(table[key]).split())):
                assignments.former.add(norm(table.pop(key)))
                changed.append(id)
    return changed
