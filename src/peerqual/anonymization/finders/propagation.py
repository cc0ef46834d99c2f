"""What is once accepted is found everywhere: parts of a full name, other case, other accents, at weak places too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .candidates import Candidate
from .view import View
from .words import CAP, COMMON, FIRST, KNOWN, ORDINARY, PLACE, SURNAME, UNKNOWN

TRIGGER = CAP | FIRST | SURNAME | PLACE | UNKNOWN

_SURE = (
    "speaker",
    "introduction",
    "title",
    "relation",
    "capital.mid_sentence",
    "lexicon.first_name",
    "lexicon.surname",
    "lexicon.place",
    "institution",
)
_LOOSE = KNOWN | ORDINARY | COMMON


class Known:
    """Names accepted anywhere in the corpus, by folded word, with their label."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}

    def learn(self, text: str, candidates: Iterable[Candidate]) -> None:
        """Remember the words of sure names of persons and places."""
        for candidate in candidates:
            if (
                candidate.sure
                and candidate.label in ("PER", "LOC")
                and candidate.source.startswith(_SURE)
                and candidate.source != "institution.street"
            ):
                for word in text[candidate.start : candidate.end].replace("-", " ").replace("’", " ").replace("'", " ").split():
                    self._learn(word, candidate.label)

    def _learn(self, word: str, label: str) -> None:
        from .words import FORMS

        form = FORMS[word]
        if len(word) > 2 and form.flags & CAP and not (form.flags & (COMMON | GENERIC)):
            self.labels.setdefault(form.folded, label)


def leftovers(view: View, at: Iterable[int]) -> Iterator[tuple[int, int, str, bool]]:
    """Yield words that could be names met elsewhere: start, end, folded, whether only a capital would make them one."""
    for i in at:
        form = view.forms[i]
        if len(form.text) > 2 and not form.flags & (COMMON | GENERIC):
            capital = bool(form.flags & CAP)
            if capital or not form.flags & _LOOSE:
                yield view.starts[i], view.end(i), form.folded, capital


def find(known: Known, words: Iterable[tuple[int, int, str, bool]], taken: list[Candidate]) -> Iterator[Candidate]:
    """Yield ``propagation`` for words met as names elsewhere in the corpus."""
    labels = known.labels
    for start, end, folded, capital in words:
        label = labels.get(folded)
        if label:
            yield Candidate(start, end, label, capital, "propagation")
