"""What a study becomes without a participant: its texts, its key, its tables and its decisions, all written aside.

Texts in which nobody else speaks go. In the others the person's turns become « [propos retirés] », and what others say of them holds the pseudonym
in place of the name. All that is left is pseudonymized anew with a key that knows the person no more, and codings and decisions follow.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import PeerqualError
from .model import Corpus, Edit, OffsetMap, Span, Transcript, Turn
from .study import Progress
from .study_folder import StudyFolder
from .study_moves import pseudonymize_as_run, read_as_run
from .study_purge_left import holding
from .study_purge_left import said as words_of
from .study_purge_results import REMOVED, entries_of, exports_of, follow, models_of

if TYPE_CHECKING:
    from .anonymization import PseudonymizedCorpus
    from .anonymization.assignments import Assignments
    from .anonymization.key import Key
    from .anonymization.planning import Plan
    from .anonymization.purging import Person

NOBODY = "[personne retirée]"
Swap = tuple[str, str]  # a name in the folder aside ("": nothing takes its place) and a path in the study


@dataclass
class Purged:
    """What was written aside: the person's new id, where each part goes, what was counted, the key that is left, what was taken out of it
    (`taken`) and what of that an audit must not find (`proof`).

    `entries`: the log that is left; `unknown`: models that do not say on whom they were trained; `namesakes`: documents that say the
    first name of somebody who may be this person; `left`: other files of the study that hold the person's words.
    """

    participant: str
    swaps: list[Swap] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    taken: Assignments | None = None
    proof: Assignments | None = None
    key: Key | None = None
    entries: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    namesakes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def count(self, what: str, n: int) -> None:
        """Add `n` to what was counted."""
        self.counts[what] = self.counts.get(what, 0) + n


def purge(study: StudyFolder, participant: str, aside: Path, *, key: Key | None, lang: str | None, progress: Progress) -> Purged:
    """Write to `aside` what `study` becomes without `participant` (an id of participants.csv, a new id, or « DOCUMENT:SPEAKER »)."""
    from .anonymization.assignments import Assignments
    from .anonymization.purging import Person, entities_of, is_theirs, join, proof
    from .anonymization.purging import purge as purge_key
    from .transcripts.inputs import files_of

    progress("read")
    paths = {path.stem: path for path in files_of(study.transcripts)}
    corpus = read_as_run(list(paths.values()), study)
    real = _real(participant, corpus, key, study)
    progress("anonymize")
    kept = replace(key, path=aside / "study.key", **_copies(key)) if key is not None else None
    made = pseudonymize_as_run(corpus, study, kept).plan
    alone = frozenset(transcript.id for transcript in corpus if is_theirs(transcript, real) or _is_written_by(transcript, real, study))
    entities = entities_of(real, corpus, made, kept.assignments if kept is not None else Assignments())
    person = Person(real, alone, entities)
    done = Purged(_new_id(real, kept), key=kept, namesakes=_namesakes(made, person))
    _texts(corpus, made, person, aside, study, done)
    _participants(study, person, aside, done)
    if kept is not None:
        first = purge_key(kept, person, (corpus, made), None)
        progress("anonymize")
        texts, originals = _anew(corpus, done, study, aside, kept)
        done.taken = join(first, purge_key(kept, person, (corpus, made), (originals, texts.plan)))
        done.proof = proof(done.taken, person)
        done.count("key", sum(map(len, (done.taken.entities, done.taken.documents, done.taken.participants))))
        kept.save()
        done.swaps.append(("study.key", str(study.key.relative_to(study.root))))
        progress("move")
        follow(study, texts, originals, aside, done, lang=lang)
    else:
        done.entries = entries_of(study)
    theirs, done.unknown = models_of(study, {real, done.participant, *_spoken_in(real, corpus, key)})
    exports = list(exports_of(study))
    done.swaps += [("", place) for place in (*theirs, *exports)]
    done.count("models", len(theirs))
    done.count("exports", len(exports))
    spoken = {words for transcript in corpus for words in words_of(transcript, _spans(transcript, person), made.edits)}
    done.left = holding(study, spoken, {target for _, target in done.swaps})
    return done


def _spans(transcript: Transcript, person: Person) -> list[Span]:
    """Return where the person speaks in `transcript`: all of it where nobody else does."""
    return [(0, len(transcript.text))] if transcript.id in person.documents else list(_turns(transcript, person.participant))


def _copies(key: Key) -> dict[str, Any]:
    return {name: deepcopy(getattr(key, name)) for name in ("assignments", "originals", "maps", "replaced")}


def _real(participant: str, corpus: Corpus, key: Key | None, study: StudyFolder) -> str:
    """Return the id under which the originals know `participant`. Raises `PeerqualError` when nobody is called so."""
    from .transcripts.participants import participant_of

    people = sorted({participant_of(t, turn) for t in corpus for turn in t.turns} | {one.id for one in corpus.participants} | set(_written(study)))
    if participant in people:
        return participant
    given = key.assignments.participants if key is not None else {}
    found = [real for real, new in given.items() if new == participant and real in people]
    if len(found) != 1:
        told = [given.get(one, one) for one in people if given.get(one) or key is None]
        raise PeerqualError("withdraw.unknown", where=participant, known=", ".join(told[:12]) or "—")
    return found[0]


def _written(study: StudyFolder) -> dict[str, set[str]]:
    """Return the documents of each participant, as participants.csv has them."""
    from .transcripts.participants import read_rows

    documents: dict[str, set[str]] = {}
    for table in _tables(study):
        for row in read_rows(table):
            documents.setdefault(row.participant, set()).add(_document(row.document))
    return documents


def _document(name: str) -> str:
    """Return a document's id as a table names it, folded: with or without the suffix of its file."""
    from .transcripts.formats import READERS

    path = Path(name)
    return (path.stem if path.suffix.lower() in READERS else name).casefold()


