"""ELAN (.eaf): a tier that no other governs is a speaker's; what several tiers hold is put in order of time.

Dependent tiers (translations, glosses, tags) are left aside, and tiers of a controlled vocabulary or named after something else than speech.
Where the governing tier only numbers utterances (« ref » of Toolbox and FLEx), its first dependent tier with words is read instead.

Source: H. Sloetjes and P. Wittenburg, « Annotation by category: ELAN and ISO DCR », LREC 2008; the schema ``EAFv3.0.xsd`` of the program.
Read directly, for pympi-ling parses without bounds; tests compare with what pympi-ling writes and reads.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...model import Doubt, Transcript
from ..building import Said
from ..segments import finished, has_words, in_order, turns
from ..tiers import Tier, speech
from ..timecodes import NO_TIMES, Times
from ..xml import outermost, parse

_NUMBERED = re.compile(r"(?=\S*\d)[\w.:@-]{1,60}")


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    participant: str
    parent: str
    coded: bool
    said: tuple[Said, ...]


def is_mine(head: str) -> bool:
    """Tell whether a file that begins with `head` is ELAN's."""
    return "<ANNOTATION_DOCUMENT" in head


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .eaf file. Raises `ReadError` when it is no XML of ELAN, is hostile, or holds no words."""
    root, doubts = parse(path, ("ANNOTATION_DOCUMENT",), "ELAN")
    found = _tiers(root)
    worded = {one.parent: one for one in reversed(found) if any(has_words(said.words) for said in one.said)}
    main = [_worded(one, worded.get(one.name)) for one in found if not one.parent]
    plain = [one for one in main if not one.coded] or main
    chosen, aside = speech([Tier(one.name, one.participant, one.said) for one in plain])
    names = {tier.name for tier in chosen}
    named = Counter(one.participant for one in plain if one.name in names)
    dependent = sum(bool(one.parent) for one in found)
    further = {
        "readers.tiers": aside + len(main) - len(plain),
        "readers.dependent": dependent,
        "readers.one_participant": sum(n > 1 for name, n in named.items() if name),
    }
    doubts = (*doubts, *(Doubt(0, key, {"n": n}) for key, n in further.items() if n))
    said = in_order([[replace(one, speaker=tier.speaker) for one in tier.said] for tier in chosen])
    return finished(path, {}, turns(said), doubts, material)


def _tiers(root: Any) -> list[_Found]:
    slots = {one.get("TIME_SLOT_ID"): _second(one.get("TIME_VALUE", "")) for one in root.iter("TIME_SLOT")}
    coded = {one.get("LINGUISTIC_TYPE_ID") for one in root.iter("LINGUISTIC_TYPE") if one.get("CONTROLLED_VOCABULARY_REF")}
    times: dict[str | None, Times] = {
        one.get("ANNOTATION_ID"): (slots.get(one.get("TIME_SLOT_REF1")), slots.get(one.get("TIME_SLOT_REF2")))
        for one in root.iter("ALIGNABLE_ANNOTATION")
    }
    return [
        _Found(
            tier.get("TIER_ID", ""),
            (tier.get("PARTICIPANT") or "").strip(),
            tier.get("PARENT_REF", ""),
            tier.get("LINGUISTIC_TYPE_REF") in coded,
            tuple(sorted((_said(one, times) for one in outermost(tier, "ALIGNABLE_ANNOTATION", "REF_ANNOTATION")), key=_start)),
        )
        for tier in outermost(root, "TIER")
    ]


def _said(annotation: Any, times: dict[str | None, Times]) -> Said:
    value = annotation.find("ANNOTATION_VALUE")
    words = "".join(value.itertext()) if value is not None else ""
    when = times.get(annotation.get("ANNOTATION_ID")) or times.get(annotation.get("ANNOTATION_REF")) or NO_TIMES
    return Said("", words, when, annotation.sourceline or 0)


def _start(one: Said) -> float:
    return one.times[0] if one.times[0] is not None else float("inf")


def _second(milliseconds: str) -> float | None:
    return int(milliseconds) / 1000 if milliseconds.isdecimal() and len(milliseconds) < 12 else None


def _worded(tier: _Found, child: _Found | None) -> _Found:
    """Return `tier`, with the words of its first dependent tier that has any where itself has only numbers of utterances."""
    texts = [one.words.strip() for one in tier.said if one.words.strip()]
    numbers = sum(_NUMBERED.fullmatch(text) is not None for text in texts)
    return replace(tier, said=child.said) if child and texts and numbers >= 0.8 * len(texts) else tier
