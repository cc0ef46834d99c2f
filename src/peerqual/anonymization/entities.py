"""Who is who: mentions that name one person, one association, one place are one entity.

One full name is one entity over the corpus. A bare first name is one per document, until participants.csv (or a full name in the same
document) says whose it is; initials join the only name of their document that they fit. Nothing is merged on resemblance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..model import Corpus, Mention, Participant
from .assignments import Assignments
from .forms import family
from .generic import core_of, shortened
from .names import Name, gender, genders, norm, parse, relation_before, title_before

Node = tuple[str, ...]
NAMED = ("ORG", "HOSP", "LOC")


@dataclass
class Entity:
    """Somebody or something that mentions name.

    `first` and `last` are a person's, normalized; `gender` is "m", "f" or "x"; `participant` the id of the participant who this person is, or "".
    """

    id: str
    label: str
    first: str = ""
    last: str = ""
    gender: str = "x"
    participant: str = ""
    mentions: list[int] = field(default_factory=list)  # numbers of its mentions, in order


class Groups:
    """Sets of nodes that are one (union–find, in the order in which nodes came)."""

    def __init__(self) -> None:
        self._parent: dict[Node, Node] = {}

    def root(self, node: Node) -> Node:
        """Return the node that stands for the set of `node`."""
        parent = self._parent.setdefault(node, node)
        while parent != self._parent[parent]:
            self._parent[parent] = self._parent[self._parent[parent]]
            parent = self._parent[parent]
        return parent

    def join(self, one: Node, other: Node) -> None:
        """Make the sets of two nodes one."""
        a, b = self.root(one), self.root(other)
        if a != b:
            self._parent[b] = a

    def sets(self) -> Iterator[list[Node]]:
        """Yield the nodes of each set."""
        members: dict[Node, list[Node]] = defaultdict(list)
        for node in self._parent:
            members[self.root(node)].append(node)
        yield from members.values()


@dataclass
class Reading:
    """The mentions of persons as read: the name of each (by the mention's number), and what title or relation says of its gender."""

    names: dict[int, Name] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)


def read_names(corpus: Corpus, mentions: Sequence[Mention]) -> Reading:
    """Read every mention of a person in `mentions`."""
    texts = {transcript.id: transcript.text for transcript in corpus}
    reading = Reading()
    persons = [n for n, mention in enumerate(mentions) if mention.label == "PER"]
    surfaces = {n: texts[mentions[n].document][mentions[n].start : mentions[n].end] for n in persons}
    compounds = frozenset(norm(surface) for surface in set(surfaces.values()) if "-" in surface and " " not in surface)
    for n in persons:
        text, start = texts[mentions[n].document], mentions[n].start
        title = title_before(text, start)
        name = parse(surfaces[n], title is not None, compounds)
        if name.pieces:
            reading.names[n] = name
            reading.said[n] = title or name.title or relation_before(text, start)
    surnames = {name.last for name in reading.names.values() if name.is_full}
    for n, name in reading.names.items():
        if not name.last and name.first in surnames and name.first not in genders():
            reading.names[n] = parse(surfaces[n], True)  # said alone, and somebody's surname
    return reading


def resolve(corpus: Corpus, mentions: Sequence[Mention], reading: Reading, assignments: Assignments) -> list[Entity]:
    """Return the entities of `mentions` with the numbers of their mentions; ids are those that `assignments` knows."""
    groups = Groups()
    persons = _join_names(mentions, reading, groups)
    _join_participants(corpus, groups, persons)
    nodes = persons | _join_things(corpus, mentions, persons, groups)
    for node in nodes.values():
        groups.root(node)
    members = {groups.root(together[0]): together for together in groups.sets()}
    labels: dict[Node, Counter[str]] = defaultdict(Counter)
    for n, mention in enumerate(mentions):
        labels[groups.root(nodes[n])][mention.label] += 1
    entities: dict[Node, Entity] = {}
    taken: set[str] = set()
    for n in range(len(mentions)):
        root = groups.root(nodes[n])
        entity = entities.get(root)
        if entity is None:
            label = labels[root].most_common(1)[0][0]
            identities = ["|".join(node) for node in sorted(members[root], key=_telling)]
            entity = entities[root] = Entity(assignments.entity(label, identities, taken), label)
            taken.add(entity.id)
        entity.mentions.append(n)
    speaking = {groups.root(("participant", participant.id)): participant for participant in corpus.participants}
    for root, entity in entities.items():
        if entity.label == "PER":
            participant = speaking.get(root)
            entity.participant = participant.id if participant is not None else ""
            _describe(entity, reading, _sex(participant) if participant is not None else "")
    return list(entities.values())


