"""Make what stands around a replaced noun agree with what takes its place: determiners, contractions, elisions, adjectives.

Only the noun phrase is touched: a participle or a pronoun further on stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import grammar
from .grammar import like
from .phrase import WINDOW, Before, Token

Change = tuple[Token, str, str]  # a word before the mention, what stands there instead, and what parts it from the next word
_FOLLOWING = re.compile(r"(,?\s+)(de (?:plus|moins) en (?:plus|moins)|plus ou moins|un peu|à peine|à moitié|tout à fait|[^\W\d_][\w-]*)")
_RESUMED = re.compile(r"(,\s+)(la|une|les|des)\s+([^\W\d_][\w-]*)(?=\s*[,.;:!?)…]|\s*$)", re.IGNORECASE)
_MASCULINE = {"la": "le", "une": "un"}
_MOST = re.compile(r"(\s+)la\s+(plus|moins)\s+([^\W\d_][\w-]*)", re.IGNORECASE)
_ONE_OF = {
    "une": "un",
    "aucune": "aucun",
    "chacune": "chacun",
    "laquelle": "lequel",
    "lesquelles": "lesquels",
    "quelques-unes": "quelques-uns",
    "certaines": "certains",
}
_OWNED = re.compile(r"\s+bien\s+à\s+(?:moi|toi|lui|elle|nous|vous|eux|elles)\b", re.IGNORECASE)
_LIST_GOES_ON = re.compile(r"\s*(?:[,.;:!?…)»]|(?:et|ou|mais|puis)\b|$)")
_WHOLLY = {"toute": "tout", "toutes": "tout"}
_JOINING = frozenset(("et", "mais", "ou", "puis"))
_LEADING = _JOINING | frozenset("mal pas jamais peu non".split())
_STATES = frozenset(
    "fatiguée épuisée énervée angoissée désespérée paumée isolée déprimée crevée soulagée effondrée seule perdue fière forte lasse libre "
    "muette folle vieille jeune heureuse anxieuse inquiète".split()
)
_VERBS = frozenset("arrive dérive cultive prive motive captive ravive active désactive esquive survive suive vive écrive creuse".split())
_LEADS_TO = tuple("jusqu face grace grâce suite quant rapport due liee lie pens habitue croi surviv echapp resist ressembl".split())
_TOLD = frozenset("diagnostiquée stabilisée traitée soignée reconnue survenue déclarée apparue découverte".split())


@dataclass(frozen=True, slots=True)
class Noun:
    """What takes a mention's place. `gender` "m" or "f": determiner and adjectives agree with it; "": they stay, only elision is seen to."""

    text: str
    gender: str = ""
    plural: bool = False


def fit(before: Before, noun: Noun) -> tuple[int, str]:
    """Return where the edit begins, and what stands from there up to the mention so that it agrees with `noun`."""
    modifiers = _modifiers(before.modifiers, noun)
    following = modifiers[0][1] if modifiers else noun.text
    if before.determiner is not None:
        changes = _one_of(before, noun) + _one_or(before, noun) + _whatever(before, noun) + _determiner(before, noun, following) + modifiers
    elif noun.gender == "m" and _shortened(before):
        changes = [(before.words[-2], like(before.words[-2].text, "ce"), " "), (before.words[-1], "", ""), *modifiers]
    elif not modifiers and before.last is not None:
        changes = [_elision(before.last, noun.text)]
    else:
        changes = _one_or(before, noun) + modifiers
    while changes and (changes[0][0].text, changes[0][0].sep) == changes[0][1:]:
        del changes[0]
    if not changes:
        return before.start, ""
    return changes[0][0].start, "".join(new + sep for _, new, sep in changes)


def _shortened(before: Before) -> bool:
    """Tell whether « c'te » or « c't' » stands before: « cette », as it is said."""
    return [word.lower for word in before.words[-2:]] in (["c", "te"], ["c", "t"]) and before.words[-2].elided


def _one_or(before: Before, noun: Noun) -> list[Change]:
    """« une ou deux … », « l'une ou l'autre … »: the first word agrees too."""
    words = before.words[-2:]
    if noun.gender != "m" or not before.modifiers or before.modifiers[0].lower not in grammar.NUMBERS | {"autre"}:
        return []
    if [word.lower for word in words] not in (["une", "ou"], ["une", "à"]):
        return []
    return [(words[0], like(words[0].text, "un"), words[0].sep), (words[1], words[1].text, words[1].sep)]


def _modifiers(tokens: tuple[Token, ...], noun: Noun) -> list[Change]:
    changes: list[Change] = []
    following = noun.text
    for token in reversed(tokens):
        new: str | None = None
        if noun.gender == "m" and not grammar.is_adverb(token.lower) and token.lower not in grammar.hesitations():
            new = grammar.masculine(token.lower, before_vowel=following != "et" and grammar.begins_with_vowel(following), guess=True)
        elif noun.gender == "f":
            new = grammar.feminines().get(token.lower)
        elif not noun.gender and not grammar.begins_with_vowel(following):
            new = {"vieil": "vieux", "bel": "beau", "nouvel": "nouveau"}.get(token.lower)
        following = like(token.text, new) if new else token.text
        changes.append((token, following, token.sep))
    return changes[::-1]


