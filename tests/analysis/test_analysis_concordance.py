from __future__ import annotations

import pytest
from analysis_corpus import BOOK, CODINGS, CORPUS, coding, frame, made
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.analysis import concordance
from peerqual.analysis.query import Both, Either, Near, Term, Without, parse
from peerqual.errors import PeerqualError
from peerqual.model import Corpus, Transcript, Turn


def hits(query, corpus=CORPUS, **options):
    return concordance(corpus, query, codebook=BOOK, **options)["hit"].tolist()


TALK = made(
    "T",
    "interview",
    ("Q", "interviewer", "Vous gardez espoir ?", None),
    ("R", "respondent", "L’Espoir, oui. J’ai plus\nd'espoir qu’avant, désespoir non.", "p1"),
    ("R", "respondent", "J'y croyais à peine. Ma sœur m'aidait, mon co\u0302te\u0301 pair-aidant.", "p1"),
)
ONE = Corpus((TALK,))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("espoir", ["espoir", "Espoir", "espoir"]),  # not « désespoir »
        ("ESPOIR", ["espoir", "Espoir", "espoir"]),
        ("desesp*", ["désespoir"]),
        ("d’espoir", ["d'espoir"]),
        ('"plus d\'espoir"', ["plus d'espoir"]),
        ("« plus d'espoir »", ["plus d'espoir"]),
        ('"oui j\'ai"', ["oui. J’ai"]),
        ("soeur", ["sœur"]),
        ("côté", ["co\u0302te\u0301"]),
        ("aid*", ["aidait", "aidant"]),
        ("lemme:croire", ["croyais"]),
        ("lemma:aider", ["aidait"]),
        ("lemma:courir", []),
        ("espoir NEAR/2 avant", ["espoir qu’avant"]),
        ("avant PRES/1 plus", []),
        ("avant PRÈS/2 plus", ["plus d'espoir qu’avant"]),
        ("croyais ET aidait", ["croyais", "aidait"]),
        ("croyais aidait", ["croyais", "aidait"]),
        ("espoir SAUF gardez", ["Espoir", "espoir"]),
        ("espoir NOT avant", ["espoir"]),
        ("peine OU gardez", ["gardez", "peine"]),
        ("(peine OR gardez) AND vous", ["Vous", "gardez"]),
    ],
)
def test_queries(query, found):
    assert hits(query, ONE) == found


def test_the_unit_is_where_operators_hold():
    assert hits("peine AND aidait", ONE) == ["peine", "aidait"]
    assert hits("peine AND aidait", ONE, unit="sentence") == []
    assert hits("gardez AND aidait", ONE) == []
    assert hits("gardez AND aidait", ONE, unit="document") == ["gardez", "aidait"]
    with pytest.raises(PeerqualError, match="sentence"):
        hits("peine", ONE, unit="page")


def test_who_speaks_and_with_which_attributes():
    assert hits("vous OR ils") == ["vous", "Ils"] and hits("vous OR ils", role="respondent") == ["Ils"]
    assert hits("crois", speaker="R") == ["crois", "crois"] and hits("crois", speaker="p2") == []
    assert hits("on", attribute={"association": "A"}) == ["On"]
    assert concordance(CORPUS, "on", attribute={"association": "b"})["participant"].tolist() == ["p2"]
    with pytest.raises(PeerqualError, match="association"):
        hits("on", attribute={"taille": "A"})


def test_codes_are_searched_and_shown():
    assert hits("code:souffrance AND crois", codings=CODINGS) == ["Les cachets m'assommaient.", "crois"]
    assert hits("crois", codings=CODINGS, code="espoir") == ["crois", "crois"]
    assert hits("cachets", codings=CODINGS, code="espoir") == []
    assert hits("code:parcours NEAR/0 vraiment", codings=CODINGS) == ["J'y crois encore, vraiment."]
    assert hits("code:parrainage", codings=CODINGS) == []  # rejected
    table = concordance(CORPUS, "cachets", codings=CODINGS, codebook=BOOK)
    assert table["codes"].tolist() == ["souffrance souffrance_soins"]
    for query in ("code:espoire", "crois AND code:"):
        with pytest.raises(PeerqualError):
            hits(query, codings=CODINGS)
    with pytest.raises(PeerqualError, match="--codings"):
        hits("code:espoir")


