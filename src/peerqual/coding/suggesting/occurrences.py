"""The terms of a sentence that a rule could ask for: lemmas, pairs of lemmas side by side, semantic fields. Names and stand-ins are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ...codebook_expressions import BadExpression, parse
from ...language import lexicons
from ...language.lemmas import lemma
from ..program import key

if TYPE_CHECKING:
    from ..coder import Evidence
    from ..reading import Reading

_FIELD = "f:"


@dataclass(frozen=True, slots=True)
class Term:
    """What is met: `kind` is "lemma", "pair" or "field"."""

    kind: str
    name: str
    telling: bool = True  # not a pair of grammatical words alone

    @property
    def rule(self) -> str:
        """The term as a rule of a codebook, one line of YAML."""
        return f"- lemmas: {{champ: {self.name}}}" if self.kind == "field" else f'- lemmas: "{self.name}"'


def terms(reading: Reading, found: dict[str, list[Evidence]]) -> Iterator[tuple[Term, frozenset[int]]]:
    """Yield the terms of a sentence with the words (their numbers) that make each; `found` are the rules and fields that hold in it."""
    from ..learned.coder import grammatical
    from ..learned.plain import NAME, NUMBER, in_stand_ins, plain

    forms, numbers = plain(reading)
    told = {i for form, i in zip(forms, numbers, strict=True) if form not in (NAME, NUMBER)} - set(in_stand_ins(reading))
    lemmas = {i: base for i in sorted(told) if (base := _lemma(reading.sentence.words[i].text))}
    for i, base in lemmas.items():
        if key(base) not in grammatical() and len(base) > 1:
            yield Term("lemma", base), frozenset((i,))
    for (i, one), (j, other) in pairwise(lemmas.items()):
        if j == i + 1:
            telling = not {key(one), key(other)} <= grammatical()
            yield Term("pair", f"{one} {other}", telling), frozenset((i, j))
    for name, evidence in found.items():
        if name.startswith(_FIELD) and told.issuperset(evidence[0].hit.own):
            yield Term("field", name.removeprefix(_FIELD)), frozenset(evidence[0].hit.own)


@cache
def _lemma(word: str) -> str:
    """Return the lemma of a word as a rule would write it, "" for a name and for what no rule can ask for."""
    base = lemma(word.lower())
    try:
        written = parse(base)
    except BadExpression:
        return ""
    plain = len(written) == 1 and len(written[0].choices) == 1 and not written[0].optional and '"' not in base and "\\" not in base
    return base if plain and any(map(str.isalpha, base)) and not _is_name(key(word), word[0].isupper()) else ""


def _is_name(form: str, capital: bool) -> bool:
    return form in _names() and (capital or form not in _common())


@cache
def _names() -> frozenset[str]:
    return frozenset(key(row[0]) for name in ("first_names", "surnames", "places") for row in lexicons.rows(name))


@cache
def _common() -> frozenset[str]:
    return frozenset(key(row[0]) for name in ("common_words", "frequent_words") for row in lexicons.rows(name))
