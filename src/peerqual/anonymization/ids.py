"""Ids that give nobody away: a document or participant keeps its id only when nothing in it can be a name, a place or a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..language import lexicons
from ..language.fold import fold
from .names import norm

_WORDS = re.compile(r"\d+|[A-ZÀ-ÖØ-Þ]+(?![a-zà-öø-ÿ])|[A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]+")
_CODE = re.compile(r"[A-Z]{0,3}[-_ ]?\d{1,3}")


def is_safe(id: str, names: set[str]) -> bool:
    """Tell whether `id` holds no identifier: codes (« E01 ») and words of the trade (« entretien ») only.

    What is not known to be harmless is taken for an identifier; `names` are names and initials of the corpus (normalized), for codes.
    """
    words = _WORDS.findall(id)
    if len([word for word in words if word.isdigit()]) > 2:  # a date, perhaps
        return False
    return all(_is_harmless(word, names, code=_CODE.match(id) is not None) for word in words)


def _is_harmless(word: str, names: set[str], *, code: bool) -> bool:
    if word.isdigit():
        return len(word) <= 3
    if len(word) == 1 or fold(word) in lexicons.words("document_words"):
        return True
    return code and word.isupper() and len(word) <= 3 and norm(word) not in names


def rename(ids: Sequence[str], names: set[str], known: dict[str, str], letter: str, others: Iterable[str] = ()) -> dict[str, str]:
    """Return the new id of each of `ids`: the one in `known`, the same one where that is safe, else `letter` with the next free number.

    `known` is written to. No two new ids are equal, nor equal to one of `others`.
    """
    used = set(known.values()) | set(others)
    used |= {id for id in ids if id not in known and is_safe(id, names)}
    number = 0
    for id in ids:
        if id in known:
            continue
        if is_safe(id, names):
            known[id] = id
            continue
        while (new := f"{letter}{(number := number + 1):02d}") in used:
            pass
        used.add(new)
        known[id] = new
    return {id: known[id] for id in ids}
