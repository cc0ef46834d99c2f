"""Where each code falls along each document: a strip of strokes per code and document."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from peerqual.language.typography import number
from peerqual.model import Corpus
from peerqual.reporting.figures.columns import Block, blocks, heads
from peerqual.reporting.figures.rows import book, name, rows
from peerqual.reporting.figures.sheet import BLOCKS_APART, MARGIN, SOFT, WIDTH, Sheet
from peerqual.reporting.figures.words import say

LEAST, MOST = 0.4, 48  # inches for a document, documents in all
THIN = 0.014  # the thinnest stroke that print keeps


def positions_along(table: pd.DataFrame, corpus: Corpus, *, codebook: Any = None, lang: str = "fr", note: str = "", width: float = WIDTH) -> Figure:
    """Draw where the codings of each code fall in each document, from its beginning to its end.

    Args:
        table: the columns of `analysis.positions`.
        corpus: the transcripts; those without codings are shown too.
        codebook: order, branches and labels of codes (None: the package's); codes never used are left out.
        lang: "fr" or "en".
        note: a stamp written above the caption.
        width: in inches; `NARROW` is a journal's column.

    The first `MOST` documents are shown; the caption says so when there are more.
    """
    codebook = book(codebook)
    sheet = Sheet(width)
    y = sheet.title(say("along.title", lang))
    documents = pd.DataFrame([(transcript.id, transcript.material) for transcript in corpus], columns=["document", "material"])
    laid = blocks(documents.head(MOST), sheet, lang, abreast=int((width - sheet.labels) // LEAST), widest=1.3)
    if len(table):
        for block in laid:
            y = _block(sheet, table, block, codebook, lang, y) + BLOCKS_APART
    else:
        sheet.text(MARGIN, y, say("nothing", lang), colour=SOFT)
    left = say("along.left", lang, shown=MOST, total=number(len(documents), lang)) if len(documents) > MOST else ""
    hollow = say("along.hollow", lang) if (table["polarity"] == "-").any() else ""
    sheet.caption(say("along.caption", lang) + hollow + left, note)
    return sheet.figure()


def _block(sheet: Sheet, table: pd.DataFrame, block: Block, codebook: Any, lang: str, y: float) -> float:
    y = heads(sheet, block, lang, y)
    placed = rows(table["code"], codebook, lang, sheet, y)
    line = {row.code: row for row in placed if row.code}
    for row in placed:
        name(sheet, row)
        for column in block.columns if row.code else ():
            sheet.box(column.x + 0.02, row.y + 0.02, column.width - 0.04, row.height - 0.04, "#f3f4f5")
    columns = {column.document: column for column in block.columns}
    part = table[table["document"].isin(list(columns))]
    for code, document, at, width, polarity in part[["code", "document", "at", "width", "polarity"]].itertuples(index=False):
        row, column = line[code], columns[document]
        room = column.width - 0.04
        stroke = max(width * room, THIN)
        x = column.x + 0.02 + min(at * room, room - stroke)
        colour = row.colour.mark if row.colour else SOFT
        if polarity == "-":
            sheet.box(x, row.y + 0.035, max(stroke, 0.03), row.height - 0.07, "#ffffff", edge=colour)
        else:
            sheet.box(x, row.y + 0.02, stroke, row.height - 0.04, colour)
    return placed[-1].y + placed[-1].height
