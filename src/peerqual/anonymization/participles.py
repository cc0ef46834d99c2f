"""Adjectives and participles that follow a verb or « que j'ai »: read in a row, and put in the masculine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from . import grammar
from .agreement import listed_on
from .clauses import BEEN, CLITICS, IS, TO_BE
from .grammar import like

Further = tuple[int, int, str]  # a span of the text after a mention, and what stands there instead
OWN = {"mienne": "mien", "tienne": "tien", "sienne": "sien", "nôtre": "nôtre", "vôtre": "vôtre", "leur": "leur"}
_WORD = re.compile(r"(\s+|\s*,\s+)([^\W\d_][\w-]*)")
_SUPERLATIVE = re.compile(
    r"(?:\s+(?:pas|plus|jamais|toujours|bien|aussi|vraiment))*\s+(?P<own>la\s+(?:(?:plus|moins)\s+)?[^\W\d_][\w-]*)"
    r"(?=\s*(?:[.,;:!?…)»]|$|(?:que|qui|dont|de|du|des|pour|et|ou|mais|à|chez|dans|parmi)\b|qu['’]|d['’]))",
    re.IGNORECASE,
)
_PARTICIPLES = (
    ("ée", "é"),
    ("ie", "i"),
    ("ue", "u"),
    ("ise", "is"),
    ("ite", "it"),
    ("aite", "ait"),
    ("erte", "ert"),
    ("inte", "int"),
    ("orte", "ort"),
)
_BEING = re.compile(rf"\s+{CLITICS}(?:{IS}|{BEEN}|{TO_BE})(?=\s)", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:^|[.!?…;,\n]|\b(?:et|mais|que|si|quand|car|comme)\b|\bqu['’])\s*(?:[\w'’]+\s+){0,2}[\w-]+$")
_BETWEEN = frozenset("pas jamais plus là enfin aussi puis mal peu même souvent parfois encore longtemps vite tôt tard beaucoup presque".split())
_NO_PARTICIPLES = frozenset("suite vie envie rue crise surprise bise chemise église course porte force sorte lieue".split())
_FLOATING = {"toute": "tout", "toutes": "tous"}


def feminine(word: str, plural: bool) -> str:
    """Return the feminine of an adjective or participle, itself when it is one or has one form.

    >>> feminine("stabilisés", True), feminine("adulte", False), feminine("dangereux", True), feminine("suivie", False)
    ('stabilisées', 'adulte', 'dangereuses', 'suivie')
    """
    stem = word.removesuffix("s")
    known = grammar.feminines().get(word) or grammar.feminines().get(stem)
    if known is None:
        known = f"{stem}e" if stem.endswith(("é", "i", "u", "ant", "ent")) and len(stem) > 2 else stem
    return known.removesuffix("s") + ("s" if plural and (word.endswith(("s", "x")) or stem == word != known) else "")


def women(text: str, end: int, plural: bool) -> Iterator[Further]:
    """Yield what « est », « sont » after the subject that ends at `end` says of it, in the feminine: « les personnes … sont fatiguées »."""
    being = _BEING.match(text, end)
    if being is None or not _SUBJECT.search(text[max(0, end - 80) : end]):
        return
    at = being.end()
    while hit := _WORD.match(text, at):
        word, at = hit[2].lower(), hit.end()
        new = word if _between(word) else feminine(word, plural)
        if new != word:
            yield hit.start(2), hit.end(2), like(hit[2], new)
            return
        if not _between(word):
            return


def apart(text: str, changes: Iterable[Further]) -> tuple[Further, ...]:
    """Return what `changes` change, in order, each place once."""
    kept: list[Further] = []
    for change in sorted(changes):
        if text[change[0] : change[1]] != change[2] and (not kept or kept[-1][1] <= change[0]):
            kept.append(change)
    return tuple(kept)


def agreeing(text: str, at: int, stop: int, *, only_participle: bool = False) -> Iterator[Further]:
    """Yield the adjectives and participles that follow at once, with adverbs before them and « et » between them."""
    taken = None if only_participle else stands_for(text, at, stop)
    if taken:
        yield taken
        return
    joined = False
    while hit := _WORD.match(text, at, stop):
        word, at = hit[2].lower(), hit.end()
        new = None if grammar.is_adverb(word) else _FLOATING.get(word) or agreed(word)
        if new is None:
            joined = word in ("et", "ou", "mais", "puis", "ni")
            if not joined and not _between(word):
                return
            continue
        if "," in hit[1] and not joined and (word not in grammar.adjectives() or not listed_on(text, at, word)):
            return
        yield hit.start(2), hit.end(2), like(hit[2], new)
        if only_participle and word not in _FLOATING:
            return


def stands_for(text: str, at: int, stop: int) -> Further | None:
    """« … a été la pire », « … n'est pas la mienne »: what stands for the noun after « être »."""
    hit = _SUPERLATIVE.match(text, at, stop)
    if hit is None:
        return None
    words = hit["own"].split()
    last = words[-1].lower()
    new = OWN.get(last) or (agreed(last) if len(words) == 3 or last in grammar.adjectives() else None)
    return (hit.start("own"), hit.end("own"), " ".join((like(words[0], "le"), *words[1:-1], new))) if new else None


def _between(word: str) -> bool:
    return grammar.is_adverb(word) or word in _BETWEEN or word in grammar.hesitations()


def agreed(word: str) -> str | None:
    """Return the masculine of an adjective or a participle in a place where only these stand, or None.

    >>> agreed("revenue"), agreed("découvertes"), agreed("stable"), agreed("maison")
    ('revenu', 'découverts', 'stable', None)
    """
    known = grammar.masculine(word, guess=True)
    if known is not None:
        return known
    stem = word.removesuffix("s")
    if stem.endswith("que") or stem in _NO_PARTICIPLES:
        return None
    for ending, becomes in sorted(_PARTICIPLES, key=lambda pair: -len(pair[0])):
        if stem.endswith(ending) and len(stem) > len(ending):
            changed = stem[: -len(ending)] + becomes
            return grammar.plural(changed) if stem != word else changed
    return None
