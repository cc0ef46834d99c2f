"""Codes against documents: numbers of passages on shades of their rate."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from peerqual.language.typography import number
from peerqual.reporting.figures.columns import Block, blocks, heads
from peerqual.reporting.figures.rows import book, name, rows
from peerqual.reporting.figures.sheet import BLOCKS_APART, MARGIN, SMALL, SOFT, WIDTH, Sheet
from peerqual.reporting.figures.words import say
from peerqual.reporting.palette import DARK_TEXT, LIGHT_TEXT, contrast, mix

DARKEST = "#1d4f80"
LEAST = 0.25  # inches for a document
WITH_NUMBERS = 48  # documents beyond which only shades are drawn


def codes_by_document(table: pd.DataFrame, *, codebook: Any = None, lang: str = "fr", note: str = "", width: float = WIDTH) -> Figure:
    """Draw codes × documents: the number of passages in each cell, shaded by passages per 1,000 words.

    Args:
        table: the columns of `analysis.code_by_document`.
        codebook: order, branches and labels of codes (None: the package's).
        lang: "fr" or "en".
        note: a stamp written above the caption.
        width: in inches; `NARROW` is a journal's column.

    Beyond `WITH_NUMBERS` documents one column each is drawn without numbers or names.
    """
    codebook = book(codebook)
    sheet = Sheet(width)
    y = sheet.title(say("heat.title", lang))
    documents = table.drop_duplicates("document")[["document", "material"]]
    many = len(documents) > WITH_NUMBERS
    top = float(table["per_1000_words"].max()) if len(table) else 0.0
    for block in blocks(documents, sheet, lang, abreast=len(documents) if many else int((width - sheet.labels) // LEAST), widest=0.42):
        y = _block(sheet, table, block, codebook, lang, y, top, bare=many) + BLOCKS_APART
    if not len(documents):
        sheet.text(MARGIN, y, say("nothing", lang), colour=SOFT)
    sheet.caption(say("heat.bare" if many else "heat.caption", lang, top=number(top, lang, 1)), note)
    return sheet.figure()


def _block(sheet: Sheet, table: pd.DataFrame, block: Block, codebook: Any, lang: str, y: float, top: float, *, bare: bool) -> float:
    y = heads(sheet, block, lang, y, bare=bare)
    placed = rows(table["code"], codebook, lang, sheet, y)
    for row in placed:
        name(sheet, row)
    line = {row.code: row for row in placed if row.code}
    columns = {column.document: column for column in block.columns}
    part = table[table["document"].isin(list(columns))]
    for code, document, count, rate in part[["code", "document", "passages", "per_1000_words"]].itertuples(index=False):
        row, column = line[code], columns[document]
        gap = 0 if bare else 0.015
        shade = mix("#ffffff", DARKEST, 0.1 + 0.9 * rate / top) if count and top else "#f6f7f8"
        sheet.box(column.x + gap, row.y + gap, column.width - 2 * gap, row.height - 2 * gap, shade)
        if count and not bare:
            ink = LIGHT_TEXT if contrast(shade, LIGHT_TEXT) >= contrast(shade, DARK_TEXT) else DARK_TEXT
            sheet.text(column.x + column.width / 2, row.middle, number(count, lang), size=SMALL, colour=ink, ha="center")
    return placed[-1].y + placed[-1].height
