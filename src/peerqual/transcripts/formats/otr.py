"""oTranscribe (.otr): JSON around HTML; paragraphs with labels as in a text, and time stamps as they were set.

Source: E. Bentley, oTranscribe (otranscribe.com): ``{"text": HTML, "media": …}`` with ``<span class="timestamp" data-timestamp="SECONDS">``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...errors import ReadError
from ...model import Transcript
from ..bounds import load_json
from ..building import Row, from_rows
from ..markup import has_class, parse
from ..timecodes import NO_TIMES, Times, seconds

BREAKS = ("p", "br", "div", "li", "h1", "h2", "h3")


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .otr file. Raises `ReadError` when it is no JSON of oTranscribe, or holds no words."""
    data, doubts = load_json(path)
    html = data.get("text") if isinstance(data, Mapping) else None
    if not isinstance(html, str):
        raise ReadError("readers.other_kind", where=path, kind="oTranscribe")
    rows = [Row(words, number, when) for number, (words, when) in enumerate(_lines(parse(path, f"<body>{html}</body>", "oTranscribe")), start=1)]
    if not any(row.text for row in rows):
        raise ReadError("transcripts.empty", where=path)
    return from_rows(path, rows, doubts, material)


def _lines(root: Any) -> Iterator[tuple[str, Times]]:
    """Yield each paragraph without its time stamps, and the time of its first."""
    from lxml import etree

    parts: list[str] = []
    when, stamps = NO_TIMES, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        stamp = has_class(element, "timestamp")
        if element.tag in BREAKS:
            if parts:
                yield " ".join("".join(parts).split()), when
            parts, when = [], NO_TIMES
        if event == "start" and stamp and when == NO_TIMES:
            when = (seconds(element.get("data-timestamp", "")), None)
        stamps += stamp if event == "start" else -stamp
        text = element.text if event == "start" else element.tail
        if text and not stamps:
            parts.append(text)
    yield " ".join("".join(parts).split()), when
