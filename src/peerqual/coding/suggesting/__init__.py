"""Terms that tell a code's passages from everything else, to take into its rules or to leave.

`occurrences`: the terms of sentences, names left out; `odds`: how surely a term belongs to one side; `table`: the suggestions.
"""

from __future__ import annotations

from .table import SUGGESTION_COLUMNS, suggest

__all__ = ["SUGGESTION_COLUMNS", "suggest"]
