"""What the stages write: pseudonymized texts, tables, figures, the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import UsageError
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
    folder: Path,
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook,
    *,
    lang: str,
    by: Sequence[str] = (),
    profile: str | None = None,
    grid: bool = False,
    excerpts: Path | None = None,
    template: Path | None = None,
    formats: Sequence[str] = (),
    inference: bool = False,
    disputed: int = 0,
    excel_fr: bool = False,
) -> dict[str, Any]:
    """Write ``codings.csv``, ``frequencies.csv``, ``tables/``, ``figures/`` and ``report.html``; return counts for the manifest.

    `profile` "publication": what may be shown to anybody, and no ``codings.csv`` (who holds it lays people's codes side by side); with `grid`
    their grids too. `excerpts`: the list that says which ones a person chose; where there is none, a draft of it is written.
    `template`: a folder with a team's texts, colours and order of sections; `formats`: other forms beside these (`reporting.forms.FORMATS`).
    `inference`: tests between the groups of `by` too. `disputed`: how many codings are "proposed" because coders disagree.
    """
    from .reporting import forms
    from .reporting.excerpts import read_chosen, write_draft
    from .reporting.outputs import write_csv
    from .reporting.publication import without_places
    from .reporting.template import load

    asked = load(template) if template is not None else None
    chosen = read_chosen(excerpts, corpus) if excerpts is not None and excerpts.exists() else None
    options: dict[str, Any] = {"profile": profile, "grid": grid, "chosen": chosen, "inference": inference, "disputed": disputed}
    data = gather(codings, corpus, codebook, lang=lang, by=by, **options)
    if data.whole:
        write_csv(codings, folder / "codings.csv", excel_fr=excel_fr)
    for name, table in data.tables.items():
        where = folder if name == "frequencies" else folder / "tables"
        table = table if data.whole or name != "verbatims" else without_places(table)
        write_csv(table, where / f"{name}.csv", excel_fr=excel_fr)
    forms.write_all(folder, data, formats, lang=lang, template=asked)
    if inference:
        from .analysis.inference import inference_caution
        from .reporting.outputs import write_text

        for attribute, table in data.tests.items():
            write_csv(table, folder / "tables" / f"inference_{attribute}.csv", excel_fr=excel_fr)
        write_text(folder / "tables" / "inference.txt", inference_caution(lang) + "\n")
    if excerpts is not None and chosen is None:
        proposed = data.tables["verbatims"] if data.whole else tables(codings, corpus, codebook)["verbatims"]
        write_draft(excerpts, proposed, corpus, lang=lang, excel_fr=excel_fr)
    return counts(codings, corpus)


def _tests(codings: pd.DataFrame, corpus: Corpus, codebook: Codebook, by: Sequence[str], *, lang: str, hidden: bool) -> dict[str, pd.DataFrame]:
    # `hidden`: an attribute with a group of one or two people is left out, as its frequencies are in a publication.
    import pandas as pd

    from .analysis.inference import group_tests
    from .analysis.inference.groups import MEASURES
    from .reporting.publication import FEWEST

    made: dict[str, pd.DataFrame] = {}
    for attribute in by:
        table = pd.concat(
            [group_tests(codings, corpus, codebook, by=attribute, measure=measure, lang=lang) for measure in MEASURES], ignore_index=True
        )
        if not (hidden and (table[["total_a", "total_b"]] < FEWEST).to_numpy().any()):
            made[attribute] = table
    return made


def check_inference(inference: bool, by: Sequence[str]) -> None:
    """Raise `UsageError` when tests between groups are asked for and no attribute is named."""
    if inference and not by:
        raise UsageError("inference.no_groups", where="--inference")


def check_excerpts(excerpts: str | Path | None, out: Path) -> Path | None:
    """Return the path of the list of excerpts. Raises `UsageError` when it lies in results: it holds words that nobody has chosen yet."""
    from .anonymization.key import is_shared

    if excerpts is None:
        return None
    path = Path(excerpts)
    if is_shared(path) or out.resolve() in path.resolve().parents:
        raise UsageError("excerpts.in_output", where=path)
    return path


def checked_template(folder: str | Path | None) -> Path | None:
    """Return the folder of a template. Raises `PeerqualError` when something in it is wrong, before any long work."""
    from .reporting.template import load

    if folder is None:
        return None
    load(folder)
    return Path(folder)


def checked_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """Return the other forms of the report that are asked for. Raises `PeerqualError` on one that there is not, before any long work."""
    from .reporting.forms import check

    return check(formats)


def to_recheck(corpus: Corpus, profile: str | None, excerpts: Path | None, lang: str) -> pd.DataFrame | None:
    """Return who could recognise whom in the excerpts chosen for a publication; None for other profiles."""
    from .reporting.excerpts import read_chosen, recognised

    if profile != "publication" or excerpts is None:
        return None
    chosen = read_chosen(excerpts, corpus)
    return recognised(chosen[chosen["keep"] == "yes"], corpus, lang=lang)


def counts(codings: pd.DataFrame, corpus: Corpus) -> dict[str, Any]:
    """Return the counts of a manifest: documents, codings and their status, identifiers where they were looked for."""
    made: dict[str, Any] = {"documents": len(corpus), "codings": len(codings)}
    made["status"] = {str(status): int(n) for status, n in codings["status"].value_counts().sort_index().items()}
    mentions = mention_counts(corpus)
    return {**made, "mentions": mentions} if mentions else made


def gather(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook,
    *,
    lang: str,
    by: Sequence[str] = (),
    profile: str | None = None,
    grid: bool = False,
    chosen: pd.DataFrame | None = None,
    inference: bool = False,
    agreement: pd.DataFrame | None = None,
    disputed: int = 0,
) -> ReportData:
    """Return all that a report shows, whatever its form: tables, counts and figures of `codings`; of a publication only what may be shown.

    `inference`: tests between the groups of `by` too. `agreement`: what `analysis.agreement.agreement_by_pair` returned.
    `disputed`: as in `write_results`.
    """
    from .analysis import summary
    from .reporting.html import ReportData, draw
    from .reporting.publication import published, published_facts

    publication = profile == "publication"
    made = tables(codings, corpus, codebook, by=by, lang=lang, chosen=chosen, only_chosen=publication)
    facts = summary(codings, corpus, codebook) | {"disputed": disputed}
    if publication:
        made = published(made, grid=grid)
        facts = published_facts(facts, made)
    drawn = draw(made, corpus, codebook, facts, lang=lang)
    tests = _tests(codings, corpus, codebook, by, lang=lang, hidden=publication and not grid) if inference else {}
    about: dict[str, Any] = {
        "tests": tests,
        "agreement": agreement,
        "mentions": mention_counts(corpus),
        "versions": versions(),
        "profile": profile or "",
    }
    return ReportData.of(codings, corpus, codebook, made, facts, drawn, **about)


def tables(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook,
    *,
    by: Sequence[str] = (),
    lang: str = "fr",
    chosen: pd.DataFrame | None = None,
    only_chosen: bool = False,
) -> dict[str, pd.DataFrame]:
    """Count `codings`: a table per question. "frequencies" is by material; each attribute in `by` adds "frequencies_ATTRIBUTE".

    `chosen`: the excerpts that a person kept or left out (`reporting.excerpts.read_chosen`); `only_chosen`: no others.
    """
    from . import analysis

    made = {"frequencies": analysis.theme_frequencies(codings, corpus, codebook=codebook, by="material", lang=lang)}
    for attribute in by:
        made[f"frequencies_{attribute}"] = analysis.theme_frequencies(codings, corpus, codebook=codebook, by=attribute, lang=lang)
    made["code_by_document"] = analysis.code_by_document(codings, corpus, codebook)
    made["cooccurrence"] = analysis.cooccurrence(codings, corpus, codebook=codebook)
    made["polarity"] = analysis.polarity_table(codings, corpus, codebook)
    made |= _of_practices(codings, corpus, codebook, by=by, lang=lang)
    made["positions"] = analysis.positions(codings, corpus)
    made["verbatims"] = analysis.verbatims(codings, corpus, codebook, chosen=chosen, only_chosen=only_chosen)
    return made


def _of_practices(codings: pd.DataFrame, corpus: Corpus, codebook: Codebook, *, by: Sequence[str], lang: str) -> dict[str, pd.DataFrame]:
    # What rests on the study's own codes: "modality", "results_ATTRIBUTE", "processes", each where the codebook has them.
    from . import analysis
    from .analysis.modalities import practices
    from .analysis.results import SECTIONS
    from .analysis.study_claims import is_mapped

    made: dict[str, pd.DataFrame] = {}
    if practices(codebook):
        made["modality"] = analysis.modality_table(codings, corpus, codebook, lang=lang)
    if {code.id for code in codebook.codes} >= set(SECTIONS):
        for attribute in by:
            made[f"results_{attribute}"] = analysis.results_table(codings, corpus, codebook, by=attribute, lang=lang)
    if is_mapped(codebook):
        made["processes"] = analysis.by_process(codings, corpus, codebook=codebook, lang=lang).drop(columns="places")
    return made
