"""Plan what is replaced by what: mentions → entities → pseudonyms → edits. Nothing is written, and nothing is looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import PeerqualError, UsageError
from ..model import LABELS, Corpus, Edit, Mention, Transcript
from . import generic, troubles
from .adoption import Address, adopt
from .agreement import Noun, fit
from .assignments import Assignments
from .chosen import adopt_choices
from .clusters import Cluster, clustered, walls_of
from .dates_shift import Shift, shift_of
from .doubts import left
from .entities import Entity, Reading, read_names, resolve
from .forms import Replacement
from .ids import rename
from .levels import Levels, kind_at, shown, slot_of, stands
from .names import norm
from .phrase import look_back, may_agree
from .pseudonyms import Namer, real_parts, spoken_for, take_back
from .review.entities import Replay
from .review.log import standing
from .review.mentions import judge

if TYPE_CHECKING:
    from .key import Key


@dataclass(frozen=True)
class Plan:
    """What will be replaced.

    `mentions` are all that were given, each with its entity; `edits` what is done about those that are replaced; `replacements` the words in
    place of each mention, by ``(document, start, end)``; `changed` the entities whose pseudonym was taken back because somebody bears it;
    `merges` proposes entities that may be one person, for they have one first name in several documents (participants.csv decides);
    `doubts` are words, ``(document, start, end)``, left as they are though they may have to agree with what was replaced before them;
    `participants` the new ids of participants where persons are called by these (codes); `settled` the entities that were decided on.
    """

    mentions: tuple[Mention, ...] = ()
    edits: tuple[Edit, ...] = ()
    replacements: Mapping[Address, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    merges: tuple[tuple[str, ...], ...] = ()
    doubts: tuple[Address, ...] = ()
    participants: Mapping[str, str] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()


def plan(
    corpus: Corpus,
    mentions: Iterable[Mention],
    *,
    key: Key | None = None,
    style: str = "study",
    keep: Sequence[str] = (),
    review: str = "replace",
    numbered: bool = False,
    asked: Mapping[Address, str] | None = None,
    suggested: Mapping[Address, str] | None = None,
    levels: Levels | None = None,
) -> Plan:
    """Return what replaces what in `corpus`.

    `style` of disorders: one of `troubles.STYLES`; `numbered` tells one participant's disorders apart. `keep`: public names that are shown;
    `review`: "replace" or "keep" the mentions of that tier. `asked` are replacements that a person wrote; `suggested` those of a table, taken
    where `key` knows none. `levels`: how much is shown of names, ages, dates and places.
    The decisions on names that `key` holds are carried out, and what is given now is written into it (not saved); without one a secret is made
    and thrown away.
    Raises `UsageError` on an unknown style, review or label, `PeerqualError` on a mention that lies outside its document.
    """
    check_options(style, review)
    assignments = key.assignments if key is not None else Assignments()
    decisions = standing(assignments).values()
    judged = judge(corpus, _checked(corpus, mentions), decisions)
    found = judged.stand
    reading = read_names(corpus, found)
    real = real_parts(reading)
    changed = take_back(assignments, real)
    replay = Replay(corpus, judged, resolve(corpus, found, reading, assignments), reading, assignments, real | assignments.met)
    entities = replay.entities(decisions)
    owner = {n: entity for entity in entities for n in entity.mentions}
    named = tuple(Mention(m.document, m.start, m.end, m.label, m.tier, m.source, owner[n].id) for n, m in enumerate(found))
    changed += adopt_choices(corpus, entities, assignments, real)
    adopt(named, owner, reading, assignments, asked or {}, suggested or {})
    levels = levels or Levels()
    codes = levels.names == "codes"
    ids = [participant.id for participant in corpus.participants] if codes else []
    coded = rename(ids, real, assignments.participants, "P", spoken_for(assignments))
    namer = Namer(corpus, assignments, real, reading, entities, codes=codes)
    planner = Planner(corpus, named, owner, reading, namer, style, numbered, replay.literal | dict(asked or {}), levels, shift_of(assignments.secret))
    shown = {norm(name) for name in keep}
    edits = tuple(planner.edits(shown, review))
    assignments.met |= real
    assignments.forget(judged.rejected)
    texts = {transcript.id: transcript.text for transcript in corpus}
    for mention in named:
        if (mention.document, mention.start, mention.end) in planner.replacements:
            assignments.forms.setdefault(mention.entity, set()).add(texts[mention.document][mention.start : mention.end])
    return Plan(named, edits, planner.replacements, tuple(changed), _namesakes(entities), left(planner.doubts, edits), coded, replay.settled)


def _namesakes(entities: Iterable[Entity]) -> tuple[tuple[str, ...], ...]:
    """Return the ids of persons who have one first name, and not two surnames."""
    bearers: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        if entity.label == "PER" and len(entity.first) > 1:
            bearers[entity.first].append(entity)
    told = ([one.id for one in ones] for ones in bearers.values() if len({one.last for one in ones if len(one.last) > 1}) < 2)
    return tuple(tuple(ids) for ids in told if len(ids) > 1)


def check_options(style: str, review: str) -> None:
    """Raise `UsageError` when `style` or `review` is unknown."""
    if style not in troubles.STYLES:
        raise UsageError("anonymization.unknown_style", where="style", choices=", ".join(troubles.STYLES))
    if review not in ("replace", "keep"):
        raise UsageError("anonymization.unknown_review", where="review")


def _checked(corpus: Corpus, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions in the order of the corpus, each once. Raises when one is impossible."""
    order = {transcript.id: n for n, transcript in enumerate(corpus)}
    lengths = {transcript.id: len(transcript.text) for transcript in corpus}
    found = list(dict.fromkeys(mentions))
    for mention in found:
        if mention.document not in order:
            raise PeerqualError("anonymization.mention_of_unknown_document", where=mention.document)
        if mention.label not in LABELS:
            raise UsageError("anonymization.unknown_label", where=mention.document, choices=", ".join(LABELS))
        if not 0 <= mention.start < mention.end <= lengths[mention.document]:
            raise PeerqualError("anonymization.mention_outside", where=mention.document)
    return sorted(found, key=lambda m: (order[m.document], m.start, -m.end))


