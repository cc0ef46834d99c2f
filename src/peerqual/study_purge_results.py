"""What is left of a study's codings, decisions, models and exports when a participant's words go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import log
from .model import Coding, Corpus
from .study_folder import StudyFolder
from .study_results import write_pseudonymized, write_results

if TYPE_CHECKING:
    import pandas as pd

    from .anonymization import PseudonymizedCorpus
    from .coding.moving import Correction
    from .study_purge import Purged

REMOVED = "[propos retirés]"
_LEFTOVERS = (".old-*", ".update-*", ".cache", "*/.old-*")


def follow(study: StudyFolder, texts: PseudonymizedCorpus, originals: Corpus, aside: Path, done: Purged, *, lang: str | None) -> None:
    """Write the results anew from the codings that are left, and the log with the decisions that are left."""
    from .coding import CODING_COLUMNS, codings_from_table
    from .coding.moving import Correction
    from .reporting.outputs import read_csv
    from .transcripts import read

    corrections: dict[str, Correction] = {}
    gone: set[str] = set(done.taken.documents.values()) if done.taken is not None else set()
    if (study.reports / "codings.csv").exists():
        before = read(study.reports / "pseudonymized")
        table = read_csv(study.reports / "codings.csv", CODING_COLUMNS)
        write_pseudonymized(texts, aside / "pseudonymized")
        after = read(aside / "pseudonymized").by_id() if len(texts) else {}
        corrections = {old.id: Correction(old, after[old.id]) for old in before if old.id in after and old.text != after[old.id].text}
        gone |= {old.id for old in before} - set(after)
        moved = [_follow(coding, corrections, gone) for coding in codings_from_table(table, before)]
        left = [n for n, coding in enumerate(moved) if coding is not None and table["participant"].iloc[n] != done.participant]
        done.count("codings", len(table) - len(left))
        if after:
            codings = [coding for n in left if (coding := moved[n]) is not None]
            _report(study, table.iloc[left].reset_index(drop=True), codings, texts, originals, aside, done, lang)
            done.swaps += [("reports", study.reports.name), ("pseudonymized", "pseudonymized")]
        else:
            done.swaps += [("", study.reports.name), ("", "pseudonymized")]
    entries = entries_of(study)
    done.entries = [kept for entry in entries if (kept := _entry(entry, corrections, gone, done)) is not None]
    done.count("decisions", len(entries) - len(done.entries))
    _memos(study, corrections, gone, aside, done)


def _memos(study: StudyFolder, corrections: Mapping[str, Correction], gone: set[str], aside: Path, done: Purged) -> None:
    """Write the memos that are left: those on passages that are still there."""
    if not study.memos.exists():
        return
    (aside / "memos.jsonl").touch(mode=0o600)
    for entry in log.read(study.memos):
        if (kept := _entry(entry, corrections, gone, done)) is not None:
            log.append(aside / "memos.jsonl", kept)
    done.swaps.append(("memos.jsonl", str(study.memos.relative_to(study.root))))


def entries_of(study: StudyFolder) -> list[dict[str, Any]]:
    """Return the entries of the study's log."""
    path = study.root / "decisions.jsonl"
    return log.read(path) if path.exists() else []


def _follow(coding: Coding, corrections: Mapping[str, Correction], gone: set[str]) -> Coding | None:
    """Return `coding` in the text that is left, None where its words are gone."""
    if coding.document in gone or coding.document not in corrections:
        return None if coding.document in gone else coding
    correction = corrections[coding.document]
    moved = correction.move(coding)
    start, end = moved.after.start, moved.after.end
    marks = re.finditer(re.escape(REMOVED), correction.after.text)
    is_gone = moved.verdict == "no_place" or any(mark.start() <= start and end <= mark.end() for mark in marks)
    return None if is_gone else moved.after


def _report(
    study: StudyFolder,
    table: pd.DataFrame,
    codings: list[Coding],
    texts: PseudonymizedCorpus,
    originals: Corpus,
    aside: Path,
    done: Purged,
    lang: str | None,
) -> None:
    from .codebook import Codebook
    from .coding import codings_table
    from .reporting.manifest import write_manifest

    made = codings_table(codings, texts)
    table = table.assign(**{column: made[column] for column in made.columns})
    book = Codebook.load(study.root / "codebook.yaml")
    folder = aside / "reports"
    write_pseudonymized(texts, folder / "pseudonymized")
    counts = write_results(folder, table, texts, book, lang=lang or study.settings.get("language") or book.language)
    options: dict[str, Any] = {name: study.settings[name] for name in ("style", "names", "profile") if name in study.settings}
    options["keep"] = len(study.settings.get("keep", ()))
    write_manifest(folder, "withdraw", texts, counts, book=book, key=done.key, originals=originals, options=options)


def _entry(entry: dict[str, Any], corrections: Mapping[str, Correction], gone: set[str], done: Purged) -> dict[str, Any] | None:
    """Return an entry of the log as it stands from now on, None where it is about words or an entity that are gone."""
    document = str(entry.get("document"))
    if document in gone or (done.taken is not None and entry.get("entity") in done.taken.forms):
        return None
    if document not in corrections or entry.get("kind") not in ("coding", "judged", "memo"):
        return entry
    if entry["text_hash"] != corrections[document].before.text_hash:
        return None  # decided on a text that is no more
    coding = Coding(document, entry["start"], entry["end"], entry["code"], "person", "", 1.0)
    moved = _follow(coding, corrections, gone)
    if moved is None:
        return None
    return {**entry, "start": moved.start, "end": moved.end, "text_hash": corrections[document].after.text_hash}


def models_of(study: StudyFolder, ids: set[str]) -> tuple[list[str], list[str]]:
    """Return the models that were trained on somebody of `ids`, and those that do not say on whom; paths under the study.

    A model is a file or a folder in ``models/``; a JSON file in or beside it (``NAME.json``) lists its ``participants``, and may name
    documents there.
    """
    theirs, unknown = [], []
    folder = study.root / "models"
    entries = sorted(entry for entry in folder.glob("*") if not entry.name.startswith(".")) if folder.is_dir() else []
    for entry in entries:
        people = _trained_on(entry)
        place = str(entry.relative_to(study.root))
        if people is None:
            unknown.append(place)
        elif people & ids:
            theirs.append(place)
    return theirs, unknown


def _trained_on(entry: Path) -> set[str] | None:
    files = sorted(entry.rglob("*.json")) if entry.is_dir() else [entry, entry.with_name(f"{entry.stem}.json")]
    people: set[str] | None = None
    for file in files:
        if file.suffix == ".json" and file.is_file():
            try:
                told = json.loads(file.read_bytes())
            except ValueError:
                continue
            if isinstance(told, dict) and isinstance(told.get("participants"), list):
                people = (people or set()) | set(map(str, told["participants"]))
    return people


def exports_of(study: StudyFolder) -> Iterator[str]:
    """Yield the folders of results in the study beside ``reports/`` (they hold a manifest), and what broken runs left; paths under the study."""
    found = {path.parent for path in study.root.rglob("manifest.json") if not path.relative_to(study.root).parts[0].startswith(".")}
    ours = (study.root, study.reports, study.root / "pseudonymized", study.root / "models", study.transcripts)
    outer = {folder for folder in found if folder not in ours and not any(parent in found or parent in ours[1:] for parent in folder.parents)}
    for pattern in _LEFTOVERS:
        outer |= set(study.root.glob(pattern))
    yield from sorted(str(folder.relative_to(study.root)) for folder in outer)
