"""Weighted log-odds with an informative Dirichlet prior: how surely a term is said more on one side than on the other.

Burt L. Monroe, Michael P. Colaresi, Kevin M. Quinn (2008), Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the Content of
Political Conflict, Political Analysis 16(4), 372–403, doi:10.1093/pan/mpn018, section 3 (pp. 387–391: log-odds-ratios under a Dirichlet prior, their
variance, z-scores, the prior made from all words).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log, sqrt
from typing import TypeVar

Key = TypeVar("Key")
PRIOR = 100.0  # how many words the prior counts for: each term has its share of them in both sides together


def scores(here: Mapping[Key, int], there: Mapping[Key, int], prior: float = PRIOR) -> dict[Key, float]:
    """Return the z-score of each term counted `here` or `there`: above 0, it is said more here.

    With α = `prior` × the term's share in both sides together, δ = log((y + α) / (n + prior − y − α)) here, less the same there; z = δ / √(1/(y + α)
    here + 1/(y + α) there). A side without words tells nothing, nor does a term that is all that is said: 0.

    >>> z = scores({"rechute": 5, "groupe": 5}, {"groupe": 90, "soleil": 10})
    >>> z["rechute"] > 1.96 > z["groupe"]
    True
    """
    totals = sum(here.values()), sum(there.values())
    if not all(totals):
        return dict.fromkeys([*here, *there], 0.0)
    made: dict[Key, float] = {}
    for term in dict.fromkeys([*here, *there]):
        counts = here.get(term, 0), there.get(term, 0)
        share = sum(counts) / sum(totals)
        if not 0 < share < 1:
            made[term] = 0.0
            continue
        alpha = prior * share
        odds = [log((y + alpha) / (n + prior - y - alpha)) for y, n in zip(counts, totals, strict=True)]
        made[term] = (odds[0] - odds[1]) / sqrt(sum(1 / (y + alpha) for y in counts))
    return made
