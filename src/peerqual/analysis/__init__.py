"""From codings to tables: every function takes the codings DataFrame and the corpus, and returns a DataFrame (layer 4).

Common to all: rejected codings are not counted; a child counts as its parents; interviews, groups, field notes and documents are never
pooled; counts come with their denominators. They describe the corpus and estimate nothing.
"""

from __future__ import annotations

from peerqual.analysis.appearance import appearance_notes, code_appearance, information_power, new_information
from peerqual.analysis.claim_views import claim_verbatims, compare_claims
from peerqual.analysis.concordances import concordance
from peerqual.analysis.cooccurrences import code_neighbours, cooccurrence
from peerqual.analysis.crosstabs import code_by_document, code_by_group, wide
from peerqual.analysis.document_figures import sourced_figures
from peerqual.analysis.excerpts import excerpts
from peerqual.analysis.framework import framework_matrix
from peerqual.analysis.frequencies import polarity_table, qualifier_table, theme_frequencies
from peerqual.analysis.modalities import modality_table
from peerqual.analysis.outline import code_tree
from peerqual.analysis.overview import summary
from peerqual.analysis.places import positions, turn_positions
from peerqual.analysis.portraits import portrait
from peerqual.analysis.quotes import verbatims
from peerqual.analysis.relations import code_answers, code_sequences, negative_cases
from peerqual.analysis.results import results_table
from peerqual.analysis.sampling import draw_sample
from peerqual.analysis.study_claims import by_process, claims

__all__ = [
    "appearance_notes",
    "by_process",
    "claim_verbatims",
    "claims",
    "code_answers",
    "code_appearance",
    "code_by_document",
    "code_by_group",
    "code_neighbours",
    "code_sequences",
    "code_tree",
    "compare_claims",
    "concordance",
    "cooccurrence",
    "draw_sample",
    "excerpts",
    "framework_matrix",
    "information_power",
    "modality_table",
    "negative_cases",
    "new_information",
    "polarity_table",
    "portrait",
    "positions",
    "qualifier_table",
    "results_table",
    "sourced_figures",
    "summary",
    "theme_frequencies",
    "turn_positions",
    "verbatims",
    "wide",
]
