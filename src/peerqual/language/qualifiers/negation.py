"""Negated: what is said not to be. « Ne » is dropped in speech, so that « plus » must be told from « plus »."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..lemmas import lemma
from ..lexicons import lexicon, words
from . import cues
from .scope import CLITICS, DETERMINERS, SUBJECTS, Scope, opens
from .verbs import base, denies, finite, infinitive, participle

_NEAR = 4  # words that « sans », « ni », « aucun » reach
_DENYING = frozenset({"pas", "plus", "jamais", "rien", "non", "point"})
_LACKING = frozenset("pourrait devrait faudrait merite meritent besoin".split())  # « il faudrait plus de lits »
_SAYING = frozenset("dire croire penser pretendre raconter affirmer".split())
_ABLE = frozenset("pouvoir arriver oser vouloir savoir falloir réussir parvenir".split())
_LED = frozenset("à de d' avec pour chez sur en par dans".split())
_FILLERS = frozenset(", … ... ? ca moi euh bah ben bon alors pour".split())
_BEFORE_AN_END = DETERMINERS | {"mais", "et", ",", "alors"}
_HAVE = frozenset("ai a as ont avons avez avait avais avaient aurai aura aurais aurait avoir eu ayant".split())


def holds(scope: Scope) -> bool:
    """Tell whether the hit is denied: « j'ai plus d'espoir », « sans espoir », « l'espoir, j'en ai plus », « je souffre pas »."""
    forms = scope.forms
    if scope.known.isdisjoint(_cues()) and not scope.sentence.denying:
        return False
    if _lacks(scope):
        return not _denied_clause(scope)
    if _no_one_without(scope) or _denied_saying(scope):
        return False
    if _not_because(scope):
        return "pas" not in forms[scope.first : scope.end]
    near = [*cues.places(forms, scope.first - 1, scope.end, "negation_near"), *_governing(scope)]
    if any(i not in scope.own and _reached(scope, i, end - i) and not _doubled(forms, i) for i, end in near):
        return True
    cue_words = words("negation_before")
    before = (i for i in range(scope.first, scope.end) if forms[i] in cue_words and i not in scope.own)
    if any(_denies(forms, i) and not _affirms(scope, i) and not _blocked(scope, i) for i in before):
        return True
    return any(_denies(forms, i) for i in _after(scope)) or _ended(scope) or _fronted(scope)


@cache
def _cues() -> frozenset[str]:
    return (
        words("negation_before") | words("negation_after") | words("missing") | cues.first_words("negation_near") | cues.first_words("negation_ends")
    )


def _denies(forms: Sequence[str], i: int) -> bool:
    """Tell whether the negative word at `i` denies anything."""
    if cues.stands_in(forms, i, "negation_not"):
        if forms[i + 1] in ("que", "qu'") and i and forms[i - 1] in words("wanting"):
            return True  # « je crois pas que les groupes … »
        return i > 0 and forms[i - 1] in ("sais", "sait") and i + 1 < len(forms) and infinitive(forms[i + 1])  # « je sais plus cuisiner »
    if forms[i] == "pas" and forms[i + 1 : i + 2] == ["plus"] and _compared(forms, i + 1):
        return False
    if forms[i + 1 : i + 3] == ["ne", "pas"] or forms[max(0, i - 2) : i] == ["pas", "ne"]:
        return False
    if forms[i] == "plus":
        return _no_longer(forms, i)
    if forms[i] == "pu":
        return _no_longer_spoken(forms, i)
    if forms[i] == "personne":
        return i == 0 or forms[i - 1] not in DETERMINERS | {"que", "tant"}
    if forms[i] == "rien":
        return forms[i + 1 : i + 2] not in (["que"], ["qu'"])
    return forms[i + 1 : i + 2] != ["sans"]


def _governing(scope: Scope) -> list[tuple[int, int]]:
    return [(i, end) for i, end in scope.sentence.denying if scope.first <= i < scope.end]


def _fronted(scope: Scope) -> bool:
    """Tell « pas une fois ils m'ont aidée », « ni mon chef ni les autres je les écoute »: the denial stands before the subject, without a comma."""
    forms, first = scope.forms, scope.first
    if not first or forms[first] not in SUBJECTS:
        return False
    begin = first - 1
    while begin > 0 and not opens(forms, begin):
        begin -= 1
    begin += forms[begin] == "," or forms[begin] in words("topic_openers")
    return bool(cues.at(forms, begin, "negation_fronted")) and not any(map(finite, scope.lower[begin:first]))


