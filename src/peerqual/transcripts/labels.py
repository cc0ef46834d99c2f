"""The grammar of speaker labels: what at the beginning of a line could name who speaks, in which form, and how much its look is worth.

Nothing is decided here: « Donc : » and « Maëlle : » look alike on one line; `voices` weighs the whole file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ..language.fold import fold
from ..language.lexicons import rows, words
from .header import is_header_key
from .roles import role_word, several
from .timecodes import ANYWHERE, LEADING, NO_TIMES, Times, times

HEAD = 160  # a label, its aside and its time code stand within so many characters of a line's beginning
_BLANK = " \t\u00a0\u202f\u2009"

_LEAD = re.compile(rf"[{_BLANK}]*(?:>{{1,3}}[{_BLANK}]*|•[{_BLANK}]*|\#{{1,6}}[{_BLANK}]+|\d{{1,5}}[.)]?[{_BLANK}]+(?=[^\W\d_]))?")
_DASH = re.compile(rf"(?:[-–—―][{_BLANK}]*|\*[{_BLANK}]+)(?=\S)")
_AFTER_TIME = re.compile(rf"[{_BLANK}]*(?:[-–—|:][{_BLANK}]+)?")
_COLON = re.compile(r"(?P<label>[^:：?!;\"«»“”…]{1,70})[:：](?!//)(?P<marks>[*_]{0,3})")
_LONG_DASH = re.compile(rf"(?P<label>[^:：?!;,\"«»“”…–—]{{1,50}}?)(?:[{_BLANK}]+[–—-]|(?<=\.)[–—-])[{_BLANK}]*(?=\S)")
_DOT = re.compile(rf"(?P<label>[^\W\d_]{{1,7}}[{_BLANK}]?\d{{0,2}})\.[{_BLANK}]+(?=\S)")
_TAB = re.compile(rf"(?P<label>[^:：?!;,\"«»“”…\t]{{1,40}}?)(?:[{_BLANK}]*\t[{_BLANK}]*|[{_BLANK}]{{3,}})(?=\S)")
_BRACKET = re.compile(rf"[\[<](?P<label>[^\[\]<>:?!]{{1,40}})[\]>][{_BLANK}]*")
_ALONE = re.compile(rf"(?P<label>[^:：?!;\"«»“”…]{{1,60}}?)[{_BLANK}]*$")
FORMS = (("colon", _COLON), ("bracket", _BRACKET), ("tab", _TAB), ("dash", _LONG_DASH), ("dot", _DOT), ("alone", _ALONE))

_TRAILING_CLOCK = re.compile(rf"(?<=[{_BLANK}])\d{{1,3}}:\d{{2}}(?=[{_BLANK}]*$)")

_ASIDE = re.compile(r"(?P<base>[^()\[\]]*)[(\[](?P<aside>[^()\[\]]*)[)\]]\s*")
_ARTICLES = frozenset("un une le la les des l autre autres deux trois plusieurs jeune jeunes vieux vieille".split())
_TITLES = frozenset("dr docteur pr professeur professeure mme madame mlle mademoiselle m mr monsieur me maitre soeur pere".split())
_PARTICLES = frozenset("de du des d la le les van von der den di da dos el al ben bin et & +".split())
_SIGNS = "/&+,"  # between voices that speak together
_LINKS = frozenset("de du des d au aux en a dans avec et sur non".split())
# Endings of nouns that open a remark (« Explication : », « Difficulté : ») rather than name a person.
_NOUN = re.compile(r"(?:tion|sion|ments?|ite|ete|isme|ence|ance|tude|iques?|ages?)s?$")
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|lorsqu|jusqu|puisqu)'(?P<rest>.+)")


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


def _candidates(rest: str, offset: int, whole: bool, line: int, when: Times) -> Iterator[Candidate]:
    # A time code inside the label (« Maëlle (00:12) : ») would be cut at its colon: it is blanked, at equal length.
    clock = ANYWHERE.search(rest) or (_TRAILING_CLOCK.search(rest) if whole else None)
    masked = rest[: clock.start()] + " " * len(clock[0]) + rest[clock.end() :] if clock else rest
    body = masked.lstrip("*_")
    shift, blanks = len(masked) - len(body), _BLANK + ("*_" if body is not masked else "")
    for form, pattern in FORMS if whole else FORMS[:-1]:
        found = pattern.match(body)
        if found is None:
            continue
        label, aside = clean(found["label"])
        weight = weigh(label)
        if weight is None or (form == "dot" and fold(label) in words("abbreviations")):
            continue
        end = shift + found.end()
        end += len(rest[end:]) - len(rest[end:].lstrip(blanks))
        mine = times(clock[0]) if clock and clock.start() < end else when
        yield Candidate(line, form, label, aside, offset + end, mine, weight)


def clean(raw: str) -> tuple[str, str]:
    """Return a label without marks, brackets and final dot, and what stood in the brackets.

    >>> clean("**Maëlle (en riant)** ")
    ('Maëlle', 'en riant')
    """
    label, aside = " ".join(raw.split()).strip("*_ ,–—-"), ""
    if found := _ASIDE.fullmatch(label):
        label, aside = found["base"].strip("*_ ,–—-"), found["aside"].strip()
        label, aside = (label, aside) if label else (aside, "")
    if label.endswith(".") and "." not in label[:-1] and " " not in label:
        label = label[:-1]
    return label, aside


@lru_cache(maxsize=65536)
def key(label: str) -> str:
    """Return what two spellings of one label share: « MAËLLE », « Maëlle » and « maelle. » are one voice, « A/B » and « AB » are not."""
    if parts := several(label):
        return "/".join(sorted(map(key, parts)))
    return re.sub(r"[\W_]+", "", fold(unicodedata.normalize("NFC", label)))


@lru_cache(maxsize=65536)
def weigh(label: str) -> int | None:
    """Return what the look of `label` is worth as the name of a voice; None when it cannot be one.

    3: a word that tells a role (« Enquêtrice », « P3 »); 2: a person (« Une femme », « Dr X. », a known first name) or a code (« YH », « E1 »);
    1: capitalised words; 0: one or two words in lower case, or voices together (« A/B »); -1: capitalised, but an ordinary word (« Difficulté »).
    """
    label = unicodedata.normalize("NFC", label)
    if any(sign in label for sign in _SIGNS) and (together := several(label)):
        return 0 if all((weigh(part) or 0) > 0 for part in together) else None
    parts = label.split()
    folded = [_bare(part) for part in parts]
    if not parts or len(label) > 45 or len(parts) > 6 or not label[0].isalpha() or _is_sentence(parts, folded):
        return None
    if (role := _as_role(parts, folded)) is not None:
        return role
    if is_header_key(label):
        return None
    if _is_code(label) or (folded[0] in _TITLES and _capitals(parts[1:])):
        return 0 if len(folded[0]) > 1 and folded[0] in _never()[0] else 2  # « PS : » may be initials, if it comes back
    if _capitals(parts):
        return _as_name(parts, folded[0])
    return 0 if len(parts) <= 2 and label == label.lower() and all(part.replace("-", "").isalpha() for part in parts) else None


def _bare(part: str) -> str:
    return fold(part).strip(".,-'")


def _is_sentence(parts: list[str], folded: list[str]) -> bool:
    """Tell whether the words are those of a sentence (« il m'a dit », « Maëlle répond », « Et là »)."""
    never, anywhere = _never()
    initials = len(parts) == 1 and len(folded[0]) <= 2 and parts[0].isupper()
    if (folded[0] in never and not initials and folded[0] not in words("first_names")) or any(
        word in anywhere and not part[0].isupper() for part, word in zip(parts[1:], folded[1:], strict=True)
    ):
        return True
    elided = [(part, found["rest"]) for part, word in zip(parts, folded, strict=True) if (found := _ELISION.fullmatch(word))]
    # « D'Angelo », « L'infirmière » and « voix d'homme » may be voices; « J'ai » and « m'a » may not.
    return any(not (part[-len(rest) :][0].isupper() or role_word(rest)) for part, rest in elided)


def _as_role(parts: list[str], folded: list[str]) -> int | None:
    """« Enquêtrice », « P3 », « Psy Durand »; with an article or a complement, a person: « Une dame », « Mère de Lucette », « L'infirmière »."""
    at = 0
    while at < len(parts) - 1 and folded[at] in _ARTICLES:
        at += 1
    noun = folded[at].partition("'")[2] or folded[at] if folded[at][:2] == "l'" else folded[at]
    told = role_word(noun)
    if told is None:
        return None
    after, words_after = parts[at + 1 :], folded[at + 1 :]
    plain = not after or after[0][0].isdigit() or after[0][0].isupper()
    linked = plain or words_after[0].split("'")[0] in _LINKS or role_word(after[0]) or noun == "voix"
    if not linked and folded[0] not in ("un", "une"):
        return None
    role, weak = told
    sure = plain and at == 0 and noun == folded[0] and not weak
    if weak and role == "respondent" and len(noun) > 2:
        return 1  # kin: « Une amie : Josiane. » is speech as often as a label
    return 3 if sure or (at and folded[0] in ("un", "une") and (role == "other" or not weak)) else 2


def _is_code(label: str) -> bool:
    """« E1 », « YH », « J.-P. », « M. D. »."""
    letters = re.sub(r"[ ._-]?\d{1,3}$", "", label)
    letters = re.sub(r"[ .-]", "", letters)
    return 1 <= len(letters) <= 4 and letters.isalpha() and letters.isupper()


def _capitals(parts: list[str]) -> bool:
    return bool(parts) and _capital(parts[0]) and all(_capital(part) or _bare(part) in _PARTICLES for part in parts)


def _capital(part: str) -> bool:
    return part[0].isupper() and all(char.isalnum() or char in "'’.-‑·" for char in part)


def _as_name(parts: list[str], first: str) -> int:
    if first in _never()[0]:  # « Ben : » may be Benjamin, if it comes back
        return 0
    if first in words("first_names") or first.split("-")[0] in words("first_names"):
        return 2
    if all(part.isupper() for part in parts if len(part) > 1):
        return 1
    return -1 if first in words("common_words") or (len(parts) == 1 and _NOUN.search(first)) else 1


@cache
def _never() -> tuple[frozenset[str], frozenset[str]]:
    table = rows("voice_never")
    return frozenset(fold(row[0]) for row in table), frozenset(fold(row[0]) for row in table if row[1:] == ("anywhere",))
