"""What was decided about entities: which are one, which are several, what they are called.

Every decision gives the entity that it changes an id of its own, under an identity that only the decision has: what the entity was called before
stays in the key, and counts again when the decision is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ...model import Corpus
from ..assignments import Assignments
from ..entities import Entity, Reading
from ..names import norm
from .log import NameDecision
from .mentions import Judged, holds_at

_MARK = "decided|"
_CODE = re.compile(r"[\d\[\](){}]")  # « P07 », « [une amie] »: no name, put as it is
Address = tuple[str, int, int]


class Replay:
    """The entities of a corpus as decisions make them. `literal`: words that single places are given; `settled`: ids that were decided on."""

    def __init__(self, corpus: Corpus, judged: Judged, entities: Iterable[Entity], reading: Reading, known: Assignments, real: set[str]) -> None:
        self._texts = {transcript.id: transcript.text for transcript in corpus}
        self._mentions, self._labelled = judged.stand, judged.labelled
        self._reading, self._known, self._real = reading, known, real
        self._by_id = {entity.id: entity for entity in entities}
        self._now: dict[str, str] = {}
        self._settled: list[str] = []
        self.literal: dict[Address, str] = {}

    def entities(self, decisions: Iterable[NameDecision]) -> list[Entity]:
        """Carry out `decisions` in their order; return the entities, in that of their first mentions."""
        if self._labelled:
            self._relabel()
        for decision in decisions:
            if decision.verdict == "merge":
                self._merge(decision)
            elif decision.verdict == "split" and len(decision.entities) == 1:
                self._split(decision)
            elif decision.verdict == "rename":
                self._rename(decision)
            if decision.verdict != "split" or len(decision.entities) == 1:
                self._settled += [*decision.entities, *decision.others]
        return sorted(self._by_id.values(), key=lambda entity: entity.mentions)

    @property
    def settled(self) -> frozenset[str]:
        """The ids, as they are now, of the entities that somebody decided on."""
        return frozenset(self._id(id) for id in self._settled)

    def _id(self, id: str) -> str:
        """Return the id that the entity has now which had `id` when it was decided on."""
        bases = {made: name.rpartition("|")[2] for name, made in self._known.entities.items() if name.startswith(_MARK)}
        while id not in self._by_id and (id in self._now or id in bases):
            id = self._now[id] if id in self._now else bases[id]
        return id

    def _derived(self, entity: Entity, *what: str) -> str:
        return self._known.entity(entity.label, [_MARK + "|".join((*what, entity.id))], set(self._by_id))

    def _become(self, entity: Entity, id: str) -> None:
        del self._by_id[entity.id]
        if id != entity.id:
            self._now[entity.id] = id
        entity.id = id
        self._by_id[id] = entity

    def _relabel(self) -> None:
        """Call otherwise what was met under another label before."""
        for entity in list(self._by_id.values()):
            if not self._labelled.isdisjoint(self._mentions[n] for n in entity.mentions):
                if entity.id.rstrip("0123456789") != entity.label:
                    self._become(entity, self._derived(entity, entity.label))
                self._settled.append(entity.id)

    def _merge(self, decision: NameDecision) -> None:
        first, *others = (self._id(id) for id in (*decision.entities, *decision.others))
        here = [self._by_id[id] for id in dict.fromkeys((first, *others)) if id in self._by_id]
        if not here:
            return
        target, *rest = here
        if target.id != first:  # the one that counts is in no document of this corpus
            self._become(target, first)
        for entity in rest:
            del self._by_id[entity.id]
            self._now[entity.id] = target.id
            target.mentions = sorted((*target.mentions, *entity.mentions))
            target.first, target.last = target.first or entity.first, target.last or entity.last
            target.gender = target.gender if target.gender != "x" else entity.gender
            target.participant = target.participant or entity.participant
        for n in target.mentions:  # one person has one surname, however it is written
            name = self._reading.names.get(n)
            if name is not None and len(name.last) > 1:
                self._reading.names[n] = replace(name, last=target.last)

    def _split(self, decision: NameDecision) -> None:
        entity = self._by_id.get(self._id(decision.entities[0]))
        if entity is None:
            return
        if decision.documents:
            self._part(entity, [n for n in entity.mentions if self._mentions[n].document in decision.documents], *decision.documents)
            return
        for form in decision.others or decision.forms[1:]:
            self._part(entity, [n for n in entity.mentions if self._form(n) == form], form)

    def _part(self, entity: Entity, numbers: list[int], *what: str) -> Entity:
        """Return the entity that the mentions with these `numbers` are now, apart from `entity` unless they are all of it."""
        if not numbers or len(numbers) == len(entity.mentions):
            return entity
        id = self._derived(entity, "apart", *what)
        names = [name for n in numbers if (name := self._reading.names.get(n)) is not None]
        first = next((name.first for name in names if len(name.first) > 1), entity.first)
        last = next((name.last for name in names if len(name.last) > 1), "")
        part = self._by_id[id] = Entity(id, entity.label, first, last, entity.gender, mentions=numbers)
        entity.mentions = [n for n in entity.mentions if n not in set(numbers)]
        return part

    def _form(self, n: int) -> str:
        mention = self._mentions[n]
        return norm(self._texts[mention.document][mention.start : mention.end])

    def _rename(self, decision: NameDecision) -> None:
        entity = self._by_id.get(self._id(decision.entities[0]))
        words = decision.value
        if entity is None or not self._real.isdisjoint((norm(words), *norm(words).split())):  # since then somebody was met who bears it
            return
        if decision.place:
            numbers = [n for n in entity.mentions if self._holds(decision, n)]
            self._put(numbers, words)
            return
        if decision.documents:
            entity = self._part(entity, [n for n in entity.mentions if self._holds(decision, n)], *decision.documents)
        before = self._known.values.get(entity.id, {})
        self._become(entity, self._derived(entity, words))
        value = self._known.values.setdefault(entity.id, {})
        if entity.label != "PER" or _CODE.search(words):
            value["text"] = words
            self._put(entity.mentions, words)
            return
        first, _, last = words.partition(" ")
        value.update({**before, "first": first} if entity.first or not entity.last else before)
        if not entity.first and entity.last:  # nothing but a surname is said
            last = words
        if last:
            self._surname(entity, value, last)

    def _surname(self, entity: Entity, value: dict[str, str], words: str) -> None:
        """Give a surname to all who share that of `entity`."""
        if len(entity.last) < 2:
            value["last"] = words
            return
        old, new = entity.last, f"{entity.last}|{words}"
        self._known.surnames[new] = words
        for n, name in self._reading.names.items():
            if name.last == old:
                self._reading.names[n] = replace(name, last=new)
        for other in self._by_id.values():
            if other.last == old:
                other.last = new

    def _holds(self, decision: NameDecision, n: int) -> bool:
        mention = self._mentions[n]
        return holds_at(decision, mention, self._texts[mention.document])

    def _put(self, numbers: Iterable[int], words: str) -> None:
        for n in numbers:
            mention = self._mentions[n]
            self.literal[mention.document, mention.start, mention.end] = words