# --- reach ---------------------------------------------------------------------------------------------------------------


def _reached(scope: Scope, i: int, size: int) -> bool:
    """Tell whether a cue of noun phrases and infinitives at `i` reaches the hit."""
    if (
        i + size >= scope.end
        or scope.forms[i + size] in _DENYING
        or scope.end - (i + size) > _NEAR + 1
        or cues.at(scope.forms, i, "negation_near_not")
    ):
        return False
    between = scope.forms[i + size : scope.start]
    return not any(form in SUBJECTS or form in ("que", "qu'", "pour", "qui") for form in between)


def _doubled(forms: Sequence[str], i: int) -> bool:
    # « pas sans », « jamais sans », « j'ai pas perdu espoir », « on peut rien faire sans »; but « sans rien, ni », « ni » adds.
    if any(forms[j] == "pas" and forms[j + 1] in ("pres", "pret", "prete") for j in range(max(0, i - 5), i - 1)):
        return True  # « je suis pas près d'arrêter de … »
    return forms[i] != "ni" and not forms[i].startswith("aucun") and any(form in _DENYING for form in forms[max(0, i - 3) : i])


def _blocked(scope: Scope, i: int) -> bool:
    """Tell whether something between the cue at `i` and the hit keeps the denial to itself."""
    forms, start = scope.forms, scope.start
    between = forms[i + 1 : start]
    if any(_keeps(scope, j) for j in range(max(0, i - 1), start) if j != i and j not in scope.own and not _consents(scope, j)):
        return True
    if any(cues.at(forms, j, "negation_near") and not forms[j].startswith(("aucun", "ni")) for j in range(i + 1, start)):
        return True
    if forms[i] == "jamais" and any(form in ("aussi", "autant") for form in between):
        return True
    for at, form in enumerate(between):
        if form == "pour" and forms[i] != "rien" and "fait" not in forms[max(0, i - 1) : i + 2 + at]:
            return True
        if form == "qui" and not _cleft(forms, i):
            return True
    return _other_goes_on(scope, i)


@cache
def _beyond() -> frozenset[str]:
    return frozenset(lexicon("negation_beyond"))


def _keeps(scope: Scope, j: int) -> bool:
    return scope.forms[j] in words("negation_beyond") or lemma(scope.lower[j]) in _beyond()


def _affirms(scope: Scope, i: int) -> bool:
    # « je perds pas confiance », « je déteste pas cuisiner »: the denial is of a verb that denies
    verb = scope.lower[i - 1] if i else ""
    return bool(denies(verb)) or base(verb) in lexicon("litotes_verbs")


def _consents(scope: Scope, j: int) -> bool:
    # « je sais plus cuisiner », « il a jamais accepté de venir »: no knowledge nor acceptance of what is so
    forms, lower = scope.forms, scope.lower
    if lemma(lower[j]) == "savoir":
        between = forms[j + 1 : scope.start]
        return infinitive(lower[scope.start]) and all(form in CLITICS or form in words("negation_before") for form in between)
    if lemma(lower[j]) == "laisser":
        return infinitive(lower[j + 2 : j + 3][0]) and forms[j + 2] not in ("tomber", "abattre", "faire") if j + 2 < len(lower) else False
    return forms[j].startswith("accept") and forms[j + 1 : j + 2] in (["de"], ["d'"]) and "etre" not in forms[j + 2 : scope.start]


def _cleft(forms: Sequence[str], i: int) -> bool:
    # « c'est pas moi qui », « y a pas de psy qui », « personne qui »
    return any(form in ("est", "etait", "a", "avait", "ai", "connais", "vois") for form in forms[max(0, i - 1) : i]) or forms[i] in (
        "personne",
        "rien",
    )


def _other_goes_on(scope: Scope, i: int) -> bool:
    # « j'avance pas à pas »; « pas » of « pas que » is left to the set phrases. Nothing else ends a denial inside a clause.
    return scope.forms[i] == "pas" and i > 0 and scope.forms[i - 1] in ("à", "un", "le", "premier", "petit", "chaque", "de", "d'", "mes", "des")


# --- after the hit ---------------------------------------------------------------------------------------------------------


