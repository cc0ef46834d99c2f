"""Codings against a reference: precision, recall, F1 and κ per code, confusions, disagreements, and what such figures do not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import PeerqualError, UsageError
from .model import STATUSES, Corpus, Failure, Transcript
from .study import Inputs, Progress, _quiet

if TYPE_CHECKING:
    import pandas as pd

    from .analysis.agreement.comparison import Comparison
    from .codebook import Codebook
    from .study_codes import Place

Said = tuple[str, dict[str, Any]]
LIVE = ("proposed", "accepted", "added")
FEW = 10  # documents below which an interval is called rough
NAMED = 5  # documents or codes that a note names


@dataclass(frozen=True)
class Evaluation:
    """What `evaluate` found.

    `table`: the columns of `agreement`, a being judged and b the reference: `units_a`, `units_b` are those with the code from each; what b never
    gives has no figure (NaN), and the macro row is the mean over the codes that b gives. Without transcripts, what needs the units without any
    code is NaN. `confusions`, `disagreements`: see `peerqual.confusions`, `peerqual.disagreements`. `said`: what must be known with the
    figures, keys of messages with their values. `failures`: transcripts that could not be read.
    """

    table: pd.DataFrame
    confusions: pd.DataFrame
    disagreements: pd.DataFrame
    said: tuple[Said, ...]
    failures: tuple[Failure, ...] = ()


def evaluate(
    a: str | Path | pd.DataFrame,
    b: str | Path | pd.DataFrame,
    transcripts: Inputs | Corpus | None = None,
    *,
    codebook: str | Path | Codebook | None = None,
    unit: str = "sentence",
    only: str | Path | pd.DataFrame | None = None,
    status: Sequence[str] = (),
    status_a: Sequence[str] = (),
    parents: bool = False,
    seed: int = 0,
    progress: Progress = _quiet,
) -> Evaluation:
    """Judge the codings `a` by the reference `b`.

    Args:
        a, b: tables with the columns of `peerqual.coding.CODING_COLUMNS`, their CSV files, or folders of studies: their codings as they are decided.
        transcripts: what both read; all its units count (None: those of the study that `a` or `b` is). Without it only characters that either coded
            are known: no chance-corrected figure.
        codebook: its codes (None: the study's, else the package's).
        unit: "sentence", "turn" or "character".
        only: a table, or CSV, `document`, `start`, `end`: the units to count, such as a random sample that was coded blind.
        status, status_a: statuses that count in b, in a (none told: all but "rejected").
        parents: a code counts for its parents too.
        seed: of the bootstrap over documents.

    Returns:
        An `Evaluation`.

    Raises:
        PeerqualError: a table lacks a column, names an unknown document, code or status, or a text that has changed since it was coded;
            or there is nothing to compare.
        UsageError: an unknown status, or `only` without transcripts.

    >>> import peerqual as pq
    >>> pq.evaluate("machine.csv", "humain.csv", "transcripts").table  # doctest: +SKIP
    """
    from .analysis.agreement.comparison import compare
    from .analysis.agreement.differences import confusion_table, difference_table
    from .analysis.agreement.tables import pair_table
    from .codebook import Codebook

    study = next((place for place in map(_study, (a, b)) if place is not None), None)
    if study is not None:
        transcripts, codebook = study.texts if transcripts is None else transcripts, codebook or study.codebook
    if only is not None and transcripts is None:
        raise UsageError("agreement.sample_needs_transcripts")
    book = codebook if isinstance(codebook, Codebook) else Codebook.load(codebook)
    sides = {"a": _counted(_table(a), status_a), "b": _counted(_table(b), status)}
    if not any(table["status"].isin(LIVE).any() for table in sides.values()):
        raise PeerqualError("agreement.no_codings")
    progress("read")
    corpus = _corpus(transcripts) if transcripts is not None else stand_in(*sides.values())
    sample = _table(only, ("document", "start", "end")) if only is not None else _coded(*sides.values()) if transcripts is None else None
    progress("evaluate")
    unit = unit if transcripts is not None else "character"
    compared = compare(sides, corpus, unit=unit, codebook=book, parents=parents, only=sample)
    table = pair_table(compared, unit=unit, whole=sample is None, reference=True, seed=seed)
    for name in ("b", "a"):
        table.insert(list(table.columns).index("units") + 1, f"units_{name}", table["both"] + table[f"only_{name}"])
    if transcripts is None:
        table = _without_chance(table)
    parted, confused = difference_table(compared), confusion_table(compared)
    return Evaluation(
        table,
        confused,
        parted if transcripts is not None else parted.drop(columns=["text", "support_a", "support_b"]),
        (
            *_notes(compared, sides, table, known=transcripts is not None, sample=only is not None),
            *_about_parents(confused, book),
        ),
        corpus.failures,
    )


def evaluate_to(out: Path | None, result: Evaluation, *, overwrite: bool = False, excel_fr: bool = False) -> None:
    """Write ``agreement.csv``, ``confusions.csv`` and ``disagreements.csv`` of `result` to the folder `out`, with a manifest."""
    from .reporting.manifest import versions
    from .reporting.outputs import MANIFEST, output_folder, write_csv, write_json

    if out is None:
        return
    with output_folder(out, overwrite=overwrite) as folder:
        for name, table in (("agreement", result.table), ("confusions", result.confusions), ("disagreements", result.disagreements)):
            write_csv(table, folder / f"{name}.csv", excel_fr=excel_fr)
        counts = {"units": int(result.table["units"].iloc[0]), "disagreements": len(result.disagreements)}
        write_json(folder / MANIFEST, {"peerqual": "evaluate", "versions": versions(), "counts": counts})


# --- what comes in -----------------------------------------------------------------------------------------------------


def _study(given: str | Path | pd.DataFrame) -> Place | None:
    from .study_codes import study_of

    return study_of(Path(given)) if isinstance(given, str | Path) and Path(given).is_dir() else None


def _table(given: str | Path | pd.DataFrame, columns: tuple[str, ...] | None = None) -> pd.DataFrame:
    from .coding import CODING_COLUMNS
    from .reporting.outputs import read_csv

    if (study := _study(given)) is not None:
        return study.judged()[0]
    return read_csv(Path(given), columns or CODING_COLUMNS) if isinstance(given, str | Path) else given


def _counted(codings: pd.DataFrame, status: Sequence[str]) -> pd.DataFrame:
    unknown = sorted(set(status) - set(STATUSES))
    if unknown:
        raise UsageError("agreement.unknown_status", unknown[0], known=", ".join(STATUSES))
    return codings[codings["status"].isin(status)] if status else codings


def _corpus(transcripts: Inputs | Corpus) -> Corpus:
    from .transcripts import read

    return transcripts if isinstance(transcripts, Corpus) else read(transcripts)


def stand_in(*codings: pd.DataFrame) -> Corpus:
    """Return documents as long as `codings` tell, without words: they stand for transcripts that are not given."""
    ends: dict[str, int] = {}
    hashes: dict[str, str] = {}
    for table in codings:
        for document, end, text_hash in zip(table["document"].astype(str), table["end"], table["text_hash"], strict=True):
            ends[document] = max(ends.get(document, 0), int(end))
            hashes.setdefault(document, str(text_hash))
    return Corpus(tuple(Transcript(document, " " * end, text_hash=hashes[document]) for document, end in sorted(ends.items())))


def _coded(*codings: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    from .analysis.agreement.spans import union

    live = pd.concat([table[table["status"].isin(LIVE)] for table in codings])
    spans = live.groupby("document")[["start", "end"]].apply(lambda one: union(zip(one["start"], one["end"], strict=True)))
    return pd.DataFrame([(document, *span) for document, found in spans.items() for span in found], columns=["document", "start", "end"])


def _without_chance(table: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    unknown = [name for name in table.columns if name.startswith(("percent", "cohen_kappa", "ac1", "alpha"))]
    return table.assign(**dict.fromkeys(unknown, float("nan")), neither=pd.array([pd.NA] * len(table), dtype="Int64"))


# --- what must be known with the figures -------------------------------------------------------------------------------


def _notes(compared: Comparison, sides: dict[str, pd.DataFrame], table: pd.DataFrame, *, known: bool, sample: bool) -> list[Said]:
    units, documents = int(table["units"].iloc[0]), len(compared.documents)
    notes: list[Said] = [] if known else [("agreement.no_transcripts", {"n": units})]
    notes += [("agreement.sample", {"n": units})] if sample else []
    notes += _about_documents(compared, sides) if known and not sample else []
    notes += _outside(compared) if known and not sample else []
    notes += _about_reading(sides["b"])
    without = table.loc[(table["scope"] == "code") & (table["units_b"] == 0), "code"].tolist()
    notes += [("agreement.no_reference", {"codes": _named(without)})] if without else []
    if documents < FEW:
        notes.append(("agreement.one_document" if documents < 2 else "agreement.few_documents", {"n": documents}))
    return notes


def _about_documents(compared: Comparison, sides: dict[str, pd.DataFrame]) -> list[Said]:
    has = {name: set(table["document"].astype(str)) for name, table in sides.items()}
    said = []
    for name, other in (("a", "b"), ("b", "a")):
        alone = sorted(has[name] - has[other])
        said += [("agreement.only_one_coded", {"who": name.upper(), "other": other.upper(), "documents": _named(alone)})] if alone else []
    silent = sorted({compared.ground.ids[place] for place in compared.documents} - has["a"] - has["b"])
    return said + ([("agreement.nobody_coded", {"documents": _named(silent)})] if silent else [])


def _outside(compared: Comparison) -> list[Said]:
    a, b = compared.outside
    return [("agreement.outside", {"a": a, "b": b})] if a or b else []


def _about_parents(confused: pd.DataFrame, book: Codebook) -> list[Said]:
    pairs = confused.loc[(confused["code_a"] != "") & (confused["code_b"] != ""), ["code_a", "code_b", "count"]]
    n = sum(int(count) for a, b, count in pairs.itertuples(index=False) if a in book.ancestors(b) or b in book.ancestors(a))
    return [("agreement.met_parents", {"n": n})] if n else []


def _about_reading(reference: pd.DataFrame) -> list[Said]:
    reference = reference[reference["status"].isin(LIVE)]
    machine = reference["origin"] != "person"
    unread, seen = int((reference["status"] == "proposed").sum()), int((machine & (reference["status"] == "accepted")).sum())
    said: list[Said] = [("agreement.unread", {"n": unread, "total": len(reference)})] if unread else []
    return said + ([("agreement.anchored", {"n": seen, "total": len(reference)})] if seen else [])


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (f"… ({len(names)})" if len(names) > NAMED else "")
