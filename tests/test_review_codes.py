"""`peerqual review-codes`: in a study the table is written, filled, read back, counted at the next run; two coders; blind; what follows a text."""

from __future__ import annotations

import json
import shutil
import warnings

import pandas as pd
import pytest

import peerqual as pq
from peerqual import decisions, study_codes
from peerqual.cli import run_command_line
from peerqual.coding import CODING_COLUMNS
from peerqual.coding.review import memos
from peerqual.coding.review.sheet import read_sheet, write_sheet
from peerqual.model import Decision
from peerqual.reporting.outputs import read_csv
from peerqual.study_folder import StudyFolder, init

WORDS = "des mots à moi"
TALK = """Enquêtrice : Et le groupe ?
Maëlle Kervandec : Le groupe de parole, ça m'a fait du bien. Je me sens moins seule depuis que je viens. Avant j'avais honte, personne ne le savait.
Enquêtrice : D'accord.
Maëlle Kervandec : Une aidante m'a appris à parler, je lui fais confiance. J'ai repris espoir. La pluie est tombée.
"""


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    study = init(tmp_path_factory.mktemp("studies") / "study", lang="fr")
    (study.transcripts / "E01.txt").write_text(TALK, encoding="utf-8")
    study.run(key=pq.Key.create(study.key, passphrase=WORDS), lang="fr")
    return study.root


