"""Sonal Pi (.sonal): HTML with one ``span.lblseg`` a segment, its times in seconds and its speaker; codes, notes and comments are left out.

Source: A. Alber, Sonal Pi, ``docs/FORMATS.md`` of the program. Files of Sonal 2 (.rtr) have a reader of their own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...errors import ReadError
from ...language.fold import fold
from ...model import Doubt, Transcript
from ..bounds import load_text
from ..building import Said
from ..markup import has_class, parse
from ..segments import finished, turns
from ..timecodes import seconds
from ..xml import outermost


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .sonal file. Raises `ReadError` when it has no segments of Sonal, or no words."""
    text, doubts = load_text(path)
    root = parse(path, text, "Sonal")
    speakers = _speakers(root)
    segments = list(outermost(root, "span", where=lambda one: has_class(one, "lblseg")))
    if not segments:
        raise ReadError("readers.other_kind", where=path, kind="Sonal")
    found = {
        "transcripts.comments": sum(one.get("data-obs") is not None for one in root.iter("span")),
        "readers.replaced": sum(has_class(one, "anon") for one in root.iter("span")),
    }
    doubts = (*doubts, *(Doubt(0, key, {"n": n}) for key, n in found.items() if n))
    return finished(path, {}, turns(_said(one, speakers) for one in segments), doubts, material)


def _speakers(root: Any) -> list[str]:
    """Return the names of the voices by their number: a list in JSON, which some versions put between braces."""
    held = next(("".join(one.itertext()) for one in root.iter("script") if one.get("id") == "loc-json"), "")
    try:
        names = json.loads(held[held.index("[") : held.rindex("]") + 1])
    except (ValueError, RecursionError):
        return []
    return [name if isinstance(name, str) else "" for name in names]


def _said(segment: Any, speakers: list[str]) -> Said:
    number = segment.get("data-loc", "")
    at = int(number) if number.isdecimal() and len(number) < 4 else 0
    speaker = segment.get("data-nomloc") or (speakers[at] if 0 < at < len(speakers) else "")
    role = "other" if fold(speaker).startswith("comment") else ""
    times = (seconds(segment.get("data-deb", "")), seconds(segment.get("data-fin", "")))
    return Said(speaker, "".join(segment.itertext()), times, segment.sourceline or 0, role)
