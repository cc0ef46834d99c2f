"""What the stages write: pseudonymized texts, tables, figures, the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .model import Corpus, Failure
from .reporting.manifest import mention_counts, versions

if TYPE_CHECKING:
    import pandas as pd

    from .anonymization import PseudonymizedCorpus
    from .codebook import Codebook
    from .reporting.html import ReportData


def write_pseudonymized(study: PseudonymizedCorpus, folder: Path, *, originals: Corpus | None = None) -> tuple[Failure, ...]:
    """Write each pseudonymized transcript as ``ID.txt``, and the pseudonymized participants beside them when there are any.

    With the `originals` each is written in its source's format; returned are those for which that failed, which are text then.
    """
    from .reporting.outputs import write_csv, write_text
    from .transcripts import participants_table
    from .transcripts.writing import WritingError, suffix_of, write

    failures: list[Failure] = []
    sources = originals.by_id() if originals is not None else {}
    for transcript in study:
        source = sources.get(study.originals[transcript.id])
        try:
            if source is None or suffix_of(source) == ".txt":
                write_text(folder / f"{transcript.id}.txt", transcript.text)
            else:
                edits = [edit for edit in study.edits if edit.document == source.id]
                write(source, transcript, edits, folder / f"{transcript.id}{suffix_of(source)}")
        except WritingError as error:
            failures.append(Failure(transcript.id, error))
            write_text(folder / f"{transcript.id}.txt", transcript.text)
    if study.participants:
        write_csv(participants_table(study), folder / "participants.csv")
    return tuple(failures)


def write_results(
    folder: Path, codings: pd.DataFrame, corpus: Corpus, codebook: Codebook, *, lang: str, by: Sequence[str] = (), excel_fr: bool = False
) -> dict[str, Any]:
    """Write ``codings.csv``, ``frequencies.csv``, ``tables/``, ``figures/`` and ``report.html``; return counts for the manifest."""
    from .reporting import figures
    from .reporting.html import render, write_report
    from .reporting.outputs import write_csv

    data = gather(codings, corpus, codebook, lang=lang, by=by)
    write_csv(codings, folder / "codings.csv", excel_fr=excel_fr)
    for name, table in data.tables.items():
        where = folder if name == "frequencies" else folder / "tables"
        write_csv(table, where / f"{name}.csv", excel_fr=excel_fr)
    for name, figure in data.figures.items():
        figures.save(figure, folder / "figures", name)
    write_report(folder / "report.html", render(data, lang=lang))
    return counts(codings, corpus)


def counts(codings: pd.DataFrame, corpus: Corpus) -> dict[str, Any]:
    """Return the counts of a manifest: documents, codings and their status, identifiers where they were looked for."""
    made: dict[str, Any] = {"documents": len(corpus), "codings": len(codings)}
    made["status"] = {str(status): int(n) for status, n in codings["status"].value_counts().sort_index().items()}
    mentions = mention_counts(corpus)
    return {**made, "mentions": mentions} if mentions else made


def gather(codings: pd.DataFrame, corpus: Corpus, codebook: Codebook, *, lang: str, by: Sequence[str] = ()) -> ReportData:
    """Return all that a report shows, whatever its form: tables, counts and figures of `codings`."""
    from .analysis import summary
    from .reporting.html import ReportData, draw

    made = tables(codings, corpus, codebook, by=by, lang=lang)
    facts = summary(codings, corpus, codebook)
    drawn = draw(made, corpus, codebook, facts, lang=lang)
    return ReportData.of(codings, corpus, codebook, made, facts, drawn, mentions=mention_counts(corpus), versions=versions())


def tables(codings: pd.DataFrame, corpus: Corpus, codebook: Codebook, *, by: Sequence[str] = (), lang: str = "fr") -> dict[str, pd.DataFrame]:
    """Count `codings`: a table per question. "frequencies" is by material; each attribute in `by` adds "frequencies_ATTRIBUTE"."""
    from . import analysis

    made = {"frequencies": analysis.theme_frequencies(codings, corpus, codebook=codebook, by="material", lang=lang)}
    for attribute in by:
        made[f"frequencies_{attribute}"] = analysis.theme_frequencies(codings, corpus, codebook=codebook, by=attribute, lang=lang)
    made["code_by_document"] = analysis.code_by_document(codings, corpus, codebook)
    made["cooccurrence"] = analysis.cooccurrence(codings, corpus, codebook=codebook)
    made["positions"] = analysis.positions(codings, corpus)
    made["verbatims"] = analysis.verbatims(codings, corpus, codebook)
    return made
