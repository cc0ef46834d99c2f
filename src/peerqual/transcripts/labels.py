"""The grammar of speaker labels: what at the beginning of a line could name who speaks, in which form, and how much its look is worth.

Nothing is decided here: « Donc : » and « Maëlle : » look alike on one line; `voices` weighs the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ..language.fold import fold
from ..language.lexicons import words
from .roles import role_word
from .timecodes import ANYWHERE, LEADING, NO_TIMES, Times, times

HEAD = 160  # a label, its aside and its time code stand within so many characters of a line's beginning
_BLANK = " \t\u00a0\u202f\u2009"

_LEAD = re.compile(rf"[{_BLANK}]*(?:>[{_BLANK}]*|•[{_BLANK}]*|\#{{1,6}}[{_BLANK}]+)?")
_DASH = re.compile(rf"(?:[-–—―][{_BLANK}]*|\*[{_BLANK}]+)(?=\S)")
_AFTER_TIME = re.compile(rf"[{_BLANK}]*(?:[-–—|:][{_BLANK}]+)?")
_COLON = re.compile(r"(?P<label>[^:：?!;\"«»“”…]{1,70})[:：](?!//)(?P<marks>[*_]{0,3})")
_LONG_DASH = re.compile(rf"(?P<label>[^:：?!;,\"«»“”…–—]{{1,50}}?)(?:[{_BLANK}]+[–—-]|(?<=\.)[–—-])[{_BLANK}]*(?=\S)")
_DOT = re.compile(rf"(?P<label>[^\W\d_]{{1,7}}[{_BLANK}]?\d{{0,2}})\.[{_BLANK}]+(?=\S)")
_TAB = re.compile(rf"(?P<label>[^:：?!;,\"«»“”…\t]{{1,40}}?)(?:[{_BLANK}]*\t[{_BLANK}]*|[{_BLANK}]{{3,}})(?=\S)")
_BRACKET = re.compile(rf"[\[<](?P<label>[^\[\]<>:?!]{{1,40}})[\]>][{_BLANK}]*")
_ALONE = re.compile(rf"(?P<label>[^:：?!;\"«»“”…]{{1,60}}?)[{_BLANK}]*$")
FORMS = (("colon", _COLON), ("bracket", _BRACKET), ("tab", _TAB), ("dash", _LONG_DASH), ("dot", _DOT), ("alone", _ALONE))

_ASIDE = re.compile(r"(?P<base>[^()\[\]]*)[(\[](?P<aside>[^()\[\]]*)[)\]]\s*")
_CODE = re.compile(r"[^\W\d_]{1,4}[ ._-]?\d{1,3}[a-z]?|(?:[A-ZÀ-Þ]\.?[ -]?){1,4}|[A-ZÀ-Þ]{1,4}\.?")
_TITLE = re.compile(r"(?:dr|docteur|pr|professeure?|mme|madame|mlle|mademoiselle|m|mr|monsieur|me|sœur|soeur|père|mère)\.?", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:une?|l[ea]s?|l['’]|des|autres?|plusieurs|deux|trois|jeune|vieille?)$", re.IGNORECASE)
_PARTICLES = frozenset("de du des d la le les van von der den di da dos el al ben bin et & + y ou".split())
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’.\-‑·]*")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|lorsqu|jusqu|puisqu)['’][^A-ZÀ-Þ]", re.IGNORECASE)
# Endings of nouns that open a remark (« Explication : », « Difficulté : ») rather than name a person.
_NOUN = re.compile(r"(?:tion|sion|ments?|ité|eté|isme|ence|ance|tude|iques?|ages?)s?$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What could be a label: `label` names the voice, `aside` stood in brackets after it, words begin at `start`; `weight`: its look's worth."""

    line: int
    form: str
    label: str
    aside: str
    start: int
    times: Times
    weight: int


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a line: whether a dash opens it, its time code, its candidates, and where its words begin if none is a label."""

    dash: bool
    times: Times
    start: int
    candidates: tuple[Candidate, ...]


def read_head(text: str, start: int, end: int, line: int) -> Head:
    """Read the beginning of the line ``text[start:end]``, number `line` (0-based)."""
    head = text[start : min(end, start + HEAD)]
    at = _match_end(_LEAD, head, 0)
    dashed = _match_end(_DASH, head, at)
    dash, at = dashed > at and not head.startswith("**", at), dashed
    when, spoken = NO_TIMES, at
    if found := LEADING.match(head, at):
        when = times(found[0])
        at = _match_end(_AFTER_TIME, head, found.end())
        at = _match_end(_DASH, head, at)
        spoken = at
    candidates = tuple(_candidates(head[at:], start + at, end - start <= HEAD, line, when))
    return Head(dash, when, start + spoken, candidates)


def _match_end(pattern: re.Pattern[str], head: str, at: int) -> int:
    found = pattern.match(head, at)
    return found.end() if found else at


def _candidates(rest: str, offset: int, whole: bool, line: int, when: Times) -> list[Candidate]:
    # A time code inside the label (« Maëlle (00:12) : ») would be cut at its colon: it is blanked, at equal length.
    inner = ANYWHERE.search(rest)
    masked = ANYWHERE.sub(lambda match: " " * len(match[0]), rest) if inner else rest
    marks = len(masked) - len(masked.lstrip("*_"))
    body = masked[marks:] if marks <= 3 else masked
    shift = len(masked) - len(body)
    made = []
    for form, pattern in FORMS:
        found = pattern.match(body)
        if found is None or (form == "alone" and not whole):
            continue
        label, aside = clean(found["label"])
        weight = weigh(label)
        if weight is None:
            continue
        end = shift + found.end()
        end += len(rest[end:]) - len(rest[end:].lstrip(_BLANK + "*_" if marks else _BLANK))
        mine = times(inner[0]) if inner and inner.start() < end else when
        made.append(Candidate(line, form, label, aside, offset + end, mine if mine != NO_TIMES else when, weight))
    return made


def clean(raw: str) -> tuple[str, str]:
    """Return a label without marks, brackets and final dot, and what stood in the brackets.

    >>> clean("**Maëlle (en riant)** ")
    ('Maëlle', 'en riant')
    """
    label, aside = " ".join(raw.split()).strip("*_ ,–—-\t"), ""
    if found := _ASIDE.fullmatch(label):
        label, aside = found["base"].strip("*_ ,–—-"), found["aside"].strip()
        if not label:
            label, aside = aside, ""
    if label.endswith(".") and "." not in label[:-1] and " " not in label:
        label = label[:-1]
    return label, aside


def key(label: str) -> str:
    """Return what two spellings of one label share: « MAËLLE », « Maëlle » and « maelle. » are one voice."""
    return " ".join(re.findall(r"\w+", fold(label).replace("_", " ")))


@lru_cache(maxsize=65536)
def weigh(label: str) -> int | None:
    """Return what the look of `label` is worth, 0 (a word in lower case) to 3 (a word that tells a role); None when it is no label."""
    parts = label.split()
    if not parts or len(label) > 45 or len(parts) > 6 or not label[0].isalpha() or _ELIDED.match(label):
        return None if not _elided_person(label) else 2
    if (told := _by_role(parts, label)) is not None:
        return told
    if fold(parts[0]).strip(".,") in _never():
        return None
    if _CODE.fullmatch(label):
        return 2
    if _TITLE.fullmatch(parts[0]) and len(parts) > 1 and _capitals(parts[1:]):
        return 2
    if _capitals(parts):
        return _name(parts)
    return 0 if len(parts) <= 2 and "," not in label and all(part.replace("-", "").isalpha() for part in parts) else None


def _elided_person(label: str) -> bool:
    return len(label) <= 45 and label[:2].lower() in ("l'", "l’") and role_word(label[2:].split()[0] if label[2:].split() else "") is not None


def _by_role(parts: list[str], label: str) -> int | None:
    first = parts[0]
    if _ARTICLE.fullmatch(first) and len(parts) > 1:
        noun = next((part for part in parts[1:3] if role_word(part)), None)
        return 2 if noun and "," not in label else None
    if role_word(first) and (len(parts) == 1 or parts[1][:1].isdigit() or parts[1][:1].isupper() or role_word(parts[1]) or len(parts) <= 4):
        plain = len(parts) == 1 or parts[1][:1].isdigit() or parts[1][:1].isupper()
        return 3 if plain else 1
    return None


def _capitals(parts: list[str]) -> bool:
    return bool(_CAPITAL.fullmatch(parts[0])) and all(_CAPITAL.fullmatch(part) or fold(part).strip("'") in _PARTICLES for part in parts)


def _name(parts: list[str]) -> int:
    first = fold(parts[0])
    if first in _first_names() or first.split("-")[0] in _first_names():
        return 2
    if all(part.isupper() for part in parts if len(part) > 1):
        return 1
    return -1 if first in words("common_words") or _NOUN.search(first) else 1


@cache
def _never() -> frozenset[str]:
    return words("voice_never")


@cache
def _first_names() -> frozenset[str]:
    return words("first_names")
