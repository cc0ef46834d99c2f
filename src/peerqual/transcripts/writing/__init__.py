"""Back out: a pseudonymized transcript in the format of its source, with its formatting, cues or tiers, and nothing in it that names anybody.

One module per format, each with ``rewritten(rewrite) -> bytes``; `WRITERS` says which suffix is whose. Nothing is written that does not read as
the pseudonymized transcript does.

To add a format: write its module, add its suffix here.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from ...errors import ReadError
from ...model import Edit, Transcript
from .rewrite import Rewrite, WritingError

__all__ = ["WRITERS", "WritingError", "suffix_of", "write"]

Writer: TypeAlias = Callable[[Rewrite], bytes]


def _lazy(name: str) -> Writer:
    def rewritten(rewrite: Rewrite) -> bytes:
        writer: Writer = import_module(f"{__name__}.{name}").rewritten
        return writer(rewrite)

    return rewritten


WRITERS: dict[str, Writer] = {
    ".txt": _lazy("plain"),
    ".md": _lazy("plain"),
    ".docx": _lazy("docx"),
    ".odt": _lazy("odt"),
    ".srt": _lazy("srt"),
    ".vtt": _lazy("vtt"),
    ".eaf": _lazy("eaf"),
    ".textgrid": _lazy("textgrid"),
    ".trs": _lazy("trs"),
    ".cha": _lazy("cha"),
}


def suffix_of(transcript: Transcript) -> str:
    """Return the suffix under which `transcript` is written back, as its source has it; ".txt" where its format is not written.

    >>> suffix_of(Transcript("E01", "", source="E01.TextGrid")), suffix_of(Transcript("E01", "", source="E01.pdf"))
    ('.TextGrid', '.txt')
    """
    suffix = Path(transcript.source).suffix
    return suffix if suffix.lower() in WRITERS else ".txt"


def write(original: Transcript, pseudonymized: Transcript, edits: Sequence[Edit], target: str | Path) -> None:
    """Write `pseudonymized` to `target` in the format of the file that `original` was read from, with its formatting, cues or tiers.

    `edits` are those that made it of `original` (positions in ``original.text``); the suffix of `target` is `suffix_of` the original.
    Properties, comments, tracked changes, pictures and thumbnails are dropped; words that the reader did not give are « [retiré] » unless they are in
    the pseudonymized text or say nothing of anybody. Same arguments, same bytes.

    Raises `WritingError` and writes nothing: when an edit's words are not found in the source, when what was written does not read as
    `pseudonymized`, when it holds something that was replaced, when the source has changed since; `ReadError` when it cannot be read any more.
    """
    from .checking import check_source, check_written

    target = Path(target)
    rewrite = Rewrite(original, pseudonymized, edits)
    writer = WRITERS.get(target.suffix.lower())
    if writer is None or (target.suffix != ".txt" and target.suffix.lower() != rewrite.path.suffix.lower()):
        raise WritingError("writing.other_format", where=target, suffix=suffix_of(original))
    check_source(rewrite)
    data = writer(rewrite)
    place = Path(tempfile.mkdtemp(prefix=".peerqual-", dir=target.parent))
    try:
        made = place / target.name
        made.write_bytes(data)
        try:
            check_written(made, rewrite)
        except ReadError:
            raise WritingError("writing.reads_otherwise", where=pseudonymized.id) from None
        made.replace(target)
    finally:
        shutil.rmtree(place, ignore_errors=True)
