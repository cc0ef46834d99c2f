"""Praat (.TextGrid), in the long, the short and the chronological form of text: interval tiers of speech or of a speaker, in order of time.

Empty intervals and those of silence are no speech; point tiers, and tiers of sounds, syllables or tags, are left aside.

Source: P. Boersma and D. Weenink, *Praat: doing phonetics by computer*, manual pages « TextGrid file formats » and « Special symbols »: what counts
in a text file are its free-standing numbers, strings between quotation marks and flags; everything else is comment.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ...errors import ReadError
from ...language.fold import fold
from ...language.lexicons import words
from ...model import Doubt, Transcript
from ..bounds import MAX_VALUES, load, load_text
from ..building import Said
from ..segments import finished, in_order, turns, voice
from ..tiers import Tier, speech

CHRONOLOGICAL = "Praat chronological TextGrid text file"
Token = tuple[str | float, int]  # a string or a number, and the line where it stands

_TOKEN = re.compile(r"\"(?P<text>(?:[^\"]++|\"\")*+)\"|(?<!\S)(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?=\s|$)|(?<!\S)![^\n]*")
_SPECIAL = {"`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", ",": "\u0327"}
_TRIGRAPH = re.compile(r"\\(?P<letter>[AEIOUaeiouCc])(?P<accent>[`'^\",])|\\(?P<pair>oe|OE|ae|AE)")
_PAIRS = {"oe": "œ", "OE": "Œ", "ae": "æ", "AE": "Æ"}


class _Unreadable(Exception):
    """The tokens of a file are not those of a TextGrid."""


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .TextGrid file. Raises `ReadError` when it is no text of Praat with tiers, or holds no words."""
    if b"ooBinaryFile" in load(path)[:64]:
        raise ReadError("readers.textgrid_form", where=path)
    text, doubts = load_text(path)
    try:
        tiers, points = _tiers(_tokens(path, text))
    except _Unreadable:
        raise ReadError("readers.broken", where=path, kind="Praat TextGrid") from None
    chosen, aside = speech(tiers)
    if aside + points:
        doubts = (*doubts, Doubt(0, "readers.tiers", {"n": aside + points}))
    said = in_order([[Said(voice(tier.speaker), one.words, one.times, one.line) for one in tier.said] for tier in chosen])
    return finished(path, {}, turns(said), doubts, material)


def _tokens(path: Path, text: str) -> Iterator[Token]:
    line, at = 1, 0
    for count, found in enumerate(_TOKEN.finditer(text)):
        if count > MAX_VALUES:
            raise ReadError("readers.too_full", where=path)
        line += text.count("\n", at, found.start())
        at = found.start()
        if found["number"]:
            yield float(found["number"]), line
        elif found["text"] is not None:
            yield _TRIGRAPH.sub(_letter, found["text"].replace('""', '"')), line


def _tiers(tokens: Iterator[Token]) -> tuple[list[Tier], int]:
    """Return the interval tiers, and the number of point tiers that hold something."""
    if (first := _string(tokens)[0]) == CHRONOLOGICAL:
        return _tiers_by_time(tokens)
    if "TextGrid" not in (first, _string(tokens)[0]):
        raise _Unreadable
    _number(tokens), _number(tokens)
    tiers, points = [], 0
    for _ in range(_count(tokens)):
        kind, name = _string(tokens)[0], _string(tokens)[0]
        _number(tokens), _number(tokens)
        size = _count(tokens)
        if kind == "IntervalTier":
            tiers.append(Tier(name, "", tuple(_interval(tokens) for _ in range(size))))
        elif kind == "TextTier":
            points += size > 0
            for _ in range(size):
                _number(tokens), _string(tokens)
        else:
            raise _Unreadable
    return tiers, points


def _tiers_by_time(tokens: Iterator[Token]) -> tuple[list[Tier], int]:
    """Return the same of the chronological form: the tiers are named first, then each interval says whose it is."""
    _number(tokens), _number(tokens)
    named = []
    for _ in range(_count(tokens)):
        named.append((_string(tokens)[0], _string(tokens)[0]))
        _number(tokens), _number(tokens)
    said: dict[int, list[Said]] = {n: [] for n, (kind, _) in enumerate(named, start=1) if kind == "IntervalTier"}
    points = set()
    for number, _ in tokens:
        if number in said:
            said[int(number)].append(_interval(tokens))
        elif number in range(1, len(named) + 1):
            _number(tokens), _string(tokens)
            points.add(number)
        else:
            raise _Unreadable
    return [Tier(named[n - 1][1], "", tuple(mine)) for n, mine in said.items()], len(points)


def _interval(tokens: Iterator[Token]) -> Said:
    start, end = _number(tokens), _number(tokens)
    label, line = _string(tokens)
    spoken = "" if fold(label.strip()) in words("tier_silences") else label
    return Said("", spoken, (max(start, 0.0), max(end, 0.0)), line)


def _letter(found: re.Match[str]) -> str:
    """« \\e' » is how Praat writes « é » in ASCII."""
    if found["pair"]:
        return _PAIRS[found["pair"]]
    return unicodedata.normalize("NFC", found["letter"] + _SPECIAL[found["accent"]])


def _number(tokens: Iterator[Token]) -> float:
    value, _ = next(tokens, ("", 0))
    if not isinstance(value, float):
        raise _Unreadable
    return value


def _count(tokens: Iterator[Token]) -> int:
    value = _number(tokens)
    if not value.is_integer() or value < 0:
        raise _Unreadable
    return int(value)


def _string(tokens: Iterator[Token]) -> tuple[str, int]:
    value, line = next(tokens, (0.0, 0))
    if not isinstance(value, str):
        raise _Unreadable
    return value, line
