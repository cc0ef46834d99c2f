"""Orfeo's tables of words (.orfeo): one word a line with its times and its speaker; the words of one speaker in a row are a turn.

Source: the CEFC, projet-orfeo.fr: columns of CoNLL-U, then the beginning and the end of the word in seconds, and the speaker.
"""

from __future__ import annotations

import re
from pathlib import Path

from ...errors import ReadError
from ...model import Transcript
from ..bounds import load_text
from ..building import Said
from ..segments import finished, turns
from ..timecodes import seconds

FORM, START, END, SPEAKER = 1, 10, 11, 12

_GLUED = re.compile(r"(?<=['’]) | (?=[.,…])")


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .orfeo file. Raises `ReadError` when it has no line of thirteen columns, or no words."""
    text, doubts = load_text(path)
    rows = [(number, cells) for number, line in enumerate(text.split("\n"), start=1) if len(cells := line.split("\t")) > SPEAKER]
    if not rows:
        raise ReadError("readers.other_kind", where=path, kind="Orfeo")
    said = [Said(cells[SPEAKER].strip(), cells[FORM].replace("#", " "), (seconds(cells[START]), seconds(cells[END])), n) for n, cells in rows]
    made = [Said(one.speaker, _GLUED.sub("", one.words), one.times, one.line) for one in turns(said)]
    return finished(path, {}, made, doubts, material)
