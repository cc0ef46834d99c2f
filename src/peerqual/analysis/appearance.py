"""The appearance of codes: how many are new from one interview to the next. It tells how a reading went; it never says « saturation »."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.ground import survey
from peerqual.analysis.passages import passages, tree
from peerqual.errors import PeerqualError, language, message
from peerqual.model import Corpus

COLUMNS = [
    *("material", "position", "document", "codes", "new", "new_codes", "seen", "seen_total", "codes_total"),
    *("random_mean", "random_low", "random_high"),
]
RUNS = ["material", "base_size", "base_codes", "run_length", "run", "from_position", "to_position", "new", "share", "threshold", "below"]
DIMENSIONS = ("aim", "specificity", "theory", "dialogue", "analysis")
NOTES = ("reading", "meaning", "exhausted")


def code_appearance(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Any = None,
    *,
    order: Sequence[str] = (),
    orders: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Count the codes that are new in each document, in the order of reading, and what other orders would have given.

    With codes that were ready before the reading (a codebook applied to a corpus) it describes how they are spread; only of codes made while
    reading does it tell something of what is left to find.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a code stands for itself, not for its parents.
        corpus: the transcripts that were coded.
        codebook: its codes (None: the package's).
        order: ids of documents in the order in which they were read (those left out follow in the corpus's; default: the corpus's).
        orders, seed: how many random orders are drawn; the same seed gives the same figures.

    Returns:
        One row per document, materials apart: `material`, `position` (from 1), `document`, `codes` (different ones in it), `new` (not in those
        before), `new_codes` (their ids, spaces between), `seen` (so far) of `seen_total` (in all documents of the material) and `codes_total` (of the
        codebook), `random_mean`, `random_low`, `random_high` (`seen` at this position over random orders: mean, 2.5 and 97.5 %).

    Raises:
        PeerqualError: a missing column, an unknown document, code or status, `orders` below 1.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> code_appearance(CODINGS, CORPUS, BOOK, order=["E02", "E01"])[["material", "document", "new", "seen"]].values.tolist()[:2]
    [['interview', 'E02', 0, 0], ['interview', 'E01', 2, 2]]
    """
    if orders < 1:
        raise PeerqualError("analysis.bad_orders", orders)
    codes, ground = tree(codebook), survey(corpus)
    unknown = [id for id in order if id not in ground.ids]
    if unknown:
        raise PeerqualError("analysis.not_in_corpus", unknown[0])
    rows = passages(codings, ground, codes)
    has = np.zeros((len(ground.ids), len(codes.ids)), dtype=bool)
    has[rows["document"].to_numpy(), rows["code"].to_numpy()] = True
    rank = {id: i for i, id in enumerate(dict.fromkeys([*order, *ground.ids]))}
    reading = sorted(range(len(ground.ids)), key=lambda i: rank[ground.ids[i]])
    made = []
    for material in dict.fromkeys(ground.materials):
        those = np.array([i for i in reading if ground.materials[i] == material])
        made.append(_curve(str(material), [ground.ids[i] for i in those], has[those], codes.ids, orders, seed))
    return pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=COLUMNS)


def _curve(material: str, documents: list[str], has: np.ndarray, ids: list[str], orders: int, seed: int) -> pd.DataFrame:
    seen = np.logical_or.accumulate(has, axis=0)
    fresh = has & ~np.concatenate([np.zeros((1, has.shape[1]), dtype=bool), seen[:-1]])
    chance = _over_orders(has, orders, seed)
    low, high = np.quantile(chance, [0.025, 0.975], axis=0)
    table = {
        "material": material,
        "position": np.arange(1, len(has) + 1),
        "document": documents,
        "codes": has.sum(axis=1),
        "new": fresh.sum(axis=1),
        "new_codes": [" ".join(ids[code] for code in np.flatnonzero(row)) for row in fresh],
        "seen": seen.sum(axis=1),
        "seen_total": int(has.any(axis=0).sum()),
        "codes_total": len(ids),
        "random_mean": chance.mean(axis=0),
        "random_low": low,
        "random_high": high,
    }
    return pd.DataFrame(table, columns=COLUMNS)


