from __future__ import annotations

import pandas as pd
import pytest
from analysis_corpus import BOOK, CODINGS, CORPUS, E1, frame, span
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.analysis import code_by_document, code_by_group, polarity_table, qualifier_table, summary, theme_frequencies, wide
from peerqual.analysis.ground import WORD
from peerqual.errors import PeerqualError
from peerqual.model import Corpus, Transcript, Turn

CONTRACT = (
    "code,parent,label,material,group,passages,documents,documents_total,participants,participants_total,words,words_share,proposed,accepted,added"
)


def row(table: pd.DataFrame, **at: str) -> dict[str, object]:
    for name, value in at.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0].to_dict()


def numbers(values: dict[str, object]) -> tuple[object, ...]:
    return tuple(values[name] for name in CONTRACT.split(",")[5:] if name != "words_share")


def test_columns_are_the_contracts():
    assert ",".join(theme_frequencies(CODINGS, CORPUS, codebook=BOOK).columns) == CONTRACT


def test_every_column_by_hand():
    table = theme_frequencies(CODINGS, CORPUS, codebook=BOOK)
    assert len(table) == 5 * 3
    #                                                             pass doc of part of words prop acc add
    souffrance = row(table, code="souffrance", material="interview")
    assert numbers(souffrance) == (2, 1, 2, 1, 2, 7, 0, 1, 1)
    # Words that can carry codes: E1 3 + 4 + 4, E2 3 + 6 + 3 (another voice's count too).
    assert souffrance["words_share"] == pytest.approx(7 / 23)
    assert (souffrance["parent"], souffrance["label"], souffrance["group"]) == ("parcours", "Souffrance", "")
    assert numbers(row(table, code="souffrance_soins", material="interview")) == (1, 1, 2, 1, 2, 3, 1, 0, 0)
    assert row(table, code="souffrance_soins", material="interview")["parent"] == "souffrance"
    assert numbers(row(table, code="espoir", material="interview")) == (2, 2, 2, 2, 2, 7, 1, 1, 0)
    assert numbers(row(table, code="espoir", material="group")) == (1, 1, 1, 1, 3, 2, 1, 0, 0)
    assert numbers(row(table, code="souffrance", material="group")) == (1, 1, 1, 1, 3, 6, 1, 0, 0)
    assert row(table, code="souffrance", material="group")["words_share"] == pytest.approx(6 / 11)


def test_field_notes_have_no_participants():
    notes = row(theme_frequencies(CODINGS, CORPUS, codebook=BOOK), code="souffrance_soins", material="field_notes")
    assert numbers(notes) == (1, 1, 1, 0, 0, 6, 1, 0, 0)
    assert notes["words_share"] == 1.0


def test_rejected_codings_and_unused_codes_are_rows_of_zeros():
    unused = row(theme_frequencies(CODINGS, CORPUS, codebook=BOOK), code="parrainage", material="interview")
    assert numbers(unused) == (0, 0, 2, 0, 2, 0, 0, 0, 0)


def test_groups_have_denominators_of_their_own():
    table = theme_frequencies(CODINGS, CORPUS, codebook=BOOK, by="association")
    cells = list(dict.fromkeys(zip(table["material"], table["group"], strict=True)))
    assert cells == [("interview", "A"), ("interview", "B"), ("interview", "—"), ("group", "A"), ("group", "—"), ("field_notes", "—")]
    a = row(table, code="espoir", material="interview", group="A")
    assert numbers(a) == (1, 1, 1, 1, 1, 4, 1, 0, 0)
    assert a["words_share"] == pytest.approx(4 / 11)
    assert numbers(row(table, code="espoir", material="interview", group="—")) == (0, 0, 1, 0, 0, 0, 0, 0, 0)
    assert numbers(row(table, code="souffrance", material="group", group="—")) == (1, 1, 1, 1, 1, 6, 1, 0, 0)
    assert numbers(row(table, code="espoir", material="group", group="A")) == (1, 1, 1, 1, 2, 2, 1, 0, 0)


