"""The whole way, in the order of its stages: read → pseudonymize → code → decide → count → report.

This is the only module that knows that order and how a study's folder is laid out. Read it from top to bottom: it is the main flow.
"""

from __future__ import annotations

import hashlib
import hmac
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__
from .errors import PeerqualError, UsageError, language, message
from .model import Corpus, Transcript
from .resources import packaged

if TYPE_CHECKING:
    import pandas as pd

    from .anonymization import PseudonymizedCorpus
    from .anonymization.key import Key
    from .codebook import Codebook

Inputs = str | Path | Sequence[str | Path]
Progress = Callable[[str], None]  # told the name of each stage as it begins; never a transcript's words


def _quiet(stage: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class RunResult:
    """What `run` made: `folder` with its report, `key` (or None), counts for the manifest, and the files that failed."""

    folder: Path
    report: Path
    key: Path | None
    counts: dict[str, Any]
    failures: tuple[Any, ...] = field(default=())


# --- the stages, one function each -----------------------------------------------------------------------------------


def code(corpus: Corpus | Transcript, codebook: Codebook | None = None, *, jobs: int = 1) -> pd.DataFrame:
    """Code `corpus` against `codebook` (default: the packaged one).

    Returns one row a coding: document,start,end,code,origin,rule,score,polarity,qualifiers,evidence,status,participant,
    speaker,role,material,text_hash,text (offsets: code points of the transcript's text, half-open). All are ``proposed``.

    >>> import peerqual as pq
    >>> codings = pq.code(pq.read("corpus_sample/transcripts"))  # doctest: +SKIP
    """
    from .codebook import Codebook
    from .coding import code as find_codings
    from .coding import codings_table

    corpus = corpus if isinstance(corpus, Corpus) else Corpus((corpus,))
    return codings_table(find_codings(corpus, codebook or Codebook.load(), jobs=jobs), corpus)


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


def report(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook | None = None,
    path: str | Path = "report.html",
    *,
    lang: str | None = None,
    by: Sequence[str] = (),
) -> Path:
    """Write the report on `codings` to `path`, one self-contained HTML file in `lang` ("fr", "en"; default: the codebook's). Returns the path.

    Raises `PeerqualError` when a coding names an unknown document or a text that has changed since.
    """
    from .codebook import Codebook
    from .coding import codings_from_table
    from .reporting.html import write_report

    codebook = codebook or Codebook.load()
    codings_from_table(codings, corpus)
    html, _, _ = _render(codings, corpus, codebook, lang or codebook.language, by)
    write_report(Path(path), html)
    return Path(path)


def run(
    inputs: Inputs,
    out: str | Path,
    *,
    codebook: str | Path | None = None,
    participants: str | Path | None = None,
    material: str | None = None,
    key: Key | None = None,
    keep: Sequence[str] = (),
    style: str = "study",
    review: str = "replace",
    decisions: Path | None = None,
    by: Sequence[str] = (),
    lang: str | None = None,
    jobs: int = 1,
    overwrite: bool = False,
    excel_fr: bool = False,
    progress: Progress = _quiet,
) -> RunResult:
    """Go the whole way from transcripts to a report: pseudonymized texts, codings, tables, figures, `report.html`, manifest in `out`.

    The folder appears whole or not at all. Files that cannot be read are in the result's `failures`; the others are done.
    Raises `PeerqualError` where an input, the codebook or the output folder is at fault.
    """
    from .anonymization import anonymize, find
    from .codebook import Codebook
    from .decisions import apply
    from .decisions import read as read_decisions
    from .reporting.outputs import check_free, output_folder
    from .transcripts import read

    check_free(Path(out), overwrite=overwrite)
    book = Codebook.load(codebook)
    progress("read")
    corpus = read(inputs, participants=participants, material=material, jobs=jobs)
    progress("anonymize")
    study = anonymize(corpus, find(corpus, keep=keep, jobs=jobs), key=key, keep=keep, style=style, review=review)
    progress("code")
    codings = code(study, book, jobs=jobs)
    if decisions is not None and decisions.exists():
        codings = apply(codings, read_decisions(decisions))
    progress("report")
    options = {"style": style, "review": review, "keep": len(keep), "by": list(by), "material": material or ""}
    with output_folder(Path(out), overwrite=overwrite) as folder:
        write_pseudonymized(study, folder / "pseudonymized")
        counts = write_results(folder, codings, study, book, lang=lang or book.language, by=by, excel_fr=excel_fr)
        _write_manifest(folder, "run", study, counts, book=book, key=key, originals=corpus, options=options)
        if key is not None:
            key.save()
    return RunResult(Path(out), Path(out) / "report.html", getattr(key, "path", None), counts, corpus.failures)


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
    jobs: int = 1,
    overwrite: bool = False,
    progress: Progress = _quiet,
) -> RunResult:
    """Write the pseudonymized transcripts of `inputs` to the folder `out`, with a manifest; the correspondence stays in `key`."""
    from .anonymization import anonymize, find
    from .reporting.outputs import check_free, output_folder
    from .transcripts import read

    check_free(Path(out), overwrite=overwrite)
    progress("read")
    corpus = read(inputs, participants=participants, material=material, jobs=jobs)
    progress("anonymize")
    study = anonymize(corpus, find(corpus, keep=keep, jobs=jobs), key=key, keep=keep, style=style, review=review)
    with output_folder(Path(out), overwrite=overwrite) as folder:
        write_pseudonymized(study, folder)
        counts = {"documents": len(study), "mentions": mention_counts(study)}
        options = {"style": style, "review": review, "keep": len(keep), "material": material or ""}
        _write_manifest(folder, "anonymize", study, counts, key=key, originals=corpus, options=options)
        if key is not None:
            key.save()
    return RunResult(Path(out), Path(out), getattr(key, "path", None), counts, corpus.failures)


