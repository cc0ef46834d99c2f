"""Agreement between coders, human or machine: coefficients, tables per code and over all codes, what is to be adjudicated.

Coefficients (`coefficients`, `krippendorff`, `spans`) are functions of plain arrays; tables lay codings over the units of a corpus.
Where agreement is the wrong question (reflexive thematic analysis) see ``docs/accord.fr.md``.
"""

from __future__ import annotations

from peerqual.analysis.agreement.coefficients import cohen_kappa, fleiss_kappa, gwet_ac1, percent_agreement
from peerqual.analysis.agreement.differences import confusions, disagreements
from peerqual.analysis.agreement.krippendorff import krippendorff_alpha
from peerqual.analysis.agreement.spans import overlap_f1, span_f1, unitizing_alpha
from peerqual.analysis.agreement.tables import agreement, agreement_among, agreement_by_pair

__all__ = [
    "agreement",
    "agreement_among",
    "agreement_by_pair",
    "cohen_kappa",
    "confusions",
    "disagreements",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "overlap_f1",
    "percent_agreement",
    "span_f1",
    "unitizing_alpha",
]
