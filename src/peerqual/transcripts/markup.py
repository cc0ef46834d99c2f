"""The HTML that transcription tools write (oTranscribe, noScribe, Sonal): parsed without network, bounded in size and depth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..errors import ReadError
from .bounds import MAX_VALUES


def parse(path: Path, text: str, kind: str) -> Any:
    """Return the root element of the HTML `text`. Raises `ReadError` when there is none, or when it is larger or deeper than a transcript."""
    from lxml import etree

    if text.count("<") > MAX_VALUES // 4:  # an element costs more where its end tag may be missing
        raise ReadError("readers.too_full", where=path)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    # A parser that recovers says in its log, and nowhere else, that it gave up in the middle.
    if any(entry.level_name == "FATAL" and entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ReadError("readers.too_full", where=path)
    if root is None:
        raise ReadError("readers.broken", where=path, kind=kind)
    return root


def has_class(element: Any, name: str) -> bool:
    """Tell whether `element` has the class `name`."""
    return name in element.get("class", "").split()
