"""Mentions as a table that a person reads, corrects and gives back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from ..errors import PeerqualError, message
from ..model import TIERS, Corpus, Mention
from .find import find
from .planning import Plan, plan

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("document", "start", "end", "label", "tier", "source", "entity", "replacement", "text")
Address = tuple[str, int, int]


def find_identifiers(corpus: Corpus, *, keep: Sequence[str] = (), spacy_model: str | None = None, jobs: int = 1) -> pd.DataFrame:
    """Find the identifiers in `corpus`, with the reason of each and what would replace it.

    Returns one row a mention: document,start,end (code points, half-open),label,tier,source,entity,replacement,text. The table holds originals.
    ``replacement`` is empty for the names in `keep`. Rows may be dropped, labels and replacements changed, before `anonymize` takes the table.

    >>> import peerqual as pq
    >>> pq.find_identifiers(pq.read("corpus_sample/transcripts"))  # doctest: +SKIP
    """
    mentions = find(corpus, keep=keep, spacy_model=spacy_model, jobs=jobs)
    return mentions_table(corpus, mentions, plan(corpus, mentions, keep=keep))


def mentions_table(corpus: Corpus, mentions: Iterable[Mention], plan: Plan | None = None) -> pd.DataFrame:
    """Return `mentions` as a table, with entities and replacements where a `plan` tells them."""
    import pandas as pd

    texts = {transcript.id: transcript.text for transcript in corpus}
    replacements = plan.replacements if plan is not None else {}
    rows: list[dict[str, Any]] = []
    for m in plan.mentions if plan is not None else mentions:
        text = texts[m.document][m.start : m.end]
        replacement = replacements.get((m.document, m.start, m.end), "")
        values = (m.document, m.start, m.end, m.label, m.tier, m.source, m.entity, replacement, text)
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    if plan is not None:
        # What was proposed, so that `anonymize` can tell what a person changed since.
        table.attrs["proposed"] = {f"{row['document']}:{row['start']}:{row['end']}": row["replacement"] for row in rows}
    return table


def reason(source: str, lang: str | None = None) -> str:
    """Return why a mention of this `source` was found, in words.

    >>> reason("name.first_name", "en")
    'a known first name, with a capital'
    """
    try:
        return message(f"reasons.{source.replace('.', '_')}", lang)
    except KeyError:
        return message("reasons.said_by", lang)


def explain(table: pd.DataFrame, lang: str | None = None) -> pd.DataFrame:
    """Return why each form in `table` (of `find_identifiers`) was found: text,label,tier,replacement,mentions,documents,reason.

    One row a form and reason, doubtful ones first, then the most frequent. The table holds originals.
    """
    keys = ["text", "label", "tier", "replacement", "source"]
    counts = table.groupby(keys, sort=True).agg(mentions=("start", "size"), documents=("document", "nunique")).reset_index()
    counts = counts.sort_values(["tier", "mentions"], ascending=[False, False], kind="stable", ignore_index=True)
    counts["reason"] = [reason(source, lang) for source in counts["source"]]
    return counts[["text", "label", "tier", "replacement", "mentions", "documents", "reason"]]


def mentions_from_table(table: pd.DataFrame) -> tuple[Mention, ...]:
    """Return the mentions in `table`. Raises `PeerqualError` when a column is missing or a cell impossible."""
    missing = [name for name in ("document", "start", "end", "label") if name not in table.columns]
    if missing:
        raise PeerqualError("anonymization.missing_columns", where="mentions", names=", ".join(missing))
    mentions = []
    for n, row in enumerate(table.to_dict("records"), 2):
        tier = str(row.get("tier") or "auto")
        try:
            start, end = int(row["start"]), int(row["end"])
        except ValueError:
            raise PeerqualError("anonymization.bad_mention", where="mentions", line=n) from None
        if tier not in TIERS:
            raise PeerqualError("anonymization.bad_mention", where="mentions", line=n)
        mentions.append(Mention(str(row["document"]), start, end, str(row["label"]), tier, str(row.get("source") or ""), ""))
    return tuple(mentions)


def read_mentions(given: Iterable[Mention] | pd.DataFrame | None) -> tuple[dict[Address, str], dict[Address, str], tuple[Mention, ...] | None]:
    """Return the replacements that a person asked for, those that are suggested, and the mentions (None when none were given)."""
    if given is None:
        return {}, {}, None
    if not hasattr(given, "to_dict"):
        return {}, {}, tuple(given)
    table = cast("pd.DataFrame", given)
    mentions = mentions_from_table(table)
    return *_written_and_proposed(table, mentions), mentions


def _written_and_proposed(table: pd.DataFrame, mentions: Sequence[Mention]) -> tuple[dict[Address, str], dict[Address, str]]:
    """Return the replacements in `table` that a person wrote, and those that are as they were proposed.

    A table that does not remember what was proposed (read from a file) is taken at its word.
    """
    asked: dict[Address, str] = {}
    suggested: dict[Address, str] = {}
    proposed = table.attrs.get("proposed", {})
    for mention, words in zip(mentions, table.get("replacement", [None] * len(mentions)), strict=True):
        if isinstance(words, str) and words:
            same = proposed.get(f"{mention.document}:{mention.start}:{mention.end}") == words
            (suggested if same else asked)[mention.document, mention.start, mention.end] = words
    return asked, suggested
