"""WebVTT subtitles: the same cues at the same times and places; voices, classes and styles stay under names that tell nothing.

Notes before the first cue stay as far as they are read as header lines; other notes, regions, titles and identifiers of cues go.
Source: WebVTT: The Web Video Text Tracks Format, W3C, chapters 3 and 4.
"""

from __future__ import annotations

import html
import re
from typing import Any

from ..subtitles import shown_once
from .checking import check_strings
from .cues import Cue, captions_of
from .pieces import Source
from .rewrite import Rewrite

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z]+)(?P<classes>(?:\.[^\s.<>]+)*)(?:\s+(?P<told>[^<>]*))?>")
_MOMENT = re.compile(r"<\d{1,4}:[\d:.]+>")
_NAMES = ("c", "i", "b", "u", "v", "ruby", "rt", "lang")
_COLOURS = frozenset(f"{ground}{colour}" for ground in ("", "bg_") for colour in "white lime cyan red yellow magenta blue black".split())
_SETTING = re.compile(r"(?:vertical|line|position|size|align):[\w%.,-]{1,40}")
_RULE = re.compile(r"(?P<selectors>[^{}]{1,1000})\{(?P<declarations>[^{}]{1,2000})\}")
_SELECTOR = re.compile(r"::cue(?:\((?P<tag>[a-z]*)(?P<classes>(?:\.[\w-]+)*)(?:\[voice=[\"'](?P<voice>[^\"']{1,120})[\"']\])?\))?")
_DECLARATION = re.compile(r"[a-z-]{1,40}\s*:\s*[#\w\s%.,()-]{1,100}")


class _Rewriting:
    def __init__(self, rewrite: Rewrite) -> None:
        self.rewrite = rewrite
        self.classes: dict[str, str] = {}

    def tag(self, tag: str) -> str:
        found = _TAG.fullmatch(tag)
        if found is None or found["name"].lower() not in _NAMES:
            return tag if _MOMENT.fullmatch(tag) else ""
        told = found["told"] or ""
        if found["name"].lower() == "v":
            told = self.voice(told)
        elif not re.fullmatch(r"[A-Za-z-]{2,12}", told) or found["name"].lower() != "lang":
            told = ""
        return f"<{found['end']}{found['name']}{self.classed(found['classes'])}{told and ' ' + told}>"

    def voice(self, name: str) -> str:
        return _escaped(self.rewrite.left(" ".join(html.unescape(name).split())))

    def classed(self, classes: str) -> str:
        """Return classes under new names, but for those that every player knows."""
        names = [name for name in classes.split(".") if name]
        return "".join(f".{name if name in _COLOURS else self.classes.setdefault(name, f'c{len(self.classes) + 1}')}" for name in names)

    def style(self, css: str) -> str:
        """Return the rules of a style sheet that say how cues, classes and voices look."""
        rules = []
        for found in _RULE.finditer(re.sub(r"/\*.*?(?:\*/|\Z)", "", css, flags=re.DOTALL)):
            selectors = [_SELECTOR.fullmatch(one.strip()) for one in found["selectors"].split(",")]
            declarations = [one.strip() for one in found["declarations"].split(";") if _DECLARATION.fullmatch(one.strip())]
            if all(selectors) and declarations:
                written = ", ".join(self.selector(one) for one in selectors if one)
                rules.append(f"{written} {{ {'; '.join(declarations)} }}")
        return "\n".join(rules)

    def selector(self, found: re.Match[str]) -> str:
        voice = f'[voice="{self.voice(found["voice"])}"]' if found["voice"] else ""
        inner = f"{found['tag'] or ''}{self.classed(found['classes'] or '')}{voice}"
        return f"::cue({inner})" if inner else "::cue"


def rewritten(rewrite: Rewrite) -> bytes:
    """Return the subtitles with the words of `rewrite`. Raises `WritingError` when the words of an edit are not found in them."""
    parsed = captions_of(rewrite, "vtt")
    made = _Rewriting(rewrite)
    once = shown_once([caption.raw_text.split("\n") for caption in parsed.captions])
    captions = [caption for caption, lines in zip(parsed.captions, once, strict=True) if lines]
    notes = [Cue([line], str, _escaped) for note in parsed.header_comments for line in note.split("\n")]
    cues = [Cue(lines, made.tag, _escaped) for lines in once if lines]
    source, unit = Source(), 0
    for cue in [*notes, *cues]:
        unit = cue.add_to(source, unit)
    source.carry(rewrite)
    read = {piece.unit for piece in source.pieces if piece.given}
    head = [line for number, note in enumerate(notes) if number in read for line in note.text()]
    blocks = ["WEBVTT"]
    if any("noScribe" in note for note in parsed.header_comments):
        blocks.append("NOTE noScribe")  # its files are known by that
    blocks += ["\n".join(["NOTE", *head])] if head else []
    blocks += [f"STYLE\n{css}" for one in parsed.styles if (css := made.style(one.text))]
    blocks += ["\n".join([_times(caption), *cue.text()]) for caption, cue in zip(captions, cues, strict=True)]
    check_strings((re.sub(r"</?[ibuc]\b[^<>]*>", "", " ".join(block.split())) for block in blocks), rewrite)
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def _times(caption: Any) -> str:
    settings = [setting for setting in str(caption.settings or "").split() if _SETTING.fullmatch(setting)]
    return " ".join([f"{caption.start} --> {caption.end}", *settings])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
