"""The note as files: Markdown, and a Word document of a few parts, written here so that python-docx need not be installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from ..errors import PeerqualError
from ..transcripts.writing.packages import packed
from .ethics import Block
from .outputs import write_text

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = {"title": "Title", "heading": "Heading1", "text": "Normal", "point": "ListBullet", "box": "ListBullet"}
_HANGING = '<w:ind w:left="284" w:hanging="284"/>'
_SHAPES = {
    # style: name, half-points, before and after in twentieths of a point, further properties of its letters
    "Title": ("Title", 30, 0, 100, "<w:b/>"),
    "Heading1": ("heading 1", 23, 140, 50, "<w:b/>"),
    "ListBullet": ("List Bullet", 19, 0, 30, ""),
}


def write(note: Sequence[Block], target: str | Path, *, lang: str = "fr", overwrite: bool = False) -> tuple[Path, Path]:
    """Write `note` beside each other as ``NAME.docx`` and ``NAME.md`` (`target`, with or without one of these suffixes); return both paths.

    Raises `PeerqualError` when one of them exists and `overwrite` is False.
    """
    name = Path(target)
    name = name.with_suffix("") if name.suffix.lower() in (".docx", ".md") else name
    made = name.with_name(f"{name.name}.docx"), name.with_name(f"{name.name}.md")
    for path in made:
        if path.exists() and not overwrite:
            raise PeerqualError("outputs.file_exists", where=path)
    made[0].parent.mkdir(parents=True, exist_ok=True)
    made[0].write_bytes(word(note, lang))
    write_text(made[1], markdown(note))
    return made


def markdown(note: Sequence[Block]) -> str:
    """Return the note as Markdown.

    >>> markdown([Block("heading", "Fait"), Block("box", "Décider")])
    '## Fait\\n\\n- [ ] Décider\\n'
    """
    return "\n".join(_lines(note)).strip() + "\n"


def _lines(note: Sequence[Block]) -> Iterator[str]:
    marks = {"title": "# ", "heading": "## ", "text": "", "point": "- ", "box": "- [ ] "}
    before = ""
    for block in note:
        if before in ("point", "box") and block.kind != before:
            yield ""
        before = block.kind
        if block.kind == "table":
            head, *rows = (f"| {' | '.join(cells)} |" for cells in block.rows)
            yield from (head, "|" + "---|" * len(block.rows[0]), *rows, "")
            continue
        yield marks[block.kind] + block.text
        if block.kind not in ("point", "box"):
            yield ""


def word(note: Sequence[Block], lang: str = "fr") -> bytes:
    """Return the note as the bytes of a .docx file: A4, no properties that tell who made it or when."""
    body = "".join(_table(block.rows) if block.kind == "table" else _paragraph(block) for block in note)
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="850" w:right="1021" w:bottom="850" w:left="1021"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f'{_XML}<w:document xmlns:w="{_MAIN}"><w:body>{body}{page}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml")),
        "word/styles.xml": _styles(lang),
    }
    return packed({name: text.encode() for name, text in parts.items()})


def _paragraph(block: Block) -> str:
    mark = {"box": "☐ ", "point": "• "}.get(block.kind, "")
    return f'<w:p><w:pPr><w:pStyle w:val="{_STYLES[block.kind]}"/></w:pPr>{_run(mark + block.text)}</w:p>'


def _run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="999999"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    widths = [5200, *[2300] * (len(rows[0]) - 1)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = []
    for n, row in enumerate(rows):
        cells = (_cell(text, width, "<w:b/>" if n == 0 else "") for text, width in zip(row, widths, strict=True))
        made.append(f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if n == 0 else ''}{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"


def _cell(text: str, width: int, bold: str) -> str:
    words = _run(text, f'{bold}<w:sz w:val="18"/>')
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>{words}</w:p></w:tc>'


def _styles(lang: str) -> str:
    tongue = {"fr": "fr-FR", "en": "en-GB"}[lang]
    base = f'<w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="19"/><w:lang w:val="{tongue}"/></w:rPr>'
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="60"/></w:pPr></w:style>'
    others = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr>{"<w:keepNext/>" if id == "Heading1" else ""}<w:spacing w:before="{before}" w:after="{after}"/>'
        f'{_HANGING if id == "ListBullet" else ""}</w:pPr><w:rPr>{letters}<w:sz w:val="{size}"/></w:rPr></w:style>'
        for id, (name, size, before, after, letters) in _SHAPES.items()
    )
    return f'{_XML}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault>{base}</w:rPrDefault></w:docDefaults>{normal}{others}</w:styles>'


def _content_types() -> str:
    made = (("document", "document.main+xml"), ("styles", "styles+xml"))
    parts = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}"/>' for name, kind in made)
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'{_XML}<Types xmlns="{_PACKAGE}/content-types">{relations}<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'


def _relations(*targets: tuple[str, str]) -> str:
    made = "".join(f'<Relationship Id="rId{n}" Type="{_RELATION}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1))
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'
