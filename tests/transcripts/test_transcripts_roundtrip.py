"""Read, write, read again: the same turns (speaker, words, times) in every format that is written, on fixtures and on turns made at random."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from transcripts_fixtures import FIXTURES, spoken
from transcripts_making import MAKERS, SAID, SPEAKERS, UNTIMED, made, whole
from transcripts_writing import NAMES, everything, written_back

from peerqual.transcripts import read
from peerqual.transcripts.writing import WRITERS

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


def test_every_format_that_is_written_is_made_here():
    assert {f".{suffix.lower()}" for suffix in MAKERS} == set(WRITERS)


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


@pytest.mark.parametrize("fixture", [one for one in FIXTURES if f".{one.name.rpartition('.')[2].lower()}" in WRITERS], ids=lambda one: one.name)
def test_the_fixtures_come_back(fixture, tmp_path):
    source = tmp_path / fixture.name
    source.write_bytes(fixture.path(tmp_path).read_bytes())
    target, _ = written_back(source, NOBODY)
    assert spoken(read(target)[0]) == list(fixture.turns)
