"""Tables that a researcher asks for one at a time: concordance, framework matrix, interview variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import PeerqualError
from .model import Corpus

if TYPE_CHECKING:
    import pandas as pd

    from .codebook import Codebook


def codings_of(path: str | Path, corpus: Corpus, codebook: Codebook) -> pd.DataFrame:
    """Return the codings in the file at `path`, carried over to the codebook of today.

    Raises `PeerqualError` when they name a document that is not in `corpus`, a text that has changed since, or an unknown code.
    """
    from .codebook_history import carried_table
    from .coding import CODING_COLUMNS, codings_from_table
    from .reporting.outputs import read_csv

    table = carried_table(read_csv(Path(path), CODING_COLUMNS), codebook)
    codings_from_table(table, corpus)
    return table


def check_file(path: str | Path | None, *, overwrite: bool) -> None:
    """Raise `PeerqualError` when the file `path` exists and may not be replaced; called before any long work."""
    if path is not None and Path(path).exists() and not overwrite:
        raise PeerqualError("outputs.file_exists", where=path)


def write_framework(
    codings: str | Path,
    transcripts: Sequence[str | Path],
    out: str | Path,
    *,
    codebook: str | Path | None = None,
    participants: str | Path | None = None,
    codes: Sequence[str] = (),
    filled: str | Path | None = None,
    lang: str | None = None,
    overwrite: bool = False,
) -> tuple[pd.DataFrame, Corpus]:
    """Write the framework matrix of `codings` to the file `out` (.xlsx or .csv); return it (as `analysis.framework_matrix` does) and the corpus.

    `filled`: a matrix that somebody has filled, whose words are put back. Raises `PeerqualError` when `out` exists and `overwrite` is False.
    """
    from .analysis import framework_matrix
    from .codebook import Codebook
    from .reporting import framework
    from .spreadsheet import check_suffix
    from .transcripts import read

    check_file(out, overwrite=overwrite)
    check_suffix(Path(out))
    texts = framework.read(filled) if filled is not None else None
    book = Codebook.load(codebook)
    corpus = read([str(path) for path in transcripts], participants=participants)
    spoken = lang or book.language
    matrix = framework_matrix(codings_of(codings, corpus, book), corpus, book, codes=codes, texts=texts, lang=spoken)
    framework.write(matrix, corpus, out, lang=spoken)
    return matrix, corpus


def search(
    query: str,
    transcripts: Sequence[str | Path],
    *,
    codings: str | Path | None = None,
    codebook: str | Path | None = None,
    participants: str | Path | None = None,
    attribute: Mapping[str, str] | None = None,
    out: str | Path | None = None,
    overwrite: bool = False,
    excel_fr: bool = False,
    **options: Any,
) -> tuple[pd.DataFrame, Corpus]:
    """Return the concordance of `query` (`analysis.concordance`, whose `options` these are) and the corpus; written to the file `out` when given."""
    from .analysis import concordance
    from .analysis.query import parse
    from .codebook import Codebook
    from .reporting.outputs import write_csv
    from .transcripts import read

    check_file(out, overwrite=overwrite)
    parse(query)
    corpus = read([str(path) for path in transcripts], participants=participants)
    book = Codebook.load(codebook) if codings is not None else None
    table = codings_of(codings, corpus, book) if codings is not None and book is not None else None
    found = concordance(corpus, query, codings=table, codebook=book, attribute=attribute, **options)
    if out is not None:
        write_csv(found, Path(out), excel_fr=excel_fr)
    return found, corpus


def variables_of(
    questions: str | Path,
    transcripts: Sequence[str | Path],
    *,
    answers: str | Path | None = None,
    participants: str | Path | None = None,
    out: str | Path | None = None,
    overwrite: bool = False,
    excel_fr: bool = False,
    jobs: int = 1,
    lang: str | None = None,
) -> tuple[pd.DataFrame, Corpus]:
    """Return the synthesis of closed questions (`analysis.variables.variables_table`) and the corpus.

    `questions`: the file variables.yaml. Without `answers` they are proposed from the texts, and written to `out` (.xlsx or .csv) to be read and
    changed; with the file `answers` that somebody has filled, the synthesis is written to `out` (.csv).
    Raises `PeerqualError` when `out` exists and `overwrite` is False, or the answers are about documents that are not in `transcripts`.
    """
    from .analysis.variables import Variables, propose_variables, variables_table
    from .reporting import answers as sheet
    from .reporting.outputs import write_csv
    from .spreadsheet import check_suffix
    from .transcripts import read

    check_file(out, overwrite=overwrite)
    if out is not None and answers is None:
        check_suffix(Path(out))
    asked = Variables.load(questions)
    corpus = read([str(path) for path in transcripts], participants=participants)
    told = sheet.read(answers) if answers is not None else propose_variables(corpus, asked, jobs=jobs, lang=lang or "")
    table = variables_table(told, asked, lang=lang or "")
    unknown = sorted(set(told["document"].astype(str)) - set(corpus.by_id()))
    if unknown:
        raise PeerqualError("variables.no_document", unknown[0])
    if out is not None and answers is None:
        options = tuple(dict.fromkeys(option.id for one in asked.variables for option in one.options))
        sheet.write(told, out, options, lang=lang or asked.language)
    elif out is not None:
        write_csv(table, Path(out), excel_fr=excel_fr)
    return table, corpus


def numbers_of(
    documents: Sequence[str | Path], *, out: str | Path | None = None, overwrite: bool = False, excel_fr: bool = False
) -> tuple[pd.DataFrame, Corpus]:
    """Return the figures of `documents` (`analysis.sourced_figures`) and the corpus; written to the file `out` when given.

    Raises `PeerqualError` when `out` exists and `overwrite` is False.
    """
    from .analysis import sourced_figures
    from .reporting.outputs import write_csv
    from .transcripts import read

    check_file(out, overwrite=overwrite)
    corpus = read([str(path) for path in documents])
    found = sourced_figures(corpus)
    if out is not None:
        write_csv(found, Path(out), excel_fr=excel_fr)
    return found, corpus


def draw(
    transcripts: Sequence[str | Path],
    *,
    codebook: str | Path | None = None,
    participants: str | Path | None = None,
    material: str | None = None,
    share: float = 0.25,
    seed: int = 1,
    by: str = "material",
) -> tuple[pd.DataFrame, Corpus]:
    """Draw the documents to read first, as `analysis.draw_sample` does; return them and the corpus.

    The history of the file `codebook`, where one is given, notes how they were drawn and how many, never which.
    """
    from .analysis import draw_sample
    from .codebook_edit import note_draw
    from .transcripts import read

    corpus = read([str(path) for path in transcripts], participants=participants, material=material)
    drawn = draw_sample(corpus, share=share, seed=seed, by=by)
    if codebook is not None:
        counts = {"drawn": str(int(drawn["drawn"].sum())), "total": str(len(drawn))}
        note_draw(codebook, {"share": f"{share:g}", "seed": str(seed), "by": by, **counts})
    return drawn, corpus


def tree_of(
    codebook: Codebook,
    *,
    codings: str | Path | None = None,
    transcripts: Sequence[str | Path] = (),
    participants: str | Path | None = None,
    lang: str,
) -> pd.DataFrame:
    """Return the tree of `codebook` as `analysis.code_tree` does, with the counts of the file `codings` of `transcripts` where they are given."""
    from .analysis import code_tree, theme_frequencies
    from .transcripts import read

    if codings is None:
        return code_tree(codebook, lang=lang)
    corpus = read([str(path) for path in transcripts], participants=participants)
    counts = theme_frequencies(codings_of(codings, corpus, codebook), corpus, codebook=codebook, branches=True, lang=lang)
    return code_tree(codebook, counts, lang=lang)
