"""Other person: what is said of somebody who does not speak (« ma mère elle souffre »); « on », « nous », a general « tu » are the speaker."""

from __future__ import annotations

from functools import cache

from ..lemmas import lemma
from ..lexicons import words
from . import cues
from .reported import called, directly
from .reported import holds as told
from .scope import CLITICS, DETERMINERS, SUBJECTS, Scope, opens
from .verbs import finite, infinitive, participle

_MINE = frozenset({"mon", "ma", "mes", "notre", "nos"})
_OTHERS_OWN = frozenset({"son", "sa", "ses", "leur", "leurs"})
_DEGREES = frozenset("pas plus tres trop assez si super hyper vraiment un peu tout aussi".split())
_THEM = frozenset({"lui", "eux", "elle", "elles"})
_PLAIN = DETERMINERS - _OTHERS_OWN
_NAMING = DETERMINERS - {"au", "aux"}
_PREPOSITIONS = frozenset("selon apres d'apres à de d' avec pour chez sur par comme contre sans au aux du vers entre devant grace des".split())
_SPEAKER_OBJECTS = frozenset({"me", "m'", "nous"})
_LINKS = frozenset("ete suis chuis chu es sommes etais serai serais redevenu devenu devenue comme".split())
_PERSON_ENDINGS = ("trice", "trices", "iatre", "iatres", "ologue", "ologues", "therapeute", "therapeutes", "icienne", "iciennes", "icien", "iciens")
_PRONOUNS = frozenset({"c'", "ca", "-ce", "y", "qui", "-il", "-elle", "-ils"})
_BE = frozenset({"est", "etait", "sera"})
_AGES = frozenset("petit petite petits grand grande vieux vieille ancien ancienne aine puine".split())
_ASIDE = frozenset(", . ? ! … ?! ; ...".split())
_YOURS = frozenset({"tu", "t'", "toi", "vous"})
_BEFORE_A_TOPIC = frozenset("et mais , que qu' autant meme aujourd'hui la".split())


def holds(scope: Scope) -> bool:
    """Tell whether the hit is said of somebody other than the one who speaks."""
    forms, start = scope.forms, scope.start
    if _done_to_the_speaker(scope) or _subject_itself(scope) or _thing_named_after(scope) or _said_by_the_speaker(scope):
        return False
    if _seen(scope) or _for_somebody(scope):
        return True
    if start and forms[start - 1] in _OTHERS_OWN:
        return not any(form in ("on", "nous", "chacun") for form in forms[scope.first : start])
    for at in range(start - 1, -1, -1):
        who = _who(scope, at) if _may_be_subject(forms[at]) else None
        if who is not None:
            return who or (forms[at] in ("je", "j'") and directly(scope))
        if at < scope.first and forms[at] in (":", ";", ".", "!", "?"):
            break
    return False


def _done_to_the_speaker(scope: Scope) -> bool:
    """Tell « il me comprend », « des gens qui me soutiennent », « elle m'a aidé »: the speaker has what is said."""
    before = scope.forms[max(scope.first, scope.start - 7) : scope.start]
    if called(scope) and any(form in _SPEAKER_OBJECTS for form in scope.forms[max(0, min(scope.first, scope.start - 5)) : scope.start]):
        return True
    if not any(form in _SPEAKER_OBJECTS for form in before):
        return False
    at = max(i for i, form in enumerate(before) if form in _SPEAKER_OBJECTS)
    lower = scope.lower[scope.start - len(before) : scope.start]
    return all(form in words("done_between") or participle(lower[i]) for i, form in enumerate(before) if i > at) or _given(scope)


def _subject_itself(scope: Scope) -> bool:
    # « y en a qui disent que l'entraide ça prend du temps »: nobody's
    forms, start = scope.forms, scope.start
    if start < 2 or forms[start - 2] not in ("que", "qu'") or forms[start - 1] not in _PLAIN:
        return False
    return not _names_a_person(scope) and scope.end < len(forms) and (forms[scope.end] in ("ca", "c'") or finite(scope.lower[scope.end]))


