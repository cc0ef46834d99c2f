"""Read the noun phrase before a mention: determiner, adjectives, adverbs, hesitations, and the words before these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from . import grammar

WINDOW = 90  # characters looked at before a mention: longer than a determiner with its adjectives
_WORDS = re.compile(r"([^\W_](?:[\w-]*[^\W_])?)(\W*)")
_PAUSE = re.compile(r"\s*(?:,|\.\.\.|…)\s*")
_PREFIXES = frozenset("mini maxi micro macro pseudo semi demi quasi méga super hyper hypo ex anti sur sous".split())
_QUOTE = re.compile(r"\s*[«\"“]\s*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word before a mention: where it begins, as written, in lower case, and what parts it from the next one (apostrophe straight)."""

    start: int
    text: str
    lower: str
    sep: str

    @property
    def elided(self) -> bool:
        """Tell whether an apostrophe follows."""
        return self.sep == "'"


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a mention at `start`.

    `modifiers` (adjectives, adverbs, numbers, hesitations) come right before it, then the `determiner` (or None), which may have been said
    more than once (`repeats`); `words` come before these, without punctuation between.
    """

    start: int
    words: tuple[Token, ...] = ()
    repeats: tuple[Token, ...] = ()
    determiner: Token | None = None
    modifiers: tuple[Token, ...] = ()

    @property
    def last(self) -> Token | None:
        """The word right before the phrase, or None."""
        return self.words[-1] if self.words else None

    @property
    def plural(self) -> bool:
        """Tell whether determiner or modifiers are a plural."""
        words = {token.lower for token in self.modifiers}
        if words & grammar.NUMBERS or words & grammar.PLURALS:
            return True
        if self.determiner is None:
            return False
        form = self.determiner.lower
        if form in grammar.CONTRACTIONS:
            return grammar.CONTRACTIONS[form][1]
        return form in grammar.PLURALS or grammar.determiners()[form].plural

    def says_masculine(self, noun: str) -> bool:
        """Tell whether the determiner says that `noun` is masculine; before a vowel « mon », « ton », « son » do not."""
        word = self.determiner.lower if self.determiner is not None else ""
        if word in ("mon", "ton", "son"):
            return not grammar.begins_with_vowel(self.modifiers[0].lower if self.modifiers else noun)
        return word in ("un", "le", "ce", "cet")

    @property
    def feminine(self) -> bool:
        """Tell whether the determiner says that the noun is feminine."""
        return self.determiner is not None and self.determiner.lower in (
            "la",
            "une",
            "ma",
            "ta",
            "sa",
            "cette",
            "quelle",
            "aucune",
            "toute",
            "toutes",
            "ladite",
        )


def may_agree(text: str, start: int, following: str) -> bool:
    """Tell quickly whether the word before position `start` may change when `following` comes after it: spares reading most phrases."""
    before = text[max(0, start - 24) : start]
    if before[-1:] in ("'", "’"):
        return True
    word = before.rstrip(" \u00a0«").rpartition(" ")[2].lower()
    return word.rpartition("'")[2].rpartition("’")[2] in _changing() or (word in grammar.ELISIONS.values() and grammar.begins_with_vowel(following))


@cache
def _changing() -> frozenset[str]:
    words = {*grammar.determiners(), *grammar.CONTRACTIONS, *grammar.adjectives(), *grammar.feminines(), *grammar.hesitations()}
    return frozenset(words | grammar.NUMBERS | grammar.PLURALS)


def look_back(text: str, start: int, floor: int = 0) -> Before:
    """Read what stands before position `start` of `text`, not further back than `floor`."""
    base = max(floor, start - WINDOW)
    hits = list(_WORDS.finditer(text, base, start))
    if base > floor and hits and hits[0].start() == base:
        del hits[0]  # it may be the end of a longer word
    tokens = [Token(hit.start(), hit[1], hit[1].lower(), hit[2].replace("’", "'")) for hit in hits]
    if tokens and _QUOTE.fullmatch(tokens[-1].sep):
        space = Token(tokens[-1].start, tokens[-1].text, tokens[-1].lower, " ")
        found = _read([*tokens[:-1], space], start)
        return _requoted(found, space, tokens[-1])
    return _read(tokens, start)


def _requoted(found: Before, plain: Token, quoted: Token) -> Before:
    def back(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        return tuple(quoted if token is plain else token for token in tokens)

    determiner = quoted if found.determiner is plain else found.determiner
    return Before(found.start, back(found.words), found.repeats, determiner, back(found.modifiers))


def _read(tokens: list[Token], start: int) -> Before:
    at = len(tokens)
    while at and _runs_on(tokens, at - 1) and _modifies(tokens, at - 1):
        at -= 1
    modifiers = tuple(tokens[at:])
    if not at or not _runs_on(tokens, at - 1) or not _determines(tokens[at - 1]):
        return Before(start, _unbroken(tokens[:at]), (), None, modifiers)
    at = first = at - 1
    while step := _repeats(tokens, first, tokens[at].lower):
        first -= step
    return Before(start, _unbroken(tokens[:first]), tuple(tokens[first:at]), tokens[at], modifiers)


def _repeats(tokens: list[Token], first: int, word: str) -> int:
    """Return how many tokens before `first` say `word` once more: one, or two with a hesitation after it (« une euh une dépression »)."""
    for step, token in enumerate(reversed(tokens[max(0, first - 2) : first]), 1):
        if not (_PAUSE.fullmatch(token.sep) or token.sep.isspace()):
            return 0
        if token.lower == word:
            return step
        if token.lower not in grammar.hesitations():
            return 0
    return 0


def _runs_on(tokens: list[Token], at: int) -> bool:
    """Tell whether the phrase runs on from this word to the next: a space, an apostrophe, or the pause of a hesitation."""
    sep = tokens[at].sep
    if sep == "'" or sep.isspace() or (sep == "-" and tokens[at].lower in _PREFIXES):
        return True
    if not _PAUSE.fullmatch(sep):
        return False
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if at and grammar.masculine(following) is not None and grammar.masculine(tokens[at].lower) is not None:
        return tokens[at].lower == following or _determines(tokens[at - 1])  # « une longue, longue dépression »
    return "," not in sep or tokens[at].lower in grammar.hesitations() or following in grammar.hesitations()


def _unbroken(tokens: list[Token]) -> tuple[Token, ...]:
    at = len(tokens)
    while at and (tokens[at - 1].elided or tokens[at - 1].sep.isspace()):
        at -= 1
    return tuple(tokens[at:])


def _determines(token: Token) -> bool:
    if token.elided:
        return token.lower == "l"
    word = token.lower
    return word != "l" and (word in grammar.determiners() or word in grammar.CONTRACTIONS or word in grammar.PLURALS)


def _modifies(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    word = token.lower
    before = tokens[at - 1] if at and _runs_on(tokens, at - 1) else None
    if word in ("tout", "toute", "toutes") and before is not None and _determines(before):
        return True  # « la toute première »
    if token.elided or word in grammar.CONTRACTIONS or (word in grammar.determiners() and word not in grammar.PLURALS):
        return False
    if word in grammar.hesitations() or word in grammar.NUMBERS or token.sep == "-":
        return True
    if not token.sep.isspace() and not _runs_on(tokens, at):
        return False
    if grammar.masculine(word) is not None:
        return True
    if before is None:
        return False
    if word in ("et", "ou"):
        return grammar.masculine(before.lower) is not None or (word == "ou" and grammar.is_adverb(before.lower))
    if word == "pas":
        return _determines(before)  # « une pas si petite … »
    if grammar.is_adverb(word):
        return _determines(before) or _modifies(tokens, at - 1)
    several = before.lower in ("de", "d") and word.endswith("s")  # « de douloureuses dépressions »
    return (several or _determines(before)) and grammar.masculine(word, guess=True) is not None
