"""The parts of a Word file that say how words look: kept, without the names that people gave to styles, lists, settings and themes.

Source: ECMA-376, Office Open XML, part 1, chapters 17.7 (styles), 17.9 (numbering), 17.15 (settings) and 20.1 (themes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ...language.fold import fold
from ...language.lexicons import words
from ..labels import clean as clean_label
from ..labels import key
from .packages import remove
from .rewrite import Rewrite
from .wordprocessing import R, W
from .wordprocessing import clean as clean_body

CONTENTS = "toc "
_NAMING = tuple(W + name for name in "pStyle rStyle tblStyle basedOn next link styleLink numStyleLink".split())
_SETTINGS = frozenset(
    W + name
    for name in (
        "zoom mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop defaultTabStop autoHyphenation"
        " consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps evenAndOddHeaders bookFoldPrinting characterSpacingControl footnotePr endnotePr"
        " compat themeFontLang clrSchemeMapping decimalSymbol listSeparator displayBackgroundShape"
    ).split()
)
_OFF = ("0", "false", "off", "none")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


class Styles:
    """The styles of a file: which ones hide words or are those of a table of contents, and the new names of those that people named."""

    def __init__(self, root: Any, rewrite: Rewrite) -> None:
        self.root = root
        self.ids: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.contents: set[str] = set()
        for number, style in enumerate(root.iter(f"{W}style") if root is not None else (), start=1):
            self._read(style, number, rewrite)
        if root is not None:
            for element in [one for one in root.iter(f"{W}aliases", f"{W}rsid")]:
                remove(element)
            clean_body(root)
            self.rename(root)

    def _read(self, style: Any, number: int, rewrite: Rewrite) -> None:
        named = style.find(f"{W}name")
        id, name = style.get(f"{W}styleId", ""), named.get(f"{W}val", "") if named is not None else ""
        mark = style.find(f"{W}rPr/{W}vanish")
        if mark is not None and mark.get(f"{W}val", "1").lower() not in _OFF:
            self.hidden.add(id)
        if name.lower().startswith(CONTENTS):
            self.contents.add(id)
        new = style_name(name, rewrite) or f"Style n° {number}"
        if named is not None:
            named.set(f"{W}val", new)
        if new != name or style.get(f"{W}customStyle") is not None:
            self.ids[id] = f"Own{number}"
            style.set(f"{W}styleId", f"Own{number}")

    def hides(self, run: Any, paragraph_style: str) -> bool:
        """Tell whether the words of a run are hidden, by its own look or by that of its styles."""
        properties = run.find(f"{W}rPr")
        mark = properties.find(f"{W}vanish") if properties is not None else None
        if mark is not None:
            return mark.get(f"{W}val", "1").lower() not in _OFF
        named = properties.find(f"{W}rStyle") if properties is not None else None
        return paragraph_style in self.hidden or (named is not None and named.get(f"{W}val", "") in self.hidden)

    def rename(self, root: Any) -> None:
        """Give the styles that are named in a part their new names."""
        for element in root.iter(*_NAMING):
            if (new := self.ids.get(element.get(f"{W}val", ""))) is not None:
                element.set(f"{W}val", new)


def style_name(name: str, rewrite: Rewrite) -> str:
    """Return the new name of a style: a voice's, as the voice is called now; one of a word processor, the same; "" for one that may name somebody."""
    voice = rewrite.voices.get(key(clean_label(name)[0]))
    if voice is not None:
        return name if key(voice) == key(clean_label(name)[0]) else voice
    known = all(fold(word) in words("style_words") or rewrite.is_safe(word) for word in re.findall(r"[^\W\d_]+", name))
    return name if known else ""


def clean_numbering(root: Any, styles: Styles) -> Any:
    """Keep lists and their numbers; what words a list puts before each number goes."""
    for element in list(root.iter(f"{W}name", f"{W}numPicBullet", f"{W}lvlPicBulletId", f"{W}nsid", f"{W}tmpl")):
        remove(element)
    for element in root.iter(f"{W}lvlText"):
        element.set(f"{W}val", _LETTERS.sub("", element.get(f"{W}val", "")))
    clean_body(root)
    styles.rename(root)
    return root


def clean_settings(root: Any) -> Any:
    """Keep what changes the look of pages; templates, merged data, variables, revisions and protections go."""
    _keep(root, _SETTINGS)
    clean_body(root)
    return root


def clean_fonts(root: Any) -> Any:
    """Keep the fonts' names and families; fonts that are embedded go."""
    for element in list(root.iter()):
        if any(name.startswith(R) for name in element.attrib):
            remove(element)
    return root


def clean_theme(root: Any) -> Any:
    """Keep colours and fonts of a theme; its names, which may be an institution's, go."""
    for element in root.iter():
        if element is root or element.tag.endswith(("clrScheme", "fontScheme", "fmtScheme")):
            element.set("name", "")
        for name in element.attrib:
            if name.startswith(R):
                del element.attrib[name]
    for element in list(root):
        if element.tag.endswith(("extLst", "custClrLst", "objectDefaults")):
            remove(element)
    return root


def _keep(root: Any, tags: Iterable[str]) -> None:
    for element in list(root):
        if element.tag not in tags:
            remove(element)
