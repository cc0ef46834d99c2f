from __future__ import annotations

import json

import pytest
from analysis_corpus import BOOK, CODINGS, CORPUS, E1, G1, coding, frame, made
from hypothesis import given
from hypothesis import strategies as st

from peerqual.analysis import excerpts, portrait
from peerqual.analysis.citing import CUT, cite, trimmed
from peerqual.analysis.ground import WORD
from peerqual.errors import PeerqualError
from peerqual.model import Corpus, Transcript, Turn

LONG = "On arrive. Il pleut un peu. Moi j'y crois. Et voilà tout."


def cut(words, at=0, text=LONG):
    return trimmed(Transcript("E05", text), 0, len(text), words=words, around=at)[0]


@pytest.mark.parametrize(
    ("words", "at", "shown"),
    [
        (20, 0, LONG),
        (2, 0, "On arrive. […]"),
        (3, 28, "[…] Moi j'y crois. […]"),
        (6, 28, "[…] Moi j'y crois. Et voilà tout."),
        (7, 41, "[…] Moi j'y crois. Et voilà tout."),
        (1, 0, "On […]"),
        (2, 14, "[…] Il pleut […]"),
    ],
)
def test_cut_at_sentences_around_the_words_that_matter(words, at, shown):
    assert cut(words, at) == shown


@given(st.integers(1, 15), st.integers(0, len(LONG) - 1))
def test_never_longer_than_asked_and_always_in_the_text(words, at):
    transcript = Transcript("E05", LONG)
    text, (start, end) = trimmed(transcript, 0, len(LONG), words=words, around=at)
    assert 0 < len(WORD.findall(LONG[start:end])) <= words
    assert text.replace(f"{CUT} ", "").replace(f" {CUT}", "") == LONG[start:end]


def test_cited_by_lines_of_the_text():
    text = "R : un\ndeux\ntrois\n"
    transcript = Transcript("E05", text, (Turn("R", None, "respondent", 4, 17),))
    assert cite(transcript, 4, 6) == "E05, l.\xa01" and cite(transcript, 7, 11) == "E05, l.\xa02"
    assert cite(transcript, 4, 12) == "E05, l.\xa01–2"  # ends with the break of line 2
    assert cite(transcript, 4, 17) == "E05, l.\xa01–3"


def test_the_list_of_excerpts():
    table = excerpts(CODINGS, CORPUS, BOOK, words=3)
    hope = table[table["code"] == "espoir"]
    assert set(hope["cited_in"]) == {""} and (table["words"] <= 3).all()
    long = table[table["document"] == "G1"].iloc[0]
    assert long["text"] == "Moi aussi, plus […]" and (long["words"], long["words_total"], long["cite"]) == (3, 6, "G1, l.\xa02")
    texts = CORPUS.by_id()
    for row in table.itertuples():
        assert texts[row.document].text[row.start : row.end].split() == row.text.replace(" […]", "").split()
    with pytest.raises(PeerqualError, match="1"):
        excerpts(CODINGS, CORPUS, BOOK, words=0)
    assert list(excerpts(frame(), CORPUS, BOOK).columns) == list(table.columns)


def test_what_supports_the_code_stays():
    told = made("E9", "interview", ("R", "respondent", "On arrive tôt. Il pleut fort. J'y crois enfin.", "p9"))
    row = coding(told, "On arrive tôt. Il pleut fort. J'y crois enfin.", "espoir")
    at = told.text.index("crois")
    row["evidence"] = json.dumps([[at, at + 5]])
    assert excerpts(frame(row), Corpus((told,)), BOOK, words=3)["text"].tolist() == ["[…] J'y crois enfin."]


def test_who_could_recognise_is_told_of_the_words_that_are_shown():
    told = made("E9", "interview", ("R", "respondent", "J'y crois. Ma jumelle a mis le feu à la grange.", "p9"))
    codings = frame(coding(told, "J'y crois. Ma jumelle a mis le feu à la grange.", "espoir"))
    whole, short = (excerpts(codings, Corpus((told,)), BOOK, words=n).iloc[0] for n in (50, 2))
    assert "jumelle" in whole["cues"] and "family" in whole["readers"]
    assert (short["text"], short["cues"], short["readers"]) == ("J'y crois. […]", "", "")


def test_portrait_of_an_interview_by_hand():
    table = portrait(CODINGS, CORPUS, "E1", BOOK).set_index("code")
    assert table.index.tolist() == ["souffrance", "souffrance_soins", "souffrance_sociale", "espoir"]
    hope = table.loc["espoir"]
    # 17 words, questions included: 3 + 3 before hope; 11 of hers, 4 in it.
    assert hope["first_at"] == hope["last_at"] == pytest.approx(6 / 17)
    assert (hope["words"], hope["words_total"], hope["passages"], hope["negative"]) == (4, 11, 1, 0)
    assert hope["tenth_4"] == 1 and hope[[f"tenth_{n}" for n in range(1, 11)]].sum() == 1
    assert (hope["participants"], hope["participants_total"]) == (2, 2)
    assert (hope["text"], hope["cite"]) == ("J'y crois encore, vraiment.", "E1, l.\xa02")


def test_portrait_of_a_participant_over_documents():
    table = portrait(CODINGS, CORPUS, "p1", BOOK).set_index("code")
    assert table.loc["espoir", "passages"] == 2 and table.loc["espoir", "words_total"] == 13
    assert table.loc["souffrance_sociale", "passages"] == 1  # what Z says in the group is not theirs
    assert table.loc["espoir", "last_at"] == pytest.approx((17 + 9) / 28)
    lost = portrait(CODINGS, CORPUS, "p2", BOOK).set_index("code")
    assert lost.loc["espoir", "negative"] == 1


def test_portrait_of_nobody_and_of_one_without_codes():
    with pytest.raises(PeerqualError, match="p8"):
        portrait(CODINGS, CORPUS, "p8", BOOK)
    assert portrait(frame(), CORPUS, "E1", BOOK).empty
    assert portrait(frame(coding(E1, "Ils sont tous partis.", "espoir")), CORPUS, G1.id, BOOK).empty
