"""Say how a hit is meant: denied, supposed, of somebody else, asked. Made for speech, where « ne » is dropped.

A small algorithm over cue lists (``data/negation_*.txt`` and others), after the idea of NegEx (Chapman et al. 2001,
doi:10.1006/jbin.2001.1029): a cue reaches words of its own clause only.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING

from .fold import fold
from .lemmas import lemma
from .lexicons import lexicon, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

Phrase = tuple[str, ...]

_PLUS = frozenset({"plus"})
_STOPS = frozenset('.!?…;,:()[]–—«»"')
_SUBJECTS = frozenset({"je", "j'", "tu", "il", "elle", "on", "ils", "elles", "ca", "c'", "y"})
_NEAR = 4  # words that « sans », « ni », « aucun » reach
_LOOK_BACK = 3  # words before a clause's subject where « si », « au cas où » stand
_AFTER = 3  # words after a verb among which its « pas » stands
_DETERMINERS = frozenset("le la l' les un une des du de d' mon ma mes ton ta tes son sa ses notre nos leur leurs ce cet cette ces".split())
_OTHERS_OWN = frozenset({"son", "sa", "ses", "leur", "leurs"})
_PREPOSITIONS = frozenset("a de d' avec pour chez sur par contre sans au aux du vers entre devant grace".split())
_ENDINGS = ("aient", "ions", "ais", "ait", "iez")
_IMPERSONAL = frozenset("y faut fallait faudra faudrait fait semble parait vaut s'agit".split())


def qualify(doc: Doc | Span, start: int, end: int, own: Collection[int] | None = None) -> frozenset[str]:
    """Return which of ``model.QUALIFIERS`` hold for the tokens ``[start, end)`` of `doc`, one sentence.

    A negative word inside the hit is the rule's own and does not count, unless `own` (the token indexes that were matched)
    leaves it out: so a gap that holds « pas » negates.

    >>> from peerqual.language.pipeline import french
    >>> sorted(qualify(french()("J'ai plus d'espoir."), 4, 5))
    ['negated']
    """
    forms = [fold(token.text) for token in doc]
    matched = frozenset(range(start, end) if own is None else own)
    first, last = _clause(forms, start, end)
    found = set()
    if _negated(forms, first, last, start, end, matched):
        found.add("negated")
    if _hypothetical([token.lower_ for token in doc], forms, first, last, start):
        found.add("hypothetical")
    if _other_person(forms, first, start):
        found.add("other_person")
    if "?" in forms[end:] or _asks(forms, start):
        found.add("question")
    return frozenset(found)


# --- clauses -----------------------------------------------------------------------------------------------------------


@cache
def _phrases(name: str) -> tuple[Phrase, ...]:
    """Return the entries of a list as folded words, elisions apart (« manque d' » → manque, d')."""
    return tuple(tuple(fold(entry).replace("'", "' ").replace("-ce", " -ce").split()) for entry in lexicon(name))


def _at(forms: Sequence[str], i: int, name: str) -> int:
    """Return how many words of `forms` from `i` an entry of the list `name` takes (the longest), or 0."""
    phrases = _by_first(name).get(forms[i])
    return max((len(phrase) for phrase in phrases if tuple(forms[i : i + len(phrase)]) == phrase), default=0) if phrases else 0


@cache
def _by_first(name: str) -> dict[str, tuple[Phrase, ...]]:
    table: dict[str, tuple[Phrase, ...]] = {}
    for phrase in _phrases(name):
        table[phrase[0]] = (*table.get(phrase[0], ()), phrase)
    return table


def _opens(forms: Sequence[str], i: int) -> bool:
    """Tell whether a new clause begins at word `i`."""
    word = forms[i]
    if word[0] in _STOPS or word.startswith("...") or _at(forms, i, "clause_breaks"):
        return True
    if word == "et":
        return any(form in _SUBJECTS for form in forms[i + 1 : i + 3])
    return word in _SUBJECTS and i > 0 and forms[i - 1] not in ("que", "qu'", "et", "ne", "n'", "-") and not _continues(forms, i)


def _continues(forms: Sequence[str], i: int) -> bool:
    # « moi je », « lui il », « ça j' »: the subject is doubled; « y » belongs to the subject before it (« il y a », « j'y »).
    before = forms[i - 1]
    return before in _SUBJECTS or before in ("moi", "toi", "lui", "elle", "eux", "nous", "vous", "qui", "se", "me", "m'", "te", "t'", "dans")


def _clause(forms: Sequence[str], start: int, end: int) -> tuple[int, int]:
    first = start
    while first > 0 and not _opens(forms, first):
        first -= 1
    last = end
    while last < len(forms) and not _opens(forms, last):
        last += 1
    return first, last


# --- negation ----------------------------------------------------------------------------------------------------------


def _negated(forms: Sequence[str], first: int, last: int, start: int, end: int, matched: Collection[int]) -> bool:
    cues = [i for i in range(first, end) if i not in matched]
    if any(_near_cue(forms, i, end) for i in cues):
        return True
    if any(forms[i] in words("negation_before") | _PLUS and _denies(forms, i, last) for i in cues):
        return True
    return any(_denies(forms, i, last) for i in _after(forms, start, end, last))


def _near_cue(forms: Sequence[str], i: int, end: int) -> bool:
    size = _at(forms, i, "negation_near")
    if not size or end - (i + size) > _NEAR + 1 or i + size >= end:
        return False
    doubled = any(form in ("pas", "jamais", "non") for form in forms[max(0, i - 2) : i])
    return not (doubled and forms[i] == "sans")


def _after(forms: Sequence[str], start: int, end: int, last: int) -> list[int]:
    """Return the places of negative words that deny a verb which ends the hit: « je souffre pas », « de l'espoir j'en ai plus »."""
    noun = start > 0 and forms[start - 1] in _DETERMINERS
    if not noun:
        return [i for i in range(end, min(end + _AFTER, last)) if forms[i] in words("negation_after") and not _other_verb(forms, end, i)]
    tail = forms[end : end + 6]
    if "en" in tail:
        return [end + i for i, form in enumerate(tail) if form in ("pas", "plus", "jamais") and i > tail.index("en")]
    return []


def _other_verb(forms: Sequence[str], end: int, i: int) -> bool:
    # Between a verb and its « pas » stand pronouns and adverbs; an infinitive or a noun phrase means that « pas » is another's.
    return any(form in _DETERMINERS or form in ("de", "d'", "a", "pour", "qui", "que") for form in forms[end:i])


def _denies(forms: Sequence[str], i: int, last: int) -> bool:
    if _in_set_phrase(forms, i):
        return False
    if forms[i] == "plus":
        return _no_longer(forms, i, last)
    if forms[i] == "personne":
        return i == 0 or forms[i - 1] not in _DETERMINERS
    if forms[i] == "rien":
        return forms[i + 1 : i + 2] not in (["que"], ["qu'"])
    return forms[i + 1 : i + 2] != ["sans"]


def _in_set_phrase(forms: Sequence[str], i: int) -> bool:
    """Tell whether the negative word at `i` stands where an entry of ``negation_not`` has its « _ »."""
    beside = (forms[i - 1] if i else "", forms[i + 1] if i + 1 < len(forms) else "")
    entries = (entry for word in (("before", beside[0]), ("after", beside[1])) for entry in _set_phrases().get(word, ()))
    return any(tuple(forms[max(0, i - len(left)) : i]) == left and tuple(forms[i + 1 : i + 1 + len(right)]) == right for left, right in entries)


@cache
def _set_phrases() -> dict[tuple[str, str], tuple[tuple[Phrase, Phrase], ...]]:
    """Return the entries of ``negation_not`` as what stands before and after the negative word, by the word right beside it."""
    table: dict[tuple[str, str], tuple[tuple[Phrase, Phrase], ...]] = {}
    for entry in _phrases("negation_not"):
        at = entry.index("_")
        left, right = entry[:at], entry[at + 1 :]
        beside = ("before", left[-1]) if left else ("after", right[0])
        table[beside] = (*table.get(beside, ()), (left, right))
    return table


def _no_longer(forms: Sequence[str], i: int, last: int) -> bool:
    """Tell « plus » that denies (« j'ai plus d'espoir ») from « plus » that compares (« plus d'espoir qu'avant »)."""
    if any(form in ("que", "qu'") for form in forms[i + 1 : i + 2]):
        return False
    if any(form in ("ne", "n'") for form in forms[max(0, i - 5) : i]):
        return True
    if i and (forms[i - 1] in words("plus_positive_before") or forms[i - 1] == "plus"):
        return False
    if i + 1 < len(forms) and (
        _at(forms, i + 1, "plus_positive_after") or (forms[i + 1] == "de" and forms[i + 2 : i + 3] and forms[i + 2][0].isdigit())
    ):
        return False
    return not _compared(forms, i, last)


def _compared(forms: Sequence[str], i: int, last: int) -> bool:
    for at in range(i + 2, min(i + 8, len(forms) - 1)):
        if forms[at] in ("que", "qu'"):
            return forms[at + 1] in words("plus_comparison")
    return False


# --- supposition, persons, questions -------------------------------------------------------------------------------------


def _hypothetical(lower: Sequence[str], forms: Sequence[str], first: int, last: int, start: int) -> bool:
    before = max(0, first - _LOOK_BACK)
    if any(_at(forms, i, "hypothesis") for i in range(before, last)):
        return True
    if any(_conditional(lower[i]) for i in range(first, last)):
        return True
    return any(_supposes(forms, i) for i in range(before, start))


def _supposes(forms: Sequence[str], i: int) -> bool:
    """Tell « si » that supposes (« si je rechute ») from « si bien », « comme si », « oui si », « si seule »."""
    following = forms[i + 1] if i + 1 < len(forms) else ""
    if forms[i] == "s'":
        return following in ("il", "ils")
    if forms[i] != "si" or (i and forms[i - 1] in ("comme", "meme", "si", "mais", "oui", "ah", "ben")):
        return False
    if {"c'", "grace"} <= set(forms[i:]):
        return False
    return following in _SUBJECTS or following in _DETERMINERS or following in ("jamais", "nous", "vous", "toi", "moi", "quelqu'", "un")


@cache
def _conditional(form: str) -> bool:
    form = form.replace("’", "'")
    ending = next((ending for ending in _ENDINGS if form.endswith(ending)), "")
    stem = form[: len(form) - len(ending)]
    if not ending or not stem.endswith("r") or form in lexicon("conditional_not"):
        return False
    if stem in lexicon("conditional_stems"):
        return True
    # « aiderait » has the infinitive before its ending; « entrait », « souffrait » have not.
    return stem.endswith("er") or lemma(form) in (stem, f"{stem}e")


def _other_person(forms: Sequence[str], first: int, start: int) -> bool:
    if start and forms[start - 1] in _OTHERS_OWN:
        return not any(form in words("subject_speaker") for form in forms[first:start])
    for at in range(start - 1, -1, -1):
        who = _who(forms, at)
        if who is not None:
            return who
        if at < first and forms[at] in (":", ";"):
            return False
    return False


def _who(forms: Sequence[str], at: int) -> bool | None:
    """Say whether the word at `at` is a subject: True somebody else, False the speaker, None no subject."""
    form, before = forms[at], forms[at - 1] if at else ""
    if form in words("subject_speaker"):
        return None if before in _PREPOSITIONS or form in ("moi", "toi", "vous", "t'") else False
    if form in ("c'", "ca", "-ce"):
        return False
    if form in words("subject_other") or form in ("-il", "-elle", "-ils"):
        after = forms[at + 1 : at + 4]
        if form == "il" and any(word in _IMPERSONAL for word in after[:2]):
            return False
        return None if before in _PREPOSITIONS or (form == "lui" and after[:1] != ["il"]) else True
    if form in words("persons"):
        named = before in _DETERMINERS and before not in ("d'", "de", "du")
        return True if named and (at < 2 or forms[at - 2] not in _PREPOSITIONS) else None
    return None


def _asks(forms: Sequence[str], start: int) -> bool:
    return any(forms[i : i + 2] == ["est", "-ce"] for i in range(start))
