"""Coders' own codings stay what they were when a dispute is settled; the adjudicated set is a set of its own."""

import pytest

import peerqual as pq
from peerqual.coding.review.log import take_back
from peerqual.decisions import apply, read, record
from peerqual.model import Corpus, Decision, Transcript, Turn

WORDS = "On s'appelle le soir. J'y crois."
TEXT = "Maud : " + WORDS
E01 = Transcript("E01", TEXT, (Turn("Maud", "P1", "respondent", 7, len(TEXT)),))
CORPUS = Corpus((E01,))
FIRST, SECOND = (7, 28), (29, len(TEXT))


def decided(span, code, verdict, coder, minute, final=False, hashed=E01.text_hash):
    return Decision("E01", hashed, *span, code, verdict, coder, f"2026-01-01T10:{minute:02}:00+00:00", final=final)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "decisions.jsonl"
    for one in (
        decided(FIRST, "integrer_pairs", "add", "Ana", 1),
        decided(SECOND, "espoir", "accept", "Ana", 2),
        decided(SECOND, "espoir", "reject", "Bo", 3),
        decided(FIRST, "integrer_pairs", "reject", "Bo", 4),
        decided(FIRST, "parrainage", "add", "Bo", 5),
        decided(SECOND, "espoir", "reject", "Ana", 6, final=True),
        decided(FIRST, "integrer_pairs", "accept", "Bo", 7, final=True),
    ):
        record(path, one)
    return path


def given(table):
    return {(row.start, row.code) for row in table.itertuples()}


def test_each_coders_own_codings_are_untouched_by_what_settles(log):
    own = pq.codings_by_coder(log, CORPUS)
    assert list(own) == ["Ana", "Bo"]
    assert given(own["Ana"]) == {(7, "integrer_pairs"), (29, "espoir")}, "Ana's own word, though she settled against it"
    assert given(own["Bo"]) == {(7, "parrainage")}
    assert set(own["Ana"]["origin"]) == {"person"} and set(own["Ana"]["status"]) == {"added"}
    assert own["Ana"]["text"].tolist() == ["On s'appelle le soir.", "J'y crois."]


def test_the_adjudicated_set_is_apart_and_each_address_stands_once(log):
    settled = pq.adjudicated_codings(log, CORPUS)
    assert list(zip(settled["code"], settled["status"], strict=True)) == [("integrer_pairs", "added"), ("espoir", "rejected")]
    assert set(settled["origin"]) == {"adjudication"}
    record(log, decided(SECOND, "espoir", "accept", "Bo", 9, final=True))
    again = pq.adjudicated_codings(log, CORPUS)
    assert len(again) == 2 and again["status"].tolist() == ["added", "added"], "the last that settles counts"


def test_agreement_is_that_of_before_the_adjudication(log):
    own = pq.codings_by_coder(log, CORPUS)
    table = pq.agreement_among(own, CORPUS, rounds=5)
    assert len(table) and len(pq.disagreements(own, CORPUS)) == 2
    settled = apply(own["Ana"].iloc[:0], read(log), CORPUS)
    assert given(settled[settled["status"] != "rejected"]) == {(7, "integrer_pairs"), (7, "parrainage")}, "and the study follows what was settled"


def test_what_is_taken_back_is_in_neither(log):
    take_back(log)
    assert pq.adjudicated_codings(log, CORPUS)["code"].tolist() == ["espoir"]


def test_a_text_that_has_changed_and_a_coder_who_gave_nothing(tmp_path):
    path = tmp_path / "d.jsonl"
    record(path, decided(FIRST, "espoir", "reject", "Cléo", 1))
    assert pq.codings_by_coder(path, CORPUS)["Cléo"].empty and pq.adjudicated_codings(path, CORPUS).empty
    record(path, decided(FIRST, "espoir", "add", "Dan", 2, hashed="0" * 64))
    assert list(pq.codings_by_coder(path, CORPUS)) == ["Cléo"]
