"""The words of a sentence as rules see them: spaCy's tokens, looked up once for each word that is written.

spaCy's tokenizer cuts each stretch between spaces by itself, so that a stretch seen before needs no tokenizing: a dictionary answers.
Read over: hesitations (« euh ») and square brackets. Names of disorders and drugs are one word each (see `peerqual.coding.named`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import NamedTuple

from simplemma import is_known

from ..language import lexicons
from ..language.lemmas import lemma
from ..language.pipeline import french
from ..model import Span
from .named import STANDS_FOR, Names
from .program import Atoms, Bits, Program, key

_STRETCH = re.compile(r"\S+")
_PART = re.compile(r"[^\s\[\]]+")
_INDEX = re.compile(r"(?:\d+|[A-Z])\]")  # « [lieu 2] », « [association A] »
_BEFORE_SENTENCES = frozenset('. ? ! … ... : ; « " “ ( — – -'.split())
_FIRST_GROUP = re.compile(r"(?<=\w\w)(?:e|es|é|ée|és|ées)$")
_LIMIT = 200_000  # stretches remembered; then the memory begins anew


def tokenize(text: str) -> tuple[str, ...]:
    """Return the tokens of spaCy's French tokenizer in `text`; spaces and square brackets, which are no words, part them and are left out."""
    return tuple(token.text for part in _PART.findall(text) for token in french().tokenizer(part))


