"""From codings to tables: every function takes the codings DataFrame and the corpus, and returns a DataFrame (layer 4).

Common to all: rejected codings are not counted; a child counts as its parents; interviews, groups, field notes and documents are never
pooled; counts come with their denominators. They describe the corpus and estimate nothing.
"""

from __future__ import annotations

from peerqual.analysis.concordances import concordance
from peerqual.analysis.cooccurrences import code_neighbours, cooccurrence
from peerqual.analysis.crosstabs import code_by_document, code_by_group, wide
from peerqual.analysis.frequencies import polarity_table, theme_frequencies
from peerqual.analysis.overview import summary
from peerqual.analysis.places import positions
from peerqual.analysis.quotes import verbatims
from peerqual.analysis.relations import code_answers, code_sequences, negative_cases

__all__ = [
    "code_answers",
    "code_by_document",
    "code_by_group",
    "code_neighbours",
    "code_sequences",
    "concordance",
    "cooccurrence",
    "negative_cases",
    "polarity_table",
    "positions",
    "summary",
    "theme_frequencies",
    "verbatims",
    "wide",
]
