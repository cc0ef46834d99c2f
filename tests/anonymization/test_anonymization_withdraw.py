"""A participant withdraws: nothing of theirs stays in the study, everything of the others does, and a broken withdrawal is finished later."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from peerqual import Key, StudyFolder, decisions, log, withdraw
from peerqual import study_withdraw as room
from peerqual.cli import run_command_line
from peerqual.errors import PeerqualError
from peerqual.model import Decision

ALONE = """Enquêtrice : Comment ça va depuis l'hôpital ?
Maëlle Kervandec : Ça va mieux, j'ai repris le travail à Douarnevez. J'ai plus peur de rechuter, mon numéro c'est le 06 12 34 56 78.
Enquêtrice : Et au groupe ?
Maëlle Kervandec : Au groupe je dis aux nouveaux qu'on s'en sort. J'ai de l'espoir, maintenant.
"""
OTHER = """Enquêteur : Vous venez souvent ?
Yacine Haddouche : Tous les mardis. J'ai de l'espoir pour ceux qui arrivent. C'est Maëlle Kervandec qui m'a amené.
Enquêteur : Pourquoi ?
Yacine Haddouche : On s'entraide. Je leur dis qu'on peut s'en sortir, je suis passé par là. J'avais peur de rechuter.
"""
GROUP = """Groupe de parole, avec Maëlle Kervandec et Yacine Haddouche

Yacine Haddouche : Bonjour à tous. J'ai de l'espoir, on s'en sort, je vous le dis.

Maëlle Kervandec : Moi c'est la turquoise, la cage d'escalier. J'ai repris le travail, j'ai de l'espoir aussi.

Lucette Pasquereau : Merci Maëlle. Avant j'avais peur de rechuter, maintenant moins.

Maëlle Kervandec : Tant mieux, la turquoise toujours.

Yacine Haddouche : On s'entraide.
"""
PEOPLE = """document,speaker,participant,role,ville
E01,Maëlle Kervandec,P01,respondent,Douarnevez
e01.txt,Enquêtrice,R01,interviewer,
E02,Yacine Haddouche,P02,respondent,
G01,Yacine Haddouche,P02,respondent,
G01,Maëlle Kervandec,P01,respondent,Douarnevez
G01,Lucette Pasquereau,P03,respondent,
"""
HERS = ("Kervandec", "Maëlle", "turquoise", "06 12 34 56 78", "Douarnevez")
WORDS = "un deux trois"


def peerqual(*words, lang="en"):
    return run_command_line([str(word) for word in words], lang)


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module", autouse=True)
def no_figures():
    """Figures take most of the time, and hold no words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("peerqual.reporting.figures.save", lambda *_: None)
        yield


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """A study that was run, with a decision on every coding, two models, an export and an earlier version of a text."""
    folder = tmp_path_factory.mktemp("withdraw") / "study"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEERQUAL_PASSPHRASE", WORDS)
        peerqual("init", folder)
        for name, text in (("E01", ALONE), ("E02", OTHER), ("G01", GROUP)):
            (folder / "transcripts" / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / "participants.csv").write_text(PEOPLE, encoding="utf-8")
        assert peerqual("run", folder) == 0
    for row in rows_of(folder / "reports" / "codings.csv"):
        place = {name: int(row[name]) for name in ("start", "end")}
        decision = Decision(
            row["document"], row["text_hash"], **place, code=row["code"], verdict="accept", coder="CR", at="2026-01-01T00:00:00+00:00"
        )
        decisions.record(folder / "decisions.jsonl", decision)
    for name, people in (("hers", ["P01", "P02"]), ("theirs", ["P02"])):
        (folder / "models" / name).mkdir()
        (folder / "models" / name / "model.json").write_text(json.dumps({"participants": people}))
        (folder / "models" / name / "weights.bin").write_bytes(b"x")
    (folder / "models" / "old.bin").write_bytes(b"x")
    (folder / "exports" / "team").mkdir(parents=True)
    (folder / "exports" / "team" / "manifest.json").write_text("{}")
    (folder / "exports" / "team" / "E01.txt").write_text("J'ai repris le travail.", encoding="utf-8")
    (folder / "transcripts" / "versions").mkdir()
    (folder / "transcripts" / "versions" / "E01.0123abcd.txt").write_text(ALONE, encoding="utf-8")
    (folder / "transcripts" / "versions" / "E02.0123abcd.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def study(coded, tmp_path, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", WORDS)
    return shutil.copytree(coded, tmp_path / "study")


