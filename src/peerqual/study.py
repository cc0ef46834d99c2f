"""The whole way, in the order of its stages: read → pseudonymize → code → decide → count → report.

This is the only module that knows that order (`study_folder` beside it knows how a study's folder is laid out, `study_results` what is written).
Read it from top to bottom: it is the main flow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import PeerqualError, UsageError
from .model import Corpus, Failure, Transcript
from .reporting.manifest import mention_counts, write_manifest
from .resources import model_mark, model_path
from .study_results import check_excerpts, check_inference, checked_formats, checked_template, gather, to_recheck, write_pseudonymized, write_results

if TYPE_CHECKING:
    import pandas as pd

    from .anonymization.key import Key
    from .codebook import Codebook
    from .transcripts import Status

Inputs = str | Path | Sequence[str | Path]
Progress = Callable[..., None]  # told a stage as it begins, then how many of its documents are done, of how many; never a transcript's words


def _quiet(stage: str, done: int = 0, total: int = 0) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class RunResult:
    """What `run` made: `folder` with its report, `key` (or None), counts for the manifest, the files that failed, and `doubts` about agreement.

    `draft`: the list of excerpts that was written to choose from; `recheck`: who could recognise whom in those chosen for a publication.
    """

    folder: Path
    report: Path
    key: Path | None
    counts: dict[str, Any]
    failures: tuple[Any, ...] = field(default=())
    doubts: pd.DataFrame | None = None
    draft: Path | None = None
    recheck: pd.DataFrame | None = None


# --- the stages, one function each -----------------------------------------------------------------------------------


def code(
    corpus: Corpus | Transcript,
    codebook: Codebook | None = None,
    *,
    model: str | Path | None = "default",
    encoder: str | Path | None = None,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Code `corpus` against `codebook` (default: the packaged one); `progress` hears how many documents are done, of how many.

    `model`: what decides on the codes that it was made for, "default" (the packaged one), the path of one that `learn` made, or None: rules alone.
    `encoder`: the folder of the sentence encoder that the model was made with.
    Returns one row a coding: document,start,end,code,origin,rule,score,polarity,qualifiers,evidence,status,participant,
    speaker,role,material,text_hash,text (offsets: code points of the transcript's text, half-open). All are ``proposed``.
    Raises `PeerqualError` when the file is no model, or (the packaged one apart) was made for none of the codebook's codes.

    >>> import peerqual as pq
    >>> codings = pq.code(pq.read("corpus_sample/transcripts"))  # doctest: +SKIP
    """
    from .codebook import Codebook
    from .coding import code as find_codings
    from .coding import codings_table

    if encoder is not None and model is None:
        raise UsageError("encoder.rules_alone", where="--encoder")
    corpus = corpus if isinstance(corpus, Corpus) else Corpus((corpus,))
    found = find_codings(corpus, codebook or Codebook.load(), model=model_path(model), encoder=str(encoder or ""), jobs=jobs, progress=progress)
    return codings_table(found, corpus)


def report(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook | None = None,
    path: str | Path = "report.html",
    *,
    lang: str | None = None,
    by: Sequence[str] = (),
    profile: str | None = None,
    grid: bool = False,
    excerpts: str | Path | None = None,
    template: str | Path | None = None,
    agreement: pd.DataFrame | None = None,
) -> Path:
    """Write the report on `codings` to `path`, in `lang` ("fr", "en"; default: the codebook's). Returns the path.

    Its suffix names the form: one self-contained .html, a .docx, or an .xlsx of its tables.
    `profile` "publication": no transcript, and of the words only the excerpts that the list at `excerpts` keeps; `grid`: codes × documents all the
    same. With another profile that list says which excerpts come first and which are left out.
    `template`: a folder with a team's texts, colours and order of sections. `agreement`: what `agreement_by_pair` returned; where coders part, and
    the position that each speaks from, is then shown as a finding.

    Raises `PeerqualError` when a coding names an unknown document, a text that has changed since, or a code that is neither in the codebook nor
    in its history; `UsageError` when `path` names no form of the report.
    """
    from .codebook import Codebook
    from .codebook_history import carried_table
    from .coding import codings_from_table
    from .reporting import forms
    from .reporting.excerpts import read_chosen
    from .reporting.template import load

    codebook = codebook or Codebook.load()
    codings = carried_table(codings, codebook)
    codings_from_table(codings, corpus)
    lang = lang or codebook.language
    chosen = read_chosen(excerpts, corpus) if excerpts is not None else None
    data = gather(codings, corpus, codebook, lang=lang, by=by, profile=profile, grid=grid, chosen=chosen, agreement=agreement)
    return forms.write(path, data, lang=lang, template=load(template) if template is not None else None)


