"""Words and codes in their context: where a query holds, with what stands on either side."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pandas as pd

from peerqual.analysis.citing import line_of
from peerqual.analysis.ground import WORD, spoken, survey
from peerqual.analysis.passages import loaded, passages, tree
from peerqual.analysis.query import Both, Either, Near, Query, Term, Without, parse, terms, words_pattern
from peerqual.analysis.quotes import BREAKS, said
from peerqual.errors import PeerqualError
from peerqual.language.fold import fold
from peerqual.language.sentences import split
from peerqual.model import Corpus, Span, Transcript, Turn
from peerqual.transcripts import participant_of

COLUMNS = ["document", "line", "participant", "speaker", "role", "material", "left", "hit", "right", "codes", "start", "end"]
UNITS = ("turn", "sentence", "document")


def concordance(
    corpus: Corpus,
    query: str,
    *,
    codings: pd.DataFrame | None = None,
    codebook: Any = None,
    code: str | None = None,
    speaker: str | None = None,
    role: str | None = None,
    attribute: Mapping[str, str] | None = None,
    unit: str = "turn",
    window: int = 60,
) -> pd.DataFrame:
    """Find words and codes, each hit in its context (KWIC).

    Args:
        corpus: the transcripts.
        query: what to look for: ``espoir``, ``"au groupe"``, ``lemma:croire``, ``code:espoir``, with AND, OR, NOT, NEAR/n and brackets (ET, OU,
            SAUF, PRES/n): see `peerqual.analysis.query`.
        codings: DESIGN.md's columns, for ``code:`` and `code`; rejected codings are not counted.
        codebook: its codes (None: the package's).
        code: keep hits that touch a passage of this code or branch, or of a child of it.
        speaker: keep what this speaker or participant says.
        role: keep what voices of this role say ("respondent", "interviewer", …).
        attribute: keep what participants with these attributes say, ``{name: value}``.
        unit: within which AND, NOT and NEAR hold: "turn", "sentence" (of speech) or "document" (what `speaker` and the others keep of it).
        window: characters of context on each side, within the turn, cut between words.

    Returns:
        One row per place, in the order of the texts: `document`, `line` (of the text, from 1), `participant`, `speaker`, `role`, `material`, `left`,
        `hit`, `right`, `codes` (ids with spaces between, of the passages that touch the hit; "" without `codings`), `start`, `end` (code points).

    Raises:
        PeerqualError: a query that cannot be read, ``code:`` without `codings`, a code that the codebook does not have, an unknown unit or attribute.

    >>> from peerqual.analysis.example import CORPUS
    >>> concordance(CORPUS, "envie OR groupe", window=12)[["document", "line", "left", "hit", "right"]].values.tolist()
    [['E01', 2, 'la suite. Au', 'groupe', 'on se serre'], ['G01', 2, 'Ça redonne', 'envie', '.']]
    """
    if unit not in UNITS:
        raise PeerqualError("analysis.unknown_unit_of_search", unit, known=", ".join(UNITS))
    asked = parse(query)
    coded = _Coded(corpus, codings, codebook, [term.text for term in terms(asked) if term.kind == "code"] + ([code] if code else []))
    wanted = _kept(corpus, speaker, role, attribute or {})
    search = _Search(corpus, asked, coded)
    rows = []
    for transcript in corpus:
        turns = [turn for turn in spoken(transcript) if wanted(transcript, turn)]
        if turns and search.may_hold(transcript):
            hits = sorted({hit for spans in _units(transcript, turns, unit) for hit in search.hits(transcript, spans)})
            if code:
                hits = [hit for hit in hits if coded.touch(transcript.id, hit, coded.families[code])]
            rows += [_row(transcript, turns, hit, coded, window) for hit in hits]
    return pd.DataFrame(rows, columns=COLUMNS)


def _kept(corpus: Corpus, speaker: str | None, role: str | None, attribute: Mapping[str, str]):  # type: ignore[no-untyped-def]
    known = sorted({name for participant in corpus.participants for name in participant.attributes})
    for name in attribute:
        if name not in known:
            raise PeerqualError("analysis.unknown_attribute", name, known=", ".join(known) or "—")
    those = {one.id for one in corpus.participants if all(fold(str(one.attributes.get(k, ""))) == fold(v) for k, v in attribute.items())}

    def wanted(transcript: Transcript, turn: Turn) -> bool:
        who = participant_of(transcript, turn)
        if attribute and who not in those:
            return False
        return (speaker is None or speaker in (turn.speaker, who)) and (role is None or role == turn.role)

    return wanted


def _units(transcript: Transcript, turns: list[Turn], unit: str) -> Iterator[list[Span]]:
    # Each unit as the spans of words that it is made of.
    if unit == "document":
        yield [span for turn in turns for span in turn.spans()]
        return
    for turn in turns:
        if unit == "turn":
            yield list(turn.spans())
        else:
            yield from ([(turn.start + a, turn.start + b)] for a, b in split(transcript.text[turn.start : turn.end]))


class _Coded:
    """The passages of each document, and for each code that is asked for its family: itself and its descendants."""

    def __init__(self, corpus: Corpus, codings: pd.DataFrame | None, codebook: Any, asked: Iterable[str]) -> None:
        self.here: dict[str, list[tuple[int, int, str]]] = {}
        self.families: dict[str, frozenset[str]] = {}
        asked = list(asked)
        if codings is None:
            if asked:
                raise PeerqualError("analysis.no_codings_to_search", asked[0])
            return
        book = loaded(codebook)
        for id in asked:
            family = frozenset(one.id for one in book.codes if id == one.id or id in book.ancestors(one.id))
            if not family:
                raise PeerqualError("analysis.no_such_code", id)
            self.families[id] = family
        codes, ground = tree(book), survey(corpus)
        found = passages(codings, ground, codes)
        for document, code, start, end in found[["document", "code", "start", "end"]].itertuples(index=False):
            base = int(ground.base[document])
            self.here.setdefault(ground.ids[document], []).append((int(start) - base, int(end) - base, codes.ids[code]))

    def touch(self, document: str, span: Span, family: Iterable[str] | None = None) -> list[str]:
        """Return the codes (of `family`, where given) of the passages that touch `span`."""
        found = (one for one in self.here.get(document, ()) if one[0] < span[1] and span[0] < one[1])
        return list(dict.fromkeys(code for _, _, code in sorted(found) if family is None or code in family))


class _Search:
    """A query made ready for a corpus: a regular expression for each term of words."""

    def __init__(self, corpus: Corpus, query: Query, coded: _Coded) -> None:
        self.query, self.coded = query, coded
        self.patterns = {term: re.compile(_pattern(term, corpus)) for term in terms(query) if term.kind != "code"}
        self._folded: tuple[str, str] = ("", "")

    def may_hold(self, transcript: Transcript) -> bool:
        """Say whether it is worth looking into `transcript`: False where all that is asked for is words, and none of them is there."""
        if not self.patterns or any(term.kind == "code" for term in terms(self.query)):
            return True
        return any(pattern.search(self.folded(transcript)) for pattern in self.patterns.values())

    def folded(self, transcript: Transcript) -> str:
        """Return the folded text of `transcript`; the last one is remembered."""
        if self._folded[0] != transcript.id:
            self._folded = (transcript.id, fold(transcript.text))
        return self._folded[1]

    def hits(self, transcript: Transcript, spans: list[Span]) -> list[Span]:
        """Return the places in a unit, made of `spans`, where the query holds."""
        return self._found(self.query, transcript, spans) or []

    def _found(self, query: Query, transcript: Transcript, spans: list[Span]) -> list[Span] | None:
        # None: the query does not hold in the unit; else its places (none, where it asks for what is not there).
        match query:
            case Term():
                return self._places(query, transcript, spans) or None
            case Without(part):
                return [] if self._found(part, transcript, spans) is None else None
            case Near(first, second, words):
                one = self._found(first, transcript, spans)
                other = self._found(second, transcript, spans) if one else None
                return (_near(transcript, one, other, words, spans) or None) if one and other else None
            case Both(parts):
                each = [self._found(part, transcript, spans) for part in parts]
                return None if any(found is None for found in each) else _all(each)
            case Either(parts):
                each = [self._found(part, transcript, spans) for part in parts]
                return None if all(found is None for found in each) else _all(each)

    def _places(self, term: Term, transcript: Transcript, spans: list[Span]) -> list[Span]:
        if term.kind != "code":
            text, pattern = self.folded(transcript), self.patterns[term]
            return [hit.span() for start, end in spans for hit in pattern.finditer(text, start, end)]
        family = self.coded.families[term.text]
        return sorted(
            {
                (max(start, a), min(end, b))
                for a, b, code in self.coded.here.get(transcript.id, ())
                if code in family
                for start, end in spans
                if a < end and start < b
            }
        )


def _all(each: Iterable[list[Span] | None]) -> list[Span]:
    return sorted({span for found in each if found for span in found})


def _near(transcript: Transcript, one: list[Span], other: list[Span], words: int, spans: list[Span]) -> list[Span]:
    at = [hit.start() for start, end in spans for hit in WORD.finditer(transcript.text, start, end)]

    def gap(a: Span, b: Span) -> int:
        if a[0] < b[1] and b[0] < a[1]:
            return 0
        left, right = (a[1], b[0]) if a[1] <= b[0] else (b[1], a[0])
        return bisect_left(at, right) - bisect_left(at, left)

    return sorted({(min(a[0], b[0]), max(a[1], b[1])) for a in one for b in other if a != b and gap(a, b) <= words})


def _pattern(term: Term, corpus: Corpus) -> str:
    if term.kind == "words":
        return words_pattern(term.text)
    forms = sorted({fold(form) for form in _forms(corpus) if term.text.lower() in _lemmas(form)}, key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)" if forms else r"(?!)"


def _forms(corpus: Corpus) -> set[str]:
    return {form for transcript in corpus for form in set(re.findall(r"\w+", transcript.text.lower()))}


@cache
def _lemmas(form: str) -> frozenset[str]:
    from peerqual.coding.words import lemmas

    return lemmas(form)


def _row(transcript: Transcript, turns: list[Turn], hit: Span, coded: _Coded, window: int) -> tuple[object, ...]:
    turn = turns[max(bisect_right(turns, hit[0], key=lambda one: one.start) - 1, 0)]
    left = _words(transcript, turn, turn.start, hit[0])[-window - 1 :]
    right = _words(transcript, turn, hit[1], turn.end)[: window + 1]
    return (
        *(transcript.id, line_of(transcript, hit[0]), participant_of(transcript, turn), turn.speaker, turn.role, transcript.material),
        *(left if len(left) <= window else left.partition(" ")[2], _words(transcript, turn, *hit)),
        *(right if len(right) <= window else right.rpartition(" ")[0], " ".join(coded.touch(transcript.id, hit)), *hit),
    )


def _words(transcript: Transcript, turn: Turn, start: int, end: int) -> str:
    if turn.skips or end > turn.end:
        return said(transcript, start, end)
    return BREAKS.sub(" ", transcript.text[start:end]).strip()
