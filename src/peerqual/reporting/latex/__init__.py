"""The report's tables for LaTeX: a file each, to be read by `\\input`, and an example of a document that does so.

Tables are `longtable`s with the rules of `booktabs`: their heads come back on each page, and a reference is `\\ref{tab:NAME}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from peerqual.reporting.grids import Grid, Line, grids, said
from peerqual.reporting.html.data import ReportData
from peerqual.reporting.html.tree import Tree
from peerqual.reporting.html.words import Words
from peerqual.reporting.template import Template

__all__ = ["escaped", "tables"]

_SPECIAL = {
    **{mark: rf"\{mark}" for mark in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "[": "{[}",  # else it would be an option of the \\ before it
    "]": "{]}",
    "\u00a0": "~",
    "\u202f": r"\,",
    "\u2212": r"\ensuremath{-}",
    "…": r"\dots{}",
}
_MARKS = re.compile("[" + re.escape("".join(_SPECIAL)) + "]|-(?=-)")
_CONTROL = re.compile("[\x00-\x1f\x7f\u2028\u2029]+")
_NAMES = {"fr": "exemple", "en": "example"}
_BABEL = {"fr": "french", "en": "british"}


def escaped(text: str) -> str:
    r"""Return `text` so that LaTeX prints it as it is, whatever it holds: no command, no end of line, no group.

    >>> escaped(r"50 % de \input{x}")
    '50 \\% de \\textbackslash{}input\\{x\\}'
    """
    return _MARKS.sub(lambda mark: _SPECIAL.get(mark[0], "-{}"), _CONTROL.sub(" ", text))


def tables(data: ReportData, *, lang: str = "fr", template: Template | None = None) -> Mapping[str, str]:
    """Return the text of each file by its name: ``NAME.tex`` for each table of `data`, and the example, in `lang` ("fr" or "en")."""
    words = Words(lang, (template or Template()).texts)
    made = grids(data, Tree(data.codebook, words), words)
    return {**{f"{_name(grid)}.tex": _table(grid, words) for grid in made}, f"{_NAMES[lang]}.tex": _example(made, words)}


def _name(grid: Grid) -> str:
    return grid.name.replace("_", "-")


def _table(grid: Grid, words: Words) -> str:
    columns = "".join(
        rf">{{\{'raggedright' if n < grid.texts else 'raggedleft'}\arraybackslash}}p{{\dimexpr{share:.3f}\linewidth-2\tabcolsep\relax}}"
        for n, share in enumerate(grid.shares)
    )
    heads = " & ".join(f"\\textbf{{{escaped(head)}}}" for head in grid.heads) + r" \\"
    wide = r"\dimexpr\linewidth-2\tabcolsep\relax"
    note = [rf"\multicolumn{{{len(grid.heads)}}}{{p{{{wide}}}}}{{{escaped(grid.note)}}} \\"] if grid.note else []
    return "\n".join(
        [
            f"% {said('latex_made', words)}",
            r"\begingroup\footnotesize\setlength{\tabcolsep}{3pt}",
            r"\providecommand{\NoAutoSpacing}{}\NoAutoSpacing % babel-french adds spaces that are here already",
            rf"\begin{{longtable}}{{{columns}}}",
            rf"\caption{{{escaped(grid.caption)}}}\label{{tab:{_name(grid)}}} \\",
            r"\toprule",
            heads,
            r"\midrule\endfirsthead",
            r"\toprule",
            heads,
            r"\midrule\endhead",
            r"\bottomrule\endfoot",
            r"\bottomrule",
            *note,
            r"\endlastfoot",
            *(_line(line, len(grid.heads)) for line in grid.lines),
            r"\end{longtable}",
            r"\endgroup",
            "",
        ]
    )


def _line(line: Line, columns: int) -> str:
    if line.branch:
        return rf"\multicolumn{{{columns}}}{{l}}{{\textbf{{{escaped(line.cells[0])}}}}} \\*"
    cells = [escaped(cell) for cell in line.cells]
    cells[0] = rf"\hspace*{{{line.depth}em}}{cells[0]}" if line.depth else cells[0]
    return " & ".join(cells) + r" \\"


def _example(made: tuple[Grid, ...], words: Words) -> str:
    shown = "\n\n".join(rf"{escaped(grid.title)}{_colon(words)} \autoref{{tab:{_name(grid)}}}." for grid in made)
    read = "\n".join(rf"\input{{{_name(grid)}}}" for grid in made)
    return "\n".join(
        [
            f"% {said('latex_example', words)}",
            r"\documentclass[11pt,a4paper]{article}",
            r"\usepackage{iftex}",
            r"\ifPDFTeX\usepackage[T1]{fontenc}\usepackage{textcomp}\fi",
            rf"\usepackage[{_BABEL[words.lang]}]{{babel}}",
            r"\usepackage[margin=2.5cm]{geometry}",
            r"\usepackage{array,booktabs,longtable}",
            r"\usepackage[hidelinks]{hyperref}",
            r"\begin{document}",
            shown,
            "",
            read,
            r"\end{document}",
            "",
        ]
    )


def _colon(words: Words) -> str:
    return "~:" if words.lang == "fr" else ":"
