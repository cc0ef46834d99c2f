"""Coefficients: values that were published, and the definitions written out pair by pair."""

from __future__ import annotations

import math
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.analysis.agreement import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    overlap_f1,
    percent_agreement,
    span_f1,
    unitizing_alpha,
)
from peerqual.analysis.agreement.counting import many_coders, two_coders
from peerqual.analysis.agreement.krippendorff import set_distances

_ = None
# Krippendorff (2011), section C: four coders, twelve units.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
# Gwet (2014): four raters, twelve units, the last rated by the third alone.
RATERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, _],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
# Gwet (2014): two abstractors, three kinds of pregnancy, a hundred women.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]


def of_table(table):
    pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return [i for i, _ in pairs], [j for _, j in pairs]


@pytest.mark.parametrize(
    ("coefficient", "published"),
    [
        (lambda: krippendorff_alpha(OBSERVERS), 0.743),
        (lambda: krippendorff_alpha(OBSERVERS, level="ordinal"), 0.815),
        (lambda: krippendorff_alpha(OBSERVERS, level="interval"), 0.849),
        (lambda: krippendorff_alpha([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]), 0.095),
        (lambda: krippendorff_alpha(["aabbdcccedda", "babbbccceddd"]), 0.692),
        (lambda: fleiss_kappa(RATERS), 0.761),
        (lambda: gwet_ac1(RATERS), 0.775),
        (lambda: krippendorff_alpha(RATERS), 0.743),
        (lambda: cohen_kappa(*of_table(ABSTRACTORS)), 0.796),
        (lambda: gwet_ac1(of_table(ABSTRACTORS)), 0.849),
    ],
)
def test_published_values(coefficient, published):
    assert coefficient() == pytest.approx(published, abs=0.0005)


@pytest.mark.parametrize("ratings", [["aaaa", "aaaa"], [[_, _], [_, _]], [[1, _], [_, 1]]])
def test_what_has_no_answer_is_nan(ratings):
    assert math.isnan(krippendorff_alpha(ratings))
    assert math.isnan(cohen_kappa(*ratings))
    assert math.isnan(fleiss_kappa(ratings))


def test_missing_is_none_or_nan():
    assert krippendorff_alpha([[1, float("nan"), 2, 1], [1, 2, 2, 2]]) == krippendorff_alpha([[1, _, 2, 1], [1, 2, 2, 2]])


def test_ragged_ratings_and_unknown_levels_are_refused():
    with pytest.raises(ValueError):
        krippendorff_alpha([[1, 2], [1]])
    with pytest.raises(ValueError):
        krippendorff_alpha([[1, 2], [1, 2]], level="ratio")


def test_weighted_kappa_forgives_neighbours():
    near, far = ([1, 2, 3, 1, 2, 3], [1, 2, 3, 2, 3, 2]), ([1, 2, 3, 1, 1, 3], [1, 2, 3, 3, 3, 1])
    assert cohen_kappa(*near, weights="quadratic") > cohen_kappa(*near, weights="linear") > cohen_kappa(*near)
    assert cohen_kappa(*far, weights="quadratic") < cohen_kappa(*far)


# --- oracles: nothing but pairs ---------------------------------------------------------------------------------------

values = st.sampled_from(["x", "y", "z", None])
some_ratings = st.integers(1, 7).flatmap(lambda n: st.lists(st.lists(values, min_size=n, max_size=n), min_size=2, max_size=4))


def alpha_by_pairs(ratings, distance):
    units = [[value for value in unit if value is not None] for unit in zip(*ratings, strict=True)]
    units = [unit for unit in units if len(unit) >= 2]
    everything = [value for unit in units for value in unit]
    if not everything:
        return math.nan
    observed = sum(sum(distance(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units) / len(everything)
    expected = sum(distance(a, b) for a, b in permutations(everything, 2)) / (len(everything) * (len(everything) - 1))
    return 1 - observed / expected if expected else math.nan


@settings(max_examples=150, deadline=None)
@given(some_ratings)
def test_alpha_is_what_pairs_say(ratings):
    assert krippendorff_alpha(ratings) == pytest.approx(alpha_by_pairs(ratings, lambda a, b: a != b), nan_ok=True)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=8))
def test_interval_alpha_is_what_pairs_say(units):
    ratings = list(zip(*units, strict=True))
    assert krippendorff_alpha(ratings, level="interval") == pytest.approx(alpha_by_pairs(ratings, lambda a, b: (a - b) ** 2), nan_ok=True)


def masi(a, b):
    if a == b:
        return 0
    whole = len(a | b)
    return 1 - len(a & b) / whole * (2 / 3 if a <= b or b <= a else 1 / 3)


