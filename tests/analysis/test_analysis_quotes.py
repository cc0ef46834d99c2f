from __future__ import annotations

import pandas as pd
import pytest
from analysis_corpus import BOOK, CODINGS, CORPUS, E1, G1, N1, coding, frame, made, span
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.analysis import verbatims
from peerqual.model import Corpus, Transcript, Turn

LONG = "On se retrouve le jeudi et ça change la semaine numéro {}."


def talk(voices: dict[str, int], score: float = 0.5) -> tuple[Corpus, pd.DataFrame]:
    """Build one interview per voice, with as many passages of hope as said."""
    documents, rows = [], []
    for voice, passages in voices.items():
        document = made(f"I{voice}", "interview", *[("R", "respondent", LONG.format(i), voice) for i in range(passages)])
        documents.append(document)
        rows += [span(document, turn.start, turn.end, "espoir", score=score) for turn in document.turns]
    return Corpus(tuple(sorted(documents, key=lambda document: document.id))), frame(*rows)


def shown(voices: dict[str, int], per_code: int = 8) -> pd.DataFrame:
    corpus, codings = talk(voices)
    return verbatims(codings, corpus, BOOK, per_code=per_code)


@settings(deadline=None, max_examples=25)
@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), min_size=3), st.integers(3, 10))
def test_of_three_or_more_nobody_speaks_over_two_fifths(voices, per_code):
    table = shown(voices, per_code)
    assert 3 <= len(table) <= per_code
    assert table["participant"].value_counts().max() <= 0.4 * len(table)
    assert table["spread"].all() and (table["voices"] == len(voices)).all()
    assert table["rank"].tolist() == list(range(1, len(table) + 1))


def test_as_many_as_the_share_allows():
    assert len(shown({"a": 9, "b": 9, "c": 9})) == 8
    assert len(shown({"a": 9, "b": 1, "c": 1})) == 3  # 4 would need 2 of one voice: 50 %
    assert len(shown({"a": 9, "b": 9, "c": 1})) == 5


def test_one_of_each_voice_before_a_second_of_any():
    assert shown({"a": 5, "b": 5, "c": 5, "d": 5}, 8)["participant"].tolist() == ["a", "b", "c", "d"] * 2


def test_few_voices_are_said():
    table = shown({"a": 6, "b": 6})
    assert len(table) == 8 and not table["spread"].any() and set(table["voices"]) == {2}
    corpus, codings = talk({"a": 6, "b": 6, "c": 1, "d": 1})
    two = verbatims(codings[codings["participant"].isin(["a", "b"])], corpus, BOOK)
    assert len(two) == 2 and not two["spread"].any()  # others could have said it: two people do not stand for them


def test_higher_scores_and_whole_sentences_first():
    document = made("I", "interview", ("R", "respondent", "Oui. " + LONG.format(1) + " " + LONG.format(2) + " " + LONG.format(3), "p"))
    codings = frame(
        coding(document, "Oui.", "espoir", score=1.0),
        coding(document, LONG.format(1), "espoir", score=0.4),
        coding(document, LONG.format(2), "espoir", score=0.9),
        coding(document, LONG.format(3), "espoir", "added", score=float("nan")),
    )
    texts = verbatims(codings, Corpus((document,)), BOOK)["text"].tolist()
    assert texts == [LONG.format(3), LONG.format(2), LONG.format(1), "Oui."]


def test_columns_and_context_by_hand():
    table = verbatims(CODINGS, CORPUS, BOOK)
    first = table[(table["code"] == "espoir") & (table["document"] == "E1")].iloc[0]
    assert (first["text"], first["context_before"], first["context_after"]) == ("J'y crois encore, vraiment.", "Les cachets m'assommaient.", "")
    assert (first["participant"], first["speaker"], first["role"], first["material"]) == ("p1", "R", "respondent", "interview")
    assert E1.text[first["start"] : first["end"]] == first["text"]
    reply = table[(table["code"] == "souffrance_sociale") & (table["document"] == "G1")].iloc[0]
    assert reply["context_before"] == "Anim\u00a0: On commence doucement." and reply["participant"] == "G1:Z"
    assert N1.id in set(table[table["code"] == "souffrance"]["document"])
    assert "parrainage" not in set(table["code"])
    assert verbatims(frame(), CORPUS, BOOK).empty


def test_time_codes_and_line_breaks_are_not_quoted_and_thin_spaces_are():
    text = "R : c’est vrai\u202f? 00:01:02 oui\nvraiment, on y arrive"
    timed = Transcript("T", text, (Turn("R", "p", "respondent", 4, len(text), skips=((17, 25),)),), material="interview")
    table = verbatims(frame(span(timed, 4, len(text), "espoir")), Corpus((timed,)), BOOK)
    assert table["text"].tolist() == ["c’est vrai\u202f? oui vraiment, on y arrive"]


@pytest.mark.parametrize("order", [1, -1])
def test_the_choice_does_not_depend_on_the_order_of_codings(order):
    pd.testing.assert_frame_equal(verbatims(CODINGS.iloc[::order], CORPUS, BOOK), verbatims(CODINGS, CORPUS, BOOK))


def test_long_contexts_are_cut_between_words():
    document = made("I", "interview", ("R", "respondent", "mot " * 200 + "Voilà mon espoir à moi. " + "fin " * 200, "p"))
    row = verbatims(frame(coding(document, "Voilà mon espoir à moi.", "espoir")), Corpus((document,)), BOOK).iloc[0]
    assert row["context_before"].startswith("… mot") and row["context_after"].endswith("fin …") and len(row["context_before"]) < 250
    assert G1.id not in row["document"]
