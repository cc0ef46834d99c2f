"""Short cuts of the transcripts' tests: write a file, read it, see who says what."""

from __future__ import annotations

from pathlib import Path

from peerqual.model import Transcript
from peerqual.transcripts import read


def written(folder: Path, text: str | bytes, name: str = "T01.txt") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def read_one(folder: Path, text: str | bytes, name: str = "T01.txt", **options) -> Transcript:
    return read(written(folder, text, name), **options)[0]


def said(transcript: Transcript) -> list[tuple[str, str]]:
    """Speaker and words of each turn: time codes left out, white space evened."""
    return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]


def words(transcript: Transcript, turn) -> str:
    return " ".join(" ".join(transcript.text[start:end] for start, end in turn.spans()).split())


def roles(transcript: Transcript) -> dict[str, str]:
    return {turn.speaker: turn.role for turn in transcript.turns}


def doubts(transcript: Transcript) -> set[str]:
    return {doubt.key.partition(".")[2] for doubt in transcript.doubts}
