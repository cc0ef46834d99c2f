"""Words of a transcript's frame that name nobody: keys of header lines, roles and codes of voices. The formats and our own readers write them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ...language.fold import fold
from ...language.lexicons import lexicon, words
from ...model import Span, Transcript
from .candidates import Candidate

_PART = re.compile(r"\w+")
_WORD = re.compile(r"\w+(?:[-·]\w+)*")
_LINE = re.compile(r"^[^\S\n]{0,8}(?:[-–•#>*]{1,6}[^\S\n]{0,8})?([^:=\n]{1,60}?)[^\S\n]{0,8}[:=]([^\n]*)$", re.MULTILINE)
_CODE = re.compile(r"[A-Z]{3}(?=\d{0,2}\Z)")
_PERSONS = frozenset("personne personnes participants participantes locuteurs locutrices voix presents presentes speakers".split())


def spans(transcript: Transcript) -> tuple[Span, ...]:
    """Return where words of the frame stand in `transcript`, in order.

    >>> text = "Personnes : INV (Camille, Investigator)\\nINV : Bonjour."
    >>> [text[a:b] for a, b in spans(Transcript("d", text))]
    ['Personnes', 'INV', 'Investigator']
    """
    return tuple(sorted({*_in_header(transcript), *_in_labels(transcript)}))


def outside(candidates: Iterable[Candidate], text: str, spans: Sequence[Span]) -> Iterator[Candidate]:
    """Yield the candidates that hold a word besides those in `spans`."""
    starts = [start for start, _ in spans]
    for candidate in candidates:
        if not all(_held(word.span(), spans, starts) for word in _PART.finditer(text, candidate.start, candidate.end)):
            yield candidate


def _held(word: Span, spans: Sequence[Span], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, word[0]) - 1
    return at >= 0 and word[1] <= spans[at][1]


def _in_header(transcript: Transcript) -> Iterator[Span]:
    text, turns = transcript.text, transcript.turns
    begins = next((turn.start for turn in turns if turn.speaker), turns[0].start if turns else 0)  # lines of nobody's may stand above (.trs)
    end = text.rfind("\n", 0, begins) + 1 if turns else len(text)
    at = 0
    for line in _LINE.finditer(text, 0, end):
        key = fold(line[1]).split()
        if not turns and text[at : line.start()].strip():
            return  # the header of a document is what stands above its words
        at = line.end()
        named = key[0].strip("*_ ") in words("header_keys") if key else False
        for word in _WORD.finditer(text, *line.span(1)):
            if is_frame(word[0]) or (named and word[0].islower()):
                yield word.span()
        if key and key[0] in _PERSONS:
            yield from (word.span() for word in _WORD.finditer(text, *line.span(2)) if is_role(word[0]))


def _in_labels(transcript: Transcript) -> Iterator[Span]:
    text, at = transcript.text, 0
    for turn in transcript.turns:
        start = text.rfind(turn.speaker, at, turn.start) if turn.speaker else -1
        if start >= 0:
            stop = start + len(turn.speaker)
            yield from (word.span() for word in _WORD.finditer(text, start, stop) if is_role(word[0]) or _is_tier(word[0]))
        at = turn.end


@cache
def is_role(word: str) -> bool:
    """Tell whether `word` is a role or the code of one, with digits after it or not.

    >>> is_role("Enquêteur"), is_role("INV"), is_role("MOT2"), is_role("Target_Child"), is_role("LEA")
    (True, True, True, True, False)
    """
    code = _CODE.match(word)
    if code and code[0] in lexicon("voice_codes"):
        return True
    folded = fold(word).rstrip("_0123456789")
    if len(folded) < 2:  # « D. » may be an initial
        return False
    return folded in words("voice_roles") or folded in words("role_words") or folded in _chat_roles()


@cache
def _chat_roles() -> frozenset[str]:
    """Return the roles of CHAT, and the words in them (« Target Child »)."""
    roles = words("chat_roles")
    return roles | {part for role in roles for part in role.split("_") if len(part) > 1}


@cache
def _is_tier(word: str) -> bool:
    return (len(word) > 3 or word.islower()) and fold(word) in words("tier_names")  # « Kan » is a surname too


@cache
def is_frame(word: str) -> bool:
    """Tell whether `word` is a key of a header or a role."""
    return fold(word) in words("header_keys") or is_role(word)
