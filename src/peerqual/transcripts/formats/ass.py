"""Advanced SubStation subtitles of Aegisub (.ass, .ssa): lines « Dialogue: » of the section « [Events] »; the field Name (Actor) tells who speaks.

Styles, comments, override codes (``{\\i1}``) and drawings (``{\\p1}`` … ``{\\p0}``) are left out; lines are put in order of time.

Source: the specification « Advanced Sub Station Alpha » (ASS v4.00+), sections « [Events] » and « Style override codes ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...errors import ReadError
from ...model import Transcript
from ..bounds import load_text
from ..subtitles import Cue, from_cues
from ..timecodes import seconds

FIELDS = "layer start end style name marginl marginr marginv effect text".split()

_DRAWING = re.compile(r"\{[^{}]*\\p[1-9][^{}]*\}.*?(?=\{[^{}]*\\p0|\Z)")
_OVERRIDE = re.compile(r"\{[^{}]*\}")


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .ass or .ssa file. Raises `ReadError` when it holds no line of dialogue with words."""
    text, doubts = load_text(path)
    cues = sorted(_cues(text), key=lambda cue: cue.times[0] or 0.0)
    if not cues:
        raise ReadError("transcripts.no_cues", where=path)
    return from_cues(path, cues, (), doubts, material)


def _cues(text: str) -> Iterator[Cue]:
    fields, events = FIELDS, False
    for number, line in enumerate(text.split("\n"), start=1):
        name, _, rest = line.strip().partition(":")
        if name.startswith("["):
            events = name.lower() == "[events]"
        elif events and name.lower() == "format":
            fields = [field.strip().lower().replace("actor", "name") for field in rest.split(",")]
        elif events and name.lower() == "dialogue":
            told = dict(zip(fields, (cell.strip() for cell in rest.split(",", len(fields) - 1)), strict=False))
            times = seconds(told.get("start", "")), seconds(told.get("end", ""))
            yield Cue(_lines(told.get("text", "")), times, number, told.get("name", ""))


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a dialogue without override codes; angle brackets are words here."""
    plain = _OVERRIDE.sub("", _DRAWING.sub("", text)).replace("\\h", "\u00a0")
    return tuple(line.strip().replace("&", "&amp;").replace("<", "&lt;") for line in re.split(r"\\[Nn]", plain))
