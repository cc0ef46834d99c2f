"""Semantic fields of spoken French (``coding/data/fields.yaml``): named lists of words and expressions, found as a codebook's rules are."""

from __future__ import annotations

from dataclasses import replace

from ...codebook import Codebook
from ...codebook_fields import fields
from ...model import Code, Rule

__all__ = ["MARK", "fields", "with_fields"]

MARK = "f:"  # begins the name of a field where codes stand beside it


def with_fields(codebook: Codebook) -> Codebook:
    """Return `codebook` with one more code for each field, ``f:NAME``, which its expressions carry: what holds in a sentence is found at once."""
    made = (Code(MARK + name, None, False, {}, {}, rules=(Rule("field", "lemmas", body),)) for name, body in fields().items())
    return replace(codebook, codes=(*codebook.codes, *made))