def _said_by_the_speaker(scope: Scope) -> bool:
    # « ma mère parle pas, moi le mot bipolaire je le porte »: the hit is put before a subject that speaks
    forms, end = scope.forms, scope.end
    at = end + (forms[end : end + 1] == [","])
    before = forms[scope.first : scope.start]
    return (
        forms[at : at + 1] in (["je"], ["j'"])
        and bool(before)
        and before[-1] not in _OTHERS_OWN
        and not any(form != "moi" and _may_be_subject(form) for form in before)
    )


def _for_somebody(scope: Scope) -> bool:
    # « y avait pas de médecin pour lui »: what there is, is somebody's
    forms = scope.forms
    if _THEM.isdisjoint(scope.known):
        return False
    there = forms[scope.first : scope.first + 1] == ["y"] or forms[scope.first : scope.first + 2] == ["il", "y"]
    return there and any(forms[i] in ("pour", "chez", "avec") and forms[i + 1] in _THEM for i in range(scope.end, min(scope.end + 3, len(forms) - 1)))


def _given(scope: Scope) -> bool:
    # « elle m'a donné de l'espoir »: an object that is not somebody's own
    clause = scope.forms[scope.first : scope.start]
    return clause[-1] in _PLAIN and "que" not in clause and "qu'" not in clause


def _thing_named_after(scope: Scope) -> bool:
    """Tell « il est pas efficace leur suivi »: the pronoun's noun comes after and is no person."""
    forms = scope.forms
    if _named_by_the_hit(scope):
        return True
    tail = forms[scope.end : scope.end + 3]
    if tail[:1] == [","]:
        tail = tail[1:]
    if len(tail) < 2 or tail[0] not in ("leur", "mon", "ma", "ton", "ta", "son", "sa", "cette", "ce", "notre", "votre"):
        return False
    if forms[scope.end] != "," and not any(form in _BE for form in forms[scope.first : scope.start]):
        return False
    return not is_person(tail[1]) and tail[1] not in _AGES and any(form in ("il", "elle") for form in forms[scope.first : scope.start])


def _named_by_the_hit(scope: Scope) -> bool:
    """Tell « elle est pas belle, la vie ? », « elle sert à quoi ma médaille »: the hit is the noun of the pronoun before it."""
    forms, start = scope.forms, scope.start
    if start < 3 or forms[start - 1] not in _PLAIN or _names_a_person(scope):
        return False
    comma = forms[start - 2] == ","
    if not comma and forms[start - 2] not in ("quoi", "où", "comment"):
        return False
    begin = next((i for i in range(start - 3, -1, -1) if opens(forms, i)), 0)
    return forms[begin] in ("il", "elle", "ils", "elles") or forms[begin + 1] in ("il", "elle", "ils", "elles")


@cache
def _may_be_subject(form: str) -> bool:
    lists = ("subject_speaker", "subject_other", "first_names")
    return form in _PRONOUNS or form in _AGES or is_person(form) or form in cues.first_words("others") or any(form in words(name) for name in lists)


