"""Pseudonymized tiers: ELAN and Praat files made with pympi keep tiers, annotations and times; Transcriber and CHAT their turns."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pympi.Elan import Eaf
from pympi.Praat import TextGrid
from transcripts_reading import said
from transcripts_writing import NAMES, everything, written_back

from peerqual.transcripts import read

REAL = re.compile("Anne|Durand|Maëlle|Sainte|schizophr|Zoé|zoe|anne")


@pytest.fixture
def elan(tmp_path):
    """An ELAN file with two speakers, a translation, tags and notes; its author, annotators and media are named."""
    made = Eaf(author="Zoé Lenormand")
    made.remove_tier("default")
    made.add_linked_file("/home/zoe/anne_durand.wav", mimetype="audio/x-wav")
    made.add_controlled_vocabulary("émotions de Zoé", "Anne")
    made.add_linguistic_type("traduction de Zoé", constraints="Symbolic_Association")
    made.add_tier("Enquêtrice", ann="Zoé")
    made.add_tier("L2", part="Maëlle", ann="Zoé")
    made.add_tier("Maëlle-en", ling="traduction de Zoé", parent="L2", part="Maëlle")
    made.add_tier("notes de Zoé", ann="Zoé")
    made.add_annotation("Enquêtrice", 0, 1000, "vous venez, Maëlle ?")
    made.add_annotation("L2", 1000, 1500, "oui avec Anne")
    made.add_annotation("L2", 1500, 2500, "Durand, c'est une schizophrénie")
    made.add_annotation("Enquêtrice", 2500, 3000, "à Sainte-Anne ?")
    made.add_annotation("L2", 3000, 3500, "voilà")
    made.add_ref_annotation("Maëlle-en", "L2", 1200, "yes with Anne")
    made.add_annotation("notes de Zoé", 500, 800, "Anne Durand entre")
    made.to_file(str(tmp_path / "Maelle.eaf"))
    return tmp_path / "Maelle.eaf"


def times(path):
    made = Eaf(str(path))
    return [sorted(annotation[:2] for annotation in made.get_annotation_data_for_tier(tier)) for tier in sorted_tiers(made)]


def sorted_tiers(made):
    return [name for name, tier in sorted(made.tiers.items(), key=lambda item: item[1][3])]


def test_elan_keeps_tiers_and_times(elan):
    target, study = written_back(elan)
    made = Eaf(str(target))
    assert sorted_tiers(made) == ["Enquêtrice", "L2", "Nadine-en", "notes"]
    assert times(target) == times(elan)
    assert [one[2] for one in sorted(made.get_annotation_data_for_tier("L2"))] == ["oui avec Julie", "Morel, c'est un trouble", "voilà"]
    assert [one[2] for one in made.get_annotation_data_for_tier("Enquêtrice")] == ["vous venez, Nadine ?", "à [hôpital 1] ?"]
    assert made.get_parameters_for_tier("L2")["PARTICIPANT"] == "Nadine"
    assert made.get_parameters_for_tier("Nadine-en")["PARENT_REF"] == "L2"
    again = read(target)[0]
    assert again.text == study[0].text
    assert [(turn.time_start, turn.time_end) for turn in again.turns] == [(turn.time_start, turn.time_end) for turn in study[0].turns]


def test_elan_names_nobody(elan):
    assert len(set(REAL.findall(everything(elan)))) >= 6
    target, _ = written_back(elan)
    made = Eaf(str(target))
    assert not REAL.search(everything(target))
    assert made.adocument["AUTHOR"] == "" and made.media_descriptors == []
    assert [one[1] for one in made.get_ref_annotation_data_for_tier("Nadine-en")] != []
    assert everything(target).count("[retiré]") == 2  # the translation and the note
    assert written_back(elan)[0].read_bytes() == target.read_bytes()


@pytest.mark.parametrize("mode", ["normal", "short"])
def test_textgrid_keeps_tiers_and_times(tmp_path, mode):
    grid = TextGrid(xmax=12.5)
    for name, intervals in (
        ("Maëlle", [(0.25, 1.5, 'oui "avec" Anne'), (1.5, 2.0, "Durand"), (4.0, 6.125, "à Sainte-Anne")]),
        ("Marc", [(2.5, 3.5, "ah, Maëlle, bien"), (7.0, 8.0, "et ?")]),
        ("notes de Zoé", [(0.1, 0.2, "Anne entre")]),
    ):
        tier = grid.add_tier(name)
        for interval in intervals:
            tier.add_interval(*interval)
    grid.add_tier("gestes", "TextTier").add_point(1.0, "Anne Durand se lève")
    source = tmp_path / "Maelle.TextGrid"
    grid.to_file(str(source), mode=mode)
    target, study = written_back(source)
    made, before = TextGrid(str(target)), TextGrid(str(source))
    assert [tier.name for tier in made.get_tiers()] == ["Nadine", "Marc", "notes", "gestes"]
    for one, other in zip(made.get_tiers(), before.get_tiers(), strict=True):
        assert [tuple(mark[:-1]) for mark in one.get_all_intervals()] == [tuple(mark[:-1]) for mark in other.get_all_intervals()]
    assert [mark[2] for mark in made.get_tier("Nadine").get_intervals() if mark[2]] == ['oui "avec" Julie', "Morel", "à [hôpital 1]"]
    assert read(target)[0].text == study[0].text
    assert not REAL.search(everything(target))


TRS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans scribe="Zoé Lenormand" audio_filename="anne_durand" version="3" version_date="240503" xml:lang="fr">
<Topics><Topic id="to1" desc="Sainte-Anne"/></Topics>
<Speakers>
<Speaker id="spk1" name="Enquêtrice" check="no" type="female" dialect="native" accent="" scope="local"/>
<Speaker id="maelle" name="Maëlle" check="no" dialect="native" accent="" scope="local"/>
</Speakers>
<Episode program="Zoé" air_date="">
<Section type="report" topic="to1" startTime="0" endTime="9">
<Turn speaker="spk1" startTime="0" endTime="2"><Sync time="0"/>
vous venez, Maëlle ?
</Turn>
<Turn speaker="maelle spk1" startTime="2" endTime="6"><Sync time="2"/>
<Who nb="1"/>
oui avec Anne <Event desc="Anne rit" type="noise" extent="instantaneous"/> Durand
<Who nb="2"/>
d'accord
</Turn>
<Turn speaker="maelle" startTime="6" endTime="9"><Sync time="6"/>
<Comment desc="Maëlle se tait"/> voilà <Event desc="pers" type="entities" extent="begin"/>Anne<Event desc="pers" type="entities" extent="end"/>
</Turn>
</Section>
</Episode>
</Trans>
"""