def _elision(token: Token, following: str) -> Change:
    """Undo or make the elision of the word right before what is replaced; before a bracket there is none."""
    vowel = grammar.begins_with_vowel(following) and not following.startswith("[")
    if token.elided and not vowel and token.lower in grammar.ELISIONS:
        return token, _cased(token, grammar.ELISIONS[token.lower], following), " "
    if token.sep.isspace() and vowel:
        for short, full in grammar.ELISIONS.items():
            if token.lower == full:
                return token, _cased(token, short, following), "'"
    return token, token.text, token.sep


def _determiner(before: Before, noun: Noun, following: str) -> list[Change]:
    token = before.determiner
    assert token is not None
    word, vowel = token.lower, grammar.begins_with_vowel(following)
    gender = noun.gender or ("" if vowel or before.modifiers or word not in ("l", "cet") else "m")
    said = (*before.repeats, token)
    if not gender or (word not in grammar.determiners() and word not in grammar.CONTRACTIONS):
        return [(each, each.text, each.sep) for each in said]
    if word in grammar.CONTRACTIONS:
        preposition, was_plural = grammar.CONTRACTIONS[word]
        if noun.plural and was_plural:
            return [(each, each.text, each.sep) for each in said]
        form = grammar.determiner(0, gender, noun.plural, vowel)
        return [(each, *_contracted(preposition, form, each, following)) for each in said]
    row = grammar.determiners()[word].row
    number = word in ("un", "une") and noun.plural  # « vingt et une … »
    form = grammar.determiner(row, gender, noun.plural and not number, vowel)
    changes = [(each, *(_written(form, each, following) if each.lower == word else (each.text, each.sep))) for each in said]
    last = before.last
    if last is None or not (last.sep.isspace() or (last.elided and last.lower == "d")):
        return changes
    preposition = "à" if last.lower == "a" and _leads(before.words) else grammar.ELISIONS.get(last.lower, last.lower)
    if (preposition, form) in grammar.JOINED:
        joined = like(last.text + said[0].text, grammar.JOINED[preposition, form])
        return [(last, joined, ""), (said[0], "", changes[0][2]), *changes[1:]]
    if last.lower in ("tout", "toute", "tous", "toutes"):
        whole = grammar.determiner(grammar.determiners()["tout"].row, gender, noun.plural, False)
        changes.insert(0, (last, like(last.text, whole), last.sep))
    return changes


def _leads(words: tuple[Token, ...]) -> bool:
    """Tell whether « a », the last word, is « à » without its accent: « face a la dépression », not « il a la dépression »."""
    at = len(words) - 2
    while at >= 0 and words[at].lower in ("pas", "plus", "jamais", "aussi", "toujours", "bien"):
        at -= 1
    return at >= 0 and words[at].lower.startswith(_LEADS_TO)


def _one_of(before: Before, noun: Noun) -> list[Change]:
    """« une de mes … », « l'une des … »: the pronoun agrees with the noun too."""
    words = before.words
    partitive = before.determiner is not None and before.determiner.lower == "des"
    at = len(words) - (1 if partitive else 2)
    if noun.gender != "m" or not before.plural or at < 0 or not (partitive or words[-1].lower == "de"):
        return []
    new = _ONE_OF.get(words[at].lower) or (grammar.masculine(words[at].lower) if _ranked(words, at) else None)
    if new is None:
        return []
    first, changes = at, [(words[at], like(words[at].text, new), words[at].sep)]
    while first and _ranked(words, at) and words[first - 1].lower in ("la", "plus", "moins"):
        first -= 1
        token = words[first]
        changes.insert(0, (token, like(token.text, "le") if token.lower == "la" else token.text, token.sep))
    return changes + [(word, word.text, word.sep) for word in words[at + 1 :]]


def _ranked(words: tuple[Token, ...], at: int) -> bool:
    """Tell whether « la dernière », « la plus longue » ends at word `at`."""
    before = [word.lower for word in words[max(0, at - 2) : at]]
    return before[-1:] == ["la"] or before in (["la", "plus"], ["la", "moins"])


def _whatever(before: Before, noun: Noun) -> list[Change]:
    """« quelle que soit la … », « quelle est ta … », « telle est ma … »: the first word agrees with the noun too."""
    size = 2 if before.last is not None and before.last.lower in ("est", "était", "sont", "sera") else 3
    words = before.words[-size:]
    joint = [word.lower for word in words[1:]]
    if (
        noun.gender != "m"
        or not words
        or not words[0].lower.startswith(("quelle", "telle"))
        or (size == 3 and joint not in (["que", "soit"], ["que", "soient"]))
    ):
        return []
    first, *rest = words
    return [(first, like(first.text, first.lower.replace("elle", "el")), first.sep), *((word, word.text, word.sep) for word in rest)]


