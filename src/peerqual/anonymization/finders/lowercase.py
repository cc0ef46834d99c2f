"""Names in lower case: from the lexicons, and in transcripts without capitals also what context tells of unknown words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from . import context
from .candidates import Candidate
from .context import JOINTS, telling
from .view import View
from .words import CAP, COMMON, FIRST, KNOWN, LISTED, ORDINARY, PLACE, SURNAME, UNKNOWN

TRIGGER = LISTED | UNKNOWN

# Endings of verbs, adjectives, nouns and plurals: an unknown word that ends so is rather a French form than a name.
_FRENCH = re.compile(r"(?:er|ait|aient|ent|ons|ez|ement|tion|ique|eur|euse|age|isme|iste|able|ees|es|s|e|i|u|is|it)\Z")
_VERBAL = re.compile(r"(?:er|es|ent|ant|tion|ment|age|ique)\Z")
_INFINITIVE = re.compile(r"(?:er|ir|oir|re)\Z")
_TIMES = 3  # how often an unknown word must come back to count as a name


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``lowercase.first_name``, ``lowercase.place``, ``lowercase.surname``, ``lowercase.context``, ``lowercase.employer``,
    ``lowercase.unknown``."""
    if view.sparse:
        return
    times = Counter(view.forms[i].folded for i in at if view.forms[i].flags & UNKNOWN) if view.bare else Counter()
    after_name = -1
    for i in at:
        form = view.forms[i]
        if form.flags & (CAP | COMMON) or len(form.text) < 3:
            continue
        follows = after_name == i and view.gap(i) in (" ", "-")
        label, reason = _listed(view, i, form.flags, follows) or (_unknown(view, i, follows, times[form.folded]) if view.bare else ("", ""))
        if label:
            after_name = i + 1 if label == "PER" else -1
            first = i - 1 if view.gap(i) == "-" and view.form(i - 1).flags & FIRST else i
            sure = view.bare and reason in ("first_name", "place", "surname")
            yield Candidate(view.starts[first], view.end(i), label, sure, f"lowercase.{reason}")


def _listed(view: View, i: int, flags: int, follows: bool) -> tuple[str, str] | None:
    named = follows or (context.titled(view, i) and len(view.form(i - 1).text) > 1)
    clear = not flags & ORDINARY
    if flags & FIRST and (clear or named):
        return "PER", "first_name"
    if flags & PLACE and _is_place(view, i, flags, clear):
        return "LOC", "place"
    if flags & SURNAME and (named or (view.bare and clear and not flags & KNOWN and len(view.forms[i].text) > 4)):
        return "PER", "surname"
    return None


def _is_place(view: View, i: int, flags: int, clear: bool) -> bool:
    if not view.bare:
        return clear and context.placed(view, i)
    article = view.form(i - 1).folded == "la" and view.form(i + 1).folded not in ("de", "du", "d", "des")
    region = view.form(i - 1).folded == "le" and view.form(i - 2).folded == "dans" and not flags & KNOWN  # « dans le berry »
    return clear or article or region or (context.placed(view, i) and (not flags & KNOWN or view.form(i - 1).folded == "a"))


def _unknown(view: View, i: int, follows: bool, times: int) -> tuple[str, str]:
    form, before = view.forms[i], view.form(i - 1)
    if not form.flags & UNKNOWN:
        return "", ""
    if follows or (context.titled(view, i) and len(before.text) > 1):
        return "PER", "context"
    if before.folded in ("chez", "pour") and len(form.text) > 3 and not _VERBAL.search(form.folded) and context.trade(view, i):
        return "ORG", "employer"
    if before.folded in ("saint", "sainte") and view.gap(i) in JOINTS:
        return "LOC", "context"
    if len(form.text) > 4 and before.text == "à" and not _INFINITIVE.search(form.folded) and context.placed(view, i):
        hospital = context.hospital(view, i, i + 1)
        if hospital or times > 1 or context.near(view, i, "place_verb"):
            return ("HOSP" if hospital else "LOC"), "unknown"
    if len(form.text) > 5 and before.folded in ("de", "d", "a") and not _VERBAL.search(form.folded):
        return ("LOC" if context.placed(view, i) else "PER"), "unknown"
    if len(form.text) < 4 or _FRENCH.search(form.folded) or context.determined(view, i):
        return "", ""
    placed = context.placed(view, i)
    if placed or times >= _TIMES or before.folded in telling("name_before") or context.acts(view, i + 1):
        return "LOC" if placed and context.near(view, i, "place_verb") else "PER", "unknown"
    return "", ""
