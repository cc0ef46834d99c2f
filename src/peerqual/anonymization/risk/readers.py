"""Readers: who may hold the text in their hands, and what each of them knows.

In a small milieu the readers are the participants themselves (internal confidentiality: Tolich 2004, « Internal confidentiality: when confidentiality
assurances fail relational informants », Qualitative Sociology 27; Kaiser 2009, « Protecting respondent confidentiality in qualitative research »,
Qualitative Health Research 19). What each knows is a table for discussion, not a measurement.
"""

from __future__ import annotations

from collections.abc import Iterable

# The kinds of cues by which each may recognise somebody.
READERS: dict[str, tuple[str, ...]] = {
    "member": ("name", "number", "institution", "place", "date", "age", "event", "press", "family", "job", "relation", "dialogue"),
    "coordinator": ("name", "number", "institution", "date", "age", "event", "press", "job", "relation", "dialogue"),
    "carer": ("name", "number", "institution", "date", "age", "health", "event", "press", "family"),
    "family": ("name", "number", "place", "date", "age", "event", "press", "family", "job", "relation", "dialogue"),
    "stranger": ("name", "number", "press"),
}


def readers_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the readers who know something of one of `kinds`.

    >>> readers_of(["health"])
    ('carer',)
    """
    told = set(kinds)
    return tuple(reader for reader, known in READERS.items() if told.intersection(known))