def _who(scope: Scope, at: int) -> bool | None:
    """Say whether the word at `at` is a subject: True somebody else, False the speaker, None no subject."""
    forms = scope.forms
    form, before = forms[at], forms[at - 1] if at else ""
    if form in _YOURS and _called_by_name(scope) and not told(scope):
        return True if before not in _PREPOSITIONS else None
    if form in words("subject_speaker"):
        if form == "tu" and before == "-" and at > 2 and (forms[at - 3] in SUBJECTS - {"tu"} or is_person(forms[at - 3])):
            return None  # « y sont-tu fiers »
        if form == "t'":
            return False if before not in SUBJECTS and forms[at + 1][-1:] == "s" else None
        return None if before in _PREPOSITIONS or form in ("moi", "toi") else False
    if form in ("c'", "ca", "-ce"):
        return _cleft(scope, at)
    if form == "qui" and any(forms[i : i + 2] == ["y", "en"] and "," not in forms[i:at] for i in range(max(0, at - 9), at - 1)):
        return True
    if form == "qui" and (forms[max(0, at - 2) : at] in (["en", "a"], ["en", "avait"]) or forms[max(0, at - 3) : at] == ["qui", "est", "-ce"]):
        return True
    if form == "y" and before in ("", ",", "et", "que", "qu'", "mais", "pis"):
        return forms[at + 1 : at + 2] not in (["a"], ["avait"], ["en"], ["aura"], ["aurait"], ["faut"], ["parait"])
    if form in words("subject_other") or form in ("-il", "-elle", "-ils"):
        if (
            cues.at(forms, at, "impersonal")
            or (form == "-il" and "y" in forms[max(0, at - 3) : at])
            or _of_the_hit(scope, at)
            or _of_a_thing(scope, at)
        ):
            return False
        if form == "elle" and before == "elle":
            return True
        return None if before in _PREPOSITIONS or (form in ("lui", "eux") and not _lone(scope, at)) else True
    if before not in _PREPOSITIONS and cues.at(forms, at, "others"):
        return True
    if (
        form in _AGES
        and before in ("le", "la", "les")
        and (forms[at + 1 : at + 2] in (["du"], ["de"], ["d'"], ["des"], ["qui"], [","]) or (at + 1 < len(forms) and finite(scope.lower[at + 1])))
    ):
        return (at < 2 or forms[at - 2] not in _PREPOSITIONS) or None
    if form in words("first_names") and scope.texts[at][:1].isupper() and before not in _PREPOSITIONS and finite(scope.lower[at + 1]):
        return True
    if is_person(form):
        return _noun(scope, at)
    return None


def _called_by_name(scope: Scope) -> bool:
    """Tell « t'as réagi, Samira ? », « toi, papa, t'avais peur »: somebody who is there is spoken to, not anyone at all."""
    forms = scope.forms
    return any(
        (not i or forms[i - 1] == ",")
        and (i + size >= len(forms) or forms[i + size] in _ASIDE)
        and "," in (*forms[i - 1 : i], *forms[i + size : i + size + 1])
        for i in range(len(forms))
        if (size := _vocative(scope, i))
    )


def _vocative(scope: Scope, i: int) -> int:
    """Return how many words from `i` may call somebody: a first name, « papa », « mon grand », « le grand »."""
    forms = scope.forms
    if forms[i] in words("vocatives") or (forms[i] in words("first_names") and scope.texts[i][:1].isupper()):
        return 1
    if forms[i] in ("mon", "ma", "le", "la", "mes", "les") and i + 1 < len(forms) and (forms[i + 1] in words("vocatives") or forms[i + 1] in _AGES):
        return 2
    return 0


def _of_the_hit(scope: Scope, at: int) -> bool:
    # « elle est où ma patience »: the pronoun is the hit's own
    forms, start = scope.forms, scope.start
    owned = start and forms[start - 1] in ("mon", "ma", "cette", "ce", "cet", "notre", "leur", "la", "le")
    return bool(owned) and 0 < start - at < 6 and forms[at + 1] in _BE and scope.forms[start : start + 1] != ["qui"] and not _names_a_person(scope)


def _names_a_person(scope: Scope) -> bool:
    return any(is_person(form) for form in scope.forms[scope.start : scope.end])


def _of_a_thing(scope: Scope, at: int) -> bool:
    # « ma dépression elle est pas guérie »: the pronoun takes up a noun that is no person
    forms = scope.forms
    noun = at - 2 if at > 1 and forms[at - 1] == "," else at - 1
    if (
        noun < 1
        or forms[noun - 1] not in _NAMING
        or (
            noun > 1
            and not opens(forms, noun - 2)
            and noun - 1 != 0
            and forms[noun - 2] not in _BEFORE_A_TOPIC
            and forms[noun - 2] not in words("topic_openers")
        )
    ):
        return False
    return not is_person(forms[noun]) and forms[noun] not in words("time_nouns")


