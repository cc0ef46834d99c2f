"""Files in the very shape that programs write: structure, headers, empty elements, line endings, odd features; each with its turns.

The files in ``real/`` were written for these tests after reading the programs' own test files, writers and manuals; what is said is invented.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from transcripts_reading import doubts, read_one, roles, said, words
from transcripts_writing import written_back

from peerqual.errors import ReadError
from peerqual.transcripts import read
from peerqual.transcripts.writing import WRITERS

REAL = Path(__file__).parent / "real"
Spoken = tuple[str, str, float | None, float | None]

EXPECTED: dict[str, list[Spoken]] = {
    "aegisub.ass": [
        ("Odile", "Vous êtes arrivée quand < ou > ?", 1.0, 4.25),
        ("Zoé", "En mars, le deux, je crois. Voilà.", 4.5, 9.0),
    ],
    "interview.cha": [
        ("INV", "alors vous êtes venu comment ?", 0.0, 1.85),
        ("PAR", "euh à pied enfin…", 1.85, 4.0),
        ("INV", "à pied avec la canne ?", None, None),
        ("PAR", "oui voilà, avec ma canne xxx yyy www. well. tu as vu le chien ?", 5.0, None),
        ("MOT", "c'est vrai ça oui, hein.", None, None),
    ],
    "at.eaf": [
        ("Odile", "comment ça va ?", 0.5, 3.0),
        ("Léo", "bof", 3.2, 5.0),
    ],
    "dependent.eaf": [
        ("Odile", "comment vous veniez ?", 0.5, 3.0),
        ("Léo", "à pied", 3.2, 5.0),
    ],
    "flex.eaf": [
        ("A", "la barque est rentrée avant la pluie", 0.5, 5.0),
    ],
    "noscribe.html": [
        ("S01", "Vous dormiez bien, à cette époque ? Avant le groupe.", 12.14, 18.01),
        ("S00", "Ah ça.", 18.09, 18.91),
        ("S01", "Au tout début, je veux dire.", 18.91, 20.51),
        ("S00", "Trois heures. Par nuit & encore.", 20.69, 24.0),
        ("S01", "D'accord. Merci.", 24.0, 26.0),
    ],
    "noscribe_early.html": [
        ("S00", "Bonjour, vous venez de loin ? De l'autre rive, je crois.", 11.96, 22.8),
        ("S01", "C'est ça.", 23.12, 23.96),
        ("S00", "Et par le bac.", 24.16, 26.52),
        ("S01", "Oui.", 26.6, 27.34),
        ("S00", "Racontez-moi : le bac.", 27.74, 28.64),
        ("S01", "Le premier part à six heures.", 28.78, 33.6),
    ],
    "noscribe_edited.html": [
        ("Camille", "Vous dormiez bien ?", 0.1, 1.8),
        ("Hubert", "Pas trop. Trois heures.", 2.0, 5.0),
        ("Camille", "D'accord.", 5.0, 6.0),
        ("Hubert", "Voilà.", 6.0, 7.0),
    ],
    "assembly.json": [
        ("A", "Vous dormiez ?", 0.1, 1.5),
        ("B", "Pas trop.", 1.6, 3.0),
    ],
    "aws.json": [
        ("spk_0", "Vous dormiez ?", 0.1, 1.5),
        ("spk_1", "Pas trop.", 1.6, 3.0),
    ],
    "deepgram.json": [
        ("0", "Vous dormiez ?", 0.1, 1.5),
        ("1", "Pas trop.", 1.6, 3.0),
    ],
    "faster_whisper.json": [
        ("", "Vous dormiez ? Pas trop.", 0.0, 4.0),
    ],
    "oai_diarized.json": [
        ("A", "Vous dormiez ?", 0.1, 1.5),
        ("B", "Pas trop.", 1.6, 3.0),
    ],
    "text_alone.json": [
        ("", "Bonjour. On est en mars.", None, None),
    ],
    "vosk.json": [
        ("", "vous dormiez", 0.1, 1.5),
    ],
    "whisperx.json": [
        ("SPEAKER_00", "Vous dormiez ?", 0.1, 1.5),
        ("", "Pas trop.", 1.6, 3.0),
        ("SPEAKER_01", "Trois heures.", 3.0, 4.0),
    ],
    "bold.otr": [
        ("Q", "Vous dormiez ?", 1.5, None),
        ("R", "Pas trop. Trois heures.", 63.25, None),
        ("Q", "Ah.", None, None),
        ("R", "(rires) Oui.", None, None),
    ],
    "lines.otr": [
        ("Q", "Vous dormiez ?", 0.0, None),
        ("R", "Pas trop.", 3.2, None),
        ("Q", "Ah.", None, None),
    ],
    "youtube.sbv": [
        ("ANNE", "Bonjour, ça va mieux ?", 1.0, 3.0),
        ("PAULE", "Oui. Un peu.", 3.0, 66.5),
        ("ANNE", "Bien.", 65.0, 66.5),
    ],
    "blank.srt": [
        ("", "on y va encore un mot oui", 1.0, 4.0),
    ],
    "brackets.srt": [
        ("Locuteur 1", "Vous dormiez ?", 0.5, 2.0),
        ("Locuteur 2", "Pas trop.", 2.0, 4.0),
        ("Locuteur 1", "Ah.", 6.0, 7.0),
    ],
    "loop.srt": [
        ("", "On parlait du jardin. Voilà, voilà. Voilà, voilà. Voilà, voilà.", 0.0, 8.0),
        ("", "Sous-titres réalisés par la communauté d'Amara.org", 66.0, 68.0),
    ],
    "numbers.srt": [
        ("", "2024 3 quatre ans", 1.0, 4.0),
    ],
    "positions.srt": [
        ("Voix 1", "Vous dormiez ?", 0.5, 2.0),
        ("Voix 2", "Pas trop. Trois heures.", 0.5, 6.05),
    ],
    "unnumbered.srt": [
        ("", "on y va oui", 1.0, 4.0),
    ],
    "whisperx.srt": [
        ("SPEAKER_00", "Vous dormiez ?", 0.5, 2.0),
        ("SPEAKER_01", "Pas trop. Trois heures.", 2.0, 6.0),
    ],
    "subtitle.ssa": [
        ("Q", "Vous veniez à vélo ?", 1.0, 2.5),
        ("R", "Non, à pied, par le quai.", 2.5, 5.0),
        ("Q", "Ah.", 5.0, 6.0),
    ],
    "chronological.TextGrid": [
        ("Enq", "ça va ?", 0.0, 1.2),
        ("Basile", 'oui "enfin" bof voilà', 1.0, 5.5),
    ],
    "chronological16.TextGrid": [
        ("Enq", "ça va ?", 0.0, 1.2),
        ("Basile", 'oui "enfin" bof voilà', 1.0, 5.5),
    ],
    "elan.TextGrid": [
        ("Anna", "on y va ou pas ? -0", 0.06469123242311078, 4.2),
        ("Loïc", "allez 1e-05 !", 2.5, 4.2),
    ],
    "sppas.TextGrid": [
        ("Transcription", "on y va + euh après la pluie", 0.0, 6.0),
    ],
    "latin.trs": [
        ("enquêtrice", "vous êtes arrivé quand ?", 1.2, 4.0),
        ("Noé", "en mars enfin je crois j'étais à ^^Brest chez Mado", 4.0, 9.0),
        ("enquêtrice", "ah d'accord", 9.0, 11.5),
        ("Noé", "voilà", 9.0, 11.5),
        ("enquêtrice", "et", 11.5, 14.0),
        ("Noé", "c'est tout", 11.5, 14.0),
        ("Noé", "oui", 14.0, 15.0),
        ("", "[musique]", 15.0, 18.0),
        ("Noé", "le jardin c'est moi", 18.0, 20.5),
    ],
    "nested.trs": [
        ("Ina (L1)", "oui bien sûr", 0.0, 2.0),
        ("Ina (L1)", "{rire} et puis", 2.0, 3.0),
        ("Ina (L1)", "OK", 3.0, 5.0),
    ],
    "topics.trs": [
        ("enquêtrice", "vous êtes arrivé quand ?", 1.2, 4.0),
        ("Noé", "en mars enfin je crois j'étais à ^^Brest chez Mado", 4.0, 9.0),
        ("enquêtrice", "ah d'accord", 9.0, 11.5),
        ("Noé", "voilà", 9.0, 11.5),
        ("enquêtrice", "et", 11.5, 14.0),
        ("Noé", "c'est tout", 11.5, 14.0),
        ("Noé", "oui", 14.0, 15.0),
        ("", "[musique]", 15.0, 18.0),
        ("Noé", "le jardin c'est moi", 18.0, 20.5),
    ],
    "nvivo.tsv": [
        ("Odile", "Vous dormiez bien à cette époque ?", 0.0, 3.2),
        ("Kévin", "Pas trop. Trois heures par nuit.", 3.2, 9.8),
        ("Odile", "D'accord.", 9.8, 12.0),
    ],
    "atrain.txt": [
        ("SPEAKER_00", "Vous dormiez ?", 1.0, None),
        ("SPEAKER_01", "Pas trop. Trois heures.", 4.0, None),
    ],
    "f4mid.txt": [
        ("I", "Comment ça a commencé ?", None, 4.1),
        ("B", "Par une annonce, en fait. Je l'ai lue deux fois.", 4.1, 12.8),
        ("I", "Deux fois ?", 12.8, 14.0),
        ("B", "Oui. Et puis j'ai appelé.", 14.0, None),
    ],
    "f4start.txt": [
        ("I", "Comment ça a commencé ?", 0.0, None),
        ("B", "Par une annonce, en fait. Je l'ai lue deux fois.", 4.1, None),
        ("I", "Deux fois ?", 12.8, None),
        ("B", "Oui. Et puis j'ai appelé.", 14.0, None),
    ],
    "happyscribe.txt": [
        ("Speaker 1", "Vous dormiez bien à cette époque ?", 1.22, None),
        ("Speaker 2", "Pas trop. Trois heures par nuit.", 4.48, None),
        ("Speaker 1", "D'accord.", 10.0, None),
    ],
    "maxqda.txt": [
        ("SPEAKER_00", "Vous dormiez ?", 1.0, None),
        ("SPEAKER_01", "Pas trop.", 4.0, None),
        ("SPEAKER_01", "Trois heures.", 5.0, None),
    ],
    "noscribe.txt": [
        ("S00", "Vous dormiez bien à cette époque ?", 1.0, None),
        ("S01", "Pas trop. Trois heures par nuit.", 4.0, None),
        ("S00", "D’accord.", 10.0, None),
        ("S01", "Voilà.", 12.0, None),
    ],
    "otter.txt": [
        ("Odile Marchais", "Vous dormiez bien à cette époque ?", 1.0, None),
        ("Kévin Le Goff", "Pas trop. Trois heures par nuit.", 4.0, None),
        ("Odile Marchais", "D'accord.", 3729.0, None),
    ],
    "trint.txt": [
        ("Odile", "Vous dormiez bien à cette époque ?", 1.0, None),
        ("Kévin", "Pas trop. Trois heures par nuit.", 4.0, None),
        ("Odile", "D'accord.", 10.0, None),
    ],
    "zoom_saved.txt": [
        ("Odile Marchais", "Vous dormiez bien à cette époque ?", 36131.0, None),
        ("Kévin Le Goff", "Pas trop. Trois heures par nuit.", 36135.0, None),
        ("Odile Marchais", "D'accord.", 36140.0, None),
    ],
    "commas.vtt": [
        ("Odile", "on y va ?", 1.0, 2.5),
        ("Zoé", "oui.", 3.0, 4.0),
        ("Odile", "bon.", 5.0, 6.0),
    ],
    "noscribe.vtt": [
        ("S01", "Vous dormiez bien & longtemps ?", 12.14, 14.8),
        ("S00", "Ah ça.", 18.09, 18.91),
        ("S01", "Au tout début.", 18.91, 20.51),
    ],
    "parentheses.vtt": [
        ("SPEAKER A", "Bonjour, ça va ?", 1.0, 2.0),
        ("SPEAKER B", "Oui.", 2.0, 3.0),
    ],
    "regions.vtt": [
        ("Odile", "Vous êtes arrivée quand ?", 0.5, 2.0),
        ("Zoé", "En mars. Le deux.", 2.1, 4.5),
        ("Odile", "Ah.", 2.1, 4.5),
    ],
    "teams.vtt": [
        ("Odile Marchais", "Bonjour, vous m'entendez bien ?", 3.12, 6.48),
        ("Kévin LE GOFF (externe)", "Oui & non. Ça coupe un peu.", 6.9, 12.0),
    ],
    "teams_stream.vtt": [
        ("", "Bonjour, vous m'entendez bien ? Oui, très bien, je suis dans la cuisine.", 3.12, 9.25),
    ],
    "two_voices.vtt": [
        ("Esméralda du Pré", "oui", 1.0, 2.0),
        ("Zoé", "non et puis", 1.0, 3.0),
    ],
    "youtube.vtt": [
        ("", "on commence par le jardin et après la cuisine", 0.0, 5.0),
    ],
    "zoom.vtt": [
        ("Odile Marchais", "On enregistre, là ?", 2.01, 5.34),
        ("Kévin Le Goff", "Oui, c'est parti. Alors moi je suis arrivé en mars.", 5.4, 11.11),
        ("Odile Marchais", "D'accord.", 11.5, 12.0),
    ],
    "teicorpo_clan.xml": [
        ("OBS", "et qu'est-ce que c'est c'est ?", 7.168, 8.1),
        ("CHI", "un bateau .", None, None),
    ],
    "teicorpo_elan.xml": [
        ("Odile", "vous venez à pied ?", 0.0, 0.37),
        ("Léo", "oui par le parc", 2.92, 4.0095),
    ],
    "teicorpo_transcriber.xml": [
        ("L1", "alors tu veux quoi ?", 2.75, 4.8),
        ("L2", "hum {rire} du thé merci", 2.75, 6.05),
    ],
}
NAMES = {"jardin": "verger", "cuisine": "cave", "Odile Marchais": "Julie Morel", "Odile": "Julie", "Noé": "Luc", "Camille": "Julie", "Ina": "Zita"}


def spoken(name: str) -> list[Spoken]:
    transcript = read(REAL / name)[0]
    return [(turn.speaker, words(transcript, turn), turn.time_start, turn.time_end) for turn in transcript.turns]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_file_has_its_turns(name):
    assert spoken(name) == EXPECTED[name]


def test_every_file_is_expected():
    assert {path.name for path in REAL.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", [name for name in EXPECTED if Path(name).suffix.lower() in WRITERS])
def test_each_file_comes_back_without_its_names(name, tmp_path):
    source = Path(shutil.copy(REAL / name, tmp_path))
    target, study = written_back(source, NAMES)
    assert said(read(target)[0]) == said(study[0])
    assert not re.search(rf"(?<!\w)(?:{'|'.join(NAMES)})(?!\w)", target.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "aside", "dependent"),
    [
        ("dependent.eaf", 1, 4),
        ("flex.eaf", 0, 2),
        ("at.eaf", 2, 0),
        ("chronological.TextGrid", 1, 0),
        ("elan.TextGrid", 1, 0),
        ("sppas.TextGrid", 2, 0),
        ("teicorpo_elan.xml", 1, 0),
    ],
)
def test_the_tiers_that_are_no_speech_are_counted(name, aside, dependent):
    counts = {doubt.key: doubt.values["n"] for doubt in read(REAL / name)[0].doubts if doubt.key in ("readers.tiers", "readers.dependent")}
    assert (counts.get("readers.tiers", 0), counts.get("readers.dependent", 0)) == (aside, dependent)


@pytest.mark.parametrize("name", ["loop.srt", "loop.vtt", "loop.sbv"])
def test_what_recognition_makes_up_is_doubted_in_subtitles_too(name, tmp_path):
    text = (REAL / "loop.srt").read_text(encoding="utf-8")
    if name.endswith("vtt"):
        text = "WEBVTT\n\n" + re.sub(r"(?<=\d),(?=\d)", ".", text)
    elif name.endswith("sbv"):
        text = re.sub(r"(?m)^\d+\n", "", text).replace(",", ".").replace(" --> ", ",")
    found = {doubt.key: dict(doubt.values) for doubt in read_one(tmp_path, text, name).doubts}
    assert found["readers.repeated"] == {"n": 3, "at": "0:00:02"}
    assert found["readers.invented"] == {"at": "0:01:06"}


def test_twice_is_no_loop(tmp_path):
    text = "1\n00:00:00,000 --> 00:00:01,000\nVoilà.\n\n2\n00:00:01,000 --> 00:00:02,000\nVoilà.\n"
    assert not {"repeated", "invented"} & doubts(read_one(tmp_path, text, "a.srt"))


def test_notes_of_programs_are_no_header():
    assert "Confidence" not in read(REAL / "teams_stream.vtt")[0].text


def test_lines_that_come_again_are_kept_where_captions_do_not_roll_up(tmp_path):
    text = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\noui\n\n00:00:02.000 --> 00:00:03.000\noui\nbon\n"
    assert said(read_one(tmp_path, text, "a.vtt")) == [("", "oui oui bon")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("interview.cha", {"INV": "interviewer", "PAR": "respondent", "MOT": "respondent"}),
        ("teicorpo_clan.xml", {"OBS": "interviewer", "CHI": "respondent"}),
    ],
)
def test_roles_that_the_format_tells_are_not_guessed(name, expected):
    transcript = read(REAL / name)[0]
    assert roles(transcript) == expected
    assert not {"role_questions", "role_alone"} & doubts(transcript)


def test_who_asks_is_guessed_where_the_format_tells_no_role(tmp_path):
    text = "@Begin\n@Participants:\tAAA Ina, BBB Odile\n*AAA:\tvous veniez ?\n*BBB:\toui .\n*AAA:\tà pied ?\n*BBB:\tvoilà .\n@End\n"
    transcript = read_one(tmp_path, text, "a.cha")
    assert roles(transcript) == {"AAA": "interviewer", "BBB": "respondent"}
    assert "role_questions" in doubts(transcript)


@pytest.mark.parametrize(("inside", "told"), [("//S00: ah.//", True), ("(S00 : ah)", True), ("voir https://s.org/S00: ah", False)])
def test_a_voice_inside_anothers_turn_is_told(inside, told, tmp_path):
    text = f"S00: [00:00:01] On y va ?\n\nS01: [00:00:04] Pas trop. {inside} Trois heures.\n\nS00: [00:00:10] D'accord.\n"
    assert ("voice_inside" in doubts(read_one(tmp_path, text))) is told


def test_a_folder_passes_over_what_peerqual_wrote(tmp_path):
    (tmp_path / "E01.txt").write_text("Enq : ça va ?\n\nR : oui.\n", encoding="utf-8")
    for name in ("codings.csv", "frequencies.csv", "manifest.json", "report.html", "mentions.csv"):
        (tmp_path / name).write_text("x\n", encoding="utf-8")
    (tmp_path / "mes passages.csv").write_bytes("\ufeffdocument;start;end;code\n".encode())
    (tmp_path / "gens.csv").write_text("document,speaker,participant,role\n", encoding="utf-8")
    corpus = read(tmp_path)
    assert [transcript.id for transcript in corpus] == ["E01"] and not corpus.failures


def test_a_folder_names_what_is_no_transcript(tmp_path):
    (tmp_path / "E01.txt").write_text("Enq : ça va ?\n\nR : oui.\n", encoding="utf-8")
    (tmp_path / "E02.csv").write_text("document,speaker,text\nE02,R,oui\n", encoding="utf-8")
    (tmp_path / "config.json").write_text('{"jobs": 2, "results": [1]}', encoding="utf-8")
    (tmp_path / "liste.json").write_text('[{"id": 1}]', encoding="utf-8")
    (tmp_path / "grille.csv").write_text("n,theme\n1,x\n", encoding="utf-8")
    (tmp_path / "pom.xml").write_text("<project/>", encoding="utf-8")
    corpus = read(tmp_path)
    assert [transcript.id for transcript in corpus] == ["E01", "E02"]
    assert {Path(failure.source).name: failure.error.key for failure in corpus.failures} == {
        "config.json": "readers.other_kind",
        "liste.json": "readers.other_kind",
        "grille.csv": "transcripts.no_text_column",
        "pom.xml": "readers.other_kind",
    }


@pytest.mark.parametrize("name", ["a.ass", "a.sbv", "a.ssa"])
def test_subtitles_without_cues_are_refused(name, tmp_path):
    with pytest.raises(ReadError) as raised:
        read_one(tmp_path, "[Events]\nComment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,à revoir\n", name)
    assert raised.value.key == "transcripts.no_cues"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [("100", "1500", (0.1, 1.5)), ("0.0", "30.0", (0.0, 30.0)), ("0", "900", (0.0, 900.0)), ("1200", "4000", (1.2, 4.0))],
)
def test_milliseconds_are_known_by_the_pace_of_speech(start, end, expected, tmp_path):
    text = f'{{"utterances": [{{"speaker": "A", "text": "à peine deux mots", "start": {start}, "end": {end}}}]}}'
    turn = read_one(tmp_path, text, "a.json").turns[0]
    assert (turn.time_start, turn.time_end) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E : on y va ? #00:00:04-1#\n\nR : oui. #00:00:06-0#\n", [(None, 4.1), (4.1, 6.0)]),
        ("#00:00:01-0# E : on y va ? #00:00:04-1#\n\n#00:00:05-0# R : oui.\n", [(1.0, 4.1), (5.0, None)]),
        ("E : on y va ?\n#00:00:04-1#\nR : oui.\n", [(None, None), (4.1, None)]),  # on a line of its own it is the next turn's
        ("[00:01:00] E : on y va ? [00:00:30]\n[00:02:00] R : oui.\n", [(60.0, None), (120.0, None)]),  # a slip: nothing ends before it begins
        ("E : on y va ? [00:00:01 - 00:00:03]\nR : oui. [00:00:03 - 00:00:05]\n", [(1.0, 3.0), (3.0, 5.0)]),
    ],
)
def test_a_time_code_at_the_end_of_a_turn_ends_it(text, expected, tmp_path):
    assert [(turn.time_start, turn.time_end) for turn in read_one(tmp_path, text).turns] == expected
