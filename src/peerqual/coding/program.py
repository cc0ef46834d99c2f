"""A codebook's rules made ready to run: words are numbers, and each search is stirred by the rarest word that it needs.

Nothing here knows of transcripts, or of how a codebook is written (see `peerqual.coding.compiled`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ..language import lexicons
from ..language.fold import fold
from ..model import Rule

Atoms = frozenset[int]


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

    Of each of its needs the sentence must hold an atom: of `first`, the rarest, which stirs the search (empty: it is tried everywhere), and of
    each of `others`, the rarest before the others.
    """

    steps: tuple[Step, ...] = ()
    pattern: Any = None
    first: Atoms = frozenset()
    others: tuple[Atoms, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """What one place of a rule may hold: numbers of searches.

    `stirs` are those to be tried where an atom stands, `always` those to be tried anywhere.
    """

    searches: frozenset[int]
    stirs: Mapping[int, tuple[int, ...]]
    always: tuple[int, ...]

    def tried(self, atoms: Set[int]) -> Iterator[int]:
        """Yield the searches to be tried where these atoms stand; one may come twice."""
        yield from self.always
        for atom in self.stirs.keys() & atoms:
            yield from self.stirs[atom]


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

    def said_by(self, role: str) -> bool:
        """Tell whether it is for what `role` says ("": nobody, whom every rule lets pass)."""
        return not self.roles or not role or role in self.roles


@dataclass
class Program:
    """Every search and rule of a codebook, and what wakes them.

    `atoms` numbers what a word can be asked: ``("form", w)``, ``("word", w)`` (form or lemma), ``("prefix", w)``.
    `wakes[search]` are the rules that a search wakes; `stirs[atom]` the searches that wake rules and are to be tried where the atom stands,
    `always` those to be tried everywhere.
    """

    atoms: dict[tuple[str, str], int] = field(default_factory=dict)
    searches: list[Search] = field(default_factory=list)
    stirs: dict[int, set[int]] = field(default_factory=dict)
    always: set[int] = field(default_factory=set)
    rules: list[Ready] = field(default_factory=list)
    wakes: dict[int, list[int]] = field(default_factory=dict)
    _missing: list[Callable[[Set[int]], bool] | None] = field(default_factory=list)  # of each search, what refutes it soonest
    _frequencies: list[float] = field(default_factory=list)  # of each atom; they decide what stirs a search, never what is found

    # --- building --------------------------------------------------------------------------------------------------------

    def atom(self, kind: str, word: str) -> int:
        """Return the number of what is asked of a word."""
        if (kind, word) not in self.atoms:
            self.atoms[kind, word] = len(self.atoms)
            self._frequencies.append(_frequency(kind, word))
        return self.atoms[kind, word]

    def add_search(self, needs: Iterable[Atoms], steps: tuple[Step, ...] = (), pattern: Any = None) -> int:
        """Add a search and return its number."""
        first, *others = sorted(needs, key=self.frequency) or [frozenset()]
        self.searches.append(Search(steps, pattern, first, tuple(others)))
        self._missing.append(others[0].isdisjoint if others else None)
        return len(self.searches) - 1

    def place(self, searches: Iterable[int]) -> Place:
        """Return what may hold one of `searches`."""
        numbers = frozenset(searches)
        stirs: dict[int, tuple[int, ...]] = {}
        for number in sorted(numbers):
            for atom in self.searches[number].first:
                stirs[atom] = (*stirs.get(atom, ()), number)
        return Place(numbers, stirs, tuple(number for number in sorted(numbers) if not self.searches[number].first))

    def add_rule(self, ready: Ready) -> None:
        """Add a rule, woken by the searches of its rarest place."""
        place = ready.places[ready.rarest]
        for number in place.searches:
            self.wakes.setdefault(number, []).append(ready.number)
        for atom, numbers in place.stirs.items():
            self.stirs.setdefault(atom, set()).update(numbers)
        self.always.update(place.always)
        self.rules.append(ready)

    def rarest(self, atoms: Iterable[int]) -> int:
        """Return the rarest of `atoms`."""
        return min(atoms, key=self._frequencies.__getitem__)

    def frequency(self, need: Iterable[int]) -> float:
        """Return how often one of the atoms `need` stands, in a thousand words."""
        return sum(self._frequencies[atom] for atom in need)

    def effort(self, place: Place) -> float:
        """Return how often the searches of `place` are to be tried, in a thousand words."""
        return 1000.0 if place.always else self.frequency(place.stirs)

    # --- running ---------------------------------------------------------------------------------------------------------

    def answers(self, forms: Iterable[str], lemmas: Iterable[str]) -> Atoms:
        """Return the atoms that hold for a word with these forms and lemmas (all as `key` returns them)."""
        forms, names = set(forms), {*forms, *lemmas}
        asked = {("form", form) for form in forms} | {("word", name) for name in names}
        asked |= {("prefix", name[:size]) for name in names for size in range(1, len(name) + 1)}
        return frozenset(self.atoms[one] for one in asked if one in self.atoms)

    def stirred(self, atoms: Atoms) -> frozenset[int]:
        """Return the searches that wake rules and are to be tried where a word with these atoms stands."""
        return frozenset(number for atom in atoms for number in self.stirs.get(atom, ()))

    def alive(self, numbers: Iterable[int], atoms: set[int]) -> set[int]:
        """Return those of the searches `numbers` that may hit where these atoms stand."""
        missing, searches = self._missing, self.searches
        met = [number for number in numbers if (misses := missing[number]) is None or not misses(atoms)]
        return {number for number in met if len(others := searches[number].others) < 2 or not any(map(atoms.isdisjoint, others))}

    def woken(self, searches: Iterable[int], silenced: Set[int]) -> list[Ready]:
        """Return the rules that `searches` wake, but for those `silenced`, in the codebook's order."""
        numbers = {rule for search in searches for rule in self.wakes[search]} - silenced
        return [self.rules[number] for number in sorted(numbers)]


@cache
def _frequent() -> dict[str, float]:
    return {key(word): float(times) for word, times in lexicons.rows("frequent_words")}


def _frequency(kind: str, word: str) -> float:
    return _frequent().get(word, 0.1 if len(word) > 4 else 0.2) + (0.3 if kind == "prefix" else 0)
