"""What speech recognition and transcription tools share: segments in order of time become turns; what recognition may have made up is doubted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from ..errors import ReadError
from ..language.fold import fold
from ..language.lexicons import words
from ..model import Doubt, Span, Transcript, Turn
from .building import Said, from_said, joined

PAUSE = 2.0  # seconds of silence that end a turn where no voice is named
LOOP = 3  # the same segment that many times in a row: recognition may turn in a loop
_LINE = 1500  # characters of a header line
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# What the format says besides words stands in the text between brackets: « [rire] », and pauses: « (.) », « (12 seconds pause) ».
_ASIDE = re.compile(r"(?<!\w)(?:\[[^\[\]]{1,300}\]|\((?:\.{1,3}|\d[^()]{0,30})\))(?!\w)")


def in_order(voices: Iterable[Sequence[Said]]) -> list[Said]:
    """Return what all `voices` say in the order in which it begins; what has no time follows what stands before it in its voice."""
    timed = []
    for n, voice in enumerate(voices):
        now = 0.0
        for one in voice:
            now = one.times[0] if one.times[0] is not None else now
            timed.append((now, n, one))
    return [one for _, _, one in sorted(timed, key=lambda item: item[:2])]


def turns(said: Iterable[Said]) -> list[Said]:
    """Join what one voice says in a row; where the file names no voice at all, each turn goes on to the next pause of `PAUSE` seconds."""
    worded = [one for one in said if has_words(one.words)]
    if any(one.speaker for one in worded):
        return joined(worded)
    runs: list[list[Said]] = []
    for one in worded:
        if not runs or _silence(runs[-1][-1], one) >= PAUSE:
            runs.append([])
        runs[-1].append(one)
    return [turn for run in runs for turn in joined(run)]


def has_words(text: str) -> bool:
    """Tell whether there is a letter or a digit in `text`."""
    return any(map(str.isalnum, text))


def _silence(before: Said, after: Said) -> float:
    return after.times[0] - before.times[1] if after.times[0] is not None and before.times[1] is not None else 0.0


def suspicions(said: Sequence[Said]) -> list[Doubt]:
    """Return doubts about what recognition makes of silence and music: one segment over and over, formulas of subtitlers and video makers."""
    doubts = []
    for words_, run in groupby(said, key=lambda one: fold(one.words).strip(" .!?…")):
        parts = list(run)
        values = {"n": len(parts), "at": clock(parts[0].times[0])}
        if len(parts) >= LOOP and words_:
            doubts.append(Doubt(parts[0].line, "readers.repeated", values))
        elif any(formula in words_ for formula in words("recognition_formulas")):
            doubts.append(Doubt(parts[0].line, "readers.invented", {"at": values["at"]}))
    return doubts


def clock(seconds: float | None) -> str:
    """Return a time as « 0:12:31 », "?" where it is not known.

    >>> clock(751.4)
    '0:12:31'
    """
    if seconds is None:
        return "?"
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def voice(name: str | None) -> str:
    """Return the name of a voice on one line, without what would end a label.

    >>> voice(" Speaker: 1 ")
    'Speaker 1'
    """
    return " ".join(_CONTROL.sub(" ", name or "").replace(":", " ").split())[:80].rstrip()


def finished(
    path: Path, metadata: Mapping[str, str], said: Iterable[Said], doubts: Sequence[Doubt], material: str | None, *, asides: bool = False
) -> Transcript:
    """Return the transcript of what was said, under `metadata` as header lines.

    `asides`: what stands in brackets is what the format tells besides words (`Turn.skips`). Raises `ReadError` when nobody says a word.
    """
    said = [replace(one, speaker=voice(one.speaker), words=_CONTROL.sub(" ", one.words)) for one in said if has_words(one.words)]
    if not said:
        raise ReadError("transcripts.empty", where=path)
    lines = {name: _CONTROL.sub(" ", " ".join(value.split()))[:_LINE] for name, value in metadata.items() if value.strip()}
    made = from_said(path, [f"{name} : {value}" for name, value in lines.items()], lines, said, doubts, material)
    return replace(made, turns=tuple(_aside(made.text, turn) for turn in made.turns)) if asides else made


def _aside(text: str, turn: Turn) -> Turn:
    """Mark what is no words; a turn of nothing else keeps it (« [rire] » is all that the transcriber has of it)."""
    spans = sorted([*turn.skips, *(found.span() for found in _ASIDE.finditer(text, turn.start, turn.end))])
    skips: list[Span] = []
    for start, end in spans:
        if skips and start < skips[-1][1]:
            skips[-1] = (skips[-1][0], max(end, skips[-1][1]))
        else:
            skips.append((start, end))
    marked = replace(turn, skips=tuple(skips))
    return marked if any(has_words(text[start:end]) for start, end in marked.spans()) else turn
