"""A study that is run with its own settings compares groups where one asks for it, as a run of files does."""

from __future__ import annotations

import csv

import pytest

from peerqual.cli import run_command_line

TALK = "Enq : Bonjour.\nRép : J’ai retrouvé l’espoir grâce au groupe.\nEnq : Et après ?\nRép : Je garde espoir, on s’entraide entre pairs.\n"


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "good")
    assert run_command_line(["init", str(tmp_path / "study")], "fr") == 0
    for name in ("D1", "D2"):
        (tmp_path / "study" / "transcripts" / f"{name}.txt").write_text(TALK, encoding="utf-8")
    rows = ["document,speaker,participant,association", "D1,Rép,P01,A", "D2,Rép,P02,B"]
    (tmp_path / "study" / "participants.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path / "study"


def test_by_names_the_groups(study):
    assert run_command_line(["run", str(study), "--by", "association"], "fr") == 0
    with (study / "reports" / "tables" / "frequencies_association.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["group"] for row in csv.DictReader(file)} >= {"A", "B"}
    assert run_command_line(["run", str(study), "--overwrite"], "fr") == 0
    assert not (study / "reports" / "tables" / "frequencies_association.csv").exists()


def test_tests_between_groups_need_one(study, capsys):
    assert run_command_line(["run", str(study), "--inference"], "fr") == 2
    assert "--by" in capsys.readouterr().err
    assert not list((study / "reports").iterdir())
    assert run_command_line(["run", str(study), "--inference", "--by", "association"], "fr") == 0
    assert list((study / "reports" / "tables").glob("*association*"))
