"""One sentence while it is coded: its words, what is found in it, how a hit is meant."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from ..language.pipeline import french
from ..language.qualifiers import qualify
from ..model import Span
from .matching import Hit, find, near, pieces, positions
from .program import Program, Ready, Search
from .words import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Reading:
    """A sentence and the searches that may hit in it (`alive`). Nothing is looked for before it is asked for, nor twice."""

    def __init__(self, program: Program, sentence: Sentence, alive: Set[int]) -> None:
        self.words, self.spans = sentence
        self._program, self._alive = program, alive
        self._found: dict[int, list[Hit]] = {}
        self._meant: dict[Hit, frozenset[str]] = {}

    @cached_property
    def doc(self) -> Doc:
        """The words as a spaCy `Doc` with lemmas; names of disorders and drugs are what stands for them."""
        from spacy.tokens import Doc

        return cast("Doc", french().get_pipe("peerqual_lemmas")(Doc(french().vocab, words=[word.text for word in self.words])))

    @cached_property
    def _at(self) -> dict[int, list[int]]:
        return positions(self.words)

    def hits(self, searches: Set[int]) -> list[Hit]:
        """Return the hits of `searches`, in the order of their places, each once."""
        found = {hit for number in searches & self._alive for hit in self._hits_of(number)}
        return sorted(found) if len(found) > 1 else list(found)

    def _hits_of(self, number: int) -> list[Hit]:
        if number not in self._found:
            search = self._program.searches[number]
            self._found[number] = find(search.steps, self.words, self._at) if search.pattern is None else _match(search, self.doc)
        return self._found[number]

    def of_rule(self, ready: Ready) -> list[Hit]:
        """Return where a rule hits, when its conditions on this sentence (`unless`, qualifiers) are met."""
        hits = self.hits(ready.places[ready.rarest])
        if hits and len(ready.places) > 1:
            hits = near([self.hits(place) for place in ready.places], ready.within, ready.ordered)
        if not hits or self.hits(ready.unless):
            return []
        return [hit for hit in hits if self._fits(ready, hit)] if ready.qualifiers or ready.not_qualifiers else hits

    def _fits(self, ready: Ready, hit: Hit) -> bool:
        meant = self.qualifiers(hit)
        return ready.qualifiers <= meant and ready.not_qualifiers.isdisjoint(meant)

    def qualifiers(self, hit: Hit) -> frozenset[str]:
        """Return how `hit` is meant."""
        if hit not in self._meant:
            # `qualify` asks a token for its text and its lower-case text, which a `Word` has.
            self._meant[hit] = qualify(cast(Any, self.words), hit.start, hit.end, hit.own)
        return self._meant[hit]

    def places(self, hits: Iterable[Hit]) -> list[Span]:
        """Return where the words of `hits` stand in the text."""
        return [(self.spans[first][0], self.spans[last][1]) for first, last in pieces(hits)]


_matchers: dict[str, Any] = {}


def _match(search: Search, doc: Doc) -> list[Hit]:
    """Return the hits of a spaCy pattern in `doc`: the longest, without overlap."""
    from spacy.matcher import Matcher

    name = repr(search.pattern)
    if name not in _matchers:
        _matchers[name] = Matcher(doc.vocab)
        _matchers[name].add("pattern", [search.pattern], greedy="LONGEST")
    return [Hit(start, end, tuple(range(start, end))) for _, start, end in sorted(_matchers[name](doc)) if start < end]
