"""Tell the kinds of the words of a text without punctuation: clitic subject, determiner, finite verb, participle, noun …

A small table (``data/word_kinds.txt``), the forms' endings and their neighbours; no statistics. Names, bracketed stand-ins, figures and nouns are all
one kind, several in a row one word: a text reads alike before and after pseudonymization.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import simplemma

from .fold import fold
from .lemmas import lemma
from .lexicons import lexicon, rows, words
from .qualifiers.verbs import finite, infinitive, participle

NOUN, VERBS, EDGE = "N", frozenset("VqJ"), ""
_TOKEN = re.compile(r"\[[^\]\n]*\]|aujourd['’]hui|quelqu['’]une?|[^\W_]+['’]|[^\W_]+(?:-[^\W_]+)*-?", re.IGNORECASE)
_NAMES = ("first_names", "surnames", "drugs", "places")
_ALIKE = {"la": "le", "l'": "le", "une": "un", "puisqu'": "puisque", "lorsqu'": "lorsque", "qu'": "que"}
_ALIKE |= {f"{one}'": f"{one}e" for one in "djnsm"}
_INVERTED = tuple(f"-{one}" for one in "je tu il elle on vous nous ils elles moi toi le ce".split())
_ADVERBS = ("ivement", "llement", "rement", "amment", "emment", "ément")
_HAVE = frozenset("a ai as ont avait avais avaient aura aurait en".split())
_NUMBERS = frozenset("un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante".split())
_NUMBERS |= frozenset("cinquante soixante cent mille certains plusieurs".split())
_LOOSE = frozenset(("ça", "cela", "ceci", "elle", "elles"))  # subjects that also stand alone: « pour ça », « avec elle »
_PRONOUNS = frozenset("celui celle ceux celles chacun chacune quelqu'un quelqu'une aucun celui-là celle-là ceux-là".split())
_OPENS = frozenset(("depuis", "après", "avant", "pendant", "sinon"))  # « depuis elle descend »
_NO_VERB = re.compile(r"(?:ère|ure|iaire|enaire|taire)s?$|iers$|oirs?$")
_IN_RE = re.compile(r"(?:[nr]d|tt|[cdfl][rl]?i|éci|[cb]oi|[uv]iv|criv|aît|aîn|fa|pla|mp|clu|inc)re$")
_AFTER_DETERMINER = frozenset("même peu moins très plus trop tout tous toute toutes bien mieux".split())


class Word(NamedTuple):
    """A word as the segmenter sees it: its `form` when it is frequent, else its `kind`; ``[start, end)`` of the text."""

    form: str
    kind: str
    start: int
    end: int


def read(text: str) -> list[Word]:
    """Return the words of `text` with their kinds.

    >>> [word.kind for word in read("ma sœur a vu la porte fermée")]
    ['D', 'N', 'q', 'E', 'D', 'N', 'E']
    """
    matches = list(_TOKEN.finditer(text))
    lows = [match[0].lower().replace("’", "'") for match in matches]
    kinds = [_alone(low, match.start() > 0 and match[0][0].isupper()) for low, match in zip(lows, matches, strict=True)]
    found: list[Word] = []
    for i, match in enumerate(matches):
        named = kinds[i] == NOUN and (match[0][0].isupper() or match[0][0] == "[")
        if not named and (kinds[i] in _RULES or kinds[i] in "IEGBMVHN"):
            kinds[i] = _among(lows, kinds, i)
        if kinds[i] == NOUN and found and found[-1].kind == NOUN and lows[i] not in _PRONOUNS:
            found[-1] = found[-1]._replace(end=match.end())
        else:
            found.append(Word(NOUN if named else _form(lows[i], kinds[i]), kinds[i], match.start(), match.end()))
    return found


@cache
def _table() -> dict[str, str]:
    return {word: kind for kind, _, held in rows("word_kinds") for word in held.split()}


@cache
def _form(low: str, kind: str) -> str:
    return _ALIKE.get(low, low) if (kind != NOUN and low in _table()) or low in _frequent() else kind


@cache
def _frequent() -> frozenset[str]:
    return frozenset(form for line in lexicon("boundary_forms") for form in line.split())


@cache
def _alone(low: str, capital: bool) -> str:
    known = _table().get(low)
    if known:
        return known
    if capital or not low[0].isalpha():
        return NOUN
    if low.endswith(_INVERTED):
        return "J"
    if low.endswith(_ADVERBS) and len(low) > 6:
        return "B"
    if participle(low) and not low.endswith(("é", "ée")):
        return "E"
    return NOUN if any(fold(low) in words(name) for name in _NAMES) else _verb(low)


def _verb(low: str) -> str:
    if low.endswith("er"):
        return "I" if _in_er(low[:-2]) else NOUN
    if infinitive(low):
        return "I" if not low.endswith("re") or _IN_RE.search(low) else NOUN
    if _NO_VERB.search(low) and not participle(low):
        return NOUN
    if participle(low):
        return "E"
    if low.endswith("ant"):
        return "G" if lemma(low) != low or _verb_of(low[:-3]) else NOUN
    if finite(low):
        return "V"
    stem = re.sub(r"(ent|es|e)$", "", low)
    return "X" if low.endswith("it") or (stem != low and _verb_of(stem)) else NOUN


def _in_er(stem: str) -> bool:
    stem = f"{stem[:-1]}ç" if stem.endswith("c") else f"{stem}e" if stem.endswith("g") else stem
    return any(simplemma.is_known(f"{stem}{ending}", lang="fr") for ending in ("ait", "ant"))


def _verb_of(stem: str) -> bool:
    return bool(simplemma.is_known(f"{stem}er", lang="fr"))


def _among(lows: list[str], kinds: list[str], i: int) -> str:
    before, after = (kinds[i - 1] if i else EDGE), (kinds[i + 1] if i + 1 < len(kinds) else EDGE)
    word_before, word_after = (lows[i - 1] if i else EDGE), (lows[i + 1] if i + 1 < len(lows) else EDGE)
    rule = _RULES.get(kinds[i])
    if rule:
        return rule(lows[i], before, after, word_before, word_after)
    kind, low, second = kinds[i], lows[i], (kinds[i - 2] if i > 1 else EDGE)
    if kind == "H":
        return "V" if before == "S" or (before in ("O", "o") and second in tuple("SR")) or word_before in ("qui", "ne") else NOUN
    if kind == NOUN:
        return _noun(low, before, second, word_before)
    if kind == "M":
        return "O" if low == "lui" and before in ("S", "O") and after in tuple("VqXZ") else "M"
    if before == "D" and low not in _AFTER_DETERMINER:
        return NOUN
    return NOUN if before == "d" and kind in "EG" and low not in _AFTER_DETERMINER else kind


def _noun(low: str, before: str, second: str, word_before: str) -> str:
    if low not in _table() and word_before != "c'" and (before == "S" or (before == "O" and second == "S")):
        return "V"
    return "E" if low.endswith(("é", "és", "ée", "ées")) and (before == "q" or (before == "B" and second in ("q", "B"))) else NOUN


def _determiner(low: str, before: str, after: str, word_before: str, word_after: str) -> str:
    if word_before in ("le", "au", "du") or (word_before == "les" and after and after not in "NETHX"):
        return NOUN
    return "Q" if low in _NUMBERS and (not after or after not in "NTEHXBVIDGd") else "D"


def _subject(low: str, before: str, after: str, word_before: str, word_after: str) -> str:
    if low not in _LOOSE:
        return "S"
    apart = (before == "P" and word_before not in _OPENS) or word_before == "tout"
    return "M" if apart or not after or after not in "oeqVXZdtOUcHNEBc" else "S"


def _nous(low: str, before: str, after: str, word_before: str, word_after: str) -> str:
    if before == "S" or word_before in ("qui", "n'", "ne"):
        return "O"
    return "S" if after in tuple("oeqVXZdtU") else "M" if before == "P" else "U"


def _object(low: str, before: str, after: str, word_before: str, word_after: str) -> str:
    if low == "leur":
        return "O" if after in tuple("VqXeZ") and before in tuple("SORMN") else "D"
    return "S" if low == "y" and before not in ("S", "O", "q") and word_after in _HAVE else "O"


def _article(low: str, before: str, after: str, word_before: str, word_after: str) -> str:
    verb = after in ("V", "X", "q")
    if before in ("S", "O") or (word_before == "qui" and verb) or (after == "q" and word_after in _HAVE):
        return "O"
    return "O" if (before in ("P", "N") and after == "I" and low != "l'") or (before in tuple("NTEM") and after == "V") else "D"


def _said(low: str, before: str, after: str, word_before: str, word_after: str) -> str:
    return "A" if word_before == "en" else "V" if before in ("S", "O", "N") else "E"


_RULES = {
    "D": _determiner,
    "S": _subject,
    "T": lambda low, before, *_: "E" if low == "été" and before == "q" else "T",
    "R": lambda low, before, after, word_before, _: "B" if low == "où" and word_before == "importe" else "R",
    "U": _nous,
    "o": _object,
    "d": _article,
    "Z": _said,
    "t": lambda low, before, after, _, word_after: "S" if after in ("q", "V") and before not in ("S", "O") and word_after.endswith("s") else "O",
    "e": lambda low, before, after, *_: "O" if before in ("S", "O") or after in ("q", "V", "X", "Z") else "P",
    "c": lambda low, before, after, *_: "S" if after == "q" else "c" if after == "R" else "D",
    "X": lambda low, before, *_: "V" if before in ("S", "O") else NOUN if before in ("D", "P", "A") else "X",
}
