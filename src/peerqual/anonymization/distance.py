"""What agrees with a replaced feminine noun further on in its sentence: agreed where the syntax binds it to the noun, flagged elsewhere.

Bound are: the predicate of the noun (« ma dépression est revenue »), its relative clauses (« que j'ai eue », « à laquelle »), the object that takes
it up at once (« ma dépression, je la soigne ») and « la mienne » beside it. « Elle » may be a person: it stays, and a person looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..language import lexicons
from . import grammar
from .agreement import listed_on
from .grammar import like
from .phrase import Before

Further = tuple[int, int, str]  # a span of the text after a mention, and what stands there instead
_REACH = 200  # characters read after a mention
_STOP = re.compile(r"[.!?…;\n»)]")


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_PERSONS = _any("moi toi lui elle nous vous eux elles")
_OWNERS = _any("mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs la le les")
_TO = rf"(?:\s+(?:bien\s+)?à\s+{_PERSONS})?"  # « à moi »
_OF = rf"(?:\s+(?:de\s+|d['’]|du\s+|des\s+|depuis\s+|chez\s+)(?:{_OWNERS}\s+|l['’])?[\w-]+)?"  # « de mon frère »
_CLITICS = r"(?:(?:ne|me|te|se|nous|vous|lui|leur|y|en)\s+|[nmts]['’]\s*)*"
_BEEN = rf"{_any('a ont avait avaient aura aurait ait')}(?:\s+{_any('pas plus jamais toujours')})?\s+été"
_IS = _any(
    "es est était sera serait soit fut sont étaient seront seraient soient furent semble semblent semblait paraît paraissait "
    "reste restent restait restera devient deviennent devenait devenaient deviendra demeure"
)
_HAVE = _any("ai as a avons avez ont avais avait avions aviez avaient aie ait aurai auras aura aurais aurait auraient eut")
_WHO = rf"(?:{_any('je tu on il elle ils elles nous vous faut personne')}\s+|il\s+faut\s+|[jt]['’]\s*)"
_WILL = _any("peux peut veux veut dois doit vais va vas voulais pouvais devais faut faudrait voudrais préfère aime essaie essayais")
_WANTING = rf"(?:{_WILL}\s+(?:{_any('pas plus bien de')}\s+)*)?"
_AND = rf"(?:\s+et\s+(?:{_OWNERS}\s+|l['’])[\w-]+)?"  # « et ma fatigue »
_PREDICATE = re.compile(rf"{_TO}{_OF}{_AND}\s+(?P<who>qui\s+)?{_CLITICS}(?:{_IS}|{_BEEN})(?=\s)", re.IGNORECASE)
_RELATIVE = re.compile(rf"{_TO},?\s+(?:que\s+|qu['’]\s*)(?:[\w-]+(?:\s+|['’]\s*)){{1,4}}?{_HAVE}(?=\s)", re.IGNORECASE)
_WHICH = re.compile(r",?\s+(à\s+laquelle|de\s+laquelle|auxquelles|desquelles|(?:[\w-]+\s+)?(?:laquelle|lesquelles))\b", re.IGNORECASE)
_THAT = re.compile(r",\s+(celles?)\s+(?=de\s|d['’]|du\s|des\s|qu)")
_DOES = rf"{_WHO}(?:{_any('ne me te se nous vous')}\s+|[nmts]['’]\s*)*{_WANTING}"
_TAKEN_UP = re.compile(rf"{_TO}\s*,\s*{_DOES}(?:(la)\s+(?=[\w-])|l['’]\s*{_HAVE}(?=\s))", re.IGNORECASE)
_AGAIN = re.compile(rf"(?:,|\bet|\bmais|\bpuis)\s+{_DOES}(la)\s+(?=[\w-])", re.IGNORECASE)
_OWNED = re.compile(rf"\s+{_any('et ou comme contre que avec')}\s+(?P<own>la\s+{_any('mienne tienne sienne nôtre vôtre')})\b", re.IGNORECASE)
_WORD = re.compile(r"(\s+|\s*,\s+)([^\W\d_][\w-]*)")
_SUPERLATIVE = re.compile(
    rf"(?:\s+{_any('pas plus jamais toujours bien aussi vraiment')})*\s+(?P<own>la\s+(?:(?:plus|moins)\s+)?[^\W\d_][\w-]*)", re.IGNORECASE
)
_RESUMES = re.compile(
    r"\b(?:elles?|celles?|celle-ci|laquelle|lesquelles|[mts]iennes?)\b"
    rf"|(?:\b{_any('est sont était étaient')}|\bl['’]{_HAVE})\s+(?:\w+\s+)?\w{{2,}}ées?\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[.!?…; ]*(?:(?:et|mais|puis|alors|parce\s+qu)['’]?\s*)?\belle\b", re.IGNORECASE)
_WHICH_OF = {"laquelle": "lequel", "lesquelles": "lesquels", "auxquelles": "auxquels", "desquelles": "desquels"}
_OWN = {"mienne": "mien", "tienne": "tien", "sienne": "sien", "nôtre": "nôtre", "vôtre": "vôtre", "leur": "leur"}
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
_GOVERNING = frozenset("avec en de d à sous pour par contre sur sans dans chez comme".split())
_QUANTITIES = frozenset("plupart beaucoup peu moitié majorité une aucune chacune certaines plusieurs tant".split())
_FLOATING = {"toute": "tout", "toutes": "tous"}


def further(text: str, before: Before, end: int, limit: int) -> tuple[Further, ...]:
    """Return what agrees with the noun whose phrase ends at `end`, up to `limit`, in the masculine; nothing where it is not sure."""
    stop = _sentence(text, end, min(limit, end + _REACH))
    return tuple(change for change in _changes(text, before, end, stop) if text[change[0] : change[1]] != change[2])


def doubtful(text: str, end: int, changed: tuple[Further, ...]) -> tuple[int, int] | None:
    """Return the first words after `end` that may agree with the noun and were left: « elle », a participle. None when there are none."""
    stop = _sentence(text, end, end + _REACH)
    for hit in _RESUMES.finditer(text, end, stop):
        if not any(start < hit.end() and hit.start() < reach for start, reach, _ in changed):
            return hit.span()
    after = _NEXT.match(text, stop)
    return (after.end() - 4, after.end()) if after else None


def _sentence(text: str, end: int, limit: int) -> int:
    hit = _STOP.search(text, end, limit)
    return hit.start() if hit else min(limit, len(text))


def _changes(text: str, before: Before, end: int, stop: int) -> Iterator[Further]:
    which = _WHICH.match(text, end, stop)
    if which:
        yield _which(which)
    governed = before.last is not None and before.last.lower in _GOVERNING and not _counted(before)
    if before.determiner is None or governed or before.determiner.lower in grammar.CONTRACTIONS:
        return
    that = _THAT.match(text, end, stop)
    if that:
        yield that.start(1), that.end(1), "ceux" if that[1].endswith("s") else "celui"
    own = _OWNED.match(text, end, stop)
    if own:
        yield _own(own)
    relative = _RELATIVE.match(text, end, stop)
    if relative:
        yield from _agreeing(text, relative.end(), stop, only_participle=True)
    opens = _opens(before)
    predicate = _PREDICATE.match(text, end, stop)
    if predicate and (opens or predicate["who"]):
        yield from _agreeing(text, predicate.end(), stop)
    taken = _TAKEN_UP.match(text, end, stop) if opens else None
    if taken and taken[1]:
        for hit in (taken, *_AGAIN.finditer(text, taken.end(), stop)):
            yield hit.start(1), hit.end(1), like(hit[1], "le")
    elif taken:
        yield from _agreeing(text, taken.end(), stop, only_participle=True)


@cache
def _openers() -> frozenset[str]:
    return frozenset(lexicons.lexicon("grammar_openers"))


def _opens(before: Before) -> bool:
    """Tell whether the phrase begins its clause, so that a verb right after it has it for subject."""
    return before.last is None or before.last.lower in _openers() or _counted(before)


def _counted(before: Before) -> bool:
    """Tell whether the noun is the one spoken of in « la plupart de mes … »."""
    words = [word.lower for word in before.words[-2:]]
    return words[-1:] == ["de"] and words[0] in _QUANTITIES


def _which(hit: re.Match[str]) -> Further:
    whole = hit[1].lower().split()
    if whole[-1] == "laquelle" and whole[0] in ("à", "de"):
        return hit.start(1), hit.end(1), like(hit[1], "auquel" if whole[0] == "à" else "duquel")
    start = hit.end(1) - len(whole[-1])
    return start, hit.end(1), like(hit[1][-len(whole[-1]) :], _WHICH_OF[whole[-1]])


def _own(hit: re.Match[str]) -> Further:
    article, word = hit["own"].split()
    return hit.start("own"), hit.end("own"), f"{like(article, 'le')} {like(word, _OWN[word.lower()])}"


def _agreeing(text: str, at: int, stop: int, *, only_participle: bool = False) -> Iterator[Further]:
    """Yield the adjectives and participles that follow at once, with adverbs before them and « et » between them."""
    taken = None if only_participle else _stands_for(text, at, stop)
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
        if only_participle:
            return


def _stands_for(text: str, at: int, stop: int) -> Further | None:
    """« … a été la pire », « … n'est pas la mienne »: what stands for the noun after « être »."""
    hit = _SUPERLATIVE.match(text, at, stop)
    if hit is None:
        return None
    words = hit["own"].split()
    last = words[-1].lower()
    new = _OWN.get(last) or (agreed(last) if len(words) == 3 or last in grammar.adjectives() else None)
    return (hit.start("own"), hit.end("own"), " ".join((like(words[0], "le"), *words[1:-1], new))) if new else None


def _between(word: str) -> bool:
    return grammar.is_adverb(word) or word in ("pas", "jamais", "plus", "là", "enfin", "aussi", "puis") or word in grammar.hesitations()


def agreed(word: str) -> str | None:
    """Return the masculine of an adjective or a participle in a place where only these stand, or None.

    >>> agreed("revenue"), agreed("découvertes"), agreed("stable"), agreed("maison")
    ('revenu', 'découverts', 'stable', None)
    """
    known = grammar.masculine(word, guess=True)
    if known is not None:
        return known
    stem = word.removesuffix("s")
    for ending, becomes in sorted(_PARTICIPLES, key=lambda pair: -len(pair[0])):
        if stem.endswith(ending) and len(stem) > len(ending):
            changed = stem[: -len(ending)] + becomes
            return grammar.plural(changed) if stem != word else changed
    return None
