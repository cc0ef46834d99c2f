"""Combinations of attributes: how few people share them, and what a broader category would change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations as subsets

from ...model import Participant

Row = tuple[str, ...]
_BAND = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_LARGEST = 3  # attributes taken together


def attributes_of(people: Sequence[Participant]) -> list[str]:
    """Return the attributes that tell people apart: more than one value, and not a value each."""
    names = dict.fromkeys(name for person in people for name in person.attributes)
    return [name for name in names if len({person.attributes.get(name, "") for person in people} - {""}) > 1]


def shared(people: Sequence[Participant], attributes: Sequence[str]) -> Iterator[tuple[str, str, int, str]]:
    """Yield each combination of up to three attributes that somebody has: attributes, values, how many have it, who when it is one alone.

    People of whom one of the values is not known are not counted: a reader may know it.
    """
    for size in range(1, min(_LARGEST, len(attributes)) + 1):
        for chosen in subsets(attributes, size):
            counts: dict[Row, list[str]] = {}
            for person in people:
                values = tuple(person.attributes.get(name, "") for name in chosen)
                if all(values):
                    counts.setdefault(values, []).append(person.id)
            for values, who in sorted(counts.items()):
                yield " × ".join(chosen), " · ".join(values), len(who), who[0] if len(who) == 1 else ""


def generalised(people: Sequence[Participant], attributes: Sequence[str]) -> Iterator[tuple[str, str, int, int]]:
    """Yield what each change would do to the number of people who are alone with all their attributes: attribute, change, before, after.

    Changes: "dropped"; "broader", for numbers and bands of them: twice as wide; "two_groups", the most frequent value and all others.
    """
    before = alone([{name: person.attributes.get(name, "") for name in attributes} for person in people])
    for name in attributes:
        values = [person.attributes.get(name, "") for person in people]
        for change, new in _changes(values).items():
            rows = [
                {other: person.attributes.get(other, "") for other in attributes} | {name: new[person.attributes.get(name, "")]} for person in people
            ]
            yield name, change, before, alone(rows)


def alone(rows: Sequence[Mapping[str, str]]) -> int:
    """Return how many of `rows` are like no other.

    >>> alone([{"sex": "f"}, {"sex": "f"}, {"sex": "m"}])
    1
    """
    return sum(n for n in Counter(tuple(sorted(row.items())) for row in rows).values() if n == 1)


def _changes(values: Sequence[str]) -> dict[str, dict[str, str]]:
    known = sorted(set(values) - {""})
    changes = {"dropped": dict.fromkeys(values, "")}
    bands = {value: _BAND.fullmatch(value.strip()) for value in known}
    if len(known) > 2 and all(bands.values()):
        order = sorted(known, key=lambda value: int(_BAND.fullmatch(value.strip())[1]))  # type: ignore[index]
        changes["broader"] = {"": ""} | {value: order[n - n % 2] for n, value in enumerate(order)}
    elif len(known) > 2:
        most = Counter(value for value in values if value).most_common(1)[0][0]
        changes["two_groups"] = {"": ""} | {value: value if value == most else "…" for value in known}
    return changes
