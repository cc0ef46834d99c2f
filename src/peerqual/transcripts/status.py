"""A line of JSON for each file as it is finished, so that a reading of thousands can be followed, and taken up again where it stopped.

``{"file": "T01.txt", "id": "T01", "status": "done", "turns": 84, "words": 10312, "error": "", "size": …, "mtime": …, "hash": …, …}``
Names, counts and hashes only, never words of a transcript.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import PeerqualError, UsageError
from ..model import Failure, Transcript
from .building import document_id
from .tables import count_words

Mark = tuple[int, int, str]  # what tells that a file is the same: size in bytes, time of its last change (ns), SHA-256
_BEGIN = b'{"file": "'
NO_MARK: Mark = (0, 0, "")


def mark_of(path: Path) -> Mark:
    """Return the mark of the file `path`, taken before it is read: a change meanwhile makes it read again. `NO_MARK` when it cannot be opened."""
    try:
        stat = path.stat()
        with path.open("rb") as stream:
            return stat.st_size, stat.st_mtime_ns, hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return NO_MARK


@dataclass
class Status:
    """The file `path` of status lines. `options` and the version of peerqual stand in each line: done otherwise is not done.

    Raises `UsageError` when `path` exists and `resume` is False, `PeerqualError` when it is no file of status lines or cannot be written.
    `skipped` counts the files that `pending` left out because earlier lines say they are done.
    """

    path: Path
    resume: bool = False
    options: str = ""
    skipped: int = 0
    _done: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.path = Path(self.path)
        if self.path.exists() and not self.resume:
            raise UsageError("transcripts.status_exists", where=self.path)
        for line in self._lines():
            self._done[line["file"]] = line
        self._write("")

    def pending(self, paths: Sequence[Path]) -> list[Path]:
        """Return those of `paths` that are not done: no line, a failure, or another size, time, content, version or options than its line has."""
        left = [path for path in paths if not self._is_done(path)]
        self.skipped = len(paths) - len(left)
        return left

    def tell(self, path: Path, mark: Mark, result: Transcript | Failure) -> None:
        """Write the line of one file; it is on its way to the disk when this returns."""
        size, mtime, digest = mark
        told: dict[str, Any] = {"file": path.name, "id": document_id(path), "status": "done", "turns": 0, "words": 0, "error": ""}
        if isinstance(result, Transcript):
            told |= {"turns": len(result.turns), "words": count_words(result)}
        else:
            told |= {"status": "failed", "error": " ".join(str(result.error).split())}
        told |= {"size": size, "mtime": mtime, "hash": digest, "options": self.options, "version": _version()}
        self._write(json.dumps(told, ensure_ascii=False) + "\n")

    def _is_done(self, path: Path) -> bool:
        told = self._done.get(path.name)
        if told is None or told["status"] != "done" or (told.get("options"), told.get("version")) != (self.options, _version()):
            return False
        return (told.get("size"), told.get("mtime"), told.get("hash")) == mark_of(path)

    def _lines(self) -> list[dict[str, Any]]:
        try:
            raw = self.path.read_bytes() if self.path.exists() else b""
        except OSError:
            raise PeerqualError("transcripts.status_file", where=self.path) from None
        found = []
        for number, line in enumerate(raw.split(b"\n"), start=1):
            try:
                told = json.loads(line) if line.strip() else None
            except ValueError:
                told = None if line[: len(_BEGIN)] == _BEGIN[: len(line)] else line  # torn by a power cut, or no status line
            if told is not None:
                if not (isinstance(told, dict) and {"file", "status"} <= told.keys()):
                    raise PeerqualError("transcripts.status_other", where=self.path, line=number)
                found.append(told)
        if raw and not raw.endswith(b"\n"):
            self._write("\n")  # a line that was torn stands alone
        return found

    def _write(self, words: str) -> None:
        try:
            with self.path.open("a", encoding="utf-8", newline="\n") as stream:
                stream.write(words)
        except OSError:
            raise PeerqualError("transcripts.status_file", where=self.path) from None


def _version() -> str:
    from .. import __version__

    return __version__
