"""What was decided about mentions: which are none, which have another label, which are no longer doubtful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ...model import Corpus, Mention
from ..names import norm
from .log import SCOPES, NameDecision

BESIDE = 12  # characters on each side by which a single place is known again, in a transcript that was corrected elsewhere too


class Judged(NamedTuple):
    """The mentions that stand, as decisions make them; those of them that were given their label; the words that are no identifier anywhere."""

    stand: list[Mention]
    labelled: set[Mention]
    rejected: set[str]


def judge(corpus: Corpus, mentions: Sequence[Mention], decisions: Iterable[NameDecision]) -> Judged:
    """Return what becomes of `mentions` by `decisions`.

    The narrower scope counts before the wider one, then the later decision before the earlier one.
    """
    by_form: dict[str, list[NameDecision]] = defaultdict(list)
    for decision in sorted(decisions, key=lambda decision: SCOPES.index(decision.scope)):
        if decision.verdict in ("accept", "reject", "label"):
            for form in decision.forms:
                by_form[form].append(decision)
    if not by_form:
        return Judged(list(mentions), set(), set())
    texts = {transcript.id: transcript.text for transcript in corpus}
    judged = Judged([], set(), set())
    for mention in mentions:
        text = texts[mention.document]
        about = [one for one in by_form.get(norm(text[mention.start : mention.end]), ()) if holds_at(one, mention, text)]
        if about and about[-1].verdict == "reject":
            if about[-1].scope == "corpus":
                judged.rejected.add(text[mention.start : mention.end])
            continue
        label = next((one.value for one in reversed(about) if one.verdict == "label"), "")
        judged.stand.append(replace(mention, label=label or mention.label, tier="auto" if about else mention.tier))
        if label:
            judged.labelled.add(judged.stand[-1])
    return judged


def holds_at(decision: NameDecision, mention: Mention, text: str) -> bool:
    """Tell whether `decision` is about the place of `mention`."""
    if decision.documents and mention.document not in decision.documents:
        return False
    return not decision.place or decision.place == place_of(mention, text)


def place_of(mention: Mention, text: str) -> tuple[str, str, str]:
    """Return the words of a place, with what stands before and after them."""
    start, end = mention.start, mention.end
    return text[start:end], text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
