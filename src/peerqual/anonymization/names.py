"""Read a person's name as it is written: first name, surname, initials, in either order, with what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..language import lexicons
from ..language.fold import fold
from .grammar import like

TITLES = {
    "m": "m", "mr": "m", "monsieur": "m", "mme": "f", "mlle": "f", "madame": "f", "mademoiselle": "f",
    "dr": "", "docteur": "", "docteure": "f", "doctoresse": "f", "pr": "", "professeur": "", "professeure": "f", "maitre": "", "me": "",
}  # fmt: skip
_PARTICLES = frozenset("de du des d le la van von der den ben bin el al da dos di del ould ait".split())
_PIECES = re.compile(r"\s+|[^\s]+")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?-)*[^\W\d_]\.?")
_DOTTED = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]?\.?")
_LETTERS = re.compile(r"(?:[^\W\d_]\.?)+")
_SPACES = (" ", "\u00a0", "\n", "\u202f")
_RELATION = re.compile(r"\b(m[ao]n?|t[ao]n?|s[ao]n?|une?|la|le|cette|cet?|l)[\s'’]+([^\W\d_][\w-]*)\s*,?\s*$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts. `first` and `last` are normalized ("" when not said, one letter when an initial).

    `pieces` are the words and spaces of the name as written, each with its role: "first", "last", "first_initial", "last_initial", "" (kept).
    `is_full`: first name and surname were both said; `is_initials`: nothing but initials was.
    """

    first: str
    last: str
    pieces: tuple[tuple[str, str], ...]
    is_full: bool = False
    is_initials: bool = False

    @property
    def title(self) -> str | None:
        """Return the gender that a title in the name tells ("" when it tells none), or None when the name begins with none."""
        text, role = self.pieces[0]
        return None if role else TITLES.get(norm(text))

    def written(self, first: str, last: str) -> str:
        """Return the name written with other names, in the same order and case; initials stay initials."""
        return "".join(_piece(text, role, first, last) for text, role in self.pieces)

    def coded(self, code: str) -> str:
        """Return the name with a code in place of all its parts; a title stays (« Mme P07 »)."""
        at = next((n for n, (_, role) in enumerate(self.pieces) if role), 0)
        return "".join(text for text, _ in self.pieces[:at]) + code


def _piece(text: str, role: str, first: str, last: str) -> str:
    if not role:
        return text
    name = first if role.startswith("first") else last
    if role.endswith("initial"):
        letter = name[:1].lower() if text[:1].islower() else name[:1].upper()
        return letter + "." * text.endswith(".")
    return name.lower() if text.islower() else like(text, name)


@cache
def norm(text: str) -> str:
    """Return `text` for comparison: folded, hyphens and dots as spaces, one space between words."""
    return " ".join(re.sub(r"[-.]", " ", fold(text).replace("œ", "oe").replace("æ", "ae")).split())


@cache
def genders() -> dict[str, str]:
    """Return the gender ("m", "f", "x") of each known first name, normalized."""
    known: dict[str, str] = {}
    for name, gender, *_ in lexicons.rows("first_names"):
        key = norm(name)
        known[key] = gender if known.get(key, gender) == gender else "x"
    return known


def gender(first: str) -> str:
    """Return the gender that the first name `first` (normalized) tells: "m", "f" or "x"."""
    return genders().get(first) or genders().get(first.split(" ")[0], "x") if first else "x"


@cache
def _surnames() -> frozenset[str]:
    return frozenset(norm(name) for name in lexicons.lexicon("surnames"))


_LONGEST_SHORTENED = len("Mlle.")


def title_before(text: str, start: int) -> str | None:
    """Return the gender that a title right before `start` tells ("" when the title tells none), or None when there is no title."""
    word = _word_before(text, start)
    return "" if word in ("les", "aux") else TITLES.get(word)  # « les Kervandec »: a family


def _word_before(text: str, start: int) -> str:
    """Return the word before `start`, folded, when nothing but a space (or « , ») stands between, else ""."""
    before = text[max(0, start - 24) : start]
    if before[-1:] not in _SPACES:
        return ""
    words = before.split()
    if not words or (words[-1][-1] in ".!?" and len(words[-1]) > _LONGEST_SHORTENED):
        return ""  # « votre mère, mademoiselle. » then a name that begins another sentence, or labels the next turn
    return fold(words[-1]).rstrip(".,").rpartition("'")[2].lstrip('(«"')