def report_to(
    codings_csv: str | Path,
    transcripts: Inputs,
    out: str | Path,
    *,
    codebook: str | Path | None = None,
    participants: str | Path | None = None,
    by: Sequence[str] = (),
    lang: str | None = None,
    overwrite: bool = False,
    excel_fr: bool = False,
    progress: Progress = _quiet,
) -> RunResult:
    """Write tables, figures and report of codings that were made (and perhaps reviewed) before, to the folder `out`.

    Raises `PeerqualError` when the codings name a document that is not in `transcripts`, or a text that has changed since.
    """
    from .codebook import Codebook
    from .coding import CODING_COLUMNS, codings_from_table
    from .reporting.outputs import check_free, output_folder, read_csv
    from .transcripts import read

    check_free(Path(out), overwrite=overwrite)
    book = Codebook.load(codebook)
    progress("read")
    codings = read_csv(Path(codings_csv), CODING_COLUMNS)
    corpus = read(transcripts, participants=participants)
    codings_from_table(codings, corpus)
    progress("report")
    with output_folder(Path(out), overwrite=overwrite) as folder:
        counts = write_results(folder, codings, corpus, book, lang=lang or book.language, by=by, excel_fr=excel_fr)
        _write_manifest(folder, "report", corpus, counts, book=book, options={"by": list(by)})
    return RunResult(Path(out), Path(out) / "report.html", None, counts, corpus.failures)


# --- what a run writes -----------------------------------------------------------------------------------------------


def write_pseudonymized(study: PseudonymizedCorpus, folder: Path) -> None:
    """Write each pseudonymized transcript as ``ID.txt``, and the pseudonymized participants beside them when there are any."""
    from .reporting.outputs import write_csv, write_text
    from .transcripts import participants_table

    for transcript in study:
        write_text(folder / f"{transcript.id}.txt", transcript.text)
    if study.participants:
        write_csv(participants_table(study), folder / "participants.csv")