@pytest.mark.parametrize("by", ["association", "sexe"])
def test_groups_add_up_to_the_material(by):
    apart = theme_frequencies(CODINGS, CORPUS, codebook=BOOK, by=by).groupby(["code", "material"])[["passages", "words", "participants_total"]].sum()
    together = theme_frequencies(CODINGS, CORPUS, codebook=BOOK).set_index(["code", "material"])[["passages", "words", "participants_total"]]
    pd.testing.assert_frame_equal(apart.sort_index(), together.sort_index(), check_dtype=False)


def test_labels_in_english():
    assert row(theme_frequencies(CODINGS, CORPUS, codebook=BOOK, lang="en"), code="espoir", material="group")["label"] == "espoir (en)"


def test_no_codings_at_all():
    table = theme_frequencies(frame(), CORPUS, codebook=BOOK)
    assert len(table) == 15 and table["passages"].sum() == 0 and set(table["documents_total"]) == {1, 2}


def test_empty_corpus_and_one_document():
    assert list(theme_frequencies(frame(), Corpus(), codebook=BOOK).columns) == CONTRACT.split(",")
    one = theme_frequencies(CODINGS[CODINGS["document"] == "E1"], Corpus((E1,)), codebook=BOOK)
    assert set(one["material"]) == {"interview"} and set(one["documents_total"]) == {1}


def test_a_text_without_turns_is_counted_without_participants():
    article = Transcript("D1", "Le GEM informe les proches. Il manque de moyens.")
    table = theme_frequencies(frame(span(article, 0, 27, "parrainage")), Corpus((article,)), codebook=BOOK)
    found = row(table, code="parrainage")
    assert numbers(found) == (1, 1, 1, 0, 0, 5, 1, 0, 0) and found["words_share"] == pytest.approx(5 / 9)


def test_what_a_person_coded_in_a_question_is_a_passage_without_words():
    table = theme_frequencies(frame(span(E1, 4, 10, "espoir", "added")), CORPUS, codebook=BOOK)
    assert numbers(row(table, code="espoir", material="interview")) == (1, 1, 2, 0, 2, 0, 0, 0, 1)


def test_time_codes_inside_a_turn_are_no_words():
    text = "R : avant 00:12:13 après"
    timed = Transcript("T", text, (Turn("R", "p", "respondent", 4, len(text), skips=((10, 18),)),), material="interview")
    found = row(theme_frequencies(frame(span(timed, 4, len(text), "espoir")), Corpus((timed,)), codebook=BOOK), code="espoir")
    assert (found["words"], found["words_share"]) == (2, 1.0)


def test_the_table_is_the_same_whatever_the_order_of_codings():
    again = theme_frequencies(CODINGS.iloc[::-1], CORPUS, codebook=BOOK)
    pd.testing.assert_frame_equal(again, theme_frequencies(CODINGS, CORPUS, codebook=BOOK))


def test_codings_read_back_from_csv_count_the_same(tmp_path):
    CODINGS.to_csv(tmp_path / "codings.csv", index=False)
    back = pd.read_csv(tmp_path / "codings.csv")
    pd.testing.assert_frame_equal(theme_frequencies(back, CORPUS, codebook=BOOK), theme_frequencies(CODINGS, CORPUS, codebook=BOOK))


@pytest.mark.parametrize("column", ["document", "start", "end", "code", "status"])
def test_a_missing_column_is_named(column):
    with pytest.raises(PeerqualError) as error:
        theme_frequencies(CODINGS.drop(columns=column), CORPUS, codebook=BOOK)
    assert error.value.key == "analysis.missing_column" and column in error.value.render("en") and column in error.value.render("fr")


@pytest.mark.parametrize(
    ("change", "key", "where"),
    [
        ({"document": "E9"}, "unknown_document", "E9"),
        ({"code": "espor"}, "unknown_code", "espor"),
        ({"code": "parcours"}, "unknown_code", "parcours"),
        ({"status": "maybe"}, "unknown_status", "maybe"),
        ({"start": 10**6, "end": 10**6 + 1}, "bad_span", "E1"),
        ({"end": 1}, "bad_span", "E1"),
        ({"start": "x"}, "bad_numbers", ""),
        ({"start": None}, "bad_numbers", ""),
    ],
)
def test_bad_codings_are_refused_in_one_line(change, key, where):
    with pytest.raises(PeerqualError) as error:
        theme_frequencies(frame(CODINGS.iloc[0].to_dict() | change), CORPUS, codebook=BOOK)
    assert (error.value.key, error.value.where) == (f"analysis.{key}", where)
    assert "\n" not in error.value.render("fr") + error.value.render("en")


