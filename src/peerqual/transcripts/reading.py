"""`read`: from files to a `Corpus`. One bad file stops nothing: it is in the corpus's failures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..errors import PeerqualError, ReadError
from ..model import Corpus, Failure, Transcript
from .formats import READERS, REMEDIES
from .inputs import Inputs, files_of, participants_beside
from .participants import join, read_rows


def read(inputs: Inputs, *, participants: str | Path | None = None, material: str | None = None, jobs: int = 1) -> Corpus:
    """Read transcripts: a file, a folder (not below it), a glob, a list; .txt, .md, .docx, .srt, .vtt, .csv in any mix.

    `participants`: path of ``participants.csv`` (default: the one in or beside the transcripts' folder).
    `material`: "interview", "group", "field_notes" or "document" for all files (default: as each file says).
    `jobs`: processes that read. Returns a `Corpus` in the order of the documents' ids (the files' stems).

    Files that cannot be read are in ``Corpus.failures`` when others can. Raises `ReadError` when none can, when an input does
    not exist, when two files have one stem, or when ``participants.csv`` is at fault.

    >>> import peerqual as pq
    >>> corpus = pq.read("corpus_sample/transcripts")  # doctest: +SKIP
    """
    paths = files_of(inputs)
    tables = [Path(participants)] if participants is not None else participants_beside(paths)
    rows = [row for table in tables for row in read_rows(table)]
    results = _read_all(paths, material, jobs)
    failures = tuple(result for result in results if isinstance(result, Failure))
    if len(failures) == len(results):
        raise failures[0].error
    transcripts, people = join((result for result in results if isinstance(result, Transcript)), rows)
    return Corpus(transcripts, people, failures)


def _read_all(paths: Sequence[Path], material: str | None, jobs: int) -> list[Transcript | Failure]:
    if jobs <= 1 or len(paths) == 1:
        return [read_file(path, material) for path in paths]
    from joblib import Parallel, delayed

    return list(Parallel(n_jobs=min(jobs, len(paths)))(delayed(read_file)(path, material) for path in paths))


def read_file(path: Path, material: str | None = None) -> Transcript | Failure:
    """Read one file by its suffix; return the transcript, or the `Failure` that says why not."""
    suffix = path.suffix.lower()
    try:
        if suffix not in READERS:
            raise ReadError(REMEDIES.get(suffix, "transcripts.unknown_format"), where=path, known=" ".join(READERS))
        return READERS[suffix](path, material)
    except PeerqualError as error:
        return Failure(str(path), error)
