"""A kind of table that `show` knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from peerqual.reporting.cells import How


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: known by the columns it `needs`; `columns` are shown, in order, where the table has them and they are not all empty.

    `once`: a column that is said again only where it changes. `rest`: further columns are shown too, and empty ones: a person fills them.
    `originals`: it holds real names, and says so. `begun`: columns whose names begin so, one for each of several coders or codings. `note`: the key
    of what must be known with the table.
    """

    name: str
    needs: tuple[str, ...]
    columns: Mapping[str, How]
    once: str = ""
    rest: bool = False
    originals: bool = False
    begun: Mapping[str, How] = field(default_factory=dict)
    note: str = ""
