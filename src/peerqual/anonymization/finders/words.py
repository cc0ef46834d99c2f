"""What each word form is, once and for all: flags that wake finders and grade what they see.

Forms are graded when first met and remembered, so that a long corpus costs little more than one look in a dictionary a word.
"""

from __future__ import annotations

import re
from functools import cache
from operator import attrgetter

import simplemma

from ...language.fold import fold
from ...language.lexicons import rows, words
from . import phrases
from .numerals import number_words

# Shape: capital first, capitals only (two letters or more), one capital letter, holds a digit.
CAP, UPPER, INITIAL, DIGIT = 1 << 0, 1 << 1, 1 << 2, 1 << 3
# Lexicons: first name, surname, place of one word, begins an entry of `phrases`, usual name of an association or a home.
FIRST, SURNAME, PLACE, PHRASE, HOUSE = 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8
# What speaks against a name: an ordinary word as well, a French form, never an identifier, a generic acronym.
ORDINARY, KNOWN, COMMON, GENERIC = 1 << 9, 1 << 10, 1 << 11, 1 << 12
# Words that announce: nouns of institutions and of persons, titles, « m'appelle ».
INSTITUTION, RELATION, TITLE, INTRODUCTION = 1 << 13, 1 << 14, 1 << 15, 1 << 16
MONTH, NUMBER, AGE, NETWORK = 1 << 17, 1 << 18, 1 << 19, 1 << 20
# In lower case and in no list at all.
UNKNOWN = 1 << 21
# A word of grammar or of talk (« je », « bah », « c'était »): never part of a name.
FUNCTION = 1 << 22
NAME, LISTED = FIRST | SURNAME, FIRST | SURNAME | PLACE

_REMEMBERED = 200_000
_ROMAN = re.compile(r"[IVX]{1,6}(?:e|ème|er)?")
_LISTS = {
    "first_names": FIRST,
    "surnames": SURNAME,
    "ordinary_names": ORDINARY,
    "house_names": HOUSE,
    "relations": RELATION,
    "spoken_words": KNOWN,
}
_GRAMMAR = ("function", "interjection", "oral")
_GROUPS = {
    TITLE: "m mr mme mmes mlle dr docteur docteure doc pr professeur professeure monsieur madame mademoiselle messieurs me maître mgr abbé",
    INTRODUCTION: "appelle appelles appellent appelait appelaient appelé appelée prénomme surnomme surnommait surnommaient surnommé surnommée prénom",
    AGE: "ans mois âge piges balais berges ai avais avait aura aurai as vingtaine trentaine quarantaine cinquantaine soixantaine quadra quinqua"
    " trentenaire quadragénaire quinquagénaire sexagénaire septuagénaire octogénaire nonagénaire",
    MONTH: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv fév févr avr juil oct nov déc",
    NUMBER: " ".join(number_words() - {"un", "une"}),
    NETWORK: "zéro arobase fr com org net be ca qc info eu example barre slash dièse identifiant login pseudo pseudonyme"
    " snap snapchat insta instagram discord tiktok skype telegram twitter twitch",
    FUNCTION | COMMON: "c j l d n s m t qu euh heu hum hm mmh mm ben bah ouais nan ouh pff chuis chais",
}


class Form:
    """A word form: `text` as met, `folded`, and `flags`."""

    __slots__ = ("flags", "folded", "text")

    def __init__(self, text: str, folded: str, flags: int) -> None:
        self.text, self.folded, self.flags = text, folded, flags


NOTHING = Form("", "", 0)
flags_of = attrgetter("flags")


@cache
def _lists() -> dict[str, int]:
    flags: dict[str, int] = {}

    def add(word: str, flag: int) -> None:
        flags[word] = flags.get(word, 0) | flag

    for name, flag in _LISTS.items():
        for word in words(name):
            add(word, flag)
    for flag, group in _GROUPS.items():
        for word in group.split():
            add(fold(word), flag)
    for word, kind in rows("common_words"):
        add(fold(word), COMMON | (FUNCTION if kind in _GRAMMAR else 0))
    for entry, kind in rows("organisations"):
        if kind.startswith("generic"):
            add(fold(entry), GENERIC)
    for word in phrases.table():
        add(word, PHRASE)
    for word in phrases.single_places():
        add(word, PLACE)
    for word in phrases.institutions():
        add(word, INSTITUTION)
    return flags


def _grade(text: str, folded: str) -> int:
    flags = _lists().get(folded, 0)
    if not text.isalpha():
        return flags | DIGIT if any(char.isdigit() for char in text) else flags
    if len(text) > 1 and _ROMAN.fullmatch(text):
        return flags | CAP | COMMON | FUNCTION
    if text[0].isupper():
        flags |= CAP
        if len(text) == 1:
            flags |= INITIAL
        elif text.isupper():
            flags |= UPPER
    if flags & FUNCTION and not flags & UPPER:
        flags &= ~GENERIC
    if simplemma.is_known(text.lower(), lang="fr") or (folded.endswith("ment") and len(text) > 6 and not flags & LISTED):
        flags |= KNOWN
    elif not flags and len(text) > 2:
        flags |= UNKNOWN
    if flags & KNOWN and flags & SURNAME and not flags & (FIRST | PLACE):
        flags |= ORDINARY
    return flags


class _Forms(dict[str, Form]):
    def __missing__(self, text: str) -> Form:
        if len(self) > _REMEMBERED:
            self.clear()
        folded = fold(text)
        form = self[text] = Form(text, folded, _grade(text, folded))
        return form


FORMS = _Forms()
