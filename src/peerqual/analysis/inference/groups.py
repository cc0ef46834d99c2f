"""Codes compared between groups of participants."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.agreement.counting import draws, interval
from peerqual.analysis.frequencies import NO_GROUP, groups
from peerqual.analysis.ground import Ground, survey, words_in_union
from peerqual.analysis.inference.coefficients import benjamini_hochberg, cliffs_delta, cohens_h, fisher_exact, permutation_test
from peerqual.analysis.passages import Tree, counted, passages, tree
from peerqual.errors import PeerqualError, message
from peerqual.model import Corpus

COLUMNS = [
    *("code", "label", "material", "by", "measure", "group_a", "group_b", "with_a", "total_a", "with_b", "total_b"),
    *("value_a", "value_b", "difference", "difference_low", "difference_high", "effect", "effect_name", "test", "p", "p_adjusted", "left_out"),
]
MEASURES = ("participants", "words_share")


def group_tests(
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Any = None,
    *,
    by: str,
    measure: str = "participants",
    rounds: int = 10_000,
    seed: int = 0,
    lang: str = "fr",
) -> pd.DataFrame:
    """Compare two groups of participants at a time, code by code: difference, interval, size of effect, p. Read `inference_caution` first.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a child counts as its parents.
        corpus: the transcripts that were coded.
        codebook: its codes (None: the package's).
        by: an attribute of participants; those without it are left out.
        measure: "participants" (who speaks the code: exact test of Fisher) or "words_share" (share of each one's words in its passages: permutation
            test of the difference of means, exact up to 20,000 arrangements).
        rounds, seed: of permutations and of the bootstrap over participants; the same seed gives the same figures.
        lang: the language of labels.

    Returns:
        One row per code that is found × material × pair of groups: `code`, `label`, `material`, `by`, `measure`, `group_a`, `group_b`, `with_a` (who
        speak the code) of `total_a`, `with_b` of `total_b`, `value_a`, `value_b` (share of participants, or mean share of words), `difference` with
        `difference_low` and `difference_high` (95 %, bootstrap over participants; NaN where a group has one), `effect` and `effect_name` ("cohen_h"
        or "cliff_delta"), `test` ("fisher" or "permutation"), `p`, `p_adjusted` (Benjamini–Hochberg over all rows), `left_out` (participants of the
        material without the attribute).

    Raises:
        PeerqualError: as `theme_frequencies`; an unknown measure; `by` that no participant has.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> group_tests(CODINGS, CORPUS, BOOK, by="association")[["code", "material", "with_a", "total_a", "with_b", "total_b", "p"]].values.tolist()[0]
    ['espoir', 'interview', 1, 1, 0, 1, 1.0]
    """
    if measure not in MEASURES:
        raise PeerqualError("inference.unknown_measure", measure, known=", ".join(MEASURES))
    if by == "material":
        raise PeerqualError("inference.by_material")
    codes, ground = tree(codebook, lang), survey(corpus)
    group = groups(ground, corpus, by)
    rows = counted(passages(codings, ground, codes), codes)
    made = []
    for material in dict.fromkeys(ground.materials):
        said = _Said(ground, codes, rows, group, str(material))
        for a, b in combinations(said.groups, 2):
            made += said.compared(a, b, codes, by, measure, rounds, seed)
    table = pd.DataFrame(made, columns=[name for name in COLUMNS if name != "p_adjusted"])
    return table.assign(p_adjusted=benjamini_hochberg(table["p"].to_numpy(dtype=np.float64)))[COLUMNS]


def inference_caution(lang: str | None = None) -> str:
    """Return what must stand beside such figures, in `lang`.

    >>> "purposive" in inference_caution("en")
    True
    """
    return message("inference.caution", lang)


class _Said:
    """Who says what in one material: for each participant whether each code is spoken, and in which share of their words."""

    def __init__(self, ground: Ground, codes: Tree, rows: pd.DataFrame, group: np.ndarray, material: str) -> None:
        self.material = material
        here = ground.turn_person & (ground.materials[ground.turn_document] == material)
        people, place = np.unique(ground.person[here], return_inverse=True)
        turn_place = np.full(len(here), -1, dtype=np.int64)
        turn_place[here] = place
        self.group = np.full(len(people), NO_GROUP, dtype=object)
        self.group[place] = group[here]
        self.groups = sorted(set(self.group) - {NO_GROUP})
        self.left_out = int((self.group == NO_GROUP).sum())
        turn = rows["turn"].to_numpy()
        who = np.where(turn >= 0, turn_place[np.maximum(turn, 0)], -1) if len(turn_place) else np.full(len(rows), -1)
        rows, who = rows[who >= 0], who[who >= 0]
        n, shape = len(people), (len(codes.ids), len(people))
        key = rows["code"].to_numpy() * n + who
        self.spoken = (np.bincount(key, minlength=shape[0] * n).reshape(shape) > 0).T
        word_cell = turn_place[ground.word_turn]
        start, end = rows["start"].to_numpy(), rows["end"].to_numpy()
        words = words_in_union(ground, start, end, key=key, keys=shape[0] * n, cell=who, word_cell=word_cell).reshape(shape).T
        self.shares = words / np.maximum(np.bincount(word_cell[word_cell >= 0], minlength=n), 1)[:, None]

    def compared(self, a: str, b: str, codes: Tree, by: str, measure: str, rounds: int, seed: int) -> list[tuple[object, ...]]:
        """Return the rows that compare the groups `a` and `b`, one per code that somebody of the material speaks."""
        used = np.flatnonzero(self.spoken.any(axis=0))
        in_a, in_b = self.group == a, self.group == b
        whole = (self.spoken if measure == "participants" else self.shares)[:, used].astype(np.float64)
        one, two = whole[in_a], whole[in_b]
        low, high = _bounds(one, two, rounds, seed)
        tested = np.zeros(0)
        if measure == "words_share":
            tested = permutation_test(np.concatenate([one, two]), np.arange(len(one) + len(two)) < len(one), rounds=rounds, seed=seed)
        with_a, with_b = (self.spoken[those][:, used].sum(axis=0) for those in (in_a, in_b))
        made: list[tuple[object, ...]] = []
        for i, code in enumerate(used):
            value_a, value_b = float(one[:, i].mean()), float(two[:, i].mean())
            if measure == "participants":
                p = fisher_exact(int(with_a[i]), len(one), int(with_b[i]), len(two))
                told: tuple[object, ...] = (cohens_h(value_a, value_b), "cohen_h", "fisher", p)
            else:
                told = (cliffs_delta(one[:, i], two[:, i]), "cliff_delta", "permutation", float(tested[i]))
            counts = (int(with_a[i]), len(one), int(with_b[i]), len(two))
            about = (codes.ids[code], codes.labels[code], self.material, by, measure, a, b, *counts)
            made.append((*about, value_a, value_b, value_a - value_b, float(low[i]), float(high[i]), *told, self.left_out))
        return made


def _bounds(one: np.ndarray, two: np.ndarray, rounds: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    # 95 % of the difference of means, people of each group drawn anew.
    if min(len(one), len(two)) < 2:
        return np.full(one.shape[1], np.nan), np.full(one.shape[1], np.nan)
    means = [draws(len(group), rounds=rounds, seed=seed + n) @ group / len(group) for n, group in enumerate((one, two))]
    return interval(means[0] - means[1])
