"""The tables of `risk`: what each person's words give away and to whom, each excerpt, what is rare, which attributes are alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import PeerqualError, UsageError
from ...model import Corpus, Mention, Span
from ...transcripts.participants import participant_of
from ..corpus import PseudonymizedCorpus
from ..find import find
from .combinations import attributes_of, generalised, shared
from .cues import HIDDEN, KINDS, Cue, cues, spoken
from .readers import READERS, readers_of

if TYPE_CHECKING:
    import pandas as pd

_RARE = ("event", "press")


@dataclass(frozen=True)
class Risk:
    """Who could recognise whom, as DataFrames. Kinds of cues are those of `KINDS`, readers those of `READERS`.

    `people`: participant,reader,left,replaced — one row a person and a reader; ``left`` are the cues that stay when identifiers are replaced,
    ``replaced`` those that go, as « kind n, kind n », the most frequent first ("" is not: nobody; it is: nothing was noticed).
    `excerpts`: document,start,end,participant,left,replaced,readers,words — places in code points, half-open; ``words`` are the text's own.
    `rare`: document,start,end,participant,kind,words,participants — events and what was public; ``participants``: how many tell of the like.
    `combinations`: attributes,values,participants,participant — ``participant`` where somebody is alone with these values.
    `generalisations`: attribute,change,alone_before,alone_after — people alone with all their attributes; change "dropped", "broader", "two_groups".
    """

    people: pd.DataFrame
    excerpts: pd.DataFrame
    rare: pd.DataFrame
    combinations: pd.DataFrame
    generalisations: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by their name."""
        return {name: getattr(self, name) for name in ("people", "excerpts", "rare", "combinations", "generalisations")}


def risk(
    corpus: Corpus,
    *,
    excerpts: pd.DataFrame | None = None,
    mentions: Iterable[Mention] | None = None,
    attributes: Sequence[str] | None = None,
    keep: Sequence[str] = (),
) -> Risk:
    """Return what `corpus` gives away of the people who speak in it, and to whom: other members, coordinator, carer, family, a stranger.

    `excerpts`: the passages that are meant to be quoted (columns document,start,end); every turn that gives something away when None.
    `mentions`: identifiers (found anew when None; none in a `PseudonymizedCorpus`, where they are replaced). `attributes`: columns of
    participants.csv to combine (default: all that tell people apart). `keep`: public names, that give nobody away.
    It is a checklist: what it does not list was not noticed, and a person must judge. k among few means little: who knows that somebody took
    part needs no rare value. Raises `PeerqualError` on excerpts of unknown documents, `UsageError` on an unknown attribute.

    >>> from peerqual.model import Transcript, Turn
    >>> text = "A : Ma jumelle a mis le feu à la grange."
    >>> corpus = Corpus((Transcript("E01", text, (Turn("A", "P1", "respondent", 4, len(text)),)),))
    >>> risk(corpus).people.query("reader == 'family'").left.tolist()
    ['event 1, family 1']
    """
    if mentions is None:
        mentions = () if isinstance(corpus, PseudonymizedCorpus) else find(corpus, keep=keep)
    people = [person for person in corpus.participants if _answers(corpus, person.id)]
    known = attributes_of(people)
    unknown = sorted(set(attributes or ()) - {name for person in people for name in person.attributes})
    if unknown:
        raise UsageError("risk.unknown_attribute", where=", ".join(unknown), known=", ".join(known) or "—")
    found = cues(corpus, mentions)
    chosen = list(attributes) if attributes is not None else known
    return Risk(
        _people(corpus, found),
        _excerpts(corpus, found, excerpts),
        _rare(found),
        _frame(shared(people, chosen), "attributes values participants participant"),
        _frame(generalised(people, chosen), "attribute change alone_before alone_after"),
    )


def _frame(rows: Iterable[tuple[object, ...]], columns: str) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), columns=columns.split())


def _answers(corpus: Corpus, participant: str) -> bool:
    turns = [turn for transcript in corpus for turn in transcript.turns if turn.participant == participant]
    return not turns or any(turn.role not in ("interviewer", "researcher") for turn in turns)


def _people(corpus: Corpus, found: Sequence[Cue]) -> pd.DataFrame:
    speaking = {participant_of(transcript, turn) for transcript in corpus if transcript.turns for turn in spoken(transcript)}
    mine: dict[str, list[Cue]] = {who: [] for who in sorted(speaking)}
    for cue in found:
        mine.setdefault(cue.participant, []).append(cue)
    rows = []
    for who, said in mine.items():
        for reader, known in READERS.items():
            here = [cue for cue in said if cue.kind in known]
            rows.append((who, reader, _counted(here, hidden=False), _counted(here, hidden=True)))
    return _frame(rows, "participant reader left replaced")


def _counted(found: Iterable[Cue], *, hidden: bool) -> str:
    counts = Counter(cue.kind for cue in found if (cue.kind in HIDDEN) == hidden)
    return ", ".join(f"{kind} {n}" for kind, n in sorted(counts.items(), key=lambda item: (-item[1], KINDS.index(item[0]))))


def _excerpts(corpus: Corpus, found: Sequence[Cue], wanted: pd.DataFrame | None) -> pd.DataFrame:
    places = _turns(corpus, found) if wanted is None else _given(corpus, wanted)
    inside: dict[str, list[Cue]] = {}
    for cue in found:
        inside.setdefault(cue.document, []).append(cue)
    texts = corpus.by_id()
    rows = []
    for document, (start, end) in places:
        here = [cue for cue in inside.get(document, ()) if start < cue.end and cue.start < end]
        turn = texts[document].turn_at(start)
        who = participant_of(texts[document], texts[document].turns[turn]) if turn is not None else ""
        readers = " ".join(readers_of(cue.kind for cue in here))
        words = " · ".join(dict.fromkeys(cue.words for cue in here))
        rows.append((document, start, end, who, _counted(here, hidden=False), _counted(here, hidden=True), readers, words))
    return _frame(rows, "document start end participant left replaced readers words")


def _turns(corpus: Corpus, found: Sequence[Cue]) -> list[tuple[str, Span]]:
    turns = {transcript.id: spoken(transcript) for transcript in corpus}
    telling = dict.fromkeys((cue.document, cue.turn) for cue in found)
    return [(document, (turns[document][n].start, turns[document][n].end)) for document, n in telling]


def _given(corpus: Corpus, wanted: pd.DataFrame) -> list[tuple[str, Span]]:
    lengths = {transcript.id: len(transcript.text) for transcript in corpus}
    places = [(str(d), (int(a), int(b))) for d, a, b in wanted[["document", "start", "end"]].itertuples(index=False)]
    for document, (start, end) in places:
        if document not in lengths or not 0 <= start <= end <= lengths[document]:
            raise PeerqualError("risk.unknown_excerpt", where=document)
    return list(dict.fromkeys(places))


def _rare(found: Sequence[Cue]) -> pd.DataFrame:
    tellers: dict[tuple[str, str], set[str]] = {}
    for cue in found:
        tellers.setdefault((cue.kind, cue.words.casefold()), set()).add(cue.participant)
    told = sorted(((len(tellers[cue.kind, cue.words.casefold()]), n) for n, cue in enumerate(found) if cue.kind in _RARE))
    rows = [(c.document, c.start, c.end, c.participant, c.kind, c.words, many) for many, n in told for c in (found[n],)]
    return _frame(rows, "document start end participant kind words participants")