def _join_things(corpus: Corpus, mentions: Sequence[Mention], persons: Mapping[int, Node], groups: Groups) -> dict[int, Node]:
    """Return the node of each mention that is no person's; one name is one thing, whether it was taken for a place or an association."""
    texts = {transcript.id: transcript.text for transcript in corpus}
    nodes: dict[int, Node] = {}
    labels: dict[str, str] = {}
    for n, mention in enumerate(mentions):
        if n in persons:
            continue
        surface = texts[mention.document][mention.start : mention.end]
        if mention.label in NAMED:
            nodes[n] = ("=", "named", core_of(surface, mention.label))
            labels.setdefault(nodes[n][2], mention.label)
        else:
            nodes[n] = ("=", mention.label, family(surface) if mention.label == "DIAG" else core_of(surface, mention.label))
    for short, long in shortened(labels):
        groups.join(("=", "named", long), ("=", "named", short))
    return nodes


def _telling(node: Node) -> tuple[int, Node]:
    return ("participant", "full", "last", "first", "here", "letters", "=").index(node[0]), node


def _join_names(mentions: Sequence[Mention], reading: Reading, groups: Groups) -> dict[int, Node]:
    """Return the node of each person's mention, parts joined with the full name that they belong to in their document."""
    nodes: dict[int, Node] = {}
    numbers: dict[str, list[int]] = defaultdict(list)
    for n in reading.names:
        numbers[mentions[n].document].append(n)
    for document, here in numbers.items():
        fulls = {_full(reading.names[n]) for n in here if reading.names[n].is_full}
        firsts = {reading.names[n].first for n in here if not reading.names[n].last and not reading.names[n].is_initials}
        done: dict[tuple[Name, str], Node] = {}
        for n in here:
            said = reading.names[n], reading.said[n]
            if said not in done:
                done[said] = _join_name(*said, document, fulls, firsts, groups)
            nodes[n] = done[said]
    return nodes


def _join_name(name: Name, said: str, document: str, fulls: set[Node], firsts: set[str], groups: Groups) -> Node:
    """Return the node of `name` in `document`, joined with the only full name there whose part it is."""
    node = _node(name, document)
    if name.is_full:
        return node
    owners = [full for full in fulls if _fits(name, full[1], full[2]) and {said, gender(full[1])} != {"m", "f"}]
    if len(owners) == 1:
        if node[0] == "last":
            return owners[0]
        groups.join(owners[0], node)
    elif not owners and not name.last and name.is_initials:
        same = [first for first in firsts if _fits(name, first, "")]
        if len(same) == 1:
            groups.join(("first", document, same[0]), node)
    return node


def _full(name: Name) -> Node:
    return ("full", name.first, name.last)


def _node(name: Name, document: str) -> Node:
    if name.is_full:
        return _full(name)
    if name.is_initials:
        return ("letters", document, name.first, name.last)
    if not name.last:
        return ("first", document, name.first)
    return ("last", name.last) if not name.first else ("here", document, name.first, name.last)


def _fits(name: Name, first: str, last: str) -> bool:
    """Tell whether what `name` says of first name and surname, an initial perhaps, is said of this person."""
    return all(not said or said == real or (len(said) == 1 and real[:1] == said) for said, real in ((name.first, first), (name.last, last)))


def _join_participants(corpus: Corpus, groups: Groups, persons: dict[int, Node]) -> None:
    """Join what one participant is called by, in all the documents where participants.csv says that the person speaks."""
    known = set(persons.values())
    for participant in corpus.participants:
        called = [_node(name, document) for document, name in _voices(participant.voices)]
        called += [node for name in (parse(participant.id),) if (node := _full(name)) in known]
        for node in called:
            groups.join(("participant", participant.id), node)


def _voices(voices: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Name]]:
    for document, speaker in voices:
        name = parse(speaker)
        if sum(map(str.isalpha, speaker)) >= 2 and name.pieces:
            yield document, name


def _sex(participant: Participant) -> str:
    told = norm(str(participant.attributes.get("sex") or participant.attributes.get("sexe") or ""))
    return {"f": "f", "m": "m", "h": "m"}.get(told[:1], "")


def _describe(entity: Entity, reading: Reading, sex: str) -> None:
    """Tell first name, surname and gender of a person from all that is said of them."""
    said: list[str] = []
    for n in entity.mentions:
        name = reading.names.get(n)
        if name is None:
            continue
        said.append(reading.said[n])
        entity.first = _longer(entity.first, name.first)
        entity.last = _longer(entity.last, name.last)
    told = [word for word in said if word]
    counted = max(sorted(set(told)), key=told.count) if told else ""
    known = gender(entity.first) if len(entity.first) > 1 else "x"
    entity.gender = sex or (known if known != "x" else counted) or "x"


def _longer(one: str, other: str) -> str:
    # The first whole name that was met counts; an initial only until then.
    return other if len(one) <= 1 and len(other) > len(one) else one
