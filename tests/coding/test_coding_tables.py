"""Codings to a table and back, and every way in which a table can be wrong."""

import json

import pytest
from coding_books import conversation, rule
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.coding import CODING_COLUMNS, code, codings_from_table, codings_table
from peerqual.errors import PeerqualError
from peerqual.model import QUALIFIERS, STATUSES, Coding, Corpus, Transcript

TALK = conversation(
    ("Q", "interviewer", "Et l'espoir ?"), ("Léa", "respondent", "J'ai plus d'espoir."), ("Max", "facilitator", "Moi, de l'espoir, oui.")
)
PAGE = Transcript("p1", "Il y a de l'espoir.")
CORPUS = Corpus((TALK, PAGE))
FOUND = code(CORPUS, rule(lemmas="espoir"))


def test_columns_and_what_they_hold():
    table = codings_table(FOUND, CORPUS)
    assert tuple(table.columns) == CODING_COLUMNS and len(table) == 3
    first = table.iloc[0]
    assert (first["document"], first["code"], first["rule"], first["polarity"], first["qualifiers"]) == ("e1", "c", "c.lemmas1", "-", "negated")
    assert (first["participant"], first["speaker"], first["role"], first["material"]) == ("e1:Léa", "Léa", "respondent", "interview")
    assert TALK.text[first["start"] : first["end"]] == first["text"] == "J'ai plus d'espoir."
    assert [TALK.text[a:b] for a, b in json.loads(first["evidence"])] == ["espoir"]
    last = table.iloc[2]
    assert (last["participant"], last["speaker"], last["role"], last["material"], last["text_hash"]) == ("", "", "", "document", PAGE.text_hash)


def test_no_coding_no_row_but_all_columns():
    table = codings_table([], CORPUS)
    assert tuple(table.columns) == CODING_COLUMNS and codings_from_table(table, CORPUS) == []


spans = st.tuples(st.integers(0, len(TALK.text) - 1), st.integers(1, 20)).map(lambda span: (span[0], min(span[0] + span[1], len(TALK.text))))
some_codings = st.builds(
    lambda span, code, score, polarity, qualifiers, evidence, status: Coding(
        "e1", *span, code, "rule", f"{code}.x1", score, polarity, tuple(sorted(qualifiers)), tuple(sorted(evidence)), status
    ),
    spans,
    st.sampled_from(["espoir", "c_2"]),
    st.floats(0, 1),
    st.sampled_from("+-"),
    st.sets(st.sampled_from(QUALIFIERS)),
    st.sets(spans, max_size=3),
    st.sampled_from(STATUSES),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(some_codings, max_size=5))
def test_to_a_table_and_back(codings):
    assert codings_from_table(codings_table(codings, CORPUS), CORPUS) == codings


def test_a_table_that_went_through_a_csv_file(tmp_path):
    import pandas as pd

    codings_table(FOUND, CORPUS).to_csv(tmp_path / "c.csv", index=False)
    table = pd.read_csv(tmp_path / "c.csv", dtype=str, keep_default_na=False)
    assert codings_from_table(table, CORPUS) == FOUND


@pytest.mark.parametrize(
    "column, value, key",
    [
        ("document", "e9", "unknown_document"),
        ("text_hash", "0" * 64, "text_changed"),
        ("start", -1, "bad_place"),
        ("start", 3.5, "bad_place"),
        ("start", "x", "bad_place"),
        ("start", None, "bad_place"),
        ("end", 10_000, "bad_place"),
        ("end", 0, "bad_place"),
        ("evidence", "here", "bad_evidence"),
        ("evidence", "3", "bad_evidence"),
        ("evidence", "[[1,2,3]]", "bad_place"),
        ("evidence", "[7]", "bad_place"),
        ("evidence", "[[3,3]]", "bad_place"),
        ("evidence", "[[5,10000]]", "bad_place"),
        ("status", "perhaps", "unknown_status"),
        ("qualifiers", "ironic", "unknown_qualifier"),
        ("score", "much", "bad_score"),
    ],
)
def test_a_table_that_is_wrong(column, value, key):
    table = codings_table(FOUND, CORPUS).astype(object)
    table.loc[1, column] = value
    with pytest.raises(PeerqualError) as caught:
        codings_from_table(table, CORPUS)
    assert caught.value.key == f"coding.{key}"
    for lang in ("fr", "en"):
        assert "espoir" not in caught.value.render(lang) and "\n" not in caught.value.render(lang)


@pytest.mark.parametrize("column", [*CODING_COLUMNS[:11], "text_hash"])
def test_a_missing_column_is_named(column):
    with pytest.raises(PeerqualError, match=column):
        codings_from_table(codings_table(FOUND, CORPUS).drop(columns=column), CORPUS)


def test_the_spacy_component_marks_the_same_sentences(tmp_path):
    import spacy

    path = tmp_path / "c.yaml"
    path.write_text('peerqual: 1\ncodes: [{id: espoir, label: {fr: e}, definition: {fr: e}, rules: [{lemmas: "espoir"}]}]\n', encoding="utf-8")
    nlp = spacy.blank("fr")
    nlp.add_pipe("peerqual_themes", config={"codebook": str(path)})
    doc = nlp("Bonjour. J'ai de l'espoir, oui. Voilà !")
    assert [(span.text, span.label_) for span in doc.spans["themes"]] == [("J'ai de l'espoir, oui.", "espoir")]
    assert not nlp("").spans["themes"]
