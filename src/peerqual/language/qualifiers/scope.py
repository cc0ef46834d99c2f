"""Where a hit stands: its sentence as words, its clause, what its clause continues in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any

from ..lexicons import words
from . import cues
from .verbs import DENIES, PAST, SAYS, SUPPOSES, denies, infinitive, kinds

STOPS = frozenset('.!?…;:()[]–—«»"')
SUBJECTS = frozenset({"je", "j'", "tu", "il", "elle", "on", "ils", "elles", "ca", "c'", "y", "chuis", "chu", "ch'", "ce"})
DETERMINERS = frozenset(
    "le la l' les un une des du de d' mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces au aux quel quelle".split()
)
CLITICS = frozenset("me m' te t' se s' le la l' les lui leur y en nous vous ne n'".split())
_AFTER_WHICH_GOES_ON = frozenset("que qu' et ne n' - qui ou où".split())
_BEFORE_THAT = frozenset("est etait pas comme avec de sur pour dans par contre apres sans tout".split())
_LEADING = frozenset("pour sans avant à de d' par".split())
_TAKEN_UP = frozenset("il elle ils elles ca c' on".split())
_DOUBLES = frozenset("moi toi lui elle eux nous vous qui se me m' te t' dans".split())


class once:
    """Make a method an attribute that is computed once, without the lock that `functools.cached_property` takes in Python 3.11."""

    def __init__(self, method: Callable[[Any], Any]) -> None:
        self._method = method

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, held: Any, owner: type | None = None) -> Any:
        value = held.__dict__[self._name] = self._method(held)
        return value


@dataclass(frozen=True)
class Sentence:
    """The words of a sentence as written, folded, and in lower case with their accents; what is told of them is told once for all hits."""

    texts: Sequence[str]
    forms: Sequence[str]
    lower: Sequence[str]

    @once
    def known(self) -> frozenset[str]:
        """The folded words: most qualifiers have words without which they need not be looked for."""
        return frozenset(self.forms)

    @once
    def kinds(self) -> int:
        """What kinds of verb there are, as `verbs.kinds` tells."""
        return reduce(or_, map(kinds, self.lower), 0)

    @once
    def saying(self) -> tuple[int, ...]:
        """Where the verbs of saying stand."""
        return tuple([i for i, form in enumerate(self.lower) if kinds(form) & SAYS]) if self.kinds & SAYS else ()

    @once
    def denying(self) -> tuple[tuple[int, int], ...]:
        """Where the verbs that deny what they govern begin and end: « cesser de », « lâcher la »."""
        if not self.kinds & DENIES:
            return ()
        return tuple([(i, i + 2) for i, form in enumerate(self.lower[:-1]) if (led := denies(form)) and self.forms[i + 1] in led])

    @once
    def supposes(self) -> bool:
        """Whether a verb is in the conditional."""
        return bool(self.kinds & SUPPOSES)

    @once
    def past(self) -> bool:
        """Whether a verb is in the imperfect."""
        return bool(self.kinds & PAST)


@dataclass(frozen=True)
class Scope:
    """A hit ``[start, end)`` among the words of a sentence; `own`: the words that were matched. ``[first, last)`` is its clause.

    `texts`, `forms`, `lower` and `known` are those of `sentence`.
    """

    sentence: Sentence
    texts: Sequence[str]
    forms: Sequence[str]
    lower: Sequence[str]
    known: frozenset[str]
    start: int
    end: int
    own: Collection[int]

    @once
    def first(self) -> int:
        """Where the hit's clause begins."""
        first = self.start
        while first > 0 and not opens(self.forms, first):
            first -= 1
        return first

    @once
    def last(self) -> int:
        """Where the hit's clause ends."""
        return next_opening(self.forms, self.end)

    @once
    def sentence_end(self) -> int:
        """Where the sentence ends: the first mark after the hit that ends one, or the last word."""
        marks = (i for i in range(self.end, len(self.forms)) if self.forms[i][0] in ".!?…;")
        return next((i for i in marks if not self._hesitates(i)), len(self.forms))

    def _hesitates(self, i: int) -> bool:
        # « euh… bah »: the sentence goes on without a capital
        return self.forms[i][0] in ".…" and self.forms[i] != "." and self.texts[i + 1 : i + 2] != () and self.texts[i + 1][0].islower()

    @once
    def topic(self) -> bool:
        """Whether the hit is put before its clause: « l'espoir, j'en ai plus », « moi dormir, j'y arrive pas »."""
        if self.last == len(self.forms) or any(form in SUBJECTS for form in self.forms[self.end : self.last]):
            return False
        begin = self.first + cues.at(self.forms, self.first, "clause_breaks")
        before = self.forms[begin : self.start]
        if before and before[-1] in DETERMINERS:
            return all(form in DETERMINERS or form in words("topic_openers") or form == "," for form in before)
        return self.named_action and all(
            form in CLITICS or form in words("topic_openers") or form == "," or infinitive(self.lower[i]) for i, form in enumerate(before, begin)
        )

    @once
    def named_action(self) -> bool:
        """Whether the hit is, or depends on, an infinitive that no preposition leads."""
        at = self.start if infinitive(self.lower[self.start]) else self.start - 1
        while at > self.first and self.forms[at - 1] in CLITICS:
            at -= 1
        held = range(max(at, self.first), self.start + 1)
        return any(infinitive(self.lower[i]) for i in held) and (at <= self.first or self.forms[at - 1] not in _LEADING)

    @once
    def predicate_end(self) -> int:
        """Where the clause that says something of the hit ends: a topic's is the next one, asides (« ça », « moi ») being skipped."""
        last = self.last
        while self.topic and last < self.sentence_end:
            reached = next_opening(self.forms, last + 1)
            if any(form not in SUBJECTS and form not in CLITICS and form not in _DOUBLES and form != "," for form in self.forms[last:reached]):
                return reached
            last = reached
        return last


