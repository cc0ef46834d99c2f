"""`read`: from files to a `Corpus`. One bad file stops nothing: it is in the corpus's failures."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from ..errors import PeerqualError, ReadError
from ..model import Corpus, Failure, Transcript
from .formats import READERS, REMEDIES
from .inputs import Inputs, files_of, participants_beside
from .participants import join, read_rows
from .status import NO_MARK, Mark, Status, mark_of

Progress: TypeAlias = Callable[[int, int], None]
Read: TypeAlias = tuple[int, Mark, Transcript | Failure]  # which file, its mark before it was read, what came of it


def read(
    inputs: Inputs,
    *,
    participants: str | Path | None = None,
    material: str | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
    status: Status | None = None,
) -> Corpus:
    """Read transcripts: a file, a folder (not below it), a glob, a list; any mix of formats.

    `participants`: path of ``participants.csv`` (default: the one in or beside the transcripts' folder).
    `material`: "interview", "group", "field_notes" or "document" for all files (default: as each file says).
    `jobs`: processes that read. `progress` is called with the numbers of files done and of all, as files finish.
    `status`: a line is written there for each file as it finishes; files that it says are done are not read again, and not returned.
    Returns a `Corpus` in the order of the documents' ids (the files' stems).

    Files that cannot be read are in ``Corpus.failures`` when others can. Raises `ReadError` when none can, when an input does
    not exist, when two files have one stem, or when ``participants.csv`` is at fault.

    >>> import peerqual as pq
    >>> corpus = pq.read("corpus_sample/transcripts")  # doctest: +SKIP
    """
    table = Path(participants) if participants is not None else None
    paths = files_of(inputs, table)
    tables = [table] if table is not None else participants_beside(paths)
    rows = [row for table in tables for row in read_rows(table)]
    results = _read_all(status.pending(paths) if status else paths, material, jobs, progress, status)
    failures = tuple(result for result in results if isinstance(result, Failure))
    if len(failures) == len(paths):
        raise failures[0].error
    transcripts, people = join((result for result in results if isinstance(result, Transcript)), rows)
    return Corpus(transcripts, people, failures)


def _read_all(paths: Sequence[Path], material: str | None, jobs: int, progress: Progress | None, status: Status | None) -> list[Transcript | Failure]:
    """Return what comes of each file, in the order of `paths`; `progress` and `status` hear of them in the order in which they finish."""
    results: dict[int, Transcript | Failure] = {}
    for i, mark, result in _finishing(paths, material, jobs, status is not None):
        results[i] = result
        if status is not None:
            status.tell(paths[i], mark, result)
        if progress is not None:
            progress(len(results), len(paths))
    return [results[i] for i in range(len(paths))]


def _finishing(paths: Sequence[Path], material: str | None, jobs: int, marked: bool) -> Iterator[Read]:
    if jobs <= 1 or len(paths) <= 1:
        yield from (_read_marked(i, path, material, marked) for i, path in enumerate(paths))
        return
    from joblib import Parallel, delayed

    todo = [delayed(_read_marked)(i, path, material, marked) for i, path in enumerate(paths)]
    options: dict[str, Any] = {"n_jobs": min(jobs, len(paths))}
    try:
        parallel = Parallel(**options, return_as="generator_unordered")
    except ValueError:  # a cluster of the user's own that gives all at the end
        parallel = Parallel(**options)
    yield from parallel(todo)


def _read_marked(i: int, path: Path, material: str | None, marked: bool) -> Read:
    mark = mark_of(path) if marked else NO_MARK
    return i, mark, read_file(path, material)


def read_file(path: Path, material: str | None = None) -> Transcript | Failure:
    """Read one file by its suffix; return the transcript, or the `Failure` that says why not.

    What nobody foresaw is a failure too, told without the words of its error (a `PeerqualError`, no `ReadError`); PEERQUAL_DEBUG raises it.
    """
    suffix = path.suffix.lower()
    try:
        if suffix not in READERS:
            raise ReadError(REMEDIES.get(suffix, "transcripts.unknown_format"), where=path, known=" ".join(READERS))
        return READERS[suffix](path, material)
    except PeerqualError as error:
        return Failure(str(path), error)
    except Exception as error:
        if os.environ.get("PEERQUAL_DEBUG"):
            raise
        return Failure(str(path), PeerqualError("transcripts.unforeseen", where=path, kind=type(error).__name__))
