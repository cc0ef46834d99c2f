"""CHAT (.cha of CLAN and TalkBank): utterances of one speaker in a row are a turn; dependent tiers (``%``) are left aside.

The voice is the code of the main line (``*INV:``); names, roles, sex and age stand in the header line « Personnes »;
``@Participants`` tells the roles.

Source: B. MacWhinney, *The CHILDES Project: Tools for Analyzing Talk*, part 1, The CHAT Transcription Format (chapters 4–6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...errors import ReadError
from ...model import Transcript
from .. import decoding, persons
from ..bounds import load
from ..building import Said
from ..chat import spoken
from ..segments import finished, turns
from ..timecodes import NO_TIMES, Times

Line = tuple[int, str]

_HEADER = re.compile(r"@(?P<name>[A-Za-z][^:\t]{0,60}?)\s*:\s*(?P<value>.*)", re.DOTALL)
_MAIN = re.compile(r"\*(?P<code>[^:\s*]{1,60})\s*:(?P<words>.*)", re.DOTALL)
_BULLET = re.compile(r"[\x15•](?:%snd:\"[^\"\x15]{0,200}\")?_?(?P<start>\d{1,9})_(?P<end>\d{1,9})-?[\x15•]")
_HIDDEN = re.compile(r"\x15[^\x15]{0,400}\x15")
KEPT = {"date": "Date", "location": "Lieu", "situation": "Situation", "languages": "Langue"}


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .cha file. Raises `ReadError` when it has no main line of CHAT, or no words."""
    text, doubts = decoding.decode(path, load(path))
    lines = list(_lines(text.replace("\r\n", "\n").replace("\r", "\n")))
    headers = [(found["name"].strip().lower(), " ".join(found["value"].split())) for _, line in lines if (found := _HEADER.match(line))]
    people, roles = _people(headers)
    said = [_said(number, found, roles) for number, line in lines if (found := _MAIN.match(line))]
    if not said:
        raise ReadError("readers.other_kind", where=path, kind="CHAT")
    metadata = {KEPT[name]: value for name, value in reversed(headers) if name in KEPT}
    return finished(path, metadata | {persons.LINE: persons.legend(people)}, turns(said), doubts, material, asides=True)


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines with those that continue them (they begin with a blank), and their numbers."""
    begin, parts = 0, [""]
    for number, line in enumerate(text.split("\n"), start=1):
        if line[:1] in ("\t", " ") and parts[0]:
            parts.append(line)
        else:
            yield begin, " ".join(parts)
            begin, parts = number, [line]
    yield begin, " ".join(parts)


def _people(headers: Sequence[tuple[str, str]]) -> tuple[list[persons.Person], dict[str, str]]:
    """Return the persons, and their roles by code."""
    told = {}
    for name, value in headers:
        if name == "id" and value.count("|") >= 7:
            _, _, code, age, sex, _, _, _, *_ = value.split("|")
            told[code.strip()] = (sex, age)
    people, roles = [], {}
    for part in next((value for name, value in headers if name == "participants"), "").split(","):
        code, *words = part.split()[:5] or [""]
        role = words[-1] if words and (len(words) > 1 or persons.is_role(words[-1])) else ""
        roles[code] = persons.role_of(role)
        people.append(persons.Person(code, (*(word.replace("_", " ") for word in words), *told.get(code, ()))))
    return people, roles


def _said(number: int, found: re.Match[str], roles: dict[str, str]) -> Said:
    code, raw = found["code"], found["words"]
    return Said(code, spoken(_HIDDEN.sub(" ", _BULLET.sub(" ", raw))), _times(raw), number, roles.get(code, ""))


def _times(raw: str) -> Times:
    bullets = [(int(found["start"]) / 1000, int(found["end"]) / 1000) for found in _BULLET.finditer(raw)]
    return (bullets[0][0], bullets[-1][1]) if bullets else NO_TIMES
