"""What each word form is, once and for all: flags that wake finders and grade what they see.

Forms are graded when first met and remembered, so that a long corpus costs little more than one look in a dictionary a word.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter

import simplemma

from ...language.fold import fold
from ...language.lexicons import rows, words

CAP, UPPER, INITIAL, DIGIT = 1, 2, 4, 8  # shape: capital first, capitals only (2 letters or more), one capital letter, holds a digit
FIRST, SURNAME, PLACE, PHRASE = 16, 32, 64, 128  # lexicons: first name, surname, place of one word, begins an entry of `phrases`
ORDINARY, KNOWN, COMMON, GENERIC = 256, 512, 1024, 2048  # ordinary word as well; French form; never an identifier; generic acronym
INSTITUTION, RELATION, TITLE, INTRODUCTION = 4096, 8192, 16384, 32768
MONTH, NUMBER, AGE, UNKNOWN = 65536, 131072, 262144, 524288  # UNKNOWN: in lower case, in no list at all
NAME = FIRST | SURNAME

_REMEMBERED = 200_000


class Form:
    """A word form: `text` as met, `folded`, and `flags`."""

    __slots__ = ("flags", "folded", "text")

    def __init__(self, text: str, folded: str, flags: int) -> None:
        self.text, self.folded, self.flags = text, folded, flags


NOTHING = Form("", "", 0)
flags_of = attrgetter("flags")

TITLES = frozenset(
    "m mr mme mmes mlle dr docteur docteure pr professeur professeure monsieur madame mademoiselle messieurs me maitre mgr abbe".split()
)
INTRODUCTIONS = frozenset(
    "appelle appelles appellent appelait appelaient prenomme prenommait surnomme surnommait surnommaient nomme nommee prenom".split()
)
AGES = frozenset("ans an trentaine quarantaine cinquantaine soixantaine vingtaine quadra quinqua".split())
MONTHS = {
    name: number + 1 for number, name in enumerate("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split())
}
UNITS = {w: n for n, w in enumerate("zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split())}
TENS = {
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}
NUMBERS = {**UNITS, "une": 1, **TENS, "cent": 100, "cents": 100, "mille": 1000, "mil": 1000, "premier": 1}
_FILLERS = frozenset("euh heu hum hm mmh mm ben bah ouais nan ouh pff chuis chais".split())


@cache
def _lists() -> dict[str, int]:
    flags: dict[str, int] = {}
    for name, flag in (
        ("first_names", FIRST),
        ("surnames", SURNAME),
        ("ordinary_names", ORDINARY),
        ("common_words", COMMON),
        ("relations", RELATION),
    ):
        for word in words(name):
            flags[word] = flags.get(word, 0) | flag
    for entry, *rest in rows("organisations"):
        if rest == ["generic"]:
            flags[fold(entry)] = flags.get(fold(entry), 0) | GENERIC
    for group, flag in ((TITLES, TITLE), (INTRODUCTIONS, INTRODUCTION), (AGES, AGE), (MONTHS, MONTH), (NUMBERS, NUMBER)):
        for word in group:
            flags[word] = flags.get(word, 0) | flag
    for word in _FILLERS:
        flags[word] = flags.get(word, 0) | COMMON
    from . import phrases

    for word, entries in phrases.table().items():
        flags[word] = flags.get(word, 0) | PHRASE
        if any(entry.label == "LOC" and not entry.tail for entry in entries):
            flags[word] |= PLACE
    for word in phrases.institutions():
        flags[word] = flags.get(word, 0) | INSTITUTION
    return flags


def _grade(text: str) -> int:
    folded = fold(text)
    flags = _lists().get(folded, 0)
    if not text[:1].isalpha() or any(char.isdigit() for char in text):
        return flags | DIGIT if any(char.isdigit() for char in text) else 0
    if text[0].isupper():
        flags |= CAP
        if len(text) == 1:
            flags |= INITIAL
        elif text.isupper():
            flags |= UPPER
    if simplemma.is_known(text.lower(), lang="fr"):
        flags |= KNOWN
    elif not flags and len(text) > 2:
        flags |= UNKNOWN
    return flags


class _Forms(dict[str, Form]):
    def __missing__(self, text: str) -> Form:
        if len(self) > _REMEMBERED:
            self.clear()
        form = self[text] = Form(text, fold(text), _grade(text))
        return form


FORMS = _Forms()
