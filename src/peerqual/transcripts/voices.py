"""Which candidates are speakers: the evidence of a whole file, weighed label by label.

A label counts more the more its look says (`labels.weigh`), the oftener it comes back, and the more of the file's lines open that way;
it counts less where the line before breaks off in the middle of a sentence (wrapped lines).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .labels import Candidate, Head, key

ENOUGH = 3
_OPEN_END = re.compile(r"[\w,;’'(«-][\"» \u00a0]*$")
_NUMBERED = re.compile(r"(q|r|question|réponse|reponse)[ ._-]?(\d{1,3})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body that is not blank: its number (0-based), where it starts and ends, whether a blank line stands before it, its head."""

    number: int
    start: int
    end: int
    first: bool
    head: Head


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that begins a turn: the voice, where the words begin, and whether it was accepted on little evidence."""

    line: int
    speaker: str
    candidate: Candidate
    sure: bool


def find(text: str, lines: Sequence[Line]) -> tuple[list[Opening], list[Candidate]]:
    """Return the openings of turns in `lines`, and the candidates that were rejected although they look like names."""
    by_label: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    open_before: dict[int, bool] = {}
    firsts = {line.number for line in lines if line.first}
    for i, line in enumerate(lines):
        for candidate in line.head.candidates:
            by_label[candidate.form, key(candidate.label)].append(candidate)
        if line.head.candidates:
            before = text[max(0, lines[i - 1].end - 8) : lines[i - 1].end] if i and not line.first else ""
            open_before[line.number] = bool(_OPEN_END.search(before.rstrip()))
    scores = {}
    shares = _shares(lines, firsts)
    for pair, found in by_label.items():
        scores[pair] = _score(pair[0], found, open_before, shares, firsts)
    chosen = _choose(lines, scores)
    doubtful = [c for line in lines if line.number not in chosen for c in line.head.candidates if c.form == "colon" and c.weight >= 2]
    return _openings(lines, chosen, scores), doubtful


def _shares(lines: Sequence[Line], firsts: set[int]) -> dict[str, tuple[float, float]]:
    """For each form: the share of lines, and of lines after a blank, that have a candidate of it worth something."""
    counts: Counter[str] = Counter()
    first_counts: Counter[str] = Counter()
    for line in lines:
        for candidate in line.head.candidates:
            if candidate.weight > 0:
                counts[candidate.form] += 1
                first_counts[candidate.form] += line.number in firsts
    paragraphs = len(firsts) if len(firsts) > 1 else 10**9
    return {form: (counts[form] / len(lines), first_counts[form] / paragraphs) for form in counts}


def _score(form: str, found: list[Candidate], open_before: dict[int, bool], shares: dict[str, tuple[float, float]], firsts: set[int]) -> float:
    n = len(found)
    score = float(max(candidate.weight for candidate in found))
    score += (n >= 2) + (n >= 4)
    line_share, first_share = shares.get(form, (0.0, 0.0))
    inside = sum(candidate.line in firsts for candidate in found) / n
    share = max(line_share, first_share if inside > 0.5 else 0.0)
    score += (share >= 0.6) + (share >= 0.9)
    score -= 2 * (sum(open_before[candidate.line] for candidate in found) > n / 2)
    if form in ("dash", "dot", "alone", "tab"):
        score -= 1 + (form == "alone" and n < 2)
    if form in ("bracket", "dot"):
        score -= found[0].weight < 2
    return score


def _choose(lines: Sequence[Line], scores: dict[tuple[str, str], float]) -> dict[int, Candidate]:
    """Return the accepted candidate of each line: of the form that most lines use, or of a voice known from that form, or after a colon."""
    good: dict[int, list[Candidate]] = {}
    for line in lines:
        if passing := [c for c in line.head.candidates if scores[c.form, key(c.label)] >= ENOUGH]:
            good[line.number] = passing
    counts = Counter(candidate.form for passing in good.values() for candidate in passing)
    if not counts:
        return {}
    order = ("colon", "bracket", "tab", "dash", "dot", "alone")
    main = max(counts, key=lambda form: (counts[form], -order.index(form)))
    if main == "alone" and not _alternates(good, counts):
        return {}
    known = {key(c.label) for passing in good.values() for c in passing if c.form == main}
    chosen = {}
    for number, passing in good.items():
        allowed = [c for c in passing if c.form in (main, "colon") or (key(c.label) in known and c.form != "alone")]
        if allowed:
            chosen[number] = max(allowed, key=lambda c: (c.form == main, c.form == "colon"))
    return chosen


def _alternates(good: dict[int, list[Candidate]], counts: Counter[str]) -> bool:
    # Labels alone on their line: two voices at least, and never one right under another.
    alone = [c for passing in good.values() for c in passing if c.form == "alone"]
    return len({key(c.label) for c in alone}) >= 2


def _openings(lines: Sequence[Line], chosen: dict[int, Candidate], scores: dict[tuple[str, str], float]) -> list[Opening]:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    numbered = _numbered([candidate.label for candidate in chosen.values()])
    names = {}
    for candidate in chosen.values():
        label = numbered.get(candidate.label, candidate.label)
        spellings[key(label)][label] += 1
    for voice, counter in spellings.items():
        names[voice] = counter.most_common(1)[0][0]
    apart = _apart(chosen.values(), numbered)
    made = []
    for number, candidate in sorted(chosen.items()):
        label = names[key(numbered.get(candidate.label, candidate.label))]
        if key(candidate.label) in apart and candidate.aside:
            label = f"{label} ({candidate.aside})"
        count = sum(spellings[key(numbered.get(candidate.label, candidate.label))].values())
        made.append(Opening(number, label, candidate, count > 1 or candidate.weight >= 3))
    return made


def _numbered(labels: Sequence[str]) -> dict[str, str]:
    """Map « Q1 », « R1 », « Q2 » … to « Q » and « R » where the numbers count questions and not persons (each stands once, rising)."""
    rising: dict[str, list[int]] = defaultdict(list)
    for label in labels:
        if found := _NUMBERED.fullmatch(label):
            rising[found[1]].append(int(found[2]))
    counting = {
        letter for letter, numbers in rising.items() if len(numbers) >= 2 and len(set(numbers)) == len(numbers) and numbers == sorted(numbers)
    }
    if not any(len(rising[letter]) >= 2 for letter in counting):
        return {}
    return {label: found[1] for label in labels if (found := _NUMBERED.fullmatch(label)) and found[1] in counting}


def _apart(candidates: object, numbered: dict[str, str]) -> set[str]:
    """Labels whose brackets tell persons apart: « Participant (A) », « Participant (B) », each several times, never bare."""
    asides: dict[str, Counter[str]] = defaultdict(Counter)
    for candidate in candidates:  # type: ignore[attr-defined]
        asides[key(candidate.label)][candidate.aside] += 1
    return {label for label, counter in asides.items() if "" not in counter and len(counter) >= 2 and min(counter.values()) >= 2}
