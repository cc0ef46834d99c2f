"""A transcript that was corrected after coding takes the place of the one before; codings and decisions follow (`study_moves` says how).

Nothing is lost: the text before stays in ``transcripts/versions/``, the log only grows, what is doubtful is listed in ``reports/update.csv``.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from . import decisions, log
from .coding.review import memos
from .errors import PeerqualError, ReadError, message
from .study import Progress, _quiet
from .study_folder import StudyFolder
from .study_moves import MOVE_COLUMNS, Followed, follow, moves_table, read_as_run
from .study_results import write_results

if TYPE_CHECKING:
    import pandas as pd

Swap = tuple[Path | None, Path]  # a new file or folder (None: none) and the place it takes


@dataclass(frozen=True)
class UpdateResult:
    """What `update` did: `transcript` is the corrected one in its place, `version` the one before (None: it was changed in place).

    `moves` holds one row for each passage and code in the texts that changed, with the columns `MOVE_COLUMNS`: places in code points, half-open;
    `text_hash` of the new text; `verdict` "unchanged", "doubtful" or "no_place"; `reason` as in `coding.moving.Moved`, with a space between.
    `said`: what a person is told, as keys of messages with their values.
    """

    transcript: Path
    version: Path | None
    moves: pd.DataFrame
    said: tuple[tuple[str, dict[str, object]], ...]

    def summary(self) -> pd.DataFrame:
        """Return how many codings of each document moved unchanged, are doubtful, have no place: document,unchanged,doubtful,no_place."""
        import pandas as pd

        from .coding.moving import VERDICTS

        rows = [(name, *((group["verdict"] == one).sum() for one in VERDICTS)) for name, group in self.moves.groupby("document")]
        return pd.DataFrame(rows, columns=["document", *VERDICTS])

    def doubts(self, lang: str | None = None) -> pd.DataFrame:
        """Return the moves that a person must look at, with their reasons in `lang`."""
        found = self.moves[self.moves["verdict"] != "unchanged"]
        reasons = [", ".join(message(f"update.reason_{name}", lang) for name in reason.split()) for reason in found["reason"]]
        return found.assign(reason=reasons)[["document", "code", "status", "old_start", "old_end", "start", "end", "reason"]]


def update(
    file: str | Path,
    study: StudyFolder,
    *,
    ask: Callable[[], str],
    codings: str | Path | None = None,
    dry_run: bool = False,
    jobs: int = 1,
    lang: str | None = None,
    progress: Progress = _quiet,
) -> UpdateResult:
    """Put the corrected transcript `file` in the place of the one of the same name in `study`; codings and decisions follow.

    `ask` gives the passphrase of the study's key, where something is coded. `codings`: a table that was reviewed apart, moved too. The results in
    ``reports/`` become those of the moved codings, and ``reports/update.csv`` lists every move. `dry_run`: nothing is written.
    Raises `PeerqualError`, and nothing is written: the study has no transcript of that name, a file cannot be read or replaced, the passphrase is
    wrong, a table codes another text.
    """
    place = _place(Path(file), study)
    progress("read")
    read_as_run([Path(file)], study)
    with tempfile.TemporaryDirectory(prefix=".update-", dir=study.root) as folder:
        aside = Path(folder)
        new = aside / _name(place, Path(file).suffix)
        shutil.copyfile(file, new)
        followed = None
        if (study.reports / "codings.csv").exists():
            followed = follow(study, place, new, aside, ask=ask, codings=codings, jobs=jobs, progress=progress)
        version = None if Path(file).resolve() == place.resolve() else place.parent / "versions" / _version(place)
        if not dry_run:
            progress("report")
            swaps = _transcripts(place, new, version)
            swaps += results(followed, study, aside, lang) if followed is not None else []
            swap(swaps, then=lambda: append_moves(followed, study))
    moves = followed.moves if followed is not None else moves_table((), {})
    said = _said(place.with_name(new.name), version, followed, study) if not dry_run else (("update.dry_run", {}),)
    return UpdateResult(place.with_name(new.name), version, moves, said)


def _place(file: Path, study: StudyFolder) -> Path:
    """Return the transcript of the study that `file` corrects."""
    from .transcripts.building import document_id
    from .transcripts.inputs import files_of

    if not file.is_file():
        raise ReadError("transcripts.missing", where=file)
    known = {document_id(path): path for path in files_of(study.transcripts)}
    found = next((path for id, path in known.items() if id.casefold() == document_id(file).casefold()), None)
    if found is None:
        raise PeerqualError("update.unknown_document", where=file, known=", ".join([*list(known)[:5], *(["…"] if len(known) > 5 else [])]))
    return found


def _name(place: Path, suffix: str) -> str:
    return place.name if suffix.lower() == place.suffix.lower() else place.stem + suffix


def _version(place: Path) -> str:
    return f"{place.stem}.{hashlib.sha256(place.read_bytes()).hexdigest()[:8]}{place.suffix}"


def _said(place: Path, version: Path | None, followed: Followed | None, study: StudyFolder) -> tuple[tuple[str, dict[str, object]], ...]:
    first: tuple[str, dict[str, object]] = ("update.kept", {"path": place, "version": version}) if version else ("update.in_place", {"path": place})
    if followed is None:
        return first, ("update.not_coded", {})
    if followed.moves.empty:
        return first, ("update.same_words", {})
    return first, ("update.moved", {"path": study.reports / "update.csv", "study": study.root})


# --- what is written --------------------------------------------------------------------------------------------------


def _transcripts(place: Path, new: Path, version: Path | None) -> list[Swap]:
    """Return what becomes of the transcripts: the new one in its place, the one before among the versions."""
    if version is None:
        return []
    old = new.with_name(version.name)
    shutil.copyfile(place, old)
    gone: list[Swap] = [(None, place)] if new.name != place.name else []
    return [(old, version), *gone, (new, place.with_name(new.name))]


def results(followed: Followed, study: StudyFolder, aside: Path, lang: str | None) -> list[Swap]:
    """Write aside what the study becomes; return where each part goes."""
    import pandas as pd

    from .codebook import Codebook
    from .reporting.manifest import write_manifest
    from .reporting.outputs import read_csv, write_csv

    (path, table), *others = followed.tables.items()
    book = Codebook.load(study.root / "codebook.yaml")
    folder = aside / "reports"
    shutil.copytree(aside / "pseudonymized", folder / "pseudonymized")
    chosen = lang or study.settings.get("language") or book.language
    counts = write_results(folder, table, followed.texts, book, lang=chosen, excel_fr=_is_excel_fr(path))
    earlier = study.reports / "update.csv"
    moves = [read_csv(earlier, MOVE_COLUMNS)] if earlier.exists() else []
    write_csv(pd.concat([*moves, followed.moves]), folder / "update.csv")
    options = {"style": study.settings.get("style", "study"), "keep": len(study.settings.get("keep", ()))}
    write_manifest(folder, "update", followed.texts, counts, book=book, key=followed.key, originals=followed.originals, options=options)
    swaps: list[Swap] = [(entry, study.reports / entry.name) for entry in sorted(folder.iterdir())]
    for path, table in others:
        beside = path.with_name(f".{path.name}.update")
        write_csv(table, beside, excel_fr=_is_excel_fr(path))
        swaps.append((beside, path))
    return [*swaps, (aside / "pseudonymized", study.root / "pseudonymized"), (followed.key.path, study.key)]


def _is_excel_fr(path: Path) -> bool:
    header = path.read_bytes().split(b"\n", 1)[0]
    return header.count(b";") > header.count(b",")


def append_moves(followed: Followed | None, study: StudyFolder) -> None:
    """Append to the log which texts were corrected, and decisions and memos at their new places: the person's, of then, as they were."""
    path = study.decisions
    for id, correction in followed.corrections.items() if followed is not None else ():
        hashes = {"before": correction.before.text_hash, "text_hash": correction.after.text_hash}
        log.append(path, {"kind": "correction", "document": id, **hashes, "at": datetime.now(UTC).isoformat(timespec="seconds")})
    for decision in followed.decided if followed is not None else ():
        decisions.record(path, decision)
    for memo in followed.memos if followed is not None else ():
        memos.record(study.memos, memo)


def swap(swaps: Sequence[Swap], *, then: Callable[[], None]) -> None:
    """Put new files and folders in their places, `then` do the rest; when something fails, all is put back as it was."""
    done: list[tuple[Path, Path]] = []
    target = Path()
    try:
        for new, target in swaps:
            target.parent.mkdir(exist_ok=True)
            old = target.with_name(f".old-{target.name}")
            _remove(old)
            if target.exists():
                target.rename(old)
            done.append((old, target))
            if new is not None:
                new.rename(target)
        then()
    except BaseException as error:
        for old, place in reversed(done):
            _remove(place)
            if old.exists():
                old.rename(place)
        for new, _ in swaps:
            if new is not None:
                _remove(new)
        if isinstance(error, OSError):
            raise PeerqualError("update.cannot_write", where=target) from None
        raise
    for old, _ in done:
        with suppress(OSError):  # what is in use is removed the next time
            _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
