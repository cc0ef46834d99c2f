"""Semantic fields of spoken French (``coding/data/fields.yaml``): named lists of words and expressions, found as a codebook's rules are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from ...codebook import Codebook
from ...model import Code, Rule

MARK = "f:"  # begins the name of a field where codes stand beside it


@cache
def fields() -> Mapping[str, tuple[str, ...]]:
    """Return the expressions of each field, in the notation of a codebook's rules.

    >>> "rechute" in fields()
    True
    """
    from ruamel.yaml import YAML

    text = (files("peerqual.coding") / "data" / "fields.yaml").read_text(encoding="utf-8")
    table = YAML(typ="safe", pure=True).load(text)
    return {name: tuple(one for item in items for one in (item if isinstance(item, list) else [item])) for name, items in table.items()}


def with_fields(codebook: Codebook) -> Codebook:
    """Return `codebook` with one more code for each field, ``f:NAME``, which its expressions carry: what holds in a sentence is found at once."""
    made = (Code(MARK + name, None, False, {}, {}, rules=(Rule("field", "lemmas", body),)) for name, body in fields().items())
    return replace(codebook, codes=(*codebook.codes, *made))
