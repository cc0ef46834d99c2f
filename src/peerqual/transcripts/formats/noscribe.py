"""noScribe (.html, .vtt): segments with times and speakers; speech over another's, « //S02: oui// », is a turn of its own.

Labels and time stamps are in the words of noScribe's files; pauses « (..) », « (12 seconds pause) » count as no words. A speaker who was renamed
in the editor keeps the code in the anchors: the name is the label that most paragraphs of the code begin with. The anchors of early versions
have no code: the labels among the words tell who speaks.

Source: K. Dröge, noScribe: ``<a name="ts_START_END_SPEAKER">`` (milliseconds; early versions ``href="ts_START_END"``) in HTML, ``<v SPEAKER>``
in WebVTT (`html_to_webvtt`).
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from ...model import Transcript
from .. import markup
from ..bounds import load_text
from ..building import Said
from ..segments import finished, has_words, suspicions, turns
from ..timecodes import seconds
from ..xml import outermost

_ANCHOR = re.compile(r"ts_(?P<start>\d{1,9})_(?P<end>\d{1,9})(?:_(?P<code>.*))?")
_CUE = re.compile(r"(?P<start>[\d:.]{5,15}) --> (?P<end>[\d:.]{5,15})[^\n]{0,200}\n(?:<v(?: (?P<code>[^<>\n]{0,120}))?>)?(?P<words>(?:.+\n?)*+)")
_NUMBERED = re.compile(r"S\d\d")
_STAMP = re.compile(r"\[\d{1,2}:\d{2}:\d{2}\]")
_LABEL = re.compile(r"\s*(?:\*\*)?(?P<label>[^:\[\]/<>]{1,60}?)\s*:\s")


def is_mine(head: str) -> bool:
    """Tell whether a file that begins with `head` is noScribe's."""
    return "noScribe" in head or '<a name="ts_' in head or '<a href="ts_' in head


def read(path: Path, material: str | None = None) -> Transcript:
    """Read what noScribe wrote, HTML or WebVTT. Raises `ReadError` when it holds no words."""
    text, doubts = load_text(path)
    raw = list(_cues(text) if text.startswith("WEBVTT") else _anchors(path, text))
    raw = raw if any(map(_code, raw)) else _coded(raw)
    names = _names(raw)
    said = [one for one in (_tidy(one, names) for one in raw) if has_words(_spoken(one.words))]
    return finished(path, {}, turns(said), [*doubts, *suspicions(said)], material, asides=True)


def _anchors(path: Path, text: str) -> Iterator[Said]:
    anchors = [(one.get("name") or one.get("href", ""), one) for one in outermost(markup.parse(path, text, "noScribe"), "a")]
    for name, run in groupby(anchors, key=lambda anchor: anchor[0]):  # the editor cuts a segment where its letters change their look
        if found := _ANCHOR.fullmatch(name):
            elements = [element for _, element in run]
            words = "".join(part for element in elements for part in element.itertext())
            yield Said(found["code"] or "", words, (int(found["start"]) / 1000, int(found["end"]) / 1000), elements[0].sourceline or 0)


def _cues(text: str) -> Iterator[Said]:
    line, at = 1, 0
    for found in _CUE.finditer(text):
        line += text.count("\n", at, found.start("words"))
        at = found.start("words")
        yield Said(found["code"] or "", html.unescape(found["words"]), (seconds(found["start"]), seconds(found["end"])), line)


def _coded(raw: Sequence[Said]) -> list[Said]:
    """Return segments that tell nobody's code under the labels in their words: « S01: » up to the next, « //S00: » up to « // »."""
    labels = Counter(found["label"] for one in raw if (found := _LABEL.match(_bare(one.words))))
    known = {label for label, n in labels.items() if n > 1 or _NUMBERED.fullmatch(label)}
    main = now = ""
    made = []
    for one in raw:
        words = one.words.strip()
        found = _LABEL.match(_bare(words))
        label = found["label"] if found and found["label"] in known else ""
        if words.startswith("//"):
            now = label or main
        elif label:
            main = now = label
        made.append(replace(one, speaker=now))
        now = main if words.endswith("//") else now
    return made


def _names(raw: Sequence[Said]) -> dict[str, str]:
    """Return the label of each code: the one that its segments begin with most, if it comes back or is the code itself."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for one in raw:
        if found := _LABEL.match(_bare(one.words)):
            labels[_code(one)][found["label"]] += 1
    best = {code: counter.most_common(1)[0] for code, counter in labels.items()}
    return {code: label for code, (label, n) in best.items() if n > 1 or label == code}


def _code(one: Said) -> str:
    return one.speaker.strip().removeprefix("//")


def _bare(words: str) -> str:
    """Return a segment without its time stamps and the slashes of overlapping speech."""
    return " ".join(_STAMP.sub(" ", words).strip().removeprefix("//").removesuffix("//").split()) + " "


def _tidy(one: Said, names: dict[str, str]) -> Said:
    code, words = _code(one), _bare(one.words)
    found = _LABEL.match(words)
    if found and found["label"] in (code, names.get(code)):
        words = words[found.end() :]
    return replace(one, speaker=names.get(code, code), words=words)


def _spoken(words: str) -> str:
    return re.sub(r"\([^()]{0,60}\)", "", words)
