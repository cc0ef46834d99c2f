"""The review of codings, in a study's folder or on a table of codings with its texts: the table, what it decides, what two coders come to.

Decisions are appended to the log and replayed at each run; nothing else of the study changes.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .coding.review.commands import code_decisions, decide_codes, disputed_codes, merge_codes, review_codes, undo_codes
from .errors import PeerqualError, UsageError, message
from .study_folder import SETTINGS, StudyFolder

if TYPE_CHECKING:
    import pandas as pd

    from .codebook import Codebook
    from .model import Corpus

__all__ = ["Place", "apply_codes", "code_decisions", "disputed_codes", "merge_codes", "place_of", "undo_codes", "write_codes", "write_judged"]


@dataclass(frozen=True)
class Place:
    """Where codings are reviewed: the table of `codings`, the folder of their `texts`, the log of `decisions`, the file of `memos`, the codebook.

    `is_study`: they are those of a study's folder.
    """

    codings: Path
    texts: Path
    decisions: Path
    memos: Path
    codebook: Path | None = None
    is_study: bool = True
    root: Path = Path()  # of the study

    def read(self) -> tuple[pd.DataFrame, Corpus, Codebook]:
        """Read the codings, their texts and the codebook. Raises `PeerqualError` when the study has none, or one cannot be read."""
        from .codebook import Codebook
        from .coding import CODING_COLUMNS
        from .reporting.outputs import read_csv
        from .transcripts import read

        if self.is_study and not self.codings.exists():
            raise PeerqualError("review_codes.not_coded", where=self.codings.parent.parent)
        return read_csv(self.codings, CODING_COLUMNS), read(self.texts), Codebook.load(self.codebook)

    def judged(self) -> tuple[pd.DataFrame, Corpus, Codebook]:
        """Read as `read`, the codings as the log decides on them today, whether the study was run since or not. Raises and warns as `read` and
        `decisions.replayed`."""
        from .codebook_history import carried_table
        from .decisions import replayed

        codings, corpus, codebook = self.read()
        codings = carried_table(codings, codebook)
        if self.decisions.exists():  # what the log added stands in it
            codings = codings[codings["origin"] != "person"].assign(status="proposed")
        return replayed(codings, self.decisions, corpus, codebook), corpus, codebook


def place_of(
    inputs: Sequence[Path], *, transcripts: Path | None = None, decisions: Path | None = None, codebook: Path | None = None, texts: bool = True
) -> Place:
    """Return what is meant: a study's folder (by default the current one), or ``codings.csv`` with its `transcripts` and the log of `decisions`.

    `texts`: they are needed. Raises `UsageError` when one of these is missing.
    """
    given = inputs[0] if inputs else Path()
    if (not inputs and decisions is None) or (given / SETTINGS).exists():
        study = StudyFolder.open(given)
        book = codebook or study.root / "codebook.yaml"
        return Place(study.reports / "codings.csv", study.reports / "pseudonymized", decisions or study.decisions, study.memos, book, root=study.root)
    if decisions is None:
        raise UsageError("review_codes.no_log", where="--decisions")
    if texts and (transcripts is None or not inputs):
        raise UsageError("review_codes.no_transcripts", where="--transcripts" if transcripts is None else "INPUT")
    return Place(given, transcripts or Path(), decisions, decisions.with_suffix(".memos.jsonl"), codebook, False)


def study_of(path: Path, *, codebook: Path | None = None) -> Place | None:
    """Return the place of the study whose folder is `path`, or whose ``reports/codings.csv``; None when it is of no study."""
    path = path.resolve()
    for root in (path, path.parent.parent):
        if (root / SETTINGS).exists() and path in (root, root / "reports" / "codings.csv"):
            return place_of([root], codebook=codebook)
    return None


def write_codes(place: Place, out: str | Path, *, lang: str | None = None, **asked: Any) -> pd.DataFrame:
    """Write the table of `review_codes` (`asked`: its options) to `out` (.xlsx or .csv); return it.

    Warns of documents whose text has changed since decisions were made on them.
    """
    from .coding.review.log import outdated
    from .coding.review.sheet import write_sheet
    from .decisions import OutdatedDecisions
    from .spreadsheet import check_suffix

    check_suffix(Path(out))
    codings, corpus, codebook = place.read()
    changed = outdated(place.decisions, {one.id: one.text_hash for one in corpus}) if place.decisions.exists() else []
    if changed:
        warnings.warn(message("review_codes.outdated", documents=", ".join(changed)), OutdatedDecisions, stacklevel=2)
    table = review_codes(codings, corpus, codebook, decisions=place.decisions, lang=lang, **asked)
    write_sheet(table, out, lang=lang)
    return table


def apply_codes(place: Place, sheet: str | Path, *, coder: str = "") -> int:
    """Read the filled table `sheet` back into the log; return how many decisions are new. Raises as `decide_codes`, and nothing is written."""
    from .coding.review.sheet import read_sheet

    table = read_sheet(sheet)
    _, corpus, codebook = place.read()
    return decide_codes(table, corpus, codebook, decisions=place.decisions, memos_file=place.memos, coder=coder, where=str(sheet))


def write_judged(place: Place, folder: str | Path, *, coder: str = "") -> pd.DataFrame:
    """Write to `folder` what one coder judged blind: ``units.csv`` (the passages) and ``codings.csv`` (the codes given); return the units.

    With them `evaluate` compares a coding to that person's. Raises `PeerqualError` when nobody, or several, judged blind and `coder` names none.
    """
    from .coding import codings_table
    from .coding.review.commands import judged_units
    from .model import Coding
    from .reporting.outputs import write_csv

    _, corpus, codebook = place.read()
    known = {(one.id, one.text_hash) for one in corpus}
    units = judged_units(place.decisions, codebook)
    units = units.loc[[n for n, one in units.iterrows() if one["blind"] and (one["document"], one["text_hash"]) in known]]
    coders = sorted(set(units["coder"]))
    if coder not in coders if coder else len(coders) != 1:
        raise PeerqualError("review_codes.which_coder", where="--coder", known=", ".join(coders) or "—")
    units = units[units["coder"] == (coder or coders[0])]
    given = [
        Coding(one["document"], one["start"], one["end"], code, "person", "", 1.0, status="added")
        for one in units.to_dict("records")
        for code in one["codes"].split()
    ]
    write_csv(units, Path(folder) / "units.csv")
    write_csv(codings_table(given, corpus), Path(folder) / "codings.csv")
    return units