def test_unknown_attribute_names_those_there_are():
    with pytest.raises(PeerqualError, match="association, sexe"):
        theme_frequencies(CODINGS, CORPUS, codebook=BOOK, by="asociation")
    with pytest.raises(PeerqualError):
        theme_frequencies(CODINGS, Corpus(CORPUS.transcripts), codebook=BOOK, by="association")


def test_polarities_stand_apart():
    table = polarity_table(CODINGS, CORPUS, BOOK)
    assert list(table.columns) == ["code", "material", "polarity", "passages", "participants", "passages_total", "participants_total"]
    espoir = table[(table["code"] == "espoir") & (table["material"] == "interview")]
    assert espoir[["polarity", "passages", "participants"]].to_numpy().tolist() == [["+", 1, 1], ["-", 1, 1]]
    assert table[table["material"] == "field_notes"]["participants"].tolist() == [0, 0]
    assert espoir[["passages_total", "participants_total"]].to_numpy().tolist() == [[2, 2], [2, 2]]
    assert len(polarity_table(frame(), CORPUS, BOOK)) == 0


def test_branches_count_what_is_under_them_once():
    table = theme_frequencies(CODINGS, CORPUS, codebook=BOOK, branches=True)
    assert table["code"].unique().tolist() == [code.id for code in BOOK.codes]
    row = table[(table["code"] == "parcours") & (table["material"] == "interview")].iloc[0]
    # E1: three spans (one carries a child and its parent), E2: one; p1 and p2.
    assert row[["passages", "documents", "participants", "words"]].tolist() == [4, 2, 2, 14]
    plain = theme_frequencies(CODINGS, CORPUS, codebook=BOOK)
    assert table[table["code"].isin(plain["code"])].reset_index(drop=True).equals(plain)


def test_by_role():
    table = theme_frequencies(CODINGS, CORPUS, codebook=BOOK, by="role")
    group = table[(table["material"] == "group") & (table["code"] == "espoir")].set_index("group")
    assert group["passages"].to_dict() == {"facilitator": 0, "respondent": 1}
    assert group["participants_total"].to_dict() == {"facilitator": 1, "respondent": 2}
    assert "interviewer" not in set(table["group"])


def test_how_passages_are_meant():
    codings = CODINGS.assign(qualifiers=["past", "past reported", "", "negated", "negated", "", "hypothetical", "", ""])
    table = qualifier_table(codings, CORPUS, BOOK)
    rows = table[(table["code"] == "souffrance") & (table["material"] == "interview")].set_index("qualifier")
    assert rows["passages"].to_dict() == {"negated": 1, "past": 1, "reported": 1}
    assert set(rows["passages_total"]) == {2} and set(rows["participants_total"]) == {1}
    assert "parrainage" not in set(table["code"]) and qualifier_table(frame(), CORPUS, BOOK).empty
    with pytest.raises(PeerqualError, match="qualifiers"):
        qualifier_table(CODINGS.drop(columns="qualifiers"), CORPUS, BOOK)


def test_code_by_document_by_hand():
    table = code_by_document(CODINGS, CORPUS, BOOK)
    assert len(table) == 5 * 4
    found = row(table, code="souffrance", document="E1")
    assert (found["passages"], found["words"], found["words_total"], found["material"]) == (2, 7, 11, "interview")
    assert found["per_1000_words"] == pytest.approx(2000 / 11)
    crossed = wide(table)
    assert list(crossed.columns) == ["E1", "E2", "G1", "N1"] and next(iter(crossed.index)) == "souffrance"
    assert crossed.loc["espoir"].tolist() == [1, 1, 1, 0]
    with pytest.raises(PeerqualError, match="per_1000_words"):
        wide(table, "document")


def test_code_by_group_is_frequencies_crossed():
    crossed = code_by_group(CODINGS, CORPUS, BOOK, by="association", value="passages")
    assert crossed.loc["espoir", ("group", "A")] == 1 and crossed.loc["souffrance", ("interview", "A")] == 2
    with pytest.raises(PeerqualError):
        code_by_group(CODINGS, CORPUS, BOOK, value="label")