def _tables(study: StudyFolder) -> list[Path]:
    return [path for folder in (study.root, study.transcripts) if (path := folder / "participants.csv").exists()]


def _is_written_by(transcript: Transcript, participant: str, study: StudyFolder) -> bool:
    """Tell whether a text without turns is one that participants.csv says is `participant`'s."""
    return not transcript.turns and transcript.id.casefold() in _written(study).get(participant, ())


def _namesakes(made: Plan, person: Person) -> list[str]:
    """Return the documents in which somebody who may be the person is named, and is not known to be."""
    others = {id for ids in made.merges if not person.entities.isdisjoint(ids) for id in ids} - person.entities
    return sorted({mention.document for mention in made.mentions if mention.entity in others} - person.documents)


def _new_id(real: str, key: Key | None) -> str:
    """Return the id that the tombstone bears: one that names nobody."""
    known = key.assignments if key is not None else None
    if known is not None and real in known.participants:
        return known.participants[real]
    documents = known.documents if known is not None else {}
    return documents.get(real.partition(":")[0], "—")


def _spoken_in(real: str, corpus: Corpus, key: Key | None) -> set[str]:
    """Return the new ids of the documents in which the person speaks: models name them too."""
    from .transcripts.participants import participant_of

    given = key.assignments.documents if key is not None else {}
    return {given.get(one.id, one.id) for one in corpus if any(participant_of(one, turn) == real for turn in one.turns)}


# --- the originals ----------------------------------------------------------------------------------------------------


def _texts(corpus: Corpus, made: Plan, person: Person, aside: Path, study: StudyFolder, done: Purged) -> None:
    """Write the transcripts that change, and note those that go."""
    for transcript in corpus:
        path = Path(transcript.source)
        place = str(path.relative_to(study.root))
        if transcript.id in person.documents:
            done.swaps.append(("", place))
            done.count("documents", 1)
        else:
            edits = tuple(_edits(transcript, made, person, done.participant))
            if not edits:
                continue
            done.count("turns", sum(edit.text == REMOVED for edit in edits))
            done.count("mentions", sum(edit.text != REMOVED for edit in edits))
            name = _write(transcript, edits, aside / "transcripts")
            if name != path.name:
                done.swaps.append(("", place))
            done.swaps.append((f"transcripts/{name}", str(path.with_name(name).relative_to(study.root))))
        versions = sorted((path.parent / "versions").glob(f"{_escaped(path.stem)}.????????.*"))
        done.swaps += [("", str(version.relative_to(study.root))) for version in versions]
        done.count("versions", len(versions))


def _escaped(name: str) -> str:
    from glob import escape

    return escape(name)


