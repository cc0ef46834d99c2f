"""The review of codings: the log, several coders, the order, the tables that come back filled."""

from __future__ import annotations

import itertools
import json
import os
import random

import pandas as pd
import pytest
from coding_books import book, conversation
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual import decisions
from peerqual.codebook import Codebook
from peerqual.codebook_history import CarriedCodes
from peerqual.coding import code, codings_table
from peerqual.coding.review import log
from peerqual.coding.review.commands import (
    code_decisions,
    decide_codes,
    disputed_codes,
    judged_units,
    merge_codes,
    review_codes,
    undo_codes,
)
from peerqual.coding.review.memos import read as memos_of
from peerqual.coding.review.order import Candidate, order
from peerqual.coding.review.passages import around, places
from peerqual.coding.review.sheet import read_sheet, write_sheet
from peerqual.coding.review.verdicts import settle
from peerqual.errors import PeerqualError, UsageError
from peerqual.model import Corpus, Decision

BOOK = book(("espoir", [{"phrase": ["espoir"]}]), ("aide", [{"phrase": ["aide"]}]), ("temps", [{"phrase": ["temps"]}]))
TALK = conversation(
    ("Q", "interviewer", "Et le groupe ?"),
    ("A", "respondent", "J'ai de l'espoir. Il pleut. L'aide me tient debout. Il pleut."),
    ("Q", "interviewer", "Pourquoi ?"),
    ("B", "respondent", "Ça prend du temps. C’est long. =1+1 de l'aide."),
)
CORPUS = Corpus((TALK, conversation(("C", "respondent", "On a le temps. Rien à dire."), id="e2")))
CODINGS = codings_table(code(CORPUS, BOOK), CORPUS)


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "decisions.jsonl"


def asked(kept, **options):
    return review_codes(CODINGS, CORPUS, BOOK, decisions=kept, **options)


def answer(table, kept, coder="", **options):
    return decide_codes(table, CORPUS, BOOK, decisions=kept, coder=coder, **options)


def fill(table, passage, **cells):
    table = table.copy()
    rows = table["passage"].str.contains(passage, regex=False)
    assert rows.any()
    for name, value in cells.items():
        table.loc[rows, name] = value
    return table


def row(**cells):
    return pd.DataFrame([{"document": "", "passage": "", "decision": "", **cells}])


def statuses(kept):
    made = decisions.apply(CODINGS, decisions.read(kept), CORPUS)
    return {(one.code, one.text): one.status for one in made.itertuples()}


def verdict(words, given, coder="", code="espoir", at="2026-01-01T00:00:00+00:00", **more):
    start = TALK.text.index(words)
    return Decision("e1", TALK.text_hash, start, start + len(words), code, given, coder, at, **more)


# --- from the table to the log ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"),
    [("accept", "accept"), ("Accepté", "accept"), ("OUI", "accept"), ("rejeter", "reject"), ("non.", "reject"), ("Reject", "reject")],
)
def test_verdicts_in_both_languages(kept, said, meant):
    assert answer(fill(asked(kept), "espoir", decision=said), kept, "AM") == 1
    (one,) = decisions.read(kept)
    assert (one.verdict, one.code, one.coder, TALK.text[one.start : one.end]) == (meant, "espoir", "AM", "J'ai de l'espoir.")


def test_blank_says_nothing_and_what_stands_is_not_written_twice(kept):
    table = fill(asked(kept), "espoir", decision="oui")
    assert [answer(table, kept), answer(table, kept)] == [1, 0]
    assert "espoir" not in set(asked(kept)["code"]) and "espoir" in set(asked(kept, everything=True)["code"])
    assert answer(asked(kept), kept) == 0


@pytest.mark.parametrize(
    "cells", [{"decision": "autre code", "other_code": "aide"}, {"other_code": "AIDE"}, {"decision": "reject", "other_code": "aide"}]
)
def test_another_code_takes_the_place_of_the_proposed_one(kept, cells):
    answer(fill(asked(kept), "espoir", **cells), kept)
    found = statuses(kept)
    assert found["espoir", "J'ai de l'espoir."] == "rejected" and found["aide", "J'ai de l'espoir."] == "added"
    assert undo_codes(kept) and statuses(kept)["espoir", "J'ai de l'espoir."] == "proposed"  # both at once
    assert ("aide", "J'ai de l'espoir.") not in statuses(kept)


