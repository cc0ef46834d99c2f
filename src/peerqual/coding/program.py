"""A codebook's rules made ready to run: words are numbers, and each search is stirred by the rarest word that it needs.

Nothing here knows of transcripts, or of how a codebook is written (see `peerqual.coding.compiled`).
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import Any

from ..language import lexicons
from ..language.fold import fold
from ..model import Rule

Atoms = frozenset[int]

_COMMON_VERBS = frozenset("etre avoir aller faire dire pouvoir vouloir devoir savoir falloir".split())


def key(word: str) -> str:
    """Return the form under which words are compared: folded, « œ » as « oe »."""
    return fold(word).replace("œ", "oe").replace("æ", "ae")


@dataclass(frozen=True, slots=True)
class Step:
    """One place of an expression. `choices` are sequences of atoms, one a token; `single` are they when each is one token.

    A gap has no choices and takes 0 to `gap` tokens.
    """

    choices: tuple[tuple[int, ...], ...] = ()
    optional: bool = False
    gap: int = 0
    single: Atoms | None = None


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
class Ready:
    """A rule: it hits when each of its `places` holds one of its searches (their numbers in `Program.searches`).

    Its searches in ``places[rarest]`` wake it: where none of them is found, nothing else need be looked for.
    """

    code: str
    name: str
    rule: Rule
    places: tuple[frozenset[int], ...]
    rarest: int
    qualifiers: frozenset[str]
    not_qualifiers: frozenset[str]
    roles: frozenset[str]
    before: frozenset[int]
    unless: frozenset[int]
    within: int
    ordered: bool

    def possible(self, alive: Set[int], role: str) -> bool:
        """Tell whether it may hit, once woken, where the searches `alive` may, said by `role` ("": by nobody, whom every rule lets pass)."""
        if self.roles and role and role not in self.roles:
            return False
        return len(self.places) == 1 or all(not place.isdisjoint(alive) for place in self.places)


@dataclass
class Program:
    """Every search and rule of a codebook, and what wakes them.

    `atoms` numbers what a word can be asked: ``("form", w)``, ``("word", w)`` (form or lemma), ``("prefix", w)``.
    `stirs[atom]` are the searches to try where the atom stands, `always` those to try everywhere, `wakes[search]` the rules that it wakes.
    """

    atoms: dict[tuple[str, str], int] = field(default_factory=dict)
    searches: list[Search] = field(default_factory=list)
    stirs: dict[int, list[int]] = field(default_factory=dict)
    always: set[int] = field(default_factory=set)
    rules: list[Ready] = field(default_factory=list)
    wakes: dict[int, list[int]] = field(default_factory=dict)
    _rarities: list[int] = field(default_factory=list)

    # --- building --------------------------------------------------------------------------------------------------------

    def atom(self, kind: str, word: str) -> int:
        """Return the number of what is asked of a word."""
        if (kind, word) not in self.atoms:
            self.atoms[kind, word] = len(self.atoms)
            self._rarities.append(_rarity(kind, word))
        return self.atoms[kind, word]

    def add_search(self, search: Search) -> int:
        """Add a search, stirred by the rarest word that it needs, and return its number."""
        number = len(self.searches)
        self.searches.append(search)
        needs = search.needs()
        if not needs:
            self.always.add(number)
        for atom in max(needs, key=self._rarest_of, default=frozenset()):
            self.stirs.setdefault(atom, []).append(number)
        return number

    def add_rule(self, ready: Ready) -> None:
        """Add a rule, woken by the searches of its rarest place."""
        for search in ready.places[ready.rarest]:
            self.wakes.setdefault(search, []).append(len(self.rules))
        self.rules.append(ready)

    def rarest(self, atoms: Iterable[int]) -> int:
        """Return the rarest of `atoms`."""
        return max(atoms, key=self._rarities.__getitem__)

    def rarity(self, search: int) -> int:
        """Return how rare the rarest word is that a search needs; 0 where it needs none."""
        return max(map(self._rarest_of, self.searches[search].needs()), default=0)

    def _rarest_of(self, need: Atoms) -> int:
        return min(self._rarities[atom] for atom in need)

    # --- running ---------------------------------------------------------------------------------------------------------

    def answers(self, forms: Iterable[str], lemmas: Iterable[str]) -> Atoms:
        """Return the atoms that hold for a word with these forms and lemmas (all as `key` returns them)."""
        forms, names = set(forms), {*forms, *lemmas}
        asked = {("form", form) for form in forms} | {("word", name) for name in names}
        asked |= {("prefix", name[:size]) for name in names for size in range(1, len(name) + 1)}
        return frozenset(self.atoms[one] for one in asked if one in self.atoms)

    def stirred(self, atoms: Atoms) -> frozenset[int]:
        """Return the searches to try where a word with these atoms stands."""
        return frozenset(number for atom in atoms for number in self.stirs.get(atom, ()))

    def alive(self, atoms: Set[int], stirred: Iterable[int]) -> set[int]:
        """Return the searches that may hit where these atoms stand and these searches are stirred: no other can."""
        searches, alive = self.searches, set()
        for number in stirred:
            search = searches[number]
            if search.musts <= atoms:
                for need in search.either:
                    if atoms.isdisjoint(need):
                        break
                else:
                    alive.add(number)
        return alive

    def woken(self, alive: Set[int], role: str) -> list[Ready]:
        """Return the rules that may hit where the searches `alive` may, said by `role`, in the codebook's order."""
        wakes, rules = self.wakes, self.rules
        numbers = {rule for search in alive if search in wakes for rule in wakes[search]}
        return [rules[number] for number in sorted(numbers) if rules[number].possible(alive, role)]


def _rarity(kind: str, word: str) -> int:
    """Guess how rare a word is: this decides what stirs a search, never what is found."""
    if word in lexicons.words("common_words"):
        return 0
    return 1 if word in _COMMON_VERBS else len(word) + (0 if kind == "prefix" else 10)
