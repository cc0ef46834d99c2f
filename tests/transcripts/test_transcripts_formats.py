"""Subtitles, tables, Markdown and plain text: what each format knows, and what it is refused for."""

from __future__ import annotations

import pytest
from transcripts_reading import doubts, read_one, roles, said

from peerqual.errors import ReadError

SRT = """1
00:00:01,000 --> 00:00:02,000
Corpus : fictif, tout est inventé

2
00:00:03,000 --> 00:00:05,500
CR: Vous reliez
toujours des livres ?

3
00:00:06,000 --> 00:00:08,000
OP: <i>Non.</i>

4
00:00:08,200 --> 00:00:10,000
Il m'a dit : « c'est fini ».

5
00:00:10,200 --> 00:00:12,250
OP: Voilà.

6
00:00:13,000 --> 00:00:14,000
CR : D'accord &amp; merci ?
"""

VTT = """WEBVTT

NOTE
Corpus : fictif
Lieu : une salle

STYLE
::cue { color: red }

1
00:03.000 --> 00:04.000 align:left
<v Idriss>Tu viens souvent ?</v>

00:05.000 --> 00:06.000
<v.loud Tiago Lemos>Pas mal, <i>là</i>.
Le jeudi.</v>

NOTE une remarque

01:00:06.000 --> 01:00:07.000
<v Tiago Lemos>Pis le samedi.

01:00:08.000 --> 01:00:09.000
<v Idriss>Ah ?</v> <v Tiago Lemos>Ben oui.</v>
"""


def test_subtitles_with_labels(tmp_path):
    transcript = read_one(tmp_path, SRT, "S01.srt")
    assert said(transcript) == [
        ("CR", "Vous reliez toujours des livres ?"),
        ("OP", "Non. Il m'a dit : « c'est fini ». Voilà."),
        ("CR", "D'accord & merci ?"),
    ]
    assert [(turn.time_start, turn.time_end) for turn in transcript.turns] == [(3, 5.5), (6, 12.25), (13, 14)]
    assert transcript.metadata == {"Corpus": "fictif, tout est inventé"}
    assert transcript.text.split("\n")[:3] == ["Corpus : fictif, tout est inventé", "", "CR : Vous reliez toujours des livres ?"]


def test_subtitles_with_marked_voices(tmp_path):
    transcript = read_one(tmp_path, VTT, "V01.vtt")
    assert said(transcript) == [
        ("Idriss", "Tu viens souvent ?"),
        ("Tiago Lemos", "Pas mal, là. Le jeudi. Pis le samedi."),
        ("Idriss", "Ah ?"),
        ("Tiago Lemos", "Ben oui."),
    ]
    assert [(turn.time_start, turn.time_end) for turn in transcript.turns] == [(3, 4), (5, 3607), (3608, 3609), (3608, 3609)]
    assert transcript.metadata == {"Corpus": "fictif", "Lieu": "une salle"}
    assert "remarque" not in transcript.text


def test_subtitles_with_dashes(tmp_path):
    text = "1\n00:00:01,000 --> 00:00:03,000\n- Ça va ?\n- Oui.\n\n2\n00:00:04,000 --> 00:00:05,000\n- Vraiment ?\n- Non.\n"
    transcript = read_one(tmp_path, text, "S01.srt")
    assert said(transcript) == [("Voix 1", "Ça va ?"), ("Voix 2", "Oui."), ("Voix 1", "Vraiment ?"), ("Voix 2", "Non.")]
    assert "dashes" in doubts(transcript)


def test_subtitles_without_any_voice_are_cut_at_pauses(tmp_path):
    text = "".join(f"{n}\n00:00:{s:02d},000 --> 00:00:{s + 1:02d},000\nmots {n}\n\n" for n, s in enumerate((1, 2, 8, 9)))
    transcript = read_one(tmp_path, text, "S01.srt")
    assert [(turn.speaker, turn.role, turn.time_start, turn.time_end) for turn in transcript.turns] == [("", "other", 1, 3), ("", "other", 8, 10)]
    assert transcript.material == "interview"
    assert "role_alone" in doubts(transcript)


def test_doubts_on_subtitles_give_the_line_in_the_file(tmp_path):
    text = SRT + "\n7\n00:00:15,000 --> 00:00:16,000\nRachel : Pardon.\n"
    transcript = read_one(tmp_path, text, "S01.srt")
    (line,) = [doubt.line for doubt in transcript.doubts if doubt.key.endswith("label_once")]
    assert text.split("\n")[line - 1] == "Rachel : Pardon."


