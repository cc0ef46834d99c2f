"""Tables of cells, « time | speaker | words »: which column is which, by its name or by what it holds, and what is said in them.

Comes in: rows of strings. Goes out: `Said`. Spreadsheets, tables in documents and .csv share it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..language.fold import fold
from ..model import ROLES
from . import timecodes
from .building import Said
from .header import is_header_key
from .labels import clean, key, weigh
from .roles import told_by
from .timecodes import Times, seconds

COLUMNS = {
    "speaker": "speaker locuteur locutrice voix voice intervenant intervenante interlocuteur interlocutrice qui nom name speaker_name spk personne",
    "words": "text texte verbatim paroles parole words transcript transcription contenu propos utterance enonce segment discours content",
    "start": "start debut time_start start_time in timestamp temps tc timecode horodatage from begin minutage minute heure time timespan",
    "end": "end fin time_end end_time out to",
    "role": "role statut",
}
HEADER_WITHIN = 25  # the names of columns stand in one of the first so many rows
MAX_NAME = 40  # of a column
MAX_COLUMNS = 200
_ANYWHERE = frozenset("qui out".split())  # a longer name may hold them for another reason
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that says who speaks: lines above it, its rows, its columns (by kind, or the voice of each column), and how many are left out."""

    head: tuple[str, ...]
    rows: Rows
    columns: dict[str, int]
    voices: dict[int, str] = field(default_factory=dict)
    first: int = 1

    @property
    def left(self) -> int:
        """The number of columns that hold something and were not read."""
        read = {*self.columns.values(), *self.voices}
        worded = {at for row in self.rows for at, cell in enumerate(row) if at not in read and any(map(str.isalpha, cell))}
        return len(worded)

    def said(self, speaker: str = "") -> list[Said]:
        """Return what the rows say; a row without a name goes on with the voice above it, first with `speaker`."""
        made: list[Said] = []
        for line, row in enumerate(self.rows, start=self.first):
            if self.voices:
                made += _of_voices(row, line, self.columns, self.voices)
                continue
            one = said_in(row, line, self.columns)
            if one.words and not one.speaker and (made or speaker):
                before = made[-1] if made else Said(speaker, "")
                one = Said(before.speaker, one.words, one.times, line, before.role)
            if one.words:
                made.append(one)
        return _one_spelling(made)


def read(rows: Rows, before: Grid | None = None) -> Grid | None:
    """Return what the table says of its columns, or None where it does not tell who speaks; a table after `before` may have no names of its own."""
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        return None
    for n, row in enumerate(rows[:HEADER_WITHIN]):
        names = [" ".join(fold(cell).split()) for cell in row]
        columns = columns_of(names)
        times = {kind: at for kind, at in columns.items() if kind in ("start", "end")}
        voices = {} if "words" in columns else _voices(row, len(times))
        if ("words" in columns and "speaker" in columns) or voices:
            return Grid(_head(rows[:n]), rows[n + 1 :], times if voices else columns, voices, n + 2)
    if before is not None and _same_shape(rows, before):
        return Grid((), rows, before.columns, before.voices)
    found = _by_content(rows)
    return Grid((), rows, found) if found else None


def columns_of(names: Sequence[str]) -> dict[str, int]:
    """Return the column of each kind by the folded `names`: a whole name first, else a word of one.

    >>> columns_of(["n°", "locuteur", "texte"])
    {'speaker': 1, 'words': 2}
    """
    found: dict[str, int] = {}
    short = all(len(name) <= MAX_NAME for name in names)
    parts = [{word for word in re.findall(r"\w+", name) if len(word) > 2 and word not in _ANYWHERE} if short else set() for name in names]
    for kind, known in COLUMNS.items():
        words = known.split()
        at = next((names.index(name) for name in words if name in names), None)
        if at is None:
            at = next((i for word in words for i, mine in enumerate(parts) if word in mine and i not in found.values()), None)
        if at is not None and at not in found.values():
            found[kind] = at
    return found


def said_in(row: Sequence[str], line: int, columns: dict[str, int]) -> Said:
    """Return what a row says. A time code beside the name (« Solène (00:12) ») is the row's time where no column tells it."""
    cells = {kind: row[at].strip() if at < len(row) else "" for kind, at in columns.items()}
    role = fold(cells.get("role", ""))
    told = told_by(role) if role and role not in ROLES else None
    role = role if role in ROLES else (told[0] if told and told[0] in ROLES else "")
    speaker, when = cells.get("speaker", ""), _times(cells)
    if found := timecodes.ANYWHERE.search(speaker):
        when = when if when != timecodes.NO_TIMES else timecodes.times(found[0])
        speaker = speaker[: found.start()] + speaker[found.end() :]
    return Said(" ".join(speaker.strip().rstrip(":").split()), cells.get("words", ""), when, line, role)


