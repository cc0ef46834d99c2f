"""Which codes are found together: the lower half of a matrix, each code named once, on the diagonal."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from peerqual.language.typography import number
from peerqual.reporting.figures.rows import book
from peerqual.reporting.figures.sheet import INK, MARGIN, SIZE, SMALL, SOFT, WIDTH, Sheet, height_of, width_of, wrapped
from peerqual.reporting.figures.words import label, say
from peerqual.reporting.palette import DARK_TEXT, LIGHT_TEXT, contrast, mix, palette

DARKEST = "#1d4f80"
CELL, SMALLEST = 0.27, 0.17  # inches
ROOM = 1.9  # inches beside the matrix, for the name of the last code


def cooccurrence_matrix(
    table: pd.DataFrame, *, codebook: Any = None, unit: str = "sentence", lang: str = "fr", note: str = "", width: float = WIDTH
) -> Figure:
    """Draw codes × codes: how many units carry both, shaded by the Jaccard index.

    Args:
        table: the columns of `analysis.cooccurrence`.
        codebook: order and labels of codes (None: the package's); codes that meet no other are left out and counted in the caption.
        unit: what was counted, "sentence" or "turn".
        lang: "fr" or "en".
        note: a stamp written above the caption.
        width: in inches; `NARROW` is a journal's column. Many codes take the width that their numbers need.
    """
    codebook = book(codebook)
    found = table[table["count"] > 0]
    meeting = set(found["code_a"]) | set(found["code_b"])
    order = [code.id for code in codebook.codes if code.id in meeting]
    alone = len((set(table["code_a"]) | set(table["code_b"])) - meeting)
    top = float(found["jaccard"].max()) if len(found) else 0.0
    sheet = Sheet(min(max(width, len(order) * SMALLEST + ROOM), max(WIDTH, width)))
    y = sheet.title(say("pairs.title", lang))
    if order:
        _matrix(sheet, table, order, codebook, lang, y, top)
        those = say(f"pairs.{unit}.those", lang)
        caption = say("pairs.caption", lang, top=number(top, lang, 2), unit=say(f"pairs.{unit}", lang), those=those)
        shown = table["code_a"].isin(order) & table["code_b"].isin(order)
        if int(shown.sum()) < len(order) * (len(order) - 1) // 2:
            caption += say("pairs.family", lang)
        if alone:
            caption += say("pairs.alone", lang, count=alone)
    else:
        sheet.text(MARGIN, y, say("nothing.pairs", lang), colour=SOFT)
        caption = ""
    sheet.caption(caption, note)
    return sheet.figure()


def _matrix(sheet: Sheet, table: pd.DataFrame, order: list[str], codebook: Any, lang: str, y: float, top: float) -> None:
    colours = palette(codebook)
    names = [label(codebook, code, lang) for code in order]
    # The last rows have the least room at their right: cells shrink until the longest of their names fits on two lines.
    least = max(width_of(max(name.split(" "), key=len)) for name in names) + 0.2
    cell = min(CELL, (sheet.width - 2 * MARGIN - max(least, 1.7)) / len(order))
    place = {code: i for i, code in enumerate(order)}
    for i, code in enumerate(order):
        x, row = MARGIN + i * cell, y + i * cell
        sheet.box(x + 0.02, row + 0.02, cell - 0.04, cell - 0.04, colours[code].mark)
        lines = wrapped(names[i], sheet.width - x - cell - MARGIN - 0.05)
        for j, line in enumerate(lines):
            sheet.text(x + cell + 0.05, row + cell / 2 + (j - (len(lines) - 1) / 2) * height_of(SIZE) * 0.92, line, colour=INK)
    for code_a, code_b, count, jaccard in table[["code_a", "code_b", "count", "jaccard"]].itertuples(index=False):
        if code_a not in place or code_b not in place:
            continue
        column, line_of = sorted((place[code_a], place[code_b]))
        x, row = MARGIN + column * cell, y + line_of * cell
        shade = mix("#ffffff", DARKEST, 0.1 + 0.9 * jaccard / top) if count else "#f6f7f8"
        sheet.box(x + 0.015, row + 0.015, cell - 0.03, cell - 0.03, shade)
        if count:
            ink = LIGHT_TEXT if contrast(shade, LIGHT_TEXT) >= contrast(shade, DARK_TEXT) else DARK_TEXT
            sheet.text(x + cell / 2, row + cell / 2, number(count, lang), size=SMALL, colour=ink, ha="center")
