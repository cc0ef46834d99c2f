"""Weighted log-odds with an informative Dirichlet prior: how surely a term is said more on one side than on the other.

Burt L. Monroe, Michael P. Colaresi, Kevin M. Quinn (2008), Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the Content of
Political Conflict, Political Analysis 16(4), 372–403, doi:10.1093/pan/mpn018, section 3 (pp. 387–391: log-odds-ratios under a Dirichlet prior, their
variance, z-scores, the prior made from all words).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log, sqrt

PRIOR = 100.0  # how many words the prior counts for: each term has its share of them in both sides together


def scores(here: Mapping[str, int], there: Mapping[str, int], prior: float = PRIOR) -> dict[str, float]:
    """Return the z-score of each term counted `here` or `there`: above 0, it is said more here.

    With α = `prior` × the term's share in both sides together, δ = log((y + α) / (n + prior − y − α)) here, less the same there; z = δ / √(1/(y + α)
    here + 1/(y + α) there). A side without words tells nothing: all are 0.

    >>> z = scores({"rechute": 5, "groupe": 5}, {"groupe": 90, "soleil": 10})
    >>> z["rechute"] > 1.96 > z["groupe"]
    True
    """
    totals = sum(here.values()), sum(there.values())
    if not all(totals):
        return dict.fromkeys([*here, *there], 0.0)
    made = {}
    for term in dict.fromkeys([*here, *there]):
        counts = here.get(term, 0), there.get(term, 0)
        alpha = prior * sum(counts) / sum(totals)
        odds = [log((y + alpha) / max(n + prior - y - alpha, 1e-9)) for y, n in zip(counts, totals, strict=True)]
        made[term] = (odds[0] - odds[1]) / sqrt(sum(1 / (y + alpha) for y in counts))
    return made