def _times(cells: dict[str, str]) -> Times:
    start, end = cells.get("start", ""), cells.get("end", "")
    if (told := seconds(start)) is not None or not start:
        return told, seconds(end)
    start_told, end_told = timecodes.times(start)
    return start_told, seconds(end) if end else end_told


def _head(rows: Rows) -> tuple[str, ...]:
    """What stands above the names of the columns, as header lines: « Date | 3 mai »."""
    lines = []
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row if cell.strip()]
        pair = len(cells) == 2 and not cells[0].endswith(":")
        lines.append(" : ".join(cells) if pair else " ".join(cells))
    return tuple(line for line in lines if line)


def _voices(row: Sequence[str], others: int) -> dict[int, str]:
    """A column for each voice: « Enquêtrice | Enquêtée », « Questions | Réponses »; `others` are the names of further columns in the row."""
    found = {}
    for at, cell in enumerate(row):
        label, _ = clean(cell.strip().rstrip(":"))
        told = next((one for one in (label, label.removesuffix("s")) if len(one) <= MAX_NAME and weigh(one) == 3), None)
        if told:
            found[at] = told
    filled = sum(bool(cell.strip()) for cell in row)
    return found if len(set(map(key, found.values()))) >= 2 and len(found) + others >= filled - 1 else {}


def _of_voices(row: Sequence[str], line: int, columns: dict[str, int], voices: dict[int, str]) -> Iterator[Said]:
    times = _times({kind: row[at].strip() if at < len(row) else "" for kind, at in columns.items()})
    for at, voice in voices.items():
        if at < len(row) and row[at].strip():
            yield Said(voice, row[at].strip(), times, line)


def _same_shape(rows: Rows, before: Grid) -> bool:
    width = Counter(map(len, before.rows)).most_common(1)[0][0] if before.rows else 0
    if not rows or any(len(row) != width for row in rows):
        return False
    names = [key(one.speaker) for one in Grid((), rows, before.columns, before.voices).said()]
    known = {key(one.speaker) for one in before.said()}
    return sum(name in known for name in names) >= len(names) / 2


def _by_content(rows: Rows) -> dict[str, int]:
    """Columns by what they hold: names that come back, times, and the longest words."""
    width = max(map(len, rows), default=0)
    if not 2 <= width <= 12 or len(rows) < 3:
        return {}
    cells = {at: [cell for row in rows if at < len(row) and (cell := row[at].strip())] for at in range(width)}
    times = [at for at, mine in cells.items() if mine and sum(_is_time(cell) for cell in mine) >= 0.8 * len(mine)]
    speakers = [at for at, mine in cells.items() if at not in times and _are_voices(mine, len(rows))]
    worded = [at for at, mine in cells.items() if at not in times and at not in speakers[:1] and mine]
    if not speakers or not worded:
        return {}
    words = max(worded, key=lambda at: sum(map(len, cells[at])))
    if sum(map(len, cells[words])) < 2 * sum(map(len, cells[speakers[0]])) or speakers[0] > words:
        return {}
    return {"speaker": speakers[0], "words": words} | dict(zip(("start", "end"), times, strict=False))


def _is_time(cell: str) -> bool:
    found = timecodes.LEADING.match(cell)
    return found is not None and len(cell) - found.end() <= 2


def _are_voices(cells: Sequence[str], n: int) -> bool:
    """Names (not keys of a header), most of them labels, that come back."""
    labels = [clean(timecodes.ANYWHERE.sub("", cell).strip().rstrip(":"))[0] for cell in cells]
    weights = [weigh(label) if len(label) <= 45 else None for label in labels]
    good = sum(weight is not None and weight >= 0 for weight in weights)
    distinct = len({key(label) for label in labels})
    return len(cells) >= n / 3 and good >= 0.8 * len(cells) and distinct <= len(cells) / 2 and not any(map(is_header_key, labels))


def _one_spelling(said: list[Said]) -> list[Said]:
    """« SOLÈNE » and « Solène » are one voice, under the spelling that is most used."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for one in said:
        spellings[key(one.speaker)][one.speaker] += 1
    best = {voice: counter.most_common(1)[0][0] for voice, counter in spellings.items() if voice}
    return [Said(best.get(key(one.speaker), one.speaker), one.words, one.times, one.line, one.role) for one in said]
