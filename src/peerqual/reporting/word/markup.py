"""From blocks to the XML of a document's body: fields number captions and follow references, as Word's own commands make them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from peerqual.reporting.grids import Grid, Line
from peerqual.reporting.word.blocks import Block, Paragraph, Picture, Ref, Run, Tabular, paragraph
from peerqual.reporting.word.parts import DRAWING, PICTURE

TEXT = 9071  # the text column of A4 in twentieths of a point
INCH = 914_400  # English metric units
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Caption:
    """What a reference to a table or figure needs: its bookmark, its label and its number."""

    id: int
    bookmark: str
    label: str
    number: int


def body(blocks: Sequence[Block], lang: str) -> tuple[str, list[bytes]]:
    """Return the XML of `blocks`, and the pictures in it, in their order."""
    captions = _captions(blocks)
    pictures = [part for block in blocks if isinstance(block, Picture) for part, _ in block.parts]
    made, shown = [], 0
    for block in blocks:
        if isinstance(block, Paragraph):
            made.append(_paragraph(block, captions, lang))
        elif isinstance(block, Tabular):
            made.append(_tabular(block, captions[block.grid.name], captions, lang))
        else:
            made.append(_picture(block, shown + 1, captions[f"figure {block.name}"], captions, lang))
            shown += len(block.parts)
    return "".join(made), pictures


def _captions(blocks: Sequence[Block]) -> dict[str, Caption]:
    numbers: dict[type, int] = {}
    made: dict[str, Caption] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            continue
        n = numbers[type(block)] = numbers.get(type(block), 0) + 1
        # A table and a figure may have one name.
        name, kind = (block.grid.name, "Table") if isinstance(block, Tabular) else (f"figure {block.name}", "Figure")
        made[name] = Caption(len(made) + 1, f"_Ref{kind}{n}", block.label, n)
    return made


def _paragraph(block: Paragraph, captions: Mapping[str, Caption], lang: str) -> str:
    runs = "".join(_reference(captions[run.name]) if isinstance(run, Ref) else _run(run, lang) for run in block.runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{block.style}"/></w:pPr>{runs}</w:p>'


def _run(run: Run, lang: str) -> str:
    properties = ("<w:b/>" if run.bold else "") + ('<w:lang w:val="fr-FR"/>' if run.french and lang != "fr" else "")
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    lines = _clean(run.text).split("\n")
    return f"<w:r>{look}" + "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines) + "</w:r>"


def _clean(text: str) -> str:
    # What XML cannot hold, and the tabs and returns that would not be words here.
    return re.sub(r"\n{2,}", "\n", _NOT_XML.sub("", text).replace("\r", "").replace("\t", " "))


def _field(code: str, result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{name}"/></w:r>' for name in ("begin", "separate", "end"))
    return f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{separate}<w:r><w:t>{result}</w:t></w:r>{end}'


def _reference(caption: Caption) -> str:
    return _field(f"REF {caption.bookmark} \\h", f"{caption.label}\u00a0{caption.number}")


def _caption(caption: Caption, words: str, lang: str) -> str:
    number = _field(f"SEQ {caption.label} \\* ARABIC", str(caption.number))
    marked = (
        f'<w:bookmarkStart w:id="{caption.id}" w:name="{caption.bookmark}"/><w:r><w:t xml:space="preserve">{caption.label}\u00a0</w:t></w:r>{number}'
        f'<w:bookmarkEnd w:id="{caption.id}"/>'
    )
    return f'<w:p><w:pPr><w:pStyle w:val="caption"/></w:pPr>{marked}{_run(Run(f". {words}"), lang)}</w:p>'


def _tabular(block: Tabular, caption: Caption, captions: Mapping[str, Caption], lang: str) -> str:
    note = _paragraph(paragraph("note", block.grid.note), captions, lang)
    return _caption(caption, block.grid.caption, lang) + _table(block.grid, lang) + note


def _table(grid: Grid, lang: str) -> str:
    widths = [int(TEXT * share) for share in grid.shares]
    look = '<w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    properties = (
        f'<w:tblPr><w:tblStyle w:val="report"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
        f"<w:tblCaption w:val={quoteattr(_clean(grid.title))}/></w:tblPr>"
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "".join(_cell(text, width, lang, right=n >= grid.texts) for n, (text, width) in enumerate(zip(grid.heads, widths, strict=True)))
    rows = "".join(_row(line, widths, grid, lang) for line in grid.lines)
    repeated = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid><w:tr>{repeated}{head}</w:tr>{rows}</w:tbl>"


def _row(line: Line, widths: Sequence[int], grid: Grid, lang: str) -> str:
    if line.branch:
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cell(line.cells[0], sum(widths), lang, span=len(widths), bold=True)}</w:tr>"
    cells = (
        _cell(text, width, lang, right=n >= grid.texts, depth=line.depth if n == 0 else 0)
        for n, (text, width) in enumerate(zip(line.cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, lang: str, *, right: bool = False, depth: int = 0, span: int = 1, bold: bool = False) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties = (
        ("<w:keepNext/>" if bold else "") + (f'<w:ind w:left="{170 * depth}"/>' if depth else "") + ('<w:jc w:val="right"/>' if right else "")
    )
    words = f'<w:p><w:pPr><w:pStyle w:val="cell"/>{properties}</w:pPr>{_run(Run(text, bold=bold), lang)}</w:p>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}</w:tcPr>{words}</w:tc>'


def _picture(block: Picture, first: int, caption: Caption, captions: Mapping[str, Caption], lang: str) -> str:
    shown = "".join(_inline(block, n, height) for n, (_, height) in enumerate(block.parts, first))
    return shown + _caption(caption, block.caption, lang) + _paragraph(paragraph("note", block.note), captions, lang)


def _inline(block: Picture, n: int, height: float) -> str:
    size = f'cx="{round(block.width * INCH)}" cy="{round(height * INCH)}"'
    told = f'id="{n}" name="{escape(block.label)} {n}" descr={quoteattr(_clean(block.alt))}'
    shape = f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    drawn = (
        f'<pic:pic xmlns:pic="{PICTURE}"><pic:nvPicPr><pic:cNvPr {told}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="figure{n}"/>'
        f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>{shape}</pic:spPr></pic:pic>"
    )
    inline = (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {told}/>'
        f'<a:graphic xmlns:a="{DRAWING}"><a:graphicData uri="{PICTURE}">{drawn}</a:graphicData></a:graphic></wp:inline>'
    )
    return f'<w:p><w:pPr><w:pStyle w:val="figure"/></w:pPr><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>'
