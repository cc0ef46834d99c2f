"""The report as one self-contained page: data come in, HTML goes out, nothing is counted here.

`draw` makes the figures, `ReportData` gathers what a report shows, `render` writes the page in French or English, `write_report` saves it.
"""

from __future__ import annotations

from peerqual.reporting.html.data import ReportData, draw
from peerqual.reporting.html.page import render, write_report

__all__ = ["ReportData", "draw", "render", "write_report"]