def test_context_is_cut_between_words_and_stays_in_the_turn():
    row = concordance(ONE, "croyais", window=10).iloc[0]
    assert (row["left"], row["hit"], row["right"]) == ("J'y", "croyais", "à peine.")
    row = concordance(ONE, "avant", window=14).iloc[0]
    assert (row["left"], row["right"], row["line"]) == ("d'espoir qu’", ", désespoir", 3)
    timed = Transcript("V", "R : un [00:01] deux", (Turn("R", None, "respondent", 4, 19, ((7, 14),)),), material="interview")
    assert concordance(Corpus((timed,)), "deux")["left"].tolist() == ["un"] and hits("00", Corpus((timed,))) == []


@pytest.mark.parametrize(
    "query", ["", "   ", '"', '"un', "(un", "un)", "un AND", "OR un", "un NEAR/3", "NOT un", "un OR NOT deux", "lemma:", "...", "NOT"]
)
def test_what_cannot_be_read_is_one_clear_error(query):
    with pytest.raises(PeerqualError) as raised:
        concordance(ONE, query)
    assert raised.value.key.startswith("analysis.query")


def test_a_text_without_turns_and_an_empty_corpus():
    bare = Transcript("D", "Le groupe aide.")
    assert hits("groupe", Corpus((bare,))) == ["groupe"]
    assert concordance(Corpus(), "groupe").empty and hits("groupe", Corpus((Transcript("V", ""),))) == []


def test_an_operator_in_small_letters_is_a_word():
    assert parse("vous et moi") == Both((Term("words", "vous"), Term("words", "et"), Term("words", "moi")))
    assert parse("a OR b AND NOT c NEAR/2 d") == Either(
        (Term("words", "a"), Both((Term("words", "b"), Without(Near(Term("words", "c"), Term("words", "d"), 2)))))
    )


LETTERS = st.sampled_from("abc")
QUERIES = st.recursive(
    LETTERS.map(lambda letter: Term("words", letter)),
    lambda inner: (
        st.tuples(inner, inner).map(Both)
        | st.tuples(inner, inner).map(Either)
        | inner.map(Without)
        | st.tuples(LETTERS, LETTERS, st.integers(0, 3)).map(lambda near: Near(Term("words", near[0]), Term("words", near[1]), near[2]))
    ),
    max_leaves=5,
)


def written(query):
    match query:
        case Term(_, text):
            return text
        case Both(parts):
            return f"({' AND '.join(map(written, parts))})"
        case Either(parts):
            return f"({' OR '.join(map(written, parts))})"
        case Without(part):
            return f"(NOT {written(part)})"
        case Near(first, second, words):
            return f"{written(first)} NEAR/{words} {written(second)}"


def oracle(query, letters):
    """Places (first, last letter) where the query holds, and whether it holds."""
    match query:
        case Term(_, text):
            found = {(i, i) for i, letter in enumerate(letters) if letter == text}
            return found, bool(found)
        case Near(first, second, words):
            a, b = oracle(first, letters)[0], oracle(second, letters)[0]
            found = {(min(i, j), max(i, j)) for i, _ in a for j, _ in b if i != j and abs(i - j) - 1 <= words}
            return found, bool(found)
        case Without(part):
            return set(), not oracle(part, letters)[1]
        case Both(parts):
            each = [oracle(part, letters) for part in parts]
            held = all(holds for _, holds in each)
            return (set().union(*(found for found, _ in each)) if held else set()), held
        case Either(parts):
            each = [oracle(part, letters) for part in parts]
            return set().union(*(found for found, _ in each)), any(holds for _, holds in each)


@settings(deadline=None, max_examples=200)
@given(QUERIES, st.lists(st.text("abcd", max_size=8), min_size=1, max_size=3))
def test_queries_against_an_oracle(query, turns):
    corpus = Corpus((made("T", "interview", *(("R", "respondent", " ".join(words), "p1") for words in turns)),))
    try:
        table = concordance(corpus, written(query))
    except PeerqualError as error:
        assert error.key == "analysis.query_only_not"
        return
    starts = [turn.start for turn in corpus[0].turns]
    expected = sorted((at + 2 * i, at + 2 * j + 1) for at, words in zip(starts, turns, strict=True) for i, j in oracle(query, words)[0])
    assert list(zip(table["start"], table["end"], strict=True)) == expected


def test_hits_are_where_their_address_says():
    table = concordance(CORPUS, "code:espoir OR on OR amis", codings=CODINGS, codebook=BOOK)
    texts = CORPUS.by_id()
    assert [texts[d].text[a:b] for d, a, b in table[["document", "start", "end"]].itertuples(index=False)] == table["hit"].tolist()
    assert concordance(CORPUS, "code:espoir", codings=frame(coding(CORPUS[0], "amis", "espoir")), codebook=BOOK)["hit"].tolist() == ["amis"]
