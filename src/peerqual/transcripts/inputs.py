"""Which files are meant: files, folders (not below them), globs, in any mix."""

from __future__ import annotations

import glob
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from ..errors import ReadError
from .formats import READERS, REMEDIES
from .participants import FILE

Inputs = str | Path | Sequence[str | Path]

# What peerqual itself writes: by its usual name, and a table under any name by its first columns.
OWN = (FILE, "codings.csv", "frequencies.csv", "mentions.csv", "turns.csv", "memos.csv", "manifest.json", "report.html")
_OWN_COLUMNS = re.compile(rb"(?:\xef\xbb\xbf)?(?:document[,;](?:start[,;]end|speaker[,;]participant)|code[,;]parent)[,;]")


def files_of(inputs: Inputs, participants: Path | None = None) -> list[Path]:
    """Return the transcripts that `inputs` name, sorted by document id; the table `participants` is none.

    A folder gives its transcripts; README, ``participants.csv``, tables and reports that peerqual wrote, hidden and lock files are left aside;
    so does a glob. A named file is always taken.
    Raises `ReadError` when there is none, when an input does not exist, or when two files have one stem.
    """
    given = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    paths: dict[Path, Path] = {}
    for one in given:
        for path in _expand(Path(one)):
            paths.setdefault(path.resolve(), path)
    if participants is not None:
        paths.pop(participants.resolve(), None)
    if not paths:
        raise ReadError("transcripts.nothing_here", where=", ".join(Path(one).name or str(one) for one in given[:3]))
    stems: dict[str, Path] = {}
    for path in paths.values():
        stem = unicodedata.normalize("NFC", path.stem)
        if other := stems.get(stem.casefold()):
            raise ReadError("transcripts.one_stem", where=path, other=other.name)
        stems[stem.casefold()] = path
    return sorted(paths.values(), key=lambda path: unicodedata.normalize("NFC", path.stem))


def _expand(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(entry for entry in path.iterdir() if _is_transcript(entry))
    if path.exists():
        return [path] if path.name.casefold() != FILE else []
    if any(mark in str(path) for mark in "*?["):
        return sorted(entry for found in glob.glob(str(path)) if _is_transcript(entry := Path(found)))
    raise ReadError("transcripts.missing", where=path)


def _is_transcript(path: Path) -> bool:
    name, suffix = path.name.casefold(), path.suffix.lower()
    aside = name.startswith((".", "~$", "readme", "lisezmoi", "lisez-moi")) or name in OWN
    return path.is_file() and not aside and (suffix in READERS or suffix in REMEDIES) and not (suffix == ".csv" and _is_own(path))


def _is_own(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return _OWN_COLUMNS.match(stream.read(80)) is not None
    except OSError:
        return False


def participants_beside(paths: Sequence[Path]) -> list[Path]:
    """Return the ``participants.csv`` of the folders of `paths`, else the one beside such a folder."""
    found = []
    for folder in dict.fromkeys(path.parent.resolve() for path in paths):
        here = next((place / FILE for place in (folder, folder.parent) if (place / FILE).is_file()), None)
        if here is not None and here not in found:
            found.append(here)
    return found
