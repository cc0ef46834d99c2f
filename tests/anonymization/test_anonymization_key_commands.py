"""`peerqual key`: what it shows, restores, rotates and destroys, and the places where a key and its originals may not lie."""

from __future__ import annotations

import io
import json
import os
import sys

import pytest
from anonymization_marks import corpus_of

from peerqual import Key
from peerqual.anonymization import anonymize
from peerqual.anonymization.correspondence import correspondence
from peerqual.anonymization.key import _HEADER, destroy, erase, is_shared
from peerqual.anonymization.restoring import restore
from peerqual.cli import run_command_line
from peerqual.errors import KeyFileError, UsageError

MARKED = {
    "E01_Kervandec": "[[PER:Maëlle Kervandec]] : À [[LOC:Lyon]], le [[DATE:3 mai 1998]], ma {dépression}. Le trouble, c'est ça.\n"
    "Autre : Ah. [[PER:Maëlle]] dit que ma {schizophrénie} aussi. Puis à [[LOC:Lyon]] encore, le trouble revient.\n",
    "E02": "[[PER:Yaya]] : Avec [[PER:Maëlle Kervandec]], sous [[MED:Prozac]].\n",
}
WORDS = "des mots à moi"


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A key and the pseudonymized texts that it knows, written to ``texts/``."""
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", WORDS)
    corpus, mentions = corpus_of(MARKED)
    key = Key.create(tmp_path / "private" / "study.key", passphrase=WORDS)
    study = anonymize(corpus, mentions, key=key)
    (tmp_path / "texts").mkdir()
    for transcript in study:
        (tmp_path / "texts" / f"{transcript.id}.txt").write_text(transcript.text, encoding="utf-8")
    return key, corpus, study


def peerqual(*words, lang="en"):
    return run_command_line([str(word) for word in words], lang)


def one_line(capsys):
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "Traceback" not in err and "Kervandec" not in err, err
    return err


# --- show -------------------------------------------------------------------------------------------------------------


def test_the_table_has_everybody_and_what_they_became(made):
    key, _, study = made
    rows = correspondence(key).to_dict("records")
    people = {row["original"]: row["replacement"] for row in rows if row["kind"] == "PER"}
    assert set(people) == {"Maëlle · Maëlle Kervandec", "Yaya"}
    assert people["Maëlle · Maëlle Kervandec"] in study.by_id()["E02"].text and people["Yaya"] in study.by_id()["E02"].text
    assert {(row["original"], row["replacement"]) for row in rows if row["kind"] == "document"} == {("E01_Kervandec", "D01"), ("E02", "E02")}
    lyon = next(row["replacement"] for row in rows if row["original"] == "Lyon")
    assert lyon.startswith("[") and lyon in study.by_id()["D01"].text
    assert next(row for row in rows if "dépression" in row["original"])["replacement"] == ""


def test_show_prints_and_writes_for_its_owner_alone(made, tmp_path, capsys):
    key = made[0].path
    assert peerqual("key", "show", "--key", key) == 0
    assert "Maëlle" in capsys.readouterr().out
    assert peerqual("key", "show", "--key", key, "--json") == 0
    assert "Yaya" in {row["original"] for row in json.loads(capsys.readouterr().out)}
    assert peerqual("key", "show", "--key", key, "--out", tmp_path / "table.csv") == 0
    assert "Kervandec" not in capsys.readouterr().out
    text = (tmp_path / "table.csv").read_text(encoding="utf-8")
    assert text.startswith("kind,entity,original,replacement\n") and "Kervandec" in text
    if os.name == "posix":
        assert oct((tmp_path / "table.csv").stat().st_mode)[-3:] == "600"
    assert peerqual("key", "show", "--key", key, "--out", tmp_path / "table.csv") == 1  # nothing is overwritten


# --- restore ----------------------------------------------------------------------------------------------------------


def test_a_text_as_it_was_written_comes_back_to_the_character(made):
    key, corpus, study = made
    key = Key.open(key.path, passphrase=WORDS)  # the file alone is enough
    for transcript in study:
        back = restore(transcript.text, transcript.id, key)
        assert back.text == corpus.by_id()[back.document].text
        assert back.left == () and not back.is_changed and back.count == len(key.maps[transcript.id].segments)


def test_in_a_changed_text_what_is_found_again_is_restored_and_nothing_else(made):
    key, corpus, study = made
    text = study.by_id()["D01"].text
    original = corpus.by_id()["E01_Kervandec"].text
    changed = "Relu le 3.\n" + text.replace("Puis", "Et puis, en revenant,").replace("Ah. ", "")
    back = restore(changed, "D01", key)
    assert back.text == "Relu le 3.\n" + original.replace("Puis", "Et puis, en revenant,").replace("Ah. ", "")
    assert back.is_changed and back.left == ()
    assert back.text.count("le trouble") == original.count("le trouble") and back.text.count("Le trouble") == 1  # said so by the speaker


def test_what_was_deleted_or_rewritten_is_told_by_its_pseudonym(made):
    key, _, study = made
    text = study.by_id()["D01"].text
    first, second = text.split("\n")[:2]
    back = restore(second + "\n", "D01", key)
    assert "schizophrénie" in back.text and "Kervandec" not in back.text and "dépression" not in back.text
    assert len(back.left) == first.count("[") + 2 and not any("Lyon" in words for words in back.left)
    other = restore("Rien à voir, le trouble non plus.", "D01", key)
    assert other.text == "Rien à voir, le trouble non plus." and other.count == 0 and len(other.left) == len(key.maps["D01"].segments)


def test_restore_command(made, tmp_path, capsys):
    key, corpus, _ = made
    words = ("key", "restore", tmp_path / "texts" / "D01.txt", "--key", key.path, "--out")
    assert peerqual(*words, tmp_path / "back.txt") == 0
    assert (tmp_path / "back.txt").read_text(encoding="utf-8") == corpus.by_id()["E01_Kervandec"].text
    out = capsys.readouterr().out
    assert "Restored as it was" in out and "Kervandec" not in out
    text = (tmp_path / "texts" / "D01.txt").read_text(encoding="utf-8")
    (tmp_path / "texts" / "D01.txt").write_text(text.partition("\n")[2], encoding="utf-8")
    assert peerqual(*words, tmp_path / "again.txt") == 3
    out = capsys.readouterr().out
    assert "changed since" in out and "Not found again" in out and "Kervandec" not in out
    (tmp_path / "texts" / "inconnu.txt").write_text(text, encoding="utf-8")
    assert peerqual("key", "restore", tmp_path / "texts" / "inconnu.txt", "--key", key.path, "--out", tmp_path / "none.txt") == 1
    assert "no document of this key" in one_line(capsys) and not (tmp_path / "none.txt").exists()


def test_a_key_made_before_words_were_kept_says_so(made):
    key, _, study = made
    key.replaced.clear()
    key.save()
    with pytest.raises(KeyFileError) as fault:
        restore(study.by_id()["D01"].text, "D01", Key.open(key.path, passphrase=WORDS))
    assert fault.value.key == "anonymization.words_not_kept"


# --- rotate -----------------------------------------------------------------------------------------------------------


def test_rotate_changes_passphrase_and_salt_and_nothing_else(made, monkeypatch, capsys):
    key, corpus, study = made
    before = key.path.read_bytes()
    monkeypatch.setenv("PEERQUAL_NEW_PASSPHRASE", "autre chose")
    assert peerqual("key", "rotate", "--key", key.path) == 0
    after = key.path.read_bytes()
    assert before[15:31] != after[15:31] and [file.name for file in key.path.parent.iterdir()] == ["study.key"]
    with pytest.raises(KeyFileError):
        Key.open(key.path, passphrase=WORDS)
    opened = Key.open(key.path, passphrase="autre chose")
    assert opened._state() == key._state()
    assert anonymize(corpus, study.plan.mentions, key=opened).transcripts == study.transcripts


def test_a_rotation_that_fails_leaves_the_key(made, monkeypatch, tmp_path):
    key = made[0]
    before = key.path.read_bytes()
    with pytest.raises(KeyFileError):
        key.rotate("")
    replace_ = os.replace

    def full(source, target):
        if str(source).endswith(".new"):
            raise OSError("disk full")
        return replace_(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(KeyFileError) as fault:
        key.rotate("autre chose")
    assert fault.value.key == "anonymization.key_not_rotated"
    assert key.path.read_bytes() == before and [file.name for file in key.path.parent.iterdir()] == ["study.key"]


def test_rotate_needs_both_passphrases(made, monkeypatch, capsys):
    key = made[0]
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert peerqual("key", "rotate", "--key", key.path) == 2
    assert "PEERQUAL_NEW_PASSPHRASE" in one_line(capsys)
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "fausse")
    assert peerqual("key", "rotate", "--key", key.path) == 1
    assert "passphrase" in one_line(capsys)


# --- destroy ----------------------------------------------------------------------------------------------------------


def test_destroy_asks_and_says_what_follows(made, monkeypatch, capsys):
    path = made[0].path
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert peerqual("key", "destroy", "--key", path) == 2
    assert "--yes" in one_line(capsys) and path.exists()
    assert peerqual("key", "destroy", "--key", path, "--yes") == 0
    assert "remain personal data" in capsys.readouterr().out and not path.exists()
    assert peerqual("key", "destroy", "--key", path, "--yes") == 1
    assert "study.key" in one_line(capsys)


def test_an_answer_that_is_not_yes_destroys_nothing(made, monkeypatch):
    path = made[0].path
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for answer in ("", "non", "no", "y e s"):
        monkeypatch.setattr("builtins.input", lambda _, answer=answer: answer)
        assert peerqual("key", "destroy", "--key", path) == 1 and path.exists()
    monkeypatch.setattr("builtins.input", lambda _: " Oui ")
    assert peerqual("key", "destroy", "--key", path) == 0 and not path.exists()


def test_only_a_key_is_destroyed(tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"three years of work")
    with pytest.raises(KeyFileError):
        destroy(tmp_path / "thesis.docx")
    assert (tmp_path / "thesis.docx").read_bytes() == b"three years of work"


def test_erasing_overwrites_the_bytes_in_their_place(tmp_path):
    path, same = tmp_path / "k", tmp_path / "link"
    path.write_bytes(b"Kervandec" * 1000)
    os.link(path, same)
    erase(path)
    assert not path.exists() and len(same.read_bytes()) == 9000 and b"Kervandec" not in same.read_bytes()


# --- where a key may not lie ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["x", "a/x", "a/b/c/x"])
def test_neither_key_nor_originals_in_a_folder_of_results(made, tmp_path, place, capsys):
    shared = tmp_path / "results"
    target = shared / place
    target.parent.mkdir(parents=True)
    assert not is_shared(target)
    (shared / "manifest.json").write_text("{}")
    assert is_shared(target) and not is_shared(tmp_path / "manifest.json") and not is_shared(shared)
    with pytest.raises(KeyFileError):
        Key.create(target, passphrase="x")
    key = made[0].path
    for command in (("show",), ("restore", tmp_path / "texts" / "D01.txt")):
        assert peerqual("key", *command, "--key", key, "--out", target) == 2
        assert "meant to be shared" in one_line(capsys)
    from peerqual.anonymization.unlock import open_key

    key.rename(target)
    with pytest.raises(UsageError):
        open_key(target, lambda: WORDS)


@pytest.mark.parametrize("command", ["show", "rotate"])
def test_wrong_passphrase_and_tampering_are_told(made, capsys, monkeypatch, command):
    path = made[0].path
    monkeypatch.setenv("PEERQUAL_NEW_PASSPHRASE", "autre")
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "fausse")
    assert peerqual("key", command, "--key", path) == 1
    assert "not this key's" in one_line(capsys)
    data = bytearray(path.read_bytes())
    data[_HEADER] ^= 1
    path.write_bytes(bytes(data))
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", WORDS)
    assert peerqual("key", command, "--key", path) == 1
    assert "changed" in one_line(capsys) and path.read_bytes() == bytes(data)


def test_without_key_or_study_it_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert peerqual("key", "show") == 1
    assert "peerqual.toml" in one_line(capsys)
