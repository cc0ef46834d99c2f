"""Whether an answer affirms or denies what was asked, by cue lists (``data/reply_*.txt``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from .fold import fold
from .lexicons import lexicon

YES, NO, UNTOLD = "yes", "no", ""
_FIRST_PERSON = re.compile(r"\b(?:je|j'|on|nous|moi|me|m')(?!\w)")
_YES_NO = re.compile(r"\b(oui|non)(?:[,;]|$|(?=[.!]))")
_DONE_TO_ME = re.compile(r"\bon (?:m'|me\b|nous\b)")
_DECLINES = re.compile(
    r"(?:[\w' ]+, )?(?:mais |et |la |moi )*(?:je|j'|on|ce|c'|ca|cela) ?(?:ne |n')[^,.;:]{0,40}?\b(?:pas|jamais|guere|rien|aucune?)\b"
)


def reply(text: str) -> str:
    """Return what the sentence `text`, an answer, says of what was asked: "yes", "no", or "" where it tells neither.

    A word of assent or refusal counts at the head of the sentence, or set apart by commas (« Les proches, oui. »); the first of them does.

    >>> reply("Ah, non, jamais."), reply("Là, oui, évidemment !"), reply("Les familles, non plus."), reply("J'ai un rendez-vous.")
    ('no', 'yes', 'no', '')
    >>> reply("Si vous voulez, je vous raconte."), reply("Non seulement j'y vais, mais j'y retourne.")
    ('', '')
    """
    found = _head().match(words := fold(text).strip(' «»"“”')) or _apart().search(words) or _short().match(words)
    if found is None:
        return UNTOLD
    return _replies()[found[1]]


def replies(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentence ``text[start:end]`` cut after each yes and no where it holds both, else whole.

    >>> said = "Aux proches, oui, aux patients, non."
    >>> [said[start:end] for start, end in replies(said, 0, len(said))]
    ['Aux proches, oui,', 'aux patients, non.']
    """
    sentence = fold(text[start:end])
    found = list(_YES_NO.finditer(sentence))
    if len({one[1] for one in found}) < 2:
        return [(start, end)]
    cuts = [start, *(start + one.end() for one in found[:-1]), end]
    return [(first + len(text[first:last]) - len(text[first:last].lstrip()), last) for first, last in pairwise(cuts)]


def denies(text: str) -> bool:
    """Tell whether a word of refusal stands anywhere in `text`.

    >>> denies("J'en sors sans avoir vu personne, jamais."), denies("J'y monte le mardi.")
    (True, False)
    """
    return bool(_within().search(fold(text)))


def tells_times(text: str) -> bool:
    """Tell whether `text` says how often or when, or begins with how many: what somebody did, then.

    >>> tells_times("Une fois, en septembre."), tells_times("Une bonne douzaine."), tells_times("Autrefois.")
    (True, True, False)
    """
    words = fold(text)
    return bool(_times().search(words) or _amount().match(words))


def declines(text: str) -> bool:
    """Tell whether `text` is denied as a whole: « ne » with « pas » or the like in its first clause, about oneself or « ce ».

    >>> declines("Ce n'est pas dans mes habitudes."), declines("Je n'y pense pas."), declines("J'y pense, ils ne veulent pas.")
    (True, True, False)
    """
    return bool(_DECLINES.match(fold(text)))


def own_doing(text: str) -> bool:
    """Tell whether the speaker (alone or among others) has a part in what `text` tells.

    >>> own_doing("Je l'ai croisée."), own_doing("Mes internes y vont."), own_doing("On m'a parlé d'eux.")
    (True, False, False)
    """
    return bool(_FIRST_PERSON.search(_DONE_TO_ME.sub(" ", fold(text))))


def asks_more(text: str) -> bool:
    """Tell whether the question `text` asks for more than yes or no.

    >>> asks_more("À qui revient-il d'en parler ?"), asks_more("Vous en parlez ?")
    (True, False)
    """
    return bool(_open().match(fold(text)))


@cache
def _replies() -> dict[str, str]:
    return {fold(entry): says for name, says in (("reply_yes", YES), ("reply_no", NO)) for entry in lexicon(name)}


def _longest(entries: Iterable[str]) -> str:
    return "|".join(re.escape(fold(entry)) for entry in sorted(entries, key=len, reverse=True))


@cache
def _head() -> re.Pattern[str]:
    return re.compile(rf"{_opened()}({_longest(_replies())})(?!\w| seulement\b)(?!(?<=\bsi) \w)")


@cache
def _apart() -> re.Pattern[str]:
    return re.compile(rf"[,:;] {_opened()}({_longest(_replies())})(?=\s*[,.;:!?…]|$)")


@cache
def _short() -> re.Pattern[str]:
    return re.compile(r"(?:[\w'-]+ ){1,3}(oui|non|si|jamais)(?=\s*[,.;:!…]|$)")


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(rf"{_opened()}(?:(?:{_longest(lexicon('reply_amounts'))})(?!\w)|une?(?=[,.]))")


def _opened() -> str:
    return rf"(?:(?:{_longest(lexicon('reply_openers'))})[\s,…]+)*"


@cache
def _within() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_longest(lexicon('reply_no_within'))})(?!\w)")


@cache
def _times() -> re.Pattern[str]:
    amounts = _longest(entry for entry in lexicon("reply_amounts") if "'" not in entry)
    return re.compile(rf"\b(?:{_longest(lexicon('reply_times'))}|(?:{amounts}) (?:{_longest(lexicon('reply_counted'))}))(?!\w)")


@cache
def _open() -> re.Pattern[str]:
    words = _longest(lexicon("reply_open_questions"))
    return re.compile(rf"(?:(?:et|alors|donc|mais|[^,?]{{0,40}},)\s+)*(?:c'est |ce serait |ca serait )?(?:{words})(?!\w)|.*\b(?:{words})\s*\?")
