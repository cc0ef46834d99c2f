"""Find identifiers in a corpus: the order of the finders, transcript by transcript, then once more with what the corpus taught."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, compress
from typing import Any

from ..language.fold import fold
from ..language.lexicons import words
from ..model import Corpus, Mention, Transcript
from .finders import (
    again,
    ages,
    bare_names,
    capitals,
    contacts,
    dates,
    disorders,
    full_names,
    headers,
    initials,
    institutions,
    introductions,
    kept,
    lexicons,
    lowercase,
    model,
    phrases,
    places,
    propagation,
    speakers,
    spoken,
    titles,
)
from .finders.candidates import Candidate, resolve
from .finders.manner import SENTENCES, manner, settle
from .finders.view import View
from .finders.words import flags_of

FINDERS = (
    contacts,
    spoken,
    dates,
    ages,
    places,
    disorders,
    lexicons,
    institutions,
    full_names,
    bare_names,
    titles,
    introductions,
    capitals,
    lowercase,
)
_BLOCK = 100_000  # characters looked at together: bounds the memory of a long file

Page = tuple[list[Candidate], list[propagation.Leftover]]


def find(corpus: Corpus, *, keep: Sequence[str] = (), spacy_model: str | None = None, jobs: int = 1) -> tuple[Mention, ...]:
    """Find the identifiers of `corpus`; names met in one transcript help in the others.

    `keep` are public names (UNAFAM, GEM): found with label ORG, to be shown and not replaced. `spacy_model`: an installed spaCy model (or
    its folder) whose entities are one more vote. `jobs` is the number of processes.
    Returns mentions sorted by document and place, of which no two overlap, each with `label`, `tier` and `source` (the reason).

    >>> [mention.label for mention in find(Corpus((Transcript("T01", "Je m'appelle Zoubir, j'ai 34 ans."),)))]
    ['PER', 'AGE']
    """
    known, names, pages = propagation.Known(), again.Names(), []
    for label in _labels(corpus):
        known.hear(label)
    manners = settle([manner(_pieces(transcript)) for transcript in corpus])
    looks = _each(partial(_look, keep=tuple(keep), spacy_model=spacy_model), list(zip(corpus, manners, strict=True)), jobs)
    for transcript, (candidates, leftovers) in zip(corpus, looks, strict=True):
        frame = headers.spans(transcript)
        accepted = resolve(headers.outside(candidates, transcript.text, frame))
        accepted = resolve([*accepted, *initials.again(transcript.text, accepted)])
        known.learn(transcript.text, accepted)
        names.learn(transcript.text, accepted)
        pages.append((transcript, frame, accepted, leftovers))
    found: list[Mention] = []
    table = names.table()
    for (transcript, frame, accepted, leftovers), capitals_ in zip(pages, manners, strict=True):
        met = chain(propagation.find(known, transcript.text, accepted, leftovers), _met_again(transcript.text, capitals_, table, accepted))
        found.extend(_mentions(transcript.id, resolve(headers.outside(met, transcript.text, frame))))
    return tuple(found)


def find_in_text(text: str) -> tuple[Mention, ...]:
    """Find the identifiers of one string, as `find` does in a corpus of one transcript; `document` is "".

    >>> [mention.label for mention in find_in_text("je m'appelle Zoubir et j'ai 34 ans")]
    ['PER', 'AGE']
    """
    return find(Corpus((Transcript("", text),)))


def find_disorders(text: str) -> tuple[Mention, ...]:
    """Find the names of disorders of one string, and nothing else; `document` is "".

    >>> [text[m.start : m.end] for text in ["il est bipolaire, pas parano"] for m in find_disorders(text)]
    ['bipolaire', 'parano']
    """
    view = View(text, 0, len(text), SENTENCES)
    codes, entries = _wake(view, _ROUTES_OF_DISORDERS)
    found = resolve(chain(disorders.find(view, codes), lexicons.find(view, entries)))
    return tuple(_mentions("", (candidate for candidate in found if candidate.label == "DIAG")))


def _labels(corpus: Corpus) -> Iterator[str]:
    """Yield what is said of persons beside the text: names of files, the participants' table."""
    yield from (transcript.id for transcript in corpus)
    for participant in corpus.participants:
        yield participant.id
        yield from (value for key, value in participant.attributes.items() if fold(key) in words("name_columns"))


