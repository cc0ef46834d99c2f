"""Who speaks, as the header of a format tells it: a line « Personnes : … » for the reader, and roles in the words of CHAT."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ..language.fold import fold
from ..language.lexicons import rows

LINE = "Personnes"


@dataclass(frozen=True, slots=True)
class Person:
    """A voice's code, and what the format says of the person (name, role, sex, age …) in its own words."""

    code: str
    details: tuple[str, ...] = ()


def legend(persons: Iterable[Person]) -> str:
    """Return the persons of whom something is told, on one line.

    >>> legend([Person("INV", ("Camille", "Investigator")), Person("PAR")])
    'INV (Camille, Investigator)'
    """
    told = ((person.code, [" ".join(detail.split()) for detail in person.details if detail.strip()]) for person in persons)
    return ", ".join(f"{code} ({', '.join(details)})" for code, details in told if details)


@cache
def _roles() -> dict[str, str]:
    return {fold(row[0]): row[1] if len(row) > 1 else "" for row in rows("chat_roles")}


def role_of(word: str) -> str:
    """Return the role that a role of CHAT is to peerqual, "" where it does not tell.

    >>> role_of("Investigator"), role_of("Target_Child"), role_of("Mother")
    ('interviewer', 'respondent', '')
    """
    return _roles().get(_folded(word), "")


def is_role(word: str) -> bool:
    """Tell whether `word` is a role of CHAT's list."""
    return _folded(word) in _roles()


def _folded(word: str) -> str:
    return fold("_".join(word.split()))