def run(
    inputs: Inputs,
    out: str | Path,
    *,
    codebook: str | Path | None = None,
    model: str | Path | None = "default",
    encoder: str | Path | None = None,
    participants: str | Path | None = None,
    material: str | None = None,
    key: Key | None = None,
    keep: Sequence[str] = (),
    style: str = "study",
    review: str = "replace",
    names: str = "pseudonyms",
    profile: str | None = None,
    grid: bool = False,
    excerpts: str | Path | None = None,
    template: str | Path | None = None,
    formats: Sequence[str] = (),
    decisions: Path | None = None,
    by: Sequence[str] = (),
    inference: bool = False,
    lang: str | None = None,
    spacy_model: str | None = None,
    status: str | Path | None = None,
    jobs: int = 1,
    overwrite: bool = False,
    excel_fr: bool = False,
    progress: Progress = _quiet,
) -> RunResult:
    """Go the whole way from transcripts to a report: pseudonymized texts, codings, tables, figures, `report.html`, manifest in `out`.

    `profile` "publication" writes what may be shown to anybody: no transcript, no codings, only the excerpts that the list at `excerpts` keeps
    (its draft is written where there is none), `grid`: codes × documents and small groups all the same.
    `template`: a folder with a team's texts, colours and order of sections; `formats`: other forms of the report, "docx", "xlsx", "latex", and of its
    figures, "png", "pdf".
    `inference`: tests between the groups of each attribute in `by` too (``tables/inference_ATTRIBUTE.csv``), with their caution.
    The folder appears whole or not at all. Files that cannot be read are in the result's `failures`; the others are done.
    `status`: a new file of JSON lines, one for each input as it is read.
    Raises `PeerqualError` where an input, the codebook or the output folder is at fault.
    """
    from .anonymization import agreement_doubts, anonymize, find
    from .codebook import Codebook
    from .decisions import in_dispute, replayed
    from .reporting.outputs import check_free, output_folder
    from .transcripts import read

    check_free(Path(out), overwrite=overwrite)
    check_inference(inference, by)
    listed = check_excerpts(excerpts, Path(out))
    team, forms = checked_template(template), checked_formats(formats)
    draft = listed if listed is not None and not listed.exists() else None
    book = Codebook.load(codebook)
    lang = lang or book.language
    progress("read")
    corpus = read(inputs, participants=participants, material=material, jobs=jobs, progress=partial(progress, "read"), status=_lines(status))
    progress("anonymize")
    mentions = find(corpus, keep=keep, spacy_model=spacy_model, jobs=jobs)
    study = anonymize(corpus, mentions, key=key, keep=keep, style=style, review=review, names=names, profile=profile)
    progress("code")
    codings = replayed(code(study, book, model=model, encoder=encoder, jobs=jobs, progress=partial(progress, "code")), decisions, study, book)
    progress("report")
    options: dict[str, Any] = {"style": style, "review": review, "names": names, "profile": profile or ""}
    options |= {"keep": len(keep), "by": list(by), "inference": inference, "grid": grid, "material": material or "", "model": model_mark(model)}
    with output_folder(Path(out), overwrite=overwrite) as folder:
        if profile != "publication":
            write_pseudonymized(study, folder / "pseudonymized")
        shown: dict[str, Any] = {"by": by, "profile": profile, "grid": grid, "excerpts": listed, "template": team, "formats": forms}
        shown |= {"inference": inference, "disputed": in_dispute(codings, decisions, book)}
        counts = write_results(folder, codings, study, book, lang=lang, excel_fr=excel_fr, **shown)
        write_manifest(folder, "run", study, counts, book=book, key=key, originals=corpus, options=options)
        if key is not None:
            key.save()
    path, recheck = getattr(key, "path", None), to_recheck(study, profile, listed, lang)
    return RunResult(Path(out), Path(out) / "report.html", path, counts, corpus.failures, agreement_doubts(study, lang), draft, recheck)


