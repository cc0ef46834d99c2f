"""What a sentence names of the slots of ``variables.yaml``: its subject, the act, for whom. The longest expression wins over those inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from peerqual.codebook_expressions import GAP_TOKENS, Expression, FieldRef, Word, parse
from peerqual.coding.program import key
from peerqual.coding.words import lemmas, tokenize

Name = tuple[str, str]  # a slot and one of its values


class Named(NamedTuple):
    """A value of a slot, and the words that name it: tokens ``[start, end)`` of the sentence."""

    slot: str
    value: str
    start: int
    end: int


class Namer:
    """Find the values of slots in sentences.

    `expressions`: those of each ``(slot, value)``, in the notation of a codebook's rules, with its `fields`.

    Unlike a rule of a codebook it sees proper names: who coordinates a place is often called by name.

    >>> namer = Namer({("what", "group"): ["groupe"], ("what", "house"): ["maison des usagers", "maison"], ("act", "go"): ["aller|monter"]}, {})
    >>> _, found = namer.read("Je suis allée à la Maison des usagers.")
    >>> [(one.value, one.start, one.end) for one in found]
    [('go', 2, 3), ('house', 5, 8)]
    """

    def __init__(self, expressions: Mapping[Name, Sequence[Expression]], fields: Mapping[str, Sequence[Expression]]) -> None:
        self._by_first: dict[str, list[tuple[Name, tuple[Word, ...]]]] = {}
        self._loose: list[tuple[Name, tuple[Word, ...]]] = []  # those whose first word is a prefix or optional
        for name, many in expressions.items():
            for text in _spelt_out(many, fields):
                words = _cut(parse(text))
                firsts = [word for word, prefix in words[0].choices if not prefix]
                if words[0].optional or len(firsts) < len(words[0].choices):
                    self._loose.append((name, words))
                    continue
                for first in firsts:
                    self._by_first.setdefault(first, []).append((name, words))

    def __bool__(self) -> bool:
        return bool(self._by_first or self._loose)

    def read(self, text: str) -> tuple[tuple[str, ...], list[Named]]:
        """Return the tokens of the sentence `text`, and what they name in the order of where it stands."""
        tokens = tokenize(text)
        forms = [frozenset({key(token), *map(key, lemmas(token))}) for token in tokens]
        found = set()
        for i, here in enumerate(forms):
            for name, words in (*(one for form in sorted(here) for one in self._by_first.get(form, ())), *self._loose):
                end = _end(words, forms, i)
                if end > i:
                    found.add(Named(*name, i, end))
        return tokens, sorted((one for one in found if not any(_inside(one, other) for other in found)), key=lambda one: (one.start, one))


def _spelt_out(expressions: Iterable[Expression], fields: Mapping[str, Sequence[Expression]]) -> Iterator[str]:
    for one in expressions:
        if isinstance(one, FieldRef):
            yield from _spelt_out(fields[one.name], fields)
        else:
            yield one


def _cut(words: Iterable[Word]) -> tuple[Word, ...]:
    # Words as the tokenizer leaves them: of « l'entraide » the elision is a word of its own.
    made: list[Word] = []
    for word in words:
        text, prefix = word.choices[0]
        if len(word.choices) == 1 and not prefix and not text.endswith("'") and len(parts := tokenize(text)) > 1:
            made += [Word(((key(part), False),), gap=word.gap and not i) for i, part in enumerate(parts)]
        else:
            made.append(Word(tuple((key(choice), begins) for choice, begins in word.choices), word.optional, word.gap))
    return tuple(made)


def _end(words: Sequence[Word], forms: Sequence[frozenset[str]], at: int) -> int:
    # Where `words` end that begin at `at`; -1 where they do not stand there.
    if not words:
        return at
    first, rest = words[0], words[1:]
    for skip in range(GAP_TOKENS + 1 if first.gap else 1):
        if at + skip < len(forms) and _is(first, forms[at + skip]):
            end = _end(rest, forms, at + skip + 1)
            if end >= 0:
                return end
    return _end(rest, forms, at) if first.optional else -1


def _is(word: Word, forms: frozenset[str]) -> bool:
    return any(choice in forms or (prefix and any(form.startswith(choice) for form in forms)) for choice, prefix in word.choices)


def _inside(one: Named, other: Named) -> bool:
    return one.slot == other.slot and other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start
