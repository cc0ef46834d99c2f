"""Replace: from a corpus and a plan to the pseudonymized corpus, with the way back."""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..errors import message
from ..model import Coding, Corpus, Edit, Mention, OffsetMap, Transcript, Turn
from .assignments import Assignments
from .bands import with_age_bands
from .chosen import choice_of
from .edits import apply
from .find import find, find_in_text
from .ids import rename
from .levels import levels_of
from .planning import Plan, check_options, plan
from .pseudonyms import spoken_for
from .restoring import replaced
from .strings import Strings, header, names_outright, renamed
from .tables import read_mentions

if TYPE_CHECKING:
    import pandas as pd

    from .key import Key


@dataclass(frozen=True)
class PseudonymizedCorpus(Corpus):
    """A corpus in which identifiers are replaced. Its texts are still personal data.

    `maps`: new id → `OffsetMap` between original and new text; `originals`: new id → id of the original; `edits`, `plan`: what was done
    (positions and documents of the originals).
    """

    maps: Mapping[str, OffsetMap] = field(default_factory=dict)
    originals: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    plan: Plan = field(default_factory=Plan)


def anonymize(
    corpus: Corpus,
    mentions: Iterable[Mention] | pd.DataFrame | None = None,
    *,
    key: Key | None = None,
    style: str = "study",
    keep: Sequence[str] = (),
    review: str = "replace",
    numbered: bool = False,
    names: str = "pseudonyms",
    profile: str | None = None,
) -> PseudonymizedCorpus:
    """Return `corpus` with its identifiers replaced: texts, speakers, participants, ids.

    `mentions`: what to replace, as a sequence of `Mention` or the table of `find_identifiers`, which a person may have changed (rows dropped,
    labels, the column ``replacement``); found anew when None. `key` records every pseudonym and the way back, and is saved; without one a secret
    is made and thrown away, and nobody can go back but who holds the result. `style`: how disorders are replaced, "study", "fluent", "literal"
    or "bracket"; `numbered` tells one participant's apart. `keep`: public names that are shown. `review`: "replace" or "keep" doubtful mentions.
    `names`: "pseudonyms" or "codes" (« P07 »). `profile`: how much is shown of ages, dates and places, "internal" (bands, shifted dates, types),
    "team" (bands, shifted years, types) or "publication" (wide bands, « [date] », « [lieu] »); None: « [âge] », « [date 3] », « [lieu 2] ».
    The column ``pseudonym`` of participants.csv counts: a participant's own choice; exact ages of its column ``age`` become bands.
    Outside its edits a text is unchanged, to the character. Warns when a pseudonym had to change because somebody bears it.
    Raises `UsageError` on an unknown option, `PeerqualError` on mentions of other documents.

    >>> import peerqual as pq
    >>> study = pq.anonymize(pq.read("corpus_sample/transcripts"))  # doctest: +SKIP
    """
    check_options(style, review)
    levels = levels_of(profile, names)
    asked, suggested, found = read_mentions(mentions)
    if found is None:
        found = find(corpus, keep=keep)
    made = plan(corpus, found, key=key, style=style, keep=keep, review=review, numbered=numbered, asked=asked, suggested=suggested, levels=levels)
    if made.changed:
        warnings.warn(message("anonymization.pseudonym_changed", None, n=len(made.changed)), stacklevel=2)
    values = {value for participant in corpus.participants for value in participant.attributes.values()} - set(keep)
    values -= {choice_of(participant) for participant in corpus.participants}  # a pseudonym gives nobody away
    coded = {value for value in values if any(mention.label != "AGE" for mention in find_in_text(value))}
    people = with_age_bands(corpus.participants, wide=levels.ages == "wide")
    study = carry_out(replace(corpus, participants=people), made, key=key, coded=coded)
    if key is not None:
        hidden = {value for participant in corpus.participants for name, value in participant.attributes.items() if names_outright(name)}
        key.assignments.forms.setdefault("COLUMN", set()).update(filter(None, (hidden & values) | coded))
        key.remember(study.originals, study.maps, replaced(corpus, study))
        key.save()
    return study


