"""Forms of French that replacing needs: determiners, feminine and masculine of adjectives, elision, case. Over the lists ``grammar_*.txt``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import simplemma

from ..language import lexicons
from ..language.fold import fold

CONTRACTIONS = {"du": ("de", False), "des": ("de", True), "au": ("à", False), "aux": ("à", True)}
JOINED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux", ("de", "ledit"): "dudit", ("à", "ledit"): "audit"}
ELISIONS = {"d": "de", "qu": "que", "jusqu": "jusque", "lorsqu": "lorsque", "puisqu": "puisque", "quoiqu": "quoique"}
NUMBERS = frozenset("deux trois quatre cinq six sept huit neuf dix 2 3 4 5 6 7 8 9".split())
PLURALS = frozenset("plusieurs quelques certaines certains diverses divers différentes différents autres".split())
_ASPIRATED = ("haut", "honteu", "hideu", "huit", "hargneu", "hors")
_FEMININE_ENDINGS = (("euse", "eux"), ("ive", "if"), ("elle", "el"), ("ale", "al"), ("ante", "ant"), ("ente", "ent"), ("ée", "é"), ("ee", "e"))
_NOUNS = frozenset("année annee idée idee journée journee soirée soiree matinée matinee entrée entree durée duree pensée pensee armée armee".split())
_COMMON_ENDINGS = ("able", "ible", "ique", "issime")


@dataclass(frozen=True, slots=True)
class Determiner:
    """A form of a determiner: its `row` in the table (0: the article), whether it is a plural, its gender ("" when it does not tell)."""

    row: int
    plural: bool
    gender: str


@cache
def determiner_rows() -> tuple[tuple[str, ...], ...]:
    """Return masculine, feminine, both before a vowel, and both plurals of each determiner; the article first."""
    return lexicons.rows("grammar_determiners")


@cache
def determiners() -> dict[str, Determiner]:
    """Return every form of a determiner; the elided article is « l » without its apostrophe."""
    forms = {"l": Determiner(0, False, "")}
    for row, places in enumerate(determiner_rows()):
        for n, form in enumerate(places):
            pair = places[4:] if n >= 4 else places[:2]
            told = pair[0] != pair[1] and form in pair
            forms.setdefault(form, Determiner(row, n >= 4, "mf"[n % 2] if told else ""))
    return forms


def determiner(row: int, gender: str, plural: bool, vowel: bool) -> str:
    """Return the form of the determiner in `row` before a noun of `gender`; `vowel`: the next word begins with one."""
    return determiner_rows()[row][(4 if plural else 2 if vowel else 0) + (gender == "f")]


@cache
def adjectives() -> dict[str, tuple[str, str, bool]]:
    """Return for each feminine, singular and plural: masculine, masculine before a vowel, and whether it is agreed after the noun too."""
    table: dict[str, tuple[str, str, bool]] = {}
    for row in lexicons.rows("grammar_adjectives"):
        feminine, masculine, vowel, where = (*row, "", "")[:4]
        table[feminine] = (masculine, vowel or masculine, where != "before")
        table[f"{feminine}s"] = (plural(masculine), plural(masculine), where != "before")
    for form, (one, other, after) in tuple(table.items()):
        table.setdefault(fold(form), (fold(one), fold(other), after))  # « premiere », in speech without accents
    return table


@cache
def feminines() -> dict[str, str]:
    """Return the feminine of each masculine adjective."""
    backward: dict[str, str] = {}
    for feminine, (masculine, vowel, _) in adjectives().items():
        backward.setdefault(masculine, feminine)
        backward.setdefault(vowel, feminine)
    return backward


@cache
def _before_consonant() -> dict[str, str]:
    """« bel » → « beau »."""
    return {vowel: masculine for masculine, vowel, _ in adjectives().values() if vowel != masculine}


def plural(word: str) -> str:
    """Return the plural of a masculine adjective.

    >>> plural("gros"), plural("familial"), plural("nouveau"), plural("petit")
    ('gros', 'familiaux', 'nouveaux', 'petits')
    """
    if word.endswith(("s", "x")):
        return word
    if word.endswith("al"):
        return word[:-1] + "ux"
    return word + ("x" if word.endswith("eau") else "s")


def masculine(word: str, *, before_vowel: bool = False, guess: bool = False) -> str | None:
    """Return the masculine of the adjective `word` (itself when it has one form), or None when nothing tells that it is an adjective.

    With `guess` its ending may tell; a participle in « -ée » always tells.
    """
    known = adjectives().get(word)
    if known is not None:
        return known[1] if before_vowel else known[0]
    if word in feminines():
        return word if before_vowel else _before_consonant().get(word, word)
    stem = word.removesuffix("s")
    if stem in _NOUNS:
        return None
    for ending, becomes in _FEMININE_ENDINGS:
        if stem.endswith(ending) and len(stem) > len(ending) + 2 and (guess or ending in ("ée", "ee")):
            changed = stem[: -len(ending)] + becomes
            return plural(changed) if stem != word else changed
    return word if guess and stem.endswith(_COMMON_ENDINGS) and len(stem) > 5 else None


@cache
def base_form(word: str) -> str:
    """Return the lemma of `word`, without the table of `language.lemmas`, which would load spaCy."""
    return simplemma.lemmatize(word, lang="fr").lower()


def masculine_by_lemma(word: str) -> str | None:
    """Return the masculine of `word` when its lemma tells that it is a feminine adjective or participle, in a place where nouns are rare.

    >>> masculine_by_lemma("débutante"), masculine_by_lemma("costaudes"), masculine_by_lemma("guérie"), masculine_by_lemma("augmente")
    ('débutant', 'costauds', 'guéri', None)
    """
    stem = word.removesuffix("s")
    if not stem.endswith("e") or len(stem) < 5:
        return None
    base = base_form(stem)
    if base.endswith(("ir", "re", "oir")):
        changed = stem[:-1] if stem.endswith(("ie", "ue", "mise", "prise", "quise")) else None
    elif base.endswith("er"):
        return None
    elif base == stem:
        changed = stem[:-1] if stem.endswith(("ante", "ente")) and len(stem) > 7 else None
    else:
        changed = base if base[:3] == stem[:3] else None
    return plural(changed) if changed and stem != word else changed


@cache
def adverbs() -> frozenset[str]:
    """Return the adverbs of degree."""
    return frozenset(lexicons.lexicon("grammar_adverbs"))


def is_adverb(word: str) -> bool:
    """Tell whether `word` (lower case) may stand before an adjective: an adverb of degree, a number, or a word in « -ment »."""
    return word in adverbs() or word in NUMBERS or (word.endswith("ment") and len(word) > 6)


@cache
def hesitations() -> frozenset[str]:
    """Return the words of hesitation that a noun phrase of speech may hold."""
    return frozenset(lexicons.lexicon("hesitations"))


def begins_with_vowel(text: str) -> bool:
    """Tell whether « le » is elided before `text`; an opening bracket is looked through.

    >>> begins_with_vowel("[hôpital 1]"), begins_with_vowel("honteux")
    (True, False)
    """
    folded = fold(text.lstrip("["))
    if folded[:1] == "h":
        return not folded.startswith(_ASPIRATED)
    return folded[:1] in tuple("aeiouœæ")


def like(model: str, word: str) -> str:
    """Return `word` with the case of `model`: all capitals, a first capital, or as it is.

    >>> like("MAËLLE", "Julie"), like("La", "le"), like("la", "le")
    ('JULIE', 'Le', 'le')
    """
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