@pytest.fixture(scope="module")
def done(coded, tmp_path_factory):
    """The study after P01 withdrew, and the result."""
    folder = shutil.copytree(coded, tmp_path_factory.mktemp("withdrawn") / "study")
    return folder, withdraw("P01", StudyFolder.open(folder), ask=lambda: WORDS)


# --- what goes --------------------------------------------------------------------------------------------------------


def test_nothing_of_the_person_is_left_in_any_file(done):
    folder, result = done
    for name, data in tree(folder).items():
        for word in HERS:
            assert word.encode() not in data and word not in name, (name, word)
    state = Key.open(folder / "private" / "study.key", passphrase=WORDS)._state().decode()
    for word in (*HERS, "kervandec", "maelle", "douarnevez"):
        assert word not in state, word
    assert result.findings.empty and ("withdraw.proved", {}) in result.said


def test_documents_that_are_hers_alone_go_with_their_versions(done):
    folder, _ = done
    assert sorted(path.name for path in (folder / "transcripts").iterdir()) == ["E02.txt", "G01.txt", "versions"]
    # E02 says her name: its earlier version did too.
    assert not any((folder / "transcripts" / "versions").iterdir())
    assert not list(folder.rglob("E01*")) and not (folder / "exports" / "team").exists()
    assert not (folder / ".withdrawal").exists()


def test_her_turns_go_and_what_others_say_stays(done):
    folder, _ = done
    text = (folder / "transcripts" / "G01.txt").read_text(encoding="utf-8")
    kept = [line for line in GROUP.splitlines() if not line.startswith("Maëlle")]
    assert text.count("[propos retirés]\n") == 2 and len(text.splitlines()) == len(GROUP.splitlines())
    for line in kept[1:]:
        if "Maëlle" not in line:
            assert line in text.splitlines()
    assert "Lucette Pasquereau : Merci " in text and ". Avant j'avais peur de rechuter, maintenant moins." in text
    assert "Haddouche" in text  # the others' names are where they were


def test_the_table_of_participants_and_the_models(done):
    folder, result = done
    assert {row["participant"] for row in rows_of(folder / "participants.csv")} == {"P02", "P03"}
    assert sorted(path.name for path in (folder / "models").iterdir()) == ["old.bin", "theirs"]
    assert any(key == "withdraw.unknown_models" and values["names"] == "models/old.bin" for key, values in result.said)


def test_codings_and_decisions_of_the_others_stay_with_their_words(coded, done):
    folder, result = done
    before, after = rows_of(coded / "reports" / "codings.csv"), rows_of(folder / "reports" / "codings.csv")
    others = [(row["code"], row["document"], row["participant"]) for row in before if row["participant"] != "P01"]
    assert others and sorted(others) == sorted((row["code"], row["document"], row["participant"]) for row in after)
    for row in after:
        text = (folder / "reports" / "pseudonymized" / f"{row['document']}.txt").read_text(encoding="utf-8")
        assert text[int(row["start"]) : int(row["end"])] == row["text"] and "retirés" not in row["text"]
    addresses = {(row["document"], row["text_hash"], row["start"], row["end"], row["code"]) for row in after}
    left = decisions.read(folder / "decisions.jsonl")
    assert {(one.document, one.text_hash, str(one.start), str(one.end), one.code) for one in left} == addresses
    counts = dict(result.counts.itertuples(index=False))
    assert counts["codings"] == len(before) - len(after) == counts["decisions"] > 0


def test_results_are_those_of_a_study_without_her(done):
    folder, _ = done
    assert (folder / "reports" / "manifest.json").exists()
    assert {path.stem for path in (folder / "pseudonymized").glob("*.txt")} == {"E02", "G01"}
    totals = {row["participants_total"] for row in rows_of(folder / "reports" / "frequencies.csv") if row["group"] == "group"}
    assert totals <= {"2"}