code_sets = st.frozensets(st.sampled_from("abc"), max_size=3)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(st.one_of(st.none(), code_sets), min_size=n, max_size=n), min_size=2, max_size=3)))
def test_alpha_of_sets_is_what_pairs_say(ratings):
    jaccard = lambda a, b: 0 if a == b else 1 - len(a & b) / len(a | b)  # noqa: E731
    assert krippendorff_alpha(ratings, level="masi") == pytest.approx(alpha_by_pairs(ratings, masi), nan_ok=True)
    assert krippendorff_alpha(ratings, level="jaccard") == pytest.approx(alpha_by_pairs(ratings, jaccard), nan_ok=True)


def test_two_empty_sets_agree_and_an_empty_one_is_far_from_any_other():
    apart = set_distances([set(), {"espoir"}, {"espoir", "honte"}, {"honte", "fierté"}])
    assert apart[0].tolist() == [0, 1, 1, 1]
    assert apart[1, 2] == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert apart[2, 3] == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert krippendorff_alpha([[set(), {"a"}, set()], [set(), {"a"}, set()]], level="masi") == 1


@settings(max_examples=150, deadline=None)
@given(some_ratings)
def test_fleiss_and_ac1_are_what_their_definitions_say(ratings):
    units = [[value for value in unit if value is not None] for unit in zip(*ratings, strict=True)]
    rated, twice = [unit for unit in units if unit], [unit for unit in units if len(unit) > 1]
    if not twice:
        assert math.isnan(fleiss_kappa(ratings))
        return
    seen = np.mean([np.mean([a == b for a, b in combinations(unit, 2)]) for unit in twice])
    met = sorted({value for unit in rated for value in unit})
    share = {value: np.mean([unit.count(value) / len(unit) for unit in rated]) for value in met}
    assert percent_agreement(ratings) == pytest.approx(seen)
    chance = sum(p**2 for p in share.values())
    assert fleiss_kappa(ratings) == pytest.approx((seen - chance) / (1 - chance) if chance < 1 - 1e-12 else math.nan, nan_ok=True)
    chance = sum(p * (1 - p) for p in share.values()) / max(len(met) - 1, 1)
    assert gwet_ac1(ratings) == pytest.approx((seen - chance) / (1 - chance))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_counts_of_two_coders_say_what_ratings_say(pairs):
    a, b = ([pair[i] for pair in pairs] for i in (0, 1))
    counts = [pairs.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False))]
    found = two_coders(np.array(counts))
    seen = np.mean([x == y for x, y in pairs])
    chance = np.mean([x == y for x, y in product(a, b)])
    assert found["percent"] == pytest.approx(seen)
    assert found["cohen_kappa"] == pytest.approx(cohen_kappa(a, b), nan_ok=True)
    assert found["cohen_kappa"] == pytest.approx((seen - chance) / (1 - chance) if chance < 1 else math.nan, nan_ok=True)
    assert found["alpha"] == pytest.approx(alpha_by_pairs([a, b], lambda x, y: x != y), nan_ok=True)
    assert found["ac1"] == pytest.approx(gwet_ac1([a, b], categories=(False, True)))
    ticked = [{i for i, x in enumerate(side) if x} for side in (a, b)]
    assert found["precision"] == pytest.approx(len(ticked[0] & ticked[1]) / len(ticked[0]) if ticked[0] else math.nan, nan_ok=True)
    assert found["recall"] == pytest.approx(len(ticked[0] & ticked[1]) / len(ticked[1]) if ticked[1] else math.nan, nan_ok=True)
    whole = len(ticked[0]) + len(ticked[1])
    assert found["f1"] == pytest.approx(2 * len(ticked[0] & ticked[1]) / whole if whole else math.nan, nan_ok=True)


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 4).flatmap(lambda m: st.lists(st.lists(st.booleans(), min_size=m, max_size=m), min_size=1, max_size=10)))
def test_tallies_of_many_coders_say_what_ratings_say(units):
    ratings = [list(coder) for coder in zip(*units, strict=True)]
    tally = np.bincount([sum(unit) for unit in units], minlength=len(ratings) + 1)
    found = many_coders(tally)
    assert found["percent"] == pytest.approx(percent_agreement(ratings))
    assert found["fleiss_kappa"] == pytest.approx(fleiss_kappa(ratings), nan_ok=True)
    assert found["ac1"] == pytest.approx(gwet_ac1(ratings, categories=(False, True)))
    assert found["alpha"] == pytest.approx(alpha_by_pairs(ratings, lambda a, b: a != b), nan_ok=True)


# --- spans ------------------------------------------------------------------------------------------------------------