def _after(scope: Scope) -> list[int]:
    """Return the places of negative words that deny what stands before them: « je souffre pas », « l'espoir, j'en ai plus »."""
    forms, end = scope.forms, scope.end
    if _may_be_verb(scope):
        last = min(end + 4, scope.last)
        had = forms[scope.start - 1] in _HAVE
        at = next((i for i in range(end, last) if forms[i] in words("negation_after") and not (had and forms[i] in ("pas", "plus"))), None)
        return [at] if at is not None and all(_lets_through(forms, i) for i in range(end, at)) else []
    if not scope.topic and (not scope.start or forms[scope.start - 1] not in DETERMINERS):
        return []
    tail = range(end, min(end + 12, scope.predicate_end if scope.topic else scope.last + 8, scope.sentence_end))
    if scope.topic and scope.named_action and (able := next((i for i in tail if base(scope.lower[i]) in _ABLE), None)):
        return [i for i in tail if able - 3 < i < able + 3 and forms[i] in ("pas", "plus", "jamais", "pu")]
    resumed = next((i for i in tail if forms[i] == "en" or _resumes(scope, i)), None)
    return [i for i in tail if resumed is not None and i > resumed and i - resumed < 5 and forms[i] in ("pas", "plus", "jamais", "pu", "aucun")]


def _lets_through(forms: Sequence[str], i: int) -> bool:
    # « je parle franchement à personne », « on souffre pour rien »
    if forms[i] in words("verb_adverbs") or forms[i] in CLITICS or forms[i : i + 2] == ["pour", "ainsi"]:
        return True
    return forms[i] in _LED and forms[i + 1] in ("personne", "rien", "aucun", "aucune")


def _resumes(scope: Scope, i: int) -> bool:
    """Tell whether the word at `i` is the object that takes a topic up, of a verb of having: « le moral, je l'ai pas »."""
    forms = scope.forms
    if scope.topic and forms[i] == "y":
        return forms[i + 1] not in _HAVE
    return scope.topic and forms[i] in ("l'", "le", "la", "les") and any(form in words("having") for form in forms[i + 1 : i + 3])


def _may_be_verb(scope: Scope) -> bool:
    """Tell whether the hit may be a finite verb: after its subject or pronouns, or after a noun."""
    forms, start = scope.forms, scope.start
    if any(form in SUBJECTS for form in forms[start : scope.end - 1]):
        return True
    if infinitive(scope.lower[scope.end - 1]) or not start:
        return False
    before = forms[start - 1]
    if (
        before in SUBJECTS
        or before in ("qui", "-")
        or (before in _HAVE and participle(scope.lower[start]))
        or (before in CLITICS and before not in ("le", "la", "les", "l'"))
    ):
        return True
    if before in ("le", "la", "les", "l'"):
        return start > 1 and forms[start - 2] in SUBJECTS
    return before in words("persons") or (before.endswith("s") and start > 1 and forms[start - 2] in DETERMINERS)


def _ended(scope: Scope) -> bool:
    """Tell « les crises, c'est fini », « le soutien, zéro », « travailler, non merci »."""
    forms = scope.forms
    ends = [i for i in {scope.end, scope.last} if cues.at(forms, _past_fillers(forms, i), "negation_ends")]
    if not ends or (scope.end not in ends and not scope.topic):
        return False
    return scope.topic or (scope.start > 0 and forms[scope.start - 1] in _BEFORE_AN_END)


def _past_fillers(forms: Sequence[str], i: int) -> int:
    while i < len(forms) and forms[i] in _FILLERS and not cues.at(forms, i, "negation_ends"):
        i += 1
    return i


# --- lack ----------------------------------------------------------------------------------------------------------------------


def _lacks(scope: Scope) -> bool:
    """Tell that what is meant is said to be missing: « c'est le courage qui me manque », « il me manque du courage »."""
    forms, first = scope.forms, scope.first
    missing = words("missing")
    if scope.known.isdisjoint(missing):
        return False
    tail = forms[scope.end : scope.end + 4]
    if missing.isdisjoint(forms[max(0, first - 5) : scope.end + 4]):
        return False
    if any(form in missing for form in tail):
        return not any(form in ("je", "j'", "de", "d'", ",", "tu") for form in tail[: _index(tail)])
    head = forms[max(0, first - 5) : scope.start]
    at = next((i for i, form in enumerate(head) if form in missing), None)
    if at is None or head[at + 1 : at + 2] in (["de"], ["d'"]):
        return False
    return any(form in ("il", "ca", "qui", "y", "me", "m'", "nous", "lui") for form in head[max(0, at - 3) : at]) and not any(
        form in ("à", "pour") for form in head[at + 1 :]
    )


