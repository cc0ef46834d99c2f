"""The pronouns of a clause that take up the noun said before it: « ma dépression, elle revient, je la connais » → « mon trouble, il revient, … ».

« Elle » may also be a person (« sa dépression, elle comprend pas »): it is agreed only where nothing in its clause, or before, speaks of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..language import lexicons
from ..language.lemmas import lemma
from . import grammar
from .clauses import BEEN, CLITICS, HAVE, IS, OWNERS, TO, any_of
from .forms import persons
from .grammar import like
from .participles import Further, agreeing
from .phrase import Before

_FILLERS = rf"(?:\s*,?\s*\b{any_of('euh ben bah hein quoi enfin moi toi bon voilà voila franchement là')}\b|\s*,?\s*\b(?:en fait|tu sais|vous savez|tu vois|du coup|au fond)\b)*"
_TAIL = rf"(?:\s+(?:qu[ie]|dont|où|de|du|des|depuis|après|chez|en|avec|pendant|à)\b[^,]{{1,45}}(?=,)|\s+(?:d|qu)['’][^,]{{1,45}}(?=,))?"
_OURS = r"(?:\s+(?:que\s+|qu['’]\s*)(?:j['’]\s*|je\s+|tu\s+|t['’]\s*|on\s+|nous\s+|vous\s+)[^,]{1,40}(?=,))?"
_AFTER = re.compile(rf"{TO}{_TAIL}(?P<comma>{_FILLERS}\s*,)?\s*", re.IGNORECASE)
_SUBJECT = re.compile(rf"{TO}{_OURS}{_FILLERS}\s*,?\s+(elles?)\s+", re.IGNORECASE)
_NEXT = re.compile(r"(?<![\w'’-])(?:qu['’]\s*)?(elles?)\s+", re.IGNORECASE)
_IT_IS = re.compile(r"\s*,\s+c['’]\s*(?:est|était)\s+(?:bien\s+|pas\s+|plus\s+)?(elle)\b(?=\s+qu|\s*$)", re.IGNORECASE)
_ASKED = re.compile(rf"\s+(?:(?:ne|me|te|se|lui|nous|vous)\s+|[nmts]['’])*[^\W\d_]+(?:-t)?-(elles?)\b", re.IGNORECASE)
_VERB = re.compile(rf"(?P<clitics>(?:(?:l['’]|la\s|les\s)\s*|{CLITICS[3:-2]})*)(?P<verb>[^\W\d_][\w-]*)")
_BEING = re.compile(
    rf"{CLITICS}(?:{IS}|{BEEN}|(?:{any_of('va vont allait peut peuvent pouvait doit devait')}\s+(?:pas\s+)?(?:être|devenir|rester)))(?=\s)", re.IGNORECASE
)
_OBJECT = re.compile(
    r"(?:(?<=\s)|(?<=['’,])|^)(?:\s*(?P<it>la)\s+(?P<verb>[^\W\d_][\w-]*)"
    rf"|(?P<had>l['’]\s*{HAVE})(?=\s)|(?P<them>les)\s+(?:{HAVE})(?=\s))|-(?P<order>la)\b(?!-)",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(toutes)\b(?!\s+seules)(?!\s+(?:ces|mes|tes|ses|nos|vos|leurs)\b)(?:\s+les\s+(\w+))?", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([\w-]+)['’]?\s*$")
_DOER = frozenset("je j tu t il on ils elle elles ne n me m te se s faut".split())
_MAYBE_DOER = frozenset("nous vous qui personne ça y lui leur pas plus jamais bien".split())
_LEADING = frozenset(
    "de à a pour sans comment faut peux peut pouvait veux veut voulait dois doit devais vais va allait faire laisser pas plus bien mieux jamais "
    "toujours aller voudrais pourrais savoir sais préfère aime aimerais essaie voulais pouvais même où pouvoir vouloir devoir tout".split()
)
_INFINITIVE = ("er", "ir", "re", "oir")
_TO_DO = re.compile(r"\w{2,}(?:er|ir|endre|ettre|a[iî]tre|ivre|ondre|attre|crire|aincre|[rl]ire|faire|[ae]indre)$|(?:dire|lire|perdre|mordre|croire)$")
_NO_VERBS = frozenset("mer lettre cuiller".split())
_DOERS = frozenset(
    "famille familles entourage monde médecin médecins psychiatre psychiatres psy psys docteur docteurs infirmière infirmières infirmier soignants "
    "équipe école profs prof patron chef généraliste société voisins éducateur éducatrice assistante psychologue hôpital".split()
)
_FEMALE = frozenset("elle elles madame mme mademoiselle maman".split())
_HERS = re.compile(r"\b(?:ma|ta|sa|la|une|cette|notre|votre|leur)\s+([\w-]+)|([\w-]+)", re.IGNORECASE)
_UNFIT = re.compile(r"\s+(?:(?:pas|plus|jamais|bien)\s+)?(?:la\s+\w+(?:er|ir|re|oir)|l['’]\s*\w+(?:er|ir|re|oir)|(?:en|y)\s+\w+(?:er|ir|re|oir))\b")
_OF_THINGS = frozenset("finit finissait finira fini va vont allait ira vient".split())


@cache
def _persons_do() -> frozenset[str]:
    return frozenset(lexicons.lexicon("grammar_person_verbs"))


def taken_up(text: str, before: Before, end: int, stop: int) -> Iterator[Further]:
    """Yield what takes up the noun whose phrase ends at `end` and begins its clause, up to `stop`, in the masculine."""
    asked = _ASKED.match(text, end, stop)
    if asked:
        yield _he(text, asked)
        return
    stop = _alone(text, end, stop)
    found = [*_subjects(text, before, end, stop), *_objects(text, end, stop, before.plural)]
    at = end
    for change in sorted(set(found)):
        if change[0] >= at:
            yield change
            at = change[1]


def _he(text: str, hit: re.Match[str]) -> Further:
    return hit.start(1), hit.end(1), like(hit[1], "ils" if hit[1].lower() == "elles" else "il")


def _alone(text: str, end: int, stop: int) -> int:
    """Return where a woman is first spoken of who « elle » and « la » after her may be, or `stop`."""
    for hit in _HERS.finditer(text, end, stop):
        word = (hit[1] or "").lower()
        if word in persons() or word.endswith(("euse", "trice", "ienne")) or (hit[2] or "").lower() in _FEMALE - {"elle", "elles"}:
            return stop if _HERS.search(text, hit.end(), stop) is None else hit.end() + _reach(text, hit.end(), stop)
    return stop


def _reach(text: str, at: int, stop: int) -> int:
    hit = re.compile(r"\b(?:et|mais|puis)\b|,").search(text, at, stop)
    return (hit.start() if hit else stop) - at


def _subjects(text: str, before: Before, end: int, stop: int) -> Iterator[Further]:
    it_is = _IT_IS.match(text, end, stop)
    if it_is:
        yield it_is.start(1), it_is.end(1), like(it_is[1], "lui")
        return
    hit = _SUBJECT.match(text, end, stop)
    if hit is None or _of_a_woman(text, before) or (hit[1].lower() == "elles") != before.plural:
        return
    first = True
    while hit:
        if _a_person_does(text, hit.end(), stop, first):
            return
        yield _he(text, hit)
        being = _BEING.match(text, hit.end(), stop)
        if being:
            yield from agreeing(text, being.end(), stop)
        first, hit = False, _NEXT.search(text, hit.end(), stop)


def _of_a_woman(text: str, before: Before) -> bool:
    """Tell whether a woman, or the owner of « sa dépression », is named before in the sentence."""
    said = re.split(r"[.!?…;\n:]", text[max(0, before.start - 80) : before.start])[-1]
    for hit in _HERS.finditer(said):
        if (hit[1] or "").lower() in persons() or (hit[2] or "").lower() in _FEMALE:
            return True
    theirs = before.determiner is not None and before.determiner.lower in ("sa", "ses", "son", "leur", "leurs")
    return theirs and "," in said


def _a_person_does(text: str, at: int, stop: int, first: bool) -> bool:
    """Tell whether what « elle » does, from `at`, is rather done by a person: « elle en parle », « elle l'a cachée », « elle comprend »."""
    hit = _VERB.match(text, at, stop)
    if hit is None:
        return True
    clitics, verb = re.findall(r"[a-z]+", hit["clitics"].lower()), hit["verb"].lower()
    if {"la", "l", "les", "y"} & set(clitics) or ("en" in clitics and verb not in _OF_THINGS):
        return True
    if verb in _persons_do():
        return first or verb not in ("veut", "voulait", "peut")
    rest = re.compile(r"(?:\s+(?:pas|plus|jamais|toujours|bien|tout|déjà|même))*\s+([\w-]+)").match(text, hit.end(), stop)
    if rest and rest[1].lower() in _persons_do():
        return True
    return _UNFIT.match(text, hit.end(), stop) is not None


