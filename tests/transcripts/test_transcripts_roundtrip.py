"""Read, write, read again: the same turns (speaker, words, times) in every format that is written, on fixtures and on turns made at random."""

from __future__ import annotations

import re
from itertools import accumulate, groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from transcripts_fixtures import FIXTURES, spoken
from transcripts_making import MAKERS, SAID, SPEAKERS, UNTIMED, made, whole
from transcripts_writing import NAMES, everything, written_back

from peerqual.transcripts import read
from peerqual.transcripts.writing import WRITERS

MARKS = re.compile(r"\[rires\]|\(\.\)|[*<.…]")
NOBODY = {"Nobody Is Called So": ""}  # nothing is replaced
WORDS = st.lists(st.sampled_from(SAID), max_size=5).map(" ".join)


@st.composite
def transcripts(draw, suffix):
    """Turns of two or three voices that take turns, some of them empty; with times in tenths of seconds, or without any where the format can."""
    voices = draw(st.permutations(SPEAKERS))[: draw(st.integers(2, 3))]
    said = [*draw(st.lists(WORDS, min_size=3, max_size=9)), *(["voilà"] * len(voices))]  # a voice that never speaks is none
    lengths = draw(st.lists(st.integers(1, 600), min_size=2 * len(said), max_size=2 * len(said)))
    edges = [tenths / 10 for tenths in accumulate(lengths)]
    timed = suffix not in UNTIMED or draw(st.booleans())
    times = zip(edges[::2], edges[1::2], strict=True) if timed else [(None, None)] * len(said)
    return [(voices[n % len(voices)], words, *time) for n, (words, time) in enumerate(zip(said, times, strict=True))]


def by_voice(turns):
    """The words of each voice until another speaks, voices by number (CHAT has codes), without remarks, Markdown's stars and CHAT's marks."""
    voices, said = {}, []
    for speaker, words, *_ in turns:
        if found := MARKS.sub(" ", words).split():
            said.append((voices.setdefault(speaker, len(voices)), found))
    return [(voice, [word for _, words in run for word in words]) for voice, run in groupby(said, key=lambda turn: turn[0])]


def test_every_format_that_is_written_is_made_here():
    assert {f".{suffix.lower()}" for suffix in MAKERS} == set(WRITERS)


@pytest.mark.parametrize("suffix", MAKERS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_turns_made_at_random_are_read_as_they_were_made(suffix, data, tmp_path):
    turns = data.draw(transcripts(suffix))
    assert by_voice(whole(read(made(suffix, turns, tmp_path))[0])) == by_voice(turns)


@pytest.mark.parametrize("names", [NOBODY, NAMES], ids=["nothing", "names"])
@pytest.mark.parametrize("suffix", MAKERS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_turns_made_at_random_come_back(suffix, names, data, tmp_path):
    source = made(suffix, data.draw(transcripts(suffix)), tmp_path)
    target, study = written_back(source, names)
    assert whole(read(target)[0]) == whole(study[0])
    if names is NOBODY:
        assert whole(study[0]) == whole(read(source)[0])
    else:
        assert not any(name in everything(target) for name in ("Maëlle", "Durand", "schizophrénie"))


def test_labels_without_words_before_the_first_turn_are_not_taken_for_it(tmp_path):
    turns = [("Enquêtrice", "", 0.1, 0.2), ("Anne Durand", "", 0.3, 0.4), ("Enquêtrice", "Anne Durand", 0.5, 0.6), ("Anne Durand", "voilà", 0.7, 0.8)]
    target, study = written_back(made("srt", [*turns, ("Enquêtrice", "voilà", 0.9, 1.0)], tmp_path))
    assert whole(read(target)[0]) == whole(study[0])


@pytest.mark.parametrize(
    "fixture", [one for one in FIXTURES if f".{one.name.rpartition('.')[2].lower()}" in WRITERS], ids=lambda one: f"{one.format} {one.name}"
)
def test_the_fixtures_come_back(fixture, tmp_path):
    source = tmp_path / fixture.name
    source.write_bytes(fixture.path(tmp_path).read_bytes())
    target, _ = written_back(source, NOBODY)
    assert spoken(read(target)[0]) == list(fixture.turns)