def cut(bits):
    """Return the units of a coder from one letter a place: « aab.. » has the units (0, 2, "a") and (2, 3, "b")."""
    found = []
    for at, letter in enumerate(bits):
        if letter == ".":
            continue
        if found and found[-1][1] == at and found[-1][2] == letter:
            found[-1] = (found[-1][0], at + 1, letter)
        else:
            found.append((at, at + 1, letter))
    return found


def unitizing_by_places(coders, length):
    # Every place of every coder is paired with every other, save those of one and the same unit (and itself, in a gap).
    places = []
    for coder, units in enumerate(coders):
        row = [(coder, "gap", at, None) for at in range(length)]
        for start, end, value in units:
            row[start:end] = [(coder, "unit", start, value)] * (end - start)
        places.append(row)
    pairs = len(coders) * (len(coders) - 1)
    observed = sum(a[at][3] != b[at][3] for a, b in permutations(places, 2) for at in range(length)) / pairs
    every = [place for row in places for place in row]
    kept = [(i, j) for i, j in permutations(range(len(every)), 2) if every[i][:3] != every[j][:3]]
    differing = sum(every[i][3] != every[j][3] for i, j in kept)
    return 1 - (observed / length) / (differing / len(kept)) if differing else math.nan


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 8).flatmap(lambda n: st.lists(st.text("ab.", min_size=n, max_size=n), min_size=2, max_size=3)))
def test_unitizing_alpha_is_what_places_say(rows):
    coders = [cut(row) for row in rows]
    assert unitizing_alpha(coders, len(rows[0])) == pytest.approx(unitizing_by_places(coders, len(rows[0])), nan_ok=True)


def test_unitizing_alpha_sees_boundaries_and_binary_sees_no_values():
    mine = [(0, 10, "a"), (30, 40, "b")]
    assert unitizing_alpha([mine, mine], 60) == 1
    shifted = unitizing_alpha([mine, [(2, 12, "a"), (30, 40, "b")]], 60)
    swapped = unitizing_alpha([mine, [(0, 10, "b"), (30, 40, "a")]], 60)
    assert 0 < swapped < shifted < 1
    assert unitizing_alpha([mine, [(0, 10, "b"), (30, 40, "a")]], 60, binary=True) == 1
    assert math.isnan(unitizing_alpha([[], []], 60))


@pytest.mark.parametrize("units", [[(0, 5, "a"), (4, 6, "a")], [(3, 3, "a")], [(50, 61, "a")], [(-1, 2, "a")]])
def test_bad_units_are_refused(units):
    with pytest.raises(ValueError):
        unitizing_alpha([units, []], 60)


spans = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5)).map(lambda x: (x[0], x[0] + x[1])), max_size=4)


@given(spans, spans)
def test_overlap_f1_is_what_characters_say(a, b):
    first, second = ({at for start, end in side for at in range(start, end)} for side in (a, b))
    whole = len(first) + len(second)
    assert overlap_f1(a, b) == pytest.approx(2 * len(first & second) / whole if whole else math.nan, nan_ok=True)


def test_span_f1_counts_only_what_is_alike_to_the_character():
    assert span_f1([(0, 4), (6, 9)], [(0, 4), (6, 8)]) == 0.5
    assert span_f1([(0, 4)], []) == 0
    assert math.isnan(span_f1([], []))


# --- docs/accord.fr.md ------------------------------------------------------------------------------------------------


def kappa_on_coded_text_only(both, only_a, only_b):
    """What a widely used program computes: text that neither coded is left out, and the two chance terms are multiplied instead of added."""
    coded = both + only_a + only_b
    yes = (both + only_a) / coded * (both + only_b) / coded
    no = only_b / coded * only_a / coded
    return (both / coded - yes * no) / (1 - yes * no)


@pytest.mark.parametrize(
    ("of_a", "of_b", "common", "cohen", "theirs"), [(500, 500, 250, 0.000, 0.299), (900, 900, 850, 0.444, 0.894)]
)  # fmt: skip
def test_the_example_of_the_docs(of_a, of_b, common, cohen, theirs):
    only_a, only_b = of_a - common, of_b - common
    cells = np.array([common, only_a, only_b, 1000 - common - only_a - only_b])
    assert two_coders(cells)["cohen_kappa"] == pytest.approx(cohen, abs=0.0005)
    assert kappa_on_coded_text_only(common, only_a, only_b) == pytest.approx(theirs, abs=0.0005)
    a, b = [True] * of_a + [False] * (1000 - of_a), [True] * common + [False] * only_a + [True] * only_b + [False] * int(cells[3])
    assert cohen_kappa(a, b) == pytest.approx(cohen, abs=0.0005)