def test_the_tombstone_has_no_content(done):
    folder, _ = done
    *_, last = log.read(folder / "decisions.jsonl")
    assert set(last) == {"kind", "participant", "at", *room.COUNTED}
    assert last["kind"] == "withdrawal" and last["participant"] == "P01" and len(last["at"]) == 10
    assert all(type(last[what]) is int for what in room.COUNTED)
    assert (
        last["documents"] == 1 and last["turns"] == 2 and last["versions"] == 2 and last["models"] == 1 and last["exports"] == 1 and last["rows"] == 3
    )


def test_the_others_keep_their_pseudonyms(coded, done):
    folder, _ = done
    before, after = (Key.open(one / "private" / "study.key", passphrase=WORDS).assignments for one in (coded, folder))
    for name, id in before.entities.items():
        if "haddouche" in name or "lucette" in name:
            assert after.entities[name] == id and after.values[id] == before.values[id]
    assert after.surnames["haddouche"] == before.surnames["haddouche"]
    assert after.participants == {"P02": "P02", "P03": "P03", "R01": "R01"}


# --- what is told, what is refused ------------------------------------------------------------------------------------


def test_a_dry_run_tells_and_changes_nothing(study, done, capsys):
    before = tree(study)
    assert peerqual("withdraw", "P01", "--study", study, "--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert tree(study) == before and not (study / ".withdrawal").exists()
    assert told["counts"] == {str(what): n for what, n in done[1].counts.itertuples(index=False)}
    assert {"path": "transcripts/E01.txt", "done": "removed"} in told["places"]
    assert peerqual("withdraw", "P01", "--study", study, "--dry-run", lang="fr") == 0
    assert "Rien n’a été changé" in capsys.readouterr().out


def test_nobody_of_that_name_and_a_wrong_passphrase_change_nothing(study, monkeypatch, capsys):
    before = tree(study)
    assert peerqual("withdraw", "P09", "--study", study, "--yes") == 1
    err = capsys.readouterr().err
    assert "P01, P02, P03, R01" in err and err.count("\n") == 1
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "fausse")
    assert peerqual("withdraw", "P01", "--study", study, "--yes") == 1
    assert "passphrase" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert peerqual("withdraw", "P01", "--study", study) == 2
    assert "--yes" in capsys.readouterr().err
    assert tree(study) == before


def test_what_the_audit_finds_is_told_with_status_3(study, capsys):
    (study / "notes.txt").write_text("Rappeler Mme Kervandec lundi.\n", encoding="utf-8")
    assert peerqual("withdraw", "P01", "--study", study, "--yes") == 3
    out = capsys.readouterr().out
    assert "notes.txt" in out and "Kervandec" not in out and "1 place(s)" in out


def test_lists_that_people_keep_in_the_study_are_named_and_left(study, capsys):
    import openpyxl

    hers, others = "J'ai repris le travail, j'ai de l'espoir aussi", "Je leur dis qu'on peut s'en sortir, je suis passé par là"
    book = openpyxl.Workbook()
    book.active.append([others, hers.upper().replace(" ", "  ")])
    book.save(study / "matrix.xlsx")
    (study / "lists").mkdir()
    (study / "lists" / "excerpts.csv").write_text(f'text,keep\n"{hers}. Voilà",yes\n', encoding="utf-8")
    (study / "lists" / "others.csv").write_text(f'text,keep\n"{others}",yes\n', encoding="utf-8")
    kept = (study / "lists" / "excerpts.csv").read_bytes()
    assert withdraw("P01", StudyFolder.open(study), ask=lambda: WORDS, dry_run=True).left == ("lists/excerpts.csv", "matrix.xlsx")
    assert peerqual("withdraw", "P01", "--study", study, "--yes") == 3
    said = capsys.readouterr()
    assert "lists/excerpts.csv, matrix.xlsx" in said.out + said.err and "repris" not in said.out + said.err
    assert (study / "lists" / "excerpts.csv").read_bytes() == kept


