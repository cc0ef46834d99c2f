"""Under what a sentence stands: the last heading above it, and the last question of whoever leads the interview."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

# « ## Le groupe », « Thème 3 : l'hôpital », « BLOC 2 - Le parcours »: a line of its own.
_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|(?=(?:thème|theme|partie|bloc|axe|module|section|rubrique)[ \t]+\w{1,4}[ \t]*[:.–—-]))(\S.*)$", re.M | re.I
)
_LEADS = ("interviewer", "facilitator")
_WORDS = 5  # « Oui ? », « D'accord, et donc ? » lead on and open no theme


@dataclass(frozen=True, slots=True)
class Sections:
    """What tells the section in a transcript: its `headings` with the code point where each begins, and the last `question` and where it stands."""

    headings: tuple[tuple[int, str], ...] = ()
    question: str = ""
    asked_at: int = 0

    def at(self, position: int) -> tuple[str, ...]:
        """Return the texts under which `position` stands: the heading above it, and the question where no heading came after it."""
        i = bisect_right(self.headings, position, key=lambda heading: heading[0]) - 1
        heading = self.headings[i : i + 1] if i >= 0 else ()
        question = (self.question,) if self.question and not (heading and heading[0][0] > self.asked_at) else ()
        return (*(text for _, text in heading), *question)

    def after(self, question: str, at: int) -> Sections:
        """Return the sections once `question` was asked at code point `at`."""
        return replace(self, question=question, asked_at=at)


def headings(text: str) -> tuple[tuple[int, str], ...]:
    """Return the headings of `text`, each with the code point where it begins.

    >>> headings("Thème 2 : le groupe\\n\\nMaëlle : Oui.\\n\\n## La suite")
    ((0, 'Thème 2 : le groupe'), (36, 'La suite'))
    """
    return tuple((match.start(), match[1].strip()) for match in _HEADING.finditer(text))


def is_theme(words: str, role: str) -> bool:
    """Tell whether a turn opens a theme: said by who leads, in five words at least."""
    return role in _LEADS and len(words.split()) >= _WORDS
