"""What guidelines for reporting qualitative studies ask (COREQ, RTARG), with what the corpus and the codings answer of themselves.

Tong, Sainsbury and Craig 2007, « Consolidated criteria for reporting qualitative research (COREQ) », International Journal for Quality in Health Care
19(6); Braun and Clarke, « Reporting guidelines for qualitative research: a values-based approach », Qualitative Research in Psychology, 2025.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peerqual.errors import message
from peerqual.language.typography import typeset

if TYPE_CHECKING:
    from peerqual.reporting.html.data import ReportData
    from peerqual.reporting.html.words import Words

DOMAINS = (range(1, 9), range(9, 24), range(24, 33))
QUESTIONS = range(1, 14)


@dataclass(frozen=True, slots=True)
class Item:
    """One of COREQ's items: its `number`, its `domain`, what it asks, and the `answer` ("" where only a person knows it)."""

    number: int
    domain: str
    asked: str
    answer: str


def coreq(data: ReportData, words: Words) -> list[Item]:
    """Return COREQ's 32 items in the project's own words, filled where `data` knows the answer."""
    return [
        Item(n, _said(f"domain_{d}", words), _said(f"item_{n}", words), ANSWERS[n](data, words) if n in ANSWERS else "")
        for d, numbers in enumerate(DOMAINS, 1)
        for n in numbers
    ]


def rtarg(words: Words) -> list[str]:
    """Return the questions that RTARG puts to a reflexive thematic analysis, in the project's own words."""
    return [_said(f"question_{n}", words) for n in QUESTIONS]


def _said(key: str, words: Words, **values: object) -> str:
    return typeset(message(f"coreq.{key}", words.lang, **values), words.lang)


def _sample(data: ReportData, words: Words) -> str:
    documents = words.series(words.many(n, material) for material, n in data.facts["documents"].items())
    return _said("told_12", words, people=words.many(data.facts["participants"], "person"), documents=documents)


def _attributes(data: ReportData, words: Words) -> str:
    names = dict.fromkeys(name for person in data.corpus.participants for name in person.attributes)
    return _said("told_16", words, attributes=words.series(names)) if names else ""


def _notes(data: ReportData, words: Words) -> str:
    n = data.facts["documents"].get("field_notes", 0)
    return _said("told_20", words, notes=words.many(n, "field_notes")) if n else ""


def _durations(data: ReportData, words: Words) -> str:
    ends = [max((turn.time_end or turn.time_start or 0.0 for turn in transcript.turns), default=0.0) for transcript in data.corpus]
    known = sorted(end / 60 for end in ends if end)
    if not known:
        return ""
    return _said("told_21", words, least=words.number(known[0]), most=words.number(known[-1]), n=words.many(len(known), "document"))


def _coders(data: ReportData, words: Words) -> str:
    counts = data.facts["codings"]
    people = words.number(counts["accepted"] + counts["added"])
    return _said("told_24", words, proposed=words.number(counts["proposed"] + counts["accepted"]), people=people)


def _codes(data: ReportData, words: Words) -> str:
    return _said("told_25", words, codes=words.many(data.facts["codes_total"], "code"))


def _software(data: ReportData, words: Words) -> str:
    return _said("told_27", words, version=data.versions.get("peerqual", "")).replace(" .", ".")


def _excerpts(data: ReportData, words: Words) -> str:
    shown = data.tables["verbatims"]
    n = len(shown[["document", "start", "end"]].drop_duplicates())
    people = len(shown[["participant", "document"]].drop_duplicates("participant"))
    return _said("told_29", words, excerpts=words.many(n, "excerpt"), people=words.many(people, "person")) if n else ""


def _traced(data: ReportData, words: Words) -> str:
    return _said("told_30", words) if data.whole else ""


def _always(n: int) -> Callable[[ReportData, Words], str]:
    return lambda data, words: _said(f"told_{n}", words)


ANSWERS: dict[int, Callable[[ReportData, Words], str]] = {
    9: _always(9),
    12: _sample,
    16: _attributes,
    20: _notes,
    21: _durations,
    22: _always(22),
    24: _coders,
    25: _codes,
    26: _always(26),
    27: _software,
    29: _excerpts,
    30: _traced,
    31: _always(31),
    32: _always(32),
}
