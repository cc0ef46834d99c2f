"""What must stand nowhere: every form of the key's originals, with the grade that a place where it stands deserves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...language.lexicons import lexicon
from ..finders.numerals import number_words
from ..generic import core_of
from ..ids import is_safe
from ..names import genders, norm, parse
from .numbers import dates, digits_said
from .words import has_often_a_capital, is_grammar, is_ordinary, words_of

if TYPE_CHECKING:
    from ..key import Key

# How a form is weighed where it stands (see `grading`): wherever it is; by its capital; by the finder of disorders; by the word of time before
# it; never more than a doubt.
SURE, CAPITAL, DISORDER, YEAR, WEAK = "sure", "capital", "disorder", "year", "weak"
_ORDER = (SURE, DISORDER, YEAR, CAPITAL, WEAK)
_PUBLIC_MAIL = frozenset("gmail googlemail orange wanadoo free sfr laposte hotmail outlook live msn yahoo icloud proton protonmail gmx".split())
_LONG = 6  # digits of a number that nobody says by chance
_MAIL = re.compile(r"([\w.+-]+)@([\w-]+(?:\.[\w-]+)*)\.[a-z]{2,}", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"^\d+\s*(?:bis|ter|quater)?\s*,?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write an original: its folded `words`, the `label` of what it names, how it is weighed."""

    words: tuple[str, ...]
    label: str
    weight: str


@dataclass
class Originals:
    """All forms by their letters with nothing between them; `prefixes` are the beginnings of all; `people` first and last initials.

    `pseudonyms`: the words of all that was given; `keep`: the forms of public names, in which nothing is a leak; `given`: all that was
    written in the place of originals (a date that was shifted may be somebody's true one); `numbers`: the forms that are long numbers.
    """

    forms: dict[str, Form] = field(default_factory=dict)
    keep: set[str] = field(default_factory=set)
    pseudonyms: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    numbers: dict[str, Form] = field(default_factory=dict)

    @classmethod
    def of(cls, key: Key, keep: Iterable[str]) -> Originals:
        """Return what `key` holds, without what is in `keep`."""
        public = (name for name in lexicon("near_misses") if len(words_of(name)) > 1)  # « savon de Marseille », « Victor Hugo »
        made, known = cls(keep={"".join(words_of(name)) for name in (*keep, *public)} - {""}), key.assignments
        made.given = {"".join(words_of(new)) for kept in key.replaced.values() for _, new, _, _ in kept.places}
        given = [value[part] for value in known.values.values() for part in ("first", "last", "text") if part in value]
        made.pseudonyms = {word for name in (*given, *known.surnames.values()) for word in words_of(name)}
        for id, written in known.forms.items():
            label = id.rstrip("0123456789")
            for surface in sorted(written):
                for form in _forms(surface, label):
                    made._add(form)
                if label == "PER":
                    made.people |= _initials(surface)
        for table in (known.documents, known.participants):
            for id in (id for id, new in table.items() if new != id):
                made._add(Form(words_of(id), "FILE", SURE))
                for word in words_of(id):
                    if len(word) > 3 and not word.isdigit() and not is_safe(word, set()):
                        made._add(Form((word,), "FILE", _single(word)))
        made.numbers = {text: form for text, form in made.forms.items() if text.isdigit() and len(text) >= _LONG and form.label in ("CONTACT", "ID")}
        for text in (*made.forms, *made.keep):
            made.prefixes.update(text[:n] for n in range(1, len(text) + 1))
        return made

    def _add(self, form: Form) -> None:
        joined = "".join(form.words)
        if len(joined) < 3 or joined in self.keep or (joined.isdigit() and len(joined) < 4):
            return
        if form.weight == SURE and self.pseudonyms.issuperset(form.words):
            form = Form(form.words, form.label, WEAK)
        there = self.forms.get(joined)
        if there is None or _ORDER.index(form.weight) < _ORDER.index(there.weight):
            self.forms[joined] = form


