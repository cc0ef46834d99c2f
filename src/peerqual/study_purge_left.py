"""Which other files of a study still hold a withdrawn participant's words: lists of excerpts, matrices, notes that people keep there.

They hold other people's work too, so that they are named, not rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from .language.fold import fold
from .model import Edit, Span, Transcript
from .study_folder import StudyFolder

if TYPE_CHECKING:
    from .anonymization.audit.pieces import Piece

LONG = 30  # characters in a row that somebody else hardly says
_ENDS = re.compile(r"[.!?…;\n«»\"“”\[\]]+")


def said(transcript: Transcript, spans: Iterable[Span], edits: Iterable[Edit]) -> Iterator[str]:
    """Yield stretches of what stands in `spans`, as they stand in original and pseudonymized text alike: between `edits`, of `LONG` characters."""
    changed = sorted((edit.start, edit.end) for edit in edits if edit.document == transcript.id)
    for start, end in spans:
        inside = [(max(a, start), min(b, end)) for a, b in changed if a < end and start < b]
        bounds = [start, *(place for span in inside for place in span), end]
        for a, b in zip(bounds[::2], bounds[1::2], strict=True):
            parts = map(_plain, _ENDS.split(transcript.text[a:b]))
            yield from (part for part in parts if len(part) >= LONG)


def holding(study: StudyFolder, stretches: Collection[str], gone: Collection[str]) -> list[str]:
    """Return the files of `study`, as paths under it, that hold one of `stretches` and are not in `gone` (files and folders)."""
    from .anonymization.audit.pieces import pieces

    ours = {*gone, *(str(folder.relative_to(study.root)) for folder in (study.reports, study.transcripts)), "pseudonymized", "private"}
    found: dict[str, None] = {}
    for piece in pieces(study.root) if stretches else ():
        if piece.file not in found and not _under(piece, ours) and (text := _plain(piece.text)) and any(one in text for one in stretches):
            found[piece.file] = None
    return list(found)


def _under(piece: Piece, places: Collection[str]) -> bool:
    return piece.file.startswith(".") or any(piece.file == place or piece.file.startswith(f"{place}/") for place in places)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
