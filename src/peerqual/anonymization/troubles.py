"""The grammar of « trouble(s) »: how the name of a disorder is replaced without falsifying who speaks how about whom.

A noun is replaced by « trouble », and its phrase agrees. An adjective or a noun for a person is a way of saying who one is: it is put between
brackets and its sentence stays (styles: see `STYLES`). « Trouble » is the generic name of the study whose analysis peerqual replays (STUDY.md).
"""

from __future__ import annotations

import re

from ..language.fold import fold
from . import grammar
from .agreement import Noun, agree_after, fit
from .dislocation import announced
from .distance import doubtful, further
from .fluent import rewrite
from .forms import Replacement, is_feminine, is_plural, kind, known_kind, persons, predicates
from .grammar import like
from .phrase import Before, look_back

STYLES = ("study", "fluent", "literal", "bracket")
_HEADED = re.compile(
    r"\btroubles?(?:\s+(?:mental|mentaux|psychique|psychiques|psy|dits?|chroniques?|severes?|graves?|legers?))*"
    r"\s+(?:(?:de la|de|du|des)\s+|d'|de l')?(?:type\s+)?$"
)
_POINTED = re.compile(r"(?:-(?:là|la|ci)\b)?(\s+elles?-mêmes?\b)?")
_TYPE = re.compile(r"\s+(?:de\s+)?type\s+(?:[12]|i{1,2}|un|deux)\b")
_INCLUSIVE = re.compile(r"(?:[·•.-](?:e|ve|se|ne|trice)s?\b|[·•]s\b)+(?:[·•.-]s\b)?|\((?:e|ve|se|ne)\)s?")
_REACTION = re.compile(r"réactionnelles? (?:à|au|aux)\b", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|/|\bet\b|\bou\b)\s*")
_EPONYMS = frozenset("alzheimer parkinson korsakoff asperger gilles tourette x".split())
_EPISODES = frozenset("episode phase acce acces virage decompensation etat".split())
_DEGREES = frozenset("severe profonde chronique majeure mineure legere moderee grave aigue recurrente resistante passagere latente".split())


def swallows(text: str, start: int, end: int, next_start: int, next_end: int) -> bool:
    """Tell whether the disorder named first takes in the one named next: « schizophrénie paranoïde », « trouble anxieux et dépressif »."""
    gap = text[end:next_start]
    following = kind(text[next_start:next_end])
    if gap in (" ", "-", "\u00a0"):
        return following in ("adj", "after_trouble") or kind(text[start:end]) in ("adj", "clip", "after_trouble")
    if gap == " de type ":
        return following == "adj"
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
    if _says_who(form, before):
        fluent = rewrite(text, before, start, end, mark, floor) if style == "fluent" else None
        if fluent is not None:
            return fluent
        core = f"trouble(s){mark}" if style == "literal" else f"[trouble{mark}]"
        at, prefix = fit(before, Noun(core))
        return Replacement(at, end, prefix + core, core)
    many = before.plural or is_plural(form) or (form.isupper() and _is_counted(before))
    core = {"literal": "trouble(s)", "bracket": f"[trouble{mark}]"}.get(style, "troubles" if many else "trouble")
    core = core if style == "bracket" else _cased(text, form, before, core) + mark
    at, prefix = fit(before, Noun(core, "m", many))
    if before.feminine or (not before.says_masculine(form) and is_feminine(form)):
        reach, after, read = agree_after(text, end, limit)
        pointed = _POINTED.match(text, read, limit)
        read = pointed.end() if pointed else read
        itself = ((*pointed.span(1), " eux-mêmes" if pointed[1].endswith("s") else " lui-même"),) if pointed and pointed[1] else ()
        changes = (*announced(text, before, read, floor), *itself, *further(text, before, read, limit))
        return Replacement(at, reach, prefix + core + after, core, changes, doubtful(text, reach, changes))
    return Replacement(at, end, prefix + core, core)


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
    if episode and words[1][0].lower() not in ("de", "d'", "d’"):
        return start + words[1].start(), end
    if (
        len(words) == 2
        and kind(words[0][0]) == "noun"
        and (fold(words[1][0]).removesuffix("s") in _DEGREES or _REACTION.match(text, start + words[1].start()))
    ):
        return start, start + words[0].end()
    return start, end


def _with_type(text: str, end: int, limit: int) -> int:
    """Return where the name ends with its type (« type 2 ») or with its inclusive ending (« dépressif·ves »)."""
    inclusive = _INCLUSIVE.match(text, end, limit)
    if inclusive:
        return inclusive.end()
    hit = _TYPE.match(fold(text[end : min(limit, end + 20)]))
    return end + hit.end() if hit else end


def _says_who(form: str, before: Before) -> bool:
    """Tell whether the name says who somebody is (an adjective, a noun for a person) and not what somebody has."""
    sort = kind(form)
    if sort not in ("quality", "acronym"):
        return sort != "noun"
    if before.determiner is not None:
        return False
    words = [token.lower for token in (*before.words, *before.modifiers)]
    while words and (grammar.is_adverb(words[-1]) or words[-1] in ("pas", "jamais") or words[-1] in grammar.hesitations()):
        del words[-1]
    who = bool(words) and (words[-1] in persons() or words[-1] in predicates() or words[-1].startswith("diagnostiqu"))
    return who and words[-2:-1] != ["c"]


def _is_counted(before: Before) -> bool:
    """Tell whether a quantity stands before: « beaucoup de TOC »."""
    words = [token.lower for token in before.words]
    return words[-1:] in (["de"], ["d"]) and words[-2:-1] in (["beaucoup"], ["plein"], ["mal"], ["tant"], ["trop"], ["combien"], ["peu"], ["plus"])


def _cased(text: str, form: str, before: Before, word: str) -> str:
    """Give « trouble » the case of `form`; an acronym or a name (« Alzheimer ») has the case of its place in the sentence."""
    named = kind(form) in ("acronym", "quality") or fold(form).split()[0] in _EPONYMS or form[:3].isupper()
    if not named or (form.isupper() and len(form) > 5 and known_kind(form) != "acronym"):
        return like(form, word)
    first = before.determiner is None and not before.modifiers and re.search(r"(?:^|[.!?…\n])\s*$", text[max(0, before.start - 3) : before.start])
    return like("Xx", word) if first and before.last is None else word