def carry_out(corpus: Corpus, made: Plan, *, key: Key | None = None, coded: Container[str] = ()) -> PseudonymizedCorpus:
    """Return `corpus` with the edits of the plan `made` carried out; attributes whose value is in `coded` become « [column A] »."""
    strings = Strings(corpus, made)
    known = key.assignments if key is not None else Assignments(participants=dict(made.participants))
    documents = rename([transcript.id for transcript in corpus], strings.names, known.documents, "D", known.former)
    ids = [participant.id for participant in corpus.participants]
    ids += sorted({turn.participant for t in corpus for turn in t.turns if turn.participant} - set(ids))
    participants = rename(ids, strings.names, known.participants, "P", spoken_for(known))
    edits: dict[str, list[Edit]] = {}
    for edit in made.edits:
        edits.setdefault(edit.document, []).append(edit)
    maps: dict[str, OffsetMap] = {}
    speakers: dict[tuple[str, str], str] = {}
    transcripts = []
    for transcript in corpus:
        text, moved = apply(transcript.text, edits.get(transcript.id, ()))
        new = documents[transcript.id]
        maps[new] = moved
        turns = _turns(transcript, text, moved, strings, participants, speakers)
        transcripts.append(Transcript(new, text, turns, header(transcript, text, moved, strings), transcript.material))
    people = renamed(corpus.participants, participants, documents, speakers, strings, coded)
    transcripts.sort(key=lambda transcript: transcript.id)
    originals = {documents[transcript.id]: transcript.id for transcript in corpus}
    return PseudonymizedCorpus(tuple(transcripts), people, (), maps, originals, made.edits, made)


def codings_to_original(codings: Iterable[Coding], study: PseudonymizedCorpus) -> list[Coding]:
    """Return `codings` of a pseudonymized corpus at their places in the originals; a span that cuts an edit grows to hold all of it."""
    back = []
    for coding in codings:
        moved = study.maps[coding.document]
        start, end = moved.span_to_original(coding.start, coding.end)
        evidence = tuple(moved.span_to_original(*span) for span in coding.evidence)
        back.append(replace(coding.moved(start, end, evidence), document=study.originals[coding.document]))
    return back


def _turns(
    transcript: Transcript,
    text: str,
    moved: OffsetMap,
    strings: Strings,
    participants: Mapping[str, str],
    speakers: dict[tuple[str, str], str],
) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    before = 0
    edge = _edges(moved)
    for turn in transcript.turns:
        called = (transcript.id, turn.speaker)
        if called not in speakers:
            at = transcript.text.rfind(turn.speaker, before, turn.start) if turn.speaker else -1
            shown = text[slice(*moved.span_to_new(at, at + len(turn.speaker)))] if at >= 0 else ""
            speakers[called] = shown or strings.speaker(turn.speaker, transcript.id)
        before = turn.end
        # An edge inside an edit moves out of it: what was replaced belongs to neither side.
        start, end = edge(turn.start, True), edge(turn.end, False)
        skips = tuple((edge(a, True), edge(b, False)) for a, b in turn.skips)
        skips = tuple((a, b) for a, b in skips if start <= a < b <= end)
        participant = participants.get(turn.participant, turn.participant) if turn.participant else turn.participant
        turns.append(Turn(speakers[called], participant, turn.role, start, max(start, end), skips, turn.time_start, turn.time_end))
    return tuple(turns)


def _edges(moved: OffsetMap) -> Callable[[int, bool], int]:
    """Return a function that moves an edge to the new text; inside an edit, to the edit's end or its beginning."""
    starts = [segment[0] for segment in moved.segments]

    def edge(position: int, to_end: bool) -> int:
        n = bisect_right(starts, position) - 1
        if n < 0:
            return position
        start, end, new_start, new_end = moved.segments[n]
        if position == start:
            return new_start
        return position - end + new_end if position >= end else (new_end if to_end else new_start)

    return edge
