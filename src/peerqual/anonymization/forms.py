"""Forms of the names of disorders: what kind of word each is, its gender and number, and which name one and the same disorder."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..language import lexicons
from ..language.fold import fold

_NOUN_ENDINGS = ("ie", "ose", "te", "isme", "ion", "ia", "out", "ence", "ome")
_FEMININE_ENDINGS = ("ie", "ose", "te", "ion", "ia", "ence", "ee", "phase", "crise", "perversion", "conduite", "maladie")
_CODE = re.compile(r"F ?\d\d")
_MASCULINE_ENDINGS = ("isme", "syndrome", "spectre", "stress", "out", "me")


class Replacement(NamedTuple):
    """What an edit writes from `start` to `end`, and the `core` that stands for the mention itself.

    `further` are changes of the same kind before and behind it, as ``(start, end, text)``; `doubt` is where words that may have to agree were left.
    """

    start: int
    end: int
    text: str
    core: str
    further: tuple[tuple[int, int, str], ...] = ()
    doubt: tuple[int, int] | None = None


@cache
def _kinds() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for form, kind, *_ in lexicons.rows("disorders"):
        kinds.setdefault(fold(form), kind)
    kinds.update({fold(form): kind for form, kind in lexicons.rows("disorder_nouns")})
    return kinds


def kind(form: str) -> str:
    """Return "noun", "acronym", "quality" (noun that is also said of persons), "adj", "clip" or "after_trouble" for the name of a disorder."""
    known = known_kind(form)
    if known:
        return known
    if _CODE.match(form):
        return "acronym"
    return "noun" if fold(form).removesuffix("s").endswith(_NOUN_ENDINGS) else "adj"


def known_kind(form: str) -> str:
    """Return what the lexicon says of `form`, or ""."""
    folded = fold(form)
    return _kinds().get(folded) or _kinds().get(folded.removesuffix("s"), "")


@cache
def _families() -> tuple[tuple[str, str], ...]:
    rows = [(beginning, family) for beginning, family in lexicons.rows("disorder_families")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def family(form: str) -> str:
    """Return what forms of one disorder have in common: « schizo » and « schizophrénie » give the same string."""
    folded = fold(form).replace("-", " ")
    for beginning, name in _families():
        if folded.startswith(beginning.replace("-", " ")):
            return name
    return folded[:5]


def is_plural(form: str) -> bool:
    """Tell whether the form is a plural: « phobies », « TOCs », not « accès », « dépress »."""
    if form.isupper() or kind(form) in ("acronym", "quality"):
        return form[-1:] in ("s", "S") and known_kind(form[:-1]) != ""
    folded = fold(form)
    if not folded.split()[0].endswith("s") or folded.startswith(("acces ", "stress", "gilles ")):
        return False
    return " " in folded or folded not in _kinds() or folded[:-1] in _kinds()


def is_feminine(form: str) -> bool:
    """Tell whether the noun for a disorder is feminine, by the ending of its first word; acronyms are not."""
    word = fold(form).split()[0].removesuffix("s")
    if kind(form) in ("acronym", "quality") or word.endswith(_MASCULINE_ENDINGS):
        return False
    return word.endswith(_FEMININE_ENDINGS)


@cache
def persons() -> frozenset[str]:
    """Return the nouns of persons that an adjective may follow."""
    return frozenset(lexicons.lexicon("grammar_persons"))


@cache
def predicates() -> dict[str, tuple[str, bool]]:
    """Return the forms of être, devenir and rester, what each becomes in style « fluent », and whether it is a participle."""
    table = {form: (becomes, bool(rest)) for form, becomes, *rest in lexicons.rows("grammar_predicates")}
    return {fold(form): became for form, became in table.items()} | table
