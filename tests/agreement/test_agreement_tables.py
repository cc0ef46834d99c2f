"""Tables of agreement on a corpus small enough to count by hand, and against the same counting done sentence by sentence."""

from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.analysis.agreement import agreement, agreement_among, agreement_by_pair, cohen_kappa, confusions, disagreements, krippendorff_alpha
from peerqual.analysis.agreement.counting import bootstrap, draws, two_coders
from peerqual.errors import PeerqualError
from peerqual.model import Code, Corpus, Transcript, Turn


class Book:
    codes = tuple(
        Code(id, parent, assignable, {"fr": id, "en": id}, {})
        for id, parent, assignable in (
            ("parcours", None, False),
            ("souffrance", "parcours", True),
            ("souffrance_soins", "souffrance", True),
            ("espoir", "parcours", True),
            ("honte", "parcours", True),
        )
    )

    def label(self, id, lang="fr"):
        return id


BOOK = Book()
COLUMNS = "document start end code origin rule score polarity qualifiers evidence status text_hash text".split()


def talk(id, *turns):
    text, spoken = "", []
    for speaker, role, words in turns:
        text += f"{speaker} : "
        spoken.append(Turn(speaker, None, role, len(text), len(text) + len(words)))
        text += words + "\n"
    return Transcript(id, text, tuple(spoken), material="interview")


E1 = talk(
    "E1",
    ("Q", "interviewer", "Et depuis la sortie, vous dormez ?"),
    ("Anouk", "respondent", "Un peu mieux. Je n'osais plus croiser la voisine. Maintenant je me dis que ça tient."),
    ("Q", "interviewer", "Vous y croyez ?"),
    ("Anouk", "respondent", "Oui."),
)
E2 = talk("E2", ("Joris", "respondent", "On m'attachait le soir. J'en parle à personne."), ("Lila", "respondent", "Moi pareil. Ça viendra."))
E3 = talk("E3", ("Théo", "respondent", "Rien à dire là-dessus. Voilà."))
CORPUS = Corpus((E1, E2, E3))


def row(document, words, code, status="proposed", origin="rule", evidence=None):
    start = document.text.index(words)
    spans = [] if evidence is None else [[document.text.index(evidence), document.text.index(evidence) + len(evidence)]]
    values = (document.id, start, start + len(words), code, origin, "", 1.0, "+", "", json.dumps(spans), status, document.text_hash, words)
    return dict(zip(COLUMNS, values, strict=True))


def frame(*rows):
    return pd.DataFrame(list(rows), columns=COLUMNS)


A = frame(
    row(E1, "Je n'osais plus croiser la voisine.", "honte", evidence="n'osais plus"),
    row(E1, "Maintenant je me dis que ça tient.", "espoir"),
    row(E2, "On m'attachait le soir.", "souffrance_soins"),
    row(E2, "Ça viendra.", "espoir", status="rejected"),
    row(E3, "Voilà.", "honte"),
)
B = frame(
    row(E1, "croiser la voisine", "honte", "added", "person"),
    row(E1, "Un peu mieux.", "espoir", "added", "person"),
    row(E2, "On m'attachait le soir. J'en parle", "souffrance", "added", "person"),
    row(E2, "Ça viendra.", "espoir", "added", "person"),
)


def of(table, code, *columns):
    found = table[table["code"] == code].iloc[0]
    return [found[column] for column in columns]


CELLS = ("both", "only_a", "only_b", "neither")


def test_sentences_are_counted_by_hand():
    # 4 sentences of Anouk's, 2 + 2 in E2, 2 in E3: ten. The interviewer's are none.
    table = agreement(A, B, CORPUS, codebook=BOOK)
    assert set(table["units"]) == {10}
    assert list(table["code"]) == ["souffrance", "souffrance_soins", "espoir", "honte", "", ""]
    assert of(table, "honte", *CELLS) == [1, 1, 0, 8]
    assert of(table, "espoir", *CELLS) == [0, 1, 2, 7]
    assert of(table, "souffrance_soins", *CELLS) == [0, 1, 0, 9]
    assert of(table, "souffrance", *CELLS) == [0, 0, 1, 9]  # « J'en parle » is less than half of the second sentence
    micro = table[table["scope"] == "micro"].iloc[0]
    assert [micro[name] for name in CELLS] == [1, 3, 3, 33]
    assert micro["f1"] == pytest.approx(1 / 4)


def test_a_child_can_count_as_its_parents():
    table = agreement(A, B, CORPUS, codebook=BOOK, parents=True)
    assert of(table, "souffrance", "both", "only_a") == [1, 0]
    assert of(table, "souffrance_soins", "both", "only_a", "only_b") == [0, 1, 0]


def test_turns_and_characters():
    turns = agreement(A, B, CORPUS, codebook=BOOK, unit="turn")
    assert set(turns["units"]) == {5}
    assert of(turns, "espoir", *CELLS) == [1, 0, 1, 3]
    characters = agreement(A, B, CORPUS, codebook=BOOK, unit="character")
    said = sum(turn.end - turn.start for document in CORPUS for turn in document.turns if turn.role != "interviewer")
    assert set(characters["units"]) == {said}
    sentence, words = "Je n'osais plus croiser la voisine.", "croiser la voisine"
    assert of(characters, "honte", "both", "only_a") == [len(words), len(sentence) - len(words) + len("Voilà.")]
    assert of(characters, "honte", "both", "only_b")[1] == 0


