"""The words of a sentence as the model sees them: names, figures, dates and what stands for them told as such, so that a pseudonymized text
reads like its original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from simplemma import is_known

from ...language import lexicons
from ..program import key
from ..reading import Reading

NAME, NUMBER = "‹nom›", "‹nombre›"

# What pseudonymization writes: « [lieu 2] », « [association A] », « [âge] », « [40-49 ans] », « [~8 mars 1983~] ».
_STAND_IN = re.compile(
    r"\[(?:(?P<noun>[^\W\d_][^\[\]\d]{0,30}?) (?:[A-Z]{1,2}|\d{1,3})"
    r"|(?P<bare>âge|date|coordonnées|téléphone|courriel|identifiant|numéro|adresse)"
    r"|[^\[\]]{0,12}\d[^\[\]]{0,24})\]"
)
_FIGURES = frozenset(map(key, "âge date coordonnées téléphone numéro".split()))
_DRUG = key("médicament")
_INITIALS = re.compile(r"(?:[a-z]{1,2}\.-?){1,3}\Z")
_COUNT = frozenset(
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante septante"
    " huitante octante nonante cent cents mille zero vingts".split()
)
_TIMES = frozenset("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre printemps ete automne hiver".split())
# As replacing changes them: « la MDU », « l'[association A] », « du [lieu 2] », « de l'[hôpital 1] ».
_ALIKE = {"l'": "le", "l": "le", "la": "le", "d'": "de", "d": "de", "qu'": "que", "qu": "que", "une": "un"}
_TOGETHER = {"au": ("a", "le"), "aux": ("a", "le"), "du": ("de", "le")}


def plain(reading: Reading) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the word forms of a sentence, marks left out, and which word of the sentence each is."""
    words: list[str] = []
    numbers: list[int] = []
    for i, form in _told(reading):
        if form in _TIMES and words and words[-1] == NUMBER:
            form = NUMBER
        elif form == NUMBER and words and words[-1] in _TIMES:
            words[-1] = NUMBER  # « mars 2019 », « l'hiver 2003 »
        if form in (NAME, NUMBER) and words and words[-1] == form:
            continue  # a name of several words is one
        words.append(form)
        numbers.append(i)
    return tuple(words), tuple(numbers)


def in_stand_ins(reading: Reading) -> dict[int, re.Match[str]]:
    """Return which words of a sentence stand in what was put for a name, a date or a number, and that."""
    if "[" not in reading.text:
        return {}
    found = list(_STAND_IN.finditer(reading.text))
    spans = enumerate(reading.sentence.spans) if found else ()
    return {i: one for i, (start, end) in spans for one in found if one.start() <= start and end <= one.end()}


def _told(reading: Reading) -> Iterator[tuple[int, str]]:
    stand_ins = in_stand_ins(reading)
    said: set[int] = set()
    for i, word in enumerate(reading.sentence.words):
        inside = stand_ins.get(i) if stand_ins else None
        if inside is None:
            for form in _of_word(word.text, word.form, word.capital, i > 0):
                yield i, form
        elif inside.start() not in said:
            said.add(inside.start())
            for form in _of_stand_in(key(inside["noun"] or inside["bare"] or "")):
                yield i, form


@cache
def _of_word(text: str, form: str, capital: bool, inner: bool) -> tuple[str, ...]:
    """Return a word of a sentence (`inner`: not its first) as the model sees it; nothing for a mark."""
    if not any(map(str.isalnum, form)):
        return ()
    if text.isupper() and len(text) > 2:
        named = form not in _generic() and not is_known(form, lang="fr")
    else:
        named = (capital and (inner or not is_known(form, lang="fr"))) or "@" in form or bool(_INITIALS.match(form))
    told = NAME if named else NUMBER if _counts(form) else _ALIKE.get(form, form)
    return _TOGETHER.get(told, (told,))


@cache
def _generic() -> frozenset[str]:
    """Return the acronyms that name nobody's house: CMP, MDPH."""
    return frozenset(key(name) for name, kind, *_ in lexicons.rows("organisations") if kind == "generic")


def _of_stand_in(noun: str) -> tuple[str, ...]:
    if not noun or noun in _FIGURES:
        return (NUMBER, "ans") if noun == key("âge") else (NUMBER,)
    return (noun,) if noun == _DRUG else (NAME,)


def _counts(form: str) -> bool:
    parts = [part for part in form.split("-") if part not in ("et", "un", "une")]
    return any(map(str.isdigit, form)) or (bool(parts) and all(part in _COUNT for part in parts))