def _no_one_without(scope: Scope) -> bool:
    """Tell « y a pas de jour où je pense pas à … »: two denials affirm."""
    forms, first = scope.forms, scope.first
    outer = any(forms[i] == "pas" and forms[i + 1] in ("de", "d'", "un", "une") for i in range(max(0, first - 5), first - 1))
    return outer and forms[first] in ("où", "qui", "que", "qu'") and any(form in ("pas", "sans") for form in forms[first : scope.end + 3])


def _denied_saying(scope: Scope) -> bool:
    """Tell « je peux pas dire que j'ai pas été aidée »: what is denied is the denial."""
    forms, start = scope.forms, scope.start
    if "demain" in scope.known and scope.sentence.denying and any(forms[i : i + 2] == ["pas", "demain"] for i in range(start)):
        return True
    if scope.known.isdisjoint(_SAYING):
        return False
    said = [i for i in range(max(1, start - 9), start) if forms[i] in _SAYING and forms[i + 1] in ("que", "qu'")]
    return any(not _DENYING.isdisjoint(forms[max(0, i - 3) : i]) and not _DENYING.isdisjoint(forms[i + 2 : scope.end + 2]) for i in said)


def _not_because(scope: Scope) -> bool:
    """Tell « c'est pas parce que j'ai pleuré que je suis faible »: what follows « que » is denied."""
    forms, start = scope.forms, scope.start
    at = next((i for i in range(start) if forms[i : i + 2] == ["pas", "parce"]), None)
    return at is not None and any(form in ("que", "qu'") for form in forms[max(at + 4, scope.first - 1) : start])


def _index(tail: Sequence[str]) -> int:
    return next(i for i, form in enumerate(tail) if form in words("missing"))


def _denied_clause(scope: Scope) -> bool:
    around = scope.forms[max(0, scope.first - 3) : scope.end + 5]
    return any(form in ("pas", "jamais") for form in around)


# --- « plus » -------------------------------------------------------------------------------------------------------------------


def _no_longer(forms: Sequence[str], i: int) -> bool:
    """Tell « plus » that denies (« j'ai plus d'espoir ») from « plus » that compares (« plus d'espoir qu'avant »)."""
    after = forms[i + 1] if i + 1 < len(forms) else ""
    if after in ("que", "qu'"):
        return i > 0 and forms[i - 1] in words("wanting") and forms[i + 2 : i + 3] != [] and forms[i + 2] in SUBJECTS
    if any(form in ("ne", "n'") for form in forms[max(0, i - 5) : i]) or ["du", "tout"] in (forms[i + 2 : i + 4], forms[i + 3 : i + 5]):
        return True
    if not _LACKING.isdisjoint(forms[max(0, i - 7) : i - 1 + (after in ("de", "d'"))]):
        return False
    if i and (forms[i - 1] in words("plus_positive_before") or forms[i - 1] == "plus"):
        return False
    if i + 1 < len(forms) and (
        cues.at(forms, i + 1, "plus_positive_after") or (after == "de" and forms[i + 2 : i + 3] and forms[i + 2][0].isdigit())
    ):
        return False
    return not _compared(forms, i)


def _compared(forms: Sequence[str], i: int) -> bool:
    for at in range(i + 2, min(i + 8, len(forms) - 1)):
        if forms[at] in ("que", "qu'"):
            return (
                forms[at + 1] in words("plus_comparison")
                or forms[at + 2 : at + 4] == ["y", "a"]
                or (forms[i + 1] in ("de", "d'") and forms[at + 1] in ("tu", "on", "j'"))
            )
        if forms[at][0] in ".!?…;":
            return False
    return False


def _no_longer_spoken(forms: Sequence[str], i: int) -> bool:
    """Tell « pu » for « plus » (« j'ai pu d'espoir », « chu pu capable ») from the participle (« j'ai pu dormir »)."""
    if forms[i + 1 : i + 2] and forms[i + 1] in ("de", "d'", "rien", "personne", "jamais", "pantoute", "capable"):
        return True
    return i > 0 and forms[i - 1] not in _HAVE and forms[i - 1] not in ("pas", "jamais", "rien", "bien", "toujours", "enfin")
