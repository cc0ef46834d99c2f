"""From what units carry to coefficients: counts per document and code, coefficients of such counts, bootstrap over documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from peerqual.analysis.agreement.coefficients import each_once, ratio

ROUNDS = 1000
LEVEL = 0.95
Statistics = Mapping[str, np.ndarray]


def two_coders(cells: np.ndarray) -> dict[str, np.ndarray]:
    """Return coefficients of counts ``(…, 4)``: units with the code from both, only from the first, only from the second, from neither.

    All are the usual ones of a yes-or-no decision of two coders (see `coefficients`); NaN where undefined. Precision and recall are the
    first coder's, the second being the reference. F1 is NaN only where neither gave the code.
    """
    both, first, second, neither = np.moveaxis(np.asarray(cells, dtype=np.float64), -1, 0)
    total = both + first + second + neither
    percent = ratio(both + neither, total)
    yes_first, yes_second = ratio(both + first, total), ratio(both + second, total)
    cohen = yes_first * yes_second + (1 - yes_first) * (1 - yes_second)
    yes = (yes_first + yes_second) / 2
    return {
        "percent": percent,
        "cohen_kappa": ratio(percent - cohen, 1 - cohen),
        "ac1": ratio(percent - 2 * yes * (1 - yes), 1 - 2 * yes * (1 - yes)),
        "alpha": 1 - ratio((2 * total - 1) * (first + second), (2 * both + first + second) * (2 * neither + first + second)),
        "precision": ratio(both, both + first),
        "recall": ratio(both, both + second),
        "f1": ratio(2 * both, 2 * both + first + second),
    }


def against(cells: np.ndarray) -> dict[str, np.ndarray]:
    """Return the coefficients of `two_coders`, NaN where the second, the reference, never gives the code: nothing can be right there."""
    cells = np.asarray(cells, dtype=np.float64)
    given = cells[..., 0] + cells[..., 2] > 0
    return {name: np.where(given, value, np.nan) for name, value in two_coders(cells).items()}


def many_coders(tally: np.ndarray) -> dict[str, np.ndarray]:
    """Return coefficients of a tally ``(…, coders + 1)``: units to which 0, 1, … all coders gave the code."""
    tally = np.asarray(tally, dtype=np.float64)
    coders = tally.shape[-1] - 1
    said = np.arange(coders + 1)
    total = tally.sum(axis=-1)
    apart = (tally * said * (coders - said)).sum(axis=-1)
    percent = 1 - ratio(2 * apart, total * coders * (coders - 1))
    given = (tally * said).sum(axis=-1)
    yes = ratio(given, total * coders)
    chance = yes**2 + (1 - yes) ** 2
    return {
        "percent": percent,
        "fleiss_kappa": ratio(percent - chance, 1 - chance),
        "ac1": ratio(percent - 2 * yes * (1 - yes), 1 - 2 * yes * (1 - yes)),
        "alpha": 1 - ratio((coders * total - 1) * apart / (coders - 1), given * (coders * total - given)),
    }


def tallies(marks: Sequence[np.ndarray], document: np.ndarray, weight: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return counts ``(documents, codes, coders + 1)`` of units by how many coders gave them the code.

    `marks`: each coder's ``unit * codes + code``; `document`, `weight`: of each unit; `shape`: documents, codes.
    """
    keys, said = np.unique(np.concatenate(marks), return_counts=True)
    return _counts(keys, said, document, weight, shape, len(marks))


def cells(a: np.ndarray, b: np.ndarray, document: np.ndarray, weight: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return counts ``(documents, codes, 4)`` of units with a code from both, only the first, only the second, neither."""
    keys = each_once(np.concatenate([a, b]))
    kind = 2 * np.isin(keys, a) + np.isin(keys, b)
    counted = _counts(keys, kind, document, weight, shape, 3)
    return counted[..., [3, 2, 1, 0]]


def _counts(keys: np.ndarray, kind: np.ndarray, document: np.ndarray, weight: np.ndarray, shape: tuple[int, int], kinds: int) -> np.ndarray:
    # kind 0 is what is in no key: all units less those that are.
    documents, codes = shape
    at = (document[keys // codes] * codes + keys % codes) * (kinds + 1) + kind
    counted = np.bincount(at, weights=weight[keys // codes], minlength=documents * codes * (kinds + 1)).reshape(documents, codes, kinds + 1)
    counted[..., 0] = np.bincount(document, weights=weight, minlength=documents)[:, None] - counted[..., 1:].sum(axis=-1)
    return counted


def draws(documents: int, *, rounds: int = ROUNDS, seed: int = 0) -> np.ndarray:
    """Return how often each document is drawn in each of `rounds` samples of `documents`, with replacement: shape (rounds, documents)."""
    return np.random.default_rng(seed).multinomial(documents, np.full(documents, 1 / documents), size=rounds)


def interval(values: np.ndarray, *, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Return the lower and upper percentile bounds of `values` over their first axis; undefined rounds are left out, NaN where all are."""
    tail = (1 - level) / 2
    defined = ~np.isnan(values).all(axis=0)
    low, high = (np.full(values.shape[1:], np.nan) for _ in range(2))
    if defined.any():
        low[defined], high[defined] = np.nanquantile(values[:, defined], [tail, 1 - tail], axis=0)
    return low, high


def bootstrap(
    by_document: np.ndarray, statistics: Callable[[np.ndarray], Statistics], *, rounds: int = ROUNDS, seed: int = 0
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return for each of `statistics` its 95 % interval (low, high) over samples of documents; NaN with fewer than two documents.

    Args:
        by_document: counts, shape (documents, …), of the documents that have any unit.
        statistics: from counts of shape (…) with any axes before, to named arrays.

    Documents, not sentences, are drawn: what one person says is alike. Source: Efron and Tibshirani (1993), An Introduction to the
    Bootstrap, ch. 13 (percentile interval); Field and Welsh (2007), JRSS B 69, 369-390 (clusters).
    """
    if len(by_document) < 2:
        return {name: (np.full_like(value, np.nan), np.full_like(value, np.nan)) for name, value in statistics(by_document.sum(axis=0)).items()}
    flat = by_document.reshape(len(by_document), -1)
    sampled = (draws(len(by_document), rounds=rounds, seed=seed) @ flat).reshape(rounds, *by_document.shape[1:])
    return {name: interval(values) for name, values in statistics(sampled).items()}