def _objects(text: str, end: int, stop: int, plural: bool) -> Iterator[Further]:
    after = _AFTER.match(text, end, stop)
    if after is None:
        return
    begin = after.end()
    if not after["comma"] and not re.compile(rf"{any_of('je tu il on ils nous vous elle elles personne moi')}\s|j['’]", re.IGNORECASE).match(text, begin):
        if plural:
            yield from _all(text, end, stop, False)
        return
    for hit in _OBJECT.finditer(text, begin, stop):
        if hit["it"] and not plural and _is_verb(text, begin, hit):
            yield hit.start("it"), hit.end("it"), like(hit["it"], "le")
        elif hit["order"] and not plural and text[hit.start() - 1 : hit.start()].isalpha():
            yield hit.start("order"), hit.end("order"), "le"
        elif (hit["had"] and not plural) or (hit["them"] and plural):
            yield from agreeing(text, hit.end(), stop, only_participle=True)
    if plural:
        yield from _all(text, begin, stop, True)


def _all(text: str, at: int, stop: int, taken: bool) -> Iterator[Further]:
    """« toutes » that belongs to the verb: « je peux toutes les dater », « mes phobies reviennent toutes »."""
    for hit in _ALL.finditer(text, at, stop):
        if hit[2] is None or hit[2].lower().endswith(_INFINITIVE):
            yield hit.start(1), hit.end(1), like(hit[1], "tous")


def _is_verb(text: str, begin: int, hit: re.Match[str]) -> bool:
    """Tell whether « la » is a pronoun: somebody does what comes after it."""
    verb = hit["verb"].lower()
    if verb.startswith("voil") or verb.startswith("revoil"):
        return True
    said = _WORD_BEFORE.search(text, begin, hit.start("it"))
    if said is None:
        return False
    word, base = said[1].lower(), lemma(verb)
    if _TO_DO.match(verb) and verb not in _NO_VERBS:
        return word in _LEADING or word in _DOER
    if word in _DOER:
        return True
    finite = base != verb and base.endswith(_INFINITIVE)
    if word in _MAYBE_DOER:
        return finite
    noun = word in persons() or word in _DOERS
    return noun or (finite and said[1][0].isupper()) or (finite and verb.endswith(("ait", "aient", "ent")))
