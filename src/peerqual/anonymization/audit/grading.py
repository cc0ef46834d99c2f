"""How sure it is that a form, where it stands, is the original: certain, a doubt, or nothing."""

from __future__ import annotations

import re

from ..find import find_disorders
from ..finders.numerals import number_words
from .matching import Hit
from .numbers import rows_of_numbers
from .originals import CAPITAL, DISORDER, SURE, YEAR
from .pieces import BYTES, NAME, PROSE, SETTINGS
from .words import cut, words_of

CERTAIN, DOUBT = "certain", "doubt"
_SAINT = re.compile(r"\b(?:saint|sainte|st|ste)[-\s]$", re.IGNORECASE)
_TELLING = 5  # letters
_SENTENCE = re.compile(r"[\w\s'’.,;:!?«»-]{12,}")
_HYPHENED = re.compile(r"-[a-zß-öø-ÿ]{3}")
_TIME = re.compile(
    r"\b(?:en|depuis|des|dès|jusqu['’]en|avant|après|années?|fin|début|courant|de|vers|entre|et|hiver|été|printemps|automne|noël"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\s+$",
    re.IGNORECASE,
)
_AGED = re.compile(r"(?<!y )\b(?:à|âgée?s? de|ai|as|a|avait|avais|avaient|aura|aurai|[mts]es|[mts]on) $", re.IGNORECASE)
_MIDDLE = re.compile(r"[^\W\d_][’',]?[ \u00a0\u202f][«“\"(]?[ \u00a0\u202f]?$|[’']$")
_LABEL = re.compile(r"[ \u00a0\u202f]*:")
_WIDEST = 60  # characters between brackets
_CLOSED = re.compile(r"[,;|](?=\S)|[\t\"<]")
_LINE = 240  # characters around a name of a disorder that are read


def grade(hit: Hit, text: str, where: str, given: set[str]) -> str:
    """Return "certain", "doubt" or "" for a `hit` in `text`; `where` is what kind of text that is (see `Piece`).

    What stands in brackets and is in `given` was put there.
    """
    weight = hit.form.weight
    if was_given(text, hit.start, hit.end, given):
        return ""
    if where == BYTES and sum(map(len, hit.form.words)) < _TELLING and not _SENTENCE.fullmatch(_line(text, hit)):
        return ""  # three letters stand in any binary file by chance
    if weight == SURE:
        if where == PROSE and _is_compound(hit, text):
            return DOUBT
        return CERTAIN if hit.exact or where not in (BYTES, SETTINGS) else DOUBT
    if where == SETTINGS:
        return ""
    if weight == DISORDER:
        return _disorder(hit, text)
    if weight == YEAR:
        return CERTAIN if where != BYTES and _TIME.search(text[max(0, hit.start - 14) : hit.start]) else ""
    if weight == CAPITAL:
        return _capital(hit, text, where)
    return _weak(hit, text, where)


def _line(text: str, hit: Hit) -> str:
    end = text.find("\n", hit.end)
    return text[text.rfind("\n", 0, hit.start) + 1 : end if end >= 0 else len(text)]


def _is_compound(hit: Hit, text: str) -> bool:
    """Tell whether a name of one word is but a part of another word or feast: « la Sainte-Cécile », « un paris-brest »."""
    if len(hit.form.words) > 1:
        return False
    return _SAINT.search(text[max(0, hit.start - 8) : hit.start]) is not None or _HYPHENED.match(text, hit.end) is not None


def was_given(text: str, start: int, end: int, given: set[str]) -> bool:
    """Tell whether a place stands in brackets whose words are in `given`: a date that was shifted, an age that became a band."""
    opening = text.rfind("[", max(0, start - _WIDEST), start)
    closing = text.find("]", end, end + _WIDEST) if opening >= 0 else -1
    return closing >= 0 and "".join(words_of(text[opening:closing])) in given


def _disorder(hit: Hit, text: str) -> str:
    """A name of a disorder is one where the finder says so: « c'est schizophrène, cette réunion » gives nobody away."""
    low = max(text.rfind("\n", 0, hit.start) + 1, hit.start - _LINE)
    high = text.find("\n", hit.end)
    line = text[low : min(high if high >= 0 else len(text), hit.end + _LINE)].replace("_", " ")
    found = any(low + m.start < hit.end and hit.start < low + m.end for m in find_disorders(line))
    return CERTAIN if found else ""


def _capital(hit: Hit, text: str, where: str) -> str:
    """A name that is a word as well (« Rose »): certain with its capital where words have none, or as somebody's label."""
    inside = text[hit.start : hit.end]
    if where == BYTES:
        return ""
    if not inside[:1].isupper():
        return DOUBT if (where == NAME and hit.form.label == "PER") or (where == PROSE and len(hit.form.words) > 1) else ""
    if _is_compound(hit, text):
        return ""
    if where == NAME:
        return CERTAIN if hit.form.label in ("PER", "FILE") else DOUBT
    if hit.form.label == "PER" and _stands_alone(hit, text):
        return CERTAIN
    before = text[max(0, hit.start - 12) : hit.start]
    shouted = inside.isupper() and before.rstrip()[-2:].isupper()
    inner = len(hit.form.words) > 1 and not inside.isupper() and any(char.isupper() for char in inside[1:])
    return CERTAIN if inner or (_MIDDLE.search(before) and not shouted) else DOUBT


def _stands_alone(hit: Hit, text: str) -> bool:
    """Tell whether a name is all of a label (« Rose : »), a cell or a value between quotes or tags."""
    line = text[max(0, hit.start - 12) : hit.start].rpartition("\n")[2]
    if not line.strip() and _LABEL.match(text, hit.end):
        return True
    opened = not line or line[-1] in ',;\t|">'
    return opened and _CLOSED.match(text, hit.end) is not None


def _weak(hit: Hit, text: str, where: str) -> str:
    before = text[max(0, hit.start - 12) : hit.start]
    if where not in (PROSE, NAME) or _SAINT.search(before):
        return ""
    if hit.form.label == "AGE":
        return DOUBT if _AGED.search(before) else ""  # not « pendant vingt ans »
    if all(word in number_words() for word in hit.form.words):
        around = text[max(0, hit.start - 20) : hit.end + 20]
        counted = any(True for _ in rows_of_numbers(around, cut(around)))
        return DOUBT if "-" in text[hit.start : hit.end] and not counted else ""
    return DOUBT if hit.form.label in ("LOC", "DATE") or text[hit.start : hit.start + 1].isupper() else ""