def _pieces(transcript: Transcript) -> list[str]:
    return [transcript.text[turn.start : turn.end] for turn in transcript.turns] or [transcript.text]


def _each(look: Callable[..., Page], tasks: Sequence[tuple[Transcript, str]], jobs: int) -> Iterable[Page]:
    if jobs == 1 or len(tasks) < 2:
        return (look(*task) for task in tasks)
    from joblib import Parallel, delayed

    pages: Iterable[Page] = Parallel(n_jobs=jobs)(delayed(look)(*task) for task in tasks)
    return pages


def _look(transcript: Transcript, capitals_: str, keep: tuple[str, ...], spacy_model: str | None) -> Page:
    """Return what the finders see in one transcript, and the words that could be names met elsewhere."""
    candidates = list(speakers.find(transcript))
    left: list[propagation.Leftover] = []
    for begin, end in _blocks(transcript.text):
        view = View(transcript.text, begin, end, capitals_)
        *places_, names = _wake(view, _ROUTES)
        for finder, at in zip(FINDERS, places_, strict=True):
            candidates.extend(finder.find(view, at))
        candidates.extend(kept.find(view, keep))
        left.extend(propagation.leftovers(view, names))
    if spacy_model:
        candidates = model.count(model.find(transcript, spacy_model), resolve(candidates))
    return candidates, left


def _met_again(text: str, capitals_: str, table: phrases.Node, accepted: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the names of `table` in `text` that were not accepted as they are: those keep their reason; what was sure stays so."""
    found = {candidate[:3] for candidate in accepted}
    settled = {candidate[:2] for candidate in accepted if candidate.label in ("DIAG", "MED") or candidate.source in ("name.place", "lexicon.place")}
    sure = {candidate[:2] for candidate in accepted if candidate.sure}
    for begin, end in _blocks(text) if table else ():
        for candidate in again.find(View(text, begin, end, capitals_), table):
            if candidate[:3] not in found and candidate[:2] not in settled:
                yield candidate._replace(sure=candidate.sure or candidate[:2] in sure)


class _Routes(dict[int, tuple[int, ...]]):
    """For the flags of a word, the numbers of the finders that it wakes."""

    def __init__(self, finders: Sequence[Any]) -> None:
        self.triggers = [finder.TRIGGER for finder in finders]

    def __missing__(self, flags: int) -> tuple[int, ...]:
        route = self[flags] = tuple(k for k, trigger in enumerate(self.triggers) if flags & trigger)
        return route


def _wake(view: View, routes: _Routes) -> list[list[int]]:
    """Return for each finder the indexes of the words that wake it."""
    at: list[list[int]] = [[] for _ in routes.triggers]
    ways = list(map(routes.__getitem__, map(flags_of, view.forms)))
    for i in compress(range(view.size), ways):
        for k in ways[i]:
            at[k].append(i)
    return at


_ROUTES = _Routes((*FINDERS, propagation))
_ROUTES_OF_DISORDERS = _Routes((disorders, lexicons))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text to look at one after the other, cut at the end of a line, else between words."""
    at = 0
    while at < len(text):
        end = min(at + _BLOCK, len(text))
        if end < len(text):
            end = text.rfind("\n", at + _BLOCK // 2, end) + 1 or text.rfind(" ", at + _BLOCK // 2, end) + 1 or end
        yield at, end
        at = end


def _mentions(document: str, candidates: Iterable[Candidate]) -> Iterator[Mention]:
    for start, end, label, sure, source in candidates:
        if label:
            yield Mention(document, start, end, label, "auto" if sure else "review", source)
