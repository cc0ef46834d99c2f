from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from analysis_corpus import BOOK, CODINGS, CORPUS, E1, E2, Book, coding, entry, frame, made
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.analysis import appearance_notes, code_appearance, information_power, new_information
from peerqual.errors import PeerqualError
from peerqual.model import Corpus


def of_sets(sets):
    """A corpus in which document n carries the codes of the nth set, and its codings."""
    ids = sorted({code for codes in sets for code in codes} | {"k0"})
    documents = [made(f"D{n:02}", "interview", ("R", "respondent", "Voilà.", f"p{n}")) for n in range(len(sets))]
    codings = frame(*(coding(document, "Voilà.", code) for document, codes in zip(documents, sets, strict=True) for code in sorted(codes)))
    return codings, Corpus(tuple(documents)), Book(*map(entry, ids))


def test_in_the_order_of_reading_by_hand():
    table = code_appearance(CODINGS, CORPUS, BOOK)
    interviews = table[table["material"] == "interview"]
    assert interviews[["document", "codes", "new", "new_codes", "seen", "seen_total", "codes_total"]].to_numpy().tolist() == [
        ["E1", 4, 4, "souffrance souffrance_soins souffrance_sociale espoir", 4, 4, 5],
        ["E2", 1, 0, "", 4, 4, 5],
    ]
    other = code_appearance(CODINGS, CORPUS, BOOK, order=["E2"])
    assert other[other["material"] == "interview"]["new"].tolist() == [1, 3]
    assert table[table["material"] == "field_notes"]["new"].tolist() == [1]  # materials are not pooled


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sets(st.sampled_from(["k0", "k1", "k2", "k3"])), min_size=1, max_size=5), st.randoms())
def test_against_an_oracle_in_any_order(sets, random):
    codings, corpus, book = of_sets(sets)
    order = [transcript.id for transcript in corpus]
    random.shuffle(order)
    table = code_appearance(codings, corpus, book, order=order, orders=400)
    seen: set[str] = set()
    for row, id in zip(table.itertuples(), order, strict=True):
        mine = sets[int(id[1:])]
        assert (row.document, row.codes, set(row.new_codes.split()), row.new) == (id, len(mine), mine - seen, len(mine - seen))
        seen |= mine
        assert row.seen == len(seen)
    # The mean over all orders, by trying each.
    every = [[len(set().union(*order[: n + 1])) for n in range(len(sets))] for order in itertools.permutations(sets)]
    assert np.allclose(table["random_mean"], np.mean(every, axis=0), atol=0.35)
    assert (table["random_low"] <= table["random_mean"] + 1e-9).all() and (table["random_mean"] <= table["random_high"] + 1e-9).all()
    assert table["random_low"].iloc[-1] == table["random_high"].iloc[-1] == table["seen_total"].iloc[-1]


def test_the_same_seed_gives_the_same_figures():
    codings, corpus, book = of_sets([{"k0"}, {"k1", "k2"}, {"k0", "k3"}, {"k4"}])
    first = code_appearance(codings, corpus, book, orders=50, seed=3)
    pd.testing.assert_frame_equal(first, code_appearance(codings, corpus, book, orders=50, seed=3))
    assert not first.equals(code_appearance(codings, corpus, book, orders=50, seed=4))


def test_runs_as_in_the_paper():
    # Guest, Namey and Chen: 37 codes in a base of four; a run with four new ones is 11 %, the run that is first under 5 % has one: 3 %, « 6+2 ».
    new = [20, 9, 5, 3, 3, 1, 1, 0, 0]
    table = pd.DataFrame({"material": "interview", "document": [f"E{n}" for n in range(1, 10)], "new": new})
    runs = new_information(table, base=4, run=2)
    assert set(runs["base_codes"]) == {37}
    assert runs["share"].round(2).tolist() == [0.11, 0.05, 0.03, 0.0]
    assert runs["below"].tolist() == [False, False, True, True]
    first = runs[runs["below"]].iloc[0]
    assert (first["from_position"] - 1, first["run_length"], first["run"]) == (6, 2, "E7 E8")
    nothing = new_information(table, base=4, run=2, threshold=0)
    assert nothing["below"].tolist() == [False, False, False, True]


def test_runs_need_documents_and_a_base_with_codes():
    assert new_information(code_appearance(CODINGS, CORPUS, BOOK)).empty
    empty = new_information(code_appearance(frame(), CORPUS, BOOK), base=1, run=1)
    assert empty["share"].isna().all() and not empty["below"].any()
    for wrong in ({"base": 0}, {"run": 0}, {"threshold": 5}):
        with pytest.raises(PeerqualError):
            new_information(code_appearance(CODINGS, CORPUS, BOOK), **wrong)


def test_bad_input_is_one_clear_error():
    assert code_appearance(frame(), Corpus(), BOOK).empty
    with pytest.raises(PeerqualError, match="E9"):
        code_appearance(CODINGS, CORPUS, BOOK, order=["E9"])
    with pytest.raises(PeerqualError, match="1000"):
        code_appearance(CODINGS, CORPUS, BOOK, orders=0)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_notes_never_say_saturation_was_reached(lang):
    words = " ".join([*appearance_notes(lang), *information_power(lang).astype(str).to_numpy().ravel()])
    assert "saturation" not in words.casefold()
    assert information_power(lang)["answer"].eq("").all() and len(information_power(lang)) == 5


def test_one_document_alone():
    codings, corpus = frame(coding(E1, "Ils sont tous partis.", "espoir")), Corpus((E1,))
    assert code_appearance(codings, corpus, BOOK)["seen"].tolist() == [1]
    assert code_appearance(codings, Corpus((E1, E2)), BOOK)["random_high"].tolist() == [1.0, 1.0]
