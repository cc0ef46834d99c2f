"""Roles with their reasons; participants.csv: what it adds, where it is found, and its faults, each with its line."""

from __future__ import annotations

import pytest
from transcripts_reading import doubts, read_one, roles, written

from peerqual.errors import ReadError
from peerqual.transcripts import overview, participant_of, participants_table, read
from peerqual.transcripts.roles import Voice, assign, names

TALK = "IB : Ça va ?\nYH : Oui oui, ça va plutôt bien.\nIB : Et après ?\nYH : Après, on verra bien.\n"


def given(*labels, material="interview", metadata=None):
    """Roles of voices that all speak alike: only labels and header can tell them apart."""
    return {label: role.role for label, role in assign([Voice(label, 4, 40, 0) for label in labels], material, metadata or {}).items()}


BY_LABEL = [
    (("Enquêtrice", "Maëlle"), {"Enquêtrice": "interviewer", "Maëlle": "respondent"}),
    (("E", "M"), {"E": "interviewer", "M": "respondent"}),
    (("Q", "R"), {"Q": "interviewer", "R": "respondent"}),
    (("Interv. 1", "P3"), {"Interv. 1": "interviewer", "P3": "respondent"}),
    (("Chercheuse", "E"), {"Chercheuse": "interviewer", "E": "respondent"}),
    (("E1", "E2", "E3"), {"E1": "respondent", "E2": "respondent", "E3": "respondent"}),
    (("INT", "Enquêté"), {"INT": "interviewer", "Enquêté": "respondent"}),
    (("E", "Une femme"), {"E": "interviewer", "Une femme": "other"}),
    (("E", "La psychologue"), {"E": "interviewer", "La psychologue": "respondent"}),
    (("E", "Dr Sorel"), {"E": "interviewer", "Dr Sorel": "respondent"}),
    (("P. Martin", "E. Roux"), {"P. Martin": "respondent", "E. Roux": "respondent"}),
]


@pytest.mark.parametrize("labels, expected", BY_LABEL)
def test_roles_by_label(labels, expected):
    assert given(*labels) == expected


def test_roles_in_a_group():
    expected = {"Psy": "facilitator", "Animatrice": "facilitator", "MARC": "respondent", "Tous": "other"}
    assert given("Psy", "Animatrice", "MARC", "Tous", material="group") == expected


def test_roles_by_header():
    header = {"Enquêtrice": "Camille Roux", "Personne rencontrée": "Odette Petit"}
    assert given("CR", "OP", metadata=header) == {"CR": "interviewer", "OP": "respondent"}
    assert given("Camille", "Odette", metadata={"Mené et transcrit par": "Camille Roux"})["Camille"] == "interviewer"
    assert given("LÉA", "MARC", material="group", metadata={"Animation": "Léa Fort, Marc Petit"}) == {"LÉA": "facilitator", "MARC": "facilitator"}
    assert given("CR", "OP", metadata={"CR": "enquêtrice"}) == {"CR": "interviewer", "OP": "respondent"}


HEADER_NAMES = [("Camille Roux", "CR"), ("Camille Roux (CR)", "CR"), ("Léa Fort et Marc Petit", "Marc"), ("Dr Sorel", "Dr Sorel")]
NOT_NAMED = [("Camille Roux", "RC"), ("Camille Roux", "Cam"), ("Camille Roux", ""), ("Camille Roux", "M")]


@pytest.mark.parametrize("value, label", HEADER_NAMES)
def test_names_in_a_header(value, label):
    assert names(value, label)


@pytest.mark.parametrize("value, label", NOT_NAMED)
def test_names_that_a_header_does_not_hold(value, label):
    assert not names(value, label)


def test_who_asks_most_is_taken_for_the_interviewer_and_said(tmp_path):
    transcript = read_one(tmp_path, TALK)
    assert roles(transcript) == {"IB": "interviewer", "YH": "respondent"}
    assert [(doubt.line, doubt.key) for doubt in transcript.doubts] == [(1, "transcripts.role_questions")]


def test_nobody_asks(tmp_path):
    transcript = read_one(tmp_path, TALK.replace("?", "."))
    assert set(roles(transcript).values()) == {"respondent"}
    assert "no_interviewer" in doubts(transcript)


