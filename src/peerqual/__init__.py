"""peerqual: from French interviews about peer support to a thematic analysis that can be defended, offline.

>>> import peerqual as pq
>>> pq.replace_diagnoses("J'ai une schizophrénie.", style="study")
"J'ai un trouble."
"""

from __future__ import annotations

TYPE_CHECKING = False  # as `typing.TYPE_CHECKING`, without loading `typing`: asking for help must cost nothing
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.1.0"

# Public names and the module each lives in. Loaded on first use, so that `import peerqual` and `peerqual --help` stay light.
_WHERE = {
    "Code": "model",
    "Codebook": "codebook",
    "Coding": "model",
    "Corpus": "model",
    "Edit": "model",
    "Key": "anonymization.key",
    "Memo": "model",
    "Mention": "model",
    "OffsetMap": "model",
    "Participant": "model",
    "PeerqualError": "errors",
    "StudyFolder": "study_folder",
    "Transcript": "model",
    "Turn": "model",
    "Variables": "analysis.variables",
    "adjudicated_codings": "coding.review.adjudication",
    "agreement": "analysis.agreement",
    "agreement_among": "analysis.agreement",
    "agreement_by_pair": "analysis.agreement",
    "anonymize": "anonymization",
    "audit": "anonymization.audit",
    "by_process": "analysis",
    "claim_verbatims": "analysis",
    "claims": "analysis",
    "code": "study",
    "code_answers": "analysis",
    "code_appearance": "analysis",
    "code_by_document": "analysis",
    "code_by_group": "analysis",
    "code_decisions": "coding.review.commands",
    "code_neighbours": "analysis",
    "code_sequences": "analysis",
    "code_tree": "analysis",
    "codings_by_coder": "coding.review.adjudication",
    "compare_claims": "analysis",
    "concordance": "analysis",
    "confusions": "analysis.agreement",
    "cooccurrence": "analysis",
    "decide_codes": "coding.review.commands",
    "decide_names": "anonymization.review.commands",
    "disagreements": "analysis.agreement",
    "draw_sample": "analysis",
    "evaluate": "study_evaluate",
    "excerpts": "analysis",
    "find_identifiers": "anonymization",
    "framework_matrix": "analysis",
    "group_tests": "analysis.inference",
    "information_power": "analysis",
    "init": "study_folder",
    "judged_units": "coding.review.commands",
    "learn": "study_learn",
    "memos_table": "transcripts",
    "merge_codes": "coding.review.commands",
    "modality_table": "analysis",
    "name_decisions": "anonymization.review.commands",
    "negative_cases": "analysis",
    "new_information": "analysis",
    "portrait": "analysis",
    "positions": "analysis",
    "propose_variables": "analysis.variables",
    "qualifier_table": "analysis",
    "read": "transcripts",
    "replace_diagnoses": "anonymization",
    "report": "study",
    "results_table": "analysis",
    "review_codes": "coding.review.commands",
    "review_names": "anonymization.review.commands",
    "risk": "anonymization.risk",
    "run": "study",
    "show": "reporting",
    "sourced_figures": "analysis",
    "theme_frequencies": "analysis",
    "turn_positions": "analysis",
    "undo_codes": "coding.review.commands",
    "undo_names": "anonymization.review.commands",
    "update": "study_update",
    "variables_table": "analysis.variables",
    "verbatims": "analysis",
    "withdraw": "study_withdraw",
}

__all__ = ["__version__", *sorted(_WHERE)]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'peerqual' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"peerqual.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
