"""What takes the place of things that have a name: « [association A] », « [hôpital 1] », « [date 2] », « [âge] »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from ..language import lexicons
from ..language.fold import fold
from .phrase import look_back

_ARTICLES = frozenset("le la les l un une des du de d au aux".split())
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BEFORE = re.compile(r"((?:[\w-]+ )?[\w-]+)\s+(?:(?:de la|de|du|des|le|la|les)\s+|d'|de l'|l')?[\"«]?\s*$")
_BESIDE = re.compile(r" (?:sur|sous|les|lez|en|la|le) ")
_LINK = re.compile(r"\s+(?:(?:de la|de|du|des)\s+|d['’]|de l['’])?$")


@dataclass(frozen=True, slots=True)
class Kind:
    """The noun between brackets, its gender ("": what stands before is not agreed), and how it counts: "A", "1" or "-"."""

    noun: str
    gender: str
    index: str


@cache
def _kinds() -> dict[str, tuple[dict[str, Kind], Kind]]:
    kinds: dict[str, tuple[dict[str, Kind], Kind]] = {}
    words: dict[str, dict[str, Kind]] = {}
    for label, listed, noun, gender, index in lexicons.rows("replacement_nouns"):
        kind = Kind(noun, gender, index)
        for word in filter(None, listed.split("|")):
            words.setdefault(label, {})[fold(word)] = kind
        if not listed:
            kinds[label] = (words.get(label, {}), kind)
    return kinds


def kind_of(text: str, start: int, end: int, label: str) -> Kind | None:
    """Return what kind of thing the mention names, by its own first words or those right before it, or None when they do not tell."""
    known, _ = _kinds()[label]
    surface = fold(text[start:end])
    if label == "CONTACT":
        return _contact(surface)
    if label == "AGE":
        return Kind("tranche d’âge", "f", "-") if re.search(r"aine\b", surface) else None
    return named_by(known, text, start, end) if known else None


def named_by(known: Mapping[str, Kind], text: str, start: int, end: int) -> Kind | None:
    """Return the kind in `known` (by its folded nouns) that the first words of a name or the words right before it tell, or None."""
    words = _WORD.findall(fold(text[start:end]))
    for word in (" ".join(words[:2]), *words[:2]):
        if word in known:
            return known[word]
    link = _BEFORE.search(fold(text[max(0, start - 50) : start]))
    if link is None:
        return None
    before, _, word = link[1].rpartition(" ")
    return known.get(link[1]) or known.get(before if word in _ARTICLES else word)


def association() -> Kind:
    """Return the kind of what the column « association » of participants.csv names."""
    return _kinds()["ORG"][0]["association"]


def default_kind(label: str) -> Kind:
    """Return the kind of a thing of which nothing tells more than its label."""
    return _kinds()[label][1]


def _contact(surface: str) -> Kind:
    if "@" in surface and re.search(r"@\w[\w-]*\.", surface):
        return Kind("courriel", "m", "-")
    if re.search(r"https?:|www\.|\.(?:fr|com|org|net|example)\b|/", surface):
        return Kind("site", "m", "-")
    if surface.startswith("@") or not re.search(r"\d|zero|deux|trois|six", surface):
        return Kind("identifiant", "m", "-")
    return Kind("téléphone", "m", "-")


@cache
def core_of(surface: str, label: str) -> str:
    """Return what identifies a thing: its name folded, without article and type (« la clinique des Tilleuls » and « Les Tilleuls » are one).

    « L'université de Lyon » is not Lyon: before a bare « de » the type stays.
    """
    words = [word for part in _WORD.findall(fold(surface).replace("œ", "oe")) for word in part.split("-")]
    if label == "MED":
        return " ".join(words).removesuffix("s") or fold(surface)
    at = 0
    while at < len(words) - 1:
        step = 2 if " ".join(words[at : at + 2]) in _types() else 1
        typed = " ".join(words[at : at + step]) in _types()
        of = words[at + step : at + step + 2]
        if not (words[at] in _ARTICLES or (typed and of and not (of[0] in ("de", "d") and of[1:] not in (["la"], ["l"])))):
            break
        at += step
    return " ".join(words[at:]) or fold(surface)


@cache
def _types() -> frozenset[str]:
    return frozenset(word for label in ("ORG", "HOSP") for word in _kinds()[label][0])


def shortened(cores: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each name that is the beginning of exactly one longer name of its label, with that one (`cores`: name → label).

    « La Passerelle » is La Passerelle Bleue; of places only « Saint-Aubry » is Saint-Aubry-sur-Lierne, for Paris is not Paris-Plage.
    """
    ordered = sorted(cores)
    for n, core in enumerate(ordered):
        owners = list(takewhile(lambda other, core=core: other.startswith(f"{core} "), ordered[n + 1 :]))  # type: ignore[misc]
        owners = [other for other in owners if cores[other] == cores[core]]
        if len(owners) == 1 and len(core) > 3 and (cores[core] != "LOC" or _BESIDE.match(owners[0], len(core))):
            yield core, owners[0]


def start_of(text: str, start: int, label: str, kind: Kind, floor: int) -> int:
    """Return where the replacement begins: before the type noun, when it stands right before the name (« l'association X »)."""
    if label not in ("ORG", "HOSP"):
        return start
    link = _LINK.search(text, max(floor, start - 8), start)
    if link is None:
        return start
    words = list(_WORD.finditer(text, max(floor, start - 40), link.start()))
    known, _ = _kinds()[label]
    if not words or words[-1].end() != link.start() or known.get(fold(words[-1][0])) != kind:
        return start
    return words[-1].start()


def plural(text: str, start: int, end: int, label: str, floor: int) -> bool:
    """Tell whether a class of drugs is named in the plural; names of single things are not."""
    return label == "MED" and (look_back(text, start, floor).plural or (text[start:end].endswith("s") and text[start:end].islower()))
