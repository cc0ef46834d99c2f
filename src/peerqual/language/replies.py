"""Whether an answer affirms or denies what was asked, by cue lists (``data/reply_*.txt``)."""

from __future__ import annotations

import re
from functools import cache

from .fold import fold
from .lexicons import lexicon

YES, NO, UNTOLD = "yes", "no", ""
_FIRST_PERSON = re.compile(r"\b(?:je|j'|on|nous|moi|me|m'|mon|ma|mes|notre|nos)(?!\w)")


def reply(text: str) -> str:
    """Return what the sentence `text`, an answer, says of what was asked: "yes", "no", or "" where it tells neither.

    A word of assent or refusal counts at the head of the sentence, or set apart by commas (« Les proches, oui. »); the first of them does.

    >>> reply("Ah, non, jamais."), reply("Là, oui, évidemment !"), reply("Les familles, non plus."), reply("J'ai un rendez-vous.")
    ('no', 'yes', 'no', '')
    >>> reply("Si vous voulez, je vous raconte."), reply("Non seulement j'y vais, mais j'y retourne.")
    ('', '')
    """
    found = _head().match(words := fold(text).strip(' «»"“”')) or _apart().search(words)
    if found is None:
        return UNTOLD
    return NO if found["no"] else YES


def denies(text: str) -> bool:
    """Tell whether a word of refusal stands anywhere in `text`.

    >>> denies("J'en sors sans avoir vu personne, jamais."), denies("J'y monte le mardi.")
    (True, False)
    """
    return bool(_within().search(fold(text)))


def tells_times(text: str) -> bool:
    """Tell whether `text` says how often or when: what somebody did, then.

    >>> tells_times("Une fois, en septembre."), tells_times("Autrefois.")
    (True, False)
    """
    return bool(_times().search(fold(text)))


def own_doing(text: str) -> bool:
    """Tell whether the speaker (alone or among others) has a part in what `text` tells.

    >>> own_doing("Je l'ai croisée."), own_doing("Ils y vont.")
    (True, False)
    """
    return bool(_FIRST_PERSON.search(fold(text)))


def asks_more(text: str) -> bool:
    """Tell whether the question `text` asks for more than yes or no.

    >>> asks_more("À qui revient-il d'en parler ?"), asks_more("Vous en parlez ?")
    (True, False)
    """
    return bool(_open().search(fold(text)))


def _any(name: str) -> str:
    return "|".join(re.escape(fold(entry)) for entry in sorted(lexicon(name), key=len, reverse=True))


@cache
def _head() -> re.Pattern[str]:
    answers = rf"(?:(?P<no>{_any('reply_no')})|(?P<yes>{_any('reply_yes')}))"
    return re.compile(rf"(?:(?:{_any('reply_openers')})[\s,…]+)*{answers}(?!\w| seulement\b)(?!(?<=\bsi) \w)")


@cache
def _apart() -> re.Pattern[str]:
    return re.compile(rf"[,:;] (?:(?:{_any('reply_openers')})[\s,]+)*(?:(?P<no>{_any('reply_no')})|(?P<yes>{_any('reply_yes')}))(?=\s*[,.;:!?…]|$)")


@cache
def _within() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any('reply_no_within')})(?!\w)")


@cache
def _times() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any('reply_times')})(?!\w)")


@cache
def _open() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any('reply_open_questions')})(?!\w)")
