"""Pseudonymized subtitles: the same cues at the same times, as webvtt-py reads them, with other words."""

from __future__ import annotations

import io
import re

import pytest
import webvtt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from transcripts_writing import everything, written_back

from peerqual.transcripts import read

REAL = re.compile("Anne|Durand|Maëlle|MAËLLE|Sainte|schizophr|3 mai|Zoé")

SRT = """1
00:00:01,000 --> 00:00:03,500
MAËLLE: J'ai <i>une schizo</i>phrénie.

2
00:00:03,500 --> 00:00:05,000
Anne
Durand, enfin, <font color="#ff0000" face="Zoé">Anne</font>, le sait.

3
00:00:05,000 --> 00:00:06,000
MARC: {\\an8}Et Sainte-Anne & le reste ?

4
00:00:06,000 --> 00:00:08,000
MAËLLE: Oui.

5
00:00:08,000 --> 00:00:09,000
MAËLLE: Voilà.
"""

VTT = """WEBVTT - Entretien de Zoé avec Anne Durand

NOTE
Corpus : Sainte-Anne
Date : 3 mai 2024

STYLE
/* Zoé */
::cue(v[voice="Maëlle"]) { color: lime }
::cue(.zoe) { color: red }
::cue(#Anne) { color: blue; background: url(anne.png) }

REGION
id:Anne

anne-durand
00:01.000 --> 00:03.500 align:start region:Anne position:10%
<v.zoe Maëlle>J'ai <c.yellow>une</c> schizophrénie &amp; <00:02.000>Anne</v>

NOTE Zoé : Anne Durand pleure

00:03.500 --> 00:05.000
<v Maëlle>le sait.</v>

00:05.000 --> 00:06.000
<v Marc>D'accord.</v> <v Maëlle>Anne Durand aussi.
"""


def cues(text, form):
    return [(one.start, one.end, one.text) for one in webvtt.from_buffer(io.StringIO(text), format=form).captions]


def saved(tmp_path, text, name):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_srt(tmp_path):
    source = saved(tmp_path, SRT, "Maelle.srt")
    target, study = written_back(source)
    made = everything(target)
    assert [one[:2] for one in cues(made, "srt")] == [one[:2] for one in cues(SRT, "srt")]
    assert "NADINE: J'ai <i>un trouble</i>." in made
    assert 'Julie\nMorel, enfin, <font color="#ff0000">Julie</font>, le sait.' in made
    assert "MARC: {\\an8}Et [hôpital 1] & le reste ?" in made
    assert "NADINE: Oui." in made and "NADINE: Voilà." in made
    assert read(target)[0].text == study[0].text
    assert not REAL.search(made)


def test_vtt(tmp_path):
    source = saved(tmp_path, VTT, "Maelle.vtt")
    target, study = written_back(source)
    made = everything(target)
    assert [one[:2] for one in cues(made, "vtt")] == [one[:2] for one in cues(VTT, "vtt")]
    assert "00:00:01.000 --> 00:00:03.500 align:start position:10%" in made
    assert "<v.c1 Nadine>J'ai <c.yellow>un trouble</c> &amp; <00:02.000>Julie</v>" in made
    assert '::cue(v[voice="Nadine"]) { color: lime }' in made and "::cue(.c1) { color: red }" in made
    assert "NOTE\nCorpus : [hôpital 1]\nDate : [date 1]\n" in made
    assert "<v Marc>D'accord.</v> <v Nadine>Julie Morel aussi." in made
    assert read(target)[0].text == study[0].text
    assert not REAL.search(made) and "zoe" not in made and "anne" not in made


def test_a_name_cut_by_two_cues_and_a_label(tmp_path):
    lines = ["MARC: Vous venez ?", "Anne Durand: oui, c'est Anne", "Anne Durand: Durand, moi", "MARC: Bien."]
    text = "\n".join(f"{n + 1}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{line}\n" for n, line in enumerate(lines))
    target, study = written_back(saved(tmp_path, text, "A.srt"))
    assert [one[2] for one in cues(everything(target), "srt")][1:3] == ["Julie Morel: oui, c'est Julie", "Julie Morel: Morel, moi"]
    assert study[0].text == read(target)[0].text


def test_a_cue_that_loses_its_only_word_stays(tmp_path):
    text = "1\n00:00:00,000 --> 00:00:01,000\nMARC: Qui ?\n\n2\n00:00:01,000 --> 00:00:02,000\nZOÉ: c'est Jean\n\n"
    text += "3\n00:00:02,000 --> 00:00:03,000\nPaul\n\n4\n00:00:03,000 --> 00:00:04,000\nMARC: Bien.\n"
    target, _ = written_back(saved(tmp_path, text, "A.srt"), {"Jean Paul": "Luc", "ZOÉ": "LOU"})
    assert [one[1] for one in cues(everything(target), "srt")] == ["00:00:01.000", "00:00:02.000", "00:00:03.000", "00:00:04.000"]


def test_a_line_of_brackets_alone_stays_though_it_reads_as_a_remark(tmp_path):
    text = "1\n00:00:00,000 --> 00:00:01,000\nMARC: Où ?\n\n2\n00:00:01,000 --> 00:00:02,000\nZOÉ: à\n\n"
    text += "3\n00:00:02,000 --> 00:00:03,000\nSainte-Anne.\n\n4\n00:00:03,000 --> 00:00:04,000\nMARC: Bien.\n"
    target, _ = written_back(saved(tmp_path, text, "A.srt"))
    assert [one[2] for one in cues(everything(target), "srt")] == ["MARC: Où ?", "ZOÉ: à", "[hôpital 1].", "MARC: Bien."]


SPEECH = st.lists(st.sampled_from("oui Anne Durand MAËLLE une schizophrénie et l'année , Sainte-Anne".split()), min_size=1, max_size=8)


@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.tuples(st.booleans(), SPEECH), min_size=2, max_size=8))
def test_whatever_the_cues_times_stay_and_names_go(tmp_path, suffix, lines):
    blocks = [
        f"{n + 1}\n00:00:{n:02}{'.' if suffix == '.vtt' else ','}000 --> 00:00:{n + 1:02}{'.' if suffix == '.vtt' else ','}000\n"
        f"{'MAËLLE' if first else 'MARC'}: voilà {' '.join(words)} voilà"
        for n, (first, words) in enumerate([(True, ["oui"]), (False, ["oui"]), *lines])
    ]
    text = ("WEBVTT\n\n" if suffix == ".vtt" else "") + "\n\n".join(blocks) + "\n"
    target, study = written_back(saved(tmp_path, text, f"H{suffix}"))
    again = read(target)[0]
    assert again.text.split() == study[0].text.split()
    assert [(turn.time_start, turn.time_end) for turn in again.turns] == [(turn.time_start, turn.time_end) for turn in study[0].turns]
    assert len(cues(everything(target), suffix[1:])) == len(lines) + 2
    assert not re.search("Maëlle|MAËLLE|Anne Durand|Sainte", everything(target))
