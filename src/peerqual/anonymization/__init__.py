"""Pseudonymization: find identifiers, plan their replacement, replace them, keep the way back. Finding and replacing know nothing of each other."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .corpus import PseudonymizedCorpus, anonymize, codings_to_original
    from .diagnoses import replace_diagnoses
    from .find import find
    from .key import Key
    from .plan import Plan, plan
    from .tables import find_identifiers, mentions_from_table, mentions_table

# Each public name and its module: loaded on first use, so that asking for a passphrase does not load the finders.
_WHERE = {
    "Key": "key",
    "Plan": "plan",
    "PseudonymizedCorpus": "corpus",
    "anonymize": "corpus",
    "codings_to_original": "corpus",
    "find": "find",
    "find_identifiers": "tables",
    "mentions_from_table": "tables",
    "mentions_table": "tables",
    "plan": "plan",
    "replace_diagnoses": "diagnoses",
}

__all__ = [
    "Key",
    "Plan",
    "PseudonymizedCorpus",
    "anonymize",
    "codings_to_original",
    "find",
    "find_identifiers",
    "mentions_from_table",
    "mentions_table",
    "plan",
    "replace_diagnoses",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'peerqual.anonymization' has no attribute {name!r}")
    value = getattr(import_module(f".{_WHERE[name]}", __name__), name)
    globals()[name] = value
    return value