def test_an_accepted_rows_other_codes_come_beside(kept):
    answer(fill(asked(kept), "espoir", decision="accept", other_code="aide, temps"), kept)
    assert {code: status for (code, text), status in statuses(kept).items() if text == "J'ai de l'espoir."} == {
        "espoir": "accepted",
        "aide": "added",
        "temps": "added",
    }


@pytest.mark.parametrize(
    "cells", [{"code": "temps"}, {"decision": "nouveau passage", "other_code": "temps"}, {"decision": "ajouter", "code": "Temps"}]
)
def test_a_new_passage_is_found_by_its_words(kept, cells):
    assert answer(row(document="e1", passage="C'est   long.", **cells), kept) == 1  # another apostrophe, another blank
    assert statuses(kept)["temps", "C’est long."] == "added"


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"passage": "Il pleut.", "code": "temps"}, "passage_several"),
        ({"passage": "Il neige.", "code": "temps"}, "passage_absent"),
        ({"passage": "Il pleut. Pourquoi", "code": "temps"}, "passage_absent"),
        ({"passage": "", "code": "temps"}, "passage_absent"),
        ({"passage": "C’est long.", "decision": "new"}, "no_code"),
        ({"passage": "C’est long.", "decision": "reject"}, "bad_new"),
        ({"passage": "C’est long.", "code": "tamps"}, "unknown_code"),
        ({"document": "e9", "passage": "C’est long.", "code": "temps"}, "unknown_document"),
        ({"passage": "C’est long.", "decision": "peut-être"}, "bad_decision"),
        ({"address": "1-2", "decision": "oui", "code": "temps"}, "bad_address"),
        ({"address": json.dumps({"text_hash": "0", "start": 1, "end": 2}), "decision": "oui", "code": "temps"}, "text_changed"),
        ({"address": json.dumps({"text_hash": TALK.text_hash, "start": 1, "end": 9999}), "decision": "oui", "code": "temps"}, "bad_address"),
        ({"address": json.dumps({"text_hash": TALK.text_hash, "start": 1, "end": 2}), "decision": "oui", "code": "gone"}, "code_gone"),
        ({"address": json.dumps({"text_hash": TALK.text_hash, "start": 1, "end": 2}), "decision": "autre", "code": "aide"}, "no_other"),
        ({"address": json.dumps({"text_hash": TALK.text_hash, "start": 1, "end": 2}), "other_code": "aide", "code": "aide"}, "same_code"),
        ({"address": json.dumps({"text_hash": TALK.text_hash, "start": 1, "end": 2}), "decision": "new", "code": "aide"}, "not_a_row_of_its_own"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_row_and_nothing_is_written(kept, cells, key):
    good = row(document="e1", passage="C’est long.", code="temps")
    with pytest.raises(PeerqualError) as caught:
        answer(pd.concat([good, row(**{"document": "e1", **cells})], ignore_index=True), kept, where="codes.xlsx")
    assert caught.value.key == f"review_codes.{key}" and caught.value.line == 3 and not kept.exists()
    for lang in ("fr", "en"):
        assert caught.value.render(lang).startswith("codes.xlsx:3") and "\n" not in caught.value.render(lang)
        assert "pleut" not in caught.value.render(lang)


def test_a_changed_text_offers_update_and_an_unknown_code_its_neighbours(kept):
    changed = row(document="e1", decision="oui", code="aide", address=json.dumps({"text_hash": "0", "start": 1, "end": 2}))
    with pytest.raises(PeerqualError, match="peerqual update"):
        answer(changed, kept)
    with pytest.raises(PeerqualError, match="temps"):
        answer(row(document="e1", passage="C’est long.", code="tamps"), kept)


def test_where_words_are_said_twice_the_start_tells_which(kept):
    second = TALK.text.rindex("Il pleut.")
    answer(row(document="e1", passage="Il pleut.", code="temps", start=f"{second}.0"), kept)
    assert [one.start for one in decisions.read(kept)] == [second]


def test_memos_lie_apart_and_the_log_holds_no_words(kept):
    table = fill(fill(asked(kept), "espoir", decision="oui", memo="Très pudique."), "debout", memo="À revoir.")
    assert [answer(table, kept, "AM"), answer(table, kept, "AM")] == [1, 0]
    written = {(one.code, one.memo, one.coder) for one in memos_of(kept.with_suffix(".memos.jsonl"))}
    assert written == {("espoir", "Très pudique.", "AM"), ("aide", "À revoir.", "AM")}
    assert kept.with_suffix(".memos.jsonl").stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert not any(word in kept.read_text(encoding="utf-8") for word in ("pudique", "J'ai", "debout"))


def test_a_code_that_was_renamed_since_is_called_as_today(kept):
    table = fill(fill(asked(kept), "espoir", decision="oui"), "debout", decision="non")
    codes = [{"id": id, "label": {"fr": id}, "definition": {"fr": "…"}} for id in ("elan", "aide", "temps")]
    history = [{"at": "2026-01-01", "action": "rename", "code": "espoir", "into": ["elan"]}]
    today = Codebook.from_text(json.dumps({"peerqual": 1, "codes": codes, "history": history}))
    decide_codes(table, CORPUS, today, decisions=kept)
    assert sorted((one.verdict, one.code) for one in decisions.read(kept)) == [("accept", "elan"), ("reject", "aide")]
    with pytest.warns(CarriedCodes, match="elan"):
        left = review_codes(CODINGS, CORPUS, today, decisions=kept)
    assert set(left["code"]) == {"aide", "temps"}  # the aide that nobody has read


# --- as a file -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", ["codes.xlsx", "codes.csv"])
@pytest.mark.parametrize("blind", [False, True])
def test_read_back_is_what_was_written(kept, tmp_path, lang, name, blind):
    table = asked(kept, blind=blind)
    write_sheet(table, tmp_path / name, lang=lang)
    back = read_sheet(tmp_path / name)
    assert list(back.columns) == list(table.columns)
    for column in set(table.columns) - {"start", "end", "score"}:
        assert list(back[column]) == list(table[column])
    assert answer(fill(back, "=1+1", **({"codes": "aide"} if blind else {"decision": "accept"})), kept) == 1 + blind


def test_another_suffix_is_refused(kept, tmp_path):
    with pytest.raises(UsageError):
        write_sheet(asked(kept), tmp_path / "codes.ods")


def test_the_words_around_a_passage():
    start = TALK.text.index("L'aide")
    before, after = around(TALK, start, start + len("L'aide me tient debout."))
    assert before == "Q : Et le groupe ? / A : J'ai de l'espoir. Il pleut." and after == "Il pleut. / Q : Pourquoi ?"


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_words_of_a_turn_are_found_where_they_are(data):
    turn = data.draw(st.sampled_from(TALK.turns))
    start = data.draw(st.integers(turn.start, turn.end - 1))
    end = data.draw(st.integers(start + 1, turn.end))
    words = TALK.text[start:end]
    if words.strip():
        low = start + len(words) - len(words.lstrip())
        assert (low, low + len(words.strip())) in places(TALK, f" {words}\n")


# --- blind -----------------------------------------------------------------------------------------------------------------------


def test_blind_shows_no_suggestion_and_draws_both_kinds(kept):
    table = asked(kept, blind=True, limit=4, silences=0.5)
    assert not {"code", "score", "support", "label", "verdicts"} & set(table.columns) and len(table) == 4
    assert set(table["codes"]) == {""} and not any(id in " ".join(table["address"]) for id in ("espoir", "aide", "temps"))
    coded = table["passage"].isin(CODINGS["text"])
    assert coded.sum() == 2
    pd.testing.assert_frame_equal(table, asked(kept, blind=True, limit=4))
    assert any(list(asked(kept, blind=True, limit=4, seed=n)["id"]) != list(table["id"]) for n in range(1, 5))
    assert not asked(kept, blind=True, silences=1.0)["passage"].isin(CODINGS["text"]).any()
    assert asked(kept, blind=True, silences=0.0)["passage"].isin(CODINGS["text"]).all()
    assert not asked(kept, blind=True, limit=99)["passage"].str.contains("Pourquoi").any()  # what is not coded is not judged


def test_what_was_judged_blind_is_recorded_with_codes_and_without(kept):
    table = fill(fill(asked(kept, blind=True, limit=99), "debout", codes="aide, espoir"), "Rien à", codes=" – ")
    assert answer(table, kept, "B") == 4
    assert answer(table, kept, "B") == 0
    units = judged_units(kept)
    assert list(units.columns) == ["document", "text_hash", "start", "end", "coder", "blind", "codes"]
    words = [CORPUS.by_id()[one.document].text[one.start : one.end] for one in units.itertuples()]
    assert dict(zip(words, units["codes"], strict=True)) == {"L'aide me tient debout.": "aide espoir", "Rien à dire.": ""}
    assert units["blind"].all() and set(units["coder"]) == {"B"}
    left = asked(kept, blind=True, limit=99, coder="B")["passage"]
    assert not left.str.contains("debout|Rien", regex=True).any()
    assert len(asked(kept, blind=True, limit=99, coder="C")) == len(left) + 2


def test_who_judges_again_takes_back_what_is_not_given_now(kept):
    table = asked(kept, blind=True, limit=99)
    answer(fill(table, "debout", codes="aide espoir"), kept)
    answer(fill(table, "debout", codes="temps"), kept)
    assert list(judged_units(kept)["codes"]) == ["temps"]
    undo_codes(kept)
    assert list(judged_units(kept)["codes"]) == ["aide espoir"]


def test_who_judged_a_sentence_without_a_code_has_rejected_it(kept):
    answer(fill(asked(kept, blind=True, limit=99), "debout", codes="-"), kept, "B")
    assert statuses(kept)["aide", "L'aide me tient debout."] == "rejected"
    answer(fill(asked(kept, coder="A"), "debout", decision="oui"), kept, "A")
    assert statuses(kept)["aide", "L'aide me tient debout."] == "proposed"
    assert list(disputed_codes(kept)["verdicts"]) == ["A: accept · B: reject"]


# --- undo, merge, disputes ------------------------------------------------------------------------------------------------------


def test_undo_brings_the_verdict_before_back_and_the_log_only_grows(kept):
    for said in ("accept", "reject"):
        decisions.record(kept, verdict("J'ai de l'espoir.", said))
    before = kept.read_bytes()
    assert list(code_decisions(kept)["verdict"]) == ["reject"]
    assert undo_codes(kept) == 2 and statuses(kept)["espoir", "J'ai de l'espoir."] == "accepted"
    assert undo_codes(kept) == 1 and statuses(kept)["espoir", "J'ai de l'espoir."] == "proposed"
    assert kept.read_bytes().startswith(before)
    for number in (0, 7):
        with pytest.raises(UsageError):
            undo_codes(kept, number)


def test_two_logs_become_one_and_disputes_are_listed(kept, tmp_path):
    other = tmp_path / "other.jsonl"
    for path in (kept, other):
        decisions.record(path, verdict("J'ai de l'espoir.", "accept", "A"))
    decisions.record(other, verdict("J'ai de l'espoir.", "reject", "B"))
    decisions.record(other, verdict("L'aide me tient debout.", "add", "B", "aide"))
    n, disputes = merge_codes(kept, other)
    assert n == 2 and list(disputes["code"]) == ["espoir"] and disputes["verdicts"][0] == "A: accept · B: reject"
    assert merge_codes(kept, other)[0] == 0
    assert statuses(kept)["espoir", "J'ai de l'espoir."] == "proposed" and statuses(kept)["aide", "L'aide me tient debout."] == "accepted"
    (dispute,) = asked(kept, disputes=True).to_dict("records")
    assert dispute["verdicts"] == "A: accept · B: reject"
    answer(fill(asked(kept, disputes=True), "espoir", decision="rejeter"), kept, "A")
    assert statuses(kept)["espoir", "J'ai de l'espoir."] == "rejected" and disputed_codes(kept).empty
    assert asked(kept, disputes=True).empty


def test_one_coders_logs_from_two_machines_are_in_the_order_of_time(kept, tmp_path):
    other = tmp_path / "other.jsonl"
    decisions.record(kept, verdict("J'ai de l'espoir.", "reject", "A", at="2026-01-02T00:00:00+00:00"))
    decisions.record(other, verdict("J'ai de l'espoir.", "accept", "A", at="2026-01-01T00:00:00+00:00"))
    merge_codes(kept, other)
    assert statuses(kept)["espoir", "J'ai de l'espoir."] == "rejected"


def test_two_coders_without_names_are_not_taken_for_one(kept, tmp_path):
    other = tmp_path / "other.jsonl"
    decisions.record(kept, verdict("J'ai de l'espoir.", "accept"))
    decisions.record(other, verdict("J'ai de l'espoir.", "reject"))
    before = kept.read_bytes()
    with pytest.raises(PeerqualError, match="--coder"):
        merge_codes(kept, other)
    assert kept.read_bytes() == before
    assert len(merge_codes(kept, other, coder="B")[1]) == 1


VERDICTS = st.sampled_from(["accept", "reject", "add", "undo"])


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["espoir", "aide"]), VERDICTS), max_size=12))
@settings(max_examples=50, deadline=None)
def test_what_stands_is_what_a_pile_for_each_coder_and_address_leaves(tmp_path_factory, said):
    path = tmp_path_factory.mktemp("logs") / "d.jsonl"
    path.touch()
    piles = {}
    for n, (coder, name, given_) in enumerate(said):
        decisions.record(path, verdict("Il pleut.", given_, coder, name, at=f"2026-01-01T00:00:{n:02}+00:00"))
        pile = piles.setdefault((coder, name), [])
        if given_ == "undo":
            pile[-1:] = []
        else:
            pile.append(given_)
    found = {(one.coder, one.code): one.verdict for one in log.last(log.standing(path)).values()}
    assert found == {key: pile[-1] for key, pile in piles.items() if pile}
    for at, settled in settle(decisions.read(path)).items():
        yes = {piles[coder, at[4]][-1] != "reject" for coder in "AB" if piles.get((coder, at[4]))}
        assert bool(settled.verdict) == (len(yes) == 1)


