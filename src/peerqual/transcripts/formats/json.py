"""Speech recognition (.json): Whisper, faster-whisper, whisper-timestamped, WhisperX, whisper.cpp, Hugging Face pipelines.

Segments with ``start`` and ``end`` (seconds), ``text``, ``speaker`` where speakers were told apart, else that of most of its ``words``.

Source: the writers of openai/whisper (`transcribe.py`), linto-ai/whisper-timestamped, m-bain/whisperX (`alignment.py`, `diarize.py`),
ggml-org/whisper.cpp (`--output-json`), and the pipeline of transformers with ``return_timestamps``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...errors import ReadError
from ...model import Transcript
from ..bounds import load_json
from ..building import Said
from ..segments import finished, suspicions, turns
from ..timecodes import NO_TIMES, Times, seconds

LISTS = ("segments", "transcription", "speakers", "chunks", "utterances")


def read(path: Path, material: str | None = None) -> Transcript:
    """Read what speech recognition wrote as JSON. Raises `ReadError` when it is no JSON, has no list of segments, or no words."""
    data, doubts = load_json(path)
    said = [_said(one) for one in _segments(path, data) if isinstance(one, Mapping)]
    language = data.get("language") if isinstance(data, Mapping) else None
    metadata = {"Langue": language} if isinstance(language, str) else {}
    return finished(path, metadata, turns(said), [*doubts, *suspicions(said)], material)


def _segments(path: Path, data: Any) -> list[Any]:
    if isinstance(data, Mapping):
        lists = [data[name] for name in LISTS if isinstance(data.get(name), list)]
        if lists:
            return next((one for one in lists if one), [])
        data = [data] if isinstance(data.get("text"), str) else None
    if not isinstance(data, list):
        raise ReadError("readers.other_kind", where=path, kind="JSON (Whisper)")
    return data


def _said(segment: Mapping[str, Any]) -> Said:
    words = [one for one in segment.get("words") or () if isinstance(one, Mapping)] if isinstance(segment.get("words"), list) else []
    text = segment.get("text")
    if not isinstance(text, str):
        text = " ".join(_word(one) for one in words)
    return Said(_speaker(segment, words), text, _times(segment))


def _word(word: Mapping[str, Any]) -> str:
    return str(word.get("word") or word.get("text") or "").strip()


def _speaker(segment: Mapping[str, Any], words: list[Mapping[str, Any]]) -> str:
    named = segment.get("speaker", segment.get("speaker_label"))
    if isinstance(named, str | int) and not isinstance(named, bool):
        return str(named)
    votes = Counter(str(one["speaker"]) for one in words if isinstance(one.get("speaker"), str))
    return votes.most_common(1)[0][0] if votes else ""


def _times(segment: Mapping[str, Any]) -> Times:
    if "start" in segment or "end" in segment:
        return _second(segment.get("start")), _second(segment.get("end"))
    if isinstance(pair := segment.get("timestamp"), list) and len(pair) == 2:
        return _second(pair[0]), _second(pair[1])
    if isinstance(clocks := segment.get("timestamps"), Mapping):
        return _second(clocks.get("from")), _second(clocks.get("to"))
    return NO_TIMES


def _second(value: object) -> float | None:
    return seconds(str(value)[:40]) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
