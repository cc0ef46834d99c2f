"""The review of names by type, on transcripts or in a study's folder: the table, what it decides, and the codings that follow.

In a study that is coded, a decision changes the pseudonymized texts: they are made anew at once, and codings and decisions move to the same places
of the originals, through the maps of before and after.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .anonymization.review.commands import decide_names, name_decisions, review_names, undo_names
from .coding.moving import Correction, Moved
from .errors import UsageError
from .model import Coding, Failure, OffsetMap, Span, Transcript
from .study import Progress, _quiet
from .study_folder import SETTINGS, StudyFolder
from .study_moves import Followed, coded_files, read_as_run, renew
from .study_update import append_moves, results, swap

if TYPE_CHECKING:
    import pandas as pd

    from .anonymization.key import Key

__all__ = ["Changed", "Place", "apply_names", "name_decisions", "place_of", "undo", "write_names"]


@dataclass(frozen=True)
class Place:
    """Where names are reviewed: `inputs` to read, the file of the `key`, and the `study` when it is one's folder."""

    inputs: Sequence[Path]
    key: Path
    study: StudyFolder | None = None

    @property
    def root(self) -> Path | None:
        """The folder of the study."""
        return self.study.root if self.study is not None else None


@dataclass(frozen=True)
class Changed:
    """How many decisions were written (or the number of the one taken back), and how codings moved (None: none did)."""

    count: int
    moves: pd.DataFrame | None = None


def place_of(inputs: Sequence[Path], key: Path | None = None) -> Place:
    """Return what is meant by `inputs`: a study's folder (by default the current one, unless `key` is given), or transcripts with their `key`.

    Raises `UsageError` when transcripts come without a key.
    """
    if (not inputs and key is None) or (len(inputs) == 1 and (inputs[0] / SETTINGS).exists()):
        study = StudyFolder.open(inputs[0] if inputs else Path())
        return Place([study.transcripts], key or study.key, study if key is None else None)
    if key is None:
        raise UsageError("study.no_key", where="--key")
    return Place(list(inputs), key)


def write_names(
    place: Place,
    out: str | Path,
    *,
    key: Key,
    participants: str | Path | None = None,
    material: str | None = None,
    keep: Sequence[str] | None = None,
    spacy_model: str | None = None,
    each: int = 4,
    settled: bool = False,
    jobs: int = 1,
    lang: str | None = None,
    progress: Progress = _quiet,
) -> tuple[pd.DataFrame, tuple[Failure, ...]]:
    """Write the table of `review_names` to `out` (.xlsx or .csv); return it, and the files that failed. A study's own settings count.

    Raises `UsageError` when `out` lies in a folder that is meant to be shared.
    """
    from .anonymization.review.sheet import check_place, write_sheet
    from .transcripts import read

    check_place(Path(out))
    if place.study is not None:
        own = place.study.root / "participants.csv"
        participants = participants or (own if own.exists() else None)
        material = material or place.study.settings.get("material") or None
        keep = keep or place.study.settings.get("keep", ())
    progress("read")
    corpus = read(place.inputs, participants=participants, material=material, jobs=jobs)
    progress("anonymize")
    table = review_names(corpus, key=key, keep=keep or (), each=each, settled=settled, spacy_model=spacy_model, jobs=jobs, lang=lang)
    write_sheet(table, out, lang=lang)
    return table, corpus.failures


def apply_names(
    place: Place,
    sheet: str | Path,
    *,
    key: Key,
    accept_rest: bool = False,
    jobs: int = 1,
    lang: str | None = None,
    progress: Progress = _quiet,
) -> Changed:
    """Read the filled table `sheet` back: its decisions go into `key`, and in a study that is coded the texts are made anew and codings follow."""
    from .anonymization.review.sheet import read_sheet

    table = read_sheet(sheet)
    return _change(place, key, lambda grown: decide_names(table, key=grown, accept_rest=accept_rest, where=str(sheet)), jobs, lang, progress)


def undo(place: Place, number: int = 0, *, key: Key, jobs: int = 1, lang: str | None = None, progress: Progress = _quiet) -> Changed:
    """Take back the decision `number` (0: the last one); in a study that is coded the texts are made anew and codings follow."""
    return _change(place, key, lambda grown: undo_names(grown, number), jobs, lang, progress)


def _change(place: Place, key: Key, decide: Callable[[Key], int], jobs: int, lang: str | None, progress: Progress) -> Changed:
    study, known = place.study, len(key.assignments.decided)
    if study is None or not (study.reports / "codings.csv").exists():
        return Changed(decide(key))
    with tempfile.TemporaryDirectory(prefix=".update-", dir=study.root) as folder:
        grown = replace(key, path=Path(folder) / "study.key")
        count = decide(grown)
        if all(entry["verdict"] == "accept" for entry in key.assignments.decided[known:]):  # no text changes
            key.save()
            return Changed(count)
        followed = _followed(study, grown, Path(folder), jobs, progress)
        progress("report")
        swap(results(followed, study, Path(folder), lang), then=lambda: append_moves(followed, study))
    return Changed(count, followed.moves)


def _followed(study: StudyFolder, key: Key, aside: Path, jobs: int, progress: Progress) -> Followed:
    from .transcripts.building import document_id

    files, maps, originals = coded_files(study, key), dict(key.maps), dict(key.originals)

    def original(id: str) -> Transcript:
        return read_as_run([path for path in files if document_id(path) == id], study)[0]

    def correct(before: Transcript, after: Transcript) -> Correction:
        text = original(originals[before.id]).text
        if before.id in maps and _leads_back(text, before.text, maps[before.id]):
            return Renamed(before, after, maps[before.id], key.maps[before.id])
        return Correction(before, after)

    return renew(study, files, key, aside, correct=correct, jobs=jobs, progress=progress)


class Renamed(Correction):
    """Moves codings between two texts that were made of one original, through their maps: nothing is in doubt."""

    def __init__(self, before: Transcript, after: Transcript, old: OffsetMap, new: OffsetMap) -> None:
        super().__init__(before, after)
        self._old, self._new = old, new

    def move(self, coding: Coding) -> Moved:
        """Return `coding` at the place of the same words of the original; one that cuts what was replaced grows to hold all of it."""
        evidence = tuple(self._place(*span) for span in coding.evidence)
        return Moved(coding, coding.moved(*self._place(coding.start, coding.end), evidence))

    def _place(self, start: int, end: int) -> Span:
        return self._new.span_to_new(*self._old.span_to_original(start, end))


def _leads_back(original: str, text: str, moved: OffsetMap) -> bool:
    """Tell whether `text` was made of `original` as `moved` says."""
    parts: list[str] = []
    at = 0
    for start, end, new_start, new_end in moved.segments:
        parts += (original[at:start], text[new_start:new_end])
        at = end
    return "".join((*parts, original[at:])) == text
