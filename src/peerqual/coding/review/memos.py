"""Memos: what a coder writes about a passage. They may hold words, so they lie apart from the log, in a file that is its owner's alone.

In a study the file is ``private/memos.jsonl`` (0600 in a folder 0700), in clear as the pseudonymized texts are: no passphrase is asked for to review.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from ... import log


@dataclass(frozen=True, slots=True)
class CodingMemo:
    """What `coder` wrote about a passage and its code ("": about the passage)."""

    document: str
    text_hash: str
    start: int
    end: int
    code: str
    coder: str
    at: str
    memo: str


def record(path: str | Path, memo: CodingMemo) -> None:
    """Write `memo` to the file at `path`, made for its owner alone."""
    path = Path(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    log.append(path, {"kind": "memo", **asdict(memo)})


def read(path: str | Path) -> list[CodingMemo]:
    """Return the memos in the file at `path`, oldest first; none where there is no file."""
    kept = log.read(path) if Path(path).exists() else []
    return [CodingMemo(**{field.name: entry[field.name] for field in fields(CodingMemo)}) for entry in kept]
