"""Write a source of the sample corpus as word processors save it: .docx, .odt, .rtf; the same source makes the same file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from xml.sax.saxutils import escape

from sample_source import Paragraph, Source

STAMP = (2020, 1, 1, 0, 0, 0)  # every date inside a file
REVISED = {"w:author": "CR", "w:date": "2024-11-25T10:00:00Z"}


def as_word(source: Source) -> bytes:
    """A Word file in which the speaker is a bold run before the words; what changed in the words is tracked."""
    document = _word(source)
    for p in source.body:
        line = document.add_paragraph()
        line.add_run(f"{p.turn[0]} : ").bold = True
        for kind, words in _changed(p):
            _add(line, kind, words)
    return _word_bytes(document)


def as_word_lines(source: Source) -> bytes:
    """A Word file in which the speaker stands on a line of its own."""
    document = _word(source)
    for line in (line for p in source.body for line in p.turn):
        document.add_paragraph(line)
    return _word_bytes(document)


def as_word_table(source: Source) -> bytes:
    """A Word file in which a table has a column for the speakers and one for the words."""
    document = _word(source)
    rows = document.add_table(rows=len(source.body), cols=2).rows
    for row, p in zip(rows, source.body, strict=True):
        row.cells[0].text, row.cells[1].text = p.turn
    return _word_bytes(document)


def _word(source: Source):  # type: ignore[no-untyped-def]
    import docx

    document = docx.Document()
    core = document.core_properties
    core.author = core.last_modified_by = "peerqual"
    core.comments, core.title = "", "Corpus fictif"
    core.created = core.modified = datetime(*STAMP)
    for line in source.header:
        document.add_paragraph(line.text)
    document.add_paragraph("")
    return document


def _changed(p: Paragraph) -> Iterator[tuple[str, str]]:
    """Yield the words of a turn in pieces: « » as they were, « ins » put in, « del » taken out."""
    at = len(p.text) - len(p.turn[1])
    for start, end, deleted in p.changes:
        yield "", p.text[at:start]
        yield ("del", deleted) if deleted else ("ins", p.text[start:end])
        at = end
    yield "", p.text[at:]


def _add(line, kind: str, words: str) -> None:  # type: ignore[no-untyped-def]
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if not words:
        return
    run = line.add_run(words)._r
    if not kind:
        return
    change = OxmlElement(f"w:{kind}")
    for name, value in {"w:id": str(len(line._p.xpath("//w:ins | //w:del"))), **REVISED}.items():
        change.set(qn(name), value)
    run.addprevious(change)
    change.append(run)
    if kind == "del":
        for text in run.findall(qn("w:t")):
            text.tag = qn("w:delText")


def _word_bytes(document) -> bytes:  # type: ignore[no-untyped-def]
    raw = io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old:
        return _zipped({name: old.read(name) for name in old.namelist()})


def _zipped(parts: Mapping[str, bytes], *, plain: str = "") -> bytes:
    """Return an archive of `parts` in order, of which the one named `plain` is not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_STORED if name == plain else zipfile.ZIP_DEFLATED)
    return out.getvalue()


_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {"office": "office", "text": "text", "style": "style", "fo": "xsl-fo-compatible"}.items()
)
_ODT = "application/vnd.oasis.opendocument.text"


def as_odt(source: Source) -> bytes:
    """An OpenDocument text in which the speaker is bold before the words."""
    bold = '<text:span text:style-name="T1">%s : </text:span>%s'
    header = [*(escape(line.text) for line in source.header), ""]
    turns = [bold % (escape(label), escape(words)) for label, words in (p.turn for p in source.body)]
    lines = "".join(f"<text:p>{line}</text:p>" for line in [*header, *turns])
    style = '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_NAMES} office:version="1.3">'
        f"<office:automatic-styles>{style}</office:automatic-styles><office:body><office:text>{lines}</office:text></office:body>"
        "</office:document-content>"
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _ODT), ("content.xml", "text/xml"))
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3">{entries}</manifest:manifest>'
    )
    parts = {"mimetype": _ODT, "content.xml": content, "META-INF/manifest.xml": manifest}
    return _zipped({name: text.encode() for name, text in parts.items()}, plain="mimetype")


def as_rtf(source: Source) -> bytes:
    """Rich text in which the speaker is bold before the words."""
    turns = [f"{{\\b {_rtf(label)} : }}{_rtf(words)}" for label, words in (p.turn for p in source.body)]
    lines = [*(_rtf(line.text) for line in source.header), "", *turns]
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1{\\fonttbl{\\f0\\fswiss Arial;}}\n"
    return (head + "".join(f"\\pard {line}\\par\n" for line in lines) + "}\n").encode("ascii")


def _rtf(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\{}" else c if c.isascii() else f"\\u{ord(c)}?" for c in text)
