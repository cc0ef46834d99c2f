"""How far coders agree: a table per code and over all codes, for two coders, for more, and for each pair of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.agreement.coefficients import each_once
from peerqual.analysis.agreement.comparison import Comparison, compare
from peerqual.analysis.agreement.counting import ROUNDS, against, bootstrap, cells, many_coders, tallies, two_coders
from peerqual.analysis.agreement.sets import set_alphas
from peerqual.analysis.agreement.spans import span_f1, union, unitizing_alpha
from peerqual.analysis.agreement.units import lay_out
from peerqual.model import Corpus

COUNTS = ("both", "only_a", "only_b", "neither")
ESTIMATED = ("cohen_kappa", "fleiss_kappa", "ac1", "alpha", "precision", "recall", "f1")  # those with an interval


def agreement(
    codings_a: pd.DataFrame,
    codings_b: pd.DataFrame,
    corpus: Corpus,
    *,
    unit: str = "sentence",
    codebook: Any = None,
    parents: bool = False,
    only: pd.DataFrame | None = None,
    lang: str = "fr",
    rounds: int = ROUNDS,
    seed: int = 0,
) -> pd.DataFrame:
    """Tell how far two coders, human or machine, agree, code by code and over all codes.

    Args:
        codings_a, codings_b: DESIGN.md's columns; rejected codings are not counted.
        corpus: what both read. All its units count, also those without any code: give only documents that both coded.
        unit: "sentence" (of speech), "turn" or "character"; an interviewer's words are none.
        codebook: its codes (None: the package's).
        parents: a code counts for its parents too.
        only: document, start, end: count these units instead of all, for example a random sample coded blind.
        rounds, seed: of the bootstrap over documents; the same seed gives the same figures.

    Returns:
        One row per code that either gave (`scope` "code", in the codebook's order), then "micro" (all decisions on all these codes together) and
        "macro" (the mean over codes where defined). Columns: `scope`, `code`, `label`, `unit`, `documents` (where either gave the code),
        `documents_total`, `units`, `both`, `only_a`, `only_b`, `neither` (<NA> for macro); `percent` (0 to 1), `cohen_kappa`, `ac1`, `alpha`
        (Krippendorff's, nominal), `precision` and `recall` of a, b being the reference, `f1`; for each of the last six NAME`_low` and
        NAME`_high`, 95 % over documents. `span_f1`: passages alike to the character. `alpha_u`: Krippendorff's uα of one code's passages.
        In the micro row also `alpha_masi` and `alpha_jaccard`, α of the sets of codes, with bounds (NaN beyond 4,000 distinct
        sets). NaN is undefined: show it as « – », not as 0.

    Raises:
        PeerqualError: a missing column, an unknown document, code, status or unit, a text that has changed since it was coded.

    >>> import peerqual as pq
    >>> pq.agreement(mine, yours, corpus, unit="turn")  # doctest: +SKIP
    """
    compared = compare({"a": codings_a, "b": codings_b}, corpus, unit=unit, codebook=codebook, parents=parents, only=only, lang=lang)
    return pair_table(compared, unit=unit, whole=only is None, rounds=rounds, seed=seed)


def pair_table(compared: Comparison, *, unit: str, whole: bool = True, reference: bool = False, rounds: int = ROUNDS, seed: int = 0) -> pd.DataFrame:
    """Return the table of `agreement` for the two coders of `compared`.

    `whole`: passages are compared too, not only units. `reference`: the second coder is one, and what it never gives has no figure.
    """
    a, b = compared.marks
    counted = _used(compared, cells(a, b, compared.units.document, compared.units.weight, _shape(compared)))
    table = _table(compared, counted, against if reference else two_coders, unit, rounds=rounds, seed=seed)
    totals = counted.sum(axis=0)
    told = totals[:, 0] + totals[:, 2] > 0 if reference else np.ones(len(totals), dtype=bool)
    table[["span_f1", "alpha_u"]] = _spans(compared, told) if whole else np.nan
    counts = pd.DataFrame([*totals, totals.sum(axis=0)], columns=list(COUNTS)).astype("Int64").reindex(range(len(table)))
    for at, name in enumerate(COUNTS):
        table.insert(list(table.columns).index("units") + 1 + at, name, counts[name])
    return table


def agreement_among(
    codings: Mapping[str, pd.DataFrame],
    corpus: Corpus,
    *,
    unit: str = "sentence",
    codebook: Any = None,
    parents: bool = False,
    only: pd.DataFrame | None = None,
    lang: str = "fr",
    rounds: int = ROUNDS,
    seed: int = 0,
) -> pd.DataFrame:
    """Tell how far any number of coders agree together.

    Args:
        codings: name of the coder → codings. The rest as for `agreement`.

    Returns:
        Rows as those of `agreement`; columns `scope`, `code`, `label`, `unit`, `documents`, `documents_total`, `units`, `coders`, `percent`,
        `fleiss_kappa`, `ac1`, `alpha` with their bounds; in the micro row `alpha_masi` and `alpha_jaccard` with theirs.

    Raises:
        PeerqualError: fewer than two coders, and as `agreement`.
    """
    compared = compare(codings, corpus, unit=unit, codebook=codebook, parents=parents, only=only, lang=lang)
    counted = _used(compared, tallies(compared.marks, compared.units.document, compared.units.weight, _shape(compared)))
    table = _table(compared, counted, many_coders, unit, rounds=rounds, seed=seed)
    table.insert(list(table.columns).index("units") + 1, "coders", len(codings))
    return table


def agreement_by_pair(
    codings: Mapping[str, pd.DataFrame],
    corpus: Corpus,
    *,
    positions: Mapping[str, str] | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Tell how far each two coders agree, with the position that each speaks from: where they part is a finding, not an error.

    Args:
        codings: name of the coder → codings.
        positions: name → position ("chercheur", "pair", "clinicien", …), shown beside the names.
        options: those of `agreement`.

    Returns:
        The rows of `agreement` for each pair, after the columns `coder_a`, `coder_b`, `position_a`, `position_b` ("" where not told).

    Raises:
        PeerqualError: as `agreement_among`.
    """
    held = positions or {}
    made = []
    for a, b in combinations(codings, 2):
        table = agreement(codings[a], codings[b], corpus, **options)
        for at, (name, value) in enumerate({"coder_a": a, "coder_b": b, "position_a": held.get(a, ""), "position_b": held.get(b, "")}.items()):
            table.insert(at, name, value)
        made.append(table)
    if not made:
        compare(codings, corpus)
    return pd.concat(made, ignore_index=True)


def _shape(compared: Comparison) -> tuple[int, int]:
    return len(compared.ground.ids), len(compared.codes.ids)


def _used(compared: Comparison, counted: np.ndarray) -> np.ndarray:
    return counted[np.ix_(compared.documents, compared.used)]


def _table(
    compared: Comparison, counted: np.ndarray, coefficients: Callable[[np.ndarray], dict[str, np.ndarray]], unit: str, *, rounds: int, seed: int
) -> pd.DataFrame:
    # `counted`: (documents, codes, kinds of decision).
    def statistics(counts: np.ndarray) -> dict[str, np.ndarray]:
        each, pooled = coefficients(counts), coefficients(counts.sum(axis=-2))
        return {name: np.concatenate([value, pooled[name][..., None], _mean(value)[..., None]], axis=-1) for name, value in each.items()}

    table = _names(compared, unit)
    values = statistics(counted.sum(axis=0))
    bounds = bootstrap(counted, statistics, rounds=rounds, seed=seed)
    for name, value in values.items():
        table[name] = value
        if name in ESTIMATED:
            table[f"{name}_low"], table[f"{name}_high"] = bounds[name]
    for level, figures in set_alphas(compared, rounds=rounds, seed=seed).items():
        columns = [f"alpha_{level}", f"alpha_{level}_low", f"alpha_{level}_high"]
        table[columns] = np.nan
        table.loc[table["scope"] == "micro", columns] = figures
    return table


def _mean(values: np.ndarray) -> np.ndarray:
    defined = ~np.isnan(values)
    count = defined.sum(axis=-1)
    return np.where(count > 0, np.where(defined, values, 0).sum(axis=-1) / np.maximum(count, 1), np.nan)


def _names(compared: Comparison, unit: str) -> pd.DataFrame:
    width = max(len(compared.codes.ids), 1)
    marks = each_once(np.concatenate(compared.marks))
    where = each_once(compared.units.document[marks // width] * width + marks % width)
    documents = np.bincount(where % width, minlength=width)[compared.used]
    rows = [("code", compared.codes.ids[code], compared.codes.labels[code], int(n)) for code, n in zip(compared.used, documents, strict=True)]
    either = len(each_once(where // width))
    table = pd.DataFrame([*rows, ("micro", "", "", either), ("macro", "", "", either)], columns=["scope", "code", "label", "documents"])
    table.insert(3, "unit", unit)
    return table.assign(documents_total=len(compared.documents), units=int(compared.units.weight.sum()))


def _spans(compared: Comparison, told: np.ndarray) -> np.ndarray:
    # One row per row of the table: F1 of exact passages, uα; both over the words that can carry codes, laid end to end. NaN where not `told`.
    words = lay_out(compared.corpus, compared.ground, "character")
    edges = np.stack([words.start, words.end], axis=1).ravel()
    said = np.cumsum(np.where(np.arange(len(edges)) % 2, np.diff(edges, prepend=0), 0))
    length = int(said[-1]) if len(said) else 0
    rows = []
    coders = [_by_code(table, edges, said) for table in compared.passages]
    for code in compared.used:
        a, b = (coder.get(int(code), []) for coder in coders)
        segments = [[(start, end, True) for start, end in union(spans)] for spans in (a, b)]
        rows.append((span_f1(a, b), unitizing_alpha(segments, length)))
    triples = [{(code, *span) for code, spans in coder.items() for span in spans} for coder in coders]
    whole = sum(len(one) for one in triples)
    rows.append((2 * len(triples[0] & triples[1]) / whole if whole and told.any() else np.nan, np.nan))
    made = np.array(rows, dtype=np.float64)
    made[:-1][~told] = np.nan
    return np.vstack([made, _mean(made[:-1].T)])


def _by_code(table: pd.DataFrame, edges: np.ndarray, said: np.ndarray) -> dict[int, list[tuple[int, int]]]:
    # Passages of each code, in places of what is said: what stands between turns has no length there.
    if not len(edges) or table.empty:
        return {}
    spans = {side: np.interp(table[side].to_numpy(), edges, said).astype(np.int64) for side in ("start", "end")}
    made: dict[int, list[tuple[int, int]]] = {}
    for code, start, end in zip(table["code"], spans["start"], spans["end"], strict=True):
        if start < end:
            made.setdefault(int(code), []).append((int(start), int(end)))
    return made