def anonymize_to(
    inputs: Inputs,
    out: str | Path,
    *,
    participants: str | Path | None = None,
    material: str | None = None,
    key: Key | None = None,
    keep: Sequence[str] = (),
    style: str = "study",
    review: str = "replace",
    names: str = "pseudonyms",
    profile: str | None = None,
    format: str = "txt",
    spacy_model: str | None = None,
    status: str | Path | None = None,
    jobs: int = 1,
    overwrite: bool = False,
    progress: Progress = _quiet,
) -> RunResult:
    """Write the pseudonymized transcripts of `inputs` to the folder `out`, with a manifest; the correspondence stays in `key`.

    `format`: "txt", or "same": each in the format of its source, formatting, cues and tiers kept. One that cannot be written so that it
    reads the same again is written as text, and is in the result's `failures`.
    """
    from .anonymization import agreement_doubts, anonymize, find
    from .reporting.outputs import check_free, output_folder
    from .transcripts import read

    check_free(Path(out), overwrite=overwrite)
    progress("read")
    corpus = read(inputs, participants=participants, material=material, jobs=jobs, progress=partial(progress, "read"), status=_lines(status))
    progress("anonymize")
    mentions = find(corpus, keep=keep, spacy_model=spacy_model, jobs=jobs)
    study = anonymize(corpus, mentions, key=key, keep=keep, style=style, review=review, names=names, profile=profile)
    with output_folder(Path(out), overwrite=overwrite) as folder:
        unwritten = write_pseudonymized(study, folder, originals=corpus if format == "same" else None)
        counts = {"documents": len(study), "mentions": mention_counts(study)}
        options: dict[str, Any] = {"style": style, "review": review, "names": names, "profile": profile or ""}
        options |= {"keep": len(keep), "material": material or "", "format": format}
        write_manifest(folder, "anonymize", study, counts, key=key, originals=corpus, options=options)
        if key is not None:
            key.save()
    return RunResult(Path(out), Path(out), getattr(key, "path", None), counts, (*corpus.failures, *unwritten), agreement_doubts(study))


def report_to(
    codings_csv: str | Path,
    transcripts: Inputs,
    out: str | Path,
    *,
    codebook: str | Path | None = None,
    participants: str | Path | None = None,
    by: Sequence[str] = (),
    inference: bool = False,
    profile: str | None = None,
    grid: bool = False,
    excerpts: str | Path | None = None,
    template: str | Path | None = None,
    formats: Sequence[str] = (),
    lang: str | None = None,
    overwrite: bool = False,
    excel_fr: bool = False,
    progress: Progress = _quiet,
) -> RunResult:
    """Write tables, figures and report of codings that were made (and perhaps reviewed) before, to the folder `out`.

    `inference`, `profile`, `grid`, `excerpts`, `template` and `formats` are as in `run`.

    Raises `PeerqualError` when the codings name a document that is not in `transcripts`, or a text that has changed since.
    """
    from .codebook import Codebook
    from .codebook_history import carried_table
    from .coding import CODING_COLUMNS, codings_from_table
    from .reporting.outputs import check_free, output_folder, read_csv
    from .transcripts import read

    check_free(Path(out), overwrite=overwrite)
    check_inference(inference, by)
    listed = check_excerpts(excerpts, Path(out))
    team, forms = checked_template(template), checked_formats(formats)
    draft = listed if listed is not None and not listed.exists() else None
    book = Codebook.load(codebook)
    lang = lang or book.language
    progress("read")
    codings = carried_table(read_csv(Path(codings_csv), CODING_COLUMNS), book)
    corpus = read(transcripts, participants=participants)
    codings_from_table(codings, corpus)
    progress("report")
    with output_folder(Path(out), overwrite=overwrite) as folder:
        shown: dict[str, Any] = {"by": by, "profile": profile, "grid": grid, "excerpts": listed, "template": team, "formats": forms}
        shown["inference"] = inference
        counts = write_results(folder, codings, corpus, book, lang=lang, excel_fr=excel_fr, **shown)
        write_manifest(
            folder, "report", corpus, counts, book=book, options={"by": list(by), "inference": inference, "profile": profile or "", "grid": grid}
        )
    recheck = to_recheck(corpus, profile, listed, lang)
    return RunResult(Path(out), Path(out) / "report.html", None, counts, corpus.failures, draft=draft, recheck=recheck)


