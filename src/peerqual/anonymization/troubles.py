"""The grammar of « trouble(s) »: how the name of a disorder is replaced without falsifying who speaks how about whom.

A noun is replaced by « trouble », and its phrase agrees. An adjective or a noun for a person is a way of saying who one is: it is put between
brackets and its sentence stays (styles: see `STYLES`). « Trouble » is the generic name of the study whose analysis peerqual replays (STUDY.md).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..language import lexicons
from ..language.fold import fold
from . import grammar
from .agreement import Noun, agree_after, fit
from .grammar import like
from .phrase import Before, look_back

STYLES = ("study", "fluent", "literal", "bracket")
_HEADED = re.compile(
    r"\btroubles?(?:\s+(?:mental|mentaux|psychique|psychiques|psy|dits?|chroniques?|severes?|graves?|legers?))*"
    r"\s+(?:(?:de la|de|du|des)\s+|d'|de l')?(?:type\s+)?$"
)
_TYPE = re.compile(r"\s+(?:de\s+)?type\s+(?:[12]|i{1,2}|un|deux)\b")
_AND = re.compile(r"\s*(?:,|/|\bet\b|\bou\b)\s*")
_EPISODES = frozenset("episode phase acce acces virage decompensation etat".split())
_DEGREES = frozenset("severe profonde chronique majeure mineure legere moderee grave aigue recurrente resistante passagere latente".split())
_NOUN_ENDINGS = ("ie", "ose", "te", "isme", "ion", "ia", "out", "ence", "ome")
_MASCULINE_HEADS = ("isme", "syndrome", "spectre", "stress", "out", "me")


class Replacement(NamedTuple):
    """What an edit writes from `start` to `end`, and the `core` that stands for the mention itself."""

    start: int
    end: int
    text: str
    core: str


@cache
def _kinds() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for form, kind, *_ in lexicons.rows("disorders"):
        kinds.setdefault(fold(form), kind)
    kinds.update({fold(form): kind for form, kind in lexicons.rows("disorder_nouns")})
    return kinds


def kind(form: str) -> str:
    """Return "noun", "acronym", "quality" (noun that is also said of persons), "adj", "clip" or "after_trouble" for the name of a disorder."""
    known = known_kind(form)
    if known:
        return known
    return "noun" if fold(form).removesuffix("s").endswith(_NOUN_ENDINGS) else "adj"


def known_kind(form: str) -> str:
    """Return what the lexicon says of `form`, or ""."""
    folded = fold(form)
    return _kinds().get(folded) or _kinds().get(folded.removesuffix("s"), "")


@cache
def _families() -> tuple[tuple[str, str], ...]:
    rows = [(beginning, family) for beginning, family in lexicons.rows("disorder_families")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def family(form: str) -> str:
    """Return what forms of one disorder have in common: « schizo » and « schizophrénie » give the same string."""
    folded = fold(form).replace("-", " ")
    for beginning, name in _families():
        if folded.startswith(beginning.replace("-", " ")):
            return name
    return folded[:5]


def swallows(text: str, start: int, end: int, next_start: int, next_end: int) -> bool:
    """Tell whether the disorder named first takes in the one named next: « schizophrénie paranoïde », « trouble anxieux et dépressif »."""
    gap = text[end:next_start]
    following = kind(text[next_start:next_end])
    if gap in (" ", "-", "\u00a0"):
        return following in ("adj", "after_trouble") or kind(text[start:end]) in ("adj", "clip", "after_trouble")
    return following in ("adj", "after_trouble") and _AND.fullmatch(gap) is not None and headed(text, start) is not None


def headed(text: str, start: int, floor: int = 0) -> tuple[int, int] | None:
    """Return the span of « trouble(s) », with what qualifies it, when the word right before `start` makes it one name with what follows."""
    base = max(floor, start - 60)
    hit = _HEADED.search(fold(text[base:start]))
    if hit is None:
        return None
    words = re.sub(r"(?:\b(?:de la|de|du|des|type)\s+|\bd'|\bde l')+$", "", fold(hit[0])).rstrip()
    return base + hit.start(), base + hit.start() + len(words)


def replace(text: str, start: int, end: int, style: str, *, number: int = 0, floor: int = 0, limit: int | None = None) -> Replacement:
    """Replace the name of a disorder at ``[start, end)`` of `text` in `style`; nothing before `floor` or after `limit` is touched.

    `number` > 0 tells it apart from the other disorders of the same person.
    """
    limit = len(text) if limit is None else limit
    start, end = _naming(text, start, end)
    form = text[start:end]
    end = _with_type(text, end, limit)
    mark = f" {number}" if number else ""
    head = headed(text, start, floor)
    if head is not None:
        return _keep_head(text, head, end, style, mark)
    before = look_back(text, start, floor)
    if _says_who(text, form, before):
        if style == "fluent":
            from .fluent import rewrite

            fluent = rewrite(text, before, start, end, mark, floor)
            if fluent is not None:
                return fluent
        core = f"trouble(s){mark}" if style == "literal" else f"[trouble{mark}]"
        at, prefix = fit(before, Noun(core))
        return Replacement(at, end, prefix + core, core)
    many = before.plural or _is_plural(form)
    core = {"literal": "trouble(s)", "bracket": f"[trouble{mark}]"}.get(style, "troubles" if many else "trouble")
    core = core if style == "bracket" else _cased(text, form, before, core) + mark
    at, prefix = fit(before, Noun(core, "m", many))
    reach, after = (end, "")
    if before.feminine or ((before.determiner is None or before.determiner.lower not in ("un", "le", "mon", "ce")) and is_feminine(form)):
        reach, after = agree_after(text, end, limit)
    return Replacement(at, reach, prefix + core + after, core)


def _keep_head(text: str, head: tuple[int, int], end: int, style: str, mark: str) -> Replacement:
    start, stop = head
    word = re.match(r"\w+", text[start:stop])
    assert word is not None
    rest = text[start + word.end() : stop]
    core = {"literal": "trouble(s)", "bracket": f"[trouble{mark}]"}.get(style, word[0])
    if style == "bracket":
        return Replacement(start, end, core + rest, core)
    return Replacement(start, end, (like(word[0], core) if style == "literal" else core) + mark + rest, core + mark)


def _naming(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the part of ``[start, end)`` that names: an « épisode » or a « phase » stays one, and a degree stays said (« dépression sévère »)."""
    words = list(re.finditer(r"\S+", text[start:end]))
    if len(words) > 1 and fold(words[0][0]) in ("trouble", "troubles"):
        return start + words[1].start(), end
    episode = len(words) > 1 and fold(words[0][0]).removesuffix("s") in _EPISODES and known_kind(text[start:end]) != "quality"
    if episode and known_kind(words[-1][0]) in ("adj", "after_trouble"):
        return start + words[1].start(), end
    if len(words) == 2 and fold(words[1][0]).removesuffix("s") in _DEGREES:
        return start, start + words[0].end()
    return start, end


