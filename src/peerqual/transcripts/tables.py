"""What was understood of a corpus, as DataFrames: an overview, the turns, the doubts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import message
from ..model import Corpus, Transcript, Turn
from . import roles
from .participants import participant_of

if TYPE_CHECKING:
    import pandas as pd

TURN_COLUMNS = ["document", "start", "end", "speaker", "participant", "role", "time_start", "time_end"]
OVERVIEW_COLUMNS = ["document", "format", "material", "speaker", "role", "reason", "participant", "turns", "words"]
_WORD = re.compile(r"\w[\w\u0300-\u036f'’-]*")  # « l'espoir », « peut-être » and « été » with loose accents are one word each
PERSONS = ("respondent", "facilitator")


def turns_table(corpus: Corpus) -> pd.DataFrame:
    """Return one row a turn: document,start,end (code points, half-open),speaker,participant,role,time_start,time_end (seconds or empty)."""
    import pandas as pd

    rows = [
        (transcript.id, turn.start, turn.end, turn.speaker, _participant(transcript, turn), turn.role, turn.time_start, turn.time_end)
        for transcript in corpus
        for turn in transcript.turns
    ]
    table = pd.DataFrame(rows, columns=TURN_COLUMNS)
    return table.astype({"time_start": "float64", "time_end": "float64"})


def overview(corpus: Corpus, lang: str | None = None) -> pd.DataFrame:
    """Return one row a voice: document,format,material,speaker,role,reason (why that role, in `lang`),participant,turns,words.

    A document without turns has one row. Words are counted in the turns, time codes left out. Only persons are participants: an interviewer
    has none unless ``participants.csv`` names one.
    """
    import pandas as pd

    rows = []
    for transcript in corpus:
        why = {voice: message(f"transcripts.reason_{reason}", lang) for voice, reason in roles.reasons(transcript).items()}
        told = (transcript.id, Path(transcript.source).suffix.lower().lstrip("."), transcript.material)
        voices: dict[tuple[str, str, str, str], Counter[str]] = {}
        for turn in transcript.turns:
            voice = (turn.speaker, turn.role, why[turn.speaker, turn.role], _participant(transcript, turn))
            words = sum(_words(transcript.text, start, end) for start, end in turn.spans())
            voices.setdefault(voice, Counter()).update(turns=1, words=words)
        rows += [(*told, *voice, count["turns"], count["words"]) for voice, count in voices.items()]
        if not voices:
            rows.append((*told, "", "", "", "", 0, count_words(transcript)))
    return pd.DataFrame(rows, columns=OVERVIEW_COLUMNS)


def doubts_table(corpus: Corpus, lang: str | None = None) -> pd.DataFrame:
    """Return what the readers were not sure of: file,line (1-based; 0: the whole file),doubt (in `lang`)."""
    import pandas as pd

    rows = [
        (Path(transcript.source).name or transcript.id, doubt.line, message(doubt.key, lang, **doubt.values))
        for transcript in corpus
        for doubt in transcript.doubts
    ]
    return pd.DataFrame(rows, columns=["file", "line", "doubt"])


def count_words(transcript: Transcript) -> int:
    """Return how many words are said in `transcript`, time codes left out; all words of the text where there are no turns."""
    spans = [span for turn in transcript.turns for span in turn.spans()] or [(0, len(transcript.text))]
    return sum(_words(transcript.text, start, end) for start, end in spans)


def _words(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _WORD.finditer(text, start, end))


def _participant(transcript: Transcript, turn: Turn) -> str:
    return turn.participant or (participant_of(transcript, turn) if turn.role in PERSONS else "")
