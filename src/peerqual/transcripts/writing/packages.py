"""Archives of XML parts, written so that the same parts give the same bytes: no dates, no system, no order of chance."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that an archive can hold
DATE = "1980-01-01T00:00:00Z"


def packed(parts: Mapping[str, bytes], *, stored: Collection[str] = ()) -> bytes:
    """Return the archive of `parts`, in their order; those of `stored` are not compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system, info.external_attr = 3, 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=6)
    return stream.getvalue()


def serialized(root: Any, *, doctype: str = "") -> bytes:
    """Return the XML of `root`, in UTF-8, after `doctype`."""
    from lxml import etree

    standalone = None if doctype else True
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=standalone, doctype=doctype or None)
    return data


def strings_of(roots: Iterable[Any], blocks: Collection[str] = ()) -> Iterator[str]:
    """Yield every string in XML: attributes and texts; the texts of an element whose tag is in `blocks` as one, for runs cut words."""
    for root in roots:
        for element in root.iter():
            yield from element.attrib.values()
            if element.tag in blocks:
                yield "".join(element.itertext())
            elif next(element.iterancestors(*blocks), None) is None if blocks else True:
                yield from filter(None, (element.text, element.tail))


def unwrap(element: Any) -> None:
    """Put what is in `element` in its place."""
    parent = element.getparent()
    at = parent.index(element)
    children = list(element)
    _append_text(parent, at, element.text)
    for child in reversed(children):
        parent.insert(at, child)
    last = children[-1] if children else None
    if last is not None:
        last.tail = (last.tail or "") + (element.tail or "") or None
        parent.remove(element)
    else:
        remove(element)


def remove(element: Any) -> None:
    """Remove `element`; the text after it stays."""
    parent = element.getparent()
    _append_text(parent, parent.index(element), element.tail)
    element.tail = None
    parent.remove(element)


def _append_text(parent: Any, at: int, text: str | None) -> None:
    """Add `text` before the child number `at` of `parent`."""
    if not text:
        return
    if at:
        before = parent[at - 1]
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
