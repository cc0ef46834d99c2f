"""What sheets and columns are called, and what the first sheet says of each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from peerqual.errors import message
from peerqual.language.typography import typeset
from peerqual.reporting.html.data import BY
from peerqual.reporting.html.words import Words

RESULTS = "results_"  # tables of results by an attribute of participants are named so
LONGEST = 31  # letters of a sheet's name
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def about(name: str, words: Words, **values: object) -> str:
    """Return what the first sheet says of `name` (those by an attribute are told alike); "" of a table that it does not know."""
    for start in (BY, RESULTS):
        if name.startswith(start):
            name, values = f"{start}by", {"attribute": name.removeprefix(start)}
    return _said(f"about_{name}", words, **values)


def column(name: str, words: Words) -> str:
    """Return the head of a column; one that is not known keeps its name."""
    return _said(f"column_{name}", words) or name


def value(column: str, text: str, words: Words) -> str:
    """Return a word of the tables (a material, a role, a status) as readers know it."""
    return _said(f"value_{column}_{text}", words) or text


def sheet_names(tables: Iterable[str], words: Words) -> dict[str, str]:
    """Return a name for the sheet of each table: at most 31 letters, none that spreadsheets forbid, no two alike."""
    made: dict[str, str] = {}
    taken = {about("title", words).casefold(), "history", "historique"}  # Excel keeps these for itself
    for table in tables:
        start = next((start for start in (BY, RESULTS) if table.startswith(start)), "")
        wanted = _said(f"sheet_{start}by", words, attribute=table.removeprefix(start)) if start else _said(f"sheet_{table}", words) or table
        wanted = _FORBIDDEN.sub(" ", wanted).strip(" '") or "—"
        name, n = wanted[:LONGEST], 1
        while name.casefold() in taken:
            n += 1
            name = f"{wanted[: LONGEST - len(str(n)) - 1]} {n}"
        taken.add(name.casefold())
        made[table] = name
    return made


def _said(key: str, words: Words, **values: object) -> str:
    try:
        return typeset(message(f"sheets.{key}", words.lang, **values), words.lang)
    except KeyError:
        return ""
