"""OpenDocument's XML freed of all that is no words and no look: tracked changes accepted, notes of the margin, marks, links, fields, pictures gone.

Source: OASIS, Open Document Format for Office Applications 1.3, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from .packages import remove, unwrap
from .rewrite import WITHDRAWN, Rewrite
from .wordstyles import style_name

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE, STYLE, DRAW, SVG, SCRIPT, PRESENTATION = (
    _NS % name for name in ("office", "text", "table", "style", "drawing", "svg-compatible", "script", "presentation")
)
XLINK = "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
WORDS = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}


def _t(names: str) -> frozenset[str]:
    return frozenset(TEXT + name for name in names.split())


_GONE = _t(
    "tracked-changes change change-start change-end bookmark bookmark-start bookmark-end reference-mark reference-mark-start reference-mark-end"
    " toc-mark toc-mark-start toc-mark-end user-index-mark user-index-mark-start user-index-mark-end alphabetical-index-mark"
    " alphabetical-index-mark-start alphabetical-index-mark-end alphabetical-index-auto-mark-file sequence-decls variable-decls user-field-decls"
    " dde-connection-decls table-of-content hidden-text ruby-text script execute-macro"
) | frozenset(
    [f"{OFFICE}{name}" for name in ("annotation", "annotation-end", "forms", "scripts", "event-listeners", "dde-source", "binary-data", "meta-data")]
    + [f"{SVG}{name}" for name in ("title", "desc", "font-face-src")]
    + [f"{TABLE}{name}" for name in ("title", "desc", "dde-link")]
    + [f"{DRAW}{name}" for name in ("image", "object", "object-ole", "plugin", "applet", "floating-frame", "image-map", "fill-image", "a")]
    + [f"{STYLE}background-image"]
)
DRAWN = frozenset(DRAW + name for name in "frame g custom-shape rect ellipse circle line polyline polygon path connector caption control".split())
_INLINE = _t("p h span note note-citation note-body list list-item list-header soft-page-break") | frozenset(WORDS)
_COUNTS = _t("page-number page-count")
_TELLING = ("rsid", "paragraph-rsid", "author", "creator", "help-file-name", "condition", "formula", "description", "help-text")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def clean(root: Any, *, pages: bool = False) -> None:
    """Accept tracked changes, and drop what is no words and no look, in place. `pages`: fields that count pages stay."""
    for element in list(root.iter()):
        if element.tag in _GONE or _is_hidden(element):
            remove(element)
    kept = _INLINE | (_COUNTS if pages else frozenset())
    for element in list(root.iter(f"{TEXT}*")):
        if element.tag not in kept and next(element.iterancestors(*PARAGRAPHS), None) is not None:
            unwrap(element)  # a field, a link: what it shows stays
    for number, element in enumerate(root.iter(), start=1):
        _strip(element, number)


def _is_hidden(element: Any) -> bool:
    if element.tag in PARAGRAPHS:
        return any(one.get(f"{TEXT}is-hidden") == "true" for one in element.iter(f"{TEXT}hidden-paragraph"))
    return element.tag == f"{TEXT}section" and element.get(f"{TEXT}display") == "none"


def _strip(element: Any, number: int) -> None:
    for name in element.attrib:
        if name.startswith((XLINK, SCRIPT, PRESENTATION)) or name == f"{_XML}id" or name.rpartition("}")[2] in _TELLING:
            del element.attrib[name]
    for name in (f"{TEXT}name", f"{TABLE}name", f"{DRAW}name"):
        if name in element.attrib and not element.tag.startswith(STYLE):
            element.set(name, f"n{number}")
    for name in (f"{STYLE}num-prefix", f"{STYLE}num-suffix", f"{TEXT}bullet-char"):
        if name in element.attrib:
            element.set(name, _LETTERS.sub("", element.get(name)))


def pieces(body: Any) -> Iterator[tuple[Any, Any, str, Callable[[str], None]]]:
    """Yield each element that stands for words or has them, its paragraph, the words, and how new ones are put in their place."""
    for paragraph in body.iter(*PARAGRAPHS):
        if next(paragraph.iterancestors(*PARAGRAPHS), None) is None:
            yield from _inside(paragraph, paragraph)


def _inside(element: Any, paragraph: Any) -> Iterator[tuple[Any, Any, str, Callable[[str], None]]]:
    if element.tag in PARAGRAPHS:
        paragraph = element
    if element.tag in WORDS:
        count = element.get(f"{TEXT}c", "1")
        yield element, paragraph, WORDS[element.tag] * (min(int(count), 1000) if count.isascii() and count.isdigit() else 1), partial(_put, element)
    elif element.text:
        yield element, paragraph, element.text, partial(setattr, element, "text")
    for child in element:
        if child.tag != f"{TEXT}note":
            yield from _inside(child, paragraph)
        if child.tail:
            yield element, paragraph, child.tail, partial(setattr, child, "tail")


def _put(mark: Any, text: str) -> None:
    """A blank that was part of something replaced becomes an empty run, so that what stands after it stays."""
    mark.attrib.clear()
    mark.tag = f"{TEXT}span"
    mark.text = text


def withdraw(root: Any, tags: tuple[str, ...]) -> None:
    """Replace the words of each paragraph in elements `tags` (headers, footers, notes: nobody looked at them) by « [retiré] »."""
    for part in root.iter(*tags):
        for paragraph in part.iter(*PARAGRAPHS):
            counted = sum(len(one.text or "") for one in paragraph.iter(*_COUNTS))
            if sum(map(str.isalnum, "".join(paragraph.itertext()))) > counted:
                for child in [one for one in paragraph if one.tag not in _COUNTS]:
                    remove(child)
                for child in paragraph:
                    child.tail = " "
                paragraph.text = f"{WITHDRAWN} "


class Styles:
    """The styles of a file's parts: which ones hide words, and new names for those that people named."""

    def __init__(self, roots: list[Any], rewrite: Rewrite) -> None:
        self.names: dict[str, str] = {}
        self.hidden: set[str] = set()
        parents: dict[str, str] = {}
        own = [one for root in roots for place in root.iter(f"{OFFICE}styles", f"{OFFICE}master-styles") for one in place.iter() if _name(one)]
        for number, style in enumerate(own, start=1):
            shown = style.get(f"{STYLE}display-name") or re.sub(r"_([0-9a-f]{2,4})_", lambda found: chr(int(found[1], 16)), _name(style))
            new = style_name(shown, rewrite)
            if new != shown:
                self.names[_name(style)] = f"Own{number}"
                style.set(f"{STYLE}name", f"Own{number}")
                style.set(f"{STYLE}display-name", new or f"Style n° {number}")
        for style in [one for root in roots for one in root.iter(f"{STYLE}style") if one.get(f"{STYLE}family") == "text"]:
            parents[_name(style)] = style.get(f"{STYLE}parent-style-name", "")
            if any(one.get(f"{TEXT}display", "true") != "true" for one in style.iter(f"{STYLE}text-properties")):
                self.hidden.add(_name(style))
        for _ in range(16):  # what comes from a hidden style is hidden
            self.hidden |= {name for name, parent in parents.items() if parent in self.hidden}
        for root in roots:
            self._rename(root)

    def _rename(self, root: Any) -> None:
        for element in root.iter():
            for name in element.attrib:
                if name.endswith(("style-name", "page-name")) and (new := self.names.get(element.get(name))):
                    element.set(name, new)

    def drop_hidden(self, body: Any) -> None:
        """Drop the runs that are hidden: they are not read."""
        for span in list(body.iter(f"{TEXT}span")):
            if span.get(f"{TEXT}style-name") in self.hidden:
                remove(span)


def _name(style: Any) -> str:
    return str(style.get(f"{STYLE}name", "")) if style.tag.startswith((STYLE, TEXT, TABLE, DRAW)) else ""
