"""Take over the replacements that a table holds: what a person wrote counts for the whole entity, what was proposed where nothing is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model import Mention
from .assignments import Assignments
from .entities import Entity, Reading
from .names import norm

Address = tuple[str, int, int]


def adopt(
    mentions: Sequence[Mention],
    owner: Mapping[int, Entity],
    reading: Reading,
    assignments: Assignments,
    asked: Mapping[Address, str],
    suggested: Mapping[Address, str],
) -> None:
    """Write into `assignments` the replacements in `asked` (a person's) and `suggested` (a table's, as it was proposed)."""
    decided: set[tuple[int, str]] = set()
    for n, mention in enumerate(mentions):
        words = asked.get((mention.document, mention.start, mention.end))
        if words is None or mention.label == "DIAG":
            continue
        if mention.label != "PER":
            assignments.values[owner[n].id] = {"text": words}
            continue
        for table, key, word in _parts(n, words, owner, reading, assignments):
            if (id(table), key) not in decided:  # the first decision on a person counts
                decided.add((id(table), key))
                if table.get(key, word) != word:
                    assignments.former.add(norm(table[key]))
                table[key] = word
    used = assignments.given()
    for n, mention in enumerate(mentions):
        words = suggested.get((mention.document, mention.start, mention.end))
        if words is not None and mention.label == "PER":
            for table, key, word in _parts(n, words, owner, reading, assignments):
                if key not in table and norm(word) not in used:
                    table[key] = word
                    used.add(norm(word))


def _parts(n: int, words: str, owner: Mapping[int, Entity], reading: Reading, assignments: Assignments) -> Iterator[tuple[dict[str, str], str, str]]:
    """Yield each part of a person's pseudonym that `words` tell, with the table and the key under which it is kept."""
    name = reading.names.get(n)
    roles = [role for _, role in name.pieces if role] if name is not None else []
    said = words.split()
    if name is None or len(said) != len(roles):
        return
    for role, word in zip(roles, said, strict=True):
        if role == "first":
            yield assignments.values.setdefault(owner[n].id, {}), "first", word
        elif role == "last":
            yield assignments.surnames, name.last, word
