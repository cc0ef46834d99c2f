"""Names of disorders in any form, unless figurative: what `find_disorders` and the lexicon finder share; codes (F20.0), misspellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ...language.fold import fold
from ...language.lexicons import lexicon, rows, words
from . import phrases
from .candidates import Candidate
from .context import telling
from .view import View
from .words import CAP, COMMON, DIGIT, FUNCTION, KNOWN, RELATION, UNKNOWN, UPPER, Form

TRIGGER = DIGIT | UNKNOWN

_CODE = re.compile(r"F(?:\d{2}(?:\.\d{1,2})?| \d{2}\.\d{1,2})\b")
_SHOWING = frozenset(("ce", "cet", "cette", "ces"))
_PERSON_ENDINGS = ("eur", "euse", "trice", "ier", "iere", "iste", "ien", "ienne", "logue", "iatre", "ard", "arde", "ant", "ante", "oin", "oine")
_WAS = frozenset("etaient sera seront semblait semblaient devenait deviennent reste restent".split())
_SAID = frozenset("autisme schizophrenie psychose paranoia parano hysterie nevrose bipolarite anorexie boulimie".split())
_WILD = frozenset("demence hysterie autisme schizophrenie paranoia".split())
_OWN = frozenset("ma ta sa mes tes ses notre nos votre vos leur leurs".split())
_SPRAYING = frozenset(
    "fait faire faisait font fais va vais vas vont allait allais allaient aller peut peux peuvent pouvait veut veux voulait faut fallait faudra doit "
    "pour se s me m te t les nous vous laisse laisser adore adorait adorent aime aimait viens vient".split()
)
_DENIED = frozenset("avoir etre formellement categoriquement que qu la les l cette ces toute ses".split())
_OF_ITSELF = frozenset("type naissance base toute toutes nouveau plus moins longue long date ailleurs abord apres apparence stress".split())
_OF_TIME = re.compile(r"\d.*|adolescen.*|jeun.*|enfan.*|adult.*|femme.*|fille.*")
_Contexts = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield codes of disorders (F20.0), ``lexicon.disorder_code``, and words that begin as disorders do, ``lexicon.misspelt``."""
    for i in at:
        form = view.forms[i]
        if form.flags & UNKNOWN:
            if form.folded.startswith(_stems()):
                yield Candidate(view.starts[i], view.end(i), "DIAG", False, "lexicon.misspelt")
        elif form.text[0] == "F" or (view.form(i - 1).text == "F" and view.gap(i) == " "):
            match = _CODE.match(view.text, view.starts[i if form.text[0] == "F" else i - 1])
            if match and not _is_listed(view.form(i - 1).folded, words("disorder_code_places")):
                yield Candidate(match.start(), match.end(), "DIAG", True, "lexicon.disorder_code")


@cache
def _stems() -> tuple[str, ...]:
    return tuple(sorted(words("disorder_stems")))


@cache
def _figurative() -> dict[tuple[str, ...], _Contexts]:
    """Return, for each form of a disorder, the words before and after it in each figurative phrase."""
    forms = {phrases.split(form) for form, _ in rows("disorders")}
    found: dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase in lexicon("disorders_figurative"):
        parts = phrases.split(phrase)
        for start in range(len(parts)):
            for stop in range(start + 1, len(parts) + 1):
                if parts[start:stop] in forms:
                    found.setdefault(parts[start:stop], []).append((parts[:start], parts[stop:]))
    return {form: tuple(contexts) for form, contexts in found.items()}


def _is_figurative(view: View, i: int, stop: int) -> bool:
    return any(
        all(view.form(i - len(before) + k).folded == word for k, word in enumerate(before))
        and all(view.form(stop + k).folded == word for k, word in enumerate(after))
        for before, after in _figurative().get(tuple(form.folded for form in view.forms[i:stop]), ())
    )


def _of_something(view: View, i: int) -> bool:
    """Tell whether one craves a thing (« boulimique de romans »), sprays (« asperger les plantes ») or knocks (« toc toc »)."""
    word, before, after, far = view.form(i), view.form(i - 1).folded, view.form(i + 1).folded, view.form(i + 2)
    if word.folded == "toc" and "toc" in (before, after):
        return True
    if word.folded == "asperger" and (not word.flags & CAP or (view.weak(i) and view.gap(i + 1) == " ")):
        sprayed = after in telling("determiner") | {"l", "avec", "d", "de", "par"}
        first = word.flags & CAP and after in telling("determiner") | {"l"}
        return bool(first) or before in _SPRAYING or view.form(i - 1).text == "à" or (before in ("de", "d", "en", "l") and sprayed)
    if word.folded == "dement":
        return not _is_one(before) or after in _DENIED
    if word.folded.startswith("boulimi") and after in ("de", "d"):
        return bool(far.flags & KNOWN) and not far.flags & FUNCTION and far.folded not in _OF_ITSELF and not _OF_TIME.fullmatch(far.folded)
    return False


