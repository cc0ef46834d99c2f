"""The semantic fields of the package (``coding/data/fields.yaml``), which a codebook's rules may use by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def fields() -> Mapping[str, tuple[str, ...]]:
    """Return the expressions of each field, in the notation of a codebook's rules.

    >>> "rechute" in fields()
    True
    """
    from ruamel.yaml import YAML

    text = (files("peerqual") / "coding" / "data" / "fields.yaml").read_text(encoding="utf-8")
    table = YAML(typ="safe", pure=True).load(text)
    return {name: tuple(one for item in items for one in (item if isinstance(item, list) else [item])) for name, items in table.items()}
