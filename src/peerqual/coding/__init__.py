"""Coding: the rules of a codebook applied to what is said; from turns to codings, and from codings to a table and back."""

from __future__ import annotations

from .examples import ExampleResult, check_examples
from .run import code
from .tables import CODING_COLUMNS, codings_from_table, codings_table

__all__ = ["CODING_COLUMNS", "ExampleResult", "check_examples", "code", "codings_from_table", "codings_table"]
