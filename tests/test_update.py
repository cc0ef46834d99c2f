"""A transcript corrected after coding: codings and decisions follow, what is doubtful is listed, nothing is lost, nothing is half done."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from peerqual import Key, decisions, log
from peerqual.cli import run_command_line
from peerqual.model import Decision
from peerqual.study_folder import DEMO_PASSPHRASE

TALK = """Enquêtrice : Comment ça va depuis l'hôpital ?
Maëlle Kervandec : Ça va mieux, j'ai repris le travail. J'ai plus peur de rechuter. Sans le groupe je serais encore au fond du lit.
Enquêtrice : Et au groupe ?
Maëlle Kervandec : Au groupe je dis aux nouveaux qu'on s'en sort. Ma sœur Anne-Lise m'y a conduite. J'ai de l'espoir, maintenant.
"""
OTHER = """Enquêteur : Vous venez souvent ?
Yacine Haddouche : Tous les mardis. J'ai de l'espoir pour ceux qui arrivent.
Enquêteur : Pourquoi ?
Yacine Haddouche : On s'entraide. Je leur dis qu'on peut s'en sortir, je suis passé par là.
"""
PASSPHRASE = "un deux trois"


def peerqual(*words, lang="en"):
    return run_command_line([str(word) for word in words], lang)


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """A study of two interviews that was run."""
    folder = tmp_path_factory.mktemp("coded") / "study"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEERQUAL_PASSPHRASE", PASSPHRASE)
        peerqual("init", folder)
        (folder / "transcripts" / "E01.txt").write_text(TALK, encoding="utf-8")
        (folder / "transcripts" / "E02.txt").write_text(OTHER, encoding="utf-8")
        assert peerqual("run", folder) == 0
    return folder


@pytest.fixture
def study(coded, tmp_path, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", PASSPHRASE)
    return shutil.copytree(coded, tmp_path / "study")


@pytest.fixture
def corrected(tmp_path):
    """Return a function that writes the corrected transcript: pairs of words before and after."""

    def write(*pairs, name="E01.txt", text=TALK):
        for old, new in pairs:
            assert text.count(old) == 1
            text = text.replace(old, new)
        path = tmp_path / "corrected" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def one_line(capsys):
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "Traceback" not in err, err
    assert not any(word in err for word in ("rechuter", "espoir", "Maëlle"))
    return err


def decide(study, row, verdict, at="2026-01-01T00:00:00+00:00"):
    place = {name: int(row[name]) for name in ("start", "end")}
    decisions.record(
        study / "decisions.jsonl", Decision(row["document"], row["text_hash"], **place, code=row["code"], verdict=verdict, coder="CR", at=at)
    )


# --- codings follow ---------------------------------------------------------------------------------------------------


def test_codings_follow_their_words_and_none_is_lost(study, corrected, capsys):
    before = rows_of(study / "reports" / "codings.csv")
    assert {row["document"] for row in before} == {"E01", "E02"}
    file = corrected(("Ça va mieux,", "Ça va beaucoup mieux,"))
    assert peerqual("update", file, "--study", study) == 0
    after = rows_of(study / "reports" / "codings.csv")
    assert [(row["document"], row["code"], row["status"], row["rule"]) for row in after] == [
        (row["document"], row["code"], row["status"], row["rule"]) for row in before
    ]
    text = (study / "reports" / "pseudonymized" / "E01.txt").read_text(encoding="utf-8")
    assert "beaucoup mieux" in text
    assert text == (study / "pseudonymized" / "E01.txt").read_text(encoding="utf-8")
    for old, new in zip(before, after, strict=True):
        if old["document"] == "E02" or "mieux" not in old["text"]:
            assert new["text"] == old["text"]
            assert len(json.loads(new["evidence"])) == len(json.loads(old["evidence"]))
        if new["document"] == "E01":
            assert text[int(new["start"]) : int(new["end"])] == new["text"]
    assert (study / "transcripts" / "E01.txt").read_text(encoding="utf-8") == file.read_text(encoding="utf-8")
    [version] = (study / "transcripts" / "versions").iterdir()
    assert version.read_text(encoding="utf-8") == TALK
    assert version.name.startswith("E01.") and version.suffix == ".txt" and len(version.name) == len("E01.12345678.txt")
    assert "E01.txt" in capsys.readouterr().out
    assert not [path for path in study.rglob(".*")]


def test_the_moves_are_listed_without_words(study, coded, corrected, capsys):
    file = corrected(("de rechuter", "de retomber"), (" Sans le groupe je serais encore au fond du lit.", ""))
    assert peerqual("update", file, "--study", study, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    listed = rows_of(study / "reports" / "update.csv")
    assert [{name: str(value) for name, value in row.items()} for row in rows] == listed
    assert list(listed[0]) == ["document", "code", "status", "old_start", "old_end", "start", "end", "verdict", "reason", "text_hash"]
    assert {row["document"] for row in listed} == {"E01"}
    doubted = {row["old_start"] for row in listed if row["verdict"] != "unchanged"}
    coded = {row["start"]: row["text"] for row in rows_of(coded / "reports" / "codings.csv") if row["document"] == "E01"}
    assert doubted == {start for start, words in coded.items() if "rechuter" in words or "au fond" in words} != set()
    assert len(listed) == len([row for row in rows_of(study / "reports" / "codings.csv") if row["document"] == "E01"])
    words = (study / "reports" / "update.csv").read_text(encoding="utf-8") + (study / "decisions.jsonl").read_text(encoding="utf-8")
    assert not any(word in words for word in ("groupe", "retomber", "rechuter", "mieux"))


@pytest.mark.parametrize(
    "lang, words", [("fr", ("À revoir", "des mots du passage ont changé")), ("en", ("To look at again", "words of the passage changed"))]
)
def test_doubts_are_printed_in_the_language(lang, words, study, corrected, capsys):
    assert peerqual("update", corrected(("J'ai de l'espoir, maintenant", "J'ai un peu d'espoir, maintenant")), "--study", study, lang=lang) == 0
    out = capsys.readouterr().out
    assert all(word in out for word in words)


def test_a_second_correction_keeps_the_list_of_the_first(study, corrected):
    first, second = ("Ça va mieux", "Ça va bien mieux"), ("qu'on s'en sort", "qu'on peut s'en sortir")
    assert peerqual("update", corrected(first), "--study", study) == 0
    listed = rows_of(study / "reports" / "update.csv")
    assert peerqual("update", corrected(first, second), "--study", study) == 0
    both = rows_of(study / "reports" / "update.csv")
    assert both[: len(listed)] == listed
    stood = {(row["code"], row["start"], row["end"]) for row in listed}
    assert {(row["code"], row["old_start"], row["old_end"]) for row in both[len(listed) :]} == stood
    assert len(list((study / "transcripts" / "versions").iterdir())) == 2


def test_reviewed_codings_are_moved_too(study, corrected, tmp_path):
    from peerqual.reporting.outputs import read_csv, write_csv

    table = read_csv(study / "reports" / "codings.csv", ("document",))
    table["status"] = ["accepted" if n % 2 else "rejected" for n in range(len(table))]
    table["memo"] = [f"mémo {n}" for n in range(len(table))]
    write_csv(table, tmp_path / "relus.csv", excel_fr=True)
    assert peerqual("update", corrected(("Ça va mieux,", "Ça va beaucoup mieux,")), "--study", study, "--codings", tmp_path / "relus.csv") == 0
    assert (tmp_path / "relus.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument;")
    moved = read_csv(tmp_path / "relus.csv", tuple(table.columns))
    assert list(moved["memo"]) == list(table["memo"]) and list(moved["status"]) == list(table["status"])
    made = read_csv(study / "reports" / "codings.csv", ("document",))
    for column in ("start", "end", "evidence", "text_hash", "text"):
        assert list(moved[column]) == list(made[column])
    assert {row["status"] for row in rows_of(study / "reports" / "update.csv")} == {"accepted", "rejected"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corrected", "relus.csv", "study"]


# --- decisions follow -------------------------------------------------------------------------------------------------


def test_decisions_follow_and_the_log_only_grows(study, corrected):
    mine = [row for row in rows_of(study / "reports" / "codings.csv") if row["document"] == "E01"]
    other = next(row for row in rows_of(study / "reports" / "codings.csv") if row["document"] == "E02")
    kept = [row for row in mine if "mieux" not in row["text"]]
    decide(study, kept[0], "reject")
    decide(study, kept[0], "accept", at="2026-01-02T00:00:00+00:00")
    decide(study, kept[-1], "reject")
    decide(study, {**kept[-1], "code": "cadre_formation"}, "add")
    decide(study, other, "accept")
    written = (study / "decisions.jsonl").read_bytes()
    assert peerqual("update", corrected(("Ça va mieux,", "Ça va vraiment mieux,")), "--study", study) == 0
    assert (study / "decisions.jsonl").read_bytes().startswith(written)
    new = decisions.read(study / "decisions.jsonl")[5:]
    shift = len("vraiment ")
    assert [(one.code, one.verdict, one.start, one.coder) for one in new] == [
        (kept[0]["code"], "accept", int(kept[0]["start"]) + shift, "CR"),
        (kept[-1]["code"], "reject", int(kept[-1]["start"]) + shift, "CR"),
        ("cadre_formation", "add", int(kept[-1]["start"]) + shift, "CR"),
    ]
    [said] = [entry for entry in log.read(study / "decisions.jsonl") if entry["kind"] == "correction"]
    assert (said["document"], said["before"], said["text_hash"]) == ("E01", kept[0]["text_hash"], new[0].text_hash)
    # The next run makes the same text, and finds the decisions again.
    assert peerqual("run", study, "--overwrite") == 0
    rows = [row for row in rows_of(study / "reports" / "codings.csv") if row["document"] == "E01"]
    assert {row["text_hash"] for row in rows} == {new[0].text_hash}
    verdicts = {(row["start"], row["code"]): row["status"] for row in rows}
    assert [verdicts[str(one.start), one.code] for one in new] == ["accepted", "rejected", "added"]


def test_a_decision_on_words_that_are_gone_is_kept_and_flagged(study, corrected):
    gone = next(row for row in rows_of(study / "reports" / "codings.csv") if row["document"] == "E01" and "espoir" in row["text"])
    decide(study, gone, "accept")
    assert peerqual("update", corrected((" J'ai de l'espoir, maintenant.", "")), "--study", study) == 0
    [listed] = [row for row in rows_of(study / "reports" / "update.csv") if (row["old_start"], row["code"]) == (gone["start"], gone["code"])]
    assert (listed["verdict"], listed["reason"]) == ("no_place", "deleted")
    moved = decisions.read(study / "decisions.jsonl")[-1]
    assert (moved.verdict, str(moved.start), str(moved.end)) == ("accept", listed["start"], listed["end"])


def test_names_keep_what_a_person_chose(study, corrected):
    key = Key.open(study / "private" / "study.key", passphrase=PASSPHRASE)
    sister = next(entity for entity, parts in key.assignments.values.items() if parts.get("first") and entity in key.assignments.entities.values())
    chosen = {**key.assignments.values[sister], "first": "Philomène"}
    key.assignments.values[sister] = chosen
    key.save()
    assert peerqual("run", study, "--overwrite") == 0
    shown = [path.name for path in (study / "pseudonymized").glob("E*.txt") if "Philomène" in path.read_text(encoding="utf-8")]
    assert shown
    assert peerqual("update", corrected(("Ça va mieux,", "Ça va vraiment mieux,")), "--study", study) == 0
    assert [path.name for path in (study / "pseudonymized").glob("E*.txt") if "Philomène" in path.read_text(encoding="utf-8")] == shown
    key = Key.open(study / "private" / "study.key", passphrase=PASSPHRASE)
    assert key.assignments.values[sister] == chosen
    assert set(key.maps) == {"E01", "E02"}


def test_other_documents_follow_when_a_pseudonym_must_change(study, corrected):
    """A name that comes in is the pseudonym of somebody in another interview: that one changes there, and codings stay on their words."""
    before = (study / "pseudonymized" / "E02.txt").read_text(encoding="utf-8")
    borne = before.splitlines()[1].split(" : ")[0].split()[0]
    with pytest.warns(UserWarning):
        assert peerqual("update", corrected(("Ma sœur Anne-Lise", f"Mon ami {borne}")), "--study", study) == 0
    after = (study / "pseudonymized" / "E02.txt").read_text(encoding="utf-8")
    assert after != before and borne not in after
    for row in rows_of(study / "reports" / "codings.csv"):
        text = (study / "pseudonymized" / f"{row['document']}.txt").read_text(encoding="utf-8")
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
    assert {row["document"] for row in rows_of(study / "reports" / "update.csv")} == {"E01", "E02"}


# --- what is not coded, and what is wrong -----------------------------------------------------------------------------


def test_before_the_first_run_only_the_transcript_is_replaced(tmp_path, corrected, capsys):
    peerqual("init", tmp_path / "study")
    (tmp_path / "study" / "transcripts" / "E01.txt").write_text(TALK, encoding="utf-8")
    capsys.readouterr()
    assert peerqual("update", corrected(("mieux", "bien")), "--study", tmp_path / "study") == 0
    assert "Nothing is coded" in capsys.readouterr().out
    assert "Ça va bien" in (tmp_path / "study" / "transcripts" / "E01.txt").read_text(encoding="utf-8")
    assert not list((tmp_path / "study" / "reports").iterdir()) and not list((tmp_path / "study" / "private").iterdir())


def test_a_transcript_that_came_after_the_run_is_only_replaced(study, corrected, capsys):
    (study / "transcripts" / "E03.txt").write_text(OTHER, encoding="utf-8")
    reports = tree(study / "reports")
    assert peerqual("update", corrected(("mardis", "lundis"), name="E03.txt", text=OTHER), "--study", study) == 0
    assert "Nothing is coded" in capsys.readouterr().out
    assert tree(study / "reports") == reports
    assert "lundis" in (study / "transcripts" / "E03.txt").read_text(encoding="utf-8")
    # … and has no part in what another correction does.
    assert peerqual("update", corrected(("mieux", "bien")), "--study", study) == 0
    assert not (study / "pseudonymized" / "E03.txt").exists()


def test_the_suffix_may_change_and_the_current_folder_is_the_study(study, corrected, monkeypatch):
    monkeypatch.chdir(study)
    assert peerqual("update", corrected(("mieux", "bien"), name="e01.md")) == 0
    assert sorted(path.name for path in (study / "transcripts").iterdir()) == ["E01.md", "E02.txt", "versions"]
    assert [path.suffix for path in (study / "transcripts" / "versions").iterdir()] == [".txt"]


def test_a_transcript_corrected_in_its_place(study, capsys):
    place = study / "transcripts" / "E01.txt"
    place.write_text(TALK.replace("Ça va mieux", "Ça va bien"), encoding="utf-8")
    assert peerqual("update", place, "--study", study) == 0
    assert "in its place" in capsys.readouterr().out
    assert not (study / "transcripts" / "versions").exists()
    assert "Ça va bien" in (study / "pseudonymized" / "E01.txt").read_text(encoding="utf-8")


def test_a_dry_run_shows_and_writes_nothing(study, corrected, capsys):
    before = tree(study)
    assert peerqual("update", corrected(("mieux", "bien")), "--study", study, "--dry-run") == 0
    out = capsys.readouterr().out
    assert "To look at again" in out and "Nothing was written" in out
    assert tree(study) == before


def wrong_name(study, corrected, monkeypatch):
    return [corrected(name="E09.txt"), "--study", study], 1, "E01"


def no_file(study, corrected, monkeypatch):
    return [study / "E01.txt", "--study", study], 1, "E01.txt"


def unreadable(study, corrected, monkeypatch):
    path = corrected()
    path.write_bytes(bytes(range(256)) * 20)
    return [path, "--study", study], 1, "E01.txt"


def wrong_passphrase(study, corrected, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "quatre")
    return [corrected(("mieux", "bien")), "--study", study], 1, "study.key"


def no_study(study, corrected, monkeypatch):
    return [corrected(), "--study", study / "reports"], 1, "peerqual.toml"


def codings_of_another_text(study, corrected, monkeypatch):
    path = study.parent / "others.csv"
    path.write_text((study / "reports" / "codings.csv").read_text(encoding="utf-8").replace("E02", "E01"), encoding="utf-8")
    return [corrected(("mieux", "bien")), "--study", study, "--codings", path], 1, "E01"


def a_document_gone(study, corrected, monkeypatch):
    (study / "transcripts" / "E02.txt").unlink()
    return [corrected(("mieux", "bien")), "--study", study], 1, "run --overwrite"


def a_bad_codebook(study, corrected, monkeypatch):
    (study / "codebook.yaml").write_text("peerqual: 1\ncolour: red\ncodes: []\n", encoding="utf-8")
    return [corrected(("mieux", "bien")), "--study", study], 1, "codebook.yaml"


def a_full_disk(study, corrected, monkeypatch):
    def full(path, entry):
        raise OSError("no space left on device")

    monkeypatch.setattr(log, "append", full)
    return [corrected(("mieux", "bien")), "--study", study], 1, "nothing was changed"


def a_file_in_use(study, corrected, monkeypatch):
    real = Path.rename

    def rename(self, target):
        if self.name == "report.html" and self.parent.name == "reports" and self.parent.parent == study:
            raise PermissionError("in use")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    return [corrected(("mieux", "bien"), name="E01.md"), "--study", study], 1, "report.html"


@pytest.mark.parametrize(
    "wrong",
    [
        *(wrong_name, no_file, unreadable, wrong_passphrase, no_study, codings_of_another_text),
        *(a_document_gone, a_bad_codebook, a_full_disk, a_file_in_use),
    ],
)
def test_on_an_error_nothing_is_half_done(wrong, study, corrected, capsys, monkeypatch):
    words, status, told = wrong(study, corrected, monkeypatch)
    before = tree(study.parent)
    assert peerqual("update", *words) == status
    assert told in one_line(capsys)
    assert tree(study.parent) == before


# --- a whole interview ------------------------------------------------------------------------------------------------

TEN = (  # corrections of E01: words before, words after
    ("Moi c'est Maëlle, je lui ai dit.", "Moi, c'est Maëlle, que je lui ai dit."),
    ("C'est la règle de la maison, même", "Voilà, c'est la règle de la maison. Même"),
    ("On rit, on rit, mais", "On rigole, on rigole, mais"),
    (" Maintenant je prends un mug.", ""),
    ("une pie, un camion", "une pie noire, un camion"),
    ("jamais le droit, je", "jamais le droit. Je"),
    ("On me l'a donné", "On me l’a donné"),
    ("Je croyais qu'elle parlait de pêche.", "Je croyais qu'elle parlait de la pêche."),
    ("Tout. Enfin, pas la vaisselle.", "Tout, enfin, pas la vaisselle."),
    ("En mars 1998.", "En mars 1997."),
)


def test_ten_corrections_of_the_sample_interview(sample_run, tmp_path, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", DEMO_PASSPHRASE)
    study = shutil.copytree(sample_run, tmp_path / "study")
    settings = study / "peerqual.toml"
    # Rules look at one sentence, a model at its neighbours too: beside a corrected sentence it may see things otherwise.
    settings.write_text(settings.read_text(encoding="utf-8").replace('model = "default"', 'model = "none"'), encoding="utf-8")
    assert peerqual("run", study, "--overwrite") == 0
    text = (study / "transcripts" / "E01_Kervandec.txt").read_text(encoding="utf-8")
    for old, new in TEN:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (tmp_path / "E01_Kervandec.txt").write_text(text, encoding="utf-8")
    before = rows_of(study / "reports" / "codings.csv")
    assert peerqual("update", tmp_path / "E01_Kervandec.txt", "--study", study) == 0
    after = rows_of(study / "reports" / "codings.csv")
    listed = {(row["document"], row["code"], row["old_start"], row["old_end"]): row for row in rows_of(study / "reports" / "update.csv")}
    assert len(after) == len(before)
    mine = [(old, new) for old, new in zip(before, after, strict=True) if old["document"] == "D01"]
    assert len(listed) == len(mine) > 30
    for old, new in mine:
        row = listed["D01", old["code"], old["start"], old["end"]]
        assert (row["start"], row["end"]) == (new["start"], new["end"])
        same = new["text"].replace("’", "'") == old["text"].replace("’", "'")
        assert same if row["verdict"] == "unchanged" else not same or row["reason"]
    assert sum(row["verdict"] != "unchanged" for row in listed.values()) <= 20
    # What moved unchanged stands where the next run finds it.
    assert peerqual("run", study, "--overwrite") == 0
    found = {(row["document"], row["code"], row["start"], row["end"], row["text_hash"]) for row in rows_of(study / "reports" / "codings.csv")}
    moved = {(*key[:2], row["start"], row["end"], row["text_hash"]) for key, row in listed.items() if row["verdict"] == "unchanged"}
    assert moved <= found