def test_logs_of_before_are_read(kept):
    kept.write_text(
        json.dumps(
            {"kind": "coding", "document": "e1", "text_hash": "0", "start": 1, "end": 2, "code": "c", "verdict": "accept", "coder": "", "at": ""}
        )
        + "\n",
        encoding="utf-8",
    )
    assert decisions.read(kept) == [Decision("e1", "0", 1, 2, "c", "accept", "", "")]


def test_decisions_on_other_texts_and_codes_are_named_at_a_run(kept):
    decisions.record(kept, verdict("J'ai de l'espoir.", "accept", code="gone"))
    with pytest.raises(PeerqualError, match="gone"):
        decisions.replayed(CODINGS, kept, CORPUS, BOOK)
    undo_codes(kept)
    decisions.record(kept, Decision("e2", "0" * 64, 1, 2, "aide", "accept", "", ""))
    with pytest.warns(decisions.OutdatedDecisions, match="e2"):
        decisions.replayed(CODINGS, kept, CORPUS, BOOK)


# --- order ------------------------------------------------------------------------------------------------------------------------

CANDIDATES = st.lists(st.tuples(st.floats(0, 1), st.sampled_from("abc"), st.sampled_from("PQR")), max_size=60)


def candidates(made):
    return [Candidate(score, code, who, ("e", n, n + 1)) for n, (score, code, who) in enumerate(made)]


