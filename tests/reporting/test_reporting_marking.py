"""From codings to stretches of text: nothing is lost, nothing is said twice, every passage begins once."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting_corpus import CODINGS, CORPUS

from peerqual.model import Corpus, Transcript, Turn
from peerqual.reporting.html.documents import blocks
from peerqual.reporting.html.marking import Mark, Passage, mark, passages, said, slugs, stretches, within

TEXT = "J'y crois encore, vraiment, et on boit un café chaque mardi."


def passage(number: int, start: int, end: int, *evidence: tuple[int, int]) -> Passage:
    return Passage(f"d.{start}-{end}", number, start, end, (Mark(f"code{number}", "proposed", "+", 0.6, "", (), evidence),))


spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).filter(lambda span: span[0] < span[1])


@settings(max_examples=60, deadline=None)
@given(spans, st.lists(st.tuples(spans, spans), max_size=6), st.lists(spans, max_size=2))
def test_stretches_are_the_words_each_once_under_all_their_passages(block, coded, skips):
    start, end = block
    found = [passage(i, a, b, support) for i, ((a, b), support) in enumerate(coded) if a < end and b > start]
    made = stretches(TEXT, start, end, found, skips=skips)
    assert "".join(piece.text for stretch in made for piece in stretch.pieces) == TEXT[start:end]
    at = start
    for stretch in made:
        for piece in stretch.pieces:
            for i in range(at, at + len(piece.text)):
                assert {p.number for p in stretch.passages} == {p.number for p in found if p.start <= i < p.end}
                assert piece.skip == any(a <= i < b for a, b in skips)
                supported = {p.marks[0].code for p in stretch.passages if any(a <= i < b for a, b in p.marks[0].evidence)}
                assert set(piece.supports) == (set() if piece.skip else supported)
            at += len(piece.text)
    opened = [p.number for stretch in made for p in stretch.opens]
    assert sorted(opened) == sorted({p.number for stretch in made for p in stretch.passages})


@settings(max_examples=60, deadline=None)
@given(spans, st.lists(spans, max_size=8))
def test_within_finds_what_touches(block, coded):
    found = [passage(i, *span) for i, span in enumerate(sorted(coded, key=lambda span: (span[0], -span[1])))]
    longest = max((p.end - p.start for p in found), default=0)
    assert within(found, *block, longest) == [p for p in found if p.start < block[1] and p.end > block[0]]


def test_one_span_is_one_passage_and_the_strongest_status_of_a_code_stands():
    rows = CODINGS[CODINGS["code"] == "parrainage"].head(1)
    again = pd.concat([rows, rows.assign(status="accepted"), rows.assign(status="rejected"), rows.assign(code="espoir", status="rejected")])
    found = passages(again, CORPUS)["E01"]
    assert [(len(p.marks), p.marks[0].status) for p in found] == [(1, "accepted")]


def test_passages_are_distinct_spans_in_the_order_of_the_text():
    for document, found in passages(CODINGS, CORPUS).items():
        own = CODINGS[CODINGS["document"] == document]
        assert [(p.start, p.end) for p in found] == sorted(set(zip(own["start"], own["end"], strict=True)))
        assert sum(len(p.marks) for p in found) == len(own)


@pytest.mark.parametrize(
    ("evidence", "qualifiers", "score"),
    [("[[3, 5]]", "negated|question", "0.6"), ([[3, 5]], ("negated", "question"), 0.6), (((3, 5),), "question; negated", 0.6)],
)
def test_cells_may_come_from_a_table_or_from_its_csv(evidence, qualifiers, score):
    made = mark("espoir", "proposed", "-", score, "espoir.1", qualifiers, evidence)
    assert (made.evidence, made.qualifiers, made.score) == (((3, 5),), ("negated", "question"), 0.6)


@pytest.mark.parametrize("empty", ["", None, float("nan")])
def test_what_a_person_added_has_neither_score_nor_rule(empty):
    made = mark("espoir", "added", "+", empty, empty, empty, empty)
    assert (made.evidence, made.qualifiers, made.score, made.rule) == ((), (), None, "")


def test_addresses_are_safe_and_unlike():
    ids = ["E 1", "E_1", "E/1", "é", "É", "E_1_", ""]
    made = slugs(Corpus(tuple(Transcript(id, "x") for id in ids)))
    assert len(set(made.values())) == len(ids)
    assert all(slug and slug.isascii() and not set(slug) & set(" .?#%/\"'<>&") for slug in made.values())


def test_words_to_quote_leave_time_codes_out_and_keep_supporting_words():
    text = "R : J'y [00:01:02] crois."
    transcript = Transcript("E", text, (Turn("R", None, "respondent", 4, len(text), skips=((8, 18),)),))
    pieces = said(transcript, 4, len(text), [(4, 7), (19, 24)])
    assert "".join(piece.text for piece in pieces) == "J'y  crois."
    assert [piece.text for piece in pieces if piece.supports] == ["J'y", "crois"]


LAID = Transcript(
    "E",
    "Corpus : fictif\nLieu : ici\n\nQ :\nÇa va ?\nR : Oui.\nEt non.\n",
    (Turn("Q", None, "interviewer", 32, 39), Turn("R", None, "respondent", 44, 56)),
    material="interview",
)


def words(block) -> str:
    return "".join(piece.text for stretch in block.stretches for piece in stretch.pieces)


def test_words_of_the_turn_before_that_support_a_passage_say_so():
    """To answer a confession with a like one of one's own is a code: the confession is among the supporting words."""
    answer = passage(1, 44, 56, (32, 34), (44, 47))
    made = blocks(LAID, (answer,), "e")
    bold = [(piece.text, piece.supports, piece.far) for block in made for stretch in block.stretches for piece in stretch.pieces if piece.supports]
    assert bold == [("Ça", ("code1",), (1,)), ("Oui", ("code1",), ())]


def test_header_is_shown_without_the_label_of_the_first_turn():
    made = blocks(LAID, (), "e")
    assert [words(block) for block in made] == ["Corpus : fictif\nLieu : ici", "Ça va ?", "Oui.\nEt non."]
    assert [block.id for block in made] == ["", "e.t1", "e.t2"]


def test_a_passage_over_two_turns_begins_once_and_one_in_a_label_is_shown():
    wide, label = passage(1, 35, 48), passage(2, 40, 43)
    made = blocks(LAID, (wide, label), "e")
    assert [words(block) for block in made][2] == "\nR :"
    opens = [p.number for block in made for stretch in block.stretches for p in stretch.opens]
    assert opens == [1, 2]
    under = [[p.number for stretch in block.stretches for p in stretch.passages] for block in made]
    assert under == [[], [1], [1, 1, 2], [1]]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_notes_are_shown_by_paragraph(gap):
    text = f"Il pleut.{gap}La salle est pleine.{gap}On attend."
    transcript = Transcript("N", text, (Turn("", None, "researcher", 0, len(text)),), material="field_notes")
    made = blocks(transcript, (), "n")
    assert [words(block) for block in made] == ["Il pleut.", "La salle est pleine.", "On attend."]
    assert [(block.id, block.first) for block in made] == [("n.t1", True), ("", False), ("", False)]
    assert gap.join(words(block) for block in made) == text
