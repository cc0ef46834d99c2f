"""Corpora of IRaMuTeQ and Alceste (.txt): each line of stars « **** *ent_01 *sexe_f », « 0001 *sexe_f » begins a text, « -*theme » a part of it.

A file is one document, as everywhere; each text in it is the words of one voice, named after the variable that tells the texts apart (« ent_01 »),
else numbered. So the rows of participants.csv can give each text its person. The variables of each text stand in the metadata.

Source: P. Ratinaud, IRaMuTeQ, documentation « Formatage des corpus »; M. Reinert, « Alceste, une méthodologie d'analyse des données textuelles »,
Bulletin de méthodologie sociologique 26 (1990), 24–54.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ...errors import ReadError
from ...model import Doubt, Transcript, Turn
from .. import timecodes
from ..bounds import load_text
from ..building import MAX_LINES, Said, with_turns
from ..segments import finished, has_words, voice

TYPE = {"Type": "entretiens (corpus IRaMuTeQ)"}
MOST = 50  # variables that may tell the texts apart

_BUILT = re.compile(rf"\ufeff?Type : {re.escape(TYPE['Type'])}")
_TURN = re.compile(r"^(?P<voice>[^\n:]{1,80}) : (?P<words>.+)$", re.MULTILINE)
_STARS = re.compile(r"[\ufeff\s]*(?:\*{4}|\d{4})(?P<variables>(?:[ \t]+\*[^\s*]{1,80})+)[ \t]*")
_THEME = re.compile(r"-\*(?P<theme>[^\s*]{1,80})[ \t]*")
_VARIABLE = re.compile(r"\*(?P<name>[^\s*_]+)(?:_(?P<value>[^\s*]+))?")

Text = tuple[int, list[str], list[tuple[int, list[str]]]]  # a text's line, its variables, and the lines of its parts


def is_mine(head: str) -> bool:
    """Tell whether a file that begins with `head` is a corpus of IRaMuTeQ, its first line one of stars, or the text that was built of one."""
    first = head.strip("\ufeff\ufffd \t\r\n").partition("\n")[0].strip()
    return (_STARS.fullmatch(first) or _BUILT.fullmatch(first)) is not None


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a corpus of IRaMuTeQ. Raises `ReadError` when it has no line of stars, or no words."""
    text, doubts = load_text(path)
    if text.count("\n") > MAX_LINES:
        raise ReadError("readers.too_full", where=path)
    if _BUILT.match(text):
        return _built(path, text, doubts, material)
    texts = [one for one in _texts(text) if any(has_words(line) for _, lines in one[2] for line in lines)]
    if not texts:
        raise ReadError("transcripts.empty", where=path)
    names = _names([variables for _, variables, _ in texts])
    said = [
        Said(name, " ".join(lines), line=number, role="respondent")
        for name, (_, _, parts) in zip(names, texts, strict=True)
        for number, lines in parts
    ]
    if len(texts) > 1:
        doubts = (*doubts, Doubt(0, "readers.texts", {"n": len(texts)}))
    made = finished(path, TYPE, said, doubts, material)
    told = {name: ", ".join(one.replace("_", " = ", 1) for one in variables) for name, (_, variables, _) in zip(names, texts, strict=True)}
    return replace(made, metadata=told | dict(made.metadata))


def _built(path: Path, text: str, doubts: Sequence[Doubt], material: str | None) -> Transcript:
    """Read a text that was built of a corpus, pseudonymized since perhaps: each line is a turn, though most voices speak once."""
    turns, lines, line, at = [], [], 1, 0
    for found in _TURN.finditer(text, text.find("\n\n")):
        start, end = found.span("words")
        turns.append(Turn(found["voice"].strip(), None, "respondent", start, end, tuple(timecodes.spans(text, start, end))))
        line, at = line + text.count("\n", at, start), start
        lines.append(line)
    return with_turns(path, text, turns, lines, TYPE, material, doubts)


def _texts(text: str) -> list[Text]:
    texts: list[Text] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _STARS.fullmatch(line):
            texts.append((number, [one[0][1:] for one in _VARIABLE.finditer(found["variables"])], [(number + 1, [])]))
        elif texts:
            parts = texts[-1][2]
            if theme := _THEME.match(line):
                parts.append((number, []))
            parts[-1][1].append(line[theme.end() if theme else 0 :])
    return texts


def _names(variables: Sequence[Sequence[str]]) -> list[str]:
    """Return a name for each text: the value of the first variable that all have and that tells all apart, else « texte 1 », « texte 2 » …"""
    told = [{one.partition("_")[0]: one for one in mine} for mine in variables]
    for name in list(told[0])[:MOST]:
        values = [mine.get(name, "") for mine in told]
        if all(values) and max(Counter(map(voice, values)).values()) == 1:
            return values
    return [f"texte {n}" for n in range(1, len(variables) + 1)]
