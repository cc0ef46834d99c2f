"""Pseudonymization: find identifiers, plan their replacement, replace them, keep the way back. Finding and replacing know nothing of each other."""

from .corpus import PseudonymizedCorpus, anonymize, codings_to_original
from .diagnoses import replace_diagnoses
from .doubts import agreement_doubts
from .find import find
from .key import Key
from .planning import Plan, plan
from .tables import find_identifiers, mentions_from_table, mentions_table

__all__ = [
    "Key",
    "Plan",
    "PseudonymizedCorpus",
    "agreement_doubts",
    "anonymize",
    "codings_to_original",
    "find",
    "find_identifiers",
    "mentions_from_table",
    "mentions_table",
    "plan",
    "replace_diagnoses",
]
