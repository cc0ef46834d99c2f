"""What is once accepted is found everywhere: parts of a full name, other case, other accents, at weak places too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from . import context, majority
from .candidates import Candidate
from .view import View
from .words import CAP, COMMON, FIRST, FORMS, GENERIC, INSTITUTION, KNOWN, LISTED, NAME, ORDINARY, PLACE, UNKNOWN

TRIGGER = CAP | LISTED | UNKNOWN

_WORD = re.compile(r"[^\W\d_]{3,}")
_OF = re.compile(r"[^\W\d_] de [A-ZÀ-Þ]|[^\W\d_] d['’][A-ZÀ-Þ]")
_TELLING = {"speaker": 5, "header": 5, "introduction": 4, "title": 4, "relation": 3, "institution": 3, "lexicon": 2, "name": 2, "capital": 1}
_SILENT = frozenset(("institution.street", "capital.start", "capital.common_noun", "capital.words", "lexicon.disorder", "lexicon.drug"))
_EITHER = frozenset(("PER", "LOC"))

Leftover = tuple[int, int, str, bool]


class Known:
    """Names accepted anywhere in the corpus: `words` by folded word and `names` by folded whole, with their label and how telling it is;
    `nouns` are ordinary words that name a ward, with a capital only; `votes` tell persons from places."""

    def __init__(self) -> None:
        self.words: dict[str, tuple[int, str]] = {}
        self.names: dict[str, tuple[int, str]] = {}
        self.nouns: dict[str, tuple[int, str]] = {}
        self.votes = majority.Votes()

    def learn(self, text: str, candidates: Iterable[Candidate]) -> None:
        """Remember sure names of persons, places and institutions."""
        for start, end, label, sure, source in candidates:
            weight = _TELLING.get(source.partition(".")[0], 0)
            if source == "lowercase.unknown" and label != "PER":
                self._add(self.words, FORMS[text[start:end]].folded, 1, label)
            if source.startswith("institution") and _OF.search(text, start, end):
                continue  # « l'hôpital de Bourges » teaches nothing about Bourges
            if not sure or not weight or source in _SILENT or label in ("DATE", "AGE", "CONTACT", "ID", "DIAG", "MED"):
                continue
            words = [FORMS[word] for word in _WORD.findall(text[start:end])]
            capital = [form for form in words if form.flags & CAP and not form.flags & (COMMON | GENERIC | INSTITUTION)]
            self.votes.count(text, start, label, source, weight, [form.folded for form in capital])
            self._add(self.names, " ".join(form.folded for form in capital), weight, label)
            if label == "PER" or (len(capital) == 1 and label != "ORG"):
                for form in capital:
                    if label != "PER" and form.flags & KNOWN and not form.flags & LISTED:
                        if label == "HOSP":  # not ORG: « les Voix » does not make a name of every « voix »
                            self._add(self.nouns, form.folded, weight, label)
                        continue
                    self._add(self.words, form.folded, weight, label)

    def hear(self, label: str) -> None:
        """Remember the names in a file's name, in a speaker's label or in the participants' table."""
        for word in _WORD.findall(label.replace("_", " ")):
            form = FORMS[word]
            if not form.flags & (COMMON | GENERIC | ORDINARY) and (form.flags & NAME or (form.flags & CAP and not form.flags & (KNOWN | LISTED))):
                self._add(self.words, form.folded, 2, "PER")

    def told(self, table: dict[str, tuple[int, str]], key: str) -> tuple[int, str]:
        """Return how telling is what names `key`, and its label: of a person or a place that of most mentions."""
        weight, label = table.get(key, (0, ""))
        return weight, self.votes.most(key) or label if label in _EITHER else label

    @staticmethod
    def _add(table: dict[str, tuple[int, str]], key: str, weight: int, label: str) -> None:
        if key and weight > table.get(key, (0, ""))[0]:
            table[key] = (weight, label)


def leftovers(view: View, at: Iterable[int]) -> Iterator[Leftover]:
    """Yield words that could be names met elsewhere: start, end, folded, whether they bear a capital."""
    for i in at:
        form = view.forms[i]
        flags = form.flags
        if len(form.text) < 3 or flags & (COMMON | GENERIC):
            continue
        if flags & CAP:
            if not (flags & (KNOWN | ORDINARY) and view.weak(i)) or context.acts(view, i + 1):
                yield view.starts[i], view.end(i), form.folded, True
        elif not flags & (KNOWN | ORDINARY):
            yield view.starts[i], view.end(i), form.folded, False


def find(known: Known, text: str, accepted: Sequence[Candidate], left: Iterable[Leftover]) -> Iterator[Candidate]:
    """Yield what was accepted, with the label that the corpus tells best, and ``propagation`` for words met as names elsewhere."""
    for candidate in accepted:
        yield _relabelled(known, text, candidate)
    for start, end, folded, capital in left:
        weight, label = known.told(known.words, folded)
        if not weight and capital:
            weight, label = known.nouns.get(folded, (0, ""))
        if weight:
            yield Candidate(start, end, label, capital or weight > 2, "propagation")


def _relabelled(known: Known, text: str, candidate: Candidate) -> Candidate:
    """Return `candidate` with the label that the corpus tells best, unless its own reason tells more."""
    start, end, own, _, source = candidate
    kind = source.partition(".")[0]
    if kind not in ("capital", "name", "relation"):
        return candidate
    words = [FORMS[word] for word in _WORD.findall(text[start:end])]
    capital = [form for form in words if form.flags & CAP and not form.flags & (COMMON | GENERIC | INSTITUTION)]
    key = " ".join(form.folded for form in capital)
    weight, label = known.told(known.names, key)
    if {own, label} == _EITHER and known.votes.most(key):
        both = len(capital) == 1 and capital[0].flags & FIRST and capital[0].flags & PLACE  # « Florence »: each place where it stands tells
        return candidate if both or majority.clear(text, start, source) else candidate._replace(label=label)
    if kind != "relation" and weight > (0 if source == "capital.acronym" else _TELLING[kind]):
        return candidate._replace(label=label, sure=True)
    return candidate
