"""A codebook's rules made ready to run: words are numbers, and what may be found is told by the words of a sentence, whatever their order.

Sets of searches, and of rules, are bits of an integer (bit 3: number 3), so that a few operations tell which of a thousand may hit.
Nothing here knows of transcripts, or of how a codebook is written (see `peerqual.coding.compiled`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from ..language import lexicons
from ..language.fold import fold
from ..model import Rule

Atoms = frozenset[int]
Bits = int

_LONGEST = 40  # letters of a prefix that are compared


def key(word: str) -> str:
    """Return the form under which words are compared: folded, « œ » as « oe »."""
    return fold(word).replace("œ", "oe").replace("æ", "ae")


@dataclass(frozen=True, slots=True)
class Step:
    """One place of an expression. `choices` are sequences of atoms, one a token; `begins` are their first ones.

    `single`: each choice is one token. A gap has no choices and takes 0 to `gap` tokens.
    """

    choices: tuple[tuple[int, ...], ...] = ()
    optional: bool = False
    gap: int = 0
    begins: Atoms = frozenset()
    single: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for in a sentence: `steps` in a row, or the spaCy `pattern`."""

    steps: tuple[Step, ...] = ()
    pattern: Any = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule: it hits when each of its `places` holds one of its searches (bits).

    Those in ``places[rarest]`` wake it: where none of them may hit, nothing else need be looked for.
    """

    number: int
    code: str
    name: str
    rule: Rule
    places: tuple[Bits, ...]
    rarest: int
    qualifiers: frozenset[str]
    not_qualifiers: frozenset[str]
    roles: frozenset[str]
    before: Bits
    before_roles: frozenset[str]
    section: Bits
    unless: Bits
    within: int
    ordered: bool
    min_words: int = 0

    def said_by(self, role: str) -> bool:
        """Tell whether it is for what `role` says ("": nobody, whom every rule lets pass)."""
        return not self.roles or not role or role in self.roles

    def said_after(self, role: str | None) -> bool:
        """Tell whether it is for what is said after `role` (None: nobody; "": one who has no role, after whom every rule lets pass)."""
        return not self.before_roles or (role is not None and (not role or role in self.before_roles))


@dataclass
class Program:
    """Every search and rule of a codebook.

    `atoms` numbers what a word can be asked: ``("form", w)``, ``("word", w)`` (form or lemma), ``("prefix", w)``. A search needs one atom of
    each of some sets, its needs: `meets` gives for an atom the searches whose rarest need it meets, whose second, and whose third rarest;
    `without` are the searches that have no such need. `wakes` gives for a search the rules that it wakes.
    """

    atoms: dict[tuple[str, str], int] = field(default_factory=dict)
    searches: list[Search] = field(default_factory=list)
    rules: list[Ready] = field(default_factory=list)
    wakes: dict[int, Bits] = field(default_factory=dict)
    meets: tuple[dict[int, Bits], ...] = field(default_factory=lambda: ({}, {}, {}))
    without: list[Bits] = field(default_factory=lambda: [0, 0, 0])
    _frequencies: list[float] = field(default_factory=list)  # of each atom; they decide how soon a search is refuted, never what is found
    _efforts: list[float] = field(default_factory=list)  # of each search, how often it is to be tried

    # --- building --------------------------------------------------------------------------------------------------------

    def atom(self, kind: str, word: str) -> int:
        """Return the number of what is asked of a word."""
        word = word[:_LONGEST] if kind == "prefix" else word
        if (kind, word) not in self.atoms:
            self.atoms[kind, word] = len(self.atoms)
            self._frequencies.append(_frequency(kind, word))
        return self.atoms[kind, word]

    def rarest(self, atoms: Iterable[int]) -> int:
        """Return the rarest of `atoms`."""
        return min(atoms, key=self._frequencies.__getitem__)

    def add_search(self, needs: Iterable[Atoms], steps: tuple[Step, ...] = (), pattern: Any = None) -> int:
        """Add a search that needs one atom of each of the sets `needs`, and return its number."""
        number = len(self.searches)
        self.searches.append(Search(steps, pattern))
        rarest = sorted(needs, key=self._frequency)
        for rank, meets in enumerate(self.meets):
            for atom in rarest[rank] if rank < len(rarest) else ():
                meets[atom] = meets.get(atom, 0) | 1 << number
            if rank >= len(rarest):
                self.without[rank] |= 1 << number
        self._efforts.append(self._frequency(rarest[0]) if rarest else 1000.0)
        return number

    def _frequency(self, need: Atoms) -> float:
        return sum(self._frequencies[atom] for atom in need)

    def effort(self, place: Bits) -> float:
        """Return how often the searches of `place` are to be tried, in a thousand words."""
        return sum(self._efforts[number] for number in numbers(place))

    def add_rule(self, ready: Ready) -> None:
        """Add a rule, woken by the searches of its rarest place."""
        for number in numbers(ready.places[ready.rarest]):
            self.wakes[number] = self.wakes.get(number, 0) | 1 << ready.number
        self.rules.append(ready)

    # --- running ---------------------------------------------------------------------------------------------------------

    def answers(self, forms: Iterable[str], lemmas: Iterable[str]) -> Atoms:
        """Return the atoms that hold for a word with these forms and lemmas (all as `key` returns them)."""
        forms, names = set(forms), {*forms, *lemmas}
        asked = {("form", form) for form in forms} | {("word", name) for name in names}
        asked |= {("prefix", name[:size]) for name in names for size in range(1, min(len(name), _LONGEST) + 1)}
        return frozenset(self.atoms[one] for one in asked if one in self.atoms)

    def met(self, atoms: Atoms) -> Bits:
        """Return the searches whose rarest need is met where these atoms stand, then those whose second, then those whose third, end to end."""
        return self._end_to_end([union(meets.get(atom, 0) for atom in atoms) for meets in self.meets])

    def alive(self, met: Iterable[Bits]) -> Bits:
        """Return the searches that may hit in a sentence whose words have met these needs, each as `met` returns them."""
        bits, width = self._without, len(self.searches)
        for one in met:
            bits |= one
        return bits & bits >> width & bits >> 2 * width & self._every

    @cached_property
    def _without(self) -> Bits:
        return self._end_to_end(self.without)

    @cached_property
    def _every(self) -> Bits:
        return (1 << len(self.searches)) - 1

    def _end_to_end(self, needs: Sequence[Bits]) -> Bits:
        width = len(self.searches)
        return needs[0] | needs[1] << width | needs[2] << 2 * width

    def waking(self, silenced: Bits) -> Bits:
        """Return the searches that wake a rule which is not `silenced`."""
        return union(1 << search for search, rules in self.wakes.items() if rules & ~silenced)

    def woken(self, searches: Bits, silenced: Bits) -> list[Ready]:
        """Return the rules that `searches` wake, but for those `silenced`, in the codebook's order."""
        woken = 0
        for search in numbers(searches):
            woken |= self.wakes[search]
        return [self.rules[number] for number in numbers(woken & ~silenced)]


def union(sets: Iterable[Bits]) -> Bits:
    """Return what is in any of `sets`."""
    bits = 0
    for one in sets:
        bits |= one
    return bits


def numbers(bits: Bits) -> Iterator[int]:
    """Yield the numbers in `bits`, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


@cache
def _frequent() -> dict[str, float]:
    return {key(word): float(times) for word, times in lexicons.rows("frequent_words")}


def _frequency(kind: str, word: str) -> float:
    return _frequent().get(word, 0.1 if len(word) > 4 else 0.2) + (0.3 if kind == "prefix" else 0)
