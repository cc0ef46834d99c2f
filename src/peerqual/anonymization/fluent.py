"""Style « fluent »: « je suis bipolaire » → « j'ai un trouble », « un patient schizophrène » → « un patient ayant un trouble ».

A closed table of verbs (être, devenir, rester) and of nouns for persons; what it cannot carry safely stays between brackets.
"""

from __future__ import annotations

import re

from . import grammar
from .agreement import Change, Noun, fit
from .forms import Replacement, is_plural, persons, predicates
from .grammar import like
from .participles import feminine, women
from .phrase import Before, Token

_BETWEEN = frozenset(
    "vraiment aussi toujours encore bien juste simplement donc officiellement sûrement clairement pas plus jamais vite peut-être tous toutes "
    "également désormais maintenant déjà souvent parfois même probablement certainement visiblement apparemment évidemment "
    "malheureusement forcément réellement".split()
)
_DENIED = frozenset(("pas", "plus", "jamais", "sans"))
_OWNED = frozenset("mon ma ton ta son sa mes tes ses tout toute quel quelle".split())
_SAID_OF_PERSONS = frozenset("certain certains certaine certaines autre autres vieux vieille vieilles nombreux nombreuses seul seule seuls".split())
_DESCRIBED = re.compile(r"\s+(adultes?|jeunes?|célèbres?|stabilisée?s?|hospitalisée?s?|suivie?s?|violente?s?|agitée?s?|âgée?s?|connue?s?)\b")
_ALONE = frozenset("être devenir rester étant devenant restant chuis chui chu".split())
_NO_SUBJECT = frozenset("c ce ça me te se s m a l y".split())
_GOES_ON = re.compile(
    r"\s+(?:et|ou|ni|mais)\s+(?!je\b|j['’]|tu\b|t['’]|il\b|elle\b|on\b|ils\b|elles\b|ça\b|c['’]|alors\b|puis\b|là\b|du coup\b|donc\b|non\b|pas\b)"
)


def rewrite(text: str, before: Before, start: int, end: int, mark: str, floor: int) -> Replacement | None:
    """Return the fluent replacement of the adjective or noun for a person at ``[start, end)``, or None when it is not safe."""
    having = f"ayant un trouble{mark}"
    counted = bool(before.modifiers) and all(token.lower in grammar.NUMBERS | grammar.PLURALS for token in before.modifiers)
    if _floats(before):
        before = Before(before.start, (*before.words, *filter(None, (before.determiner,))))
    if before.determiner is not None or counted or _of_several(text[start:end], before):
        return _person(text, before, start, end, having)
    if before.last is not None and not before.modifiers and before.last.lower in persons() and before.last.sep.isspace():
        return Replacement(start, end, having, having)
    if _GOES_ON.match(text, end) or re.match(r"\s+[^\W\d_]+(?:euse|ive|(?<!\bd)eux|if)s?\b", text[end : end + 25]):
        return None
    return _predicate(text, before, start, end, mark, floor)


def _floats(before: Before) -> bool:
    """Tell whether « tous » belongs to the verb: « ils étaient tous dépressifs »."""
    if before.determiner is None or before.last is None or before.modifiers:
        return False
    return before.determiner.lower in ("tous", "toutes") and before.last.lower in predicates()


def _of_several(form: str, before: Before) -> bool:
    """Tell whether persons are meant without article: « beaucoup de schizophrènes »."""
    return before.last is not None and before.last.lower in ("de", "d") and not before.modifiers and is_plural(form)


def _person(text: str, before: Before, start: int, end: int, having: str) -> Replacement | None:
    """« les bipolaires » → « les personnes ayant un trouble »."""
    if any(token.lower not in grammar.NUMBERS and token.lower not in _SAID_OF_PERSONS for token in before.modifiers):
        return None
    if before.determiner is not None and before.determiner.lower in _OWNED:
        return None
    plural = before.plural or is_plural(text[start:end])
    core = f"personne{'s' if plural else ''} {having}"
    said = _DESCRIBED.match(text, end)
    if said is not None:
        core = f"personne{'s' if plural else ''} {feminine(said[1], plural)} {having}"
        end = said.end()
    at, prefix = fit(before, Noun(core, "f", plural))
    return Replacement(at, end, prefix + core, core, tuple(women(text, end, plural)) if before.determiner is not None else ())


def _predicate(text: str, before: Before, start: int, end: int, mark: str, floor: int) -> Replacement | None:
    """« je ne suis plus bipolaire » → « je n'ai plus de trouble »."""
    tokens = [*before.words, *before.modifiers]
    at = len(tokens)
    while at and tokens[at - 1].lower in _BETWEEN:
        at -= 1
    between = [(token, token.text, token.sep) for token in tokens[at:]]
    at, verbs = _verbs(tokens, at)
    if not verbs or any(token.elided for token, *_ in verbs):
        return None
    changes = [*verbs, *between]
    said = {token.lower for token, *_ in changes} | {token.lower for token in tokens[at - 1 : at] if token.lower in _DENIED}
    if "plus" in said and not (at and tokens[at - 1].lower in ("ne", "n")):
        return None  # « il est plus bipolaire »: more, or no more
    if at:
        subject = tokens[at - 1]
        if subject.lower in _NO_SUBJECT and not (subject.lower == "a" and changes[0][1] == "eu"):
            return None
        changes.insert(0, (subject, *_elide(subject, changes[0][1])))
    elif (
        changes[0][0].lower not in _ALONE and "-" not in changes[0][0].lower and not text[floor : changes[0][0].start].isspace()
    ):  # a space: the subject is a name, replaced
        return None
    said |= {token.lower for token in tokens[at - 1 : at] if token.lower == "sans"}
    what = f"de trouble{mark}" if said & _DENIED else f"un trouble{mark}"
    return Replacement(changes[0][0].start, end, "".join(new + sep for _, new, sep in changes) + what, what)


def _verbs(tokens: list[Token], at: int) -> tuple[int, list[Change]]:
    """Return where the verb before token `at` begins, and what its words become: one word, or « est … devenu ». No words when it is another verb."""
    verbs: list[Change] = []
    participle = False
    while at and (not verbs or participle):
        token = tokens[at - 1]
        known = predicates().get(token.lower)
        if known is None and not (verbs and token.lower in _BETWEEN):
            return at, []
        new, participle = known or (token.text, participle)
        if new == "aie" and at > 1 and tokens[at - 2].lower in ("tu", "t"):
            new = "aies"
        verbs.insert(0, (token, like(token.text, new), token.sep))
        at -= 1
    return at, [] if participle else verbs


def _elide(subject: Token, verb: str) -> tuple[str, str]:
    """« je » and « ne » before what the verb became."""
    vowel = grammar.begins_with_vowel(verb)
    if subject.lower in ("je", "ne", "de", "que") and vowel:
        return subject.text[:-1], "'"
    if subject.lower in ("j", "n", "d", "qu") and subject.elided and not vowel:
        return subject.text + "e", " "
    return subject.text, subject.sep
