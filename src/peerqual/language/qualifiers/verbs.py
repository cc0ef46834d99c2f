"""Tell the tense of a verb by its form, as far as speech needs it."""

from __future__ import annotations

from functools import cache

from ..fold import fold
from ..lemmas import lemma
from ..lexicons import lexicon, rows, words

_ENDINGS = ("aient", "ions", "ais", "ait", "iez")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont")
_INFINITIVE = ("er", "ir", "re", "oir")
PRESENT_AUXILIARIES = frozenset("ai as a avons avez ont suis chuis chu es est sommes etes sont".split())
SUPPOSES, PAST, SAYS, DENIES = 1, 2, 4, 8
_PARTICIPLES = ("é", "ée", "és", "ées")


@cache
def conditional(form: str) -> bool:
    """Tell a conditional (« aiderait ») from an imperfect (« entrait »); `form` in lower case with its accents.

    >>> conditional("aiderait"), conditional("souffrait")
    (True, False)
    """
    form = form.replace("’", "'")
    ending = next((ending for ending in _ENDINGS if form.endswith(ending)), "")
    stem = form[: len(form) - len(ending)]
    if not ending or not stem.endswith("r") or form in lexicon("conditional_not"):
        return False
    if stem in lexicon("conditional_stems"):
        return True
    return stem.endswith("er") or lemma(form) in (stem, f"{stem}e")


@cache
def future(form: str) -> bool:
    """Tell a simple future (« guérira »), which the conditional shares its stem with; `form` in lower case with its accents.

    >>> future("guérira"), future("sera"), future("opéra"), future("auras")
    (True, True, False, True)
    """
    stem = next((form[: -len(ending)] for ending in _FUTURE if form.endswith(ending)), "")
    if not stem.endswith("r"):
        return False
    return stem in lexicon("conditional_stems") or (lemma(form) != form and lemma(form) in (stem, f"{stem}e"))


@cache
def imperfect(form: str) -> bool:
    """Tell whether `form` (lower case, accents) is an imperfect or a simple past that speech still has.

    >>> imperfect("était"), imperfect("jamais"), imperfect("serait")
    (True, False, False)
    """
    form = form.replace("’", "'")
    if form in lexicon("past_forms"):
        return True
    if not form.endswith(("ais", "ait", "aient")) or form in lexicon("past_not") or conditional(form):
        return False
    base = lemma(form)
    return base == form or base.endswith(_INFINITIVE)


@cache
def finite(form: str) -> bool:
    """Tell whether `form` (lower case, accents) is, for all that its form tells, a verb with a subject.

    >>> finite("souffre"), finite("souffrir"), finite("souffrance")
    (True, False, False)
    """
    if fold(form) in PRESENT_AUXILIARIES or imperfect(form) or conditional(form):
        return True
    base = lemma(form)
    return base != form and base.endswith(_INFINITIVE) and not participle(form) and not form.endswith("ant")


@cache
def participle(form: str) -> bool:
    """Tell whether `form` (lower case, accents) may be a past participle.

    >>> participle("rechuté"), participle("eu"), participle("peur")
    (True, True, False)
    """
    return form.endswith(_PARTICIPLES) or fold(form) in words("participles")


@cache
def infinitive(form: str) -> bool:
    """Tell whether `form` (lower case) is an infinitive.

    >>> infinitive("guérir"), infinitive("guéri")
    (True, False)
    """
    return form.endswith(_INFINITIVE) and form not in lexicon("infinitive_not") and lemma(form) == form


@cache
def base(form: str) -> str:
    """Return the infinitive that `form` (lower case, accents) would be of, also where no lemma is known, to look it up in a list of verbs.

    >>> base("lâché"), base("ose"), base("arrêtera")
    ('lâcher', 'oser', 'arrêter')
    """
    known = lemma(form)
    if known != form:
        return known
    ending = next((ending for ending in ("ées", "és", "ée", "é", "es", "e") if form.endswith(ending)), "")
    return f"{form.removesuffix(ending)}er" if ending else form


@cache
def denies(form: str) -> frozenset[str]:
    """Return the words that follow `form` (lower case, accents), of a verb that denies what it governs (« cesser de », « lâcher la »); none else.

    >>> "de" in denies("arrêtera"), "la" in denies("lâchent"), denies("souffrent")
    (True, True, frozenset())
    """
    return _denying().get(base(form), frozenset())


@cache
def _denying() -> dict[str, frozenset[str]]:
    return {base: frozenset(fold(word) if word != "à" else word for word in led.split()) for base, led in rows("negation_verbs")}


@cache
def says(form: str) -> bool:
    """Tell whether `form` (lower case, accents) is of a verb of saying, by its lemma.

    >>> says("rétorquent"), says("souffrent")
    (True, False)
    """
    return lemma(form) in lexicon("saying_verbs")


@cache
def kinds(form: str) -> int:
    """Return the sum of `SUPPOSES`, `PAST`, `SAYS` and `DENIES` that `form` (lower case, accents) is: one look-up for all.

    >>> kinds("aiderait") == SUPPOSES, kinds("disait") == PAST | SAYS, kinds("table")
    (True, True, 0)
    """
    saying = says(form) or fold(form) in words("saying")
    return SUPPOSES * conditional(form) | PAST * imperfect(form) | SAYS * saying | DENIES * bool(denies(form))
