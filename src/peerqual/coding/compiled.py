"""From a codebook as it is written to a `Program`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..codebook import Codebook
from ..codebook_expressions import GAP_TOKENS, Expression, FieldRef, parse
from ..model import Rule
from .program import Atoms, Bits, Program, Ready, Step, key, union

Tokenize = Callable[[str], Iterable[str]]

_TEXT_ATTRIBUTES = (("LOWER", "form"), ("TEXT", "form"), ("ORTH", "form"), ("LEMMA", "word"))


def compile_rules(codebook: Codebook, tokenize: Tokenize) -> Program:
    """Return the rules of `codebook` as a `Program`; `tokenize` cuts a word without spaces as the texts' tokenizer does."""
    compiler = _Compiler(codebook, tokenize)
    for code in codebook.codes:
        for rule in code.rules:
            compiler.program.add_rule(compiler.ready(code.id, rule))
    return compiler.program


class _Compiler:
    def __init__(self, codebook: Codebook, tokenize: Tokenize) -> None:
        self.program = Program()
        self._codebook, self._tokenize = codebook, tokenize
        self._known: dict[tuple[str, str], int] = {}

    def ready(self, code: str, rule: Rule) -> Ready:
        given, places = rule.conditions, self._places(rule)
        return Ready(
            number=len(self.program.rules),
            code=code,
            name=f"{code}.{rule.id}",
            rule=rule,
            places=places,
            rarest=min(range(len(places)), key=lambda i: self.program.effort(places[i])),
            qualifiers=frozenset(given.get("qualifiers", ())),
            not_qualifiers=frozenset(given.get("not_qualifiers", ())),
            roles=frozenset(given.get("role", ())),
            before=self._expressions(given.get("before", ())),
            before_roles=frozenset(given.get("before_role", ())),
            section=self._expressions(given.get("section", ())),
            unless=self._expressions(given.get("unless", ())),
            within=given.get("within", 0),
            ordered=given.get("ordered", False),
            min_words=given.get("min_words", 0),
        )

    def _places(self, rule: Rule) -> tuple[Bits, ...]:
        if rule.kind == "phrase":
            return (union(1 << self._search("form", text) for text in rule.body),)
        if rule.kind == "pattern":
            return (union(1 << self.program.add_search(self._needs_of_pattern(one), pattern=one) for one in rule.body),)
        if rule.kind == "near":
            return tuple(self._expressions(place) for place in rule.body)
        return (self._expressions(rule.body),)

    def _expressions(self, expressions: Iterable[Expression]) -> Bits:
        return union(1 << self._search("word", text) for text in self._spelt_out(expressions))

    def _spelt_out(self, expressions: Iterable[Expression]) -> Iterator[str]:
        for expression in expressions:
            if isinstance(expression, FieldRef):  # a codebook without faults has no cycle of fields
                yield from self._spelt_out(self._codebook.fields[expression.name])
            else:
                yield expression

    def _search(self, kind: str, text: str) -> int:
        """Return the number of the search for `text`; `kind`: "form" for a literal phrase, "word" for an expression."""
        if (kind, text) not in self._known:
            steps = tuple(self._phrase(text) if kind == "form" else self._expression(text))
            needs = (frozenset(map(self.program.rarest, step.choices)) for step in steps if step.choices and not step.optional)
            self._known[kind, text] = self.program.add_search(needs, steps)
        return self._known[kind, text]

    def _phrase(self, text: str) -> Iterator[Step]:
        for word in text.split():
            yield _step(self._choices("form", word))

    def _expression(self, text: str) -> Iterator[Step]:
        for word in parse(text):
            if word.gap:
                yield Step(gap=GAP_TOKENS)
            yield _step((choice for one, prefix in word.choices for choice in self._choices("word", one, prefix)), word.optional)

    def _choices(self, kind: str, word: str, prefix: bool = False) -> list[tuple[int, ...]]:
        """Return `word` as sequences of atoms: as spaCy cuts it when written plainly, with a typographic apostrophe, or capitalised."""
        variants = dict.fromkeys((word, word.replace("'", "’"), word[:1].upper() + word[1:]))
        cut = dict.fromkeys(tuple(map(key, self._tokenize(variant))) for variant in variants)
        return [(*(self.program.atom(kind, one) for one in first), self.program.atom("prefix" if prefix else kind, last)) for *first, last in cut]

    def _needs_of_pattern(self, pattern: list[dict[str, Any]]) -> Iterator[Atoms]:
        """Yield, for each token of a spaCy pattern that must stand and names its words, the atoms of those words."""
        for token in pattern:
            if token.get("OP", "1") not in ("1", "+"):
                continue
            for name, kind in _TEXT_ATTRIBUTES:
                value = token.get(name)
                given = value["IN"] if isinstance(value, dict) and set(value) == {"IN"} else [value]
                words = [key(word) for word in given if isinstance(word, str)]
                if words and len(words) == len(given):
                    yield frozenset(self.program.atom(kind, word) for word in words)


def _step(choices: Iterable[tuple[int, ...]], optional: bool = False) -> Step:
    many = tuple(dict.fromkeys(choices))
    return Step(many, optional, 0, frozenset(choice[0] for choice in many), all(len(choice) == 1 for choice in many))