def test_summary_by_hand():
    counts = summary(CODINGS, CORPUS, BOOK)
    assert counts["documents"] == {"interview": 2, "group": 1, "field_notes": 1} and counts["documents_total"] == 4
    assert (counts["participants"], counts["participants_by_material"]) == (4, {"interview": 2, "group": 3, "field_notes": 0})
    assert (counts["turns"], counts["words"], counts["words_coded"]) == (10, 46, 40)
    assert counts["codings"] == {"proposed": 5, "accepted": 2, "rejected": 1, "added": 1}
    assert (counts["codings_total"], counts["codes_used"], counts["codes_total"]) == (8, 4, 5)
    assert counts["widest"][0] | {"label": ""} == {
        **{"material": "interview", "code": "espoir", "label": "", "participants": 2, "participants_total": 2},
        **{"documents": 2, "documents_total": 2, "passages": 2},
    }
    assert all(found["passages"] for found in counts["widest"])
    listed = [found["code"] for found in counts["widest"] if found["material"] == "interview"]
    assert "souffrance" in listed and "espoir" in listed
    assert not {"souffrance_soins", "souffrance_sociale"} & set(listed)  # their parent counts them
    assert summary(frame(), Corpus(), BOOK)["widest"] == []


# Properties, against an oracle that goes word by word.
LEAVES = ["souffrance_soins", "souffrance_sociale", "espoir", "parrainage", "souffrance"]
STATUS = st.sampled_from(["proposed", "accepted", "added", "rejected"])
SPAN = st.tuples(st.integers(0, 3), st.integers(0, 200), st.integers(1, 60), st.sampled_from(LEAVES), STATUS)


def drawn(spans: list[tuple[int, int, int, str, str]]) -> pd.DataFrame:
    rows = []
    for document, start, length, code, status in spans:
        transcript = CORPUS[document]
        start = start % (len(transcript.text) - 1)
        rows.append(span(transcript, start, min(start + length, len(transcript.text)), code, status))
    return frame(*rows)


@settings(deadline=None, max_examples=30)
@given(st.lists(SPAN, max_size=12))
def test_totals_equal_the_number_of_codings(spans):
    codings = drawn(spans)
    live = codings[codings["status"] != "rejected"]
    for by in ("material", "association"):
        table = theme_frequencies(codings, CORPUS, codebook=BOOK, by=by)
        assert (table[["proposed", "accepted", "added"]].sum(axis=1) == table["passages"]).all()
        assert table["words_share"].between(0, 1).all() and (table["participants"] <= table["participants_total"]).all()
        tops = table[table["code"].isin(["espoir", "parrainage", "souffrance"])]["passages"].sum()
        family = live["code"].where(~live["code"].str.startswith("souffrance"), "souffrance")
        assert tops == len(live.assign(code=family).drop_duplicates(["document", "start", "end", "code"]))
        for leaf in ("souffrance_soins", "souffrance_sociale"):
            distinct = live[live["code"] == leaf].drop_duplicates(["document", "start", "end"])
            assert table[table["code"] == leaf]["passages"].sum() == len(distinct)


@settings(deadline=None, max_examples=30)
@given(st.lists(SPAN, max_size=12))
def test_words_of_the_union_against_an_oracle(spans):
    codings = drawn(spans)
    table = code_by_document(codings, CORPUS, BOOK).set_index(["code", "document"])
    by_material = theme_frequencies(codings, CORPUS, codebook=BOOK).set_index(["code", "material"])
    live = codings[codings["status"] != "rejected"]
    for code in ("souffrance", "espoir", "souffrance_soins"):
        counts: dict[str, int] = {}
        for transcript in CORPUS:
            family = live["code"].str.startswith("souffrance") if code == "souffrance" else live["code"] == code
            of_code = live[family & (live["document"] == transcript.id)]
            marked = {i for start, end in zip(of_code["start"], of_code["end"], strict=True) for i in range(start, end)}
            words = 0
            for turn in transcript.turns:
                if turn.role != "interviewer":
                    words += sum(found.start() in marked for found in WORD.finditer(transcript.text, turn.start, turn.end))
            assert table.loc[(code, transcript.id), "words"] == words
            counts[transcript.material] = counts.get(transcript.material, 0) + words
        assert {material: by_material.loc[(code, material), "words"] for material in counts} == counts
