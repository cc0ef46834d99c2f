"""Tests between groups of participants, for those who ask for them: off by default, with their caution.

A purposive corpus is no sample: these figures say how far a difference could come from who happened to be in which group, no more.
"""

from __future__ import annotations

from peerqual.analysis.inference.coefficients import benjamini_hochberg, cliffs_delta, cohens_h, fisher_exact, permutation_test
from peerqual.analysis.inference.groups import group_tests, inference_caution

__all__ = ["benjamini_hochberg", "cliffs_delta", "cohens_h", "fisher_exact", "group_tests", "inference_caution", "permutation_test"]