def _over_orders(has: np.ndarray, orders: int, seed: int) -> np.ndarray:
    # Codes seen after each position: (orders, documents). A code comes in at the first place of those that have it.
    chance = np.random.default_rng(seed)
    documents = len(has)
    found = np.zeros((orders, documents), dtype=np.float64)
    holders = [np.flatnonzero(column) for column in has.T if column.any()]
    for draw in range(orders):
        place = chance.permutation(documents)
        first = [place[held].min() for held in holders]
        found[draw] = np.cumsum(np.bincount(first, minlength=documents)) if first else 0
    return found


def new_information(appearance: pd.DataFrame, *, base: int = 4, run: int = 2, threshold: float = 0.05) -> pd.DataFrame:
    """Compare the new codes of each run of documents with those of a base set, as Guest, Namey and Chen do.

    Args:
        appearance: what `code_appearance` returns.
        base: documents of the base set, the first that were read (the paper: 4, 5 or 6).
        run: documents in a row that are looked at together (2 or 3); runs overlap, each begins one document later.
        threshold: share of new codes at or below which a run brings little that is new (0.05, or 0).

    Returns:
        One row per run and material, none where documents are too few: `material`, `base_size`, `base_codes` (different ones in it), `run_length`,
        `run` (ids with spaces between), `from_position`, `to_position`, `new` (codes new in the run), `share` (`new` / `base_codes`; NaN where
        that is 0), `threshold`, `below` (share ≤ threshold). The paper writes the first such run as « 6+2 »: position before it, its length.

    Raises:
        PeerqualError: `base` or `run` below 1, a threshold out of 0 to 1.

    Source: Guest, Namey and Chen (2020), A simple method to assess and report thematic saturation in qualitative research, PLoS ONE 15(5):
    e0232076. It was made for codes created while reading; of a codebook that was ready before, it only tells how its codes are spread.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> new_information(code_appearance(CODINGS, CORPUS, BOOK), base=1, run=1)[["run", "new", "share", "below"]].values.tolist()
    [['E02', 0, 0.0, True]]
    """
    if base < 1 or run < 1:
        raise PeerqualError("analysis.bad_run")
    if not 0 <= threshold <= 1:
        raise PeerqualError("analysis.bad_share", threshold)
    made = []
    for material, rows in appearance.groupby("material", sort=False):
        new, names = rows["new"].to_numpy(), rows["document"].tolist()
        known = int(new[:base].sum())
        for at in range(base, len(rows) - run + 1):
            fresh = int(new[at : at + run].sum())
            share = fresh / known if known else np.nan
            about = (material, base, known, run, " ".join(names[at : at + run]), at + 1, at + run)
            made.append((*about, fresh, share, threshold, bool(share <= threshold)))
    return pd.DataFrame(made, columns=RUNS)


def information_power(lang: str | None = None) -> pd.DataFrame:
    """Return the questions that tell how many people a study needs: to be answered in words, by those who lead it.

    Returns:
        `dimension` ("aim", "specificity", "theory", "dialogue", "analysis"), `name`, `question`, `fewer`, `more` (what speaks for fewer or more
        participants), `answer` ("").

    Source: Malterud, Siersma and Guassora (2016), Sample size in qualitative interview studies: guided by information power, Qualitative Health
    Research 26(13), 1753-1760; the words are the project's own.

    >>> information_power("en")["name"].tolist()[0]
    'Aim'
    """
    lang = language(lang)
    texts = [[message(f"appearance.{one}_{what}", lang) for what in ("name", "question", "fewer", "more")] for one in DIMENSIONS]
    rows = [(one, *words, "") for one, words in zip(DIMENSIONS, texts, strict=True)]
    return pd.DataFrame(rows, columns=["dimension", "name", "question", "fewer", "more", "answer"])


def appearance_notes(lang: str | None = None) -> list[str]:
    """Return what must stand beside a curve of codes: what it does not tell (in `lang`).

    On codes against meanings: Hennink, Kaiser and Marconi (2017), Code saturation versus meaning saturation, Qualitative Health Research 27(4),
    591-608.

    >>> len(appearance_notes("fr"))
    3
    """
    return [message(f"appearance.note_{one}", lang) for one in NOTES]
