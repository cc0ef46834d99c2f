"""XML from strangers: no entities, nothing fetched, bounded in size and depth; the encoding is the one that the bytes have.

A document type that only names a DTD (Transcriber, teiCorpo) is let through and never opened; one that declares entities is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..errors import ReadError
from ..model import Doubt
from . import bounds, decoding

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_OTHERS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "iso-8859-15": "iso-8859-15",
    "latin-9": "iso-8859-15",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "macroman": "mac-roman",
}


def parse(path: Path, roots: tuple[str, ...], kind: str) -> tuple[Any, tuple[Doubt, ...]]:
    """Return the root element of `path`, and doubts about its encoding.

    `roots`: local names of which the root has one; `kind`: what such a file is called in messages.
    Raises `ReadError` when it is not well-formed or another kind of XML, declares entities, or is larger or deeper than a transcript.
    """
    from lxml import etree

    data = bounds.load(path)
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise ReadError("readers.entities", where=path)
    if data.count(b"<") > bounds.MAX_VALUES:
        raise ReadError("readers.too_full", where=path)
    text, doubts = _decoded(path, data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        raise ReadError("readers.broken", where=path, line=error.lineno or 0, kind=kind) from None
    if next(root.iter(etree.Entity), None) is not None:
        raise ReadError("readers.entities", where=path)
    if local(root) not in roots:
        raise ReadError("readers.other_kind", where=path, kind=kind)
    return root, doubts


def local(element: Any) -> str:
    """Return the name of `element` without its namespace."""
    return str(element.tag).rpartition("}")[2]


def outermost(root: Any, *names: str, where: Callable[[Any], bool] = lambda element: True) -> Iterator[Any]:
    """Yield the elements `names` of which `where` holds and that stand in no other of them: nested without end, their words are read once."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start",), tag=names)
    for _, element in walk:
        if where(element):
            yield element
            walk.skip_subtree()


def _decoded(path: Path, data: bytes) -> tuple[str, tuple[Doubt, ...]]:
    """Decode by evidence: what is UTF-8 is UTF-8 whatever it declares; « ISO-8859-1 » is Windows-1252, which has its letters and « œ »."""
    found = _DECLARED.match(data[:400].lstrip())
    encoding = _OTHERS.get(found[1].decode("ascii").lower()) if found else None
    if found is None or encoding is None:
        return decoding.load_text(path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), ()
    return text, () if data.isascii() else (Doubt(1, "readers.declared", {"declared": found[1].decode("ascii")}),)