def _forms(surface: str, label: str) -> Iterator[Form]:
    words = words_of(surface)
    if label == "PER":
        yield from _names(surface, words)
    elif label in ("ORG", "HOSP", "LOC", "COLUMN"):
        for name in {words, words_of(core_of(surface, "ORG")), words_of(_NUMBER_BEFORE.sub("", surface))}:
            yield Form(name, label, _weight(name))
    elif label == "CONTACT":
        yield from _contacts(surface, words)
    elif label == "DATE":
        for date in (words, *dates(words)):
            yield Form(date, label, _date_weight(date))
    elif label == "DIAG":
        yield Form(words, label, DISORDER)
    else:
        for number in (words, *digits_said(words)):
            yield Form(number, label, WEAK if label == "AGE" else SURE)


def _names(surface: str, words: tuple[str, ...]) -> Iterator[Form]:
    """The name, its parts, and the handles that people make of first name and surname."""
    name = parse(surface)
    if name.is_initials:
        return
    yield Form(words, "PER", SURE if len(words) > 1 and genders().keys() >= set(words) else _weight(words))  # « jean marc » is no chance
    first, last = words_of(name.first), words_of(name.last)
    for part in (first, last):
        if len("".join(part)) > 2 and part != words:
            yield Form(part, "PER", _weight(part))
    for word in (*first, *last):
        if len(word) > 3 and not is_grammar(word):
            yield Form((word,), "PER", _single(word) if word in last else WEAK if len(first) > 1 else _single(word))
    if len("".join(first)) > 1 and len("".join(last)) > 1:
        given, surname = "".join(first), "".join(last)
        for handle in (given + surname, surname + given, given[0] + surname, surname + given[0], given + surname[0]):
            yield Form((handle,), "PER", WEAK if is_ordinary(handle) else SURE)
        yield Form((*last, *first), "PER", SURE)


def _initials(surface: str) -> set[str]:
    name = parse(surface)
    return {name.first[0] + name.last[0]} if name.first and name.last else set()


def _contacts(surface: str, words: tuple[str, ...]) -> Iterator[Form]:
    yield Form(words, "CONTACT", SURE)
    for number in digits_said(words):
        yield Form(number, "CONTACT", SURE)
    joined = "".join(words)
    if joined.isdigit() and joined.startswith("0"):
        yield Form(("33", joined[1:]), "CONTACT", SURE)
    mail = _MAIL.search(surface)
    if mail is not None:
        said = [part for n, part in enumerate(re.split(r"([.@])", surface)) if part]
        yield Form(words_of(" ".join({"@": "arobase", ".": "point"}.get(part, part) for part in said)), "CONTACT", SURE)
        yield Form(words_of(surface.replace("@", " at ")), "CONTACT", SURE)
        for part in (words_of(mail[1]), words_of(mail[2])):
            if len(part) > 1 and len("".join(part)) > 5 and _PUBLIC_MAIL.isdisjoint(part):
                yield Form(part, "CONTACT", SURE)


def _weight(words: tuple[str, ...]) -> str:
    """A name that is ordinary words counts by its capitals, unless it is so long that nobody says it by chance."""
    telling = [n for n, word in enumerate(words) if not is_grammar(word)]
    if not telling or all(word in number_words() for word in words):
        return WEAK
    if telling[-1] == telling[0]:
        return _single(words[telling[0]])
    short = telling[-1] - telling[0] == 1
    return CAPITAL if short and all(is_ordinary(words[n]) for n in telling) else SURE


def _single(word: str) -> str:
    if word.isdigit() or len(word) < 3 or has_often_a_capital(word):
        return WEAK
    return CAPITAL if is_ordinary(word) or norm(word) in number_words() else SURE


def _date_weight(words: tuple[str, ...]) -> str:
    if len(words) == 1:
        return YEAR
    return WEAK if all(word in number_words() or word == "et" for word in words) and len(words) < 4 else SURE