def test_what_a_named_voice_says_first_is_no_header(tmp_path):
    cues = "00:01.000 --> 00:02.000\n<v Idriss>Date : hier.\n\n00:03.000 --> 00:04.000\n<v Tiago>Ben oui.\n"
    transcript = read_one(tmp_path, f"WEBVTT\n\n{cues}", "V01.vtt")
    assert said(transcript) == [("Idriss", "Date : hier."), ("Tiago", "Ben oui.")]


@pytest.mark.parametrize("name, text", [("S01.srt", "pas un sous-titre"), ("V01.vtt", "pas un sous-titre"), ("V02.vtt", "WEBVTT\n\nNOTE rien\n")])
def test_subtitles_without_cues(name, text, tmp_path):
    with pytest.raises(ReadError) as caught:
        read_one(tmp_path, text, name)
    assert caught.value.key == "transcripts.no_cues"


TABLES = {
    "commas": 'speaker,text\nE,"Ça va, vous ?"\nSolène,Oui.\n',
    "semicolons": "locuteur;texte\nE;Ça va, vous ?\nSolène;Oui.\n",
    "tabulators": "voix\tverbatim\nE\tÇa va, vous ?\nSolène\tOui.\n",
    "other order": "n°;paroles;Locutrice\n1;Ça va, vous ?;E\n\n2;Oui.;Solène\n",
    "empty rows": 'speaker,text\nE,"Ça va,\nvous ?"\n,\nSolène,\nSolène,Oui.\n',
    "short rows": 'speaker,text,note\nE,"Ça va, vous ?"\nSolène : ,Oui.\n',
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_tables(name, encoding, tmp_path):
    assert said(read_one(tmp_path, TABLES[name].encode(encoding), "C01.csv")) == [("E", "Ça va, vous ?"), ("Solène", "Oui.")]


def test_tables_with_times_and_roles(tmp_path):
    text = "début;fin;locuteur;role;texte\n0,5;2;A;enquêteur;Et ?\n00:00:03;00:00:04;B;respondent;Rien.\n4;5;B;respondent;Du tout.\n"
    transcript = read_one(tmp_path, text, "C01.csv")
    assert said(transcript) == [("A", "Et ?"), ("B", "Rien. Du tout.")]
    assert [(turn.time_start, turn.time_end) for turn in transcript.turns] == [(0.5, 2), (3, 5)]
    assert roles(transcript) == {"A": "interviewer", "B": "respondent"}


@pytest.mark.parametrize(
    "text, key",
    [
        ("a,b\n1,2\n", "no_text_column"),
        ("speaker,text\n,\n", "empty"),
        ('speaker,text\nE,"jamais fermé\n', "table_broken"),
        ("text\n", "empty"),
        (",\n", "no_text_column"),
    ],
)
def test_tables_that_are_none(text, key, tmp_path):
    with pytest.raises(ReadError) as caught:
        read_one(tmp_path, text, "C01.csv")
    assert caught.value.key == f"transcripts.{key}"


NOTES = """---
title: Permanence
material: field_notes
dates: [8 mars, 22 mars]
observer:
---

## Vendredi

Pluie. Yacine entre.
Il dit : salut.

Odile : on l'entend rire.

## Samedi
Personne.
"""


def test_field_notes_are_the_researchers_words_by_paragraph(tmp_path):
    transcript = read_one(tmp_path, NOTES, "N01.md")
    assert transcript.text == NOTES
    assert said(transcript) == [("", "Pluie. Yacine entre. Il dit : salut."), ("", "Odile : on l'entend rire."), ("", "Personne.")]
    assert roles(transcript) == {"": "researcher"}
    assert transcript.metadata == {"title": "Permanence", "material": "field_notes", "dates": "8 mars, 22 mars", "observer": ""}


def test_field_notes_line_by_line(tmp_path):
    transcript = read_one(tmp_path, "Pluie.\nYacine entre\nOdile sort.\n", "N01.txt", material="field_notes")
    assert said(transcript) == [("", "Pluie."), ("", "Yacine entre"), ("", "Odile sort.")]


@pytest.mark.parametrize("yaml", ["place: [un], ici", "place: 'x", "place: *b", "place: un\nplace: deux", "place: &a 1\nb: &a [2\n"])
def test_front_matter_that_is_no_yaml_is_read_line_by_line_and_told(yaml, tmp_path, recwarn):
    transcript = read_one(tmp_path, f"---\nmaterial: group\n{yaml}\n---\nE : Ça va ?\nSolène : Oui.\n", "T01.md")
    assert said(transcript) == [("E", "Ça va ?"), ("Solène", "Oui.")]
    assert "front_matter" in doubts(transcript)
    assert transcript.material == "group" and transcript.metadata["place"]
    assert not recwarn.list


@pytest.mark.parametrize("inside", ["E : Ça va ?\nSolène : « oui : non »", "- un\n- deux", "Une phrase.", "? ["])
def test_rules_around_ordinary_text_are_no_front_matter(inside, tmp_path):
    transcript = read_one(tmp_path, f"---\n{inside}\n---\nE : Bien ?\nSolène : Oui.\nE : Bon.\nSolène : Voilà.\n", "T01.md")
    assert transcript.metadata == {}
    assert said(transcript)[-4:] == [("E", "Bien ?"), ("Solène", "Oui."), ("E", "Bon."), ("Solène", "Voilà.")]
    assert ("Solène", "« oui : non »") in said(transcript) or not inside.startswith("E")


HEADERS = {
    "lines": ("Date : 3 mai 2024\nLieu : une salle\nDurée : 1 h\n\n", {"Date": "3 mai 2024", "Lieu": "une salle", "Durée": "1 h"}),
    "tight": ("Date : 3 mai 2024\nLieu : une salle\n", {"Date": "3 mai 2024", "Lieu": "une salle"}),
    "title": ("ENTRETIEN 3\n\nDate : 3 mai 2024\n\n", {"title": "ENTRETIEN 3", "Date": "3 mai 2024"}),
    "with roles": (
        "Date : 3 mai\nEnquêtrice : Camille Roux\nEnquêtée : S., 40 ans\n\n",
        {"Date": "3 mai", "Enquêtrice": "Camille Roux", "Enquêtée": "S., 40 ans"},
    ),
    "roles between": ("Enquêtrice : Camille Roux\nLieu : une salle\n", {"Enquêtrice": "Camille Roux", "Lieu": "une salle"}),
    "two blocks": ("Corpus fictif : tout est inventé.\n\nDate : 3 mai\n\n", {"Corpus fictif": "tout est inventé.", "Date": "3 mai"}),
    "list": ("Date : 3 mai\nPrésents :\n- Solène\n- Camille\n\n", {"Date": "3 mai", "Présents": ""}),
    "markdown": ("**Date** : 3 mai\n**Lieu :** ici\n\n", {"Date": "3 mai", "Lieu": "ici"}),
}


@pytest.mark.parametrize("name", HEADERS)
def test_header_lines_are_metadata_and_no_turns(name, tmp_path):
    header, metadata = HEADERS[name]
    transcript = read_one(tmp_path, header + "Enquêtrice : Ça va ?\nSolène : Oui.\nEnquêtrice : Bien.\n")
    assert transcript.metadata == metadata
    assert said(transcript) == [("Enquêtrice", "Ça va ?"), ("Solène", "Oui."), ("Enquêtrice", "Bien.")]


def test_turns_at_once_are_no_header(tmp_path):
    transcript = read_one(tmp_path, "Enquêtrice : Votre date de naissance ?\nSolène : Date : le trois.\nEnquêtrice : Bien.\n")
    assert transcript.metadata == {} and len(transcript.turns) == 3


MATERIALS = [
    ("Type : groupe de parole\n\n", None, "group"),
    ("Corpus fictif : séance inventée.\nDocument : G1, groupe de parole de l'association\n\n", None, "group"),
    ("---\nmaterial: group\n---\n", None, "group"),
    ("Matériau : entretien collectif\n\n", None, "group"),
    ("Entretien avec une animatrice de groupe de parole\n\n", None, "interview"),
    ("Date : 3 mai\n\n", None, "interview"),
    ("Type : groupe de parole\n\n", "interview", "interview"),
    ("", "group", "group"),
]


@pytest.mark.parametrize("header, asked, expected", MATERIALS)
def test_material(header, asked, expected, tmp_path):
    text = header + "E : Ça va ?\nSolène : Oui.\nE : Bien.\nSolène : Oui.\n"
    assert read_one(tmp_path, text, material=asked).material == expected


def test_a_document_has_no_turns(tmp_path):
    transcript = read_one(tmp_path, "E : Ça va ?\nSolène : Oui.\n", material="document")
    assert transcript.turns == () and transcript.material == "document"