def _seen(scope: Scope) -> bool:
    # « je l'ai vu pleurer », « je les entends crier »
    forms, start = scope.forms, scope.start
    if not infinitive(scope.lower[start]):
        taken_up = (
            start > 1 and forms[start - 2] in ("le", "la", "les", "l'") and lemma(scope.lower[start - 1]) in ("trouver", "voir", "sentir", "croire")
        )
        return taken_up and any(map(is_person, forms[scope.first - 2 : start - 3] or forms[: start - 3]))  # « mon père, je le trouve fatigué »
    before = forms[max(0, start - 4) : start]
    return any(form in words("perceiving") for form in before[-1:]) and any(form in ("l'", "la", "les", "le") for form in before[:-1])


@cache
def is_person(form: str) -> bool:
    """Tell whether a folded noun names persons, by the list or by its ending.

    >>> is_person("soeur"), is_person("coordinatrice"), is_person("fatigue")
    (True, True, False)
    """
    return form in words("persons") or form.endswith(_PERSON_ENDINGS)


def _lone(scope: Scope, at: int) -> bool:
    # « lui il a », « pourquoi lui il est », « lui, il » against « je lui dis »
    after = scope.forms[at + 1 : at + 2]
    before = scope.forms[max(0, at - 1) : at]
    if before in ([], [","], ["et"], ["mais"], ["pis"]) and after and finite(scope.lower[at + 1]):
        return True
    return after in (["il"], ["ils"], [","]) or after in (["est"], ["a"], ["sont"], ["ont"])


def _cleft(scope: Scope, at: int) -> bool:
    """Tell « c'est elle la dépressive » from « c'est la peur »."""
    if scope.start and scope.forms[scope.start - 1] in _MINE:
        return False
    after = scope.forms[at + 1 : at + 5]
    named = next((form for form in after if form in ("elle", "lui", "eux", "elles") or is_person(form)), None)
    return named is not None and "est" in after[:1] and "moi" not in after


def _noun(scope: Scope, at: int) -> bool | None:
    forms = scope.forms
    before = forms[at - 1] if at else ""
    near = at + 1
    while near < scope.start and forms[near] in _DEGREES:
        near += 1
    if near == scope.start and not any(form in _LINKS or form in ("est", "que", "d'un", "tant") for form in forms[max(0, at - 4) : at]):
        return before in DETERMINERS and not (before in ("d'", "du") or "d'" in forms[at - 2 : at])
    if forms[at + 1 : at + 3] == [",", "et"]:
        return None
    verb = next((i for i in range(at + 1, min(at + 4, len(forms))) if forms[i] not in CLITICS), at)
    goes_on = verb > at and (forms[at + 1] == "qui" or finite(scope.lower[verb]) or (verb == scope.start and infinitive(scope.lower[verb])))
    named = before in DETERMINERS and (before not in ("d'", "de", "du", "des") or (before == "des" and goes_on))
    if not named or (at > 1 and (forms[at - 2] in _PREPOSITIONS or (forms[at - 2] in words("saying") and not goes_on))):
        return None
    if goes_on and forms[at + 1] != "qui":
        return True
    if any(form in SUBJECTS or form in _LINKS for form in forms[max(scope.first, at - 4) : at - 1]) and not _relative(scope, at):
        return None
    return True


def _relative(scope: Scope, at: int) -> bool:
    # « j'ai un frère qui souffre » is about him, « je suis une femme qui lutte » is not
    around = scope.forms[max(0, at - 4) : at]
    return "qui" in scope.forms[at + 1 : scope.start] and not any(form in _LINKS or form in ("on", "est", "sommes") for form in around)
