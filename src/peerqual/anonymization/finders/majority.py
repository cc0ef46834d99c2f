"""Person or place: what all mentions of one name in the corpus tell, where what stands around one of them tells little."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from .context import telling
from .words import FORMS, RELATION

_BEFORE = re.compile(r"(?:\b(?:[àÀ]|[Vv]ers|[Ss]ur|habit\w+|quitt\w+)\s|\b([^\W\d_]+) (?:de\s|d['’]))\Z")
_REACH = 40  # characters
_MEMBERS = re.compile(r"(?:eurs|euses|iens|iennes|istes|iers|ieres|ants|antes)\Z")
_CLEAR = 2


class Votes:
    """Mentions of each name, counted for "PER" or for "LOC", each with the weight of its reason."""

    def __init__(self) -> None:
        self._votes: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def count(self, text: str, start: int, label: str, source: str, weight: int, words: Sequence[str]) -> None:
        """Count the mention at `start` whose folded words are `words`; `weight` is that of its `source`."""
        if source == "relation" or source.startswith("capital"):
            label, weight = _heard(text, start, label, source, weight)
        if label in ("PER", "LOC") and weight:
            for name in {" ".join(words), *(words if label == "PER" else ())}:
                self._votes[name][label] += weight

    def most(self, name: str) -> str:
        """Return what most mentions of the folded `name` tell: "PER" or "LOC", "" where they tell neither or both alike.

        >>> votes = Votes()
        >>> votes.count("à Kerloz", 2, "LOC", "capital.mid_sentence", 1, ["kerloz"])
        >>> votes.most("kerloz")
        'LOC'
        """
        votes = self._votes.get(name, Counter())
        person, place = votes["PER"], votes["LOC"]
        return "" if person == place else "PER" if person > place else "LOC"


def clear(text: str, start: int, source: str) -> bool:
    """Tell whether the mention at `start` keeps its label whatever the others tell: a listed town after « à », kin without « de »."""
    before = _BEFORE.search(text, max(0, start - _REACH), start)
    if source == "relation":
        return not (before and before[1])
    return source == "name.place" and bool(before and not before[1])


def _heard(text: str, start: int, label: str, source: str, weight: int) -> tuple[str, int]:
    """Return the label and the weight of a mention that nothing but a capital or a relation tells.

    After « de », people who are no kin tell a place (« les buveurs de X »), kin a person or a place (« la fille de X »), other words nothing.
    """
    before = _BEFORE.search(text, max(0, start - _REACH), start)
    if label == "PER" and before and before[1]:
        noun = FORMS[before[1]]
        kin = noun.flags & RELATION or noun.folded in telling("kin")
        return ("LOC", 1) if _MEMBERS.search(noun.folded) and not kin else ("PER", int(source == "relation"))
    if label == "LOC" and source == "capital.mid_sentence":
        return label, _CLEAR * bool(before)  # else it sounds like a town, as surnames do
    return label, weight
