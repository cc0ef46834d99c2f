"""Other person: what is said of somebody who does not speak (« ma mère elle souffre »); « on », « nous », a general « tu » are the speaker."""

from __future__ import annotations

from ..lexicons import words
from . import cues
from .reported import called
from .scope import DETERMINERS, SUBJECTS, Scope
from .verbs import infinitive

_OTHERS_OWN = frozenset({"son", "sa", "ses", "leur", "leurs"})
_PREPOSITIONS = frozenset("à de d' avec pour chez sur par contre sans au aux du vers entre devant grace des".split())
_SPEAKER_OBJECTS = frozenset({"me", "m'", "nous"})
_LINKS = frozenset("suis chuis chu es sommes etais serai serais redevenu devenu devenue comme".split())
_BE = frozenset({"est", "etait", "sera"})


def holds(scope: Scope) -> bool:
    """Tell whether the hit is said of somebody other than the one who speaks."""
    forms, start = scope.forms, scope.start
    if _done_to_the_speaker(scope) or _thing_named_after(scope):
        return False
    if start and forms[start - 1] in _OTHERS_OWN:
        return not any(form in words("subject_speaker") for form in forms[scope.first : start])
    for at in range(start - 1, -1, -1):
        who = _who(scope, at)
        if who is not None:
            return who
        if at < scope.first and forms[at] in (":", ";", ".", "!", "?"):
            break
    return False


def _done_to_the_speaker(scope: Scope) -> bool:
    """Tell « il me comprend », « des gens qui me soutiennent », « elle m'a aidé »: the speaker has what is said."""
    before = scope.forms[max(scope.first, scope.start - 3) : scope.start]
    if called(scope) and any(form in _SPEAKER_OBJECTS for form in scope.forms[scope.first : scope.start]):
        return True
    if not any(form in _SPEAKER_OBJECTS for form in before):
        return False
    at = max(i for i, form in enumerate(before) if form in _SPEAKER_OBJECTS)
    return all(form in ("a", "ont", "avait", "avaient", "as", "ai", "en", "y", "l'", "le", "la", "les") for form in before[at + 1 :])


def _thing_named_after(scope: Scope) -> bool:
    """Tell « il est pas efficace leur suivi »: the pronoun's noun comes after and is no person."""
    tail = scope.forms[scope.end : scope.end + 3]
    if tail[:1] == [","]:
        tail = tail[1:]
    if len(tail) < 2 or tail[0] not in ("leur", "mon", "ma", "ton", "ta", "son", "sa", "cette", "ce", "notre", "votre"):
        return False
    return tail[1] not in words("persons") and any(form in ("il", "elle") for form in scope.forms[scope.first : scope.start])


def _who(scope: Scope, at: int) -> bool | None:
    """Say whether the word at `at` is a subject: True somebody else, False the speaker, None no subject."""
    forms = scope.forms
    form, before = forms[at], forms[at - 1] if at else ""
    if form in words("subject_speaker"):
        return None if before in _PREPOSITIONS or form in ("moi", "toi", "t'") else False
    if form in ("c'", "ca", "-ce"):
        return _cleft(scope, at)
    if form == "qui" and (forms[max(0, at - 2) : at] in (["en", "a"], ["en", "avait"]) or forms[max(0, at - 3) : at] == ["qui", "est", "-ce"]):
        return True
    if form == "y" and before not in SUBJECTS and before != "n'":
        return forms[at + 1 : at + 2] not in (["a"], ["avait"], ["en"], ["aura"], ["aurait"], ["faut"], ["parait"])
    if form in words("subject_other") or form in ("-il", "-elle", "-ils"):
        if cues.at(forms, at, "impersonal") or (form == "-il" and "y" in forms[max(0, at - 3) : at]) or _of_the_hit(scope, at):
            return False
        if form == "elle" and before == "elle":
            return True
        return None if before in _PREPOSITIONS or (form in ("lui", "eux") and not _lone(scope, at)) else True
    if form in words("persons"):
        return _noun(scope, at)
    return None


def _of_the_hit(scope: Scope, at: int) -> bool:
    # « elle est où ma patience »: the pronoun is the hit's own
    forms, start = scope.forms, scope.start
    owned = start and forms[start - 1] in ("mon", "ma", "cette", "ce", "cet", "notre", "leur", "la", "le")
    return bool(owned) and 0 < start - at < 6 and forms[at + 1] in _BE and scope.forms[start : start + 1] != ["qui"] and not _names_a_person(scope)


def _names_a_person(scope: Scope) -> bool:
    return any(form in words("persons") for form in scope.forms[scope.start : scope.end])


def _lone(scope: Scope, at: int) -> bool:
    # « lui il a », « pourquoi lui il est », « lui, il » against « je lui dis »
    after = scope.forms[at + 1 : at + 2]
    return after in (["il"], ["ils"], [","]) or after in (["est"], ["a"], ["sont"], ["ont"])


def _cleft(scope: Scope, at: int) -> bool:
    """Tell « c'est elle la dépressive » from « c'est la peur »."""
    after = scope.forms[at + 1 : at + 5]
    named = next((form for form in after if form in ("elle", "lui", "eux", "elles") or form in words("persons")), None)
    return named is not None and "est" in after[:1] and "moi" not in after


def _noun(scope: Scope, at: int) -> bool | None:
    forms = scope.forms
    before = forms[at - 1] if at else ""
    named = (before in DETERMINERS and before not in ("d'", "de", "du", "des")) or (before == "des" and "qui" in forms[at + 1 : at + 2])
    if not named or (at > 1 and forms[at - 2] in _PREPOSITIONS):
        return None
    if at + 1 == scope.start and infinitive(scope.lower[at + 1]):
        return True
    if any(form in SUBJECTS or form in _LINKS for form in forms[max(scope.first, at - 4) : at - 1]) and not _relative(scope, at):
        return None
    return True


def _relative(scope: Scope, at: int) -> bool:
    # « j'ai un frère qui souffre » is about him, « je suis une femme qui lutte » is not
    around = scope.forms[max(0, at - 4) : at]
    return "qui" in scope.forms[at + 1 : scope.start] and not any(form in _LINKS or form in ("on", "est", "sommes") for form in around)
