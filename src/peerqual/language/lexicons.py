"""Read the word lists in ``data/``: one entry a line, ``#`` begins a comment, fields are parted by tabs."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the lines of ``data/NAME.txt`` as tuples of their tab-separated fields, trimmed, in the file's order.

    Raises `FileNotFoundError` when there is no such list (a fault of the program, not of its user).
    """
    text = (files("peerqual.language") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].rstrip() for line in text.splitlines())
    return tuple(tuple(part.strip() for part in line.split("\t")) for line in lines if line.strip())


@cache
def lexicon(name: str) -> tuple[str, ...]:
    """Return the first field of every line of ``data/NAME.txt``.

    >>> "jamais" in lexicon("negation_after")
    True
    """
    return tuple(row[0] for row in rows(name))


@cache
def words(name: str) -> frozenset[str]:
    """Return ``data/NAME.txt`` as a set of folded entries, for membership."""
    from .fold import fold

    return frozenset(fold(entry) for entry in lexicon(name))
