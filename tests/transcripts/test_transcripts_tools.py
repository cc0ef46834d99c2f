"""Files of speech recognition and transcription tools, each with the turns expected of it: speaker, words, times in seconds.

The files in ``tools/`` were written for these tests from the descriptions of the formats; what is said in them is invented.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from transcripts_reading import doubts, roles, words

from peerqual.errors import ReadError
from peerqual.transcripts import read

TOOLS = Path(__file__).parent / "tools"
PRAAT = [
    ("Enquêtrice", "ça vous plaît ?", 0.0, 1.2),
    ("Basile", "oui enfin 3 fois sur 4", 1.0, 3.9),
    ("Enquêtrice", "pourquoi ?", 4.0, 5.5),
    ("Basile", 'à cause du "club"', 5.5, 9.0),
]
NOSCRIBE = [
    ("S01", "On commence par vous ?", 1.2, 3.4),
    ("S00", "Si vous voulez.", 3.4, 6.0),
    ("S01", "Oui & non.", 6.6, 7.0),
    ("S00", "Je suis né ici, en fait.", 7.0, 9.1),
]

EXPECTED: dict[str, list[tuple[str, str, float | None, float | None]]] = {
    "whisper.json": [("", "Alors, vous venez souvent ici ? Oui, le jeudi.", 0.0, 4.1), ("", "Et le lundi aussi.", 7.5, 9.0)],
    "whisper_timestamped.json": [("", "Bon. [*] Je recommence.", 0.5, 3.06)],
    "whisperx.json": [
        ("SPEAKER_00", "Qu'est-ce qui vous a amené au groupe ?", 0.031, 2.5),
        ("SPEAKER_01", "C'est ma sœur. Elle venait déjà le mardi.", 2.9, 6.75),
        ("SPEAKER_00", "D'accord.", 6.9, 7.4),
    ],
    "whisper_cpp.json": [("", "Le matin, je passe par le parc. C'est plus calme.", 0.0, 5.0)],
    "pipeline.json": [("", "On a repeint la salle.", 0.0, 1.8), ("", "En vert.", 5.2, None)],
    "fast.json": [("SPEAKER_01", "Vous aviez peur ?", 0.0, 1.5), ("SPEAKER_00", "Un peu, oui.", 1.5, 3.0)],
    "list.json": [("A", "Et après ?", 0.0, 2.0), ("B", "Après, plus rien.", 2.0, 5.0)],
    "words_only.json": [("S1", "Tout va bien.", 1.0, 2.0)],
    "loop.json": [
        ("", "On parlait du jardin. Je ne sais plus. Je ne sais plus Je ne sais plus...", 0.0, 8.0),
        ("", "Sous-titrage Société Radio-Canada", 60.0, 62.0),
    ],
    "whisper.tsv": [("", "J'ai repris le travail en mars. \"Reprendre\", c'est vite dit.", 0.0, 3.2), ("", "Enfin bon.", 9.0, 9.9)],
    "speakers.tsv": [("E", "Vous dormiez ?", 0.0, 2.0), ("R", "Pas vraiment. Trois heures par nuit.", 2.0, 7.0)],
    "latin.trs": [
        ("Enquêtrice", "et vous êtes arrivée en quelle année ?", 0.0, 2.5),
        ("Régine", "ma sœur venait déjà alors j'ai suivi Anna", 2.5, 8.25),
        ("Régine", "j'étais brodeuse", 8.25, 12.0),
    ],
    "overlap.trs": [
        ("Animatrice", "qui veut commencer", 0.0, 3.0),
        ("Joël", "moi je veux bien", 3.0, 6.5),
        ("Animatrice", "oui Joël on t'écoute", 3.0, 9.0),
        ("Joël", "alors voilà", 12.0, 20.0),
    ],
    "declared.trs": [("Zoé", "l'été dernier", 0.0, 2.0)],
    "tiers.eaf": [
        ("Enquêteur", "comment vous veniez ?", 0.0, 1.5),
        ("Odette", "ben on venait à pied & en bus", 1.2, 6.0),
        ("Enquêteur", "d'accord", 6.0, 7.25),
    ],
    "numbered.eaf": [("Yann", "la barque est rentrée avant la pluie", 0.5, 3.0)],
    "interview.cha": [
        ("INV", "vous venez depuis longtemps ?", 0.0, 1.85),
        ("PAR", "euh depuis l' depuis l'ouverture oui. un peu avant même…", 1.85, 7.0),
        ("INV", "ah !", 6.8, 7.1),
        ("ASS", "xxx .", None, None),
        ("INV", "merci.", 9.0, 9.4),
    ],
    "old.CHA": [
        ("OBS", "regarde, qu'est ce que c'est, à ton avis ?", None, None),
        ("CHI", "oui c'est un z ... un pré", None, None),
        ("OBS", "très bien", None, None),
    ],
    "long.TextGrid": PRAAT,
    "short.TextGrid": PRAAT,
    "utf16.TextGrid": PRAAT,
    "easyalign.TextGrid": [("ortho", "bon", 0.5, 2.0)],
    "mfa.TextGrid": [("Anna", "on verra", 0.0, 0.9), ("Loïc", "peut-être", 1.0, 2.0)],
    "ascii.TextGrid": [("Zoë", "c'est lété ça va où la sœur noël", 0.0, 2.0)],
    "teicorpo.xml": [
        ("AB12", "vous prenez le car ?", 0.0, 1.5),
        ("Mme Kerjean", "le car de sept heures quand il passe", 1.5, 6.0),
        ("AB12", "d'accord", 6.0, 7.0),
    ],
    "teicorpo_clan.xml": [("INV", "et si je faisais un peu de lumière ?", 0.0, 2.35), ("PAR", "oui oui oui.", 2.35, 3.356)],
    "orfeo.xml": [("L2", "est-ce que vous l'aimiez", 0.5, 2.0), ("L1", "le mé- métier oui", 2.1, 4.75)],
    "iso.tei": [("SPK0", "on y va. bientôt", 1.0, 2.5)],
    "words.orfeo": [("femme_1", "j'ai repris parce que", 1.25, 2.6), ("enq", "oui", 2.7, 2.95)],
    "labels.otr": [
        ("Enquêteur", "Vous vous souvenez du premier jour ?", 0.0, None),
        ("Paule", "Très bien. Très bien, même. Il pleuvait !", 4.318, None),
        ("Enquêteur", "Ah.", None, None),
    ],
    "interview.sonal": [("Enquêteur", "Comment ça va ?", 0.7, 2.5), ("Gaëlle", "Mieux, depuis que Karima est là. Voilà.", 2.5, 5.25)],
    "interview.rtr": [
        ("Q", "Vous avez commencé quand ?", 0.5, None),
        ("Léa", "En avril. Enfin, à la fin d'avril.", None, 9.75),
        ("", "Après, j'ai arrêté.", 9.75, None),
        ("Q", "Ah.", None, 12.0),
    ],
    "stars.txt": [
        ("ent_01", "Je suis arrivée en été. C'était ouvert.", None, None),
        ("ent_01", "Je suis devenue brodeuse.", None, None),
        ("ent_02", "Moi pas.", None, None),
    ],
    "alceste.txt": [("texte 1", "La première fois, rien.", None, None), ("texte 2", "La deuxième non plus.", None, None)],
    "noscribe.vtt": NOSCRIBE,
    "f4.txt": [
        ("I", "Comment ça a commencé ?", None, 4.1),
        ("B", "Par une annonce, en fait. Je l'ai lue deux fois.", 4.1, 12.8),
        ("I", "Deux fois ?", 12.8, 14.0),
        ("B", "Oui.", 14.0, 15.2),
    ],
}


def one(name: str):
    return read(TOOLS / name)[0]


def spoken(transcript) -> list[tuple[str, str, float | None, float | None]]:
    return [(turn.speaker, words(transcript, turn), turn.time_start, turn.time_end) for turn in transcript.turns]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_file_has_its_turns(name):
    assert spoken(one(name)) == EXPECTED[name]


def test_every_file_is_expected_somewhere():
    assert {path.name for path in TOOLS.iterdir()} == {*EXPECTED, "empty.json", "header_only.xml", "noscribe.html"}


def test_noscribe_html_reads_as_its_subtitles_but_with_the_names_given_in_the_editor():
    assert spoken(one("noscribe.html")) == [
        ("Maud", "On commence par vous ?", 1.2, 3.4),
        ("S00", "Si vous voulez.", 3.4, 6.0),
        ("Maud", "Oui.", 6.6, 7.0),
        ("S00", "Je suis né ici, en fait.", 7.0, 9.1),
        ("Maud", "D'accord.", 9.2, 9.9),
    ]


@pytest.mark.parametrize("name", ["empty.json", "header_only.xml"])
def test_a_file_without_words_is_refused(name):
    with pytest.raises(ReadError) as raised:
        one(name)
    assert raised.value.key == "transcripts.empty"


@pytest.mark.parametrize("name", [name for name in EXPECTED if name not in ("interview.rtr", "latin.trs", "stars.txt", "f4.txt")])
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


def test_topics_and_persons_stand_in_the_header():
    transcript = one("latin.trs")
    assert transcript.metadata == {"Thèmes": "Arrivée (0:00:00), Métier (0:00:08)", "Personnes": "Enquêtrice (female)"}
    assert transcript.text.startswith("Thèmes : Arrivée (0:00:00), Métier (0:00:08)\nPersonnes : Enquêtrice (female)\n\nEnquêtrice : et vous")
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
