"""Neighbouring sentences of one code are one passage."""

from coding_books import rule
from hypothesis import given
from hypothesis import strategies as st

from peerqual import Corpus, Transcript
from peerqual.coding import code
from peerqual.coding.merging import merged
from peerqual.model import Coding


def passages(text, **rules):
    found = code(Transcript("d", text), rule(**rules or {"lemmas": "espoir"}))
    return [(text[c.start : c.end], c.polarity, c.qualifiers, [text[a:b] for a, b in c.evidence]) for c in found]


def test_sentences_in_a_row_are_one_passage_with_the_words_of_all():
    assert passages("L'espoir tient. Un espoir fou ! Bon. L'espoir.") == [
        ("L'espoir tient. Un espoir fou !", "+", (), ["espoir", "espoir"]),
        ("L'espoir.", "+", (), ["espoir"]),
    ]


def test_hope_lost_and_hope_found_stay_two():
    assert [(words, sign) for words, sign, *_ in passages("J'ai plus d'espoir. L'espoir revient.")] == [
        ("J'ai plus d'espoir.", "-"),
        ("L'espoir revient.", "+"),
    ]


def test_what_is_said_of_the_whole_holds_in_every_part():
    assert passages("Mon frère a de l'espoir. L'espoir ?")[0][2] == ()
    assert passages("L'espoir ? Quel espoir ?")[0][2] == ("question",)


def test_turns_stay_apart():
    import peerqual as pq
    from peerqual.model import Turn

    text = "A : L'espoir.\nB : L'espoir."
    turns = (Turn("A", "", "respondent", 4, 13), Turn("B", "", "respondent", 18, 27))
    found = pq.coding.code(Corpus((Transcript("d", text, turns),)), rule(lemmas="espoir"))
    assert [(c.start, c.end) for c in found] == [(4, 13), (18, 27)]


@given(st.sets(st.tuples(st.integers(0, 12), st.sampled_from("ab"), st.sampled_from("+-"))))
def test_every_sentence_stays_covered_and_no_other(told):
    places = [(n, 10 * n, code, sign) for n, code, sign in told]
    made = merged((n, Coding("d", at, at + 9, code, "rule", "r", n / 20, polarity=sign, evidence=((at, at + 2),))) for n, at, code, sign in places)
    covered = [(n, c.code, c.polarity) for c in made for n in range(c.start // 10, c.end // 10 + 1)]
    assert sorted(covered) == sorted(told)
    assert all((c.end + 1, c.code, c.polarity) not in {(o.start, o.code, o.polarity) for o in made} for c in made)
    assert all(len(c.evidence) == c.end // 10 - c.start // 10 + 1 for c in made)
