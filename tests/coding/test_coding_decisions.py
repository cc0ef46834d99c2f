"""The log that only grows, and what verdicts make of codings."""

import json

import pandas as pd
import pytest
from coding_books import conversation, rule

from peerqual import decisions, log
from peerqual.coding import code, codings_from_table, codings_table
from peerqual.errors import PeerqualError
from peerqual.model import Corpus, Decision

TALK = conversation(("A", "respondent", "Oui. Non. Oui."), ("B", "respondent", "Peut-être."))
CORPUS = Corpus((TALK, conversation(("A", "respondent", "Rien."), id="e2")))
CODINGS = codings_table(code(CORPUS, rule(phrase="oui")), CORPUS)


def verdict(words, given, name="c", text_hash=TALK.text_hash, document="e1"):
    text = next(transcript.text for transcript in CORPUS if transcript.id == document)
    start = text.index(words)
    return Decision(document, text_hash, start, start + len(words), name, given, "moi", "2025-01-02T03:04:05Z")


# --- the log -----------------------------------------------------------------------------------------------------------------


def test_what_is_appended_is_read_in_order(tmp_path):
    path = tmp_path / "d.jsonl"
    entries = [{"n": 1}, {"n": 2, "é": ["à", None]}]
    for entry in entries:
        log.append(path, entry)
    assert log.read(path) == entries
    assert path.read_bytes().count(b"\n") == 2


def test_a_torn_line_is_said_and_hides_nothing_else(tmp_path):
    path = tmp_path / "d.jsonl"
    for n in range(3):
        log.append(path, {"n": n})
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.warns(log.TornLine, match="d.jsonl, ligne 3"):
        assert log.read(path) == [{"n": 0}, {"n": 1}]
    log.append(path, {"n": 3})
    with pytest.warns(log.TornLine):
        assert log.read(path) == [{"n": 0}, {"n": 1}, {"n": 3}]


def test_an_empty_log_and_none(tmp_path):
    (tmp_path / "d.jsonl").touch()
    assert log.read(tmp_path / "d.jsonl") == []
    with pytest.raises(PeerqualError):
        log.read(tmp_path / "none.jsonl")


# --- decisions ------------------------------------------------------------------------------------------------------------------


def test_decisions_are_read_back_and_hold_no_words(tmp_path):
    path = tmp_path / "d.jsonl"
    given = [verdict("Oui.", "accept"), verdict("Non.", "add")]
    log.append(path, {"kind": "name", "id": 3})
    for decision in given:
        decisions.record(path, decision)
    assert decisions.read(path) == given
    assert "Oui" not in path.read_text(encoding="utf-8")
    with pytest.raises(PeerqualError, match="accept, reject, add"):
        decisions.record(path, verdict("Oui.", "maybe"))


@pytest.mark.parametrize("change", [{"start": "4"}, {"end": True}, {"code": None}, {"verdict": "maybe"}, {"document": 3}])
def test_an_entry_that_was_edited_is_refused(change, tmp_path):
    path = tmp_path / "d.jsonl"
    decisions.record(path, verdict("Oui.", "accept"))
    entry = {**json.loads(path.read_text(encoding="utf-8")), **change}
    path.write_text(json.dumps(entry) + "\n", encoding="utf-8")
    with pytest.raises(PeerqualError) as caught:
        decisions.read(path)
    assert caught.value.key == "decisions.bad_entry" and caught.value.values["what"] == next(iter(change))


def told(table):
    return [(row.document, TALK.text[row.start : row.end] if row.document == "e1" else "", row.status, row.origin) for row in table.itertuples()]


def test_the_last_verdict_wins_and_the_table_given_is_left_as_it_was():
    before = CODINGS.copy()
    table = decisions.apply(CODINGS, [verdict("Oui.", "reject"), verdict("Oui.", "accept")])
    assert list(table["status"]) == ["accepted", "proposed"]
    pd.testing.assert_frame_equal(CODINGS, before)
    assert list(decisions.apply(CODINGS, [verdict("Oui.", "accept"), verdict("Oui.", "reject")])["status"]) == ["rejected", "proposed"]
    assert list(decisions.apply(CODINGS, [verdict("Oui.", "add")])["status"]) == ["accepted", "proposed"]
    pd.testing.assert_frame_equal(decisions.apply(CODINGS, []), before)


