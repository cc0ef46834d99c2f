"""CHAT: the same utterances of the same speakers with their times; an utterance without anything replaced keeps its codes.

Kept of the header: languages, participants and what the reader tells of them, date, place, situation, with their edits. Dependent tiers (``%``),
other headers, comments and the name of the recording go; so do explanations and corrections between brackets, which are not read.
Source: B. MacWhinney, *The CHILDES Project: Tools for Analyzing Talk*, part 1, The CHAT Transcription Format (chapters 4–9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from itertools import accumulate

from .. import decoding
from ..bounds import load
from ..chat import spoken
from ..formats.cha import _BULLET, _HEADER, _HIDDEN, _MAIN, KEPT, _lines
from .checking import check_strings
from .pieces import Source
from .rewrite import Rewrite
from .sequences import SPOKEN, Words, align

# Codes between brackets that are free words; of these, what happened (« [=! rit] ») is read and stays.
_FREE = re.compile(r"\[(?![/*?<>!]{1,3}\d?\]|=!|%)[^\[\]]*\]")
_REPLACED = re.compile(r"\[(?P<words>[^\[\]]+)\]")
_WORDS = re.compile(r"&=\S+|[^\W_]+|\s+|.")
_BULLETS = re.compile(rf"{_BULLET.pattern}|{_HIDDEN.pattern}")


@dataclass(slots=True)
class _Utterance:
    """A main line: its speaker, what follows the colon without bullets and free codes, what is read of it, and the bullets."""

    code: str
    raw: str
    read: str
    bullets: str

    def put(self, text: str) -> None:
        """Carry what changed of what is read over to the raw line; « [lieu 1] », which would be a code, becomes an event."""
        old, new = (_WORDS.findall(_REPLACED.sub(_event, one)) for one in (self.read, text))
        begins = [0, *accumulate(map(len, old))]
        pairs = dict(align(_letters("".join(old)), _letters(self.raw)))
        for kind, a0, a1, b0, b1 in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
            if kind != "equal":
                places = [pairs[at] for at in range(begins[a0], begins[a1]) if at in pairs]
                after = max((place for at, place in pairs.items() if at < begins[a0]), default=-1) + 1
                start, end = (min(places), max(places) + 1) if places else (after, after)
                self.raw = self.raw[:start] + "".join(new[b0:b1]) + self.raw[end:]


def rewritten(rewrite: Rewrite) -> bytes:
    """Return the file with the words of `rewrite`. Raises `WritingError` when the words of an edit are not found in it."""
    text, _ = decoding.decode(rewrite.path, load(rewrite.path))
    lines = [line for _, line in _lines(text.replace("\r\n", "\n").replace("\r", "\n"))]
    utterances = [_utterance(found) for line in lines if (found := _MAIN.match(line))]
    source = Source()
    for number, one in enumerate(utterances):
        source.add(one.read, partial(_Utterance.put, one), number)
    source.carry(rewrite, header=False)
    made = [*_header(lines, rewrite), *(f"*{rewrite.left(one.code)}:\t{' '.join(one.raw.split())}{one.bullets}" for one in utterances), "@End"]
    check_strings(made, rewrite)
    return ("\n".join(["@UTF8", "@Begin", *made]) + "\n").encode("utf-8")


def _utterance(found: re.Match[str]) -> _Utterance:
    bullets = "".join(f" {bullet[0]}" for bullet in _BULLET.finditer(found["words"]))
    raw = _FREE.sub(" ", _BULLETS.sub(" ", found["words"]))
    return _Utterance(found["code"], raw, spoken(raw), re.sub(r'%snd:"[^"]*"_?', "", bullets))


def _event(found: re.Match[str]) -> str:
    return f"&={'_'.join(found['words'].split())} "


def _letters(text: str) -> Words:
    return Words(list(text), [0] * len(text), [SPOKEN] * len(text))


def _header(lines: list[str], rewrite: Rewrite) -> Iterator[str]:
    for line in lines:
        found = _HEADER.match(line)
        name, value = (found["name"].strip(), " ".join(found["value"].split())) if found else ("", "")
        if name.lower() in KEPT:
            yield f"@{name}:\t{rewrite.rewritten(value)}"
        elif name.lower() == "participants":
            yield f"@{name}:\t{', '.join(_participant(part.split(), rewrite) for part in value.split(',') if part.strip())}"
        elif name.lower() == "id" and value.count("|") >= 7:
            language, _, code, age, sex, _, _, role, *_ = value.split("|")
            told = [rewrite.rewritten(one) for one in (age, sex, role)]
            yield f"@{name}:\t{'|'.join([language, '', rewrite.left(code), *told[:2], '', '', told[2], '', ''])}|"


def _participant(words: list[str], rewrite: Rewrite) -> str:
    code, *names = words[:5]
    return " ".join([rewrite.left(code), *("_".join(rewrite.rewritten(name.replace("_", " ")).split()) for name in names)])
