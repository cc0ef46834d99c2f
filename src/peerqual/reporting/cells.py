"""How a cell of a table is said in a notebook: words, numbers, rates with their interval, codes by their labels and colours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from peerqual.errors import message
from peerqual.model import LABELS

if TYPE_CHECKING:
    from peerqual.reporting.html.tree import Tree
    from peerqual.reporting.html.words import Words


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the class of its box, and its `parts`, each with its own class ("" for none)."""

    box: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What cells are said with: the language's words, and the codes' labels and colours."""

    words: Words
    tree: Tree

    def chips(self, ids: Iterable[str], strong: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
        """Return the codes `ids` by their labels and colours; those in `strong` stand out."""
        marked = set(strong)
        return tuple((self.tree[id].label, f"chip {self.tree.shade(id)}{' accepted' if id in marked else ''}") for id in ids)


Row = Mapping[str, Any]
How = Callable[[Row, str, Said], Cell]


def plain(row: Row, name: str, said: Said) -> Cell:
    """Return the value as it is."""
    return Cell("", ((text(row[name]), ""),))


def quoted(row: Row, name: str, said: Said) -> Cell:
    """Return words of a text."""
    return Cell("words", ((text(row[name]), ""),))


def number(row: Row, name: str, said: Said) -> Cell:
    """Return a whole number, « – » where there is none."""
    return Cell("n", ((figure(row[name], said, 0), ""),))


def percent(row: Row, name: str, said: Said) -> Cell:
    """Return a share as a percentage."""
    return Cell("n", ((said.words.percent(float(row[name])) if row[name] == row[name] else "–", ""),))


def rate(row: Row, name: str, said: Said) -> Cell:
    """Return a rate, with its interval where the row holds one (NAME_low, NAME_high)."""
    low, high = (row.get(f"{name}_{end}") for end in ("low", "high"))
    shown = [(figure(row[name], said, 2), "")]
    if row[name] == row[name] and low is not None and low == low:
        joint = "\u202f; " if said.words.lang == "fr" else ", "
        shown.append((f"[{figure(low, said, 2)}{joint}{figure(high, said, 2)}]", "pq-about"))
    return Cell("n", tuple(shown))


def bare(row: Row, name: str, said: Said) -> Cell:
    """Return a rate without its interval."""
    return Cell("n", ((figure(row[name], said, 2), ""),))


def moment(row: Row, name: str, said: Said) -> Cell:
    """Return a date and time, to the minute."""
    return Cell("", ((text(row[name])[:16].replace("T", " "), ""),))


def verdicts(row: Row, name: str, said: Said) -> Cell:
    """Return the verdicts of coders, « Ana: add · Bo: reject », one a line."""
    told = [one.rpartition(": ") for one in text(row[name]).split(" · ") if one]
    joint = "\u00a0: " if said.words.lang == "fr" else ": "
    return Cell("", tuple((f"{coder}{joint}{message(f'show.decision_{verdict}', said.words.lang)}", "who-said") for coder, _, verdict in told))


def of_total(row: Row, name: str, said: Said) -> Cell:
    """Return « 5 des 8 »: a count with its total (NAME_total), « – » where there is nobody to count."""
    total = int(row[f"{name}_total"])
    return Cell("n", ((said.words.part(int(row[name]), total) if total else "–", ""),))


def codes(row: Row, name: str, said: Said) -> Cell:
    """Return codes by their labels; where there is none, what the row stands for."""
    ids = text(row[name]).split()
    if not ids and name in ("code", "code_a", "code_b"):
        return Cell("", ((message(f"show.{row.get('scope', 'no_code')}", said.words.lang), "pq-about"),))
    return Cell("", said.chips(ids))


def given(row: Row, name: str, said: Said) -> Cell:
    """Return the codes that one coder gave; those on which coders differ stand out."""
    ids = text(row[name]).split()
    return Cell("", said.chips(ids, text(row["differ"]).split()) or (("–", "pq-about"),))


def in_context(row: Row, name: str, said: Said) -> Cell:
    """Return a passage between what is said before and after."""
    return Cell("words", ((text(row["before"]), "pq-about"), (text(row[name]), "strong"), (text(row["after"]), "pq-about")))


def contexts(row: Row, name: str, said: Said) -> Cell:
    """Return the contexts of a name, one a line."""
    return Cell("words", tuple((text(row[f"context{n}"]), "line") for n in (1, 2, 3) if text(row[f"context{n}"])))


def label(row: Row, name: str, said: Said) -> Cell:
    """Return the kind of an identifier."""
    return Cell("", ((", ".join(said.words(f"label_{one}") for one in text(row[name]).split()), ""),))


def named(prefix: str) -> How:
    """Return how a cell is said whose value is a key of messages under `prefix`."""

    def by_key(row: Row, name: str, said: Said) -> Cell:
        value = text(row[name])
        try:
            return Cell("", ((message(f"{prefix}{value}", said.words.lang), ""),))
        except KeyError:
            return Cell("", ((value, ""),))

    return by_key


def finding(row: Row, name: str, said: Said) -> Cell:
    """Return the kind of what an audit found."""
    return (label if row[name] in LABELS else named("audit."))(row, name, said)


def reason(row: Row, name: str, said: Said) -> Cell:
    """Return why an identifier was found."""
    from peerqual.anonymization.tables import reason as told

    return Cell("", ((told(text(row[name]), said.words.lang), ""),))


def figure(value: Any, said: Said, decimals: int) -> str:
    """Return a number as the language writes it, « – » for none."""
    import pandas as pd

    return "–" if pd.isna(value) else said.words.number(round(float(value), decimals) + 0.0, decimals)  # -0.0 + 0.0 is 0.0


def text(value: Any) -> str:
    """Return a value as text, "" for none."""
    return "" if value is None or value != value else str(value)
