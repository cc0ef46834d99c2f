"""``participants.csv``: who speaks under which label in which document, with attributes and consents.

Columns ``document,speaker,participant,role``; ``consent_*`` are consents; any further column is an attribute.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ReadError
from ..language.fold import fold
from ..model import ROLES, Doubt, Participant, Transcript, Turn
from .decoding import load_text
from .formats import READERS
from .labels import key
from .roles import told_by

if TYPE_CHECKING:
    import pandas as pd

    from ..model import Corpus

FILE = "participants.csv"
CONSENT = "consent_"
COLUMNS = ("document", "speaker", "participant", "role")
_NAMES = {"fichier": "document", "locuteur": "speaker", "locutrice": "speaker", "voix": "speaker", "participante": "participant"}
_NAMES |= {name: name for name in COLUMNS} | {"participant·e": "participant"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: a voice in a document, the person who speaks, the role (or ""), and the further columns."""

    line: int
    document: str
    speaker: str
    participant: str
    role: str
    attributes: dict[str, str] = field(default_factory=dict)
    consents: dict[str, str] = field(default_factory=dict)


def participant_of(transcript: Transcript, turn: Turn) -> str:
    """Return the participant who speaks `turn`, "DOCUMENT:SPEAKER" when ``participants.csv`` does not name one."""
    return turn.participant or f"{transcript.id}:{turn.speaker}"


