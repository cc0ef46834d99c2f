from __future__ import annotations

import itertools

import pytest
from analysis_corpus import BOOK, CODINGS, CORPUS, E1, E2, G1, N1, coding, frame, span
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.analysis import cooccurrence, positions
from peerqual.analysis.ground import WORD
from peerqual.errors import PeerqualError
from peerqual.model import Corpus

LEAVES = ["souffrance", "souffrance_soins", "souffrance_sociale", "espoir", "parrainage"]


def pair(table, code_a, code_b):
    row = table[(table["code_a"] == code_a) & (table["code_b"] == code_b)]
    assert len(row) == 1
    return int(row["count"].iloc[0]), float(row["jaccard"].iloc[0])


def test_sentences_with_two_codes_by_hand():
    codings = frame(
        coding(E1, "Les cachets m'assommaient.", "souffrance_soins"),
        coding(E1, "J'y crois encore, vraiment.", "espoir"),
        coding(E1, "J'y crois encore, vraiment.", "souffrance_sociale"),
        coding(E2, "J'ai plus d'espoir.", "espoir"),
        coding(E2, "J'ai plus d'espoir.", "parrainage", "rejected"),
    )
    table = cooccurrence(codings, CORPUS, codebook=BOOK)
    assert list(table.columns) == ["code_a", "code_b", "count", "jaccard", "count_a", "count_b", "units", "lift"]
    assert (table["code_a"] < table["code_b"]).all()
    assert pair(table, "espoir", "souffrance_sociale") == (1, 0.5)
    assert pair(table, "espoir", "souffrance") == (1, pytest.approx(1 / 3))  # a child counts as its parent
    assert pair(table, "espoir", "parrainage") == (0, 0.0)
    assert pair(table, "espoir", "souffrance_soins") == (0, 0.0)
    # In the same turn they do meet.
    assert pair(cooccurrence(codings, CORPUS, unit="turn", codebook=BOOK), "espoir", "souffrance_soins") == (1, 0.5)


def test_a_code_and_its_own_parent_are_no_pair():
    table = cooccurrence(CODINGS, CORPUS, codebook=BOOK)
    assert not ((table["code_a"] == "souffrance") & table["code_b"].str.startswith("souffrance_")).any()
    assert len(table) == 5 * 4 // 2 - 2


def test_a_wider_passage_meets_each_sentence_inside_it():
    start, end = E1.turns[1].start, E1.turns[1].end  # two sentences
    wide = frame(span(E1, start, end, "parrainage", "added"), coding(E1, "J'y crois encore, vraiment.", "espoir"))
    assert pair(cooccurrence(wide, CORPUS, codebook=BOOK), "espoir", "parrainage") == (1, 0.5)


def test_no_codings_and_unknown_unit():
    table = cooccurrence(frame(), CORPUS, codebook=BOOK)
    assert len(table) == 8 and not table["count"].any() and not table["jaccard"].any()
    with pytest.raises(PeerqualError, match="sentence"):
        cooccurrence(CODINGS, CORPUS, unit="paragraph", codebook=BOOK)


SPAN = st.tuples(st.integers(0, 3), st.integers(0, 200), st.integers(1, 60), st.sampled_from(LEAVES))


def drawn(spans):
    rows = []
    for document, start, length, code in spans:
        transcript = CORPUS[document]
        start = start % (len(transcript.text) - 1)
        rows.append(span(transcript, start, min(start + length, len(transcript.text)), code))
    return frame(*rows)


def family(code):
    return {code, "souffrance"} if code.startswith("souffrance") else {code}


@settings(deadline=None, max_examples=30)
@given(st.lists(SPAN, max_size=10))
def test_turns_with_two_codes_against_an_oracle(spans):
    codings = drawn(spans)
    units = []
    for transcript in CORPUS:
        own = codings[codings["document"] == transcript.id]
        for turn in transcript.turns:
            touching = own[(own["start"] < turn.end) & (own["end"] > turn.start)]
            units.append(set().union(*(family(code) for code in touching["code"])))
    table = cooccurrence(codings, CORPUS, unit="turn", codebook=BOOK)
    check(table, units)
    heard = [turn.role != "interviewer" for transcript in CORPUS for turn in transcript.turns]
    assert set(table["units"]) == {sum(bool(unit) or coded for unit, coded in zip(units, heard, strict=True))}


@settings(deadline=None, max_examples=30)
@given(st.lists(SPAN, max_size=10))
def test_pieces_with_two_codes_against_an_oracle(spans):
    codings = drawn(spans)
    units = []
    for transcript in CORPUS:
        own = codings[codings["document"] == transcript.id]
        words = [found.start() for turn in transcript.turns for found in WORD.finditer(transcript.text, turn.start, turn.end)]
        cuts = sorted(set(own["start"]) | set(own["end"]))
        for left, right in itertools.pairwise(cuts):
            if any(left <= at < right for at in words):
                over = own[(own["start"] <= left) & (own["end"] >= right)]
                units.append(set().union(*(family(code) for code in over["code"])))
    check(cooccurrence(codings, CORPUS, codebook=BOOK), units)


def check(table, units):
    for code_a, code_b, count, jaccard, count_a, count_b, total, lift in table.itertuples(index=False):
        assert (count_a, count_b) == (sum(code_a in unit for unit in units), sum(code_b in unit for unit in units))
        if count_a and count_b:
            assert lift == pytest.approx(count / total / (count_a / total * count_b / total))
        else:
            assert lift != lift
        both = sum(code_a in unit and code_b in unit for unit in units)
        either = sum(code_a in unit or code_b in unit for unit in units)
        assert count == both and jaccard == pytest.approx(both / either if either else 0)


def test_positions_by_hand():
    table = positions(CODINGS, CORPUS)
    assert list(table.columns) == ["code", "document", "material", "start", "end", "at", "width", "polarity", "status"]
    assert len(table) == (CODINGS["status"] != "rejected").sum()
    # E1: 3 + 7 + 3 + 4 words, questions included; the last turn is the last 4 of 17.
    last = table[(table["document"] == "E1") & (table["code"] == "souffrance_sociale")].iloc[0]
    assert (last["at"], last["width"]) == (pytest.approx(13 / 17), pytest.approx(4 / 17))
    notes = table[table["document"] == "N1"].iloc[0]
    assert (notes["at"], notes["width"], notes["material"]) == (0.0, 1.0, "field_notes")
    lost = table[table["polarity"] == "-"]
    assert lost["document"].tolist() == ["E2"] and lost["status"].tolist() == ["accepted"]


@settings(deadline=None, max_examples=30)
@given(st.lists(SPAN, max_size=10))
def test_positions_lie_inside_their_document_and_are_as_many_as_codings(spans):
    codings = drawn(spans)
    table = positions(codings, CORPUS)
    assert len(table) == len(codings)
    assert (table["at"] >= 0).all() and (table["at"] + table["width"] <= 1 + 1e-9).all()
    back = set(zip(table["document"], table["start"], table["end"], table["code"], strict=True))
    assert back == set(zip(codings["document"], codings["start"], codings["end"], codings["code"], strict=True))


def test_positions_need_no_codebook_and_no_codings():
    assert len(positions(frame(), CORPUS)) == 0
    assert len(positions(frame(coding(G1, "J'y crois.", "an_unheard_code")), Corpus((G1, N1)))) == 1
