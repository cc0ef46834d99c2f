"""Style « fluent »: « je suis bipolaire » → « j'ai un trouble », « un patient schizophrène » → « un patient ayant un trouble ».

A closed table of verbs (être, devenir, rester) and of nouns for persons; what it cannot carry safely stays between brackets.
"""

from __future__ import annotations

import re
from functools import cache

from ..language import lexicons
from . import grammar
from .agreement import Noun, fit
from .grammar import like
from .phrase import Before, Token
from .troubles import Replacement, _is_plural, _persons

_BETWEEN = frozenset("vraiment aussi toujours encore bien juste simplement donc officiellement sûrement clairement pas plus jamais".split())
_DENIED = frozenset(("pas", "plus", "jamais"))
_GOES_ON = re.compile(
    r"\s+(?:et|ou|ni|mais)\s+(?!je\b|j['’]|tu\b|t['’]|il\b|elle\b|on\b|ils\b|elles\b|ça\b|c['’]|alors\b|puis\b|là\b|du coup\b|donc\b)"
)


@cache
def _verbs() -> dict[str, tuple[str, bool]]:
    return {form: (becomes, bool(rest)) for form, becomes, *rest in lexicons.rows("grammar_predicates")}


def rewrite(text: str, before: Before, start: int, end: int, mark: str, floor: int) -> Replacement | None:
    """Return the fluent replacement of the adjective or noun for a person at ``[start, end)``, or None when it is not safe."""
    having = f"ayant un trouble{mark}"
    if before.determiner is not None:
        return _person(text, before, start, end, having)
    if before.last is not None and not before.modifiers and before.last.lower in _persons() and before.last.sep.isspace():
        return Replacement(start, end, having, having)
    if _GOES_ON.match(text, end) or re.match(r"\s+[^\W\d_]+(?:euse|ive|eux|if)s?\b", text[end : end + 25]):
        return None
    return _predicate(before, start, end, mark)


def _person(text: str, before: Before, start: int, end: int, having: str) -> Replacement | None:
    """« les bipolaires » → « les personnes ayant un trouble »."""
    determiner = before.determiner
    assert determiner is not None
    if before.modifiers or determiner.lower in ("mon", "ma", "ton", "ta", "son", "sa", "mes", "tes", "ses", "tout", "toute", "quel", "quelle"):
        return None
    plural = before.plural or _is_plural(text[start:end])
    core = f"personne{'s' if plural else ''} {having}"
    at, prefix = fit(before, Noun(core, "f", plural))
    return Replacement(at, end, prefix + core, core)


def _predicate(before: Before, start: int, end: int, mark: str) -> Replacement | None:
    """« je ne suis plus bipolaire » → « je n'ai plus de trouble »."""
    tokens = [*before.words, *before.modifiers]
    at = len(tokens)
    while at and tokens[at - 1].lower in _BETWEEN:
        at -= 1
    if not at or tokens[at - 1].lower not in _verbs() or tokens[at - 1].elided:
        return None
    between = tokens[at:]
    at -= 1
    verb, participle = _verbs()[tokens[at].lower]
    changes = [(tokens[at], like(tokens[at].text, verb), tokens[at].sep)]
    if participle:
        at -= 1
        if at < 0 or tokens[at].lower not in _verbs() or _verbs()[tokens[at].lower][1]:
            return None
        changes.insert(0, (tokens[at], like(tokens[at].text, _verbs()[tokens[at].lower][0]), tokens[at].sep))
    subject = tokens[at - 1] if at else None
    if subject is None or subject.lower in ("c", "ce", "ça", "me", "te", "se", "s", "m", "a", "l", "y") or subject.sep not in ("'", " ", "\u00a0"):
        return None
    changes.insert(0, (subject, *_elide(subject, changes[0][1])))
    words = [*changes, *((token, token.text, token.sep) for token in between)]
    what = f"de trouble{mark}" if any(token.lower in _DENIED for token in between) else f"un trouble{mark}"
    return Replacement(subject.start, end, "".join(new + sep for _, new, sep in words) + what, what)


def _elide(subject: Token, verb: str) -> tuple[str, str]:
    """« je » and « ne » before what the verb became."""
    vowel = grammar.begins_with_vowel(verb)
    if subject.lower in ("je", "ne", "de", "que") and vowel:
        return subject.text[:-1], "'"
    if subject.lower in ("j", "n", "d", "qu") and subject.elided and not vowel:
        return subject.text + "e", " "
    return subject.text, subject.sep
