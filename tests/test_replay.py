"""The whole study replayed from the files of the sample, as ``benchmarks/replay.py`` does: what RESULTS.md says of it is what comes out."""

from __future__ import annotations

import pytest

from conftest import ROOT
from test_sample_corpus import TOTALS


@pytest.fixture(scope="module")
def replay():
    """The benchmark's functions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        import replay

        yield replay


@pytest.fixture(scope="module")
def lines(replay):
    return replay.figures().splitlines()


def test_the_table_of_the_second_enquiry_has_its_fifteen_rows_exactly(replay):
    answers = replay.table("variables")
    assert replay.study_table(answers).to_dict() == TOTALS and len(TOTALS) == 15


def test_every_claim_has_a_status_by_people_and_by_proposals(lines):
    claims = [
        line.strip("| ").split(" | ")
        for line in lines[lines.index("| claim | by people's reading | by proposals | why, by people's reading |") + 2 :]
    ]
    claims = [row for row in claims if len(row) == 4]
    assert len(claims) == 32
    assert {row[0]: row[1] for row in claims if row[1] != "found"} == {"retablissement_rupture": "partly"}  # three of four deny the cut
    assert {row[2] for row in claims} <= {"found", "partly", "not"}


def test_what_results_say_of_the_replay_is_what_comes_out(replay, lines):
    """Remake it by ``python benchmarks/replay.py --write`` where codebooks, finders or the model changed, and read what moved."""
    assert replay.written().splitlines() == lines
