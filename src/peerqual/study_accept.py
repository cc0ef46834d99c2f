"""Accept a code's proposals without a person, where the researcher asks for it and people judged blind that the machine codes as they do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .errors import PeerqualError, UsageError
from .model import Decision
from .study_codes import Place

if TYPE_CHECKING:
    import pandas as pd

    from .codebook import Codebook
    from .model import Corpus

KAPPA = 0.60
DOCUMENTS, PASSAGES = 3, 5  # documents, and passages with the code, that people must have judged blind
COLUMNS = ("code", "documents", "both", "only_a", "only_b", "cohen_kappa", "cohen_kappa_low", "asked", "accepted")


def asked_of(words: str) -> tuple[str, float]:
    """Return the code and the κ that « CODE » or « CODE:κ » names. Raises `UsageError` when κ is no number from 0 to 1.

    >>> asked_of("espoir"), asked_of("espoir:0.7")
    (('espoir', 0.6), ('espoir', 0.7))
    """
    code, _, kappa = words.partition(":")
    try:
        value = float(kappa.replace(",", ".") or KAPPA)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UsageError("review_codes.bad_kappa", where=words)
    return code, value


def accept_alone(place: Place, asked: Mapping[str, float], *, seed: int = 0) -> pd.DataFrame:
    """Accept the proposals of each code in `asked` where the lower 95 % bound of its κ is above the value told; return what was found.

    κ is that of the machine's codings and of people's on the sentences that were drawn at random and judged blind, bootstrapped over documents
    (`peerqual.agreement`), of at least `DOCUMENTS` documents and `PASSAGES` passages with the code. Decisions are appended to the log under the
    coder "peerqual"; what a person decides, before or after, counts more, and they can be taken back.

    Returns:
        `COLUMNS`, a row a code: documents judged, sentences with the code from both, from the machine alone, from people alone, κ, its lower bound,
        the value asked, how many proposals are newly accepted.

    Raises:
        PeerqualError: nobody judged blind on today's texts, or a code is none of the codebook's.
    """
    import pandas as pd

    from .analysis.agreement import agreement
    from .coding.review import log
    from .decisions import replayed

    codings, corpus, book = place.read()
    codings = replayed(codings, place.decisions, corpus, book)
    for code in asked:
        book.get(code)
    units, reference = _judged(place, corpus, book)
    if units.empty:
        raise PeerqualError("review_codes.nobody_blind", where=place.decisions)
    machine = codings[codings["origin"] != "person"].assign(status="proposed")
    figures = agreement(machine, reference, corpus, codebook=book, only=units, seed=seed).set_index("code")
    documents = units["document"].nunique()
    rows = []
    for code, kappa in asked.items():
        found = figures.loc[code] if code in figures.index else pd.Series({"both": 0, "only_a": 0, "only_b": 0})
        enough = documents >= DOCUMENTS and found["both"] + found["only_b"] >= PASSAGES
        mine = codings[(codings["code"] == code) & (codings["status"] == "proposed")] if enough and found["cohen_kappa_low"] > kappa else codings[:0]
        for document, text_hash, start, end in mine[["document", "text_hash", "start", "end"]].itertuples(index=False, name=None):
            log.record(place.decisions, Decision(document, text_hash, int(start), int(end), code, "accept", log.MACHINE, log.now()))
        told = [found.get(name, float("nan")) for name in COLUMNS[2:7]]
        rows.append((code, documents, *told, kappa, len(mine)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _judged(place: Place, corpus: Corpus, book: Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the sentences that people judged blind on today's texts, and the codes that they gave them."""
    from .coding import codings_table
    from .coding.review.commands import judged_units
    from .model import Coding

    known = {(one.id, one.text_hash) for one in corpus}
    units = judged_units(place.decisions, book)
    kept = [bool(one["blind"]) and (one["document"], one["text_hash"]) in known for one in units.to_dict("records")]
    units = units[kept].drop_duplicates(["document", "start", "end"], keep="last")
    given = [
        Coding(one["document"], one["start"], one["end"], code, "person", "", 1.0, status="added")
        for one in units.to_dict("records")
        for code in one["codes"].split()
    ]
    return units[["document", "start", "end"]], codings_table(given, corpus)
