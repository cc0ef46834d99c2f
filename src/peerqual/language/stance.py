"""Whether a passage holds an act to be right, or tells of one that is done elsewhere, by cue lists (``data/stance_*.txt``)."""

from __future__ import annotations

import re
from functools import cache

from .fold import fold
from .lexicons import lexicon

_ADDRESSED = re.compile(r"\b(?:tu|t'|te|toi|ton|ta|tes|vous|votre|vos)(?!\w)|\b\w{3,}(?:ez|ons-nous)\b")
_OTHERS = re.compile(r"\b(?:qu'(?:ils?|elles?)|ils|elles|eux|gens|nouveaux|nouvelles|chacune?|tout le monde)\b")
_SAID = re.compile(r"\b(?:di[st]|disons|disent|disai[st]|repete|explique|ecri[st]|rappelons|rappelle|apprend|conseille|suggere|propose)\b|[«\"“]")


def holds_right(text: str, *, present: bool) -> bool:
    """Tell whether `text` says what should be done or what an act is worth, in the speaker's own name.

    Said to somebody present (`present`: the people the act is for are in the room), advice is the act itself: only what is said of people in general
    counts. Duty inside what somebody tells that they say to others is told.

    >>> holds_right("Il faut que les gens sachent ce qu'ils prennent.", present=False)
    True
    >>> holds_right("Je leur dis toujours qu'il faut demander.", present=False)
    False
    >>> holds_right("Il faut que tu lui demandes.", present=True)
    False
    """
    words = fold(text)
    if present and _ADDRESSED.search(words):
        return False
    told = _SAID.search(words)
    before = words[: told.start()] if told else words
    if _cue("worth").search(before):
        return True
    if present and not _OTHERS.search(words):
        return False
    return bool(_cue("duty").search(_cue("duty_not").sub(" ", before)))


def tells_of(text: str) -> bool:
    """Tell whether `text` tells of an act toward somebody who is not there, or of one received.

    >>> tells_of("Je lui ai proposé d'y aller ensemble."), tells_of("Allez-y ensemble.")
    (True, False)
    """
    return bool(_cue("told").search(fold(text)))


def of_people(text: str) -> bool:
    """Tell whether `text` speaks of people in general or of somebody who is not there, and to nobody.

    >>> of_people("Y en a qui attendent que ça passe."), of_people("Toi tu attends que ça passe.")
    (True, False)
    """
    words = fold(text)
    return not _ADDRESSED.search(words) and bool(_cue("people").search(words))


@cache
def _cue(name: str) -> re.Pattern[str]:
    entries = sorted(map(fold, lexicon(f"stance_{name}")), key=len, reverse=True)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, entries))})(?!\w)")
