"""From `ReportData` to the blocks of a document, section by section, as the page has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from peerqual.analysis.ground import spoken
from peerqual.model import Transcript
from peerqual.reporting.grids import Grid, Line, grids, said
from peerqual.reporting.guidelines import coreq, rtarg
from peerqual.reporting.html import found
from peerqual.reporting.html.codes import CodePage, Verbatim, code_pages
from peerqual.reporting.html.data import ReportData
from peerqual.reporting.html.documents import NOTES
from peerqual.reporting.html.tree import Tree
from peerqual.reporting.html.words import Words
from peerqual.reporting.word.blocks import Block, Picture, Ref, Run, Tabular, paragraph

HIGH = 8.6  # inches of a page beside a caption
BY = "codes_by_group_"


@dataclass(frozen=True)
class Source:
    """What sections are made of."""

    data: ReportData
    tree: Tree
    words: Words
    grids: tuple[Grid, ...]

    def of(self, section: str) -> list[Grid]:
        """The tables of a section."""
        return [grid for grid in self.grids if grid.section == section]

    def figures(self, *, compared: bool) -> list[str]:
        """The names of the figures that compare groups, or of the others."""
        return [name for name in self.data.figures if name.startswith(BY) == compared]


def content(data: ReportData, words: Words, sections: Sequence[str]) -> list[Block]:
    """Return the document: title, stamp, then `sections` in their order; transcripts stay in the page."""
    tree = Tree(data.codebook, words)
    source = Source(data, tree, words, grids(data, tree, words))
    return [*_opening(source), *(block for name in sections if name in SECTIONS for block in _section(name, source))]


def _section(name: str, source: Source) -> Iterator[Block]:
    blocks = list(SECTIONS[name](source))
    if blocks:
        yield paragraph("heading1", source.words(f"section_{name}"))
        yield from blocks


def _opening(source: Source) -> Iterator[Block]:
    data, words = source.data, source.words
    yield paragraph("title", words("title"))
    if title := str(words.of(getattr(data.codebook, "title", ""))):
        yield paragraph("subtitle", words("with_book", title=title))
    if mark := found.stamp(data, words):
        yield paragraph("stamp", mark)
    yield paragraph("text", found.decided(data, words))
    if invented := found.banner(data, words):
        yield paragraph("stamp", invented)


def _found(source: Source) -> Iterator[Block]:
    words, opening = source.words, found.found(source.data, source.tree, source.words)
    yield paragraph("text", " ".join(opening.sentences))
    for name, size, rows in opening.materials:
        yield paragraph("heading2", name, f" ({size})" if size else "")
        for row in rows:
            yield paragraph("point", f"{row.entry.label}{_colon(words)}{row.said}{', ' if row.said else ''}{row.passages}")
        if not rows:
            yield paragraph("text", words("no_passage_here"))
    if opening.unused:
        yield paragraph("text", f"{words('unused')} {', '.join(entry.label for entry in opening.unused)}.")
    yield paragraph("text", words("caution"))


def _semicolon(words: Words) -> str:
    return "\u202f; " if words.lang == "fr" else "; "


def _colon(words: Words) -> str:
    return "\u00a0: " if words.lang == "fr" else ": "


def _codes(source: Source) -> Iterator[Block]:
    data, words = source.data, source.words
    yield paragraph("text", words("codes_intro"), " ", said("cite_how" if data.whole else "cite_how_published", words))
    if not data.whole:
        yield paragraph("text", words("published_excerpts" if len(data.tables["verbatims"]) else "published_no_excerpt"))
    texts = data.corpus.by_id()
    for branch, pages in code_pages(data, source.tree, words):
        if branch:
            yield paragraph("heading2", branch.label)
        for page in pages:
            yield from _code(page, source, texts)


def _code(page: CodePage, source: Source, texts: dict[str, Transcript]) -> Iterator[Block]:
    words, tree = source.words, source.tree
    yield paragraph("heading3", page.entry.label)
    if page.definition:
        yield paragraph("text", _worded(page.definition, tree))
    for key, bounds in (("include", page.include), ("exclude", page.exclude)):
        if bounds:
            yield paragraph("text", Run(words(key) + _colon(words), bold=True), _semicolon(words).join(_worded(one, tree) for one in bounds))
    tables = [grid.name for grid in source.of("frequencies")]
    for n, material in enumerate(page.materials):
        reference = (" (", Ref(tables[n]), ")") if n < len(tables) else ()
        yield paragraph("point", material.name, *reference, _colon(words), "\u00a0· ".join(material.said))
    if page.verbatims:
        yield paragraph("text", page.spread)
        for verbatim in page.verbatims:
            yield from _quotation(verbatim, source, texts)
    else:
        yield paragraph("text", words("no_excerpt_chosen" if page.carried else "nobody_carries"))


def _worded(text: str, tree: Tree) -> str:
    # Between backticks of the codebook stands the id of a code: its name is read.
    return "".join(part for part, _ in tree.refer(text))


def _quotation(verbatim: Verbatim, source: Source, texts: dict[str, Transcript]) -> Iterator[Block]:
    words, row = source.words, verbatim.row
    pieces = [Run(piece.text, bold=bool(piece.supports), french=True) for piece in verbatim.pieces]
    yield paragraph("quote", Run("«\u00a0", french=True), *pieces, Run("\u00a0»", french=True))
    cited = [row["speaker"], words(f"role_{row['role']}") if row["role"] else ""]
    if source.data.whole:
        transcript = texts[row["document"]]
        turn = next((n for n, turn in enumerate(spoken(transcript), 1) if turn.start <= row["start"] < turn.end), 0)
        shown = turn and transcript.material not in NOTES
        cited += [transcript.id, said("turn", words, n=words.number(turn)) if shown else ""]
    yield paragraph("source", f"({', '.join(filter(None, cited))})", f"\u00a0· {words(f'status_{verbatim.mark.status}')}")


def _comparisons(source: Source) -> Iterator[Block]:
    if source.data.attributes:
        yield paragraph("text", source.words("comparisons_intro"))
        yield from _pictures(source, compared=True)
        yield from _tables(source, "comparisons")


def _frequencies(source: Source) -> Iterator[Block]:
    tables = source.of("frequencies")
    if not tables:
        yield paragraph("text", source.words("found_nothing"))
        return
    parts = [part for grid in tables for part in (", ", Ref(grid.name), f" ({grid.title})")][1:]
    yield paragraph("text", said("see", source.words), *parts, ".")
    yield from _tables(source, "frequencies")
    if source.of("practices"):
        yield paragraph("text", source.words("modality_intro"))
        yield from _tables(source, "practices")


def _figures(source: Source) -> Iterator[Block]:
    yield from _pictures(source, compared=False)
    yield from _tables(source, "figures")


def _tables(source: Source, section: str) -> Iterator[Block]:
    for grid in source.of(section):
        yield Tabular(grid, said("table", source.words))


def _pictures(source: Source, *, compared: bool) -> Iterator[Block]:
    from peerqual.reporting.figures import pages

    words = source.words
    for name in source.figures(compared=compared):
        figure, attribute = source.data.figures[name], name.removeprefix(BY) if compared else ""
        kind = "codes_by_attribute" if compared else name
        width = float(figure.get_size_inches()[0])
        caption = said(f"caption_{kind}", words, attribute=attribute)
        reading, alt = words(f"reading_{kind}", attribute=attribute), words(f"alt_{kind}", attribute=attribute)
        yield Picture(name, said("figure", words), caption, reading, alt, width, tuple(pages(figure, HIGH)))


def _method(source: Source) -> Iterator[Block]:
    for text in found.method(source.data, source.words):
        yield paragraph("text", text)


def _appendix(source: Source) -> Iterator[Block]:
    words = source.words
    yield paragraph("text", words("appendix_intro"))
    yield paragraph("heading2", words("coreq_title"))
    lines: list[Line] = []
    for domain, items in groupby(coreq(source.data, words), key=lambda item: item.domain):
        lines.append(Line((domain,), branch=True))
        lines += [Line((str(item.number), item.asked, item.answer or words("to_complete"))) for item in items]
    heads = tuple(words(f"head_{name}") for name in ("number", "asked", "answer"))
    yield Tabular(Grid("coreq", "appendix", "COREQ", words("coreq_title"), "", heads, tuple(lines), texts=3), said("table", words))
    yield paragraph("heading2", words("rtarg_title"))
    yield paragraph("text", words("rtarg_intro"))
    for question in rtarg(words):
        yield paragraph("number", question, " ", Run(words("to_complete"), bold=True))


SECTIONS: dict[str, Callable[[Source], Iterator[Block]]] = {
    "found": _found,
    "codes": _codes,
    "comparisons": _comparisons,
    "frequencies": _frequencies,
    "figures": _figures,
    "method": _method,
    "appendix": _appendix,
}