class Planner:
    """Makes the edits of one corpus. `replacements` and `doubts` fill as it goes."""

    def __init__(
        self,
        corpus: Corpus,
        mentions: Sequence[Mention],
        owner: Mapping[int, Entity],
        reading: Reading,
        namer: Namer,
        style: str,
        numbered: bool,
        literal: Mapping[Address, str],
        levels: Levels,
        shift: Shift,
    ) -> None:
        self._corpus, self._mentions, self._owner, self._reading = corpus, mentions, owner, reading
        self._namer, self._style, self._numbered = namer, style, numbered
        self._literal, self._levels, self._shift = literal, levels, shift
        self._kinds = self._kinds_of_things()
        self.replacements: dict[Address, str] = {}
        self.doubts: list[Address] = []

    def _kinds_of_things(self) -> dict[str, generic.Kind]:
        """Tell what kind of thing each entity is, by the first mention that says so."""
        texts = {transcript.id: transcript.text for transcript in self._corpus}
        kinds: dict[str, generic.Kind] = {}
        associations = {generic.core_of(participant.attributes.get("association", ""), "ORG") for participant in self._corpus.participants}
        for n, mention in enumerate(self._mentions):
            label = self._owner[n].label
            if label not in ("PER", "DIAG") and mention.entity not in kinds:
                text = texts[mention.document]
                told = kind_at(self._levels, label, text, mention.start, mention.end)
                told = told or generic.kind_of(text, mention.start, mention.end, label)
                if told is None and associations and label == "ORG" and generic.core_of(text[mention.start : mention.end], label) in associations:
                    told = generic.association()
                if told is not None:
                    kinds[mention.entity] = told
        return kinds

    def edits(self, shown: set[str], review: str) -> Iterator[Edit]:
        """Yield the edits, document by document, in order, none overlapping."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for n, mention in enumerate(self._mentions):
            numbers[mention.document].append(n)
        for transcript in self._corpus:
            here = []
            for n in numbers.get(transcript.id, ()):
                mention = self._mentions[n]
                kept = norm(transcript.text[mention.start : mention.end]) in shown or (review == "keep" and mention.tier == "review")
                kept = kept or stands(transcript.text, mention)
                if not kept:
                    here.append(n)
            yield from self._document(transcript, clustered(transcript.text, self._mentions, here))

    def _document(self, transcript: Transcript, clusters: Sequence[Cluster]) -> Iterator[Edit]:
        text = transcript.text
        walls = walls_of(transcript)
        floor = 0
        ranks: dict[tuple[str, str], int] = {}
        for n, cluster in enumerate(clusters):
            low, high = walls(cluster.start, cluster.end)
            low = max(low, floor)
            high = min(high, clusters[n + 1].start if n + 1 < len(clusters) else len(text))
            made = self._replace(transcript, cluster, low, high, ranks)
            changes = sorted(((made.start, made.end, made.text), *made.further))
            floor = changes[-1][1]
            mentions = tuple(self._mentions[k] for k in cluster.numbers)
            for mention in mentions:
                self.replacements[mention.document, mention.start, mention.end] = made.core
            yield from (Edit(transcript.id, *change, mentions) for change in changes)
            if made.doubt is not None:
                self.doubts.append((transcript.id, *made.doubt))

    def _replace(self, transcript: Transcript, cluster: Cluster, floor: int, limit: int, ranks: dict[tuple[str, str], int]) -> Replacement:
        text, start, end = transcript.text, cluster.start, cluster.end
        entity = self._owner[cluster.number]
        literal = next((self._literal[a] for k in cluster.numbers if (a := self._address(k)) in self._literal), None)
        if literal is not None:
            return _written(text, start, end, Noun(literal), floor)
        if entity.label == "DIAG":
            number = self._number(transcript, cluster, ranks) if self._numbered else 0
            return troubles.replace(text, start, end, self._style, number=number, floor=floor, limit=limit)
        if entity.label == "PER":
            name = self._reading.names.get(cluster.number)
            core = self._namer.written(entity, name) if name is not None else "[personne]"
            return _written(text, start, end, Noun(core), floor)
        told = shown(self._levels, entity.label, text[start:end], self._shift)
        if told is not None:
            same = told.lstrip("[~")[:1] == text[start]  # « l'été 2003 » and « l'[~été 2001~] »
            return Replacement(start, end, told, told) if same else _written(text, start, end, Noun(told), floor)
        kind = self._kinds.get(entity.id) or generic.default_kind(entity.label)
        many = generic.plural(text, start, end, entity.label, floor)
        noun = self._namer.thing(entity, kind, many, slot=slot_of(self._levels, entity.label))
        return _written(text, generic.start_of(text, start, entity.label, kind, floor), end, noun, floor)

    def _address(self, n: int) -> Address:
        mention = self._mentions[n]
        return mention.document, mention.start, mention.end

    def _number(self, transcript: Transcript, cluster: Cluster, ranks: dict[tuple[str, str], int]) -> int:
        """Return which of the disorders named by one speaker this is, in the order in which they come."""
        at = transcript.turn_at(cluster.start)
        speaker = transcript.turns[at].participant or transcript.turns[at].speaker if at is not None else ""
        entity = self._owner[cluster.number].id
        return ranks.setdefault((speaker, entity), 1 + sum(who == speaker for who, _ in ranks))


def _written(text: str, start: int, end: int, noun: Noun, floor: int) -> Replacement:
    if not may_agree(text, start, noun.text):
        return Replacement(start, end, noun.text, noun.text)
    at, prefix = fit(look_back(text, start, floor), noun)
    return Replacement(at, end, prefix + noun.text, noun.text)
