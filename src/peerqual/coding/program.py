"""A codebook's rules made ready to run: words are numbers, and each search is stirred by the rarest word that it needs.

Nothing here knows of transcripts, or of how a codebook is written (see `peerqual.coding.compiled`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ..language import lexicons
from ..language.fold import fold
from ..model import Rule

Atoms = frozenset[int]

_LONGEST = 40  # letters of a prefix that are compared
_USELESS = 50.0  # times in a thousand words: most sentences hold it


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
    """What is looked for in a sentence: `steps` in a row, or the spaCy `pattern`.

    `first` and `second` are the rarest of its needs (see `Program`), None where there are not so many, or the second is so common that it
    refutes nothing.
    """

    steps: tuple[Step, ...]
    pattern: Any
    first: int | None
    second: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """What one place of a rule may hold: numbers of searches.

    `stirs` are those to be tried where a need is met, `always` those to be tried anywhere.
    """

    searches: frozenset[int]
    stirs: Mapping[int, tuple[int, ...]]
    always: tuple[int, ...]

    def tried(self, needs: Set[int]) -> Iterator[int]:
        """Yield the searches to be tried where these needs are met."""
        yield from self.always
        for need in self.stirs.keys() & needs:
            yield from self.stirs[need]


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule: it hits when each of its `places` holds one of its searches.

    Those in ``places[rarest]`` wake it: where none of them may hit, nothing else need be looked for.
    """

    number: int
    code: str
    name: str
    rule: Rule
    places: tuple[Place, ...]
    rarest: int
    qualifiers: frozenset[str]
    not_qualifiers: frozenset[str]
    roles: frozenset[str]
    before: Place
    unless: Place
    within: int
    ordered: bool
    min_words: int = 0

    def said_by(self, role: str) -> bool:
        """Tell whether it is for what `role` says ("": nobody, whom every rule lets pass)."""
        return not self.roles or not role or role in self.roles


@dataclass
class Program:
    """Every search and rule of a codebook, and what wakes them.

    `atoms` numbers what a word can be asked: ``("form", w)``, ``("word", w)`` (form or lemma), ``("prefix", w)``.
    `needs` numbers sets of atoms: a need is met where a word holds one of them. `wakes[search]` are the rules that a search wakes;
    `stirs[need]` the searches that wake rules and are to be tried where the need is met, `always` those to be tried everywhere.
    """

    atoms: dict[tuple[str, str], int] = field(default_factory=dict)
    needs: dict[Atoms, int] = field(default_factory=dict)
    searches: list[Search] = field(default_factory=list)
    rules: list[Ready] = field(default_factory=list)
    wakes: dict[int, list[int]] = field(default_factory=dict)
    stirs: dict[int, set[int]] = field(default_factory=dict)
    always: set[int] = field(default_factory=set)
    _frequencies: list[float] = field(default_factory=list)  # of each atom; they decide what stirs a search, never what is found
    _meets: dict[int, set[int]] = field(default_factory=dict)  # of each atom, the needs that it meets

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
        """Add a search and return its number."""
        rarest = sorted(needs, key=self._frequency)
        first = self._need(rarest[0]) if rarest else None
        second = self._need(rarest[1]) if len(rarest) > 1 and self._frequency(rarest[1]) < _USELESS else None
        self.searches.append(Search(steps, pattern, first, second))
        return len(self.searches) - 1

    def _need(self, atoms: Atoms) -> int:
        number = self.needs.setdefault(atoms, len(self.needs))
        for atom in atoms:
            self._meets.setdefault(atom, set()).add(number)
        return number

    def _frequency(self, need: Atoms) -> float:
        return sum(self._frequencies[atom] for atom in need)

    def place(self, searches: Iterable[int]) -> Place:
        """Return what may hold one of `searches`."""
        numbers = frozenset(searches)
        stirs: dict[int, tuple[int, ...]] = {}
        for number in sorted(numbers):
            need = self.searches[number].first
            if need is not None:
                stirs[need] = (*stirs.get(need, ()), number)
        return Place(numbers, stirs, tuple(number for number in sorted(numbers) if self.searches[number].first is None))

    def effort(self, place: Place) -> float:
        """Return how often the searches of `place` are to be tried, in a thousand words."""
        sets = list(self.needs)
        return 1000.0 if place.always else sum(self._frequency(sets[need]) for need in place.stirs)

    def add_rule(self, ready: Ready) -> None:
        """Add a rule, woken by the searches of its rarest place."""
        place = ready.places[ready.rarest]
        for number in place.searches:
            self.wakes.setdefault(number, []).append(ready.number)
        for need, numbers in place.stirs.items():
            self.stirs.setdefault(need, set()).update(numbers)
        self.always.update(place.always)
        self.rules.append(ready)

    # --- running ---------------------------------------------------------------------------------------------------------

    def answers(self, forms: Iterable[str], lemmas: Iterable[str]) -> Atoms:
        """Return the atoms that hold for a word with these forms and lemmas (all as `key` returns them)."""
        forms, names = set(forms), {*forms, *lemmas}
        asked = {("form", form) for form in forms} | {("word", name) for name in names}
        asked |= {("prefix", name[:size]) for name in names for size in range(1, min(len(name), _LONGEST) + 1)}
        return frozenset(self.atoms[one] for one in asked if one in self.atoms)

    def met(self, atoms: Iterable[int]) -> frozenset[int]:
        """Return the needs that are met where these atoms stand."""
        return frozenset().union(*(self._meets.get(atom, ()) for atom in atoms))

    def stirred(self, needs: Iterable[int]) -> frozenset[int]:
        """Return the searches that wake rules and are to be tried where these needs are met."""
        return frozenset().union(*(self.stirs.get(need, ()) for need in needs))

    def alive(self, numbers: Iterable[int], needs: Set[int]) -> set[int]:
        """Return those of the searches `numbers`, stirred where these needs are met, whose second need is met too."""
        searches = self.searches
        return {number for number in numbers if (second := searches[number].second) is None or second in needs}

    def woken(self, searches: Iterable[int], silenced: Set[int]) -> list[Ready]:
        """Return the rules that `searches` wake, but for those `silenced`, in the codebook's order."""
        wakes = self.wakes
        numbers = {rule for search in searches for rule in wakes[search]} - silenced
        return [self.rules[number] for number in sorted(numbers)]


@cache
def _frequent() -> dict[str, float]:
    return {key(word): float(times) for word, times in lexicons.rows("frequent_words")}


def _frequency(kind: str, word: str) -> float:
    return _frequent().get(word, 0.1 if len(word) > 4 else 0.2) + (0.3 if kind == "prefix" else 0)
