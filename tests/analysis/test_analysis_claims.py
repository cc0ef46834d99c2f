"""Claims set against codings: statuses, denominators, materials, answers; a brute-force count; the study's own claims name codes that exist."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import peerqual as pq
from peerqual.analysis.example import BOOK, CODINGS, CORPUS
from peerqual.analysis.study_claims import ENQUIRIES, _asked, _data, _read
from peerqual.codebook import Codebook
from peerqual.errors import PeerqualError
from peerqual.model import Corpus


def one(parts, codings=CODINGS, corpus=CORPUS, **options):
    asked = [{"id": "c", "theme": {"fr": "T"}, "text": {"fr": "On le dit.", "en": "It is said."}, "parts": parts}]
    return pq.claims(codings, corpus, asked, codebook=BOOK, **options).iloc[0]


@pytest.mark.parametrize(
    ("parts", "status", "why"),
    [
        ([{"codes": ["espoir"]}], "found", "espoir 2/2 (≥ 2)"),
        ([{"codes": ["entraide"]}], "partly", "entraide 1/2 (≥ 2)"),
        ([{"codes": ["entraide"], "least": 1}], "found", "entraide 1/2 (≥ 1)"),
        ([{"codes": ["entraide"], "share": 0.5}], "partly", "entraide 1/2 (> 50 %)"),
        ([{"codes": ["espoir"], "exactly": 1}], "partly", "espoir 2/2 (= 1)"),
        ([{"codes": ["vecu"]}], "found", "vecu 2/2 (≥ 2)"),
        ([{"together": ["espoir", "entraide"]}], "partly", "espoir + entraide 1/2 (≥ 2)"),
        ([{"codes": ["espoir"], "material": "interview", "least": 1}], "found", "espoir [interview] 1/2 (≥ 1)"),
        ([{"codes": ["espoir"], "material": "field_notes"}], "no_material", "espoir [field_notes] 0/0 (≥ 2)"),
        ([{"codes": ["espoir"], "polarity": "-"}], "not", "espoir 0/2 (≥ 2)"),
        ([{"codes": ["espoir"]}, {"codes": ["entraide"]}], "partly", "espoir 2/2 (≥ 2) ; entraide 1/2 (≥ 2)"),
    ],
)
def test_status_and_reason(parts, status, why):
    row = one(parts)
    assert (row["status"], row["why"].replace("\u202f", " ").replace("\u00a0", " ")) == (status, why)


def test_rejected_codings_show_nothing():
    assert one([{"codes": ["espoir"]}], CODINGS.assign(status="rejected"))["status"] == "not"


def test_places_are_passages_in_the_order_of_the_texts():
    row = one([{"codes": ["entraide"]}])
    texts = {transcript.id: transcript.text for transcript in CORPUS}
    assert [texts[d][a:b] for d, a, b in row["places"]] == ["Au groupe on se serre les coudes.", "On s’appelle le soir, entre nous."]
    assert (row["passages"], row["participants"], row["participants_total"]) == (2, 1, 2)


def test_of_codes_together_only_those_who_carry_all_are_quoted():
    row = one([{"together": ["espoir", "entraide"]}])
    assert {place[0] for place in row["places"]} == {"E01", "G01"}
    assert len(row["places"]) == 3, "Ali's hope is not Maud's"


def test_answers_to_closed_questions():
    answers = pd.DataFrame({"document": ["E01", "E02", "X"], "start": 0, "end": 3, "variable": "va", "answer": ["oui", "non", "oui"]})
    assert one([{"variable": "va", "answer": "oui", "exactly": 1}], variables=answers)["status"] == "found"
    assert one([{"variable": "va", "answer": "oui", "exactly": 1}])["status"] == "not"


def test_unknown_code_and_language():
    with pytest.raises(PeerqualError):
        one([{"codes": ["espoirs"]}])
    assert one([{"codes": ["espoir"]}], lang="en")["text"] == "It is said."


@given(
    st.lists(st.booleans(), min_size=len(CODINGS), max_size=len(CODINGS)),
    st.sampled_from([["espoir"], ["entraide"], ["espoir", "entraide"], ["vecu"]]),
)
def test_participants_as_counted_by_hand(kept, codes):
    codings = CODINGS[kept]
    wanted = {"espoir", "entraide"} if codes == ["vecu"] else set(codes)
    speakers = {row.participant for row in codings.itertuples() if row.code in wanted}
    row = one([{"codes": codes}], codings)
    assert row["participants"] == len(speakers)
    assert row["status"] == ("found" if len(speakers) >= 2 else "partly" if speakers else "not")


@pytest.mark.parametrize(("enquiry", "name"), [("main", None), ("second", "professionnels")])
def test_the_studys_claims_name_codes_that_exist(enquiry, name):
    book = Codebook.load(name)
    empty = CODINGS.iloc[:0]
    table = pq.claims(empty, CORPUS, enquiry)
    assert set(table["status"]) <= {"not", "no_material"} and table["claim"].is_unique
    for claim in _asked(enquiry):
        assert set(claim["text"]) == set(claim["theme"]) == {"fr", "en"}
        for part in claim["parts"]:
            assert set(part) <= {"codes", "together", "polarity", "material", "least", "share", "exactly", "variable", "answer"}, claim["id"]
            assert all(book.get(code) for code in part.get("codes", part.get("together", ())))
    assert enquiry in ENQUIRIES


def test_every_code_of_the_second_enquiry_serves_a_claim():
    served = {code for claim in _asked("second") for part in claim["parts"] for code in part.get("codes", ())}
    assert served == set(Codebook.load("professionnels").assignable)


def test_solomons_five_processes():
    mapped = _read(_data("processes.yaml"))
    assert len(mapped) == 5 and all(Codebook.load().get(code).assignable for process in mapped for code in process["codes"])
    table = pq.by_process(CODINGS, CORPUS, [{"id": "s", "label": {"fr": "S"}, "codes": ["espoir", "entraide"]}], codebook=BOOK)
    assert table[["passages", "documents", "documents_total", "participants", "participants_total"]].values.tolist() == [[4, 2, 3, 2, 2]]
    assert pq.by_process(CODINGS.iloc[:0], CORPUS)["passages"].sum() == 0


def test_an_empty_corpus_has_no_material():
    assert set(pq.claims(CODINGS.iloc[:0], Corpus(()), "main")["status"]) == {"no_material"}
