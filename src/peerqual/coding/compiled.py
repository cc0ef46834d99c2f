"""A codebook's rules made ready to run: words become numbers, each expression is woken by the rarest word that it needs.

Nothing here knows of transcripts. `Program` is built once for a codebook (see `peerqual.coding.coder.coder`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..codebook import Codebook
from ..codebook_expressions import GAP_TOKENS, Expression, FieldRef, parse
from ..language import lexicons
from ..language.fold import fold
from ..model import Rule

Atoms = frozenset[int]
Tokenize = Callable[[str], Iterable[str]]

_COMMON_VERBS = frozenset("etre avoir aller faire dire pouvoir vouloir devoir savoir falloir".split())


def key(word: str) -> str:
    """Return the form under which words are compared: folded, « œ » as « oe »."""
    return fold(word).replace("œ", "oe").replace("æ", "ae")


@dataclass(frozen=True, slots=True)
class Step:
    """One place of an expression. `choices` are sequences of atoms, one a token; a gap has none and takes 0 to `gap` tokens."""

    choices: tuple[tuple[int, ...], ...] = ()
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for in a sentence: `steps` in a row, or the spaCy `pattern`. `needs`: of each set, the sentence must hold an atom."""

    steps: tuple[Step, ...] = ()
    needs: tuple[Atoms, ...] = ()
    pattern: Any = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule: it hits when each of its `places` holds one of its searches (their numbers in `Program.searches`)."""

    code: str
    name: str
    rule: Rule
    places: tuple[frozenset[int], ...]
    qualifiers: frozenset[str]
    not_qualifiers: frozenset[str]
    roles: frozenset[str]
    before: tuple[int, ...]
    unless: frozenset[int]
    within: int
    ordered: bool


@dataclass
class Program:
    """Every search and rule of a codebook, and what wakes them.

    `atoms` numbers what a word can be asked: ``("form", w)``, ``("word", w)`` (form or lemma), ``("prefix", w)``.
    `wakes[atom]` are the searches to try where the atom stands, `always` those to try everywhere, `uses[search]` the rules' places it fills.
    """

    tokenize: Tokenize
    atoms: dict[tuple[str, str], int] = field(default_factory=dict)
    searches: list[Search] = field(default_factory=list)
    wakes: dict[int, list[int]] = field(default_factory=dict)
    always: list[int] = field(default_factory=list)
    rules: list[Ready] = field(default_factory=list)
    uses: dict[int, list[int]] = field(default_factory=dict)
    _known: dict[tuple[str, str], int] = field(default_factory=dict)
    _rarities: list[int] = field(default_factory=list)

    def atom(self, kind: str, word: str) -> int:
        """Return the number of what is asked of a word."""
        if (kind, word) not in self.atoms:
            self.atoms[kind, word] = len(self.atoms)
            self._rarities.append(_rarity(kind, word))
        return self.atoms[kind, word]

    def answers(self, forms: Iterable[str], lemmas: Iterable[str]) -> Atoms:
        """Return the atoms that hold for a word with these forms and lemmas (all as `key` returns them)."""
        forms, names = set(forms), {*forms, *lemmas}
        asked = [("form", form) for form in forms] + [("word", name) for name in names]
        found = {self.atoms[one] for one in asked if one in self.atoms}
        starts = {("prefix", name[:size]) for name in names for size in range(1, len(name) + 1)}
        found.update(self.atoms[one] for one in starts if one in self.atoms)
        return frozenset(found)

    def woken(self, atoms: Atoms) -> frozenset[int]:
        """Return the searches that a word with these atoms wakes."""
        return frozenset(number for atom in atoms for number in self.wakes.get(atom, ()))

    def search(self, kind: str, text: str) -> int:
        """Return the number of the search for `text`; `kind`: "form" for a literal phrase, "word" for an expression."""
        if (kind, text) not in self._known:
            self._known[kind, text] = self._add(self._search(kind, text))
        return self._known[kind, text]

    def pattern(self, pattern: list[dict[str, Any]]) -> int:
        """Return the number of the search for a spaCy pattern."""
        return self._add(Search((), tuple(_pattern_needs(self, pattern)), pattern))

    def _search(self, kind: str, text: str) -> Search:
        steps = tuple(self._phrase(text) if kind == "form" else self._expression(text))
        needs = (frozenset(self._rarest(choice) for choice in step.choices) for step in steps if step.choices and not step.optional)
        return Search(steps, tuple(needs))

    def _add(self, search: Search) -> int:
        number = len(self.searches)
        self.searches.append(search)
        if not search.needs:
            self.always.append(number)
            return number
        for atom in max(search.needs, key=lambda need: min(self._rarities[atom] for atom in need)):
            self.wakes.setdefault(atom, []).append(number)
        return number

    # --- expressions into steps ----------------------------------------------------------------------------------------

    def _phrase(self, text: str) -> Iterator[Step]:
        for word in text.split():
            yield Step(self._choice("form", word))

    def _expression(self, text: str) -> Iterator[Step]:
        for word in parse(text):
            if word.gap:
                yield Step(gap=GAP_TOKENS)
            choices = (choice for one, prefix in word.choices for choice in self._choice("word", one, prefix))
            yield Step(tuple(dict.fromkeys(choices)), word.optional)

    def _choice(self, kind: str, word: str, prefix: bool = False) -> tuple[tuple[int, ...], ...]:
        """Return `word` as sequences of atoms: as spaCy cuts it when written plainly, with a typographic apostrophe, or capitalised."""
        variants = dict.fromkeys((word, word.replace("'", "’"), word[:1].upper() + word[1:]))
        cut = dict.fromkeys(tuple(map(key, self.tokenize(variant))) for variant in variants)
        return tuple(tuple(self.atom("prefix" if prefix and i == len(tokens) - 1 else kind, one) for i, one in enumerate(tokens)) for tokens in cut)

    def _rarest(self, choice: Sequence[int]) -> int:
        return max(choice, key=self._rarities.__getitem__)


def _rarity(kind: str, word: str) -> int:
    """Guess how rare a word is: this decides what wakes a search, never what is found."""
    if word in lexicons.words("common_words"):
        return 0
    return 1 if word in _COMMON_VERBS else len(word) + (0 if kind == "prefix" else 10)


def _pattern_needs(program: Program, pattern: list[dict[str, Any]]) -> Iterator[Atoms]:
    """Yield, for each token of a spaCy pattern that must stand and names its words, the atoms of those words."""
    for token in pattern:
        if token.get("OP", "1") not in ("1", "+"):
            continue
        for name, kind in (("LOWER", "form"), ("TEXT", "form"), ("ORTH", "form"), ("LEMMA", "word")):
            value = token.get(name)
            given = value["IN"] if isinstance(value, dict) and set(value) == {"IN"} else [value]
            words = [key(word) for word in given if isinstance(word, str)]
            if words and len(words) == len(given):
                yield frozenset(program.atom(kind, word) for word in words)


def compile_rules(codebook: Codebook, tokenize: Tokenize) -> Program:
    """Return the rules of `codebook` as a `Program`; `tokenize` cuts a word without spaces as the texts' tokenizer does."""
    program = Program(tokenize)
    for code in codebook.codes:
        for rule in code.rules:
            number = len(program.rules)
            program.rules.append(_ready(program, codebook, code.id, rule))
            for search in frozenset[int]().union(*program.rules[-1].places):
                program.uses.setdefault(search, []).append(number)
    return program