def code_to(
    inputs: Inputs,
    out: str | Path,
    *,
    codebook: str | Path | None = None,
    model: str | Path | None = "default",
    encoder: str | Path | None = None,
    participants: str | Path | None = None,
    material: str | None = None,
    decisions: str | Path | None = None,
    status: str | Path | None = None,
    jobs: int = 1,
    overwrite: bool = False,
    excel_fr: bool = False,
    progress: Progress = _quiet,
) -> tuple[pd.DataFrame, tuple[Failure, ...]]:
    """Code the texts of `inputs` as they stand and write the table to the file `out`; return it, and the files that failed.

    `decisions`: the log of what people decided on these texts, replayed. Raises `PeerqualError` when `out` exists and `overwrite` is False.
    """
    from .codebook import Codebook
    from .decisions import replayed
    from .reporting.outputs import write_csv
    from .transcripts import read

    if Path(out).exists() and not overwrite:
        raise PeerqualError("outputs.file_exists", where=out)
    book = Codebook.load(codebook)
    progress("read")
    corpus = read(inputs, participants=participants, material=material, jobs=jobs, progress=partial(progress, "read"), status=_lines(status))
    progress("code")
    codings = replayed(code(corpus, book, model=model, encoder=encoder, jobs=jobs, progress=partial(progress, "code")), decisions, corpus, book)
    write_csv(codings, Path(out), excel_fr=excel_fr)
    return codings, corpus.failures


def list_mentions(
    inputs: Inputs,
    mentions_csv: str | Path | None = None,
    *,
    out: str | Path | None = None,
    participants: str | Path | None = None,
    material: str | None = None,
    keep: Sequence[str] = (),
    spacy_model: str | None = None,
    jobs: int = 1,
    progress: Progress = _quiet,
) -> tuple[pd.DataFrame, tuple[Failure, ...]]:
    """Find identifiers and replace nothing: return the table of mentions (it holds originals), written to `mentions_csv` when given.

    Raises `UsageError` when the table would lie under `out`, a folder that is meant to be shared.
    """
    from .anonymization import find, mentions_table, plan
    from .reporting.outputs import write_csv
    from .transcripts import read

    if mentions_csv is not None and is_shared(Path(mentions_csv), out):
        raise UsageError("study.originals_in_output", where=mentions_csv)
    progress("read")
    corpus = read(inputs, participants=participants, material=material, jobs=jobs, progress=partial(progress, "read"))
    progress("anonymize")
    mentions = find(corpus, keep=keep, spacy_model=spacy_model, jobs=jobs)
    table = mentions_table(corpus, mentions, plan(corpus, mentions, keep=keep))
    if mentions_csv is not None:
        write_csv(table, Path(mentions_csv))
    return table, corpus.failures


def is_shared(path: Path, out: str | Path | None = None) -> bool:
    """Tell whether `path` lies under `out`, or under a folder that peerqual made to be shared (it holds a manifest)."""
    from .anonymization.key import is_shared as lies_in_results

    return lies_in_results(path) or (out is not None and Path(out).resolve() in path.resolve().parents)


def _lines(path: str | Path | None) -> Status | None:
    from .transcripts import Status

    return Status(Path(path)) if path is not None else None
