"""The small language of `concordance`: words, phrases, lemmas and codes, joined by AND, OR, NOT and NEAR.

========================  ===========================================================================================
``espoir``                the word, whatever its accents, capitals, elision (« l’Espoir »); ``aid*`` all that begins so
``"plus d'espoir"``       words in a row, punctuation between them or not
``lemma:croire``          every form of the word (``lemme:``)
``code:espoir``           the passages that carry the code or a child of it
``a AND b``, ``a b``      both in the same unit (``ET``)
``a OR b``                one or the other (``OU``)
``NOT a``                 units without it (``SAUF``, ``NON``); beside something that is looked for
``a NEAR/5 b``            at most 5 words between them, in either order; without a number 10 (``PRES/5``)
``( … )``                 groups
========================  ===========================================================================================

NEAR binds first, then NOT, then AND, then OR. Operators are written in capitals: « et », « ou » are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peerqual.errors import PeerqualError
from peerqual.language.fold import fold

NEAR = 10  # words, where no number is given
_OPERATORS = {"AND": "and", "ET": "and", "OR": "or", "OU": "or", "NOT": "not", "SAUF": "not", "NON": "not"}
_NEAR = re.compile(r"(?:NEAR|PR[EÈ]S)(?:/(\d+))?\Z")
_PIECE = re.compile(r'\s*(?:([()])|(?:(lemma|lemme|code):)?(?:["“”«]\s*([^"“”«»]*?)\s*["“”»]|([^\s()"“”«»]+)))')


@dataclass(frozen=True, slots=True)
class Term:
    """Something to look for: `kind` is "words" (one or several in a row), "lemma" or "code"; `text` as written."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Both:
    """Units where all of `parts` hold."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Units where one of `parts` holds."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Units where `part` does not hold."""

    part: Query


@dataclass(frozen=True, slots=True)
class Near:
    """Places of `first` and `second` with at most `words` words between them."""

    first: Query
    second: Query
    words: int


Query = Term | Both | Either | Without | Near
_Token = tuple[str, str]  # kind, text


def parse(text: str) -> Query:
    """Return the query that `text` says.

    Raises:
        PeerqualError: nothing to look for, a bracket or quote without its other half, an operator without what it joins, only NOT.

    >>> parse('envie NEAR/3 "au groupe"')
    Near(first=Term(kind='words', text='envie'), second=Term(kind='words', text='au groupe'), words=3)
    """
    tokens = [*_tokens(text), ("end", "")]
    query, at = _either(tokens, 0)
    if tokens[at][0] != "end":
        raise PeerqualError("analysis.query_bracket", text)
    if not _has_place(query):
        raise PeerqualError("analysis.query_only_not", text)
    return query


def terms(query: Query) -> Iterator[Term]:
    """Yield all terms of `query`."""
    match query:
        case Term():
            yield query
        case Both(parts) | Either(parts):
            for part in parts:
                yield from terms(part)
        case Without(part):
            yield from terms(part)
        case Near(first, second):
            yield from terms(first)
            yield from terms(second)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while text[at:].strip():
        found = _PIECE.match(text, at)
        if found is None:
            raise PeerqualError("analysis.query_quote", text)
        bracket, kind, phrase, word = found.groups()
        at = found.end()
        if bracket:
            yield bracket, bracket
            continue
        kind = "lemma" if kind in ("lemma", "lemme") else kind or "words"
        if kind == "words" and word and (word in _OPERATORS or _NEAR.match(word)):
            near = _NEAR.match(word)
            yield (_OPERATORS[word], word) if near is None else ("near", near[1] or str(NEAR))
            continue
        said = phrase if word is None else word
        if not re.search(r"\w", said or "") or said in ("lemma:", "lemme:", "code:"):
            raise PeerqualError("analysis.query_empty", text)
        yield kind, said


def _either(tokens: list[_Token], at: int) -> tuple[Query, int]:
    parts, at = _list(tokens, at, "or", _both)
    return (parts[0] if len(parts) == 1 else Either(tuple(parts))), at


def _both(tokens: list[_Token], at: int) -> tuple[Query, int]:
    part, at = _without(tokens, at)
    parts = [part]
    while tokens[at][0] not in ("or", ")", "end", "near"):
        part, at = _without(tokens, at + (tokens[at][0] == "and"))
        parts.append(part)
    return (parts[0] if len(parts) == 1 else Both(tuple(parts))), at


def _without(tokens: list[_Token], at: int) -> tuple[Query, int]:
    if tokens[at][0] == "not":
        part, at = _without(tokens, at + 1)
        return Without(part), at
    first, at = _atom(tokens, at)
    while tokens[at][0] == "near":
        words = int(tokens[at][1])
        second, at = _atom(tokens, at + 1)
        first = Near(first, second, words)
    return first, at


def _atom(tokens: list[_Token], at: int) -> tuple[Query, int]:
    kind, text = tokens[at]
    if kind == "(":
        query, at = _either(tokens, at + 1)
        if tokens[at][0] != ")":
            raise PeerqualError("analysis.query_bracket", " ".join(text for _, text in tokens).strip())
        return query, at + 1
    if kind not in ("words", "lemma", "code"):
        raise PeerqualError("analysis.query_operator", " ".join(text for _, text in tokens).strip())
    return Term(kind, text), at + 1


def _list(tokens: list[_Token], at: int, joint: str, inner) -> tuple[list[Query], int]:  # type: ignore[no-untyped-def]
    part, at = inner(tokens, at)
    parts = [part]
    while tokens[at][0] == joint:
        part, at = inner(tokens, at + 1)
        parts.append(part)
    return parts, at


def _has_place(query: Query) -> bool:
    match query:
        case Both(parts):
            return any(map(_has_place, parts))
        case Either(parts):
            return all(map(_has_place, parts))
        case Without():
            return False
        case Near(first, second):
            return _has_place(first) and _has_place(second)
    return True


def words_pattern(text: str) -> str:
    """Return the regular expression that finds the words of `text` in a row in a folded text.

    >>> bool(re.search(words_pattern("Plus d’espoir"), fold("J'ai plus d'espoir.")))
    True
    """
    words = re.findall(r"[\w\u0300-\u036f]+\*?", fold(text))
    return r"(?<!\w)" + r"\W+".join(_word(word) for word in words) + r"(?!\w)"


def _word(word: str) -> str:
    # Accents that stand as characters of their own are read over; « œ » is « oe ».
    letters = re.sub(r"[\u0300-\u036f]", "", word.removesuffix("*")).replace("œ", "oe")
    made = re.sub(r"oe|[aceinouy]", lambda hit: r"(?:oe|œ)" if hit[0] == "oe" else hit[0] + r"[\u0300-\u036f]*", letters)
    return made + (r"\w*" if word.endswith("*") else "")
