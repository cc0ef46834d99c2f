from __future__ import annotations

import itertools
from math import comb

import numpy as np
import pandas as pd
import pytest
from analysis_corpus import BOOK, CODINGS, CORPUS, coding, frame, made
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.analysis.inference import benjamini_hochberg, cliffs_delta, cohens_h, fisher_exact, group_tests, inference_caution, permutation_test
from peerqual.cli import run_command_line
from peerqual.errors import PeerqualError
from peerqual.model import Corpus, Participant


def test_published_values():
    assert fisher_exact(3, 4, 1, 4) == pytest.approx(34 / 70)  # Fisher's lady tasting tea, two-sided
    # Benjamini and Hochberg (1995), fifteen hypotheses: at 0.05 they reject the first four, Bonferroni three.
    p = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0])
    assert (benjamini_hochberg(p) <= 0.05).sum() == 4 and (p * 15 <= 0.05).sum() == 3
    assert cohens_h(0.75, 0.5) == pytest.approx(0.524, abs=5e-4)  # Cohen (1988), table 6.2.2
    # Efron and Tibshirani (1993), the mouse data: one-sided achieved level .132 from 1,000 permutations; about twice that on two sides.
    mice = np.array([94, 197, 16, 38, 99, 141, 23, 52, 104, 146, 10, 50, 31, 40, 27, 46], dtype=float)
    assert permutation_test(mice[:, None], np.arange(16) < 7)[0] == pytest.approx(2 * 0.14, abs=0.03)


@given(st.integers(0, 8), st.integers(0, 8), st.integers(0, 8), st.integers(0, 8))
def test_fisher_against_all_tables(a, more_a, b, more_b):
    total_a, total_b, found = a + more_a, b + more_b, a + b

    def chance(k):
        return comb(total_a, k) * comb(total_b, found - k) if 0 <= found - k <= total_b else 0

    every = [chance(k) for k in range(total_a + 1)]
    assert fisher_exact(a, total_a, b, total_b) == pytest.approx(sum(c for c in every if c <= chance(a)) / sum(every))


def test_fisher_of_many_people_as_in_whole_numbers(monkeypatch):
    from peerqual.analysis.inference import coefficients

    tables = [(3, 4, 1, 4), (150, 260, 120, 300), (0, 200, 9, 250), (20, 20, 0, 20), (5, 10, 5, 10)]
    counted = [fisher_exact(*table) for table in tables]
    monkeypatch.setattr(coefficients, "COUNTED", 0)
    assert [fisher_exact(*table) for table in tables] == pytest.approx(counted)
    assert 0.9 < fisher_exact(2500, 5000, 2500, 5000) <= 1


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=7), st.data())
def test_permutations_against_trying_each(values, data):
    size = data.draw(st.integers(1, len(values) - 1))
    in_a = np.arange(len(values)) < size

    def difference(chosen):
        inside = [values[i] for i in chosen]
        outside = [value for i, value in enumerate(values) if i not in chosen]
        return abs(np.mean(inside) - np.mean(outside))

    every = [difference(set(chosen)) for chosen in itertools.combinations(range(len(values)), size)]
    expected = np.mean([one >= every[0] - 1e-9 for one in every])
    assert permutation_test(np.array(values, dtype=float)[:, None], in_a)[0] == pytest.approx(expected)


def test_drawn_permutations_come_near_the_exact_ones_and_are_never_zero():
    values = np.concatenate([np.arange(12.0) + 5, np.arange(12.0)])[:, None]  # 2,704,156 arrangements
    in_a = np.arange(24) < 12
    first = permutation_test(values, in_a, rounds=4000, seed=1)[0]
    assert first == permutation_test(values, in_a, rounds=4000, seed=1)[0] != permutation_test(values, in_a, rounds=4000, seed=2)[0]
    apart = np.concatenate([np.full(12, 9.0), np.zeros(12)])[:, None]
    assert permutation_test(apart, in_a, rounds=99)[0] == 0.01
    assert np.isnan(permutation_test(values, np.zeros(24, dtype=bool))[0])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_correction_against_its_definition(p):
    ranked = sorted(range(len(p)), key=lambda i: p[i])
    expected = [0.0] * len(p)
    for place, i in enumerate(ranked):
        expected[i] = min(1.0, *(p[j] * len(p) / (k + 1) for k, j in enumerate(ranked) if k >= place))
    assert benjamini_hochberg(np.array(p)) == pytest.approx(expected)
    assert np.isnan(benjamini_hochberg(np.array([np.nan, 0.5]))).tolist() == [True, False]


@given(st.lists(st.integers(0, 4), max_size=6), st.lists(st.integers(0, 4), max_size=6))
def test_delta_against_all_pairs(a, b):
    if not a or not b:
        assert np.isnan(cliffs_delta(np.array(a), np.array(b)))
        return
    pairs = [(x > y) - (x < y) for x in a for y in b]
    assert cliffs_delta(np.array(a), np.array(b)) == pytest.approx(np.mean(pairs))


