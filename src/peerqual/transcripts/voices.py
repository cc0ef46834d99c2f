"""Which candidates are speakers: the evidence of a whole file, weighed label by label.

A label counts more the more its look says (`labels.weigh`), the oftener it comes back, and the more of the file's lines open that way;
it counts less where the line before breaks off in the middle of a sentence (wrapped lines), and in forms that speech has too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..language.fold import fold
from .labels import Candidate, Head, key
from .roles import several
from .timecodes import NO_TIMES

ENOUGH = 3.0  # what a label must be worth
OFTEN, NEARLY_ALL = 0.6, 0.9  # shares of lines that make a file consistently labelled
MANY = 3  # voices
TOO_OFTEN = 12  # for a word in lower case before a colon to be anything but a voice (speech recognition: « roselyne: »)
FORMS = {"colon": 0, "bracket": 0, "tab": 0, "dash": 1, "dot": 1, "alone": 1}  # in order of preference; what is taken off

_BROKEN_OFF = re.compile(r"(?:[\w,;’'(«-]| (?:[A-Z]{1,2}|\d{1,3})\])$")  # « [lieu 2] » stands for a name
_NUMBERED = re.compile(r"(?P<voice>[^\W\d_]{1,9})[ ._-]?(?P<number>\d{1,4})")
_ASKED = ("q", "r", "question", "reponse")  # their numbers count questions


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body that is not blank: its number (0-based), where it starts and ends, its head.

    `first`: a blank line stands before it; `aside`: it is no words but a time code, a rule, or something in brackets.
    """

    number: int
    start: int
    end: int
    first: bool
    aside: bool
    head: Head


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that begins a turn: the voice, and whether it was accepted on much evidence."""

    line: int
    speaker: str
    candidate: Candidate
    sure: bool


@dataclass(slots=True)
class _Label:
    """All candidates of one form and one label; how many stand after a line that breaks off, open a paragraph, quote (« Maman : « viens » »)."""

    form: str
    found: list[Candidate]
    broken: int = 0
    first: int = 0
    quoted: int = 0

    @property
    def n(self) -> int:
        return len(self.found)

    @property
    def look(self) -> int:
        return max(candidate.weight for candidate in self.found)

    @property
    def worth(self) -> float:
        """What look and recurrence say, without the rest of the file."""
        unlikely = self.look < {"dot": 2, "bracket": 2, "tab": 2, "alone": 1}.get(self.form, -1)
        steps = (4, 4) if self.look == 0 and self.found[0].label[0].isupper() else (4, TOO_OFTEN) if self.look == 0 else (4,)
        often = (self.n >= 2) + sum(self.n >= step for step in steps)
        timed = self.form == "alone" and all(candidate.times != NO_TIMES for candidate in self.found)  # « Maëlle Kerdoncuff  0:04 »
        return self.look + often - FORMS[self.form] - unlikely - 2 * (self.quoted > self.n / 2) + timed


def find(text: str, lines: Sequence[Line]) -> tuple[list[Opening], list[Candidate]]:
    """Return the openings of turns in `lines`, and the candidates that were rejected although they look like names."""
    labels = _gather(text, lines)
    shares = _shares(lines, labels.values())
    punctuated = _punctuated(labels.values())
    steady = sum(label.n >= 2 and label.worth >= ENOUGH for label in labels.values())
    good = {name for name, label in labels.items() if _score(label, shares, punctuated, steady) >= ENOUGH}
    good |= {(form, name) for (form, name), label in labels.items() if _are_known(several(label.found[0].label), form, good)}
    chosen = _choose(lines, good)
    doubtful = [c for line in lines if line.number not in chosen for c in line.head.candidates if c.form == "colon" and c.weight >= 2]
    return _openings(chosen), doubtful if chosen else []


def _score(label: _Label, shares: dict[str, tuple[float, float]], punctuated: bool, steady: int) -> float:
    """Return what `label` is worth in its file, in which `steady` labels come back."""
    score = label.worth - 2 * (punctuated and label.broken > label.n / 2)
    if label.look >= 2 or label.n >= 2 or steady:
        of_lines, of_paragraphs = shares.get(label.form, (0.0, 0.0))
        share = max(of_lines, of_paragraphs if label.first > label.n / 2 else 0.0)
        # Where three voices come back it is a conversation of many, and a person may well speak once.
        score += (share >= OFTEN or (steady >= MANY and label.look >= 2)) + (share >= NEARLY_ALL)
    return score


def _are_known(parts: Sequence[str], form: str, good: set[tuple[str, str]]) -> bool:
    """Tell whether all voices that a label names together (« A/B ») are labels of their own."""
    return bool(parts) and all((form, key(part)) in good for part in parts)


def _gather(text: str, lines: Sequence[Line]) -> dict[tuple[str, str], _Label]:
    labels: dict[tuple[str, str], _Label] = {}
    for before, line in zip([None, *lines], lines, strict=False):
        if not line.head.candidates:
            continue
        broken = before is not None and not line.first and bool(_BROKEN_OFF.search(text[max(before.start, before.end - 8) : before.end].rstrip()))
        for candidate in line.head.candidates:
            label = labels.setdefault((candidate.form, key(candidate.label)), _Label(candidate.form, []))
            label.found.append(candidate)
            label.broken += broken
            label.first += line.first
            label.quoted += text.startswith(("«", '"', "“"), candidate.start)
    return labels


def _shares(lines: Sequence[Line], labels: Iterable[_Label]) -> dict[str, tuple[float, float]]:
    """Return for each form the share of lines, and of paragraphs, that open with a label of some worth.

    Lines without words do not count, nor the line under a label that stands alone before its colon.
    """
    counts, firsts = Counter[str](), Counter[str]()
    for label in labels:
        if label.look >= 0:
            counts[label.form] += label.n
            firsts[label.form] += label.first
    lone = {line.number for line in lines for c in line.head.candidates if c.form != "alone" and c.start >= line.end}
    wordy = max(1, sum(not line.aside for line in lines) - len(lone))
    paragraphs = sum(line.first and not line.aside for line in lines)
    per_line = {form: wordy - (counts[form] if form == "alone" else 0) for form in counts}
    return {form: (counts[form] / max(1, per_line[form]), firsts[form] / paragraphs if paragraphs > 1 else 0.0) for form in counts}


def _punctuated(labels: Iterable[_Label]) -> bool:
    """Tell whether the lines before good labels mostly end a sentence: only then does a line that breaks off say something."""
    good = [label for label in labels if label.n >= 2 and label.look >= 2]
    return sum(label.broken for label in good) < 0.5 * sum(label.n for label in good)


def _choose(lines: Sequence[Line], good: set[tuple[str, str]]) -> dict[int, Candidate]:
    """Return the accepted candidate of each line: of the form that most lines use, of a voice known from that form, or before a colon."""
    passing = {line.number: mine for line in lines if (mine := [c for c in line.head.candidates if (c.form, key(c.label)) in good])}
    counts = Counter(candidate.form for mine in passing.values() for candidate in mine)
    main = max(FORMS, key=lambda form: counts[form])
    known = {key(candidate.label) for mine in passing.values() for candidate in mine if candidate.form == main}
    if main == "alone":
        kept = _not_under_another(lines, passing)
        # Names that often stand one right under another are a list of names.
        passing = kept if len(known) >= 2 and len(kept) >= 0.9 * len(passing) else {}
    chosen = {}
    for number, mine in passing.items():
        allowed = [c for c in mine if c.form in (main, "colon") or (c.form != "alone" and key(c.label) in known)]
        if allowed:
            chosen[number] = max(allowed, key=lambda c: (c.form == main, c.form == "colon"))
    return chosen


def _not_under_another(lines: Sequence[Line], passing: dict[int, list[Candidate]]) -> dict[int, list[Candidate]]:
    """Leave out a name that stands right under a label: it is what that voice says (« Odette », then « Camille »)."""
    kept: dict[int, list[Candidate]] = {}
    above = -1
    for line in lines:
        if line.number in passing and above not in kept:
            kept[line.number] = passing[line.number]
        above = line.number
    return kept


def _openings(chosen: dict[int, Candidate]) -> list[Opening]:
    counting = _counting([candidate.label for candidate in chosen.values()])
    apart = _apart(chosen.values())
    named = {}
    for number, candidate in chosen.items():
        label = counting.get(candidate.label, candidate.label)
        named[number] = f"{label} ({candidate.aside})" if key(candidate.label) in apart else label
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for label in named.values():
        spellings[key(label)][label] += 1
    names = {voice: counter.most_common(1)[0][0] for voice, counter in spellings.items()}
    return [
        Opening(number, names[key(label)], chosen[number], spellings[key(label)].total() > 1 or chosen[number].weight >= 3)
        for number, label in sorted(named.items())
    ]


def respelt(openings: Iterable[Opening]) -> list[int]:
    """Return the lines on which a voice is first spelt in other letters than its name: « MAELLE » for « Maëlle », not « P 3 » for « P3 »."""
    first: dict[str, int] = {}
    for opening in openings:
        label = opening.candidate.label
        if label != opening.speaker and key(label) == key(opening.speaker) and _letters(label) != _letters(opening.speaker):
            first.setdefault(opening.speaker, opening.line)
    return list(first.values())


def _letters(label: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", label)))


def _counting(labels: Sequence[str]) -> dict[str, str]:
    """Map « Q1 », « R1 », « Q2 » … to « Q » and « R », and « E1 », « L2 », « E3 » … to « E » and « L », where numbers count turns, not persons."""
    found = [(match["voice"], int(match["number"])) for label in labels if (match := _NUMBERED.fullmatch(label))]
    numbers: dict[str, list[int]] = defaultdict(list)
    for voice, number in found:
        numbers[voice].append(number)
    rising = {voice for voice, mine in numbers.items() if mine == sorted(set(mine))}
    asked = {voice for voice in rising if fold(voice) in _ASKED}
    if len(found) == len(labels) >= 4 and 2 <= len(numbers) <= len(found) / 2 and [n for _, n in found] == sorted({n for _, n in found}):
        counting = set(numbers)
    else:
        counting = asked if any(len(numbers[voice]) > 1 for voice in asked) else set()
    return {label: match["voice"] for label in labels if (match := _NUMBERED.fullmatch(label)) and match["voice"] in counting}


def _apart(candidates: Iterable[Candidate]) -> set[str]:
    """Labels whose brackets tell persons apart: « Participant (A) », « Participant (B) », each several times, never bare."""
    asides: dict[str, Counter[str]] = defaultdict(Counter)
    for candidate in candidates:
        asides[key(candidate.label)][candidate.aside] += 1
    return {label for label, counter in asides.items() if "" not in counter and len(counter) >= 2 and min(counter.values()) >= 2}
