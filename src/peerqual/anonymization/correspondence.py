"""The correspondence table that a key holds, as a person reads it: who and what is behind each pseudonym."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from .assignments import Assignments
from .pseudonyms import letters

if TYPE_CHECKING:
    import pandas as pd

    from .key import Key

COLUMNS = ("kind", "entity", "original", "replacement")


def correspondence(key: Key) -> pd.DataFrame:
    """Return who and what is behind each pseudonym in `key`: kind,entity,original,replacement.

    ``kind`` is "document", "participant" or the label of an entity; ``original`` has every form that was replaced, parted by « · »;
    ``replacement`` is empty where each place has its own words (names of disorders). The table names people: keep it as you keep the key.

    >>> import peerqual as pq
    >>> key = pq.Key.create("throw-away.key", passphrase="x")
    >>> correspondence(key).columns.tolist()
    ['kind', 'entity', 'original', 'replacement']
    """
    import pandas as pd

    known = key.assignments
    rows = [("document", "", real, given) for real, given in known.documents.items()]
    rows += [("participant", "", real, given) for real, given in known.participants.items()]
    identities: dict[str, list[str]] = defaultdict(list)
    for name, id in known.entities.items():
        identities[id].append(name)
    for id in sorted(set(known.values) | set(identities)):
        forms = known.forms.get(id) or {name.rpartition("|")[2] for name in identities[id]}
        rows.append((id.rstrip("0123456789"), id, " · ".join(sorted(forms)), _given(id, identities[id], known)))
    return pd.DataFrame(rows, columns=list(COLUMNS)).sort_values(["kind", "entity", "original"], kind="stable", ignore_index=True)


def _given(id: str, identities: list[str], known: Assignments) -> str:
    value = known.values.get(id, {})
    if "noun" in value:
        rank = int(value["rank"])
        index = {"-": "", "1": f" {rank}"}.get(value["index"], f" {letters(rank)}")
        return f"[{value['noun']}{index}]"
    lasts = (known.surnames.get(name.rpartition("|")[2], "") for name in sorted(identities) if name.startswith(("full|", "last|")))
    last = value.get("last") or next(filter(None, lasts), "")
    return value.get("text") or " ".join(filter(None, (value.get("first", ""), last)))