def _with_type(text: str, end: int, limit: int) -> int:
    hit = _TYPE.match(fold(text[end : min(limit, end + 20)]))
    return end + hit.end() if hit else end


@cache
def _persons() -> frozenset[str]:
    return frozenset(lexicons.lexicon("grammar_persons"))


@cache
def _to_be() -> frozenset[str]:
    return frozenset(form for form, *_ in lexicons.rows("grammar_predicates"))


def _says_who(text: str, form: str, before: Before) -> bool:
    """Tell whether the name says who somebody is (an adjective, a noun for a person) and not what somebody has."""
    grammar_kind = kind(form)
    if grammar_kind in ("adj", "clip", "after_trouble"):
        return True
    if grammar_kind not in ("quality", "acronym") or before.determiner is not None:
        return False
    words = [token.lower for token in (*before.words, *before.modifiers)]
    while words and (
        grammar.is_adverb(words[-1]) or words[-1] in ("pas", "jamais", "diagnostiqué", "diagnostiquée") or words[-1] in grammar.hesitations()
    ):
        if words[-1].startswith("diagnostiqu"):
            return True
        del words[-1]
    return bool(words) and (words[-1] in _persons() or words[-1] in _to_be()) and words[-2:-1] != ["c"]


def _is_plural(form: str) -> bool:
    folded = fold(form)
    if not folded.split()[0].endswith("s") or form in ("TOCS", "TOCs"):
        return form in ("TOCS", "TOCs")
    alone = " " not in folded
    return not (alone and (folded in _kinds() and folded[:-1] not in _kinds())) and not folded.startswith(("acces ", "stress"))


def is_feminine(form: str) -> bool:
    """Tell whether the noun for a disorder is feminine, by the ending of its first word; acronyms are not."""
    word = fold(form).split()[0].removesuffix("s")
    if kind(form) in ("acronym", "quality") or word.endswith(_MASCULINE_HEADS):
        return False
    return word.endswith(("ie", "ose", "te", "ion", "ia", "ence", "ee", "phase", "crise", "perversion", "conduite", "maladie"))


def _cased(text: str, form: str, before: Before, word: str) -> str:
    """Give « trouble » the case of `form`; an acronym has the case of its place in the sentence."""
    shown = kind(form) in ("acronym", "quality") or form in ("TOC", "TOCs", "TOCS")
    if not shown:
        return like(form, word)
    first = before.determiner is None and not before.modifiers and re.search(r"(?:^|[.!?…\n])\s*$", text[max(0, before.start - 3) : before.start])
    return like("Xx", word) if first and before.last is None else word
