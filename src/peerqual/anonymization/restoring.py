"""Back from a pseudonymized text to the original words, with what the key keeps of each place that was replaced.

A file that is as it was written goes back through its map, to the character. In one that a person has changed since, a place is found again by its
words and those beside it, in the order of the text; one that is not found stays as it is, and is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from ..errors import KeyFileError
from ..model import Corpus, OffsetMap, hash_text

if TYPE_CHECKING:
    import pandas as pd

    from .corpus import PseudonymizedCorpus
    from .key import Key

_BESIDE = 12  # characters kept on each side of a place
Place = tuple[str, str, str, str]  # the original words, those written in their place, what stands before and after these


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was replaced in a document: the hash of the text that was written, and each place in order."""

    text_hash: str
    places: tuple[Place, ...]

    def state(self) -> list[Any]:
        """Return it as plain data, for the key's file."""
        return [self.text_hash, self.places]

    @classmethod
    def of(cls, state: Any) -> Replaced:
        """Return what `state` made plain."""
        return cls(state[0], tuple((a, b, c, d) for a, b, c, d in state[1]))


@dataclass(frozen=True, slots=True)
class Restored:
    """A text with the original words back. `document`: the original's id; `count`: places restored; `left`: the words written in places not found.

    `is_changed`: the file was changed after it was pseudonymized.
    """

    document: str
    text: str
    count: int
    left: tuple[str, ...] = ()
    is_changed: bool = False


def replaced(corpus: Corpus, study: PseudonymizedCorpus) -> dict[str, Replaced]:
    """Return what was replaced in each document of `study`, made of `corpus`, by its new id."""
    originals = corpus.by_id()
    return {new.id: _replaced(originals[study.originals[new.id]].text, new.text, study.maps[new.id]) for new in study}


def _replaced(original: str, text: str, moved: OffsetMap) -> Replaced:
    places = ((original[a:b], text[c:d], text[max(0, c - _BESIDE) : c], text[d : d + _BESIDE]) for a, b, c, d in moved.segments)
    return Replaced(hash_text(text), tuple(places))


def restore(text: str, document: str, key: Key) -> Restored:
    """Return the pseudonymized `text` of `document` (its new id) with the words of the original.

    Raises `KeyFileError` when `key` knows no such document, or was made before keys kept the words.

    >>> import peerqual as pq
    >>> from peerqual.anonymization.restoring import restore
    >>> key = pq.Key.create("throw-away.key", passphrase="x")
    >>> key.remember({"D01": "Anne"}, {}, {"D01": Replaced("", (("Anne", "Julie", "", " rit."),))})
    >>> restore("Oui, Julie rit.", "D01", key).text
    'Oui, Anne rit.'
    """
    if document not in key.replaced:
        raise KeyFileError("anonymization.words_not_kept" if document in key.originals else "anonymization.not_in_key", where=document)
    kept = key.replaced[document]
    is_changed = hash_text(text) != kept.text_hash
    places = _found_again(text, kept.places) if is_changed else {segment[2:]: n for n, segment in enumerate(key.maps[document].segments)}
    parts: list[str] = []
    at = 0
    for (start, end), n in sorted(places.items()):
        parts += (text[at:start], kept.places[n][0])
        at = end
    left = tuple(kept.places[n][1] for n in sorted(set(range(len(kept.places))) - set(places.values())))
    return Restored(key.originals[document], "".join((*parts, text[at:])), len(places), left, is_changed)


def left_table(made: Restored) -> pd.DataFrame:
    """Return the words written in places that were not found again, with their number: replacement,n."""
    import pandas as pd

    return pd.DataFrame(sorted(Counter(made.left).items()), columns=["replacement", "n"])


def _found_again(text: str, places: tuple[Place, ...]) -> dict[tuple[int, int], int]:
    """Return where in `text` each place is, by its number: those whose words stand there in the same order, beside the same words on one side."""
    here = sorted({(at, at + len(words)) for words in {place[1] for place in places} for at in _occurrences(text, words)})
    found: dict[int, tuple[int, int]] = {}
    for before, after in ((_BESIDE, _BESIDE), (_BESIDE, 0), (0, _BESIDE)):
        told = [(words, left[-before:] if before else "", right[:after]) for _, words, left, right in places]
        seen = [(text[a:b], text[max(0, a - before) : a], text[b : b + after]) for a, b in here]
        for block in SequenceMatcher(None, told, seen, autojunk=False).get_matching_blocks():
            for n, span in zip(range(block.a, block.a + block.size), here[block.b :], strict=False):
                if n not in found and _fits(n, span, found):
                    found[n] = span
    return {span: n for n, span in found.items()}


def _fits(n: int, span: tuple[int, int], found: Mapping[int, tuple[int, int]]) -> bool:
    """Tell whether the place `n` may be at `span`: after those before it, before those after it."""
    return all(b <= span[0] if m < n else a >= span[1] for m, (a, b) in found.items())


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
