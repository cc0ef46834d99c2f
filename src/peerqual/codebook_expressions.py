"""Expressions of a codebook: ``donner|rendre de? l'espoir``, ``aid* … autres``. What they mean is told in `parse`."""

from __future__ import annotations

from dataclasses import dataclass

GAP = "…"
GAP_TOKENS = 3  # a gap is 0 to this many tokens


@dataclass(frozen=True, slots=True)
class FieldRef:
    """``{field: NAME}`` (or ``{champ: NAME}``): any expression of the field `name`, of the codebook or else of the package."""

    name: str


Expression = str | FieldRef


@dataclass(frozen=True, slots=True)
class Word:
    """One place of an expression: `choices` are ``(word, is_prefix)``; `gap` when 0–3 tokens may stand before it."""

    choices: tuple[tuple[str, bool], ...]
    optional: bool = False
    gap: bool = False


class BadExpression(ValueError):
    """An expression that breaks the rules below; its only argument is the end of a message's key (``codebook.bad_…``)."""


def parse(expression: str) -> tuple[Word, ...]:
    """Return the words of `expression`, which stand one after the other.

    ``a|b`` alternatives, ``aid*`` a prefix, a trailing ``?`` makes a word optional, `` … `` (or ``...``) a gap of 0–3 tokens.
    Raises `BadExpression`: an empty alternative, ``*`` not at the end of two letters or more, a gap at an edge, no word that must stand.

    >>> parse("donner|rendre … espoir")[1]
    Word(choices=(('espoir', False),), optional=False, gap=True)
    """
    words: list[Word] = []
    gap = False
    for item in expression.split():
        if item in (GAP, "..."):
            if gap or not words:
                raise BadExpression("gap")
            gap = True
            continue
        optional = item.endswith("?")
        choices = tuple(_choice(choice) for choice in item.removesuffix("?").split("|"))
        words.append(Word(choices, optional, gap))
        gap = False
    if gap:
        raise BadExpression("gap")
    if all(word.optional for word in words):
        raise BadExpression("nothing")
    return tuple(words)


def _choice(text: str) -> tuple[str, bool]:
    word = text.removesuffix("*")
    if not word or "?" in word:
        raise BadExpression("alternative")
    if "*" in word or (word != text and len(word) < 2):
        raise BadExpression("prefix")
    return word, word != text
