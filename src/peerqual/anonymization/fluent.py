"""Style « fluent »: « je suis bipolaire » → « j'ai un trouble », « un patient schizophrène » → « un patient ayant un trouble ».

A closed table of verbs (être, devenir, rester) and of nouns for persons; what it cannot carry safely stays between brackets.
"""

from __future__ import annotations

import re

from . import grammar
from .agreement import Change, Noun, fit
from .forms import Replacement, is_plural, persons, predicates
from .grammar import like
from .phrase import Before, Token

_BETWEEN = frozenset("vraiment aussi toujours encore bien juste simplement donc officiellement sûrement clairement pas plus jamais".split())
_DENIED = frozenset(("pas", "plus", "jamais"))
_OWNED = frozenset("mon ma ton ta son sa mes tes ses tout toute quel quelle".split())
_ALONE = frozenset("être devenir rester étant devenant restant".split())
_NO_SUBJECT = frozenset("c ce ça me te se s m a l y".split())
_GOES_ON = re.compile(
    r"\s+(?:et|ou|ni|mais)\s+(?!je\b|j['’]|tu\b|t['’]|il\b|elle\b|on\b|ils\b|elles\b|ça\b|c['’]|alors\b|puis\b|là\b|du coup\b|donc\b)"
)


def rewrite(text: str, before: Before, start: int, end: int, mark: str, floor: int) -> Replacement | None:
    """Return the fluent replacement of the adjective or noun for a person at ``[start, end)``, or None when it is not safe."""
    having = f"ayant un trouble{mark}"
    counted = bool(before.modifiers) and all(token.lower in grammar.NUMBERS for token in before.modifiers)
    if before.determiner is not None or counted or _of_several(text[start:end], before):
        return _person(text, before, start, end, having)
    if before.last is not None and not before.modifiers and before.last.lower in persons() and before.last.sep.isspace():
        return Replacement(start, end, having, having)
    if _GOES_ON.match(text, end) or re.match(r"\s+[^\W\d_]+(?:euse|ive|eux|if)s?\b", text[end : end + 25]):
        return None
    return _predicate(text, before, start, end, mark, floor)


def _of_several(form: str, before: Before) -> bool:
    """Tell whether persons are meant without article: « beaucoup de schizophrènes »."""
    return before.last is not None and before.last.lower in ("de", "d") and not before.modifiers and is_plural(form)


def _person(text: str, before: Before, start: int, end: int, having: str) -> Replacement | None:
    """« les bipolaires » → « les personnes ayant un trouble »."""
    if any(token.lower not in grammar.NUMBERS for token in before.modifiers):
        return None
    if before.determiner is not None and before.determiner.lower in _OWNED:
        return None
    plural = before.plural or is_plural(text[start:end])
    core = f"personne{'s' if plural else ''} {having}"
    at, prefix = fit(before, Noun(core, "f", plural))
    return Replacement(at, end, prefix + core, core)


def _predicate(text: str, before: Before, start: int, end: int, mark: str, floor: int) -> Replacement | None:
    """« je ne suis plus bipolaire » → « je n'ai plus de trouble »."""
    tokens = [*before.words, *before.modifiers]
    at = len(tokens)
    while at and tokens[at - 1].lower in _BETWEEN:
        at -= 1
    between = [(token, token.text, token.sep) for token in tokens[at:]]
    verbs: list[Change] = []
    participle = False
    while at and len(verbs) < 2 and (known := predicates().get(tokens[at - 1].lower)) and (not verbs or participle):
        at -= 1
        new, participle = known
        verbs.insert(0, (tokens[at], like(tokens[at].text, new), tokens[at].sep))
    if not verbs or participle or any(token.elided for token, *_ in verbs):
        return None
    changes = [*verbs, *between]
    said = {token.lower for token, *_ in between}
    if "plus" in said and not (at and tokens[at - 1].lower in ("ne", "n")):
        return None  # « il est plus bipolaire »: more, or no more
    if at:
        subject = tokens[at - 1]
        if subject.lower in _NO_SUBJECT:
            return None
        changes.insert(0, (subject, *_elide(subject, changes[0][1])))
    elif changes[0][0].lower not in _ALONE and not text[floor : changes[0][0].start].isspace():  # a space: the subject is a name, replaced
        return None
    what = f"de trouble{mark}" if said & _DENIED else f"un trouble{mark}"
    return Replacement(changes[0][0].start, end, "".join(new + sep for _, new, sep in changes) + what, what)


def _elide(subject: Token, verb: str) -> tuple[str, str]:
    """« je » and « ne » before what the verb became."""
    vowel = grammar.begins_with_vowel(verb)
    if subject.lower in ("je", "ne", "de", "que") and vowel:
        return subject.text[:-1], "'"
    if subject.lower in ("j", "n", "d", "qu") and subject.elided and not vowel:
        return subject.text + "e", " "
    return subject.text, subject.sep