def write_results(
    folder: Path, codings: pd.DataFrame, corpus: Corpus, codebook: Codebook, *, lang: str, by: Sequence[str] = (), excel_fr: bool = False
) -> dict[str, Any]:
    """Write ``codings.csv``, ``frequencies.csv``, ``tables/``, ``figures/`` and ``report.html``; return counts for the manifest."""
    from .reporting import figures
    from .reporting.html import write_report
    from .reporting.outputs import write_csv

    html, made, drawn = _render(codings, corpus, codebook, lang, by)
    write_csv(codings, folder / "codings.csv", excel_fr=excel_fr)
    for name, table in made.items():
        where = folder if name == "frequencies" else folder / "tables"
        write_csv(table, where / f"{name}.csv", excel_fr=excel_fr)
    for name, figure in drawn.items():
        figures.save(figure, folder / "figures", name)
    write_report(folder / "report.html", html)
    counts: dict[str, Any] = {"documents": len(corpus), "codings": len(codings)}
    counts["status"] = {str(status): int(n) for status, n in codings["status"].value_counts().sort_index().items()}
    mentions = mention_counts(corpus)
    return {**counts, "mentions": mentions} if mentions else counts


def _render(codings: pd.DataFrame, corpus: Corpus, codebook: Codebook, lang: str, by: Sequence[str]) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Return the report's HTML, its tables and its figures."""
    from .analysis import summary
    from .reporting import html

    made = tables(codings, corpus, codebook, by=by, lang=lang)
    facts = summary(codings, corpus, codebook)
    drawn = html.draw(made, corpus, codebook, facts, lang=lang)
    data = html.ReportData.of(codings, corpus, codebook, made, facts, drawn, mentions=mention_counts(corpus), versions=versions())
    return html.render(data, lang=lang), made, drawn


def mention_counts(corpus: Corpus) -> dict[str, dict[str, int]]:
    """Return how many identifiers were found, by tier and label: ``{"auto": {"PER": 12}, "review": …}``; empty when none were looked for."""
    counts: dict[str, dict[str, int]] = {}
    for mention in getattr(getattr(corpus, "plan", None), "mentions", ()):
        tier = counts.setdefault(mention.tier, {})
        tier[mention.label] = tier.get(mention.label, 0) + 1
    return {tier: dict(sorted(labels.items())) for tier, labels in sorted(counts.items())}


def versions() -> dict[str, str]:
    """Return the versions of peerqual and of the libraries that results depend on."""
    from importlib.metadata import version

    return {"peerqual": __version__, **{name: version(name) for name in ("spacy", "simplemma", "pandas", "matplotlib")}}


def _write_manifest(
    folder: Path,
    command: str,
    corpus: Corpus,
    counts: dict[str, Any],
    *,
    options: dict[str, Any],
    book: Codebook | None = None,
    key: Key | None = None,
    originals: Corpus | None = None,
) -> None:
    from .reporting.outputs import MANIFEST, write_json

    manifest: dict[str, Any] = {"peerqual": command, "versions": versions(), "options": options, "counts": counts}
    manifest["documents"] = {transcript.id: transcript.text_hash for transcript in corpus}
    if book is not None:
        manifest["codebook"] = {"version": str(book.version), "hash": book.hash}
    if key is not None and originals is not None:
        # Keyed, so that nobody without the key can test whether a text they hold was in the study.
        manifest["originals"] = sorted(hmac.new(key.secret, t.text_hash.encode(), hashlib.sha256).hexdigest() for t in originals)
    write_json(folder / MANIFEST, manifest)


# --- the study's folder ----------------------------------------------------------------------------------------------

SETTINGS = "peerqual.toml"