def relation_before(text: str, start: int) -> str:
    """Return the gender of the noun before a name (« ma sœur X » → "f"), or ""."""
    if _word_before(text, start) not in lexicons.words("relations"):
        return ""
    hit = _RELATION.search(fold(text[max(0, start - 30) : start]))
    if hit is None:
        return ""
    if hit[1] in ("ma", "ta", "sa", "une", "la", "cette"):
        return "f"
    return "m" if hit[1] in ("un", "le", "ce", "cet") or hit[2][0] not in "aeiouy" else ""


@cache
def parse(surface: str, titled: bool = False, compounds: frozenset[str] = frozenset()) -> Name:
    """Read `surface`; `titled` when a title stands before it, `compounds` are first names met elsewhere in one piece (« anne lise »).

    >>> name = parse("Maëlle KERVANDEC")
    >>> name.first, name.last, name.written("Julie", "Morvan")
    ('maelle', 'kervandec', 'Julie MORVAN')
    """
    pieces = [part for piece in _PIECES.findall(surface) for part in _letters(piece)]
    words = [piece for piece in pieces if not piece.isspace()]
    while len(words) > 1 and norm(words[0]) in TITLES and pieces[pieces.index(words[0]) + 1].isspace():
        titled = True
        del words[0]
    roles = iter(_roles(words, titled, compounds))
    kept = len([piece for piece in pieces if not piece.isspace()]) - len(words)
    read: list[tuple[str, str]] = []
    space = ""
    for piece in pieces:
        if piece.isspace():
            space += piece
            continue
        kept -= 1
        role = next(roles, "") if kept < 0 else ""
        if read and read[-1][1] == role and not role.endswith("initial"):
            read[-1] = (read[-1][0] + space + piece, role)
        else:
            read += [(space, "")] * bool(space) + [(piece, role)]
        space = ""
    read += [(space, "")] * bool(space)
    said = {role: norm(text) for text, role in reversed(read) if role}
    first = said.get("first") or said.get("first_initial", "")[:1]
    last = said.get("last") or said.get("last_initial", "")[:1]
    return Name(first, last, tuple(read), "first" in said and "last" in said, "first" not in said and "last" not in said)


def _letters(word: str) -> list[str]:
    """Part initials written in one word: « YH », « Y.H. »."""
    letters = [letter for letter in word if letter.isalpha()]
    spelled = len(letters) == 2 or (len(letters) == 3 and not set(fold(word)) & set("aeiouy"))
    if spelled and word.isupper() and _LETTERS.fullmatch(word) and norm(word) not in genders():
        at = max(n for n, letter in enumerate(word) if letter.isalpha())
        return [word[:at], word[at:]]
    return [word]


def _roles(words: list[str], titled: bool, compounds: frozenset[str]) -> list[str]:
    """Return the role of each word of a name."""
    if len(words) == 1:
        return _role_alone(words[0], titled)
    initial = [_INITIAL.fullmatch(word) is not None or (len(word) == 2 and word.isupper() and norm(word) not in genders()) for word in words]
    known = [norm(word) in genders() for word in words]
    whole = norm(" ".join(words))
    if all(initial):
        return ["first_initial"] * (len(words) - 1) + ["last_initial"]
    if whole in compounds or (whole in genders() and all(known)):
        return ["first"] * len(words)
    if norm(words[0]) in _PARTICLES:
        return ["first" if words[0][:1].islower() and not titled else "last"] * len(words)  # « la Grande », « Le Bihan »
    if initial[0]:
        return ["first_initial"] + ["last"] * (len(words) - 1)
    if initial[-1]:
        return ["first"] * (len(words) - 1) + ["last_initial"]
    capitals = [len(word) > 1 and word.isupper() for word in words]
    if (capitals[0] and not capitals[-1]) or (known[-1] and not known[0] and not capitals[-1]):
        return ["last"] * (len(words) - 1) + ["first"]
    givens = 1
    while givens < len(words) - 1 and known[givens] and norm(words[givens]) not in _PARTICLES:
        givens += 1
    return ["first"] * givens + ["last"] * (len(words) - givens)


def _role_alone(word: str, titled: bool) -> list[str]:
    letters = word.replace(".", "").replace("-", "")
    if _DOTTED.fullmatch(word) or len(letters) == 1:
        return ["last_initial" if titled else "first_initial"]
    if titled:
        return ["last"]
    key = norm(word)
    if key not in genders() and key in _surnames():
        return ["last"]
    return ["first"]