def test_what_spills_over_by_a_word_is_not_counted_there():
    spilled = frame(row(E1, "mieux. Je n'osais plus croiser la voisine. Main", "honte"))
    table = agreement(spilled, A, CORPUS, codebook=BOOK)
    assert of(table, "honte", *CELLS) == [1, 0, 1, 8]


def test_only_the_sample_is_counted():
    units = pd.DataFrame(
        [(E1.id, E1.text.index(words), E1.text.index(words) + len(words)) for words in ("Un peu mieux.", "Oui.")],
        columns=["document", "start", "end"],
    )
    table = agreement(A, B, CORPUS, codebook=BOOK, only=units)
    assert list(table["code"]) == ["espoir", "", ""]
    assert of(table, "espoir", *CELLS) == [0, 0, 1, 1]
    assert table["span_f1"].isna().all()
    with pytest.raises(PeerqualError, match="E1"):
        agreement(A, B, CORPUS, codebook=BOOK, only=pd.concat([units, units.assign(start=units["start"] + 1)]))


def test_an_interviewers_words_and_rejected_codings_do_not_count():
    asked = frame(row(E1, "Et depuis la sortie, vous dormez ?", "honte"), row(E1, "Oui.", "honte", status="rejected"))
    table = agreement(asked, A, CORPUS, codebook=BOOK)
    assert of(table, "honte", *CELLS) == [0, 0, 2, 8]


def test_sets_of_codes_over_all_units():
    micro = agreement(A, B, CORPUS, codebook=BOOK).query("scope == 'micro'").iloc[0]
    a = [set(), {"honte"}, {"espoir"}, set(), {"souffrance_soins"}, set(), set(), set(), set(), {"honte"}]
    b = [{"espoir"}, {"honte"}, set(), set(), {"souffrance"}, set(), set(), {"espoir"}, set(), set()]
    assert micro["alpha_masi"] == pytest.approx(krippendorff_alpha([a, b], level="masi"))
    assert micro["alpha_jaccard"] == pytest.approx(krippendorff_alpha([a, b], level="jaccard"))


def test_too_many_distinct_sets_are_left_without_a_figure(monkeypatch):
    monkeypatch.setattr("peerqual.analysis.agreement.sets.MOST", 2)
    assert agreement(A, B, CORPUS, codebook=BOOK)[["alpha_masi", "alpha_jaccard_low"]].isna().all(axis=None)


def test_intervals_hold_the_estimate_are_seeded_and_need_two_documents():
    one, same = (agreement(A, B, CORPUS, codebook=BOOK, seed=1, rounds=200) for _ in range(2))
    pd.testing.assert_frame_equal(one, same)
    assert not np.array_equal(draws(9, seed=1), draws(9, seed=2))
    micro = one.query("scope == 'micro'").iloc[0]
    assert micro["f1_low"] <= micro["f1"] <= micro["f1_high"]
    alone = agreement(A[A["document"] == "E1"], B[B["document"] == "E1"], Corpus((E1,)), codebook=BOOK)
    assert alone["f1_low"].isna().all() and alone["alpha_masi_low"].isna().all()
    assert alone["f1"].notna().all()


def test_the_bootstrap_draws_documents():
    # Two documents, one all right and one all wrong: a sample is right, wrong or half, a quarter, a quarter, half of the time.
    by_document = np.array([[10, 0, 0, 10], [0, 10, 10, 0]], dtype=float)
    low, high = bootstrap(by_document, two_coders, rounds=400)["cohen_kappa"]
    assert (low, high) == (-1, 1)


def test_many_coders_and_pairs_with_their_positions():
    third = frame(row(E1, "Maintenant je me dis que ça tient.", "espoir"))
    among = agreement_among({"a": A, "b": B, "c": third}, CORPUS, codebook=BOOK)
    espoir = [[0, 0, 1, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 1, 0, 0], [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]]
    assert of(among, "espoir", "alpha", "coders") == [pytest.approx(krippendorff_alpha(espoir)), 3]
    pairs = agreement_by_pair({"a": A, "b": B, "c": third}, CORPUS, positions={"a": "chercheur", "b": "pair"}, codebook=BOOK)
    heads = pairs[["coder_a", "coder_b", "position_a", "position_b"]].drop_duplicates().to_numpy().tolist()
    assert heads == [["a", "b", "chercheur", "pair"], ["a", "c", "chercheur", ""], ["b", "c", "pair", ""]]
    first = pairs[(pairs["coder_a"] == "a") & (pairs["coder_b"] == "c") & (pairs["code"] == "espoir")].iloc[0]
    assert first["cohen_kappa"] == 1
    with pytest.raises(PeerqualError):
        agreement_among({"a": A}, CORPUS, codebook=BOOK)
    with pytest.raises(PeerqualError):
        agreement_by_pair({"a": A}, CORPUS, codebook=BOOK)


