"""Words that may have to agree with « trouble » and were left: « accord à vérifier »."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..errors import message
from ..model import Edit

if TYPE_CHECKING:
    import pandas as pd

    from .corpus import PseudonymizedCorpus

Address = tuple[str, int, int]
_BESIDE = 40  # characters of context on each side
COLUMNS = ("document", "line", "start", "end", "words", "context", "doubt")


def left(doubts: Iterable[Address], edits: Iterable[Edit]) -> tuple[Address, ...]:
    """Return each of the `doubts` (document,start,end) once, without the words that one of the `edits` takes in: another mention settled them."""
    told = dict.fromkeys(doubts)
    by_document = defaultdict(list)
    for edit in edits if told else ():
        by_document[edit.document].append(edit)
    return tuple(doubt for doubt in told if not any(edit.start < doubt[2] and doubt[1] < edit.end for edit in by_document[doubt[0]]))


def agreement_doubts(study: PseudonymizedCorpus, lang: str | None = None) -> pd.DataFrame:
    """Return what a person should look at after « trouble(s) » took the place of a feminine noun: « elle » that may resume it, a participle.

    Returns one row a place: document,line (1-based),start,end (code points, half-open, in the pseudonymized text),words,context (the words with
    those beside them, as they are pseudonymized),doubt (« accord à vérifier », in `lang`).

    >>> import peerqual as pq
    >>> corpus = pq.Corpus((pq.Transcript("d", "J'ai une dépression. Elle dure."),))
    >>> agreement_doubts(pq.anonymize(corpus), "fr")[["words", "doubt"]].values.tolist()
    [['Elle', 'accord à vérifier']]
    """
    import pandas as pd

    texts, news = study.by_id(), {old: new for new, old in study.originals.items()}
    rows = []
    for document, *span in study.plan.doubts:
        new = news[document]
        text = texts[new].text
        start, end = study.maps[new].span_to_new(*span)
        context = " ".join(text[max(0, start - _BESIDE) : end + _BESIDE].split())
        rows.append((new, text.count("\n", 0, start) + 1, start, end, text[start:end], context, message("anonymization.to_agree", lang)))
    return pd.DataFrame(sorted(rows), columns=list(COLUMNS))