def _ready(program: Program, codebook: Codebook, code: str, rule: Rule) -> Ready:
    def searches(expressions: Iterable[Expression]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(program.search("word", text) for text in _spelt_out(expressions, codebook)))

    if rule.kind == "phrase":
        places = [frozenset(program.search("form", text) for text in rule.body)]
    elif rule.kind == "pattern":
        places = [frozenset(program.pattern(one) for one in rule.body)]
    elif rule.kind == "near":
        places = [frozenset(searches(place)) for place in rule.body]
    else:
        places = [frozenset(searches(rule.body))]
    given = rule.conditions
    return Ready(
        code=code,
        name=f"{code}.{rule.id}",
        rule=rule,
        places=tuple(places),
        qualifiers=frozenset(given.get("qualifiers", ())),
        not_qualifiers=frozenset(given.get("not_qualifiers", ())),
        roles=frozenset(given.get("role", ())),
        before=searches(given.get("before", ())),
        unless=frozenset(searches(given.get("unless", ()))),
        within=given.get("within", 0),
        ordered=given.get("ordered", False),
    )


def _spelt_out(expressions: Iterable[Expression], codebook: Codebook) -> Iterator[str]:
    """Yield `expressions` with each reference to a field replaced by the field's expressions (a codebook has no cycle of fields)."""
    for expression in expressions:
        if isinstance(expression, FieldRef):
            yield from _spelt_out(codebook.fields[expression.name], codebook)
        else:
            yield expression
