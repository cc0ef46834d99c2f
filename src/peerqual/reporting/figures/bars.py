"""Codes by material or group: how many people speak of each, out of how many."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from peerqual.language.typography import count_of, number, plural
from peerqual.reporting.figures.columns import evenly
from peerqual.reporting.figures.rows import Row, book, name, rows
from peerqual.reporting.figures.sheet import BLOCKS_APART, FAINT, INK, MARGIN, SMALL, SOFT, WIDTH, Sheet, height_of, width_of, wrapped
from peerqual.reporting.figures.words import material, say
from peerqual.reporting.palette import mix

LEAST = 0.46  # inches for a panel
BETWEEN = 0.13
NO_GROUP = "—"
THICK = 0.04  # inches


def codes_by_group(frequencies: pd.DataFrame, *, codebook: Any = None, lang: str = "fr", note: str = "", width: float = WIDTH) -> Figure:
    """Draw, for each code, the share of participants who speak of it, a panel for each material and group.

    Args:
        frequencies: the columns of `analysis.theme_frequencies`.
        codebook: order, branches and labels of codes (None: the package's).
        lang: "fr" or "en".
        note: a stamp written above the caption.
        width: in inches; `NARROW` is a journal's column.
    """
    codebook = book(codebook)
    sheet = Sheet(width)
    y = sheet.title(say("bars.title", lang))
    panels = [panel for _, panel in frequencies.groupby(["material", "group"], sort=False)]
    # By an attribute of participants, what nobody speaks in their own name has no place.
    grouped = [panel for panel in panels if panel["group"].iloc[0] != NO_GROUP or panel["participants_total"].iloc[0]]
    panels = grouped or panels
    counts = [width_of(count_of(people, people, lang), SMALL) for people in map(_people, panels)]
    each = evenly(len(panels), int((width - sheet.labels) // (max([LEAST, *counts]) + BETWEEN)))
    for first in range(0, len(panels), each):
        y = _strip(sheet, panels[first : first + each], codebook, lang, y, abreast=each) + BLOCKS_APART
    if not panels:
        sheet.text(MARGIN, y, say("nothing", lang), colour=SOFT)
    alone = any(_people(panel) < 2 for panel in panels)
    sheet.caption(say("bars.caption", lang) + (say("bars.alone", lang) if alone else ""), note)
    return sheet.figure()


def _strip(sheet: Sheet, panels: list[pd.DataFrame], codebook: Any, lang: str, top: float, *, abreast: int) -> float:
    wide = (sheet.width - sheet.labels - MARGIN - BETWEEN * (abreast - 1)) / abreast
    heads = [_head(panel, lang, wide) for panel in panels]
    tall = max(len(head) for head in heads)
    placed = rows(panels[0]["code"], codebook, lang, sheet, top + tall * height_of(SMALL) + 0.02, least=0.23)
    for row in placed:
        name(sheet, row)
    for i, (panel, head) in enumerate(zip(panels, heads, strict=True)):
        x = sheet.labels + i * (wide + BETWEEN)
        for j, (line, bold) in enumerate(head):
            sheet.text(
                x,
                top + (j + tall - len(head)) * height_of(SMALL),
                line,
                size=SMALL,
                colour=INK if bold else SOFT,
                weight="bold" if bold else "normal",
            )
        _bars(sheet, panel, placed, x, wide, lang)
    return placed[-1].y + placed[-1].height


def _head(panel: pd.DataFrame, lang: str, wide: float) -> list[tuple[str, bool]]:
    first = panel.iloc[0]
    group = say("bars.unknown", lang) if first["group"] == NO_GROUP else first["group"]
    title = material(first["material"], lang) + (f" · {group}" if group else "")
    people = _people(panel)
    named = f"{number(people, lang)}\u00a0{plural(people, say('bars.person', lang), say('bars.people', lang), lang)}"
    under = ", ".join([named] * (people > 0) + [say("bars.passages", lang)] * (people < 2))
    return [(line, True) for line in wrapped(title, wide, SMALL, bold=True)] + [(line, False) for line in wrapped(under, wide, SMALL)]


def _people(panel: pd.DataFrame) -> int:
    return int(panel["participants_total"].iloc[0])


def _bars(sheet: Sheet, panel: pd.DataFrame, placed: list[Row], x: float, wide: float, lang: str) -> None:
    # A share of one person says nothing: that person's passages do.
    people = _people(panel) if _people(panel) > 1 else 0
    whole = people or max(int(panel["passages"].max()), 1)
    counts = dict(zip(panel["code"], panel["participants" if people else "passages"], strict=True))
    room = wide if people else wide - 0.3  # a count of passages has no full length to show: its number stands at the end
    for row in placed:
        if not row.code:
            continue
        count = int(counts.get(row.code, 0))
        low = row.middle + 0.045
        colour = row.colour.mark if row.colour else SOFT
        colour = mix(colour, "#ffffff", 0.45) if row.depth else colour
        if people:
            sheet.box(x, low, room, THICK, FAINT)
        sheet.box(x, low, room * count / whole, THICK, colour)
        words = (count_of(count, whole, lang) if people else number(count, lang)) if count else "0"
        sheet.text(x, row.middle - 0.025, words, size=SMALL, colour=INK if count else "#9aa0a6")