def test_transcriber(tmp_path):
    source = tmp_path / "Maelle.trs"
    source.write_text(TRS, encoding="iso-8859-1")
    target, study = written_back(source)
    made = everything(target)
    again, before = read(target)[0], read(source)[0]
    assert said(again) == said(study[0])
    assert [(turn.time_start, turn.time_end) for turn in again.turns] == [(turn.time_start, turn.time_end) for turn in before.turns]
    assert again.metadata["Thèmes"] == "[hôpital 1] (0:00:00)"
    assert 'oui avec Julie <Event desc="Julie rit" type="noise" extent="instantaneous"/> Morel' in made
    assert '<Speaker id="spk2" name="Nadine" dialect="native" accent="" scope="local"/>' in made
    assert made.count("<Sync ") == TRS.count("<Sync ") and made.count('desc="pers"') == 2
    assert not REAL.search(made)


CHA = """@UTF8
@PID:\tzoe-1
@Begin
@Languages:\tfra
@Participants:\tINV Zoé Investigator, PAR Maëlle Participant
@ID:\tfra|Sainte-Anne|INV|||||Investigator|||
@ID:\tfra|Sainte-Anne|PAR|61;|female|||Participant|||
@Media:\tanne_durand, audio
@Transcriber:\tZoé
*INV:\tvous v(e)nez depuis longtemps , Maëlle ? \x150_1850\x15
%com:\tAnne Durand pose son sac
*PAR:\t&-euh <depuis l'> [/] depuis l'ouverture (.) &=rit avec
\tAnne+Durand . \x151850_5200\x15
*PAR:\tc'est à Sainte-Anne [= hôpital de Zoé] , une schizophrénie +... \x155200_7000\x15
*INV:\t+< ah ! \x156800_7100\x15
@End
"""


def test_chat(tmp_path):
    source = tmp_path / "Maelle.cha"
    source.write_text(CHA, encoding="utf-8")
    target, study = written_back(source, NAMES | {"Zoé": "Lou"})
    made, again = everything(target), read(target)[0]
    assert again.text.split("\n\n")[1] == study[0].text.split("\n\n")[1]
    assert [(turn.time_start, turn.time_end, turn.role) for turn in again.turns] == [
        (turn.time_start, turn.time_end, turn.role) for turn in study[0].turns
    ]
    assert "*INV:\tvous v(e)nez depuis longtemps , Nadine ? \x150_1850\x15" in made
    assert re.search(r"&-euh <depuis l'> \[/\] depuis l'ouverture \(\.\) &=rit avec Julie[ +]Morel \. \x151850_5200\x15", made)
    assert "c'est à &=hôpital_1 , un trouble +..." in made
    assert "@Participants:\tINV Lou Investigator, PAR Nadine Participant" in made
    assert not REAL.search(made)


SPEECH = st.lists(st.sampled_from("oui Anne Durand Maëlle et une schizophrénie , l'année".split()), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(voices=st.lists(st.lists(st.tuples(st.integers(0, 900), SPEECH), min_size=1, max_size=5), min_size=1, max_size=3))
def test_whatever_the_tiers_times_stay_and_names_go(tmp_path, voices):
    made = Eaf()
    made.remove_tier("default")
    for name, said_by in zip(("Maëlle", "Anne Durand", "Marc"), voices, strict=False):
        made.add_tier(name)
        at = 0
        for gap, words in said_by:
            made.add_annotation(name, at + gap, at + gap + 500, f"bon {' '.join(words)}")
            at += gap + 500
    source = tmp_path / "H.eaf"
    source.unlink(missing_ok=True)
    made.to_file(str(source))
    target, study = written_back(source)
    assert read(target)[0].text == study[0].text
    assert times(target) == times(source)
    assert not re.search("Maëlle|Anne Durand", everything(target))
