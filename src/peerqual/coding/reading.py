"""One sentence while it is coded: its words, what is found in it, how a hit is meant."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from ..language.pipeline import french
from ..language.qualifiers import qualify
from ..model import Span
from .matching import Hit, find, near, pieces
from .program import Place, Program, Ready, Search
from .words import Lexer, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Reading:
    """A sentence (`text`) under the rules of a program. Nothing is looked for before it is asked for, nor twice."""

    def __init__(self, program: Program, lexer: Lexer, text: str) -> None:
        self._program, self._lexer, self._text = program, lexer, text
        self._stretches = lexer.stretches(text)
        self._atoms = set().union(*[stretch.atoms for stretch in self._stretches])
        self._found: dict[int, list[Hit]] = {}
        self._meant: dict[Hit, frozenset[str]] = {}

    def woken(self, role: str) -> list[Ready]:
        """Return the rules that may hit, said by `role`: told by the words alone, whatever their order."""
        return self._program.woken(self._program.always.union(*[stretch.stirs for stretch in self._stretches]), self._atoms, role)

    @cached_property
    def sentence(self) -> Sentence:
        """The words of the sentence."""
        return self._lexer.sentence(self._text, self._stretches)

    @cached_property
    def doc(self) -> Doc:
        """The words as a spaCy `Doc` with lemmas; names of disorders and drugs are what stands for them."""
        from spacy.tokens import Doc

        return cast("Doc", french().get_pipe("peerqual_lemmas")(Doc(french().vocab, words=[word.text for word in self.sentence.words])))

    def hits(self, place: Place) -> list[Hit]:
        """Return the hits of the searches of `place`, in the order of where they stand, each once."""
        if not place.possible(self._atoms):
            return []
        found = {hit for number in self._program.alive(place.searches, self._atoms) for hit in self._hits_of(number)}
        return sorted(found) if len(found) > 1 else list(found)

    def _hits_of(self, number: int) -> list[Hit]:
        if number not in self._found:
            search = self._program.searches[number]
            self._found[number] = find(search.steps, self.sentence.words) if search.pattern is None else _match(search, self.doc)
        return self._found[number]

    def of_rule(self, ready: Ready) -> list[Hit]:
        """Return where a rule hits, when its conditions on this sentence (`unless`, qualifiers) are met."""
        hits = self.hits(ready.places[ready.rarest])
        if hits and len(ready.places) > 1:
            hits = self._near(ready)
        if not hits or self.hits(ready.unless):
            return []
        return [hit for hit in hits if self._fits(ready, hit)] if ready.qualifiers or ready.not_qualifiers else hits

    def _near(self, ready: Ready) -> list[Hit]:
        found = []
        for place in ready.places:
            found.append(self.hits(place))
            if not found[-1]:
                return []
        return near(found, ready.within, ready.ordered)

    def _fits(self, ready: Ready, hit: Hit) -> bool:
        meant = self.qualifiers(hit)
        return ready.qualifiers <= meant and ready.not_qualifiers.isdisjoint(meant)

    def qualifiers(self, hit: Hit) -> frozenset[str]:
        """Return how `hit` is meant."""
        if hit not in self._meant:
            # `qualify` asks a token for its text and its lower-case text, which a `Word` has.
            self._meant[hit] = qualify(cast(Any, self.sentence.words), hit.start, hit.end, hit.own)
        return self._meant[hit]

    def places(self, hits: Iterable[Hit]) -> list[Span]:
        """Return where the words of `hits` stand in the sentence."""
        spans = self.sentence.spans
        return [(spans[first][0], spans[last][1]) for first, last in pieces(hits)]


_matchers: dict[str, Any] = {}


def _match(search: Search, doc: Doc) -> list[Hit]:
    """Return the hits of a spaCy pattern in `doc`: the longest, without overlap."""
    from spacy.matcher import Matcher

    name = repr(search.pattern)
    if name not in _matchers:
        _matchers[name] = Matcher(doc.vocab)
        _matchers[name].add("pattern", [search.pattern], greedy="LONGEST")
    return [Hit(start, end, tuple(range(start, end))) for _, start, end in sorted(_matchers[name](doc)) if start < end]
