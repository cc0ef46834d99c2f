"""A codebook's rules made ready to run: words are numbers, and each search is stirred by the rarest word that it needs.

Nothing here knows of transcripts, or of how a codebook is written (see `peerqual.coding.compiled`).
"""

from __future__ import annotations

from collections.abc import Iterable, Set
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

    It needs all the atoms `musts`, and of each set in `either` one.
    """

    steps: tuple[Step, ...] = ()
    pattern: Any = None
    musts: Atoms = frozenset()
    either: tuple[Atoms, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Atoms], steps: tuple[Step, ...] = (), pattern: Any = None) -> Search:
        """Make a search that needs one atom of each of the sets `needs`."""
        sets = tuple(needs)
        return cls(steps, pattern, frozenset(atom for need in sets if len(need) == 1 for atom in need), tuple(need for need in sets if len(need) > 1))

    def needs(self) -> list[Atoms]:
        """Return sets of which the sentence must hold one atom each."""
        return [frozenset({atom}) for atom in sorted(self.musts)] + list(self.either)


@dataclass(frozen=True, slots=True)
class Place:
    """What one place of a rule may hold: numbers of searches, each of which needs one of the atoms `stirred_by` (None: or nothing)."""

    searches: frozenset[int]
    stirred_by: Atoms | None

    def possible(self, atoms: Set[int]) -> bool:
        """Tell whether one of the searches may hit where these atoms stand."""
        return self.stirred_by is None or not self.stirred_by.isdisjoint(atoms)


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule: it hits when each of its `places` holds one of its searches.

    Those in ``places[rarest]`` wake it: where none of them may hit, nothing else need be looked for.
    """

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

    def possible(self, atoms: Set[int], role: str) -> bool:
        """Tell whether it may hit, once woken, where these atoms stand, said by `role` ("": by nobody, whom every rule lets pass)."""
        if self.roles and role and role not in self.roles:
            return False
        return len(self.places) == 1 or all(place.possible(atoms) for place in self.places)


@dataclass
class Program:
    """Every search and rule of a codebook, and what wakes them.

    `atoms` numbers what a word can be asked: ``("form", w)``, ``("word", w)`` (form or lemma), ``("prefix", w)``.
    `wakes[search]` are the rules that a search wakes; `stirs[atom]` the searches that wake rules and are to be tried where the atom stands,
    `always` those to be tried everywhere.
    """

    atoms: dict[tuple[str, str], int] = field(default_factory=dict)
    searches: list[Search] = field(default_factory=list)
    stirs: dict[int, list[int]] = field(default_factory=dict)
    always: set[int] = field(default_factory=set)
    rules: list[Ready] = field(default_factory=list)
    wakes: dict[int, list[int]] = field(default_factory=dict)
    _frequencies: list[float] = field(default_factory=list)  # of each atom; they decide what stirs a search, never what is found

    # --- building --------------------------------------------------------------------------------------------------------

    def atom(self, kind: str, word: str) -> int:
        """Return the number of what is asked of a word."""
        if (kind, word) not in self.atoms:
            self.atoms[kind, word] = len(self.atoms)
            self._frequencies.append(_frequency(kind, word))
        return self.atoms[kind, word]

    def add_search(self, search: Search) -> int:
        """Add a search and return its number."""
        self.searches.append(search)
        return len(self.searches) - 1

    def place(self, searches: Iterable[int]) -> Place:
        """Return what may hold one of `searches`."""
        numbers = frozenset(searches)
        stirred_by = [self._stirred_by(number) for number in numbers]
        return Place(numbers, frozenset().union(*stirred_by) if all(stirred_by) else None)

    def add_rule(self, ready: Ready) -> None:
        """Add a rule, woken by the searches of its rarest place."""
        for number in ready.places[ready.rarest].searches:
            if number not in self.wakes:
                self._stir(number)
            self.wakes.setdefault(number, []).append(len(self.rules))
        self.rules.append(ready)

    def _stir(self, number: int) -> None:
        atoms = self._stirred_by(number)
        if not atoms:
            self.always.add(number)
        for atom in atoms:
            self.stirs.setdefault(atom, []).append(number)

    def _stirred_by(self, number: int) -> Atoms:
        """Return the rarest of what a search needs."""
        return min(self.searches[number].needs(), key=self.frequency, default=frozenset())

    def rarest(self, atoms: Iterable[int]) -> int:
        """Return the rarest of `atoms`."""
        return min(atoms, key=self._frequencies.__getitem__)

    def frequency(self, need: Iterable[int]) -> float:
        """Return how often one of the atoms `need` stands, in a thousand words."""
        return sum(self._frequencies[atom] for atom in need)

    def effort(self, place: Place) -> float:
        """Return how often the searches of `place` are to be tried, in a thousand words."""
        return 1000.0 if place.stirred_by is None else self.frequency(place.stirred_by)

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

    def alive(self, numbers: Iterable[int], atoms: Set[int]) -> list[int]:
        """Return those of the searches `numbers` that may hit where these atoms stand."""
        searches, alive = self.searches, []
        for number in numbers:
            search = searches[number]
            if search.musts <= atoms:
                for need in search.either:
                    if atoms.isdisjoint(need):
                        break
                else:
                    alive.append(number)
        return alive

    def woken(self, stirred: Iterable[int], atoms: Set[int], role: str) -> list[Ready]:
        """Return the rules that may hit where these searches are stirred and these atoms stand, said by `role`, in the codebook's order."""
        wakes, rules = self.wakes, self.rules
        numbers = {rule for search in self.alive(stirred, atoms) for rule in wakes[search]}
        return [rules[number] for number in sorted(numbers) if rules[number].possible(atoms, role)]


@cache
def _frequent() -> dict[str, float]:
    return {key(word): float(times) for word, times in lexicons.rows("frequent_words")}


def _frequency(kind: str, word: str) -> float:
    return _frequent().get(word, 0.1 if len(word) > 4 else 0.2) + (0.3 if kind == "prefix" else 0)
