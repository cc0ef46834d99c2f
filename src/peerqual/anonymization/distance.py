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
from .clauses import BEEN, CLITICS, HAVE, IS, OF, OWNERS, TO, TO_BE, any_of
from .dislocation import taken_up
from .grammar import like
from .participles import OWN, Further, agreeing, apart
from .phrase import Before

_REACH = 200  # characters read after a mention
_STOP = re.compile(r"[.!?…;\n»)]")
_AND = rf"(?:\s+et\s+(?:{OWNERS}\s+|l['’])[\w-]+)?"  # « et ma fatigue »
_PREDICATE = re.compile(rf"{TO}{OF}{_AND}\s+(?P<who>qui\s+)?{CLITICS}(?:{IS}|{BEEN}|{TO_BE})(?=\s)", re.IGNORECASE)
_RELATIVE = re.compile(rf"{TO},?\s+(?:que\s+|qu['’]\s*)(?:[\w-]+(?:\s+|['’]\s*)){{1,4}}?{HAVE}(?=\s)", re.IGNORECASE)
_HAD = re.compile(rf"\s+(?:[\w-]+(?:\s+|['’]\s*)){{1,3}}?{HAVE}(?=\s)", re.IGNORECASE)
_WHICH = re.compile(r",?\s+(à\s+laquelle|de\s+laquelle|auxquelles|desquelles|(?:[\w-]+\s+)?(?:laquelle|lesquelles))\b", re.IGNORECASE)
_THAT = re.compile(r",\s+(celles?)\s+(?=de\s|d['’]|du\s|des\s|qu|dont)")
_OWNED = re.compile(rf"\s+{any_of('et ou comme contre que avec')}\s+(?P<own>la\s+{any_of('mienne tienne sienne nôtre vôtre')})\b", re.IGNORECASE)
_COMPARED = re.compile(
    rf"(?:(?!\bet\b|\bmais\b)[^,;:])*?\b(que|comme|contre|avec|à|de)\s+la\s+{any_of('mienne tienne sienne nôtre vôtre').replace('?:', '')}\b"
)
_RESUMES = re.compile(
    r"\b(?:elles?|celles?|celle-ci|laquelle|lesquelles|[mts]iennes?)\b"
    rf"|(?:\b{any_of('est sont était étaient')}|\bl['’]{HAVE})\s+(?:\w+\s+)?\w{{2,}}ées?\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[.!?…; ]*(?:(?:et|mais|puis|alors|parce\s+qu)['’]?\s*)?\belle\b", re.IGNORECASE)
_WHICH_OF = {"laquelle": "lequel", "lesquelles": "lesquels", "auxquelles": "auxquels", "desquelles": "desquels"}
_PLAIN = frozenset("cause lors suite près autour loin hors parle parlé parler parlait sors sorti sortie sortir sortait plein beaucoup".split())
_GOVERNING = frozenset("avec en de d à sous pour par contre sur sans dans chez comme".split())
_ASIDES = frozenset((("en", "fait"), ("tu", "sais"), ("tu", "vois"), ("du", "coup"), ("vous", "savez"), ("au", "fond"), ("en", "vrai")))
_QUANTITIES = frozenset("plupart beaucoup peu moitié majorité une aucune chacune certaines plusieurs tant".split())


def further(text: str, before: Before, end: int, limit: int) -> tuple[Further, ...]:
    """Return what agrees with the noun whose phrase ends at `end`, up to `limit`, in the masculine; nothing where it is not sure."""
    stop = _sentence(text, end, min(limit, end + _REACH))
    return apart(text, _changes(text, before, end, stop))


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
    counted = [word.lower for word in before.words[-2:]] in (["combien", "de"], ["combien", "d"])
    had = _HAD.match(text, end, stop) if counted or (before.determiner is not None and before.determiner.lower.startswith("quel")) else None
    if had:
        yield from agreeing(text, had.end(), stop, only_participle=True)
    if before.determiner is None or (before.determiner.lower in grammar.CONTRACTIONS and not before.plural):
        return
    governed = before.last is not None and before.last.lower in _GOVERNING and not _counted(before)
    if governed:
        yield from _its_own(text, before, end, stop)
        return
    that = _THAT.match(text, end, stop)
    if that:
        yield that.start(1), that.end(1), "ceux" if that[1].endswith("s") else "celui"
    own = _OWNED.match(text, end, stop)
    if own:
        yield _own(own)
    opens = _opens(before)
    predicate = _PREDICATE.match(text, end, stop)
    if predicate and opens and not predicate["who"]:
        yield from agreeing(text, predicate.end(), stop)
    yield from _its_own(text, before, end, stop)
    compared = _COMPARED.match(text, end, stop) if opens else None
    if compared:
        of = compared[1].lower()
        article = {"à": "au", "de": "du"}.get(of, f"{compared[1]} le")
        yield compared.start(1), compared.end(), f"{article} {OWN[compared[2].lower()]}"
    if opens and (before.last is None or before.last.lower != "après"):
        yield from taken_up(text, before, end, stop)


def _its_own(text: str, before: Before, end: int, stop: int) -> Iterator[Further]:
    """« que j'ai eue », « qui est revenue »: what agrees with the noun itself, unless one before may be meant (« la peur de la psychose qui … »)."""
    words = [word.lower for word in before.words[-2:]]
    if words[-1:] in (["de"], ["d"]) and words[0] not in _PLAIN:
        return
    relative = _RELATIVE.match(text, end, stop)
    if relative:
        yield from agreeing(text, relative.end(), stop, only_participle=True)
    predicate = _PREDICATE.match(text, end, stop)
    if predicate and predicate["who"]:
        yield from agreeing(text, predicate.end(), stop)


@cache
def _openers() -> frozenset[str]:
    return frozenset(lexicons.lexicon("grammar_openers"))


def _opens(before: Before) -> bool:
    """Tell whether the phrase begins its clause, so that a verb right after it has it for subject."""
    words = [word.lower for word in before.words]
    while words and (words[-1] in grammar.hesitations() or words[-1] in ("toute", "toutes")):
        del words[-1]
    return not words or words[-1] in _openers() or tuple(words[-2:]) in _ASIDES or _counted(before)


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
    return hit.start("own"), hit.end("own"), f"{like(article, 'le')} {like(word, OWN[word.lower()])}"
