"""How much is shown in place of names, ages, dates and places: one marking, several levels, and the profiles that name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from ..errors import UsageError
from ..language import lexicons
from ..language.fold import fold
from ..model import Mention
from .bands import band, is_band
from .dates_shift import Shift, is_shifted, shifted, year_of
from .generic import Kind, named_by


@dataclass(frozen=True, slots=True)
class Levels:
    """What is shown of each kind of identifier. The defaults are the plain marks.

    `names`: "pseudonyms" or "codes" (« P07 »). `ages`: "mark" (« [âge] »), "bands" (« [40-49 ans] ») or "wide" (« [40-59 ans] »).
    `dates`: "numbers" (« [date 3] »), "shifted" (« [~26 mars 1982~] »), "years" (« [~1982~] ») or "mark" (« [date] »).
    `places`: "numbers" (« [lieu 2] »), "types" (« [ville A] ») or "mark" (« [lieu] »).
    """

    names: str = "pseudonyms"
    ages: str = "mark"
    dates: str = "numbers"
    places: str = "numbers"


NAMES = ("pseudonyms", "codes")
PROFILES: Mapping[str, Levels] = MappingProxyType(
    {
        "internal": Levels(ages="bands", dates="shifted", places="types"),
        "team": Levels(ages="bands", dates="years", places="types"),
        "publication": Levels(ages="wide", dates="mark", places="mark"),
    }
)


def levels_of(profile: str | None = None, names: str | None = None) -> Levels:
    """Return the levels of `profile` ("internal", "team", "publication"; None: plain marks); with `names` "codes" places show their type too.

    Raises `UsageError` when one of the two is unknown.

    >>> levels_of("team").ages, levels_of(names="codes").places
    ('bands', 'types')
    """
    if profile is not None and profile not in PROFILES:
        raise UsageError("anonymization.unknown_profile", where="profile", choices=", ".join(PROFILES))
    if names is not None and names not in NAMES:
        raise UsageError("anonymization.unknown_names", where="names", choices=", ".join(NAMES))
    levels = PROFILES[profile] if profile is not None else Levels()
    if names != "codes":
        return levels
    return replace(levels, names=names, places="types" if levels.places == "numbers" else levels.places)


def stands(text: str, mention: Mention) -> bool:
    """Tell whether `mention` is an age in a band or a shifted date, written by an earlier pass."""
    if mention.label == "AGE":
        return is_band(text, mention.start, mention.end)
    return mention.label == "DATE" and is_shifted(text, mention.start, mention.end)


def shown(levels: Levels, label: str, surface: str, shift: Shift) -> str | None:
    """Return what is shown in place of an age or a date, brackets included; None when its mark is."""
    if label == "AGE" and levels.ages != "mark":
        return band(surface, wide=levels.ages == "wide")
    if label != "DATE" or levels.dates not in ("shifted", "years"):
        return None
    told = shifted(surface, shift) if levels.dates == "shifted" else year_of(surface, shift)
    return f"[~{told}~]" if told is not None else None


def kind_at(levels: Levels, label: str, text: str, start: int, end: int) -> Kind | None:
    """Return the noun for a place or date at these levels, None where the usual one serves."""
    if label == "DATE" and levels.dates != "numbers":
        return Kind("date", "", "-")
    if label != "LOC" or levels.places == "numbers":
        return None
    if levels.places == "mark":
        return Kind("lieu", "m", "-")
    own = named_by(_nouns(), text[start:end], 0, end - start)
    return own or named_by(_areas(), text, start, end) or _listed(fold(text[start:end])) or _nouns()["lieu"]


@cache
def _areas() -> dict[str, Kind]:
    """Return the nouns that, before a name, say what is named: « le quartier de X », not « la gare de X », which is another place than X."""
    return {word: kind for word, kind in _nouns().items() if kind.noun in ("quartier", "commune", "ville", "département", "région", "île")}


def slot_of(levels: Levels, label: str) -> str:
    """Return under which slot the noun of a thing is kept at these levels (see `Namer.thing`)."""
    return "typed " if (label == "LOC" and levels.places != "numbers") or (label == "DATE" and levels.dates != "numbers") else ""


@cache
def _nouns() -> dict[str, Kind]:
    return {fold(word): Kind(noun, gender, index) for words, noun, gender, index in lexicons.rows("place_nouns") for word in words.split("|")}


@cache
def _types() -> dict[str, str]:
    return {fold(name): kind for name, kind in lexicons.rows("places")}


def _listed(surface: str) -> Kind | None:
    """Return the noun for a place by the list of places and departments (or the number of one)."""
    if surface in lexicons.words("departments") or surface.isdecimal():
        return _nouns()["department"]
    return _nouns().get(_types().get(surface, ""))
