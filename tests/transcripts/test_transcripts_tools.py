"""Files of speech recognition, transcription tools, subtitles and tables have the turns expected of them; what else they tell is kept or doubted."""

from __future__ import annotations

from collections import Counter

import pytest
from transcripts_fixtures import EXPECTED, FIXTURES, REFUSED, TOOLS, spoken
from transcripts_reading import doubts, roles

from peerqual.errors import ReadError
from peerqual.transcripts import read


def one(name: str):
    return read(TOOLS / name)[0]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_file_has_its_turns(name):
    assert spoken(one(name)) == EXPECTED[name]


def test_every_file_is_expected_somewhere():
    assert {path.name for path in TOOLS.iterdir()} == {*EXPECTED, *REFUSED}


def test_each_format_has_two_files_at_least():
    assert min(Counter(fixture.format for fixture in FIXTURES).values()) >= 2


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_without_words_is_refused(name):
    with pytest.raises(ReadError) as raised:
        one(name)
    assert raised.value.key == "transcripts.empty"


OTHERWISE = ("interview.rtr", "latin.trs", "f4.txt", "front.md", "group.md")  # their headers or marks are not those of a .txt


@pytest.mark.parametrize("name", [name for name in EXPECTED if name not in OTHERWISE])
def test_the_text_that_was_built_reads_the_same_again(name, tmp_path):
    made = one(name)
    if any(turn.speaker for turn in made.turns):
        (tmp_path / "again.txt").write_text(made.text, encoding="utf-8")
        again = read(tmp_path / "again.txt")[0]
        assert {turn.speaker for turn in again.turns} <= {turn.speaker for turn in made.turns}
        assert dict(again.metadata) == {name: value for name, value in made.metadata.items() if f"{name} : {value}" in made.text}


def test_what_happens_besides_words_is_in_the_text_and_counts_as_none():
    transcript = one("latin.trs")
    turn = transcript.turns[1]
    assert [transcript.text[start:end] for start, end in turn.skips] == ["[rire]"]
    assert "[elle cherche ses lunettes] j'étais brodeuse" in transcript.text
    assert "[pers]" not in transcript.text


def test_a_turn_of_nothing_but_an_event_keeps_it(tmp_path):
    (tmp_path / "a.trs").write_text(
        '<Trans><Turn speaker="" startTime="0" endTime="1"><Sync time="0"/><Event desc="rire" type="noise"/></Turn></Trans>', encoding="utf-8"
    )
    assert spoken(read(tmp_path / "a.trs")[0]) == [("", "[rire]", 0.0, 1.0)]


def test_two_speakers_of_one_name_are_two_voices(tmp_path):
    speakers = '<Speakers><Speaker id="spk1" name="inconnu"/><Speaker id="spk2" name="inconnu"/><Speaker id="spk3" name=""/></Speakers>'
    turns = "".join(f'<Turn speaker="spk{n}">mot {n}</Turn>' for n in (1, 2, 3))
    (tmp_path / "a.trs").write_text(f"<Trans>{speakers}{turns}</Trans>", encoding="utf-8")
    assert [turn.speaker for turn in read(tmp_path / "a.trs")[0].turns] == ["inconnu (spk1)", "inconnu (spk2)", "spk3"]


def test_pauses_of_chat_stay_in_the_text():
    assert "l'ouverture (.) [rit] oui." in one("interview.cha").text


def test_the_topic_may_tell_the_material(tmp_path):
    body = '<Section topic="to1"><Turn speaker="">On y va.</Turn></Section>'
    for topic, material in (("Groupe de parole", "group"), ("Parole donnée", "interview")):
        (tmp_path / "a.trs").write_text(f'<Trans><Topics><Topic id="to1" desc="{topic}"/></Topics>{body}</Trans>', encoding="utf-8")
        assert read(tmp_path / "a.trs")[0].material == material


def test_topics_and_persons_stand_in_the_header():
    transcript = one("latin.trs")
    assert transcript.metadata == {"Thèmes": "Arrivée (0:00:00), Métier (0:00:08)", "Personnes": "Enquêtrice (female)"}
    assert transcript.text.startswith("Thèmes : Arrivée (0:00:00), Métier (0:00:08)\nPersonnes : Enquêtrice (female)\n\nEnquêtrice : et vous")
    assert transcript.material == "interview"
    assert one("orfeo.xml").metadata["Personnes"] == "L1 (F, 21-60, relieuse), L2 (F)"
    assert one("interview.cha").metadata["Personnes"].startswith("INV (Camille, Investigator), PAR (Lucette, Participant, female, 61;)")


def test_the_program_and_the_scribe_are_not_in_the_text():
    for name in ("latin.trs", "teicorpo.xml", "tiers.eaf"):
        assert "essai" not in one(name).text and "R12" not in one(name).text and ".wav" not in one(name).text


def test_roles_that_the_format_tells():
    assert roles(one("interview.cha")) == {"INV": "interviewer", "PAR": "respondent", "ASS": "respondent"}
    assert roles(one("old.CHA")) == {"OBS": "interviewer", "CHI": "respondent"}
    assert roles(one("teicorpo_clan.xml")) == {"INV": "interviewer", "PAR": "respondent"}
    assert set(roles(one("stars.txt")).values()) == {"respondent"}
    assert roles(one("overlap.trs")) == {"Animatrice": "facilitator", "Joël": "respondent"}


