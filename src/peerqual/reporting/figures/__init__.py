"""From tables to figures: each function takes a DataFrame of `analysis/` and returns a matplotlib `Figure`; nothing is computed but places.

All figures are 16 cm wide (the column of a thesis) or, with `width=NARROW`, 8.5 cm (a column of a journal). They name codes in full, in the
codebook's order, write counts beside shades and lengths, and end with a caption that says what is counted.
`note` is a stamp such as « Propositions automatiques non relues ».
"""

from __future__ import annotations

from peerqual.reporting.figures.along import positions_along
from peerqual.reporting.figures.bars import codes_by_group
from peerqual.reporting.figures.course import thematic_course
from peerqual.reporting.figures.files import pages, png, save, svg
from peerqual.reporting.figures.heat import codes_by_document
from peerqual.reporting.figures.pairs import cooccurrence_matrix
from peerqual.reporting.figures.sheet import NARROW
from peerqual.reporting.figures.tree import theme_tree

__all__ = [
    "NARROW",
    "codes_by_document",
    "codes_by_group",
    "cooccurrence_matrix",
    "pages",
    "png",
    "positions_along",
    "save",
    "svg",
    "thematic_course",
    "theme_tree",
]