@given(CANDIDATES, st.sampled_from(["uncertainty", "interview", "random"]), st.integers(0, 3))
@settings(max_examples=80, deadline=None)
def test_an_order_is_a_permutation_its_limit_a_beginning(made, how, seed):
    found = order(candidates(made), how, seed=seed)
    assert sorted(found) == list(range(len(made)))
    assert order(candidates(made), how, seed=seed, limit=5) == found[:5]
    mixed = candidates(made)
    numbers = list(range(len(made)))
    random.Random(seed).shuffle(numbers)
    again = order([mixed[n] for n in numbers], how, seed=seed)
    assert [mixed[numbers[n]].place for n in again] == [mixed[n].place for n in found]  # however the table is sorted


@given(CANDIDATES)
@settings(max_examples=80, deadline=None)
def test_no_code_is_asked_ten_times_in_a_row_while_others_are_left(made):
    found = [made[n] for n in order(candidates(made))]
    for start in range(len(found) - 10):
        run = found[start : start + 10]
        if len({code for _, code, _ in run}) == 1:
            others = [one for one in found[start + 9 :] if one[1] != run[0][1]]
            assert not others


def test_the_least_sure_come_first():
    found = order(candidates([(0.9, "a", "P"), (0.5, "a", "P"), (0.7, "b", "Q"), (0.2, "c", "R")]))
    assert found == [1, 2, 3, 0]
    scores = [(score / 100, code, who) for score, (code, who) in zip(range(50, 100), itertools.cycle([("a", "P"), ("b", "Q")]), strict=False)]
    assert sum(scores[n][0] for n in order(candidates(scores))[:10]) < sum(scores[n][0] for n in order(candidates(scores), "random")[:10])


def test_what_is_chosen_is_what_is_shown(kept):
    assert set(asked(kept, codes=["aide"])["code"]) == {"aide"}
    assert set(asked(kept, documents=["e2"])["document"]) == {"e2"}
    assert list(asked(kept, order="interview")["start"]) == [*sorted(CODINGS[CODINGS["document"] == "e1"]["start"]), CODINGS["start"].iloc[-1]]
    with pytest.raises(PeerqualError):
        asked(kept, codes=["gone"])
    with pytest.raises(PeerqualError, match="e9"):
        asked(kept, documents=["e9"])
    with pytest.raises(PeerqualError):
        asked(kept, order="best")