def test_disagreements_show_both_sides_and_what_supports_them():
    table = disagreements({"a": A, "b": B}, CORPUS, codebook=BOOK, positions={"b": "pair"})
    texts = ["Un peu mieux.", "Maintenant je me dis que ça tient.", "On m'attachait le soir.", "Ça viendra.", "Voilà."]
    assert list(table["text"]) == texts
    soins = table.iloc[2]
    assert (soins["differ"], soins["codes_a"], soins["codes_b"]) == ("souffrance souffrance_soins", "souffrance_soins", "souffrance")
    assert (soins["speaker"], soins["position_a"], soins["position_b"]) == ("Joris", "", "pair")
    selected = frame(row(E2, "J'en parle", "souffrance", "added", "person"))
    assert disagreements({"a": frame(), "b": selected}, CORPUS, codebook=BOOK)["support_b"].tolist() == ["souffrance: J'en parle"]
    honte = disagreements({"a": A, "b": frame()}, CORPUS, codebook=BOOK).iloc[0]
    assert honte["support_a"] == "honte: n'osais plus"


def test_confusions_pair_what_each_gives_alone():
    table = confusions(A, B, CORPUS, codebook=BOOK)
    found = {(a, b): n for a, b, n in table[["code_a", "code_b", "count"]].itertuples(index=False)}
    assert found == {
        ("", "espoir"): 2,
        ("espoir", ""): 1,
        ("souffrance_soins", "souffrance"): 1,
        ("honte", ""): 1,
    }
    assert list(table.iloc[0][["code_b", "count", "units_a", "units_b"]]) == ["espoir", 2, 0, 2]


def test_nothing_coded_is_a_table_without_figures():
    table = agreement(frame(), frame(), CORPUS, codebook=BOOK)
    assert list(table["scope"]) == ["micro", "macro"]
    assert table["cohen_kappa"].isna().all()
    assert len(disagreements({"a": frame(), "b": frame()}, CORPUS, codebook=BOOK)) == 0
    assert len(confusions(frame(), frame(), CORPUS, codebook=BOOK)) == 0
    assert len(agreement(frame(), frame(), Corpus(()), codebook=BOOK)) == 2


@pytest.mark.parametrize(
    ("table", "key"),
    [
        (A.assign(text_hash="0" * 64), "agreement.text_changed"),
        (A.assign(code="fierté"), "analysis.unknown_code"),
        (A.assign(document="E9"), "analysis.unknown_document"),
        (A.drop(columns="end"), "analysis.missing_column"),
    ],
)
def test_what_cannot_be_compared_is_named(table, key):
    with pytest.raises(PeerqualError) as caught:
        agreement(table, B, CORPUS, codebook=BOOK)
    assert caught.value.key == key
    with pytest.raises(PeerqualError) as caught:
        agreement(A, B, CORPUS, codebook=BOOK, unit="mot")
    assert caught.value.key == "agreement.unknown_unit"


# --- against counting sentence by sentence -----------------------------------------------------------------------------

SENTENCES = {
    "E1": ("Un peu mieux.", "Je n'osais plus croiser la voisine.", "Maintenant je me dis que ça tient.", "Oui."),
    "E2": ("On m'attachait le soir.", "J'en parle à personne.", "Moi pareil.", "Ça viendra."),
    "E3": ("Rien à dire là-dessus.", "Voilà."),
}
EVERY = [(CORPUS.by_id()[id], words) for id, said in SENTENCES.items() for words in said]
chosen = st.lists(st.tuples(st.sampled_from(range(len(EVERY))), st.sampled_from(["espoir", "honte", "souffrance"])), max_size=12)


@settings(max_examples=40, deadline=None)
@given(chosen, chosen)
def test_counts_are_those_of_sentences(a, b):
    tables = [frame(*(row(*EVERY[i], code) for i, code in side)) for side in (a, b)]
    found = agreement(*tables, CORPUS, codebook=BOOK, rounds=20)
    back = agreement(*reversed(tables), CORPUS, codebook=BOOK, rounds=20)
    assert set(found["code"]) - {""} == {code for _, code in (*a, *b)}
    for code in set(found["code"]) - {""}:
        ticks = [[(i, code) in side for i in range(len(EVERY))] for side in (a, b)]
        cells = [sum(pair == kind for pair in zip(*ticks, strict=True)) for kind in ((True, True), (True, False), (False, True), (False, False))]
        assert of(found, code, *CELLS) == cells
        assert of(found, code, "cohen_kappa")[0] == pytest.approx(cohen_kappa(*ticks), nan_ok=True)
        assert of(back, code, "cohen_kappa", "alpha", "f1") == pytest.approx(of(found, code, "cohen_kappa", "alpha", "f1"), nan_ok=True)
    if {*a} == {*b} and a:
        assert found.query("scope == 'micro'")["f1"].iloc[0] == 1
        assert found["span_f1"].dropna().eq(1).all() and (found["alpha_u"].dropna() > 0.999).all()
    assert found["alpha_u"].iloc[:-2].map(lambda value: value <= 1 or math.isnan(value)).all()
