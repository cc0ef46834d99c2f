"""Word's XML freed of all that is no words and no look: tracked changes accepted, comments, bookmarks, links, fields, controls, pictures gone.

Source: ECMA-376, Office Open XML, part 1, chapter 17 (WordprocessingML).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .packages import remove, unwrap
from .rewrite import WITHDRAWN

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _w(names: str) -> frozenset[str]:
    return frozenset(W + name for name in names.split())


GONE = _w(
    "del moveFrom commentRangeStart commentRangeEnd commentReference annotationRef bookmarkStart bookmarkEnd proofErr permStart permEnd"
    " moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart"
    " customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd"
    " rPrChange pPrChange sectPrChange tblPrChange tblGridChange tcPrChange trPrChange tblPrExChange numberingChange cellIns cellMerge"
    " sdtPr sdtEndPr smartTagPr customXmlPr altChunk subDoc tblCaption tblDescription printerSettings control object contentPart"
    " lastRenderedPageBreak instrText delInstrText delText ffData ruby"
) | {f"{MC}Fallback"}
WRAPPERS = _w("ins moveTo sdt sdtContent customXml smartTag hyperlink fldSimple dir bdo") | {f"{MC}AlternateContent", f"{MC}Choice"}
DRAWN = _w("drawing pict")
_DELETED = _w("trPr tcPr")
NUMBERS = ("PAGE", "NUMPAGES", "SECTIONPAGES")  # fields that count pages
PARTS = _w("headerReference footerReference")
WORDS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# Attributes (their names without namespace) that tell when, by whom or for whom something was made, and alternative texts.
_TELLING = frozenset(
    "author date dateUtc initials rsidR rsidRPr rsidRDefault rsidP rsidDel rsidTr rsidSect paraId textId anchorId editId spid gfxdata userInfo"
    " descr title alt href target tooltip".split()
)
_CALLED = ("docPr", "cNvPr")  # drawings that must have an id and a name
_VML = "{urn:schemas-microsoft-com:vml}"


def clean(root: Any, *, pages: bool = False) -> None:
    """Accept tracked changes, and drop what is no words and no look, in place. `pages`: fields that count pages stay (headers and footers)."""
    for element in [mark.getparent().getparent() for mark in root.iter(f"{W}del", f"{W}cellDel") if mark.getparent().tag in _DELETED]:
        remove(element)  # rows and cells
    goes_on = [paragraph for paragraph in root.iter(f"{W}p") if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None]
    moved = [paragraph for paragraph in root.iter(f"{W}p") if paragraph.find(f"{W}pPr/{W}rPr/{W}moveFrom") is not None]
    _flatten_fields(root, pages)
    for element in _all(root, GONE):
        remove(element)
    for element in _all(root, WRAPPERS):
        if not (pages and element.tag == f"{W}fldSimple" and _counts_pages(element.get(f"{W}instr"))):
            unwrap(element)
    for paragraph in moved:
        if next(paragraph.iter(f"{W}t"), None) is None:
            remove(paragraph)
    for paragraph in goes_on:
        _join_next(paragraph)
    for element in list(root.iter()):
        if element.tag not in PARTS and any(name.startswith(R) for name in element.attrib):
            remove(element)  # a picture, a chart, a program's object
        else:
            _strip(element)
    for element in _all(root, DRAWN):
        if next(element.iter(f"{W}t"), None) is None:
            remove(element)
    for table in [one for one in root.iter(f"{W}tbl") if one.find(f"{W}tr") is None]:
        remove(table)
    for cell in root.iter(f"{W}tc"):
        if cell.find(f"{W}p") is None:
            cell.append(cell.makeelement(f"{W}p"))  # a cell must have one


def _all(root: Any, tags: frozenset[str]) -> list[Any]:
    return [element for element in root.iter(*tags) if element is not root]


def _join_next(paragraph: Any) -> None:
    """A paragraph whose mark was deleted goes on in the next one."""
    after = next(paragraph.itersiblings(f"{W}p"), None)
    if after is None:
        return
    at = 1 if len(after) and after[0].tag == f"{W}pPr" else 0
    for child in reversed([child for child in paragraph if child.tag != f"{W}pPr"]):
        after.insert(at, child)
    remove(paragraph)


def _flatten_fields(root: Any, pages: bool) -> None:
    """Keep what complex fields show, and drop their instructions, which hold addresses, names of files and of authors."""
    open_fields: list[tuple[list[str], list[bool], Any]] = []  # instruction, whether its result has begun, where it begins
    for element in [one for one in root.iter(f"{W}fldChar", f"{W}instrText", *WORDS, f"{W}t") if one.getparent().tag == f"{W}r"]:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append(([], [False], element))
            continue
        if open_fields:
            instruction, shown, begin = open_fields[-1]
            counted = pages and _counts_pages("".join(instruction))
            if kind == "separate":
                shown[0] = True
            elif kind == "end":
                open_fields.pop()
                if counted:
                    _count_pages(begin.getparent(), "".join(instruction))
                remove(begin)
            elif element.tag == f"{W}instrText":
                instruction.append(element.text or "")
            elif counted or not all(one[0] for _, one, _ in open_fields):
                remove(element)
        if kind is not None:
            remove(element)
    for _, _, begin in open_fields:
        remove(begin)


def _counts_pages(instruction: str | None) -> bool:
    return (instruction or "").strip().split(" ")[0].upper() in NUMBERS


def _count_pages(run: Any, instruction: str) -> None:
    field = run.makeelement(f"{W}fldSimple", {f"{W}instr": instruction.strip().split(" ")[0].upper()})
    run.addnext(field)


def _strip(element: Any) -> None:
    for name in element.attrib:
        if name.rpartition("}")[2] in _TELLING or (name == "id" and element.tag.startswith(_VML)):
            del element.attrib[name]
    if element.tag.endswith(_CALLED):
        element.set("id", "1")
        element.set("name", "")


def pieces(root: Any) -> Iterator[tuple[Any, Any, str]]:
    """Yield each element that stands for words, its paragraph, and the words."""
    for element in root.iter(f"{W}t", *WORDS):
        paragraph = next((above for above in element.iterancestors(f"{W}p")), None)
        if paragraph is not None and element.getparent().tag == f"{W}r":
            yield element, paragraph, (element.text or "") if element.tag == f"{W}t" else WORDS[element.tag]


def put(element: Any, text: str) -> None:
    """Put `text` in the place of the words of `element`."""
    if element.tag == f"{W}t":
        element.text = text
        element.set(XML_SPACE, "preserve")
    elif text:
        made = element.makeelement(f"{W}t", {XML_SPACE: "preserve"})
        made.text = text
        element.getparent().replace(element, made)
    else:
        remove(element)


def withdraw(root: Any) -> None:
    """Replace the words of each paragraph by « [retiré] » (headers, footers, notes: nobody looked at them); numbers of pages stay."""
    seen = set()
    for element in list(root.iter(f"{W}t")):
        paragraph = next(element.iterancestors(f"{W}p"), None)
        words = "".join(one.text or "" for one in paragraph.iter(f"{W}t")) if paragraph is not None else ""
        if paragraph in seen:
            element.text = ""
        elif any(map(str.isalnum, words)) or paragraph is None:
            seen.add(paragraph)
            put(element, WITHDRAWN)