def read_rows(path: Path) -> list[Row]:
    """Read ``participants.csv``. Raises `ReadError` with the line of its first fault."""
    text = unicodedata.normalize("NFC", load_text(path)[0])
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        table = [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        raise ReadError("transcripts.table_broken", where=path, line=reader.line_num) from None
    names = [_NAMES.get(fold(cell.strip()), cell.strip()) for cell in table[0][1]]
    for wanted in ("document", "participant"):
        if wanted not in names:
            raise ReadError("transcripts.table_column", where=path, line=1, column=wanted)
    if twice := next((name for name in names if name and names.count(name) > 1), None):
        raise ReadError("transcripts.table_column_twice", where=path, line=1, column=twice)
    rows = [_row(path, number, names, cells) for number, cells in table[1:] if any(cell.strip() for cell in cells)]
    _check(path, rows)
    return rows


def _row(path: Path, line: int, names: list[str], cells: list[str]) -> Row:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        raise ReadError("transcripts.table_cells", where=path, line=line, n=len(names))
    values = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
    for wanted in ("document", "participant"):
        if not values.get(wanted):
            raise ReadError("transcripts.table_cell_empty", where=path, line=line, column=wanted)
    role = fold(values.get("role", ""))
    if role and role not in ROLES:
        told = told_by(role)
        if told is None or told[0] not in ROLES:
            raise ReadError("transcripts.table_role", where=path, line=line, roles=", ".join(ROLES))
        role = told[0]
    further = {name: value for name, value in values.items() if name not in COLUMNS}
    return Row(
        line,
        values["document"],
        values.get("speaker", ""),
        values["participant"],
        role,
        {name: value for name, value in further.items() if not name.startswith(CONSENT)},
        {name.removeprefix(CONSENT): value for name, value in further.items() if name.startswith(CONSENT)},
    )


def _check(path: Path, rows: Sequence[Row]) -> None:
    voices: dict[tuple[str, str], int] = {}
    said: dict[tuple[str, str], str] = {}
    for row in rows:
        voice = (_document(row.document), key(row.speaker))
        if voice in voices:
            raise ReadError("transcripts.table_voice_twice", where=path, line=row.line, other=voices[voice])
        voices[voice] = row.line
        for name, value in (row.attributes | {CONSENT + n: v for n, v in row.consents.items()}).items():
            if value and said.setdefault((row.participant, name), value) != value:
                raise ReadError("transcripts.table_conflict", where=path, line=row.line, column=name)


def join(transcripts: Iterable[Transcript], rows: Sequence[Row]) -> tuple[tuple[Transcript, ...], tuple[Participant, ...]]:
    """Return `transcripts` with the participants and roles that `rows` tell, and the participants who speak in them."""
    by_document: dict[str, list[Row]] = {}
    for row in rows:
        by_document.setdefault(_document(row.document), []).append(row)
    joined, voices = [], []
    for transcript in transcripts:
        transcript, told = _join_one(transcript, by_document.get(_document(transcript.id), []))
        joined.append(transcript)
        voices += [(row, (transcript.id, speaker)) for speaker, row in told.items()]
    return tuple(joined), _participants(rows, voices)


def _document(name: str) -> str:
    folded = unicodedata.normalize("NFC", name.strip()).casefold()
    stem, dot, suffix = folded.rpartition(".")
    return stem if dot and f".{suffix}" in READERS else folded


def _join_one(transcript: Transcript, rows: Sequence[Row]) -> tuple[Transcript, dict[str, Row]]:
    """Return `transcript` with participants and roles, and the row of each voice that has one."""
    speakers: dict[str, set[str]] = {}
    for turn in transcript.turns:
        speakers.setdefault(key(turn.speaker), set()).add(turn.speaker)
    told: dict[str, Row] = {}
    doubts = list(transcript.doubts)
    for row in rows:
        voice = _voice(row, set(speakers), transcript)
        if voice is None:
            doubts.append(Doubt(0, "transcripts.unknown_voice", {"line": row.line}))
        else:
            told |= dict.fromkeys(sorted(speakers[voice]), row)
    turns = tuple(_told(turn, told.get(turn.speaker)) for turn in transcript.turns)
    doubts = [doubt for doubt in doubts if not _is_settled(doubt, turns)]
    if all(row.role for row in told.values()) and told.keys() == set().union(*speakers.values()):
        doubts = [doubt for doubt in doubts if not doubt.key.startswith(("transcripts.role_", "transcripts.no_interviewer"))]
    return replace(transcript, turns=turns, doubts=tuple(doubts)), told


def _is_settled(doubt: Doubt, turns: Sequence[Turn]) -> bool:
    """Tell whether the table says who both voices are that may be one."""
    asked = (doubt.values["turn"], doubt.values["other"]) if doubt.key == "transcripts.same_voice" else ()
    return bool(asked) and all(turns[int(str(n)) - 1].participant for n in asked)


def _told(turn: Turn, row: Row | None) -> Turn:
    return replace(turn, participant=row.participant, role=row.role or turn.role) if row else turn


def _voice(row: Row, voices: set[str], transcript: Transcript) -> str | None:
    """Return the voice (the key of its labels) that `row` names, the only one that answers when it names none; None when there is none."""
    wanted = key(row.speaker)
    if wanted in voices:
        return wanted
    if wanted == "":
        answering = {key(turn.speaker) for turn in transcript.turns if turn.role == "respondent"}
        return answering.pop() if len(answering) == 1 else None
    # « Q1 » and « R1 » where the numbers count questions: the voices are « Q » and « R ».
    bare = wanted.rstrip("0123456789")
    return bare if wanted[0] in "qr" and bare in voices else None


def _participants(rows: Sequence[Row], voices: Sequence[tuple[Row, tuple[str, str]]]) -> tuple[Participant, ...]:
    known = {row.participant for row, _ in voices}
    attributes: dict[str, dict[str, str]] = {}
    consents: dict[str, dict[str, str]] = {}
    for row in rows:
        for store, values in ((attributes, row.attributes), (consents, row.consents)):
            mine = store.setdefault(row.participant, {})
            mine.update({name: value for name, value in values.items() if value or name not in mine})
    spoken: dict[str, list[tuple[str, str]]] = {}
    for row, voice in voices:
        spoken.setdefault(row.participant, []).append(voice)
    return tuple(Participant(id, attributes[id], consents[id], tuple(spoken[id])) for id in sorted(known))


def participants_table(corpus: Corpus) -> pd.DataFrame:
    """Return the participants as ``participants.csv`` has them: document,speaker,participant,role, attributes, consent_*; one row a voice."""
    import pandas as pd

    roles = {(transcript.id, turn.speaker): turn.role for transcript in corpus for turn in transcript.turns}
    further = list(dict.fromkeys(name for participant in corpus.participants for name in participant.attributes))
    consents = list(dict.fromkeys(name for participant in corpus.participants for name in participant.consents))
    rows = [
        [document, speaker, participant.id, roles.get((document, speaker), "")]
        + [participant.attributes.get(name, "") for name in further]
        + [participant.consents.get(name, "") for name in consents]
        for participant in corpus.participants
        for document, speaker in participant.voices
    ]
    table = pd.DataFrame(rows, columns=[*COLUMNS, *further, *(CONSENT + name for name in consents)], dtype=object)
    return table.sort_values(["document", "speaker"], kind="stable", ignore_index=True)