def lemmas(token: str) -> frozenset[str]:
    """Return the lemmas under which rules may name `token`: one form is often a noun and a verb (« une aide », « j'aide », « elle est venue »).

    Beside its lemma stand the lemma of that (« venue », « venu », « venir »), the verb in -er of which it would be a present or a participle,
    and for a form that no list knows the masculine or singular that one does (« aidantes », « aidant »).

    >>> sorted(lemmas("aides"))
    ['aide', 'aider']
    """
    first = lemma(token)
    if first == token.lower() and not is_known(first, lang="fr"):
        shorter = (first[: -len(ending)] for ending in ("s", "e", "es") if first.endswith(ending) and first != ending)
        first = next((form for form in shorter if is_known(form, lang="fr")), first)
    names = {lemma(token), first, lemma(first)}
    verbs = {_FIRST_GROUP.sub("er", name) for name in (token.lower(), *names) if _FIRST_GROUP.search(name)}
    return frozenset(names | {verb for verb in verbs if is_known(verb, lang="fr") and lemma(verb) == verb})


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, with the atoms that hold for it. `silent`: it is read over. `capital`: inside a sentence it is taken for a name."""

    text: str
    lower_: str
    form: str
    atoms: Atoms
    silent: bool = False
    capital: bool = False

    def without_atoms(self) -> Word:
        """Return the word, a name, as one that no rule can ask for."""
        return Word(self.text, self.lower_, self.form, frozenset(), capital=True)


class Stretch(NamedTuple):
    """What stands between two spaces: its words with their places in it, the searches whose needs they meet (see `Program.met`).

    `named`: a word in it may begin the name of a disorder or drug; then the needs met are also those of what stands for a name.
    `silent`: a word in it is read over. `capital`: a word in it is a name where it stands inside a sentence.
    """

    words: tuple[tuple[Word, int, int], ...]
    met: Bits
    named: bool
    silent: bool
    capital: bool


class Sentence:
    """The words of a sentence (`text`). `tokens` are the tokens that each is made of, ``(first, last)``; None: each is one."""

    def __init__(self, text: str, stretches: Sequence[Stretch], words: list[Word], tokens: list[Span] | None = None) -> None:
        self.text, self.words = text, words
        self._stretches, self._tokens = stretches, tokens

    @cached_property
    def spans(self) -> list[Span]:
        """Where each word stands in `text`; worked out when something was found."""
        stretches = zip(_STRETCH.finditer(self.text), self._stretches, strict=True)
        spans = [(at.start() + a, at.start() + b) for at, stretch in stretches for _, a, b in stretch.words]
        return spans if self._tokens is None else [(spans[first][0], spans[last][1]) for first, last in self._tokens]


class Lexer:
    """Turn text into words for the rules of `program`."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._names = Names(tokenize)
        self._words: dict[str, Word] = {}
        self._stretches: dict[str, Stretch] = {}
        self._stand_ins = {name: self._word(name, tuple(map(key, forms)), (key(name),)) for name, forms in STANDS_FOR.items()}

    def stretches(self, text: str) -> list[Stretch]:
        """Return the stretches of `text`."""
        known = self._stretches
        return [known.get(piece) or self._stretch(piece) for piece in text.split()]

    def sentence(self, text: str, stretches: Sequence[Stretch]) -> Sentence:
        """Return the words of the sentence `text`, whose `stretches` are given."""
        words = [word for stretch in stretches for word, _, _ in stretch.words]
        for i, stretch in enumerate(stretches):
            if stretch.named or stretch.silent or (stretch.capital and i):
                return Sentence(text, stretches, *self._read_over(words, any(stretch.named for stretch in stretches)))
        return Sentence(text, stretches, words)

    # --- looking words up ----------------------------------------------------------------------------------------------

    def _stretch(self, text: str) -> Stretch:
        if len(self._stretches) > _LIMIT:
            self._stretches.clear()
        words, at = [], 0
        for token in tokenize(text):
            at = text.index(token, at)
            known = self._known(token)
            words.append((replace(known, silent=True) if _INDEX.match(text, at) else known, at, at + len(token)))
            at += len(token)
        named = any(self._names.may_begin(word.form) for word, _, _ in words)
        held = [word for word, _, _ in words] + (list(self._stand_ins.values()) if named else [])
        met = self._program.met(frozenset().union(*(word.atoms for word in held)))
        silent, capital = any(word.silent for word in held), any(word.capital for word in held)
        made = Stretch(tuple(words), met, named, silent, capital)
        self._stretches[text] = made
        return made

    def _known(self, token: str) -> Word:
        if token not in self._words:
            form = key(token)
            self._words[token] = self._word(token, (form,), tuple(map(key, lemmas(token))), form in lexicons.words("hesitations"))
        return self._words[token]

    def _word(self, text: str, forms: tuple[str, ...], lemmas: tuple[str, ...], silent: bool = False) -> Word:
        return Word(text, text.lower(), forms[0], self._program.answers(forms, lemmas), silent, _is_capital(text, forms[0]))

    # --- what is read over, and names ------------------------------------------------------------------------------------

    def _read_over(self, words: list[Word], named: bool) -> tuple[list[Word], list[Span]]:
        """Return `words` without those that are read over, names without atoms, and those of a disorder or drug (when `named`) as one word.

        With them come the first and last token of each.
        """
        kept = [i for i in range(len(words)) if not words[i].silent and not _numbers_a_stand_in(words, i)]
        words, tokens = [words[i] for i in kept], [(i, i) for i in kept]
        names = self._names.find([word.form for word in words], [word.text for word in words]) if named else []
        inside = {i for start, end, _ in names for i in range(start, end)}
        for i in range(1, len(words)):
            if words[i].capital and i not in inside and words[i - 1].text not in _BEFORE_SENTENCES:
                words[i] = words[i].without_atoms()
        for start, end, name in reversed(names):
            stand_in = self._stand_ins[name]
            own = words[start] if end == start + 1 else stand_in
            words[start:end] = [Word(stand_in.text, stand_in.lower_, stand_in.form, stand_in.atoms | own.atoms)]
            tokens[start:end] = [(tokens[start][0], tokens[end - 1][1])]
        return words, tokens


def _is_capital(text: str, form: str) -> bool:
    if len(text) < 3 or not text[0].isupper() or text.isupper() or text[-1] in "'’":
        return False
    return form not in _never_names()


@cache
def _never_names() -> frozenset[str]:
    common = (word for word, kind in lexicons.rows("common_words") if kind in ("function", "oral", "interjection", "title"))
    return frozenset(map(key, (*common, *lexicons.lexicon("emphatic_capitals"))))


def _numbers_a_stand_in(words: list[Word], i: int) -> bool:
    # « [médicament 1] », « trouble 2 »: the number tells one person's apart and is no word of theirs.
    return i > 0 and words[i].text.isdigit() and words[i - 1].form in _NUMBERED


_NUMBERED = frozenset(key(form) for forms in STANDS_FOR.values() for form in forms)
