"""`peerqual review-names`: the table is written, filled, read back; in a study that is coded, codings and decisions follow."""

from __future__ import annotations

import json
import shutil

import pytest

import peerqual as pq
from peerqual import decisions, study_names
from peerqual.anonymization.review.sheet import read_sheet, write_sheet
from peerqual.cli import run_command_line
from peerqual.coding import CODING_COLUMNS, codings_from_table
from peerqual.model import Decision
from peerqual.reporting.outputs import read_csv
from peerqual.study_folder import StudyFolder, init

WORDS = "des mots à moi"
TALK = """Enquêtrice : Et le groupe ?
Maëlle Kervandec : Le groupe de parole, avec Maëlle Kervandec, ça m'a fait du bien. Je me sens moins seule depuis que Maëlle Kervandec m'écoute. \
Avant j'avais honte, Zoubir Hamidi le sait.
Enquêtrice : D'accord.
Maëlle Kervandec : Zoubir Hamidi m'a aidée à parler, je lui fais confiance. J'ai repris espoir à Tréguin.
"""


@pytest.fixture
def secret(monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", WORDS)
    monkeypatch.setenv("PEERQUAL_LANG", "fr")


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """A study that was run once, with a decision on each coding."""
    root = tmp_path_factory.mktemp("studies") / "study"
    study = init(root, lang="fr")
    (study.transcripts / "E01.txt").write_text(TALK, encoding="utf-8")
    study.run(key=pq.Key.create(study.key, passphrase=WORDS), lang="fr")
    table = read_csv(study.reports / "codings.csv", CODING_COLUMNS)
    assert len(table) >= 3
    for row in table.to_dict("records"):
        address = row["document"], row["text_hash"], row["start"], row["end"], row["code"]
        decisions.record(root / "decisions.jsonl", Decision(*address, "accept", *[""] * (len(Decision.__dataclass_fields__) - 6)))
    return root


@pytest.fixture
def study(coded, tmp_path, secret):
    shutil.copytree(coded, tmp_path / "study")
    return StudyFolder.open(tmp_path / "study")


def fill(path, form, **cells):
    table = read_sheet(path)
    for name, value in cells.items():
        table.loc[table["forms"].str.contains(form), name] = value
    write_sheet(table, path, lang="fr")


def passages(study):
    """Return (code, status, words of the original) of each coding."""
    table = read_csv(study.reports / "codings.csv", CODING_COLUMNS)
    texts = pq.read(study.reports / "pseudonymized")
    key = pq.Key.open(study.key, passphrase=WORDS)
    found = []
    for coding in codings_from_table(table, texts):
        start, end = key.maps[coding.document].span_to_original(coding.start, coding.end)
        found.append((coding.code, coding.status, TALK[start:end]))
    return found


def test_write_fill_read_back_list_undo(tmp_path, secret, capsys):
    (tmp_path / "E01.txt").write_text(TALK, encoding="utf-8")
    text, key, sheet = (str(tmp_path / name) for name in ("E01.txt", "study.key", "names.xlsx"))
    assert run_command_line(["review-names", text, "--key", key, "--out", sheet, "--each", "1"], "fr") == 0
    assert "vrais noms" in capsys.readouterr().out
    fill(sheet, "Zoubir", new_replacement="Wassim Belaïd")
    assert run_command_line(["review-names", text, "--key", key, "--apply", sheet, "--accept-rest"], "fr") == 0
    capsys.readouterr()
    assert run_command_line(["review-names", "--key", key, "--list", "--json"], "fr") == 0
    told = json.loads(capsys.readouterr().out)
    rows = told if isinstance(told, list) else told["rows"]
    assert {"rename", "accept"} == {row["verdict"] for row in rows}
    assert run_command_line(["anonymize", text, "--key", key, "--out", str(tmp_path / "out")], "fr") == 0
    written = next((tmp_path / "out").glob("*.txt")).read_text(encoding="utf-8")
    assert written.count("Wassim Belaïd") == 2 and "Zoubir" not in written
    assert run_command_line(["review-names", "--key", key, "--undo", "0"], "fr") == 0
    assert run_command_line(["review-names", "--key", key, "--undo", "99"], "fr") == 2


@pytest.mark.parametrize(
    "words",
    [[], ["--out", "a.xlsx", "--list"], ["--accept-rest", "--list"], ["--out", "a.ods"]],
)
def test_what_is_not_clear_is_told(tmp_path, secret, capsys, words):
    (tmp_path / "E01.txt").write_text(TALK, encoding="utf-8")
    assert run_command_line(["review-names", str(tmp_path / "E01.txt"), "--key", str(tmp_path / "k.key"), *words], "fr") == 2
    assert not (tmp_path / "k.key").exists()
    assert len(capsys.readouterr().err.strip().split("\n")) == 1


def test_transcripts_need_a_key(tmp_path, secret, capsys):
    (tmp_path / "E01.txt").write_text(TALK, encoding="utf-8")
    assert run_command_line(["review-names", str(tmp_path / "E01.txt"), "--out", str(tmp_path / "a.xlsx")], "fr") == 2
    assert "--key" in capsys.readouterr().err


def test_the_table_lies_in_no_folder_of_results(study, capsys):
    assert run_command_line(["review-names", str(study.root), "--out", str(study.reports / "names.xlsx")], "fr") == 2
    assert not (study.reports / "names.xlsx").exists()


def test_in_a_study_codings_and_decisions_follow(study, tmp_path, capsys):
    before, sheet = passages(study), tmp_path / "names.xlsx"
    log = (study.root / "decisions.jsonl").read_text(encoding="utf-8")
    assert run_command_line(["review-names", str(study.root), "--out", str(sheet), "--each", "1"], "fr") == 0
    fill(sheet, "Kervandec", new_replacement="Philippine Charpentier-Duval")  # longer
    fill(sheet, "Zoubir", new_replacement="Wu Li")  # shorter
    fill(sheet, "Tréguin", decision="rejeter")
    assert run_command_line(["review-names", str(study.root), "--apply", str(sheet)], "fr") == 0
    text = next((study.root / "pseudonymized").glob("*.txt")).read_text(encoding="utf-8")
    assert "Philippine Charpentier-Duval" in text and "Wu Li" in text and "Tréguin" in text and "Zoubir" not in text
    assert passages(study) == before
    grown = (study.root / "decisions.jsonl").read_text(encoding="utf-8")
    assert grown.startswith(log) and len(grown) > len(log)
    study.run(key=pq.Key.open(study.key, passphrase=WORDS), overwrite=True, lang="fr")
    again = passages(study)
    assert [one for one in again if one[1] == "accepted"] == [(code, "accepted", words) for code, _, words in before]
    moves = read_csv(study.reports / "codings.csv", CODING_COLUMNS)
    assert set(moves["status"]) <= {"accepted", "proposed"}


def test_undo_in_a_study_brings_texts_and_codings_back(study, tmp_path):
    before, sheet = passages(study), tmp_path / "names.csv"
    text = next((study.root / "pseudonymized").glob("*.txt")).read_bytes()
    place, key = study_names.place_of([study.root]), pq.Key.open(study.key, passphrase=WORDS)
    study_names.write_names(place, sheet, key=key, each=1)
    fill(sheet, "Zoubir", new_replacement="Wu Li")
    assert study_names.apply_names(place, sheet, key=key).moves["verdict"].eq("unchanged").all()
    assert next((study.root / "pseudonymized").glob("*.txt")).read_bytes() != text
    study_names.undo(place, key=pq.Key.open(study.key, passphrase=WORDS))
    assert next((study.root / "pseudonymized").glob("*.txt")).read_bytes() == text
    assert passages(study) == before


def test_nothing_changes_in_a_study_when_all_is_accepted(study, tmp_path):
    files = {path: path.read_bytes() for path in study.reports.rglob("*") if path.is_file()}
    place, key, sheet = study_names.place_of([study.root]), pq.Key.open(study.key, passphrase=WORDS), tmp_path / "names.csv"
    study_names.write_names(place, sheet, key=key)
    assert study_names.apply_names(place, sheet, key=key, accept_rest=True).moves is None
    assert {path: path.read_bytes() for path in study.reports.rglob("*") if path.is_file()} == files
    table, _ = study_names.write_names(place, sheet, key=pq.Key.open(study.key, passphrase=WORDS))
    assert table.empty
