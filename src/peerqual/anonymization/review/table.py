"""The table that a person reads to judge what was found: one row an entity, or a group of persons who may be one."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ...errors import message
from ...model import Corpus, Mention, Transcript
from ..names import norm
from ..planning import Plan
from ..tables import reason
from .log import NameDecision
from .mentions import place_of

if TYPE_CHECKING:
    import pandas as pd

CONTEXTS = ("context1", "context2", "context3")
DECIDED = ("decision", "new_replacement", "new_label", "merge_with", "scope")  # the columns that a person fills
COLUMNS = ("entity", "label", "tier", "forms", "count", "documents", "risk", "replacement", "why", *CONTEXTS, *DECIDED, "address")
# How much a mention that is missed gives away, from 1 to 5: a person's name says who it is, an age hardly.
RISKS = {"PER": 5, "CONTACT": 5, "ID": 5, "ORG": 4, "HOSP": 4, "LOC": 3, "DATE": 2, "MED": 2, "DIAG": 2, "AGE": 1}
KINDS = {"PER": "person", "ORG": "place", "HOSP": "place", "LOC": "place", "DIAG": "health", "MED": "health"}
KINDS |= dict.fromkeys(("CONTACT", "ID", "DATE", "AGE"), "number")
ALIKE = ("health", "number")  # what is told by its form, and has no name of its own
_LONGEST = 32_000  # characters in a cell of a spreadsheet
EACH = 4  # times that what is sure must be said to have a row of its own
_AROUND = 60  # characters on each side


def entities_table(
    corpus: Corpus, made: Plan, decisions: Sequence[NameDecision] = (), *, each: int = EACH, settled: bool = False, lang: str | None = None
) -> pd.DataFrame:
    """Return what the plan `made` replaces in `corpus`, one row an entity or group; those that were decided on only when `settled`.

    What is sure and said fewer than `each` times shares a row with its kind; with 1 nothing does but persons of one first name.
    Doubtful rows first, then by risk × count. Columns: `COLUMNS`; « label », « tier » as in `find_identifiers`; ``forms`` each between « »;
    ``documents`` the originals' ids; ``risk`` 1 to 5; ``address`` is for reading the table back.
    """
    import pandas as pd

    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in made.mentions:
        if (mention.document, mention.start, mention.end) in made.replacements:
            mentions[mention.entity].append(mention)
    asked = [id for id in mentions if settled or id not in made.settled]
    texts = corpus.by_id()
    rows = [_row(ids, [m for id in ids for m in mentions[id]], made, texts, lang) for ids in _groups(mentions, made, decisions, asked, each)]
    rows.sort(key=lambda row: (row["tier"] != "review", -int(str(row["risk"])) * int(str(row["count"]))))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _groups(
    mentions: Mapping[str, Sequence[Mention]], made: Plan, decisions: Sequence[NameDecision], asked: Iterable[str], each: int
) -> Iterator[list[str]]:
    """Yield the ids of each row: persons of one first name stand together, and what is sure and seldom said, unless somebody parted them."""
    apart = {id for decision in decisions if decision.verdict == "split" and len(decision.entities) > 1 for id in decision.entities}
    namesakes = {id: group[0] for group in made.merges for id in group}
    rows: dict[str, list[str]] = defaultdict(list)
    for id in asked:
        rows[id if id in apart else namesakes.get(id, id)].append(id)
    shared: dict[str, list[str]] = defaultdict(list)
    for ids in rows.values():
        said = [mention for id in ids for mention in mentions[id]]
        kind, sure = KINDS[said[0].label], all(mention.tier == "auto" for mention in said)
        if each > 1 and sure and (kind in ALIKE or len(said) < each) and apart.isdisjoint(ids):
            shared[kind] += ids
        else:
            yield ids
    yield from shared.values()


def _row(ids: Sequence[str], mentions: Sequence[Mention], made: Plan, texts: Mapping[str, Transcript], lang: str | None) -> dict[str, object]:
    labels = Counter(mention.label for mention in mentions)
    forms = Counter(_words(mention, texts) for mention in mentions)
    replacements = {made.replacements[m.document, m.start, m.end] for m in sorted(mentions, key=lambda m: m.start - m.end)}
    shown = _shown(mentions, texts)
    documents = sorted({mention.document for mention in mentions})
    places = [(m.document, *place_of(m, texts[m.document].text)) for m in shown]
    contexts = [f"{m.document} · {context(texts[m.document], m)}" for m in shown] + [""] * len(CONTEXTS)
    given: dict[str, object] = {
        "entity": " ".join(ids),
        "label": " ".join(label for label, _ in labels.most_common()),
        "tier": "review" if any(mention.tier == "review" for mention in mentions) else "auto",
        "forms": " · ".join(f"« {form} »" for form, _ in forms.most_common())[:_LONGEST],
        "count": len(mentions),
        "documents": " · ".join(documents),
        "risk": max(map(RISKS.__getitem__, labels)),
        "replacement": " · ".join(sorted(replacements, key=lambda words: (-len(words), words))[:3]),
        "why": _why(ids, mentions, made, lang),
        "address": json.dumps({"documents": documents, "places": places}),
    }
    return given | dict(zip(CONTEXTS, contexts, strict=False)) | dict.fromkeys(DECIDED, "")


def _words(mention: Mention, texts: Mapping[str, Transcript]) -> str:
    return " ".join(texts[mention.document].text[mention.start : mention.end].split())


def _shown(mentions: Sequence[Mention], texts: Mapping[str, Transcript]) -> list[Mention]:
    """Return the mentions to show: doubtful ones first, then of each form, then of each document."""
    forms, documents = Counter[str](), Counter[str]()
    ranked: list[tuple[bool, int, int, int, Mention]] = []
    for mention in mentions:
        form = norm(_words(mention, texts))
        ranked.append((mention.tier != "review", forms[form], documents[mention.document], len(ranked), mention))
        forms[form] += 1
        documents[mention.document] += 1
    return [mention for *_, mention in sorted(ranked, key=lambda one: one[:4])[: len(CONTEXTS)]]


def _why(ids: Sequence[str], mentions: Sequence[Mention], made: Plan, lang: str | None) -> str:
    reasons = [reason(source, lang) for source, _ in Counter(mention.source for mention in mentions).most_common(2)]
    others = sorted({id for group in made.merges if not set(ids).isdisjoint(group) for id in group} - set(ids))
    if len(ids) > 1:
        key = "review.one_person" if any(set(ids) <= set(group) for group in made.merges) else "review.alike"
        reasons.insert(0, message(key, lang, n=len(ids)))
    elif others:
        reasons.insert(0, message("review.namesake", lang, ids=", ".join(others[:3])))
    return "\u202f; ".join(dict.fromkeys(reasons)) if lang != "en" else "; ".join(dict.fromkeys(reasons))


def context(transcript: Transcript, mention: Mention) -> str:
    """Return the words around `mention` in its turn (its line where nobody speaks), on one line, the mention between « »."""
    text, at = transcript.text, transcript.turn_at(mention.start)
    low, high = (transcript.turns[at].start, transcript.turns[at].end) if at is not None else (0, len(text))
    if at is None:
        low = text.rfind("\n", 0, mention.start) + 1
        high = text.find("\n", mention.end) if "\n" in text[mention.end :] else high
    low, high = min(low, mention.start), max(high, mention.end)
    before, after = text[low : mention.start], text[mention.end : high]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + "…"
    marked = f"{before}« {text[mention.start : mention.end]} »{after}"
    return " ".join(marked.replace("\u202f", " ").split())
