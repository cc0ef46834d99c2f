"""Which tiers of an annotated recording hold speech: those named after a speaker or after words, not sounds, tags, gestures or notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..language.fold import fold
from ..language.lexicons import rows
from .building import Said
from .segments import has_words

_EDGES = " \t_-–/:.@|()[]{}"
_COUNT = re.compile(r"[a-zA-Z]{0,10}[ _-]?\d{1,5}")
_REMARK = re.compile(r"\[[^\[\]]*\]")
_PARTS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier: its name, whose it is ("" where only the name tells), and its annotations in order."""

    name: str
    speaker: str
    said: tuple[Said, ...]


@cache
def _kinds() -> dict[str, str]:
    return {fold(row[0]): row[1] for row in rows("tier_names")}


def kind(name: str) -> str:
    """Return what the words of a tier's name say that it holds: "other" (sounds, tags, notes), "words", "speech", or "" (a speaker's name).

    >>> kind("Maëlle"), kind("ortho"), kind("Anna - words"), kind("syll")
    ('', 'speech', 'words', 'other')
    """
    found = {_kinds().get(part, "") for part in _PARTS.findall(fold(name))}
    return next((one for one in ("other", "words", "speech") if one in found), "")


def speech(tiers: Sequence[Tier]) -> tuple[list[Tier], int]:
    """Return the tiers that hold speech, each with its speaker, and how many with annotations were left aside.

    Where several of them are one person's, each is a voice named after its tier.

    Word-by-word tiers count where there is nothing better (forced alignment: « Anna - words », « Anna - phones »); if no tier qualifies all do.
    """
    full = [tier for tier in tiers if any(has_words(one.words) for one in tier.said)]
    spoken = [tier for tier in full if not _only_counts(tier)] or full
    kinds = {id(tier): kind(tier.name) for tier in full}
    chosen = [tier for tier in spoken if kinds[id(tier)] in ("", "speech")]
    chosen = chosen or [tier for tier in spoken if kinds[id(tier)] == "words"] or spoken
    named = Counter(tier.speaker for tier in chosen)
    return [replace(tier, speaker=tier.speaker if named[tier.speaker] == 1 and tier.speaker else _speaker(tier.name)) for tier in chosen], len(
        full
    ) - len(chosen)


def _only_counts(tier: Tier) -> bool:
    """Tell whether a tier only numbers its intervals (« ipu_1 », « ipu_2 » of SPPAS), or has nothing but remarks in brackets."""
    texts = [text for one in tier.said if has_words(text := one.words.strip()) and not _REMARK.fullmatch(text)]
    return not texts or (len(texts) > 1 and all(map(_COUNT.fullmatch, texts)) and len(set(texts)) == len(texts))


def _speaker(name: str) -> str:
    """« Anna - words » is Anna's; « ortho » keeps its name."""
    rest = name
    for found in _PARTS.finditer(name):
        if fold(found[0]) in _kinds():
            rest = rest.replace(found[0], "", 1)
    rest = rest.strip(_EDGES)
    return rest if has_words(rest) else name