@pytest.fixture
def study(coded, tmp_path, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", WORDS)
    monkeypatch.setenv("PEERQUAL_LANG", "fr")
    shutil.copytree(coded, tmp_path / "study")
    return StudyFolder.open(tmp_path / "study")


def run(*words):
    return run_command_line(["review-codes", *map(str, words)], "fr")


def codings(study):
    return read_csv(study.reports / "codings.csv", CODING_COLUMNS)


def test_write_fill_read_back_count_list_undo(study, tmp_path, capsys):
    sheet = tmp_path / "codes.xlsx"
    assert run(study.root, "--out", sheet) == 0
    table = read_sheet(sheet)
    assert len(table) == len(codings(study)) >= 3
    table.loc[0, ["decision", "memo"]] = "rejeter", "Pas si sûr."
    new = {"document": table["document"][0], "passage": "La pluie est tombée.", "code": table["code"][0]}
    write_sheet(pd.concat([table, pd.DataFrame([new])], ignore_index=True).fillna(""), sheet, lang="fr")
    assert run(study.root, "--apply", sheet, "--coder", "AM") == 0
    assert "nouvelles dans le journal\u00a0: 2." in capsys.readouterr().out
    assert "pluie" not in study.decisions.read_text(encoding="utf-8") and study.memos.stat().st_mode & 0o077 == 0
    assert [one.memo for one in memos.read(study.memos)] == ["Pas si sûr."]
    study.run(key=pq.Key.open(study.key, passphrase=WORDS), overwrite=True, lang="fr")
    assert codings(study)["status"].value_counts().to_dict() == {"proposed": len(table) - 1, "rejected": 1, "added": 1}
    assert run(study.root, "--list", "--json") == 0
    assert [row["verdict"] for row in json.loads(capsys.readouterr().out)] == ["reject", "add"]
    assert run(study.root, "--list") == 0 and run(study.root, "--undo", "1") == 0
    assert [one.verdict for one in decisions.read(study.decisions)] == ["add"]
    out = tmp_path / "again.csv"
    assert pq.__version__ and run_command_line(
        ["code", str(study.reports / "pseudonymized"), "--decisions", str(study.decisions), "--out", str(out)], "fr"
    ) in (0,)
    assert set(read_csv(out, CODING_COLUMNS)["status"]) == {"proposed", "added"}


def test_outside_a_study(study, tmp_path):
    table, texts, log = study.reports / "codings.csv", study.reports / "pseudonymized", tmp_path / "d.jsonl"
    assert run(table, "--transcripts", texts, "--decisions", log, "--out", tmp_path / "c.csv", "--order", "random", "--limit", "2") == 0
    sheet = read_sheet(tmp_path / "c.csv").assign(decision="oui")
    write_sheet(sheet, tmp_path / "c.csv")
    assert run(table, "--transcripts", texts, "--decisions", log, "--apply", tmp_path / "c.csv") == 0
    assert run("--decisions", log, "--list") == 0 and len(decisions.read(log)) == 2
    assert run(table, "--decisions", log, "--out", tmp_path / "c.csv") == 2
    assert run(table, "--transcripts", texts, "--out", tmp_path / "c.csv") == 2


@pytest.mark.parametrize(
    "words", [[], ["--out", "a.xlsx", "--list"], ["--blind", "--all", "--out", "a.csv"], ["--out", "a.ods"], ["--order", "x", "--list"]]
)
def test_what_is_not_clear_is_told_in_one_line(study, capsys, words):
    assert run(study.root, *words) == 2
    assert len(capsys.readouterr().err.strip().split("\n")) == 1


def test_two_coders_and_a_dispute(study, tmp_path, capsys):
    place, sheet, other = study_codes.place_of([study.root]), tmp_path / "c.csv", tmp_path / "other.jsonl"
    table = study_codes.write_codes(place, sheet, order="interview", limit=2)
    write_sheet(table.assign(decision="oui", coder="A"), sheet)
    assert study_codes.apply_codes(place, sheet) == 2
    shutil.copy(study.decisions, other)
    write_sheet(table.assign(decision=["non", ""], coder="B"), sheet)
    elsewhere = study_codes.place_of([study.root], decisions=other)
    assert study_codes.apply_codes(elsewhere, sheet) == 1
    assert run(study.root, "--merge", other) == 3 and "divergent\u00a0: 1\u202f;" in capsys.readouterr().out
    assert run(study.root, "--disputed", "--out", sheet) == 0
    dispute = read_sheet(sheet)
    assert list(dispute["verdicts"]) == ["A\u00a0: accepter · B\u00a0: rejeter"]
    assert run(study.root, "--list") == 0
    listed = capsys.readouterr().out
    assert listed.count("accepter") == 2 and "rejeter" in listed and "False" not in listed
    write_sheet(dispute.assign(decision="non", coder="C"), sheet)
    assert run(study.root, "--apply", sheet) == 0 and run(study.root, "--merge", other) == 0


def test_blind_judgments_are_what_evaluate_takes(study, tmp_path, capsys):
    sheet, judged = tmp_path / "b.csv", tmp_path / "judged"
    assert run(study.root, "--judged", judged) == 1 and "à l’aveugle" in capsys.readouterr().err
    assert run(study.root, "--blind", "--out", sheet, "--limit", "6", "--coder", "B") == 0
    table = read_sheet(sheet)
    code = codings(study)["code"][0]
    write_sheet(table.assign(codes=[code, *["-"] * (len(table) - 1)]), sheet)
    assert run(study.root, "--apply", sheet) == 0
    assert run(study.root, "--judged", judged, "--coder", "B") == 0 and run(study.root, "--judged", judged, "--coder", "X") == 1
    assert len(read_csv(judged / "units.csv", ("document", "start", "end"))) == len(table)
    assert list(read_csv(judged / "codings.csv", CODING_COLUMNS)["code"]) == [code]
    texts = str(study.reports / "pseudonymized")
    machine = str(study.reports / "codings.csv")
    words = ["evaluate", machine, str(judged / "codings.csv"), "--units", str(judged / "units.csv"), "--transcripts", texts, "--json"]
    assert run_command_line(words, "fr") in (0, 3)


def test_a_corrected_text_takes_decisions_judgments_and_memos_along(study, tmp_path):
    place, sheet = study_codes.place_of([study.root]), tmp_path / "c.csv"
    blind = study_codes.write_codes(place, sheet, blind=True)
    blind["codes"] = ["-" if "pluie" in words else "" for words in blind["passage"]]
    write_sheet(blind.assign(memo=blind["codes"].map({"-": "Rien.", "": ""})), sheet)
    assert study_codes.apply_codes(place, sheet, coder="B") == 1
    (tmp_path / "E01.txt").write_text(TALK.replace("Et le groupe ?", "Et le groupe, alors, dites-moi ?"), encoding="utf-8")
    assert run_command_line(["update", str(tmp_path / "E01.txt"), "--study", str(study.root)], "fr") == 0
    (text,) = pq.read(study.reports / "pseudonymized")
    unit = pq.judged_units(study.decisions).iloc[-1]
    assert unit["text_hash"] == text.text_hash and text.text[unit["start"] : unit["end"]] == "La pluie est tombée." and unit["blind"]
    memo = memos.read(study.memos)[-1]
    assert (memo.memo, text.text[memo.start : memo.end]) == ("Rien.", "La pluie est tombée.")
    with warnings.catch_warnings():
        warnings.simplefilter("error", decisions.OutdatedDecisions)  # moved decisions are none
        assert run(study.root, "--out", sheet) == 0


def test_decisions_on_another_text_are_said(study, tmp_path):
    (text,) = pq.read(study.reports / "pseudonymized")
    decisions.record(study.decisions, Decision(text.id, "0" * 64, 3, 9, codings(study)["code"][0], "accept", "A", ""))
    with pytest.warns(decisions.OutdatedDecisions, match=f"{text.id}.*peerqual update"):
        assert run(study.root, "--out", tmp_path / "c.csv") == 0


def test_a_table_made_before_the_text_changed_is_refused_and_update_offered(study, tmp_path, capsys):
    place, sheet = study_codes.place_of([study.root]), tmp_path / "c.csv"
    table = study_codes.write_codes(place, sheet)
    write_sheet(table.assign(decision="oui"), sheet)
    (tmp_path / "E01.txt").write_text(TALK.replace("Et le groupe ?", "Et le groupe, alors ?"), encoding="utf-8")
    assert run_command_line(["update", str(tmp_path / "E01.txt"), "--study", str(study.root)], "fr") == 0
    capsys.readouterr()
    log = study.decisions.read_bytes()
    assert run(study.root, "--apply", sheet) == 1
    told = capsys.readouterr().err
    assert "peerqual update" in told and ":2" in told and study.decisions.read_bytes() == log


def test_a_withdrawal_takes_memos_too(study):
    (text,) = pq.read(study.reports / "pseudonymized")
    memos.record(study.memos, memos.CodingMemo(text.id, text.text_hash, 3, 9, "", "A", "", "De Maëlle."))
    pq.withdraw("E01:Maëlle Kervandec", study, ask=lambda: WORDS)
    assert "Maëlle" not in study.memos.read_text(encoding="utf-8")


def test_suggest_and_evaluate_read_decisions_that_were_made_after_the_run(study, tmp_path, capsys):
    sheet, code = tmp_path / "c.csv", codings(study)["code"][0]
    suggest = ["codebook", "suggest", code, "--codings"]
    assert run_command_line([*suggest, str(study.root)], "fr") == 1 and "aucun passage" in capsys.readouterr().err
    table = study_codes.write_codes(study_codes.place_of([study.root]), sheet, everything=True, order="interview")
    write_sheet(table.assign(decision=["oui" if one == code else "non" for one in table["code"]], coder="A"), sheet)
    assert run(study.root, "--apply", sheet) == 0
    for told in (study.root, study.reports / "codings.csv"):
        assert run_command_line([*suggest, str(told)], "fr") == 0
    before = codings(study)
    assert set(before["status"]) == {"proposed"}, "the tables of the run stand as they were"
    shutil.copy(study.reports / "codings.csv", tmp_path / "alone.csv")
    assert run_command_line([*suggest, str(tmp_path / "alone.csv")], "fr") == 2, "a table of no study needs its texts"
    found = pq.evaluate(study.reports / "codings.csv", study.root, status=("accepted", "added"))
    counted = found.table[found.table["scope"] == "code"].set_index("code")
    assert set(counted.index[counted["units_b"] > 0]) == {code} < set(counted.index[counted["units_a"] > 0])
    assert found.table["cohen_kappa"].notna().any() and "text" in found.disagreements, "the texts are the study's"


def test_a_study_is_judged_alike_before_and_after_it_runs_again(study, tmp_path):
    place = study_codes.place_of([study.root])
    table = study_codes.write_codes(place, tmp_path / "c.csv", order="interview", limit=2)
    new = {"document": table["document"][0], "passage": "La pluie est tombée.", "code": table["code"][0], "decision": "nouveau", "coder": "A"}
    rows = table.assign(decision=["oui", "non"], coder="A")
    write_sheet(pd.concat([rows, pd.DataFrame([new])], ignore_index=True).fillna(""), tmp_path / "c.csv")
    assert study_codes.apply_codes(place, tmp_path / "c.csv") == 3
    before = place.judged()[0]
    assert sorted(before["status"].unique())[:2] == ["accepted", "added"]
    study.run(key=pq.Key.open(study.key, passphrase=WORDS), lang="fr", overwrite=True)
    for told in (codings(study), place.judged()[0]):
        kept = ["document", "start", "end", "code", "status", "origin"]
        pd.testing.assert_frame_equal(told[kept].reset_index(drop=True), before[kept].reset_index(drop=True), check_dtype=False)


def test_what_two_people_disagree_on_is_stamped_apart(study, tmp_path):
    place, key = study_codes.place_of([study.root]), pq.Key.open(study.key, passphrase=WORDS)
    table = study_codes.write_codes(place, tmp_path / "c.csv", order="interview")
    none, yes = [""] * (len(table) - 1), ["oui"] * (len(table) - 1)
    split = ["non", *yes]
    for coder, said in (("A", ["oui", *none]), ("B", ["non", *none]), ("A", ["oui", *yes]), ("B", split)):
        write_sheet(table.assign(decision=said, coder=coder), tmp_path / "c.csv")
        study_codes.apply_codes(place, tmp_path / "c.csv")
        if coder == "B":
            study.run(key=key, lang="fr", overwrite=True)
            page = (study.reports / "report.html").read_text(encoding="utf-8")
            assert "Codages en litige\u00a0: 1" in page
            assert ("Propositions automatiques non relues" in page) == (said is not split), "nothing but the dispute is left"
    write_sheet(study_codes.write_codes(place, tmp_path / "d.csv", disputes=True).assign(decision=["non"], coder="C"), tmp_path / "d.csv")
    assert study_codes.apply_codes(place, tmp_path / "d.csv") == 1
    study.run(key=key, lang="fr", overwrite=True)
    assert "en litige" not in (study.reports / "report.html").read_text(encoding="utf-8")