def _written(form: str, token: Token, following: str) -> tuple[str, str]:
    """Return a determiner in the case of `token`, and what parts it from the next word."""
    if form.endswith("'"):
        return _cased(token, form[:-1], following), "'"
    return _cased(token, form, following), " " if token.elided else token.sep


def _contracted(preposition: str, form: str, token: Token, following: str) -> tuple[str, str]:
    """Return preposition and article, as one word where French has one, and what parts them from the next word."""
    joined = grammar.JOINED.get((preposition, form))
    if joined:
        return _cased(token, joined, following), token.sep
    if form.endswith("'"):
        return _cased(token, f"{preposition} {form[:-1]}", following), "'"
    return _cased(token, f"{preposition} {form}", following), token.sep


def _cased(token: Token, word: str, following: str) -> str:
    # A single capital (« L' », « D' ») belongs to a word in capitals when the word after it is one.
    if len(token.text) == 1 and token.text.isupper() and len(following) > 1 and following.isupper():
        return word.upper()
    return like(token.text, word)


def agree_after(text: str, end: int, limit: int) -> tuple[int, str, int]:
    """Return how far the words reach that agree with a feminine noun ending at `end`, and these in the masculine ("" when none changes),
    and where the last word that describes the noun ends.

    Only what is sure: known adjectives and participles in « -ée » that follow at once, with adverbs, « et », « puis » and commas between them;
    « bien à lui, très polie »; « , la vraie, »; « , diagnostiquée »; « la plus sévère ».
    """
    limit = min(limit, end + WINDOW)
    at, made = _resumed(text, end, limit)
    if made:
        return at, made, at
    most = _MOST.match(text, end, limit)
    if most is not None:
        new = grammar.masculine(most[3].lower(), guess=True)
        return (most.end(), f"{most[1]}le {most[2]} {new}", most.end()) if new else (end, "", end)
    owned = _OWNED.match(text, end, limit)
    reach = last = end
    at = owned.end() if owned else end
    made, read, listed, joined, described, degree = "", text[end:at], False, False, owned is not None, False
    while hit := _FOLLOWING.match(text, at, limit):
        word = hit[2].lower()
        listed = listed or "," in hit[1]
        if listed and not (described or word in _TOLD or _plainly(word)):
            break
        new = _WHOLLY.get(word) or _after(word, listed, listed and listed_on(text, hit.end(), word), joined, degree)
        degree = grammar.is_adverb(word)
        if new is None and not grammar.is_adverb(word) and word not in _LEADING and " " not in word:
            break
        at, joined = hit.end(), word in _JOINING and described
        read += hit[1] + (like(hit[2], new) if new else hit[2])
        if new and word not in _WHOLLY:
            listed, described, last = False, True, at
            if read != text[end:at]:
                reach, made = at, read
    return reach, made, last


def _resumed(text: str, at: int, limit: int) -> tuple[int, str]:
    """Return how far « , la vraie, la dure » reaches, and the same in the masculine ("" when there is none)."""
    made = ""
    while resumed := _RESUMED.match(text, at, limit):
        known = grammar.adjectives().get(resumed[3].lower())
        if known is None:
            break
        article = resumed[2].lower()
        made += f"{resumed[1]}{like(resumed[2], _MASCULINE.get(article, article))} {known[0]}"
        at = resumed.end()
    return at, made


def _plainly(word: str) -> bool:
    """Tell whether `word` after a comma is an adjective and no participle, which may be said of the speaker (« ma dépression, épuisée … »)."""
    return word in grammar.adjectives() and not word.removesuffix("s").endswith(("ée", "ie", "ue", "ise", "te"))


def listed_on(text: str, end: int, word: str) -> bool:
    """Tell whether the adjective `word`, after a comma and up to `end`, is one of a list and not said of a person (« …, seule, je … »)."""
    return word.removesuffix("s") not in _STATES and _LIST_GOES_ON.match(text, end) is not None


def _after(word: str, listed: bool, on: bool, joined: bool, degree: bool) -> str | None:
    """Return the masculine of an adjective behind its noun, or None; `listed`: after a comma; `on`: as `listed_on` tells; `joined`: after « et »;
    `degree`: after an adverb."""
    known = grammar.adjectives().get(word)
    if known is not None and not known[2] and not degree:
        return None
    if listed and not on and word not in _TOLD:
        return None
    ending = word.removesuffix("s").endswith(("euse", "ive")) and word not in _VERBS
    return grammar.masculine(word, guess=joined or listed or ending) or (None if listed else grammar.masculine_by_lemma(word))
