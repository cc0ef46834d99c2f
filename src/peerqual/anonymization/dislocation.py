"""The pronouns of a clause that take up the noun said before it: « ma dépression, elle revient, je la connais » → « mon trouble, il revient, … ».

« Elle » may also be a person (« sa dépression, elle comprend pas »): it is agreed only where nothing in its clause, or before, speaks of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..language import lexicons
from . import grammar
from .clauses import BEEN, CLITICS, HAVE, IS, TO, TO_BE
from .forms import persons
from .grammar import like
from .participles import Further, agreeing, apart, stands_for
from .phrase import Before

_ASIDE = r"(?:euh|ben|bah|hein|quoi|enfin|moi|toi|bon|voilà|voila|franchement|là|en fait|tu sais|vous savez|tu vois|du coup|au fond)"
_FILLERS = rf"(?:\s*,?\s*\b{_ASIDE}\b)*"
_TAIL = r"(?:\s+(?:qu[ie]|dont|où|de|du|des|depuis|après|chez|en|avec|pendant|à)\b[^,]{1,45}(?=,)|\s+(?:d|qu)['’][^,]{1,45}(?=,))?"
_OURS = r"(?:\s+(?:que\s+|qu['’]\s*)(?:j['’]\s*|je\s+|tu\s+|t['’]\s*|on\s+|nous\s+|vous\s+)[^,]{1,40}(?=,))?"
_AFTER = re.compile(rf"{TO}{_TAIL}(?P<comma>{_FILLERS}\s*,)?{_FILLERS}\s*", re.IGNORECASE)
_SUBJECT = re.compile(rf"{TO}{_OURS}{_FILLERS}\s*,?\s+(?:(?:je|on|tu|ils?|nous|j['’])[^,]{{1,25}}\bqu['’]\s*)?(elles?)\s+", re.IGNORECASE)
_NEXT = re.compile(r"(?<![\w'’-])(?:qu['’]\s*)?(elles?)\s+", re.IGNORECASE)
_IT_IS = re.compile(r"\s*,\s+c['’]\s*(?:est|était)\s+(?:bien\s+|pas\s+|plus\s+)?(elle)\b(?=\s+qu|\s*$)", re.IGNORECASE)
_IT_IS_THE = re.compile(r"\s*,\s+c['’]\s*(?:est|était|serait)(?=\s)")
_HERSELF = re.compile(r"\s*,\s*(elles?)(?=\s*,)")
_ASKED = re.compile(r"\s+(?:(?:ne|me|te|se|lui|nous|vous)\s+|[nmts]['’])*[^\W\d_]+(?:-t)?-(elles?)\b", re.IGNORECASE)
_VERB = re.compile(rf"(?P<clitics>(?:(?:l['’]|la\s|les\s)\s*|{CLITICS[3:-2]})*)(?P<verb>[^\W\d_][\w-]*)")
_BEING = re.compile(rf"{CLITICS}(?:{IS}|{BEEN}|{TO_BE})(?=\s)", re.IGNORECASE)
_WHO = re.compile(r"(?:je|tu|il|on|ils|nous|vous|elles?|personne|moi)\s|j['’]", re.IGNORECASE)
_OBJECT = re.compile(
    r"(?:(?<=\s)|(?<=['’,])|^)(?:\s*(?P<it>la)\s+(?P<verb>[^\W\d_][\w-]*)"
    rf"|(?P<had>l['’]\s*{HAVE})(?=\s)|(?P<them>les)\s+(?:{HAVE})(?=\s))|-(?P<order>la)\b(?!-)",
    re.IGNORECASE,
)
_BACK = 100  # characters looked at before a noun that was announced
_CLOSES = re.compile(r"\s*(?:[.!?…;\n]|$|,\s*(?:hein|quoi|tu sais|tu vois|vous savez|enfin|moi)\b)", re.IGNORECASE)
_SAID = re.compile(r"(?:^|[.!?…;:,\n«])\s*(?P<clause>[^.!?…;:,\n«]+?)\s*,\s*$")
_ONE_OF_THEM = re.compile(r"\b(une|aucune|quelques-unes)\s*,\s*d(?:e\s+|['’])$", re.IGNORECASE)
_SHE = re.compile(
    r"(?:(?:(?:et|mais|puis|bon|ben|bah|alors|euh|donc|enfin|voilà|non|oui|ouais)\s+)*|[^,]*?(?:\b(?:comme|comment|quand|où|si|pourquoi)\s+|\bqu['’]))"
    r"(elles?)\s+",
    re.IGNORECASE,
)
_SHE_DOES = re.compile(
    r"(?:ne\s+|n['’])?(?:(?:me|te|se|nous|vous|lui|leur)\s|[mts]['’])"
    r"|(?:re)?(?:vient|viennent|venait|viendra|part|partait|partira|commence|commençait|arrive|arrivait|dure|durait|date|datait|passe|passait)\b"
    r"|(?:a|avait|aura)\s+(?:\w+\s+)?(?:commencé|duré|démarré|débuté|surgi|empiré|repris|disparu|changé)\b"
)
_WHICH_ONE = re.compile(r"\b(laquelle|lesquelles)$", re.IGNORECASE)
_DEFINITE = frozenset("la l ma ta sa mon ton son notre votre leur cette les mes tes ses nos vos leurs ces".split())
_ALL = re.compile(r"\b(toutes)\b(?!\s+seules)(?!\s+(?:ces|mes|tes|ses|nos|vos|leurs)\b)(?:\s+les\s+(\w+))?", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([\w-]+)['’]?\s*$")
_DOER = frozenset("je j tu t il on ils elle elles ne n me m te se s faut".split())
_MAYBE_DOER = frozenset("nous vous qui personne ça y lui leur pas plus jamais bien".split())
_LEADING = frozenset(
    "de à a par en pour sans comment "
    "faut peux peut pouvait veux veut voulait dois doit devais vais va allait faire laisser pas plus bien mieux jamais "
    "toujours aller voudrais pourrais savoir sais préfère aime aimerais essaie voulais pouvais même où pouvoir vouloir devoir tout".split()
)
_INFINITIVE = ("er", "ir", "re", "oir")
_TO_DO = re.compile(r"[\w-]{2,}(?:er|ir|endre|ettre|a[iî]tre|ivre|ondre|attre|crire|aincre|rire|faire|[ae]indre)$|(?:dire|lire|perdre|croire)$")
_NO_VERBS = frozenset("mer lettre cuiller".split())
_DOERS = frozenset(
    "famille familles entourage monde médecin médecins psychiatre psychiatres psy psys docteur docteurs infirmière infirmières infirmier soignants "
    "équipe école profs prof patron chef généraliste société voisins éducateur éducatrice assistante psychologue hôpital".split()
)
_FEMALE = frozenset("elle elles madame mme mademoiselle maman".split())
_HERS = re.compile(r"\b(?:ma|ta|sa|la|une|cette|notre|votre|leur)\s+([\w-]+)|([\w-]+)", re.IGNORECASE)
_JOINT = re.compile(r"\b(?:et|mais|puis)\b|,")
_DONE_TO_IT = re.compile(r"[^,]*?\b(?:la\s+|l['’]\s*)\w{2,}(?:er|ir|re|oir)\b")
_DONE_WITH_IT = re.compile(r"[^,]*?\b(?:en|y)\s+\w+(?:er|ir|re|oir)\b")
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
    yield from _subjects(text, before, end, stop)
    yield from _objects(text, end, stop, before.plural)


def announced(text: str, before: Before, end: int, floor: int) -> tuple[Further, ...]:
    """Return what announces the noun whose phrase ends at `end` and closes its clause: « je la soigne, ma dépression », « elle est lourde, … »."""
    one = _ONE_OF_THEM.search(text, max(floor, before.start - 20), before.start) if before.determiner is None else None
    if one:
        return ((*one.span(1), like(one[1], one[1].lower().replace("une", "un"))),)
    start = (before.repeats or (before.determiner,))[0]
    if start is None or not _CLOSES.match(text, end):
        return ()
    said = _SAID.search(text, max(floor, start.start - _BACK), start.start)
    if said is None or start.lower not in _DEFINITE:
        return ()
    return apart(text, _announcing(text, *said.span("clause"), before))


def _announcing(text: str, begin: int, stop: int, before: Before) -> Iterator[Further]:
    which = _WHICH_ONE.search(text, begin, stop)
    if which:
        yield which.start(1), which.end(1), like(which[1], "lequel" if which[1].lower() == "laquelle" else "lesquels")
    she = _SHE.match(text, begin, stop)
    being = _BEING.match(text, she.end(), stop) if she else None
    if she and (she[1].lower() == "elles") == before.plural and (being or _SHE_DOES.match(text, she.end(), stop)):
        if _a_person_does(text, she.end(), stop, True):
            return
        yield _he(text, she)
        if being:
            yield from agreeing(text, being.end(), stop)
    elif she is None:
        yield from _objects_in(text, begin, stop, before.plural)


def _he(text: str, hit: re.Match[str]) -> Further:
    return hit.start(1), hit.end(1), like(hit[1], "ils" if hit[1].lower() == "elles" else "il")


def _alone(text: str, end: int, stop: int) -> int:
    """Return where the clause ends in which a woman is first spoken of, who « elle » and « la » after it may be; or `stop`."""
    for hit in _HERS.finditer(text, end, stop):
        word = (hit[1] or "").lower()
        if word in persons() or word.endswith(("euse", "trice", "ienne")) or (hit[2] or "").lower() in _FEMALE - {"elle", "elles"}:
            joint = _JOINT.search(text, hit.end(), stop)
            return joint.start() if joint else stop
    return stop


def _subjects(text: str, before: Before, end: int, stop: int) -> Iterator[Further]:
    it_is = _IT_IS.match(text, end, stop)
    if it_is:
        yield it_is.start(1), it_is.end(1), like(it_is[1], "lui")
        return
    the = _IT_IS_THE.match(text, end, stop)
    stands = stands_for(text, the.end(), stop) if the else None
    if stands:
        yield stands
    herself = _HERSELF.match(text, end, stop)
    if herself:
        yield herself.start(1), herself.end(1), "lui" if herself[1] == "elle" else "eux"
        end = herself.end()
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
    done = _DONE_TO_IT.match(text, hit.end(), stop)
    if done and _TO_DO.match(done[0].split()[-1].split("’")[-1].split("'")[-1]):
        return True
    return not {"m", "me", "nous", "t", "te"} & set(clitics) and _DONE_WITH_IT.match(text, hit.end(), stop) is not None


def _objects(text: str, end: int, stop: int, plural: bool) -> Iterator[Further]:
    after = _AFTER.match(text, end, stop)
    if after is None:
        return
    begin = after.end()
    if not after["comma"] and not _WHO.match(text, begin):
        if plural:
            yield from _all(text, end, stop)
        return
    yield from _objects_in(text, begin, stop, plural)


def _objects_in(text: str, begin: int, stop: int, plural: bool) -> Iterator[Further]:
    for hit in _OBJECT.finditer(text, begin, stop):
        if hit["it"] and not plural and _is_verb(text, begin, hit):
            yield hit.start("it"), hit.end("it"), like(hit["it"], "le")
        elif hit["order"] and not plural and text[hit.start() - 1 : hit.start()].isalpha():
            yield hit.start("order"), hit.end("order"), "le"
        elif (hit["had"] and not plural) or (hit["them"] and plural):
            yield from agreeing(text, hit.end(), stop, only_participle=True)
    if plural:
        yield from _all(text, begin, stop)


def _all(text: str, at: int, stop: int) -> Iterator[Further]:
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
    word, base = said[1].lower(), grammar.base_form(verb)
    if _TO_DO.match(verb) and verb not in _NO_VERBS:
        return word in _LEADING or word in _DOER
    if word in _DOER:
        return True
    finite = base != verb and base.endswith(_INFINITIVE)
    if word in _MAYBE_DOER:
        return finite
    noun = word in persons() or word in _DOERS
    return noun or (finite and said[1][0].isupper()) or (finite and verb.endswith(("ait", "aient", "ent")))
