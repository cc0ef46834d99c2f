"""What a report shows, whatever its language and its form: gathered once, so that a page (and later a document) only lays it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from peerqual.language.fold import fold
from peerqual.model import Corpus, Transcript
from peerqual.reporting.html.marking import Passage, passages, slugs
from peerqual.reporting.html.words import Words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

FEW = 8  # interviews whose thematic course a report draws: of more, the figure would be longer than what it shows
BY = "frequencies_"  # tables of frequencies by an attribute of participants are named so


@dataclass(frozen=True)
class ReportData:
    """The codings, corpus and codebook of a report, with the tables, counts and figures made of them.

    Args:
        codings: DESIGN.md's columns.
        corpus: the transcripts that were coded.
        codebook: its codes.
        tables: the DataFrames of `analysis/` by name: "frequencies", "frequencies_ATTRIBUTE", "code_by_document", "cooccurrence",
            "positions", "verbatims", and "polarity" (columns of `analysis.polarity_table`).
        facts: what `analysis.summary` returns, and `disputed`, how many of the proposed codings are so because coders disagree (where it is known).
        figures: what `draw` returned, by name.
        mentions: identifiers found, ``{tier: {label: n}}``; empty when none were looked for.
        versions: ``{name: version}`` of peerqual and the libraries that count.
        profile: "internal", "team", "publication" or "". Of a publication `tables` and `figures` are what may be shown; `codings` and `corpus` are
            whole, and only the excerpts in "verbatims" may be: see `whole`.
        tests: what `analysis.inference.group_tests` returned, by attribute; none unless they were asked for.
        agreement: what `analysis.agreement.agreement_by_pair` returned, None when nobody gave it.
    """

    codings: pd.DataFrame
    corpus: Corpus
    codebook: Any
    tables: Mapping[str, pd.DataFrame]
    facts: Mapping[str, Any]
    figures: Mapping[str, Figure]
    mentions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    profile: str = ""
    tests: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    agreement: pd.DataFrame | None = None

    @classmethod
    def of(
        cls,
        codings: pd.DataFrame,
        corpus: Corpus,
        codebook: Any,
        tables: Mapping[str, pd.DataFrame],
        facts: Mapping[str, Any],
        figures: Mapping[str, Figure],
        *,
        mentions: Mapping[str, Mapping[str, int]] | None = None,
        versions: Mapping[str, str] | None = None,
        profile: str = "",
        tests: Mapping[str, pd.DataFrame] | None = None,
        agreement: pd.DataFrame | None = None,
    ) -> ReportData:
        """Gather a report's data; "polarity" is added to `tables` when it is not among them."""
        if "polarity" not in tables:
            from peerqual.analysis import polarity_table

            tables = {**tables, "polarity": polarity_table(codings, corpus, codebook)}
        return cls(codings, corpus, codebook, tables, facts, figures, mentions or {}, versions or {}, profile, tests or {}, agreement)

    @cached_property
    def passages(self) -> dict[str, tuple[Passage, ...]]:
        """The passages of each document, in the order of its text."""
        return passages(self.codings, self.corpus)

    @cached_property
    def slugs(self) -> dict[str, str]:
        """The name of each document in addresses."""
        return slugs(self.corpus)

    @cached_property
    def total(self) -> int:
        """How many passages (distinct spans) carry a code."""
        return sum(map(len, self.passages.values()))

    @property
    def whole(self) -> bool:
        """Whether all words may be shown; else nothing but the excerpts in "verbatims", without what stands around them."""
        return self.profile != "publication"

    @property
    def attributes(self) -> list[str]:
        """The attributes of participants that frequencies were made by."""
        return [name.removeprefix(BY) for name in self.tables if name.startswith(BY)]


def draw(tables: Mapping[str, pd.DataFrame], corpus: Corpus, codebook: Any, facts: Mapping[str, Any], *, lang: str = "fr") -> dict[str, Figure]:
    """Draw the report's figures: "codes_by_group", "codes_by_group_ATTRIBUTE" for each attribute, "theme_tree", "codes_by_document",
    "positions", "thematic_course" (of `FEW` interviews at most), "cooccurrence".

    Args:
        tables: as in `ReportData`.
        corpus: the transcripts that were coded.
        codebook: order, branches and labels of codes.
        facts: what `analysis.summary` returns; while codings are only proposed, figures are stamped.
        lang: "fr" or "en".

    A table that is missing has no figure.
    """
    from peerqual.analysis import code_tree, turn_positions
    from peerqual.reporting import figures

    words = Words(lang)
    note = "\u00a0· ".join([*stamps(facts, words), *([words("invented_short")] if invented(corpus) else [])])
    drawn = {"codes_by_group": figures.codes_by_group(tables["frequencies"], codebook=codebook, lang=lang, note=note)}
    for name in tables:
        if name.startswith(BY):
            drawn[f"codes_by_group_{name.removeprefix(BY)}"] = figures.codes_by_group(tables[name], codebook=codebook, lang=lang, note=note)
    tree = code_tree(codebook, tables["frequencies"], lang=lang)
    drawn["theme_tree"] = figures.theme_tree(tree, codebook=codebook, lang=lang, note=note)
    if "code_by_document" in tables:
        drawn["codes_by_document"] = figures.codes_by_document(tables["code_by_document"], codebook=codebook, lang=lang, note=note)
    if "positions" in tables:
        drawn["positions"] = figures.positions_along(tables["positions"], corpus, codebook=codebook, lang=lang, note=note)
        interviews = turn_positions(Corpus(tuple(one for one in corpus if one.material == "interview"), corpus.participants))
        if 0 < interviews["document"].nunique() <= FEW:
            drawn["thematic_course"] = figures.thematic_course(tables["positions"], interviews, codebook=codebook, lang=lang, note=note)
    drawn["cooccurrence"] = figures.cooccurrence_matrix(tables["cooccurrence"], codebook=codebook, lang=lang, note=note)
    return drawn


def stamps(facts: Mapping[str, Any], words: Words) -> list[str]:
    """Return the stamps of codings that nobody has read, and of those on which the people who read them disagree."""
    disputed = facts.get("disputed", 0)
    unread = [words("stamp")] if facts["codings"]["proposed"] > disputed else []
    return [*unread, *([words("stamp_disputed", n=words.number(disputed))] if disputed else [])]


def invented(corpus: Corpus) -> int:
    """Return how many transcripts say in their metadata or header that they are invented (« Corpus fictif : … », « Corpus : fictif »)."""
    return sum(re.search(r"\bcorpus\W*fictif", fold(_header(transcript))) is not None for transcript in corpus)


def _header(transcript: Transcript) -> str:
    said = " ".join(f"{key} {value}" for key, value in transcript.metadata.items())
    begins = next((turn.start for turn in transcript.turns if turn.speaker), 0)  # what nobody says may stand in a turn (.trs)
    return f"{said}\n{transcript.text[:begins]}"
