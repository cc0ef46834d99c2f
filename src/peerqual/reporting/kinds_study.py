"""The kinds of tables of a study's results: practices by modality, results by group, processes, claims."""

from __future__ import annotations

from peerqual.reporting import cells
from peerqual.reporting.cells import How
from peerqual.reporting.kinds import Kind

_MATERIAL, _MODALITY, _STATUS = cells.named("report.material_"), cells.named("report.modality_"), cells.named("show.claim_")
_COUNTS: dict[str, How] = {"passages": cells.number, "documents": cells.of_total, "participants": cells.of_total}
STUDY = (
    Kind(
        "results",
        ("section", "modality", "group"),
        {"code": cells.codes, "modality": _MODALITY, "material": _MATERIAL, "group": cells.plain, **_COUNTS},
        once="code",
        note="show.note_results",
    ),
    Kind(
        "modality",
        ("code", "modality", "participants_total"),
        {
            "code": cells.codes,
            "material": _MATERIAL,
            "modality": _MODALITY,
            **_COUNTS,
            **dict.fromkeys(("proposed", "accepted", "added"), cells.number),
        },
        once="code",
        note="report.modality_intro",
    ),
    Kind("processes", ("process", "codes", "passages"), {"label": cells.plain, "codes": cells.codes, **_COUNTS}, note="report.processes_caution"),
    Kind(
        "claim_verbatims",
        ("claim", "claim_text", "cited"),
        {"claim_text": cells.plain, "status": _STATUS, "text": cells.quoted, "speaker": cells.plain, "cited": cells.plain},
        once="claim_text",
    ),
    Kind(
        "claims",
        ("claim", "status", "why"),
        {"theme": cells.plain, "text": cells.plain, "status": _STATUS, "why": cells.plain, "participants": cells.of_total, "passages": cells.number},
        once="theme",
        note="show.note_claims",
    ),
    Kind(
        "claims_compared",
        ("claim", "same"),
        {"theme": cells.plain, "text": cells.plain},
        once="theme",
        begun={"status_": _STATUS, "participants_": cells.number, "passages_": cells.number},
        note="show.note_claims",
    ),
)
