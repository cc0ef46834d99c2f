"""Before a file is kept: it reads as the pseudonymized transcript does, and holds no word that was replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ...language.fold import fold
from ...model import Failure, Transcript
from ..labels import key
from .pieces import INVISIBLE
from .rewrite import Rewrite, WritingError

MADE_HEADERS = (".trs", ".cha")  # formats whose header lines are made by their readers

_BRACKETS = re.compile(r"[.*_]*\[[^\[\]\n]*\][.*_]*")


def check_source(rewrite: Rewrite) -> None:
    """Raise `WritingError` when the source no longer holds the text that was read from it."""
    if _read(rewrite.path, rewrite.old.material).text_hash != rewrite.old.text_hash:
        raise WritingError("writing.changed", where=rewrite.path)


def check_written(path: Path, rewrite: Rewrite) -> None:
    """Raise `WritingError` when the file `path` does not read as the pseudonymized transcript: its words, and who says them."""
    again, wanted = _read(path, rewrite.new.material), rewrite.new
    if _words(again, path) != _words(wanted, path) or [key(turn.speaker) for turn in again.turns] != [key(turn.speaker) for turn in wanted.turns]:
        raise WritingError("writing.reads_otherwise", where=wanted.id)


def _words(transcript: Transcript, path: Path) -> list[str]:
    """Return the words that must be the same.

    Not those of header lines that the reader makes (« Thèmes : … »), which stand in the file in another form, nor what stands between brackets:
    « [hôpital 1] » alone on a line looks like a remark, which readers leave out.
    """
    made = path.suffix.lower() in MADE_HEADERS and transcript.turns
    text = transcript.text[transcript.text.rfind("\n", 0, transcript.turns[0].start) + 1 if made else 0 :]
    return _BRACKETS.sub(" ", text).split()


def check_strings(strings: Iterable[str], rewrite: Rewrite) -> None:
    """Raise `WritingError` when one of `strings` holds a name, place … that edits took away and that the pseudonymized text does not show."""
    shown = fold(" ".join(rewrite.new.text.split()))
    gone = {name for name in _surfaces(rewrite) if not _holds(name, shown)}
    if not gone:
        return
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(gone, key=len, reverse=True)))})(?![^\W_])")
    if any(pattern.search(fold(" ".join(INVISIBLE.sub("", string).split()))) for string in strings):
        raise WritingError("writing.leak", where=rewrite.new.id)


def _surfaces(rewrite: Rewrite) -> set[str]:
    """Return what was replaced, folded: whole, and the words of names that the pseudonymized text does not show."""
    text = rewrite.old.text
    whole = [text[mention.start : mention.end] for edit in rewrite.edits for mention in edit.mentions]
    whole += [text[edit.start : edit.end] for edit in rewrite.edits if not edit.mentions]
    return {name for one in whole if len(name := fold(" ".join(one.split()))) > 2} | {
        fold(word)
        for edit in rewrite.edits
        for mention in edit.mentions
        if mention.label == "PER"
        for word in re.findall(r"[^\W\d_]{3,}", text[mention.start : mention.end])
        if word[0].isupper() and fold(word) in rewrite.replaced
    }


def _holds(name: str, text: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", text) is not None


def _read(path: Path, material: str) -> Transcript:
    from ..reading import read_file

    made = read_file(path, material)
    if isinstance(made, Failure):
        raise made.error
    return made