def test_material_that_the_format_tells():
    assert one("orfeo.xml").material == "interview"
    assert read(TOOLS / "tiers.eaf", material="group")[0].material == "group"


def test_variables_of_iramuteq_are_metadata():
    assert one("stars.txt").metadata["ent_01"] == "ent = 01, sexe = f, âge = 45"


def test_the_text_built_of_a_corpus_of_iramuteq_reads_the_same_though_its_voices_speak_once(tmp_path):
    for name in ("stars.txt", "alceste.txt"):
        made = one(name)
        (tmp_path / name).write_text(made.text, encoding="utf-8")
        again = read(tmp_path / name)[0]
        assert (again.text, again.turns) == (made.text, made.turns)
    (tmp_path / "near.txt").write_text("Type : entretiens\n\nent_01 : Je suis arrivée.\nent_02 : Moi pas.\n", encoding="utf-8")
    assert read(tmp_path / "near.txt")[0].turns == ()


def test_doubts_name_what_was_left_aside_and_what_recognition_may_have_made_up():
    found = {doubt.key: dict(doubt.values) for doubt in one("loop.json").doubts}
    assert found["readers.repeated"] == {"n": 3, "at": "0:00:02"}
    assert found["readers.invented"] == {"at": "0:01:00"}
    assert not {"repeated", "invented"} & doubts(one("whisper.json"))
    assert {doubt.key: doubt.values["n"] for doubt in one("tiers.eaf").doubts if "n" in doubt.values} == {"readers.tiers": 2, "readers.dependent": 1}
    assert {"tiers"} == doubts(one("long.TextGrid"))
    assert {"comments", "replaced"} <= doubts(one("interview.sonal"))
    assert "declared" in doubts(one("declared.trs")) and "cp1252" in doubts(one("interview.rtr"))
    assert "texts" in doubts(one("stars.txt"))


def test_doubts_have_their_line_where_the_file_has_lines():
    assert [doubt.line for doubt in one("declared.trs").doubts if doubt.key == "readers.declared"] == [1]


def test_two_segments_alike_are_no_loop(tmp_path):
    (tmp_path / "a.tsv").write_text("start\tend\ttext\n0\t1000\tOui.\n1000\t2000\tOui.\n2000\t3000\tNon.\n", encoding="utf-8")
    assert "repeated" not in doubts(read(tmp_path / "a.tsv")[0])
    (tmp_path / "a.tsv").write_text("start\tend\ttext\n0\t1000\tOui.\n1000\t2000\tOui.\n2000\t3000\toui\n", encoding="utf-8")
    assert next((doubt.line, doubt.key) for doubt in read(tmp_path / "a.tsv")[0].doubts) == (2, "readers.repeated")


# What looks like another format but is not.
NEAR = {
    "text with stars.txt": "**** Première partie ****\n\nE : Alors ?\nR : Voilà.\n",
    "year.txt": "1998 fut dure.\n\nE : Alors ?\nR : Voilà.\n",
    "table.tsv": "start\tend\ttext\n0.5\t1.2\tVoilà.\n",
    "subtitles.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Rose>Voilà.\n",
}
NEAR_TURNS = {
    "text with stars.txt": [("E", "Alors ?", None, None), ("R", "Voilà.", None, None)],
    "year.txt": [("E", "Alors ?", None, None), ("R", "Voilà.", None, None)],
    "table.tsv": [("", "Voilà.", 0.5, 1.2)],
    "subtitles.vtt": [("Rose", "Voilà.", 1.0, 2.0)],
}


@pytest.mark.parametrize("name", NEAR)
def test_near_misses_are_read_as_what_they_are(name, tmp_path):
    (tmp_path / name).write_text(NEAR[name], encoding="utf-8")
    assert spoken(read(tmp_path / name)[0]) == NEAR_TURNS[name]


OTHER = {
    "settings.json": ('{"theme": "dark"}', "other_kind"),
    "number.json": ("12", "other_kind"),
    "broken.json": ('{"segments": [', "broken"),
    "page.xml": ("<html><body><p>Voilà.</p></body></html>", "other_kind"),
    "page.trs": ("<html><body><p>Voilà.</p></body></html>", "other_kind"),
    "open.trs": ("<Trans><Turn>\nvoilà</Trans>", "broken"),
    "page.eaf": ("<Trans/>", "other_kind"),
    "prose.cha": ("Il était une fois.", "other_kind"),
    "prose.TextGrid": ("Il était une fois.", "broken"),
    "sound.TextGrid": ('"ooTextFile"\n"Sound"\n0 1 2', "broken"),
    "binary.TextGrid": ("ooBinaryFile\x08TextGrid", "textgrid_form"),
    "prose.otr": ('{"texte": "voilà"}', "other_kind"),
    "page.sonal": ("<html><body><p>Voilà.</p></body></html>", "other_kind"),
    "prose.rtr": ("Il était une fois.", "other_kind"),
    "prose.orfeo": ("Il était une fois.", "other_kind"),
}


@pytest.mark.parametrize("name", OTHER)
def test_another_kind_of_file_is_named_as_such(name, tmp_path):
    (tmp_path / name).write_text(OTHER[name][0], encoding="utf-8")
    with pytest.raises(ReadError) as raised:
        read(tmp_path / name)
    assert raised.value.key == f"readers.{OTHER[name][1]}"
    assert "Voilà" not in str(raised.value) and "\n" not in raised.value.render("fr") + raised.value.render("en")