def test_a_verdict_on_another_text_or_code_says_nothing():
    other = [verdict("Oui.", "reject", text_hash="0" * 64), verdict("Oui.", "reject", name="d"), verdict("Oui", "reject")]
    assert list(decisions.apply(CODINGS, other, CORPUS)["status"]) == ["proposed", "proposed"]
    assert len(decisions.apply(CODINGS, [verdict("Non.", "add", text_hash="0" * 64)], CORPUS)) == 2


@pytest.mark.parametrize("corpus", [None, CORPUS])
def test_what_a_person_added_or_accepted_stands(corpus):
    given = [verdict("Non.", "add"), verdict("Peut-être.", "accept", name="d"), verdict("Non.", "reject", name="d")]
    table = decisions.apply(CODINGS, given, corpus)
    assert told(table) == [
        ("e1", "Oui.", "proposed", "rule"),
        ("e1", "Non.", "added", "person"),
        ("e1", "Oui.", "proposed", "rule"),
        ("e1", "Peut-être.", "accepted", "person"),
    ]
    assert list(table.columns) == list(CODINGS.columns)
    assert len(codings_from_table(table, CORPUS)) == 4
    if corpus is not None:
        assert table["text"][1] == "Non." and table["speaker"][3] == "B"


def test_a_document_without_proposals_needs_the_corpus():
    given = [verdict("Rien.", "add", document="e2", text_hash=CORPUS[1].text_hash)]
    assert told(decisions.apply(CODINGS, given, CORPUS))[-1] == ("e2", "", "added", "person")
    assert len(decisions.apply(CODINGS, given)) == 2
    assert len(decisions.apply(CODINGS.iloc[:0], given, CORPUS)) == 1


# --- a passage of several sentences, judged sentence by sentence ----------------------------------------------------------------

SPOKEN = "Oui d'abord. Oui encore.\nOui enfin. Oui."
SAID = Corpus((conversation(("A", "respondent", SPOKEN)),))
PASSAGES = codings_table(code(SAID, rule(phrase="oui")), SAID)


def unit(words, given, name="", coder="moi"):
    start = SAID[0].text.index(words)
    return Decision("e1", SAID[0].text_hash, start, start + len(words), name, given, coder, "2025-01-02T03:04:05Z")


def read_back(given, codings=PASSAGES):
    return [(row["text"], row["status"]) for row in decisions.apply(codings, given, SAID).to_dict("records")]


def test_sentences_judged_one_by_one_decide_on_their_passage():
    assert [(text, status) for text, status in read_back([])] == [(SPOKEN, "proposed")]
    words = ("Oui d'abord.", "Oui encore.", "Oui enfin.", "Oui.")
    seen = [unit(one, "judged") for one in words]
    assert read_back([*seen, *(unit(one, "add", "c") for one in words)]) == [(SPOKEN, "accepted")]
    assert read_back(seen) == [(SPOKEN, "rejected")]
    mixed = read_back([*seen, unit(words[0], "add", "c"), unit(words[1], "add", "c"), unit(words[3], "add", "c")])
    assert mixed == [("Oui d'abord. Oui encore.", "accepted"), ("Oui enfin.", "rejected"), ("Oui.", "accepted")]


def test_what_nobody_judged_of_a_passage_stays_proposed_with_its_supporting_words():
    given = [unit("Oui encore.", "judged"), unit("Oui encore.", "add", "c")]
    assert read_back(given) == [("Oui d'abord.", "proposed"), ("Oui encore.", "accepted"), ("Oui enfin. Oui.", "proposed")]
    table = decisions.apply(PASSAGES, given, SAID)
    support = [[SAID[0].text[a:b] for a, b in json.loads(row)] for row in table["evidence"]]
    assert support == [["Oui"], ["Oui"], ["Oui", "Oui"]]
    assert codings_from_table(table, SAID)


def test_a_verdict_on_the_whole_passage_counts_more_than_single_sentences():
    start = SAID[0].text.index(SPOKEN)
    whole = Decision("e1", SAID[0].text_hash, start, start + len(SPOKEN), "c", "accept", "moi", "2025-01-02T03:04:06Z")
    assert read_back([unit("Oui encore.", "judged"), whole]) == [(SPOKEN, "accepted")]
    across = [unit("Oui d'abord. Oui", "judged"), unit("Oui encore.", "judged")]
    assert read_back(across) == [(SPOKEN, "proposed")]
