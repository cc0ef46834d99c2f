"""Speech recognition (.json): Whisper, faster-whisper, whisper-timestamped, WhisperX, whisper.cpp, Hugging Face pipelines, Vosk, services.

Segments with ``start`` and ``end`` (seconds; milliseconds where speech would else be slower than anybody speaks), ``text``, ``speaker`` where
speakers were told apart, else that of most of its ``words``.

Source: the writers of openai/whisper (`transcribe.py`), linto-ai/whisper-timestamped, m-bain/whisperX (`alignment.py`, `diarize.py`),
ggml-org/whisper.cpp (`--output-json`), and the pipeline of transformers with ``return_timestamps``; the references of Vosk, AssemblyAI, Deepgram
and Amazon Transcribe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...errors import ReadError
from ...model import Transcript
from ..bounds import load_json
from ..building import Said
from ..segments import finished, suspicions, turns
from ..timecodes import NO_TIMES, Times, seconds

LISTS = ("segments", "transcription", "speakers", "chunks", "utterances", "audio_segments")
SLOWEST = 0.05  # words a second over a whole recording: what is slower is told in milliseconds


def read(path: Path, material: str | None = None) -> Transcript:
    """Read what speech recognition wrote as JSON. Raises `ReadError` when it is no JSON, has no list of segments, or no words."""
    data, doubts = load_json(path)
    said = _in_seconds([_said(one) for one in _segments(path, data) if isinstance(one, Mapping)])
    language = data.get("language") if isinstance(data, Mapping) else None
    metadata = {"Langue": language} if isinstance(language, str) else {}
    return finished(path, metadata, turns(said), [*doubts, *suspicions(said)], material)


def _segments(path: Path, data: Any) -> list[Any]:
    if isinstance(data, Mapping):
        data = data["results"] if isinstance(data.get("results"), Mapping) else data
        lists = [data[name] for name in LISTS if isinstance(data.get(name), list)]
        if found := next((one for one in lists if one), None):
            return found
        told = isinstance(text := data.get("text"), str) and (not lists or text.strip())
        data = [data] if told else lists[0] if lists else None
    if not isinstance(data, list) or (data and not any(_is_segment(one) for one in data)):
        raise ReadError("readers.other_kind", where=path, kind="JSON (Whisper)")
    return data


def _is_segment(one: Any) -> bool:
    return isinstance(one, Mapping) and any(name in one for name in ("text", "transcript", "words"))


def _said(segment: Mapping[str, Any]) -> Said:
    listed = next((told for name in ("words", "result") if isinstance(told := segment.get(name), list)), [])
    words = [one for one in listed if isinstance(one, Mapping)]
    text = segment.get("text", segment.get("transcript"))
    if not isinstance(text, str):
        text = " ".join(_word(one) for one in words)
    times = _times(segment)
    if times == NO_TIMES and words:
        times = _times(words[0])[0], _times(words[-1])[1]
    return Said(_speaker(segment, words), text, times)


def _in_seconds(said: list[Said]) -> list[Said]:
    """Return `said` with times in seconds: some services count milliseconds, and do not say so."""
    times = [at for one in said for at in one.times if at is not None]
    words = sum(len(one.words.split()) for one in said)
    spoken = sum(one.times[1] - one.times[0] for one in said if one.times[0] is not None and one.times[1] is not None)
    if spoken < 1000 or words / spoken >= SLOWEST or not all(at.is_integer() for at in times):
        return said
    return [replace(one, times=(_thousandth(one.times[0]), _thousandth(one.times[1]))) for one in said]


def _thousandth(at: float | None) -> float | None:
    return None if at is None else at / 1000


def _word(word: Mapping[str, Any]) -> str:
    return str(word.get("word") or word.get("text") or "").strip()


def _speaker(segment: Mapping[str, Any], words: list[Mapping[str, Any]]) -> str:
    named = segment.get("speaker", segment.get("speaker_label"))
    if isinstance(named, str | int) and not isinstance(named, bool):
        return str(named)
    votes = Counter(str(one["speaker"]) for one in words if isinstance(one.get("speaker"), str))
    return votes.most_common(1)[0][0] if votes else ""


def _times(segment: Mapping[str, Any]) -> Times:
    for start, end in (("start", "end"), ("start_time", "end_time")):
        if start in segment or end in segment:
            return _second(segment.get(start)), _second(segment.get(end))
    if isinstance(pair := segment.get("timestamp"), list) and len(pair) == 2:
        return _second(pair[0]), _second(pair[1])
    if isinstance(clocks := segment.get("timestamps"), Mapping):
        return _second(clocks.get("from")), _second(clocks.get("to"))
    return NO_TIMES


def _second(value: object) -> float | None:
    return seconds(str(value)[:40]) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
