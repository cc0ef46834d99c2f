"""The parts of a .docx around its body: styles, lists, header and footer, properties; put together without dates or names."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from peerqual.transcripts.writing.packages import packed

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TONGUES = {"fr": "fr-FR", "en": "en-GB"}
_SOFT = '<w:color w:val="5F6368"/>'
# id: name (Word shows its own styles in the reader's language: heading 1 is « Titre 1 »), outline level, what its paragraphs and letters are like
STYLES: dict[str, tuple[str, str, str, str]] = {
    "title": ("Title", "", '<w:spacing w:after="60"/>', '<w:b/><w:sz w:val="40"/>'),
    "subtitle": ("Subtitle", "", '<w:spacing w:after="200"/>', f'{_SOFT}<w:sz w:val="26"/>'),
    "heading1": ("heading 1", "0", '<w:keepNext/><w:spacing w:before="400" w:after="120"/>', '<w:b/><w:sz w:val="32"/>'),
    "heading2": ("heading 2", "1", '<w:keepNext/><w:spacing w:before="280" w:after="80"/>', '<w:b/><w:sz w:val="26"/>'),
    "heading3": ("heading 3", "2", '<w:keepNext/><w:spacing w:before="220" w:after="60"/>', '<w:b/><w:sz w:val="23"/>'),
    "text": ("Body Text", "", "", ""),
    "point": ("List Bullet", "", '<w:numPr><w:numId w:val="1"/></w:numPr><w:contextualSpacing/>', ""),
    "number": ("List Number", "", '<w:numPr><w:numId w:val="2"/></w:numPr><w:spacing w:after="60"/>', ""),
    "quote": ("Quote", "", '<w:keepNext/><w:keepLines/><w:spacing w:before="120" w:after="20"/><w:ind w:left="567" w:right="567"/>', ""),
    "source": ("Source", "", '<w:ind w:left="567" w:right="567"/><w:jc w:val="right"/>', f'{_SOFT}<w:sz w:val="19"/>'),
    "caption": ("caption", "", '<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="100"/>', '<w:b/><w:sz w:val="20"/>'),
    "figure": ("Figure", "", '<w:keepNext/><w:spacing w:before="200" w:after="0"/>', ""),
    "cell": ("Table Text", "", '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="16"/>'),
    "note": ("Table Note", "", '<w:spacing w:before="60" w:after="280"/>', f'{_SOFT}<w:sz w:val="17"/>'),
    "stamp": ("Stamp", "", '<w:spacing w:after="80"/>', '<w:b/><w:color w:val="8A1C1C"/>'),
    "header": ("header", "", '<w:spacing w:after="0"/><w:jc w:val="center"/>', '<w:b/><w:color w:val="8A1C1C"/><w:sz w:val="17"/>'),
    "footer": ("footer", "", '<w:spacing w:after="0"/><w:jc w:val="center"/>', '<w:sz w:val="17"/>'),
}
_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1417" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/>'
)


def package(body: str, pictures: Sequence[bytes], *, lang: str, title: str, head: str) -> bytes:
    """Return the .docx of `body`: A4, `head` at the top of each page, numbers at the foot; its properties tell neither who made it nor when."""
    relations = [(name, name, f"{name}.xml") for name in ("styles", "numbering", "settings")]
    relations += [("header", "header", "header1.xml"), ("footer", "footer", "footer1.xml")]
    relations += [(f"figure{n}", "image", f"media/figure{n}.png") for n in range(1, len(pictures) + 1)]
    ends = '<w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>'
    names = f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}" xmlns:wp="{INLINE}" xmlns:a="{DRAWING}"'
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([("document", "officeDocument", "word/document.xml"), ("properties", "", "docProps/core.xml")]),
        "docProps/core.xml": _properties(title, lang),
        "word/document.xml": f"{_XML}<w:document {names}><w:body>{body}<w:sectPr>{ends}{_PAGE}</w:sectPr></w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(relations),
        "word/styles.xml": _styles(lang),
        "word/numbering.xml": _lists(),
        "word/settings.xml": f'{_XML}<w:settings xmlns:w="{MAIN}"><w:themeFontLang w:val="{TONGUES[lang]}"/></w:settings>',
        "word/header1.xml": _end("hdr", "header", f'<w:r><w:t xml:space="preserve">{escape(head)}</w:t></w:r>' if head else ""),
        "word/footer1.xml": _end("ftr", "footer", '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'),
    }
    images = {f"word/media/figure{n}.png": data for n, data in enumerate(pictures, 1)}
    return packed({**{name: text.encode() for name, text in parts.items()}, **images}, stored=images)


def _styles(lang: str) -> str:
    letters = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
    tongue = f'<w:lang w:val="{TONGUES[lang]}" w:eastAsia="{TONGUES[lang]}"/>'
    space = '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    indent = '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'
    table = f'<w:style w:type="table" w:default="1" w:styleId="tables"><w:name w:val="Normal Table"/>{indent}</w:style>'
    others = "".join(_style(id, *shape) for id, shape in STYLES.items())
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{letters}{tongue}</w:rPr></w:rPrDefault>{space}</w:docDefaults>"
    return f'{_XML}<w:styles xmlns:w="{MAIN}">{defaults}{normal}{others}{table}{_table_style()}</w:styles>'


def _style(id: str, name: str, level: str, paragraph: str, letters: str) -> str:
    outline = f'<w:outlineLvl w:val="{level}"/>' if level else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}{outline}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _table_style() -> str:
    # Three rules, as printed tables have them: above, under the heads, below.
    rules = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="1B1B1B"/>' for side in ("top", "bottom"))
    margins = "".join(f'<w:{side} w:w="50" w:type="dxa"/>' for side in ("left", "right"))
    under = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="1B1B1B"/></w:tcBorders><w:vAlign w:val="bottom"/>'
    first = f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>{under}</w:tcPr></w:tblStylePr>'
    return (
        '<w:style w:type="table" w:styleId="report"><w:name w:val="Report Table"/><w:basedOn w:val="tables"/>'
        f"<w:tblPr><w:tblBorders>{rules}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{first}</w:style>"
    )


def _lists() -> str:
    made = ""
    for n, kind, text in ((1, "bullet", "•"), (2, "decimal", "%1.")):
        level = f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="397" w:hanging="397"/></w:pPr>'
        made += f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'
    made += "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return f'{_XML}<w:numbering xmlns:w="{MAIN}">{made}</w:numbering>'


def _end(tag: str, style: str, runs: str) -> str:
    return f'{_XML}<w:{tag} xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p></w:{tag}>'


def _properties(title: str, lang: str) -> str:
    names = f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    told = f"<dc:title>{escape(title)}</dc:title><dc:language>{TONGUES[lang]}</dc:language>"
    return f"{_XML}<cp:coreProperties {names}>{told}</cp:coreProperties>"


def _content_types() -> str:
    kinds = {"document": "document.main", "header1": "header", "footer1": "footer"} | {name: name for name in ("styles", "numbering", "settings")}
    parts = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in kinds.items())
    core = '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    known = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml", "png": "image/png"}
    defaults = "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in known.items())
    return f'{_XML}<Types xmlns="{_PACKAGE}/content-types">{defaults}{parts}{core}</Types>'


def _relations(targets: Sequence[tuple[str, str, str]]) -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    made = "".join(f'<Relationship Id="{id}" Type="{f"{RELATIONS}/{kind}" if kind else core}" Target="{target}"/>' for id, kind, target in targets)
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'
