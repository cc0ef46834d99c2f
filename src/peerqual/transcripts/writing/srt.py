"""SubRip subtitles: the same cues at the same times, numbered anew; tags of bold, italic, underlined and coloured words stay."""

from __future__ import annotations

import re

from .checking import check_strings
from .cues import Cue, captions_of
from .pieces import Source
from .rewrite import Rewrite

_KEPT = re.compile(r"</?[biu]>|</font>|\{\\an?\d{1,2}\}", re.IGNORECASE)
_COLOUR = re.compile(r"<font\b[^<>]*?\bcolor\s*=\s*[\"']?(#?\w{1,20})", re.IGNORECASE)


def rewritten(rewrite: Rewrite) -> bytes:
    """Return the subtitles with the words of `rewrite`. Raises `WritingError` when the words of an edit are not found in them."""
    captions = list(captions_of(rewrite, "srt").captions)
    cues = [Cue(caption.raw_text.split("\n"), _tag, str) for caption in captions]
    source, unit = Source(), 0
    for cue in cues:
        unit = cue.add_to(source, unit)
    source.carry(rewrite)
    check_strings((" ".join(cue.text()) for cue in cues), rewrite)
    made = []
    for number, (caption, cue) in enumerate(zip(captions, cues, strict=True), start=1):
        start, end = (str(at).replace(".", ",") for at in (caption.start, caption.end))
        made.append("\n".join([str(number), f"{start} --> {end}", *(cue.text() or ["<i></i>"])]))  # a cue without lines would be none
    return ("\n\n".join(made) + "\n").encode("utf-8")


def _tag(tag: str) -> str:
    if _KEPT.fullmatch(tag):
        return tag
    colour = _COLOUR.match(tag)
    return f'<font color="{colour[1]}">' if colour else ""
