"""Transcriber: the same turns with the same synchronisation points; scribe, recording and what the reader does not give of speakers are gone.

Source: the DTD ``trans-14.dtd`` of the program.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from ..formats.trs import names_of
from ..xml import local, parse
from .checking import check_strings
from .packages import serialized, strings_of
from .pieces import Source
from .rewrite import Rewrite

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_KEPT = {
    "Trans": (_LANGUAGE,),
    "Speaker": ("id", "name", "type", "dialect", "accent", "scope"),
    "Topic": ("id", "desc"),
    "Section": ("type", "topic", "startTime", "endTime"),
    "Turn": ("speaker", "startTime", "endTime", "mode", "fidelity", "channel"),
    "Sync": ("time",),
    "Who": ("nb",),
    "Event": ("desc", "type", "extent"),
    "Comment": ("desc",),
    "Background": ("time", "type", "level"),
}
# What the DTD allows, and what Transcriber proposes for tags: codes, which are no words of anybody.
_CODES = {
    "type": re.compile("male|female|child|unknown"),
    "dialect": re.compile("native|nonnative"),
    "scope": re.compile("local|global"),
    "entities": re.compile(r"(?:pers|org|loc|gsp|fac|time|amount|prod|fonc|event)(?:\.[a-z]{1,8}){0,2}"),
    "language": re.compile("[a-z]{2,3}"),
}


def rewritten(rewrite: Rewrite) -> bytes:
    """Return the file with the words of `rewrite`. Raises `WritingError` when the words of an edit are not found in it."""
    root, _ = parse(rewrite.path, ("Trans",), "Transcriber")
    source = Source()
    for turn in root.iter("Turn"):
        _add(source, turn.text, partial(setattr, turn, "text"))
        for child in turn:
            code = _CODES.get(child.get("type", ""))
            if local(child) in ("Event", "Comment") and not (code and code.fullmatch(child.get("desc", ""))):
                _add(source, child.get("desc"), partial(child.set, "desc"))
            if local(child) not in ("Event", "Comment"):
                _add(source, child.text, partial(setattr, child, "text"))
            _add(source, child.tail, partial(setattr, child, "tail"))
    source.carry(rewrite, header=False)
    for element in root.iter():
        for name in element.attrib:
            if name not in _KEPT.get(local(element), ()):
                del element.attrib[name]
    _rename(root, rewrite)
    check_strings(strings_of([root]), rewrite)
    return serialized(root, doctype='<!DOCTYPE Trans SYSTEM "trans-14.dtd">')


def _add(source: Source, text: str | None, put: Callable[[str], None]) -> None:
    if text and text.strip():
        source.add(text, put, len(source.pieces))


def _rename(root: Any, rewrite: Rewrite) -> None:
    """Give speakers their new labels, and speakers and topics codes that tell nothing."""
    labels = names_of(list(root.iter("Speaker")))
    speakers = {one.get("id", ""): f"spk{n}" for n, one in enumerate(root.iter("Speaker"), start=1)}
    topics = {one.get("id", ""): f"to{n}" for n, one in enumerate(root.iter("Topic"), start=1)}
    for one in root.iter("Speaker"):
        one.set("name", rewrite.left(labels[one.get("id", "")]))
        one.set("id", speakers[one.get("id", "")])
        one.set("accent", rewrite.rewritten(one.get("accent", "")))
        for name in ("type", "dialect", "scope"):
            if not _CODES[name].fullmatch(one.get(name, "")):
                one.attrib.pop(name, None)
    for one in root.iter("Topic"):
        one.set("id", topics[one.get("id", "")])
        one.set("desc", rewrite.rewritten(one.get("desc", "")))
    for one in root.iter("Section"):
        if one.get("topic"):
            one.set("topic", topics.get(one.get("topic"), ""))
    for one in root.iter("Turn"):
        if one.get("speaker"):
            one.set("speaker", " ".join(speakers.get(code) or rewrite.left(code) for code in one.get("speaker").split()))
