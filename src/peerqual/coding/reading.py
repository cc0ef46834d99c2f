"""One sentence while it is coded: its words, what is found in it, how a hit is meant."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from ..language.pipeline import french
from ..language.qualifiers import qualify
from ..model import Span
from .matching import Hit, find, near, pieces, positions
from .program import Bits, Program, Ready, Search, numbers
from .words import Lexer, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .circumstances import Circumstances


_AROUND = 60  # words on each side of a hit that tell how it is meant: of a « sentence » without punctuation no more is read


class Reading:
    """A sentence (`text`) under the rules of a program. Nothing is looked for before it is asked for, nor twice."""

    def __init__(self, program: Program, lexer: Lexer, text: str) -> None:
        self._program, self._lexer, self.text = program, lexer, text
        self._stretches = lexer.stretches(text)
        self._alive = program.alive([stretch.met for stretch in self._stretches])
        self._found: dict[int, list[Hit]] = {}
        self._meant: dict[Hit, frozenset[str]] = {}

    def woken(self, given: Circumstances) -> list[Ready]:
        """Return the rules that may hit in these circumstances."""
        waking = self._alive & given.waking
        return self._program.woken(waking, given.silenced) if waking else []

    @cached_property
    def sentence(self) -> Sentence:
        """The words of the sentence."""
        return self._lexer.sentence(self.text, self._stretches)

    @cached_property
    def doc(self) -> Doc:
        """The words as a spaCy `Doc` with lemmas; names of disorders and drugs are what stands for them."""
        from spacy.tokens import Doc

        return cast("Doc", french().get_pipe("peerqual_lemmas")(Doc(french().vocab, words=[word.text for word in self.sentence.words])))

    @cached_property
    def _at(self) -> dict[int, list[int]]:
        return positions(self.sentence.words)

    def hits(self, searches: Bits) -> list[Hit]:
        """Return the hits of `searches`, in the order of where they stand, each once."""
        alive = self._alive & searches
        if not alive & (alive - 1):
            return self._hits_of(alive.bit_length() - 1) if alive else []
        return sorted({hit for number in numbers(alive) for hit in self._hits_of(number)})

    def hits_by_search(self, searches: Bits) -> list[tuple[Hit, int]]:
        """Return the hits of `searches`, each with the number of its search, in the order of where they stand."""
        return sorted((hit, number) for number in numbers(self._alive & searches) for hit in self._hits_of(number))

    def _hits_of(self, number: int) -> list[Hit]:
        if number not in self._found:
            search = self._program.searches[number]
            self._found[number] = find(search.steps, self.sentence.words, self._at) if search.pattern is None else _match(search, self.doc)
        return self._found[number]

    def of_rule(self, ready: Ready) -> Hit | None:
        """Return the first hit of a rule that meets its conditions on this sentence (`min_words`, `unless`, qualifiers), or None."""
        if self.size < ready.min_words:
            return None
        hits = self.found(ready)
        if not hits or (ready.unless and self.hits(ready.unless)):
            return None
        return next((hit for hit in hits if self._fits(ready, hit)), None)

    @property
    def size(self) -> int:
        """How many words it has, as `min_words` counts them: what stands between spaces."""
        return len(self._stretches)

    def found(self, ready: Ready) -> list[Hit]:
        """Return the hits of a rule whatever its conditions."""
        return self._near(ready) if len(ready.places) > 1 else self.hits(ready.places[0])

    def _near(self, ready: Ready) -> list[Hit]:
        for place in ready.places:
            if not self._alive & place:
                return []
        if not self.hits(ready.places[ready.rarest]):
            return []
        found = [self.hits(place) for place in ready.places]
        return near(found, ready.within, ready.ordered) if all(found) else []

    def fits_any(self, ready: Ready, hits: Iterable[Hit]) -> bool:
        """Tell whether one of `hits` is meant as `ready` asks."""
        return any(self._fits(ready, hit) for hit in hits)

    def _fits(self, ready: Ready, hit: Hit) -> bool:
        if not ready.qualifiers and not ready.not_qualifiers:
            return True
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