def _edits(transcript: Transcript, made: Plan, person: Person, participant: str) -> Iterator[Edit]:
    """Yield what changes in a text where others speak: the person's turns with their labels, and the names by which they are called.

    Where persons are called by their new id, `participant`, the name becomes `NOBODY`: the tombstone has that id.
    """
    turns = tuple(_turns(transcript, person.participant))
    named = [
        Edit(transcript.id, edit.start, edit.end, edit.text if participant not in edit.text else NOBODY, edit.mentions)
        for edit in made.edits
        if edit.document == transcript.id
        and any(mention.entity in person.entities for mention in edit.mentions)
        and not any(start < edit.end and edit.start < end for start, end in turns)
    ]
    yield from sorted([*named, *(Edit(transcript.id, start, end, REMOVED) for start, end in turns)], key=lambda edit: edit.start)


def _turns(transcript: Transcript, participant: str) -> Iterator[Span]:
    """Yield where the participant's turns stand, from the beginning of the line of their label."""
    from .transcripts.participants import participant_of

    before = 0
    for turn in transcript.turns:
        if participant_of(transcript, turn) == participant:
            label = transcript.text.rfind(turn.speaker, before, turn.start) if turn.speaker else -1
            line = transcript.text.rfind("\n", before, label if label >= 0 else turn.start) + 1
            yield max(before, line), turn.end
        before = turn.end


def _write(transcript: Transcript, edits: Sequence[Edit], folder: Path) -> str:
    """Write `transcript` with its `edits`; return the file's name.

    The format of the source is kept where only names changed and it can be written; where turns went, a voice less speaks: that is written as text.
    """
    from .anonymization.edits import apply
    from .transcripts.writing import WritingError, write

    folder.mkdir(parents=True, exist_ok=True)
    path = Path(transcript.source)
    text, moved = apply(transcript.text, edits)
    is_text = path.suffix.lower() in (".txt", ".md")
    if not is_text and not any(edit.text == REMOVED for edit in edits):
        turns = tuple(_moved(turn, transcript, edits, moved) for turn in transcript.turns)
        with suppress(WritingError):
            write(transcript, Transcript(transcript.id, text, turns, {}, transcript.material), edits, folder / path.name)
            return path.name
    name = path.name if is_text else f"{path.stem}.txt"
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return name


def _moved(turn: Turn, transcript: Transcript, edits: Sequence[Edit], moved: OffsetMap) -> Turn:
    """Return `turn` in the text that `edits` made, with the label that it has there."""
    at = transcript.text.rfind(turn.speaker, 0, turn.start) if turn.speaker else -1
    label = next((edit.text for edit in edits if edit.start <= at < edit.end), turn.speaker)
    return replace(turn, speaker=label, start=moved.to_new(turn.start), end=moved.to_new(turn.end, "end"), skips=())


def _participants(study: StudyFolder, person: Person, aside: Path, done: Purged) -> None:
    """Write the participants' tables without the person's rows, nor those of documents that go."""
    from .transcripts.decoding import load_text
    from .transcripts.participants import read_rows

    for n, path in enumerate(_tables(study)):
        text = load_text(path)[0]
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        documents = {name.casefold() for name in person.documents}
        gone = {row.line for row in read_rows(path) if row.participant == person.participant or _document(row.document) in documents}
        reader = csv.reader(io.StringIO(text), delimiter=delimiter)
        kept = [cells for cells in reader if reader.line_num not in gone]
        if gone:
            made = io.StringIO()
            csv.writer(made, delimiter=delimiter, lineterminator="\n").writerows(kept)
            (aside / f"participants{n}.csv").write_text(made.getvalue(), encoding="utf-8", newline="")
            done.swaps.append((f"participants{n}.csv", str(path.relative_to(study.root))))
            done.count("rows", len(gone))


def _anew(corpus: Corpus, done: Purged, study: StudyFolder, aside: Path, key: Key) -> tuple[PseudonymizedCorpus, Corpus]:
    """Pseudonymize what is left as `StudyFolder.run` does, with the key that knows the person no more; return that, and the originals."""
    gone = {target for _, target in done.swaps}
    files = [path for t in corpus if str((path := Path(t.source)).relative_to(study.root)) not in gone]
    files += sorted((aside / "transcripts").glob("*"))
    rows = next((aside / name for name, target in done.swaps if name.startswith("participants")), None)
    originals = read_as_run(files, study, participants=rows) if files else Corpus()
    return pseudonymize_as_run(originals, study, key), originals