@dataclass(frozen=True)
class StudyFolder:
    """Where a study keeps its things, and the settings of its ``peerqual.toml``."""

    root: Path
    settings: dict[str, Any]

    @classmethod
    def open(cls, root: str | Path) -> StudyFolder:
        """Open the study in `root`. Raises `PeerqualError` when it holds no readable ``peerqual.toml``."""
        import tomllib

        path = Path(root) / SETTINGS
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise PeerqualError("study.not_a_study", where=root) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            raise PeerqualError("study.bad_settings", where=path) from None
        unknown = sorted(set(settings) - {"language", "material", "keep", "style", "profile"})
        if unknown:
            raise PeerqualError("study.unknown_setting", where=path, names=", ".join(unknown))
        return cls(Path(root), settings)

    @property
    def transcripts(self) -> Path:
        """The originals: never written to."""
        return self.root / "transcripts"

    @property
    def key(self) -> Path:
        """The encrypted correspondence table."""
        return self.root / "private" / "study.key"

    @property
    def reports(self) -> Path:
        """What `run` makes."""
        return self.root / "reports"

    def run(self, *, key: Key, jobs: int = 1, overwrite: bool = False, lang: str | None = None, progress: Progress = _quiet) -> RunResult:
        """Run the study with its own settings; results in ``reports/``, pseudonymized texts in ``pseudonymized/`` too."""
        participants = self.root / "participants.csv"
        result = run(
            self.transcripts,
            self.reports,
            codebook=self.root / "codebook.yaml",
            participants=participants if participants.exists() else None,
            material=self.settings.get("material") or None,
            key=key,
            keep=self.settings.get("keep", ()),
            style=self.settings.get("style", "study"),
            decisions=self.root / "decisions.jsonl",
            lang=lang or self.settings.get("language"),
            jobs=jobs,
            overwrite=overwrite,
            progress=progress,
        )
        shutil.rmtree(self.root / "pseudonymized", ignore_errors=True)
        shutil.copytree(self.reports / "pseudonymized", self.root / "pseudonymized")
        return result


def init(folder: str | Path, *, lang: str | None = None) -> StudyFolder:
    """Lay out a study's folder with the packaged codebook and empty rooms. Raises `PeerqualError` when `folder` holds things."""
    root = Path(folder)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise PeerqualError("study.not_empty", where=root)
    for name in ("transcripts", "pseudonymized", "models", "reports"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "private").mkdir(mode=0o700)
    shutil.copyfile(packaged("codebook.yaml"), root / "codebook.yaml")
    (root / "decisions.jsonl").touch()
    (root / SETTINGS).write_text(message("study.settings", lang, language=language(lang)) + "\n", encoding="utf-8")
    return StudyFolder.open(root)


DEMO_PASSPHRASE = "demo"


def demo(folder: str | Path, *, lang: str | None = None, overwrite: bool = False, progress: Progress = _quiet) -> RunResult:
    """Copy the invented sample corpus into a study in `folder` and run it, with a throw-away key whose passphrase is no secret.

    With `overwrite`, a folder that an earlier demo made is emptied first.
    """
    from .anonymization.key import Key

    root = Path(folder)
    if overwrite and (root / SETTINGS).exists() and (root / "CORPUS_FICTIF").exists():
        shutil.rmtree(root)
    study = init(root, lang=lang)
    sample = packaged("corpus_sample")
    shutil.copytree(sample / "transcripts", study.transcripts, dirs_exist_ok=True)
    shutil.copyfile(sample / "participants.csv", root / "participants.csv")
    (root / "CORPUS_FICTIF").write_text(message("study.fictional", lang) + "\n", encoding="utf-8")
    key = Key.create(study.key, passphrase=DEMO_PASSPHRASE)
    return study.run(key=key, lang=lang, progress=progress)


def passphrase(file: str | Path | None = None, *, ask: Callable[[], str] | None = None) -> str:
    """Return the passphrase from `file`, else ``PEERQUAL_PASSPHRASE``, else `ask`. Raises `UsageError` when there is none and nobody to ask."""
    import os

    if file is not None:
        try:
            words = Path(file).read_text(encoding="utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise UsageError("study.no_passphrase_file", where=file) from None
    else:
        words = os.environ.get("PEERQUAL_PASSPHRASE", "") or (ask() if ask else "")
    if not words:
        raise UsageError("study.no_passphrase")
    return words