# --- nothing half done ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", (0, 4, 9))
def test_a_withdrawal_broken_off_at_any_step_is_finished_by_the_next(study, done, monkeypatch, step):
    swap, seen = room._swap, []

    def broken(new, target):
        seen.append(target)
        if len(seen) > step:
            raise PeerqualError("withdraw.interrupted", where=target)
        swap(new, target)

    monkeypatch.setattr(room, "_swap", broken)
    with pytest.raises(PeerqualError):
        withdraw("P01", StudyFolder.open(study), ask=lambda: WORDS)
    monkeypatch.setattr(room, "_swap", swap)
    with pytest.raises(PeerqualError) as fault:
        withdraw("P01", StudyFolder.open(study), ask=lambda: WORDS, dry_run=True)
    assert fault.value.key == "withdraw.pending"
    result = withdraw("P01", StudyFolder.open(study), ask=lambda: WORDS)
    assert ("withdraw.resumed", {"participant": "P01"}) in result.said and result.findings.empty
    wanted, got = tree(done[0]), tree(study)
    assert sorted(wanted) == sorted(got)
    assert all(wanted[name] == got[name] for name in wanted if name.startswith(("transcripts", "participants", "reports/codings", "decisions")))


def test_what_fails_before_the_journal_leaves_the_study(study, monkeypatch):
    before = tree(study)
    monkeypatch.setattr(room, "_prepare", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        withdraw("P01", StudyFolder.open(study), ask=lambda: WORDS)
    assert tree(study) == before and not (study / ".withdrawal").exists()


def test_a_swap_may_be_done_twice(tmp_path):
    (tmp_path / "new").write_text("new")
    (tmp_path / "old").write_text("old")
    for _ in range(2):
        room._swap(tmp_path / "new", tmp_path / "old")
        assert (tmp_path / "old").read_text() == "new"
        room._swap(None, tmp_path / "gone")


# --- other studies ----------------------------------------------------------------------------------------------------


def test_without_a_table_a_voice_is_called_by_its_document(study):
    (study / "participants.csv").unlink()
    result = withdraw("G01:Lucette Pasquereau", StudyFolder.open(study), ask=lambda: WORDS)
    text = (study / "transcripts" / "G01.txt").read_text(encoding="utf-8")
    assert "Pasquereau" not in text and text.count("[propos retirés]") == 1 and "Kervandec" in text
    assert result.participant == "G01"


def test_where_persons_are_called_by_codes_the_settings_hold_and_the_code_goes(study):
    (study / "peerqual.toml").write_text('language = "fr"\nnames = "codes"\nkeep = []\n', encoding="utf-8")
    assert peerqual("run", study, "--overwrite") == 0
    assert "P02" in (study / "pseudonymized" / "G01.txt").read_text(encoding="utf-8")
    withdraw("P01", StudyFolder.open(study), ask=lambda: WORDS)
    for folder in ("transcripts", "pseudonymized"):
        text = (study / folder / "G01.txt").read_text(encoding="utf-8")
        assert "Merci [personne retirée]." in text and "P01" not in text and "Maëlle" not in text
    assert "P02" in (study / "pseudonymized" / "G01.txt").read_text(encoding="utf-8")


def test_the_last_participant_leaves_an_empty_study(study):
    for who in ("P01", "P02", "P03"):
        withdraw(who, StudyFolder.open(study), ask=lambda: WORDS)
    assert not (study / "reports").exists() and [path for path in (study / "transcripts").glob("*.txt")] == []
    assert [entry["kind"] for entry in log.read(study / "decisions.jsonl")] == ["withdrawal"] * 3


def test_a_study_that_was_never_run(tmp_path):
    peerqual("init", tmp_path / "s")
    (tmp_path / "s" / "transcripts" / "E01.txt").write_text(ALONE, encoding="utf-8")
    (tmp_path / "s" / "transcripts" / "G01.txt").write_text(GROUP, encoding="utf-8")
    (tmp_path / "s" / "participants.csv").write_text(PEOPLE, encoding="utf-8")
    result = withdraw("P01", StudyFolder.open(tmp_path / "s"), ask=lambda: 1 / 0)
    assert "turquoise" not in (tmp_path / "s" / "transcripts" / "G01.txt").read_text(encoding="utf-8")
    assert not (tmp_path / "s" / "transcripts" / "E01.txt").exists() and ("withdraw.no_key", {}) in result.said
