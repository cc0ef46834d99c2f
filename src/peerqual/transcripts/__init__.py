"""Transcripts: from files to a `Corpus` of turns, speakers, roles and participants. One file per format in ``formats/``.

Comes in: paths. Goes out: `peerqual.model.Corpus`, and tables of what was understood. Never knows identifiers or codes.
"""

from __future__ import annotations

from .drafting import draft_participants
from .memos import memos_table
from .merging import merges_table
from .participants import participant_of, participants_table
from .reading import read
from .status import Status
from .tables import doubts_table, overview, turns_table

__all__ = [
    "Status",
    "doubts_table",
    "draft_participants",
    "memos_table",
    "merges_table",
    "overview",
    "participant_of",
    "participants_table",
    "read",
    "turns_table",
]
