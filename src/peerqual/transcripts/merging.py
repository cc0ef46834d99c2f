"""Labels of one file that may be one voice (« Enq. », « E », « Enquêtrice »; « Maëlle », « Maelle K. »): proposed, never merged.

Labels are proposed when they shorten the longest of them, or are slips of it, and when they behave as one voice: nobody answers herself,
so that the two (almost) never follow each other. Also the turns inside which another voice speaks in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from ..language.fold import fold
from ..language.lexicons import words
from ..model import Corpus, Doubt, Turn
from .labels import key
from .roles import names, several, told_by

if TYPE_CHECKING:
    import pandas as pd

MAX_VOICES = 60  # in a file with more labels nobody can tell which are one
SELDOM = 0.1  # share of the rarer label's turns that may stand beside the other's
SLIP = 0.2  # a slip of the keyboard is at most so many times as frequent as what was meant
LONG = 5  # letters from which a slip is told from another name
_WOMAN = ("mme", "mlle", "madame", "mademoiselle")
# « (Maëlle : oui) », and « //S00: oui// » of noScribe
_INSIDE = re.compile(r"(?:[\[(]|//)[ \u00a0]*(?P<label>[^\[\]():\n]{1,30}?)[ \u00a0]*:(?=[^\[\]()]{0,300}?(?:[\])]|//))")


@dataclass(frozen=True, slots=True)
class Merge:
    """A label (`speaker`) that may be the voice of another, more frequent one (`same_as`)."""

    speaker: str
    same_as: str


def proposals(turns: Sequence[Turn]) -> list[Merge]:
    """Return the labels of `turns` that may be another label's voice, each once, in the order in which they come up."""
    counts = Counter(turn.speaker for turn in turns if turn.speaker)
    if not 2 < len(counts) <= MAX_VOICES:  # of two voices one asks and the other answers
        return []
    beside = Counter(frozenset((a.speaker, b.speaker)) for a, b in pairwise(turns) if a.speaker != b.speaker)
    alike: dict[str, set[str]] = {label: {label} for label in counts}
    for pair in combinations([label for label in counts if not several(label)], 2):
        rare, often = sorted(pair, key=lambda label: counts[label])
        if beside[frozenset(pair)] <= SELDOM * counts[rare] and is_alike(rare, often, counts[rare] / counts[often]):
            alike[rare].add(often)
            alike[often].add(rare)
    found = []
    for group in _groups(alike):
        longest = max(group, key=lambda label: len(key(label)))
        # « M » may be Marc or Maëlle: where one label of a group does not go with its longest, nothing is proposed.
        if alike[longest] == group:
            same_as = max(counts, key=lambda label: counts[label] if label in group else 0)
            found += [Merge(label, same_as) for label in counts if label in group and label != same_as]
    return found


def _groups(alike: dict[str, set[str]]) -> Iterator[set[str]]:
    left = set(alike)
    for label in alike:
        if label in left:
            group, reached = set[str](), {label}
            while reached:
                group |= reached
                reached = set[str]().union(*(alike[one] for one in reached)) - group
            left -= group
            if len(group) > 1:
                yield group


def is_alike(rare: str, often: str, ratio: float = 1.0) -> bool:
    """Tell whether two labels may name one voice; `ratio`: how many times as frequent `rare` is as `often`. Numbers and roles tell voices apart.

    >>> is_alike("Enq.", "Enquêtrice"), is_alike("Maëlle", "Maelle K."), is_alike("P1", "P2"), is_alike("Jean", "Jean-Noël")
    (True, True, False, False)
    """
    short, long = sorted((unicodedata.normalize("NFC", label) for label in (rare, often)), key=lambda label: len(key(label)))
    roles = [told[0] if (told := told_by(label)) else "" for label in (short, long)]
    unnamed = "other" in roles or "voice" in roles
    if unnamed or (all(roles) and roles[0] != roles[1]) or re.findall(r"\d+", short) != re.findall(r"\d+", long):
        return False
    slip = ratio <= SLIP and len(key(short)) >= LONG and is_slip(key(short), key(long))
    return slip or (_abbreviates(key(short), key(long)) if all(roles) else _shortens(short, long))


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether one word for a role shortens another: « E », « Enq. », « Itv » and « Intervieweur », not « Enquêté » and « Enquêtée »."""
    letters = iter(long)
    return short[:1] == long[:1] and len(short) <= min(5, len(long) - 2) and all(letter in letters for letter in short)


def _shortens(short: str, long: str) -> bool:
    """« Maëlle » or « M » and « Maelle K. », « MK » and « Maëlle Kerdoncuff », « Sorel » and « Dr Sorel »; not « Jean » and « Jean-Noël »."""
    few, many = (fold(label).replace(".", " ").split() for label in (short, long))
    if len(few) == 1 and len(many) > 1:
        initials = 1 < len(few[0]) <= 3 and names(long, short)
        return few[0] == many[0] or few[0] == many[0][0] or initials or (bool(told_by(many[0]) or len(many[0]) <= 3) and few == many[1:])
    if few[:1] == ["m"] and many[0] in _WOMAN:
        return False  # a couple
    if len(few) == len(many) > 0 and all(a == b or (len(a) == 1 and b.startswith(a)) for a, b in zip(few, many, strict=True)):
        return True
    return len(few) == len(many) == 1 and 2 <= len(few[0]) <= 4 and many[0].startswith(few[0]) and few[0] not in words("first_names")


def is_slip(a: str, b: str) -> bool:
    """Tell whether `b` is `a` with one letter typed otherwise, left out or added, or two exchanged; an « s » at the end makes a plural.

    >>> is_slip("maelle", "maelel"), is_slip("maelle", "mael"), is_slip("participant", "participants")
    (True, False, False)
    """
    short, long = sorted((a, b), key=len)
    if a == b or len(long) - len(short) > 1 or long == f"{short}s":
        return False
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    return short[at + 1 :] == long[at + 1 :] or short[:at] + short[at : at + 2][::-1] + short[at + 2 :] == long


def doubts(text: str, turns: Sequence[Turn], lines: Sequence[int]) -> list[Doubt]:
    """Return a doubt for each label that may be another's voice, and one for the voices inside others' turns; `lines` say where turns begin."""
    first: dict[str, int] = {}
    for n, turn in enumerate(turns):
        first.setdefault(turn.speaker, n)
    found = []
    for merge in proposals(turns):
        mine, other = first[merge.speaker], first[merge.same_as]
        found.append(Doubt(lines[mine], "transcripts.same_voice", {"turn": mine + 1, "other": other + 1}))
    voices = {key(label) for label in first} - {""}
    inside = [n for n, turn in enumerate(turns) for one in _INSIDE.finditer(text, turn.start, turn.end) if _is_other(one["label"], turn, voices)]
    return [*found, Doubt(lines[inside[0]], "transcripts.voice_inside", {"n": len(inside)})] if inside else found


def _is_other(label: str, turn: Turn, voices: set[str]) -> bool:
    return key(label) in voices and key(label) != key(turn.speaker)


def merges_table(corpus: Corpus) -> pd.DataFrame:
    """Return the labels that may be one voice: document,speaker,same_as (the more frequent one), unless ``participants.csv`` names both."""
    import pandas as pd

    rows = []
    for transcript in corpus:
        people = {turn.speaker: turn.participant for turn in transcript.turns}
        rows += [
            (transcript.id, merge.speaker, merge.same_as)
            for merge in proposals(transcript.turns)
            if not (people[merge.speaker] and people[merge.same_as])
        ]
    return pd.DataFrame(rows, columns=["document", "speaker", "same_as"], dtype=object)
