"""What pympi-ling writes is read as pympi-ling reads it: speakers, words and times of ELAN and Praat, on files made at random."""

from __future__ import annotations

from itertools import groupby

import pympi
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from transcripts_reading import words

from peerqual.transcripts import read

NAMES = ("Enquêtrice", "Odile", "M. Ba")
WORDS = st.sampled_from(["oui", "non mais", "c'est ça ?", "à peu près", "« bien »", "x < y & z", "l'été, d'accord…", 'le "club"'])
# For each voice: words, with the tenths of a second before and during them.
VOICE = st.lists(st.tuples(WORDS, st.integers(0, 30), st.integers(1, 40)), max_size=6)
VOICES = st.lists(VOICE, min_size=1, max_size=3).filter(any)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def timed(voice):
    """Intervals in milliseconds, in order, that do not overlap."""
    now, made = 0, []
    for said, before, during in voice:
        start = now + before * 100
        now = start + during * 100
        made.append((start, now, said))
    return made


def expected(tiers: dict[str, list[tuple[int, int, str]]]):
    """Runs of one speaker among all annotations in order of time: the plain definition."""
    rows = sorted(((start, n, end, name, said) for n, (name, tier) in enumerate(tiers.items()) for start, end, said in tier))
    runs = [list(run) for _, run in groupby(rows, key=lambda row: row[3])]
    return [(run[0][3], " ".join(row[4] for row in run), run[0][0] / 1000, run[-1][2] / 1000) for run in runs]


def found(path):
    transcript = read(path)[0]
    return [(turn.speaker, words(transcript, turn), turn.time_start, turn.time_end) for turn in transcript.turns]


@FEW
@given(VOICES)
def test_elan_files_of_pympi(tmp_path, voices):
    eaf = pympi.Elan.Eaf(author="")
    eaf.remove_tier("default")
    for name, voice in zip(NAMES, voices, strict=False):
        eaf.add_tier(name, part=name)
        for start, end, said in timed(voice):
            eaf.add_annotation(name, start, end, said)
    path = tmp_path / "a.eaf"
    path.unlink(missing_ok=True)
    eaf.to_file(str(path))
    again = pympi.Elan.Eaf(str(path))
    tiers = {name: sorted(again.get_annotation_data_for_tier(name)) for name in again.get_tier_names()}
    assert found(path) == expected(tiers)


@pytest.mark.parametrize("mode", ["normal", "short"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@FEW
@given(VOICES)
def test_praat_files_of_pympi(tmp_path, mode, codec, voices):
    made = {name: timed(voice) for name, voice in zip(NAMES, voices, strict=False)}
    last = max(end for tier in made.values() for _, end, _ in tier)
    grid = pympi.Praat.TextGrid(xmin=0, xmax=last / 1000)
    for name, voice in made.items():
        tier = grid.add_tier(name)
        for start, end, said in voice:
            tier.add_interval(start / 1000, end / 1000, said)
    path = tmp_path / "a.TextGrid"
    grid.to_file(str(path), codec=codec, mode=mode)
    assert found(path) == expected(made)


def test_a_binary_textgrid_is_refused_with_the_remedy(tmp_path):
    grid = pympi.Praat.TextGrid(xmin=0, xmax=1)
    grid.add_tier("A").add_interval(0, 1, "oui")
    grid.to_file(str(tmp_path / "a.TextGrid"), mode="binary")
    with pytest.raises(Exception, match=r"Praat") as raised:
        read(tmp_path / "a.TextGrid")
    assert raised.value.key == "readers.textgrid_form"


def test_dependent_tiers_of_pympi(tmp_path):
    eaf = pympi.Elan.Eaf(author="")
    eaf.remove_tier("default")
    eaf.add_linguistic_type("mots", constraints="Symbolic_Subdivision", timealignable=False)
    eaf.add_tier("A")
    eaf.add_annotation("A", 0, 1000, "on verra bien")
    eaf.add_tier("mots", ling="mots", parent="A")
    eaf.add_ref_annotation("mots", "A", 500, "on")
    eaf.to_file(str(tmp_path / "a.eaf"))
    transcript = read(tmp_path / "a.eaf")[0]
    assert found(tmp_path / "a.eaf") == [("A", "on verra bien", 0.0, 1.0)]
    assert [(doubt.key, doubt.values["n"]) for doubt in transcript.doubts] == [("readers.dependent", 1)]


def test_times_beyond_a_day_and_the_end_of_the_last_word(tmp_path):
    eaf = pympi.Elan.Eaf(author="")
    eaf.remove_tier("default")
    eaf.add_tier("A")
    eaf.add_annotation("A", 90_000_001, 90_000_500, "enfin")
    eaf.to_file(str(tmp_path / "a.eaf"))
    assert found(tmp_path / "a.eaf") == [("A", "enfin", 90_000.001, 90_000.5)]
