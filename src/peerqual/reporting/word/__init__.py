"""The report as a Word document for a thesis: styles, tables with captions, cross-references, figures, verbatims as quotations.

Written here as XML, so that python-docx need not be installed; the tests open it with python-docx, ``benchmarks/office.py`` with LibreOffice.
"""

from __future__ import annotations

from peerqual.reporting.html.data import ReportData
from peerqual.reporting.html.found import banner, stamp
from peerqual.reporting.html.words import Words
from peerqual.reporting.template import Template
from peerqual.reporting.word.content import content
from peerqual.reporting.word.markup import body
from peerqual.reporting.word.parts import package

__all__ = ["document"]


def document(data: ReportData, *, lang: str = "fr", template: Template | None = None) -> bytes:
    """Return the report on `data` as the bytes of a .docx, in `lang` ("fr" or "en"), with the texts and order of a team's `template`.

    Same data, same bytes. Of a publication only what may be shown is in it (`ReportData.whole`).
    """
    template = template or Template()
    words = Words(lang, template.texts)
    blocks = content(data, words, template.sections)
    marks = [stamp(data, words), words("invented_short") if banner(data, words) else ""]
    written, pictures = body(blocks, lang)
    title = str(words.of(getattr(data.codebook, "title", ""))) or words("title")
    return package(written, pictures, lang=lang, title=f"{words('title')} – {title}", head="\u00a0· ".join(filter(None, marks)))