def test_many_voices_make_one_ask_for_the_material(tmp_path):
    text = "".join(f"{name} : Oui.\n" for name in ("LÉA", "MARC", "INÈS", "PAUL", "ÉVA")) * 2
    assert "many_voices" in doubts(read_one(tmp_path, text))
    assert "many_voices" not in doubts(read_one(tmp_path, text, material="group"))


def test_who_leads_a_session_makes_one_ask_whether_it_is_a_group(tmp_path):
    session = "Animatrice : On commence ?\nLéa : Oui.\nMarc : Oui.\n"
    assert "many_voices" in doubts(read_one(tmp_path, session)) and "no_interviewer" not in doubts(read_one(tmp_path, session))
    assert "many_voices" not in doubts(read_one(tmp_path, session, material="group"))
    assert "many_voices" not in doubts(read_one(tmp_path, session.replace("Marc", "Léa")))


@pytest.mark.parametrize(
    ("often", "once", "alike"),
    [
        ("Karine", "Karne", True),
        ("Karine", "Kariine", True),
        ("Karine", "Karime", True),
        ("Karine", "Kraine", True),
        ("Karine", "Marine Lo", False),
        ("Anna", "Annick", False),
        ("P1", "P2", False),
        ("Femme 1", "Femme 2", False),
    ],
)
def test_a_label_but_for_one_letter_is_doubted(tmp_path, often, once, alike):
    text = "Enquêteur : Et puis ?\n{0} : Bon.\n" * 3 + "Enquêteur : Ah ?\n{1} : Oui.\nEnquêteur : Ah ?\n{1} : Non.\n"
    transcript = read_one(tmp_path, text.format(often, once))
    assert once in roles(transcript) and [doubt.line for doubt in transcript.doubts if doubt.key.endswith("misspelt")] == [8] * alike


def test_two_voices_alike_that_both_speak_often_are_two(tmp_path):
    assert "misspelt" not in doubts(read_one(tmp_path, "Marie : Oui.\nMaria : Non.\n" * 4))


def test_words_of_somebody_without_any_turn_are_doubted(tmp_path):
    told = "alors moi j'ai cinquante ans et je viens au groupe depuis deux ans je me sens mieux\n"
    assert "nobody_speaks" in doubts(read_one(tmp_path, told)) and "nobody_speaks" not in doubts(read_one(tmp_path, f"R : {told}"))
    assert "nobody_speaks" not in doubts(read_one(tmp_path, told, material="document"))
    report = "Le rapport compte trente lieux. " * 12 + "« Je viens le mardi », dit un membre.\n"
    assert "nobody_speaks" not in doubts(read_one(tmp_path, report))


# --- participants.csv ------------------------------------------------------------------------------------------------

TABLE = """document,speaker,participant,role,association,age_band,consent_audio
T01,yh,P1,,B,30-39,oui
T01.txt,IB,R1,interviewer,,,
T02,YH,P1,facilitator,B,,
T09,X,P9,,C,,
"""


@pytest.fixture
def study(tmp_path):
    (tmp_path / "transcripts").mkdir()
    written(tmp_path / "transcripts", TALK, "T01.txt")
    written(tmp_path / "transcripts", TALK, "T02.txt")
    written(tmp_path, TABLE, "participants.csv")
    return tmp_path


def test_participants_are_joined_by_document_and_voice(study):
    corpus = read(study / "transcripts")
    rows = [(row.document, row.speaker, row.role, row.participant) for row in overview(corpus).itertuples()]
    assert rows == [
        ("T01", "IB", "interviewer", "R1"),
        ("T01", "YH", "respondent", "P1"),
        ("T02", "IB", "interviewer", ""),
        ("T02", "YH", "facilitator", "P1"),
    ]
    first, second = corpus.participants
    assert (first.id, first.attributes, first.consents) == ("P1", {"association": "B", "age_band": "30-39"}, {"audio": "oui"})
    assert first.voices == (("T01", "YH"), ("T02", "YH"))
    assert second.voices == (("T01", "IB"),)


