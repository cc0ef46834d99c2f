"""What was coded in a study moves to the texts that a corrected transcript makes of it.

Codings stand in pseudonymized texts: the documents of the last run are pseudonymized anew with the study's own key, the corrected one in its place,
and what stood in each text moves to the same words of the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import decisions
from .coding.review import log, memos
from .errors import PeerqualError
from .model import Coding, Corpus, Decision, Transcript
from .study import Progress, _quiet
from .study_folder import StudyFolder
from .study_results import write_pseudonymized

if TYPE_CHECKING:
    import pandas as pd

    from .anonymization import PseudonymizedCorpus
    from .anonymization.key import Key
    from .coding.moving import Correction, Moved

MOVE_COLUMNS = ("document", "code", "status", "old_start", "old_end", "start", "end", "verdict", "reason", "text_hash")


@dataclass(frozen=True)
class Followed:
    """What the study becomes: its texts, the key that made them, the tables that moved (reports' first), decisions and memos to append, all moves."""

    originals: Corpus
    texts: PseudonymizedCorpus
    key: Key
    corrections: Mapping[str, Correction]
    tables: Mapping[Path, pd.DataFrame]
    decided: Sequence[Decision]
    moves: pd.DataFrame
    memos: Sequence[memos.CodingMemo] = ()


def follow(
    study: StudyFolder,
    place: Path,
    new: Path,
    aside: Path,
    *,
    ask: Callable[[], str],
    codings: str | Path | None,
    jobs: int,
    progress: Progress,
) -> Followed | None:
    """Return what the study becomes with the transcript `new` in the place of `place`; None where that one is not coded yet."""
    from .anonymization.key import Key

    # The key that grows is kept aside: the study's own stays as it is until all is done.
    key = replace(Key.open(study.key, passphrase=ask()), path=aside / "study.key")
    files = coded_files(study, key)
    if place not in files:
        return None
    return renew(study, [new if path == place else path for path in files], key, aside, codings=codings, jobs=jobs, progress=progress)


def renew(
    study: StudyFolder,
    files: Sequence[Path],
    key: Key,
    aside: Path,
    *,
    codings: str | Path | None = None,
    correct: Callable[[Transcript, Transcript], Correction] | None = None,
    jobs: int = 1,
    progress: Progress = _quiet,
) -> Followed:
    """Return what the study becomes when `files` are pseudonymized anew with `key`; `correct` tells how codings move from a text to the new one."""
    from .coding import CODING_COLUMNS, codings_from_table
    from .coding.moving import Correction
    from .reporting.outputs import read_csv
    from .transcripts import read

    correct = correct or Correction
    before = read(study.reports / "pseudonymized")
    paths = (study.reports / "codings.csv", *([Path(codings)] if codings is not None else []))
    tables = {path.resolve(): read_csv(path, CODING_COLUMNS) for path in paths}
    coded = {path: codings_from_table(table, before) for path, table in tables.items()}
    progress("anonymize")
    originals = read_as_run(files, study, jobs)
    texts = pseudonymize_as_run(originals, study, key, jobs)
    progress("move")
    write_pseudonymized(texts, aside / "pseudonymized")
    after = read(aside / "pseudonymized").by_id()
    corrections = {old.id: correct(old, after[old.id]) for old in before if old.text != after[old.id].text}
    moved = {path: [_moved(coding, corrections) for coding in codings] for path, codings in coded.items()}
    judged = _decided(study.decisions, corrections)
    decided = [_moved(_coding(decision), corrections) for decision in judged]
    verdicts = [one for decision, one in zip(judged, decided, strict=True) if decision.code]
    first, *others = moved.values()
    return Followed(
        *(originals, texts, key, corrections),
        tables={path: _table(table, moved[path], texts) for path, table in tables.items()},
        decided=[_decision(decision, one.after, corrections) for decision, one in zip(judged, decided, strict=True)],
        moves=moves_table((*first, *verdicts, *(one for codings in others for one in codings)), corrections),
        memos=_memos(study, corrections),
    )


def coded_files(study: StudyFolder, key: Key) -> list[Path]:
    """Return the transcripts that were coded. Raises when one is no longer there, or `key` does not know it."""
    from .transcripts import read
    from .transcripts.building import document_id
    from .transcripts.inputs import files_of

    ids, before = key.assignments.documents, read(study.reports / "pseudonymized").by_id()
    files = [path for path in files_of(study.transcripts) if ids.get(document_id(path), "") in before]
    if len(files) < len(before):
        raise PeerqualError("update.gone", where=study.transcripts, n=len(before) - len(files))
    return files


def read_as_run(paths: Sequence[Path], study: StudyFolder, jobs: int = 1, *, participants: Path | None = None) -> Corpus:
    """Read transcripts as `StudyFolder.run` does (`participants`: another table). Raises the error of the first that cannot be read."""
    from .transcripts import read

    table = participants or next((path for folder in (study.root, study.transcripts) if (path := folder / "participants.csv").exists()), None)
    corpus = read(paths, participants=table, material=study.settings.get("material") or None, jobs=jobs)
    for failure in corpus.failures:
        raise failure.error
    return corpus


def pseudonymize_as_run(originals: Corpus, study: StudyFolder, key: Key | None, jobs: int = 1) -> PseudonymizedCorpus:
    """Pseudonymize `originals` as `StudyFolder.run` does."""
    from .anonymization import anonymize, find

    keep = study.settings.get("keep", ())
    style, names = study.settings.get("style", "study"), study.settings.get("names", "pseudonyms")
    profile = study.settings.get("profile") or None
    return anonymize(originals, find(originals, keep=keep, jobs=jobs), key=key, keep=keep, style=style, names=names, profile=profile)


def _moved(coding: Coding, corrections: Mapping[str, Correction]) -> Moved:
    from .coding.moving import Moved

    correction = corrections.get(coding.document)
    return correction.move(coding) if correction is not None else Moved(coding, coding)


def _table(table: pd.DataFrame, moved: Iterable[Moved], texts: Corpus) -> pd.DataFrame:
    """Return `table` with the codings moved; columns that peerqual does not know stay as they are."""
    from .coding import codings_table

    made = codings_table((one.after for one in moved), texts)
    return table.assign(**{column: made[column] for column in made.columns})


def _decided(path: Path, corrections: Mapping[str, Correction]) -> list[Decision]:
    """Return the last decision of each coder on each address in the texts that were corrected."""
    stands = log.last(log.standing(path)).values() if path.exists() else ()
    return [one for one in stands if one.document in corrections and one.text_hash == corrections[one.document].before.text_hash]


def _memos(study: StudyFolder, corrections: Mapping[str, Correction]) -> list[memos.CodingMemo]:
    """Return the memos on the texts that were corrected, at their new places."""
    moved = []
    for memo in memos.read(study.memos):
        correction = corrections.get(memo.document)
        if correction is not None and memo.text_hash == correction.before.text_hash:
            after = correction.move(Coding(memo.document, memo.start, memo.end, memo.code, "person", "", 1.0)).after
            moved.append(replace(memo, start=after.start, end=after.end, text_hash=correction.after.text_hash))
    return moved


def _coding(decision: Decision) -> Coding:
    status = decisions.VERDICTS.get(decision.verdict, "proposed")
    return Coding(decision.document, decision.start, decision.end, decision.code, "person", "", 1.0, status=status)


def _decision(decision: Decision, coding: Coding, corrections: Mapping[str, Correction]) -> Decision:
    return replace(decision, start=coding.start, end=coding.end, text_hash=corrections[decision.document].after.text_hash)


def moves_table(moved: Iterable[Moved], corrections: Mapping[str, Correction]) -> pd.DataFrame:
    """Return the moves in the texts that were corrected, one for each address; the last of an address tells its status."""
    import pandas as pd

    last = {(one.before.document, one.before.start, one.before.end, one.before.code): one for one in moved if one.before.document in corrections}
    rows = []
    for (document, start, end, code), one in sorted(last.items()):
        text_hash = corrections[document].after.text_hash
        rows.append((document, code, one.after.status, start, end, one.after.start, one.after.end, one.verdict, " ".join(one.reasons), text_hash))
    return pd.DataFrame(rows, columns=list(MOVE_COLUMNS))