def _is_one(before: str) -> bool:
    """Tell whether « dément » after the word `before` says who or how one is, and is no verb (« la direction dément »)."""
    known = telling("determiner") | telling("is") | telling("degree") | _WAS | words("grammar_persons")
    return before in known or before in ("est", "etait", "devenu", "reste", "vieux", "fou", "de", "")


def _of_a_thing(view: View, i: int) -> bool:
    """Tell whether an adjective is said of a thing: « ce film est schizophrène », « le temps est bipolaire », « il est parano, ce système »."""
    told = view.gap(i + 1) == ", " and view.form(i + 1).folded in telling("determiner")
    if told and (_things(view, i + 2) or (view.form(i + 1).folded in _SHOWING and _is_thing(view.form(i + 2)))):
        return True
    if view.form(i + 1).folded == "comme" and _things(view, i + 2):
        return True  # « c'est schizo comme consigne »
    while view.gap(i) == "-":
        i -= 1
    if view.gap(i) == " " and _things(view, i - 1) and view.form(i - 2).folded in telling("determiner"):
        return True  # « un film borderline »
    k = i - 1
    while view.form(k).folded in telling("degree"):
        k -= 1
    shown = view.form(k - 2).folded in _SHOWING and _is_thing(view.form(k - 1))
    said = shown or (view.form(k - 2).folded in telling("determiner") and _things(view, k - 1))
    return said and (view.form(k).folded in telling("is") | _WAS or view.gap(k + 1) == ", ")


def _said_of_a_thing(view: View, i: int) -> bool:
    """Tell whether a noun is a figure of speech: « l'autisme du ministère », « l'anorexie budgétaire », « quel autisme, ce ministère », « toc ! »."""
    if view.form(i - 1).folded in _OWN:
        return False
    after, gap = view.form(i + 1).folded, view.gap(i + 1)
    if view.form(i).folded == "toc" and "!" in gap:
        return True
    if gap == " " and after.removesuffix("s") in words("disorder_figures"):
        return True
    shown = gap == ", " and after in _SHOWING and _is_thing(view.form(i + 2))
    if shown and view.form(i).folded in _WILD and [view.form(i - n).folded for n in (3, 2)] == ["est", "de"]:
        return True  # « c'est de la démence, ces loyers »
    if view.form(i - 1).folded.startswith("quel") and gap == ", " and view.form(i + 1).folded in telling("determiner"):
        return _things(view, i + 2)
    far = 1 if after == "de" and view.form(i + 2).folded in ("la", "l") else 0
    return gap == " " and (after in ("du", "des") or far == 1) and view.form(i).folded in _SAID and _things(view, i + 2 + far)


def _is_thing(noun: Form) -> bool:
    """Tell whether « ce », « cette » before `noun` shows a thing: a word of French that is no person's."""
    person = (
        noun.folded in telling("age_person") or noun.folded in words("grammar_persons") or noun.folded.removesuffix("s").endswith(_PERSON_ENDINGS)
    )
    return bool(noun.flags & KNOWN) and not noun.flags & (RELATION | COMMON) and not person


def _things(view: View, k: int) -> bool:
    return _is_listed(view.form(k).folded, telling("thing") | words("disorder_things"))


def _is_listed(word: str, listed: frozenset[str]) -> bool:
    return word in listed or word.removesuffix("s") in listed


@cache
def _other_fields() -> dict[str, frozenset[str]]:
    return {fold(form): frozenset(fold(word.strip()) for word in near.split(",")) for form, near in rows("disorder_contexts")}


def _of_another_field(view: View, i: int) -> bool:
    """Tell whether a word of the land, the weather, electronics … stands near: « la dépression, entre les deux collines »."""
    near = _other_fields().get(view.form(i).folded)
    if near is None or view.form(i - 1).folded in _OWN:
        return False
    for step in (1, -1):
        for k in range(i + step, i + 9 * step, step):
            if any(mark in view.gap(k if step > 0 else k + 1) for mark in ".!?\n"):
                break
            if view.form(k).folded in near:
                return True
    return False


def candidate(view: View, i: int, stop: int, entry: phrases.Entry) -> Candidate | None:
    """Return the disorder that stands in words `i` to `stop`, or None when it is a figure of speech."""
    if stop - i == 1 and _of_something(view, i):
        return None
    if not view.forms[i].flags & UPPER:
        if _is_figurative(view, i + entry.skip, stop) or (entry.kind in ("adj", "clip") and _of_a_thing(view, i)):
            return None
        if stop - i == 1 and (_of_another_field(view, i) or (entry.kind not in ("adj", "after_trouble") and _said_of_a_thing(view, i))):
            return None
    return Candidate(view.starts[i + entry.skip], view.end(stop - 1), "DIAG", True, "lexicon.disorder")
