"""Review names by type: make the table of what is to be judged, and write what was decided into the key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...model import Corpus
from ..find import find
from ..planning import plan
from . import log
from .reading import decisions_of
from .table import EACH, entities_table

if TYPE_CHECKING:
    import pandas as pd

    from ..key import Key


def review_names(
    corpus: Corpus,
    *,
    key: Key,
    keep: Sequence[str] = (),
    each: int = EACH,
    settled: bool = False,
    spacy_model: str | None = None,
    jobs: int = 1,
    lang: str | None = None,
) -> pd.DataFrame:
    """Return the entities found in `corpus`, one a row, to be judged: those on which `key` holds no decision yet, all when `settled`.

    Columns: entity,label,tier,forms,count,documents,risk,replacement,why,context1..3 (the words around a place, the mention between « »); to fill:
    decision (accept, reject, merge, split, rename, label), new_replacement, new_label, merge_with (ids of entities or forms), scope (corpus,
    document, here; « document 2 »: that of the second context); address. Doubtful rows stand first, then by risk × count. Persons of one first
    name in several documents share a row: « merge » makes them one, « accept » leaves them apart. So does what is sure and said fewer than `each`
    times, by kind, and what is told by its form (dates, ages, numbers, disorders, drugs): « split » gives each its own row in the next table,
    `each` = 1 in this one. The table holds originals. `key` is saved.

    >>> import peerqual as pq
    >>> table = pq.review_names(corpus, key=key)  # doctest: +SKIP
    >>> table.loc[0, "decision"] = "reject"  # doctest: +SKIP
    >>> pq.decide_names(table, key=key)  # doctest: +SKIP
    1
    """
    found = find(corpus, keep=keep, spacy_model=spacy_model, jobs=jobs)
    made = plan(corpus, found, key=key, keep=keep)
    key.save()
    return entities_table(corpus, made, tuple(log.standing(key.assignments).values()), each=each, settled=settled, lang=lang)


def decide_names(table: pd.DataFrame, *, key: Key, accept_rest: bool = False, where: str = "table") -> int:
    """Write the decisions in `table` (of `review_names`, filled) into the log of `key`, which is saved; return how many are new.

    From then on `anonymize` and `run` carry them out whenever they are given `key`. Rows without a decision say nothing, or are accepted with
    `accept_rest`. Raises `PeerqualError`, and nothing is written: a cell cannot be read (with its line; `where` names the file), a replacement is a
    real name or somebody else's, a group is to be renamed before it is merged.

    >>> import pandas as pd
    >>> import peerqual as pq
    >>> pq.decide_names(pd.DataFrame(columns=["entity", "decision"]), key=pq.Key.create("throw-away.key", passphrase="x"))
    0
    """
    decisions = decisions_of(table, key.assignments, accept_rest=accept_rest, where=where)
    if not decisions:
        return 0
    n = log.record(key.assignments, decisions)
    key.save()
    return n


def undo_names(key: Key, number: int = 0) -> int:
    """Take back the decision `number` of `name_decisions`, the last one when 0; return its number. The log only grows; `key` is saved.

    Raises `UsageError` when there is no such decision.
    """
    number = log.take_back(key.assignments, number)
    key.save()
    return number


def name_decisions(key: Key) -> pd.DataFrame:
    """Return the decisions on names that stand in `key`, oldest first: number,verdict,entities,forms,scope,documents,value,others.

    The table holds originals.
    """
    import pandas as pd

    rows = [
        (n, one.verdict, " ".join(one.entities), " · ".join(one.forms), one.scope, " · ".join(one.documents), one.value, " · ".join(one.others))
        for n, one in log.standing(key.assignments).items()
    ]
    return pd.DataFrame(rows, columns=["number", "verdict", "entities", "forms", "scope", "documents", "value", "others"])