def opens(forms: Sequence[str], i: int) -> bool:
    """Tell whether a new clause begins at word `i`."""
    word = forms[i]
    if word not in _openers() and word[0] not in STOPS:
        return False
    if word == ",":
        return forms[i + 1 : i + 2] not in (["de"], ["d'"], ["ni"])
    if word[0] in STOPS or cues.at(forms, i, "clause_breaks"):
        return True
    if word in ("et", "pis", "ou"):
        return any(form in SUBJECTS for form in forms[i + 1 : i + 3])
    return word in SUBJECTS and i > 0 and not _goes_on(forms, i)


@cache
def _openers() -> frozenset[str]:
    return SUBJECTS | {",", "et", "pis", "ou"} | cues.first_words("clause_breaks")


def next_opening(forms: Sequence[str], i: int) -> int:
    """Return where the next clause begins, from word `i` on, or the number of words."""
    while i < len(forms) and not opens(forms, i):
        i += 1
    return i


def _goes_on(forms: Sequence[str], i: int) -> bool:
    # « moi je », « lui il », « ça j' »: the subject is doubled; « y » belongs to the subject before it (« il y a », « j'y »).
    before = forms[i - 1]
    if before in _AFTER_WHICH_GOES_ON or before in SUBJECTS or before in _DOUBLES:
        return True
    if forms[i] in _TAKEN_UP and i > 2 and forms[i - 3] in ("que", "qu'") and forms[i - 2] in DETERMINERS:
        return True  # « que les comprimés ça guérit »
    if forms[i] == "ca":
        return before in _BEFORE_THAT
    if forms[i] in ("je", "j'", "on", "il", "elle") and before in ("part", "jamais"):
        return True
    if list(forms[max(0, i - 4) : i]) == ["jamais", "de", "la", "vie"]:
        return True
    if forms[i] == "y" and forms[i + 1 : i + 2] == ["avoir"]:
        return True
    if forms[i] == "ce":
        return forms[i + 1 : i + 2] not in (["serait"], ["sera"], ["n'"], ["etait"])
    return False
