"""One sentence while it is coded: its words, what is found in it, how a hit is meant."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from ..language.pipeline import french
from ..language.qualifiers import qualify
from ..model import Span
from .matching import Hit, find, near, pieces, positions
from .program import Place, Program, Ready, Search
from .words import Lexer, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc


_AROUND = 60  # words on each side of a hit that tell how it is meant: of a « sentence » without punctuation no more is read


class Reading:
    """A sentence (`text`) under the rules of a program. Nothing is looked for before it is asked for, nor twice."""

    def __init__(self, program: Program, lexer: Lexer, text: str) -> None:
        self._program, self._lexer, self._text = program, lexer, text
        self._stretches = lexer.stretches(text)
        self._needs = set().union(*[stretch.needs for stretch in self._stretches])
        self._found: dict[int, list[Hit]] = {}
        self._meant: dict[Hit, frozenset[str]] = {}

    def woken(self, silenced: Set[int]) -> list[Ready]:
        """Return the rules that may hit, but for those `silenced`: told by the words alone, whatever their order."""
        return self._program.woken(self._waking, silenced)

    @cached_property
    def _waking(self) -> set[int]:
        stirred = self._program.always.union(*[stretch.stirs for stretch in self._stretches if stretch.stirs])
        return self._program.alive(stirred, self._needs)

    @cached_property
    def sentence(self) -> Sentence:
        """The words of the sentence."""
        return self._lexer.sentence(self._text, self._stretches)

    @cached_property
    def doc(self) -> Doc:
        """The words as a spaCy `Doc` with lemmas; names of disorders and drugs are what stands for them."""
        from spacy.tokens import Doc

        return cast("Doc", french().get_pipe("peerqual_lemmas")(Doc(french().vocab, words=[word.text for word in self.sentence.words])))

    @cached_property
    def _at(self) -> dict[int, list[int]]:
        return positions(self.sentence.words)

    def hits(self, place: Place) -> list[Hit]:
        """Return the hits of the searches of `place`, in the order of where they stand, each once."""
        return self._hits_of_any(self._alive(place))

    def hits_by_search(self, place: Place) -> list[tuple[Hit, int]]:
        """Return the hits of `place`, each with the number of its search, in the order of where they stand."""
        return sorted((hit, number) for number in self._alive(place) for hit in self._hits_of(number))

    def _alive(self, place: Place) -> set[int]:
        return self._program.alive(place.tried(self._needs), self._needs)

    def _hits_of_any(self, numbers: Set[int]) -> list[Hit]:
        if len(numbers) == 1:
            return self._hits_of(*numbers)
        return sorted({hit for number in numbers for hit in self._hits_of(number)})

    def _hits_of(self, number: int) -> list[Hit]:
        if number not in self._found:
            search = self._program.searches[number]
            self._found[number] = find(search.steps, self.sentence.words, self._at) if search.pattern is None else _match(search, self.doc)
        return self._found[number]

    def of_rule(self, ready: Ready) -> Hit | None:
        """Return the first hit of a rule that meets its conditions on this sentence (`min_words`, `unless`, qualifiers), or None."""
        if ready.min_words and len(self._text.split()) < ready.min_words:
            return None
        hits = self._near(ready) if len(ready.places) > 1 else self._hits_of_any(self._waking & ready.places[0].searches)
        if not hits or (ready.unless.searches and self.hits(ready.unless)):
            return None
        if not ready.qualifiers and not ready.not_qualifiers:
            return hits[0]
        return next((hit for hit in hits if self._fits(ready, hit)), None)

    def _near(self, ready: Ready) -> list[Hit]:
        alive = []
        for i, place in enumerate(ready.places):
            alive.append(self._waking & place.searches if i == ready.rarest else self._alive(place))
            if not alive[-1]:
                return []
        places = [self._hits_of_any(numbers) for numbers in alive]
        return near(places, ready.within, ready.ordered) if all(places) else []

    def _fits(self, ready: Ready, hit: Hit) -> bool:
        meant = self.qualifiers(hit)
        return ready.qualifiers <= meant and ready.not_qualifiers.isdisjoint(meant)

    def qualifiers(self, hit: Hit) -> frozenset[str]:
        """Return how `hit` is meant."""
        if hit not in self._meant:
            first = max(0, hit.start - _AROUND)
            words = self.sentence.words[first : hit.end + _AROUND]
            # `qualify` asks a token for its text and its lower-case text, which a `Word` has.
            self._meant[hit] = qualify(cast(Any, words), hit.start - first, hit.end - first, [i - first for i in hit.own])
        return self._meant[hit]

    def places(self, own: Iterable[int]) -> list[Span]:
        """Return where the words `own` stand in the sentence; those side by side are one place."""
        spans = self.sentence.spans
        return [(spans[first][0], spans[last][1]) for first, last in pieces(own)]


_matchers: dict[str, Any] = {}


def _match(search: Search, doc: Doc) -> list[Hit]:
    """Return the hits of a spaCy pattern in `doc`: the longest, without overlap."""
    from spacy.matcher import Matcher

    name = repr(search.pattern)
    if name not in _matchers:
        _matchers[name] = Matcher(doc.vocab)
        _matchers[name].add("pattern", [search.pattern], greedy="LONGEST")
    return [Hit(start, end, tuple(range(start, end))) for _, start, end in sorted(_matchers[name](doc)) if start < end]
