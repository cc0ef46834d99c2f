"""The structure of results, against the tables it is made of; verbatims of claims spread over voices; statuses side by side."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_analysis_modality import BOOK, CODINGS, CORPUS

import peerqual as pq
from peerqual.analysis import example
from peerqual.errors import PeerqualError
from peerqual.model import MODALITIES, Corpus, Participant

GROUPED = Corpus(CORPUS.transcripts, (Participant("P1", {"association": "A"}), Participant("P2", {"association": "B"})))
ASKED = [
    {"id": "carte", "theme": {"fr": "T"}, "text": {"fr": "On donne la carte."}, "parts": [{"codes": ["informer"]}]},
    {"id": "espoir", "theme": {"fr": "T"}, "text": {"fr": "On espère."}, "parts": [{"codes": ["espoir"]}]},
    {"id": "rien", "theme": {"fr": "T"}, "text": {"fr": "On se tait."}, "parts": [{"codes": ["espoir"], "polarity": "-"}]},
]


def results(codings=CODINGS, **options):
    return pq.results_table(codings, GROUPED, BOOK, sections=["pratiques", "espoir"], **options)


def test_each_group_counts_its_participants_and_practices_by_modality():
    table = results().set_index(["code", "material", "modality", "group"])
    counts = table[["participants", "participants_total"]].apply(tuple, axis=1)
    assert [counts["informer", "interview", "", group] for group in ("", "A", "B")] == [(2, 2), (1, 1), (1, 1)]
    assert [counts["informer", "interview", "prôné", group] for group in ("", "A", "B")] == [(2, 2), (1, 1), (1, 1)]
    assert [counts["informer", "interview", "rapporté", group] for group in ("", "A", "B")] == [(1, 2), (1, 1), (0, 1)]
    assert [counts["informer", "group", "accompli", group] for group in ("", "A", "B")] == [(1, 2), (1, 1), (0, 1)]
    assert set(table.loc["espoir"].index.get_level_values("modality")) == {""}, "only practices have a modality"


def test_the_order_is_that_of_the_sections_then_of_the_codebook():
    assert list(dict.fromkeys(results()["code"])) == ["informer", "informer_droits", "espoir"]
    turned = pq.results_table(CODINGS, GROUPED, BOOK, sections=["espoir", "pratiques"])
    assert list(dict.fromkeys(turned["section"])) == ["espoir", "pratiques"]
    assert list(dict.fromkeys(results()["modality"])) == ["", *MODALITIES]


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=len(CODINGS), max_size=len(CODINGS)))
def test_it_says_what_the_frequencies_and_the_modalities_say(kept):
    codings = CODINGS[kept]
    table = results(codings)
    whole = table[(table["modality"] == "") & (table["group"] == "")].set_index(["code", "material"])
    frequencies = pq.theme_frequencies(codings, GROUPED, codebook=BOOK).set_index(["code", "material"])
    columns = ["passages", "documents", "documents_total", "participants", "participants_total"]
    assert whole[columns].sort_index().equals(frequencies[columns].sort_index())
    apart = table[table["group"] == ""].set_index(["code", "material", "modality"])
    for row in pq.modality_table(codings, GROUPED, BOOK).itertuples():
        if row.modality:
            assert tuple(apart.loc[(row.code, row.material, row.modality), columns]) == tuple(getattr(row, name) for name in columns)


def test_without_groups_and_with_an_unknown_section():
    assert set(results(by="material")["group"]) == {""}
    assert not results(by="material").duplicated().any()
    with pytest.raises(PeerqualError):
        pq.results_table(CODINGS, GROUPED, BOOK)
    with pytest.raises(PeerqualError):
        results(by="quartier")


def test_the_packages_codebook_has_the_studys_sections():
    assert list(dict.fromkeys(pq.results_table(CODINGS.iloc[:0], GROUPED)["section"])) == ["parcours", "role", "pratiques"]


def claims(codings=CODINGS):
    return pq.claims(codings, GROUPED, ASKED, codebook=BOOK)


def test_verbatims_of_a_claim_are_its_places_and_spread_over_voices():
    read = pq.claim_verbatims(claims(), GROUPED)
    assert read["claim"].value_counts().to_dict() == {"carte": 3, "espoir": 1}
    first = read[read["claim"] == "carte"]
    assert first["participant"].tolist()[:2] == ["P1", "P2"], "a second of one voice comes after the first of another"
    assert first["rank"].tolist() == [1, 2, 3] and first["cited"].str.contains("l.\u00a0").all()
    texts = GROUPED.by_id()
    assert [texts[row.document].text[row.start : row.end] for row in read.itertuples()] == read["text"].tolist()
    assert "Elle sert." not in set(first["text"]), "two words stand behind longer ones of the same voice"


@pytest.mark.parametrize("most", [0, 1, 2, 9])
def test_as_many_verbatims_as_are_asked_for(most):
    read = pq.claim_verbatims(claims(), GROUPED, per_claim=most)
    assert read.groupby("claim").size().max() == most if 0 < most < 9 else len(read) <= 7


def test_no_claims_no_verbatims_and_a_document_that_is_not_there():
    assert pq.claim_verbatims(claims(CODINGS.iloc[:0]), GROUPED).empty
    with pytest.raises(PeerqualError):
        pq.claim_verbatims(claims(), Corpus(GROUPED.transcripts[:1]))
    with pytest.raises(PeerqualError):
        pq.claim_verbatims(claims().drop(columns="places"), GROUPED)


def test_statuses_side_by_side():
    table = pq.compare_claims({"machine": claims(), "lu": claims(CODINGS[CODINGS["code"] != "espoir"])})
    assert table["status_machine"].tolist() == ["found", "partly", "not"]
    assert table["status_lu"].tolist() == ["found", "not", "not"]
    assert table["same"].tolist() == [True, False, True]
    assert pq.compare_claims({}).empty
    with pytest.raises(PeerqualError):
        pq.compare_claims({"a": claims(), "b": claims().iloc[::-1]})


def test_words_of_nobody_are_quoted_without_a_voice():
    notes = example._made("N1", "field_notes", ("", "researcher", "", "Elle tend la carte au monsieur."))
    asked = pd.DataFrame(
        [("c", "", "", "found", 0, 1, (("N1", 3, 20),))], columns=["claim", "theme", "text", "status", "participants", "passages", "places"]
    )
    row = pq.claim_verbatims(asked, Corpus((notes,))).iloc[0]
    assert (row["participant"], row["speaker"]) == ("", "") and row["cited"].startswith("N1")
