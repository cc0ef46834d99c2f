from __future__ import annotations

import itertools
from collections import Counter

import pytest
from analysis_corpus import BOOK, CODINGS, CORPUS, E1, E2, G1, coding, frame, made, span
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.analysis import code_answers, code_neighbours, code_sequences, negative_cases
from peerqual.analysis.ground import WORD
from peerqual.errors import PeerqualError
from peerqual.model import Corpus

LEAVES = ["souffrance", "souffrance_soins", "souffrance_sociale", "espoir", "parrainage"]
SPANS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 200), st.integers(1, 60), st.sampled_from(LEAVES)), max_size=12)


def drawn(spans):
    rows = []
    for document, start, length, code in spans:
        transcript = CORPUS[document]
        start = start % (len(transcript.text) - 1)
        rows.append(span(transcript, start, min(start + length, len(transcript.text)), code))
    return frame(*rows)


def family(code):
    return {code, "souffrance"} if code.startswith("souffrance") else {code}


def words_of(transcript):
    return [found.start() for turn in transcript.turns for found in WORD.finditer(transcript.text, turn.start, turn.end)]


@settings(deadline=None, max_examples=40)
@given(SPANS, st.integers(0, 12))
def test_neighbours_against_an_oracle(spans, within):
    codings = drawn(spans)
    table = code_neighbours(codings, CORPUS, within=within, codebook=BOOK)
    words = {transcript.id: words_of(transcript) for transcript in CORPUS}
    found = {(row.document, row.start, row.end, code) for row in codings.itertuples() for code in family(row.code)}

    def count(places, at):
        return sum(place < at for place in places)

    def apart(a, b):
        if a[0] != b[0]:
            return None
        between = [count(words[a[0]], right) - count(words[a[0]], left) for left, right in ((a[2], b[1]), (b[2], a[1]))]
        return max(0, *between)

    def near(a, b):
        return sum(any(apart(p, q) is not None and apart(p, q) <= within for q in found if q[3] == b) for p in found if p[3] == a)

    for row in table.itertuples():
        totals = (sum(p[3] == row.code_a for p in found), sum(p[3] == row.code_b for p in found))
        assert (row.passages_a, row.passages_b) == totals
        assert (row.near_a, row.near_b) == (near(row.code_a, row.code_b), near(row.code_b, row.code_a))
        assert row.share == pytest.approx((row.near_a + row.near_b) / sum(totals) if sum(totals) else 0)


def test_neighbours_do_not_reach_into_the_next_document():
    codings = frame(coding(E1, "Ils sont tous partis.", "souffrance"), coding(E2, "J'ai plus d'espoir.", "espoir"))
    assert not code_neighbours(codings, CORPUS, within=10_000, codebook=BOOK)["near_a"].any()
    with pytest.raises(PeerqualError, match="0"):
        code_neighbours(codings, CORPUS, within=-1, codebook=BOOK)


@settings(deadline=None, max_examples=40)
@given(SPANS, st.sampled_from(["turn", "document"]))
def test_sequences_against_an_oracle(spans, unit):
    codings = drawn(spans)
    table = code_sequences(codings, CORPUS, unit=unit)
    moves, leading, led, steps = Counter(), Counter(), Counter(), 0
    for transcript in CORPUS:
        places = {}
        for row in codings[codings["document"] == transcript.id].itertuples():
            inside = [i for i, turn in enumerate(transcript.turns) if row.start < turn.end and turn.start < row.end]
            if inside or unit == "document":
                places.setdefault((inside[0] if unit == "turn" else 0, row.start), set()).add(row.code)
        for (one, first), (two, second) in itertools.pairwise(sorted(places.items(), key=lambda item: item[0][1])):
            if one[0] == two[0]:
                steps += 1
                moves.update(itertools.product(first, second))
                leading.update(first)
                led.update(second)
    assert {(row.code_from, row.code_to): row.count_ for row in table.rename(columns={"count": "count_"}).itertuples()} == dict(moves)
    for row in table.itertuples():
        assert (row.from_total, row.to_total, row.steps) == (leading[row.code_from], led[row.code_to], steps)
        assert row.share == pytest.approx(moves[row.code_from, row.code_to] / leading[row.code_from])


TALK = made(
    "T",
    "group",
    ("A", "respondent", "Un.", "p1"),
    ("A", "respondent", "Deux.", "p1"),
    ("Q", "interviewer", "Oui ?", None),
    ("B", "respondent", "Trois.", "p2"),
    ("A", "respondent", "Quatre.", "p1"),
    ("Q", "interviewer", "Et ?", None),
    ("A", "respondent", "Cinq.", "p1"),
)


def test_the_next_voice_answers_over_an_interviewers_words():
    codings = frame(coding(TALK, "Un.", "espoir"), coding(TALK, "Trois.", "parrainage"), coding(TALK, "Cinq.", "souffrance"))
    table = code_answers(codings, Corpus((TALK, E1)))
    # Three speeches: one and two, three, four and five; E1 has one voice.
    assert table[["code_from", "code_to", "count", "from_total", "to_total", "steps"]].to_numpy().tolist() == [
        ["espoir", "parrainage", 1, 1, 1, 2],
        ["parrainage", "souffrance", 1, 1, 1, 2],
    ]
    assert table["lift"].tolist() == [2.0, 2.0]


def test_nothing_answers_in_an_interview_of_two_nor_across_documents():
    assert code_answers(frame(coding(E1, "J'y crois encore, vraiment.", "espoir"), coding(E1, "Ils sont tous partis.", "espoir")), CORPUS).empty
    assert code_answers(frame(), CORPUS).empty and code_sequences(frame(), CORPUS).empty
    with pytest.raises(PeerqualError, match="document"):
        code_sequences(CODINGS, CORPUS, unit="page")


def test_negative_cases_by_hand():
    table = negative_cases(CODINGS, CORPUS, BOOK, most=0.5)
    group = table[table["material"] == "group"]
    # In the group, p1 speaks hope, p3 and Z do not: 1 of the 2 others of each.
    hope = group[group["code"] == "espoir"]
    assert hope["participant"].tolist() == ["p3", "G1:Z"] and set(hope["share"]) == {0.5}
    assert hope["documents"].tolist() == ["G1", "G1"] and hope["words"].tolist() == [3, 6]
    # All who are interviewed speak hope: no case. Of suffering p2 is the case.
    interviews = table[table["material"] == "interview"]
    assert "espoir" not in set(interviews["code"])
    assert interviews[interviews["code"] == "souffrance"]["participant"].tolist() == ["p2"]
    assert not len(table[table["material"] == "field_notes"])


def test_negative_cases_ask_for_a_share_and_take_a_corpus_without_codes():
    assert negative_cases(frame(), CORPUS, BOOK).empty
    everyone = negative_cases(CODINGS, CORPUS, BOOK, most=1)
    assert set(everyone["material"]) == {"interview"}  # one of two: all the others
    with pytest.raises(PeerqualError, match="1"):
        negative_cases(CODINGS, CORPUS, BOOK, most=80)


def test_one_voice_alone_is_no_negative_case():
    alone = made("S", "interview", ("R", "respondent", "Bon.", "p9"))
    assert negative_cases(frame(coding(alone, "Bon.", "espoir")), Corpus((alone,)), BOOK, most=0).empty
    assert negative_cases(frame(), Corpus((G1,)), BOOK, most=0).empty
