"""The thematic course of interviews (« déroulé thématique »): from the first word to the last, who speaks and what is coded."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from peerqual.language.typography import number
from peerqual.reporting.figures.columns import evenly
from peerqual.reporting.figures.rows import Row, book, name, rows
from peerqual.reporting.figures.sheet import BLOCKS_APART, FAINT, INK, MARGIN, SMALL, SOFT, WIDTH, Sheet, height_of, width_of
from peerqual.reporting.figures.words import say
from peerqual.reporting.palette import mix

LEAST, MOST = 1.7, 24  # inches for a document where several stand side by side; documents in all
BETWEEN = 0.18
VOICES = 0.09  # inches: the strip of turns
TALL = 0.17  # the least height of a row
THIN = 0.014  # the thinnest mark that print keeps
ASKING = ("interviewer", "facilitator", "researcher")
ASKS, ANSWERS, PALE = "#6f747a", "#d5d8dc", 0.55


def thematic_course(
    table: pd.DataFrame, turns: pd.DataFrame, *, codebook: Any = None, lang: str = "fr", note: str = "", width: float = WIDTH
) -> Figure:
    """Draw the thematic course of each document: its turns, and under them a row per code with what is coded, from the first word to the last.

    Args:
        table: the columns of `analysis.positions`; proposals are drawn paler and lower than what a person decided.
        turns: the columns of `analysis.turn_positions`; its documents are drawn, in its order, those without codings too: keep the rows of one
            document to draw one interview.
        codebook: order, branches and labels of codes (None: the package's); codes used in none of the documents are left out.
        lang: "fr" or "en".
        note: a stamp written above the caption.
        width: in inches; `NARROW` is a journal's column.

    The first `MOST` documents are shown; the caption says so when there are more.
    """
    codebook = book(codebook)
    sheet = Sheet(width)
    y = sheet.title(say("course.title", lang))
    documents = list(dict.fromkeys(turns["document"]))
    shown = documents[:MOST]
    table = table[table["document"].isin(shown)]
    if table.empty:
        sheet.text(MARGIN, y, say("nothing", lang), colour=SOFT)
        y += 0.25
    abreast = evenly(len(shown), max(int((width - sheet.labels) // LEAST), 1))
    for first in range(0, len(shown), abreast):
        y = _block(sheet, table, turns, shown[first : first + abreast], abreast, codebook, lang, y) + BLOCKS_APART
    sheet.caption(_caption(table, turns, len(documents), lang), note)
    return sheet.figure()


def _caption(table: pd.DataFrame, turns: pd.DataFrame, documents: int, lang: str) -> str:
    asked = turns["role"].isin(ASKING).any()
    said = say("course.caption", lang, voices=say("course.asks" if asked else "course.others", lang))
    said += say("course.proposed", lang) if (table["status"] == "proposed").any() else ""
    said += say("along.hollow", lang) if (table["polarity"] == "-").any() else ""
    return said + (say("along.left", lang, shown=MOST, total=number(documents, lang)) if documents > MOST else "")


def _block(sheet: Sheet, table: pd.DataFrame, turns: pd.DataFrame, documents: list[str], abreast: int, codebook: Any, lang: str, top: float) -> float:
    # Documents side by side, with the codes used in any of them: what is absent from one is seen.
    each = (sheet.width - sheet.labels - MARGIN - BETWEEN * (abreast - 1)) / abreast
    strip = top + height_of(SMALL)
    sheet.text(MARGIN, strip + VOICES / 2, say("course.voices", lang), size=SMALL, colour=SOFT)
    placed = rows(table.loc[table["document"].isin(documents), "code"], codebook, lang, sheet, strip + VOICES + 0.05, least=TALL)
    for row in placed:
        name(sheet, row)
    bottom = placed[-1].y + placed[-1].height if placed else strip + VOICES
    for i, document in enumerate(documents):
        x = sheet.labels + i * (each + BETWEEN)
        sheet.text(x, top, document, size=SMALL, weight="bold", colour=INK)
        _voices(sheet, turns[turns["document"] == document], x, strip, each)
        _marks(sheet, table[table["document"] == document], placed, x, each)
        _ends(sheet, x, bottom + 0.06, each, lang)
    return bottom + 0.06 + height_of(SMALL)


def _voices(sheet: Sheet, turns: pd.DataFrame, x: float, y: float, room: float) -> None:
    # Turns in a row of one kind of voice are one box.
    sheet.box(x, y, room, VOICES, ANSWERS)
    begun = end = 0.0
    for role, at, width in turns[["role", "at", "width"]].itertuples(index=False):
        if role in ASKING and end > begun and at <= end + 1e-9:
            end = at + width
        elif role in ASKING:
            _voice(sheet, x, y, room, begun, end)
            begun, end = at, at + width
    _voice(sheet, x, y, room, begun, end)


def _voice(sheet: Sheet, x: float, y: float, room: float, begun: float, end: float) -> None:
    if end > begun:
        sheet.box(x + begun * room, y, (end - begun) * room, VOICES, ASKS)


def _marks(sheet: Sheet, table: pd.DataFrame, placed: list[Row], x: float, room: float) -> None:
    line = {row.code: row for row in placed if row.code}
    for row in line.values():
        sheet.box(x, row.middle - 0.004, room, 0.008, FAINT)
    # What a person decided is drawn last, over proposals.
    ordered = table.sort_values("status", key=lambda status: status != "proposed", kind="stable")
    for code, at, width, polarity, status in ordered[["code", "at", "width", "polarity", "status"]].itertuples(index=False):
        row = line[code]
        mark = max(width * room, THIN)
        left = x + min(at * room, room - mark)
        colour = row.colour.mark if row.colour else SOFT
        high = (TALL - 0.04) * (0.5 if status == "proposed" else 1)
        colour = mix(colour, "#ffffff", PALE) if status == "proposed" else colour
        hollow = polarity == "-"
        sheet.box(
            left, row.middle - high / 2, max(mark, 0.03) if hollow else mark, high, "#ffffff" if hollow else colour, edge=colour if hollow else "none"
        )


def _ends(sheet: Sheet, x: float, y: float, room: float, lang: str) -> None:
    begin, end = say("course.begin", lang), say("course.end", lang)
    sheet.box(x, y - 0.045, room, 0.008, SOFT)
    for quarter in range(5):
        sheet.box(x + min(quarter / 4 * room, room - 0.008), y - 0.045, 0.008, 0.03, SOFT)
    sheet.text(x, y + 0.03, begin, size=SMALL, colour=SOFT)
    sheet.text(x + room, y + 0.03, end, size=SMALL, colour=SOFT, ha="right")
    if room > width_of(begin, SMALL) + width_of(end, SMALL) + 0.4:
        sheet.text(x + room / 2, y + 0.03, "½", size=SMALL, colour=SOFT, ha="center")