def many(*told):
    """One interview a person: group, whether they speak hope, how many of their four words."""
    documents, codings, people = [], [], []
    for n, (group, words) in enumerate(told):
        document = made(f"D{n}", "interview", ("R", "respondent", "un deux trois quatre", f"p{n}"))
        documents.append(document)
        people.append(Participant(f"p{n}", {"sexe": group} if group else {}))
        if words:
            codings.append(coding(document, " ".join("un deux trois quatre".split()[:words]), "espoir"))
    return frame(*codings), Corpus(tuple(documents), tuple(people))


def test_groups_by_hand():
    codings, corpus = many(("F", 1), ("F", 2), ("F", 4), ("F", 0), ("M", 1), ("M", 0), ("M", 0), ("M", 0), ("", 4))
    table = group_tests(codings, corpus, BOOK, by="sexe", rounds=500)
    row = table.iloc[0]
    assert len(table) == 1 and row[["code", "material", "group_a", "group_b", "left_out"]].tolist() == ["espoir", "interview", "F", "M", 1]
    assert row[["with_a", "total_a", "with_b", "total_b"]].tolist() == [3, 4, 1, 4]
    assert row["p"] == row["p_adjusted"] == pytest.approx(34 / 70) and row["difference"] == 0.5
    assert row["difference_low"] <= 0.5 <= row["difference_high"] and row["effect"] == pytest.approx(cohens_h(0.75, 0.25))
    shares = group_tests(codings, corpus, BOOK, by="sexe", measure="words_share", rounds=500).iloc[0]
    assert (shares["value_a"], shares["value_b"]) == (7 / 16, 1 / 16) and shares["effect_name"] == "cliff_delta"
    values = np.array([1, 2, 4, 0, 1, 0, 0, 0]) / 4
    assert shares["p"] == permutation_test(values[:, None], np.arange(8) < 4)[0]
    pd.testing.assert_frame_equal(table, group_tests(codings, corpus, BOOK, by="sexe", rounds=500))


def test_every_pair_of_groups_and_a_correction_over_all():
    codings, corpus = many(("A", 1), ("A", 2), ("B", 0), ("B", 0), ("C", 1), ("C", 0))
    table = group_tests(codings, corpus, BOOK, by="sexe", rounds=100)
    assert list(zip(table["group_a"], table["group_b"], strict=True)) == [("A", "B"), ("A", "C"), ("B", "C")]
    assert (table["p_adjusted"] >= table["p"]).all()


def test_materials_are_not_pooled_and_a_lone_person_has_no_interval():
    table = group_tests(CODINGS, CORPUS, BOOK, by="association", rounds=50)
    assert set(table["material"]) == {"interview"}  # in the group nobody is of B
    assert table["difference_low"].isna().all()


def test_bad_input_is_one_clear_error():
    assert group_tests(frame(), CORPUS, BOOK, by="association").empty
    for wrong in ({"by": "taille"}, {"by": "material"}, {"by": "association", "measure": "mots"}):
        with pytest.raises(PeerqualError):
            group_tests(CODINGS, CORPUS, BOOK, **wrong)
    with pytest.raises(ValueError):
        fisher_exact(3, 2, 0, 2)


def test_on_the_report_only_when_asked(tmp_path, capsys):
    for n, (name, words) in enumerate([("Ana", "J'ai de l'espoir."), ("Bea", "Bon."), ("Cid", "Il fait beau.")]):
        (tmp_path / f"E{n}.txt").write_text(f"Enquêtrice : Alors ?\n{name} : {words}\nEnquêtrice : Et puis ?\n{name} : Voilà.\n", encoding="utf-8")
    rows = "document,speaker,participant,role,sexe\nE0,Ana,p0,respondent,F\nE1,Bea,p1,respondent,F\nE2,Cid,p2,respondent,M\n"
    (tmp_path / "participants.csv").write_text(rows, encoding="utf-8")
    texts = [str(tmp_path / f"E{n}.txt") for n in range(3)]
    book = tmp_path / "b.yaml"
    book.write_text(
        "peerqual: 1\ncodes:\n  - {id: espoir, label: {fr: Espoir}, definition: {fr: d}, rules: [{lemmas: [espoir]}]}\n", encoding="utf-8"
    )
    assert run_command_line(["code", *texts, "--codebook", str(book), "--out", str(tmp_path / "c.csv")], "en") == 0
    given = ["report", str(tmp_path / "c.csv"), "--codebook", str(book), "--participants", str(tmp_path / "participants.csv")]
    given += [word for text in texts for word in ("--transcripts", text)]
    assert run_command_line([*given, "--by", "sexe", "--out", str(tmp_path / "plain")], "en") == 0
    assert not list((tmp_path / "plain").rglob("inference*")) and inference_caution("en") not in capsys.readouterr().out
    assert run_command_line([*given, "--by", "sexe", "--inference", "--out", str(tmp_path / "tested")], "en") == 0
    assert inference_caution("en") in capsys.readouterr().out
    table = pd.read_csv(tmp_path / "tested" / "tables" / "inference_sexe.csv")
    assert {"participants", "words_share"} == set(table["measure"]) and set(table["group_b"]) == {"M"}
    assert (tmp_path / "tested" / "tables" / "inference.txt").read_text(encoding="utf-8").strip() == inference_caution("fr")  # the report’s language
    assert run_command_line([*given, "--inference", "--out", str(tmp_path / "none")], "en") == 2
