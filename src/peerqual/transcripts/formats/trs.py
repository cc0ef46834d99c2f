"""Transcriber (.trs): turns with their speakers, overlapping speech (``<Who nb>``), topics, events, comments.

A turn of the format is a turn; where two speak in it each has turns of their own, from one synchronisation point to the next.
Events and comments stand between brackets among the words and count as none; what only tags words (language, entities) is left out.

Source: C. Barras, E. Geoffrois, Z. Wu, M. Liberman, « Transcriber: development and use of a tool for assisting speech corpora production »,
Speech Communication 33 (2001), 5–22; the DTD ``trans-14.dtd`` of the program.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...model import Transcript
from .. import persons
from ..building import Said, joined
from ..segments import clock, finished, has_words
from ..timecodes import seconds
from ..xml import local, outermost, parse

TAGS = ("lexical", "entities", "language")


def is_mine(head: str) -> bool:
    """Tell whether a file that begins with `head` is Transcriber's."""
    return "<Trans " in head or "<Trans>" in head or "<!DOCTYPE Trans" in head


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a .trs file. Raises `ReadError` when it is no XML of Transcriber, is hostile, or holds no words."""
    root, doubts = parse(path, ("Trans",), "Transcriber")
    speakers = list(root.iter("Speaker"))
    names = names_of(speakers)
    said = [one for turn in outermost(root, "Turn") for one in _turn(turn, names)]
    people = [persons.Person(names[one.get("id", "")], (one.get("type", ""), one.get("accent", ""))) for one in speakers]
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    metadata = {"Langue": language, "Thèmes": _topics(root), persons.LINE: persons.legend(people)}
    return finished(path, metadata, said, doubts, material, asides=True)


def names_of(speakers: list[Any]) -> dict[str, str]:
    """Return the name of each speaker by its code; two who share one are told apart by their codes."""
    told = {one.get("id", ""): one.get("name") or one.get("id", "") for one in speakers}
    shared = Counter(told.values())
    return {code: name if shared[name] == 1 else f"{name} ({code})" for code, name in told.items()}


def _topics(root: Any) -> str:
    topics = {one.get("id", ""): one.get("desc", "") for one in root.iter("Topic")}
    sections = ((topics.get(one.get("topic", ""), ""), one.get("startTime", "")) for one in root.iter("Section"))
    return ", ".join(f"{topic} ({clock(seconds(start))})" for topic, start in sections if topic)


def _turn(turn: Any, names: dict[str, str]) -> Iterator[Said]:
    voices = [names.get(code, code) for code in turn.get("speaker", "").split()] or [""]
    start, end = seconds(turn.get("startTime", "")), seconds(turn.get("endTime", ""))
    line = turn.sourceline or 0
    if len(voices) == 1:
        yield Said(voices[0], " ".join(words for _, _, words in _pieces(turn)), (start, end), line)
        return
    pieces = [(start if now is None else now, nb, words) for now, nb, words in _pieces(turn) if has_words(words)]
    marks = sorted({now for now, _, _ in _pieces(turn) if now is not None})
    made = []
    for now, nb, words in pieces:
        after = bisect_right(marks, now) if now is not None else len(marks)
        made.append(Said(voices[nb - 1] if 0 < nb <= len(voices) else voices[0], words, (now, marks[after] if after < len(marks) else end), line))
    yield from joined(made)


def _pieces(turn: Any) -> Iterator[tuple[float | None, int, str]]:
    """Yield the words of a turn in order, each with the last synchronisation point and the number of who speaks (0: not told)."""
    now, nb = None, 0
    yield now, nb, turn.text or ""
    for child in turn:
        tag = local(child)
        if tag == "Sync":
            now, nb = seconds(child.get("time", "")), 0
        elif tag == "Who":
            nb = int(child.get("nb")) if child.get("nb", "").isdecimal() and len(child.get("nb")) < 4 else 0
        inside = _event(child) if tag in ("Event", "Comment") else child.text or ""  # some programs put the words into the point
        yield now, nb, f"{inside} {child.tail or ''}"


def _event(element: Any) -> str:
    desc = " ".join(element.get("desc", "").replace("[", "(").replace("]", ")").split())
    told = desc and element.get("type", "") not in TAGS and element.get("extent", "") not in ("end", "previous")
    return f" [{desc}] " if told else ""