def test_where_the_table_is_found(study, tmp_path_factory):
    beside = read(study / "transcripts" / "T01.txt")
    assert len(beside.participants) == 2
    written(study / "transcripts", "document,speaker,participant\nT01,YH,Z1\n", "participants.csv")
    assert [participant.id for participant in read(study / "transcripts").participants] == ["Z1"]
    other = written(tmp_path_factory.mktemp("other"), "document;locuteur;participant\nT01;YH;Z2\n", "who.csv")
    assert [participant.id for participant in read(study / "transcripts", participants=other).participants] == ["Z2"]


def test_a_voice_without_a_row_is_a_participant_of_its_own(study):
    transcript = read(study / "transcripts" / "T02.txt", participants=written(study, "document,speaker,participant\n", "none.csv"))[0]
    assert [participant_of(transcript, turn) for turn in transcript.turns[:2]] == ["T02:IB", "T02:YH"]


def test_a_row_for_nobody_is_a_doubt(study):
    written(study, "document,speaker,participant\nT01,ZZ,P1\n", "participants.csv")
    corpus = read(study / "transcripts")
    (doubt,) = [doubt for doubt in corpus[0].doubts if doubt.key.endswith("unknown_voice")]
    assert doubt.values == {"line": 2}
    assert corpus.participants == ()


def test_a_row_without_voice_is_the_only_respondent(study):
    written(study, "document,participant\nT01,P1\n", "participants.csv")
    assert read(study / "transcripts").participants[0].voices == (("T01", "YH"),)


def test_roles_that_are_told_leave_no_doubt(study):
    written(study, "document,speaker,participant,role\nT01,YH,P1,enquêté\nT01,IB,R1,Enquêteur\n", "participants.csv")
    transcript = read(study / "transcripts")[0]
    assert roles(transcript) == {"IB": "interviewer", "YH": "respondent"}
    assert transcript.doubts == ()


def test_the_table_comes_back_as_it_was(study):
    corpus = read(study / "transcripts")
    table = participants_table(corpus)
    assert table.columns.tolist() == ["document", "speaker", "participant", "role", "association", "age_band", "consent_audio"]
    table.to_csv(study / "again.csv", index=False)
    again = read(study / "transcripts", participants=study / "again.csv")
    assert again.participants == corpus.participants
    assert [turn.role for transcript in again for turn in transcript.turns] == [turn.role for transcript in corpus for turn in transcript.turns]


FAULTS = {
    "no document": ("speaker,participant\nYH,P1\n", 1, "table_column"),
    "no participant": ("document,speaker\nT01,YH\n", 1, "table_column"),
    "a column twice": ("document,participant,age,age\nT01,P1,3,4\n", 1, "table_column_twice"),
    "too many cells": ("document,speaker,participant\nT01,YH,P1\nT01,IB,R1,x\n", 3, "table_cells"),
    "no id": ("document,speaker,participant\nT01,YH,\n", 2, "table_cell_empty"),
    "unknown role": ("document,speaker,participant,role\n\nT01,YH,P1,chef\n", 3, "table_role"),
    "a voice twice": ("document,speaker,participant\nT01,YH,P1\nT01,Yh,P2\n", 3, "table_voice_twice"),
    "two ages": ("document,speaker,participant,age\nT01,YH,P1,30\nT02,YH,P1,40\n", 3, "table_conflict"),
    "a quotation left open": ('document,speaker,participant\nT01,"YH,P1\n', 2, "table_broken"),
    "empty": ("", 0, "empty"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_the_table_have_a_line_and_a_remedy(name, study):
    text, line, key = FAULTS[name]
    written(study, text, "participants.csv")
    with pytest.raises(ReadError) as caught:
        read(study / "transcripts")
    assert (caught.value.key, caught.value.line) == (f"transcripts.{key}", line)
    for lang in ("fr", "en"):
        assert "\n" not in caught.value.render(lang) and "participants.csv" in caught.value.render(lang)


def test_a_table_that_does_not_exist(study):
    with pytest.raises(ReadError) as caught:
        read(study / "transcripts", participants=study / "nowhere.csv")
    assert caught.value.key == "transcripts.cannot_open"
