"""The command line: exit status, one-line errors, nothing half-written, help that loads nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from conftest import ROOT, SAMPLE
from peerqual.cli import run_command_line

TALK = """Enquêtrice : Comment ça va depuis l'hôpital ?
Maëlle : Ça va mieux, j'ai repris le travail, et j'ai plus peur de rechuter.
Enquêtrice : Et au groupe ?
Maëlle : Au groupe je dis aux nouveaux qu'on s'en sort.
"""


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "entretien.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def peerqual(*words, lang="en"):
    return run_command_line([str(word) for word in words], lang)


def one_line(capsys):
    err = capsys.readouterr().err
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    assert "rechuter" not in err
    return err


def test_code_and_report_of_one_file(talk, tmp_path, capsys):
    assert peerqual("code", talk, "--out", tmp_path / "c.csv") == 0
    assert peerqual("report", tmp_path / "c.csv", "--transcripts", talk, "--out", tmp_path / "out") == 0
    assert (tmp_path / "out" / "report.html").exists()
    assert "proposed by the machine" in capsys.readouterr().out


def test_excel_fr_is_read_back(talk, tmp_path):
    assert peerqual("code", talk, "--out", tmp_path / "c.csv", "--excel-fr") == 0
    raw = (tmp_path / "c.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b";" in raw.splitlines()[0]
    (tmp_path / "c.csv").write_bytes(raw.decode("utf-8-sig").encode("cp1252", errors="replace"))
    assert peerqual("report", tmp_path / "c.csv", "--transcripts", talk, "--out", tmp_path / "out") == 0


def test_run_needs_a_passphrase_and_somebody_to_ask(talk, tmp_path, capsys, monkeypatch):
    with open(os.devnull) as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)
        assert peerqual("run", talk, "--out", tmp_path / "out") == 2
    assert "PEERQUAL_PASSPHRASE" in one_line(capsys)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["entretien.txt"]


def test_run_with_a_passphrase_file_then_again(talk, tmp_path, capsys):
    (tmp_path / "secret.txt").write_text("un deux trois\n", encoding="utf-8")
    words = ("run", talk, "--out", tmp_path / "out", "--passphrase-file", tmp_path / "secret.txt")
    assert peerqual(*words) == 0
    assert (tmp_path / "out.key").exists()
    assert "Maëlle" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert peerqual(*words) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert peerqual(*words, "--overwrite") == 0


def test_wrong_passphrase_is_told(talk, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "good")
    assert peerqual("run", talk, "--out", tmp_path / "one", "--key", tmp_path / "k.key") == 0
    capsys.readouterr()
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "bad")
    assert peerqual("run", talk, "--out", tmp_path / "two", "--key", tmp_path / "k.key") == 1
    one_line(capsys)
    assert not (tmp_path / "two").exists()


def test_key_may_not_lie_in_the_output(talk, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "good")
    assert peerqual("run", talk, "--out", tmp_path / "out", "--key", tmp_path / "out" / "k.key") == 2
    one_line(capsys)


def test_output_with_things_in_it_is_never_overwritten(talk, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "good")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.odt").write_text("ten years of work", encoding="utf-8")
    for extra in ((), ("--overwrite",)):
        assert peerqual("run", talk, "--out", tmp_path / "mine", *extra) == 1
        one_line(capsys)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.odt"]


def test_mentions_of_a_dry_run_stay_out_of_outputs(talk, tmp_path, capsys):
    assert peerqual("anonymize", talk, "--dry-run", "--mentions", tmp_path / "m.csv") == 0
    header, *rows = (tmp_path / "m.csv").read_text(encoding="utf-8").splitlines()
    assert header == "document,start,end,label,tier,source,entity,replacement,text"
    assert any("Maëlle" in row for row in rows)
    capsys.readouterr()
    assert peerqual("anonymize", talk, "--dry-run", "--out", tmp_path / "out", "--mentions", tmp_path / "out" / "m.csv") == 2
    one_line(capsys)
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "manifest.json").write_text("{}", encoding="utf-8")
    assert peerqual("anonymize", talk, "--dry-run", "--mentions", tmp_path / "old" / "m.csv") == 2


def test_anonymize_in_the_format_of_each_source(small_sample, tmp_path, monkeypatch):
    import peerqual as pq

    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "good")
    assert peerqual("anonymize", small_sample / "transcripts", "--out", tmp_path / "same", "--format", "same", "--key", tmp_path / "k.key") == 0
    assert peerqual("anonymize", small_sample / "transcripts", "--out", tmp_path / "txt", "--key", tmp_path / "k.key") == 0
    suffixes = [path.suffix for path in (tmp_path / "same").iterdir()]
    assert {".docx", ".srt", ".vtt", ".md", ".txt"} <= set(suffixes)
    for same, text in zip(pq.read(tmp_path / "same"), pq.read(tmp_path / "txt"), strict=True):
        assert [(turn.speaker, same.text[turn.start : turn.end].split()) for turn in same.turns] == [
            (turn.speaker, text.text[turn.start : turn.end].split()) for turn in text.turns
        ]


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 20,
    "noword.docx": b"this is no zip",
    "legacy.doc": b"\xd0\xcf\x11\xe0",
    "strange.xyz": b"hello",
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_file_alone_is_an_error(name, tmp_path, capsys):
    (tmp_path / name).write_bytes(BAD[name])
    assert peerqual("code", tmp_path / name, "--out", tmp_path / "c.csv") == 1
    assert name in one_line(capsys)
    assert not (tmp_path / "c.csv").exists()


@pytest.mark.parametrize("name", ["empty.txt", "binary.txt", "noword.docx"])
def test_one_bad_file_among_many_is_named_and_the_others_are_done(name, talk, tmp_path, capsys):
    (tmp_path / name).write_bytes(BAD[name])
    assert peerqual("code", talk, tmp_path / name, "--out", tmp_path / "c.csv") == 4
    assert name in one_line(capsys)
    assert "entretien" in (tmp_path / "c.csv").read_text(encoding="utf-8")


def test_two_files_with_one_stem(talk, tmp_path, capsys):
    (tmp_path / "entretien.md").write_text(TALK, encoding="utf-8")
    assert peerqual("read", talk, tmp_path / "entretien.md") == 1
    assert "entretien" in one_line(capsys)


def test_codings_of_another_text_or_document(talk, tmp_path, capsys):
    assert peerqual("code", talk, "--out", tmp_path / "c.csv") == 0
    capsys.readouterr()
    talk.write_text(TALK.replace("mieux", "bien"), encoding="utf-8")
    assert peerqual("report", tmp_path / "c.csv", "--transcripts", talk, "--out", tmp_path / "out") == 1
    one_line(capsys)
    talk.rename(tmp_path / "autre.txt")
    assert peerqual("report", tmp_path / "c.csv", "--transcripts", tmp_path / "autre.txt", "--out", tmp_path / "out") == 1
    one_line(capsys)
    assert not (tmp_path / "out").exists()


def test_codebook_commands(tmp_path, capsys):
    assert peerqual("codebook", "check") == 0
    assert peerqual("codebook", "test") == 0
    capsys.readouterr()
    (tmp_path / "c.yaml").write_text("peerqual: 1\ncolour: red\ncodes: []\n", encoding="utf-8")
    assert peerqual("codebook", "check", tmp_path / "c.yaml") == 3
    assert "c.yaml:2" in capsys.readouterr().out
    assert peerqual("code", SAMPLE / "transcripts", "--codebook", tmp_path / "c.yaml", "--out", tmp_path / "x.csv") == 1
    one_line(capsys)


def test_read_prints_what_was_understood(capsys):
    assert peerqual("read", SAMPLE / "transcripts", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["format"] for row in rows} >= {"txt", "docx", "srt", "vtt"}
    assert peerqual("read", SAMPLE / "transcripts", lang="fr") == 0
    assert "Ce qui a été compris" in capsys.readouterr().out


def test_init_then_run_without_transcripts(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "good")
    assert peerqual("init", tmp_path / "study") == 0
    assert {path.name for path in (tmp_path / "study").iterdir()} >= {"peerqual.toml", "transcripts", "codebook.yaml", "private", "decisions.jsonl"}
    capsys.readouterr()
    assert peerqual("run", tmp_path / "study") == 1
    one_line(capsys)
    assert not list((tmp_path / "study" / "reports").iterdir())
    assert peerqual("init", tmp_path / "study") == 1


def test_a_study_runs_with_its_own_settings(talk, tmp_path, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "good")
    peerqual("init", tmp_path / "study")
    talk.rename(tmp_path / "study" / "transcripts" / "Maëlle 2.txt")
    assert peerqual("run", tmp_path / "study") == 0
    assert [path.name for path in (tmp_path / "study" / "pseudonymized").iterdir()] == ["D01.txt"]
    assert peerqual("run", tmp_path / "study") == 1
    assert peerqual("run", tmp_path / "study", "--overwrite") == 0


@pytest.mark.parametrize("lang, words", [("fr", "il n’y a pas d’option"), ("en", "there is no option")])
def test_usage_errors_speak_the_language(lang, words, capsys):
    assert peerqual("run", "--nope", lang=lang) == 2
    assert words in one_line(capsys)
    assert peerqual("code", lang=lang) == 2
    assert "INPUTS" not in (said := one_line(capsys)) and " INPUT" in said  # named as in --help


def test_how_many_proposals_wait_counts_what_was_settled_out(capsys):
    from types import SimpleNamespace

    from peerqual import console

    told = {"folder": "out", "report": "out/report.html", "key": None, "doubts": None, "draft": None, "recheck": None, "failures": ()}
    for counts, said in (({"codings": 5, "status": {"proposed": 2, "accepted": 3}}, ": 2."), ({"codings": 3, "status": {"accepted": 3}}, "")):
        assert console.finished(SimpleNamespace(**told, counts=counts), "fr", False) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[1:] == [] if not said else lines[1].endswith(said)


def test_doctor(capsys):
    assert peerqual("doctor") == 0
    assert "spacy" in capsys.readouterr().out


def test_a_fault_of_ours_shows_no_words(talk, tmp_path, capsys, monkeypatch):
    from peerqual import coding

    def broken(*_, **__):
        raise ValueError("rechuter")

    monkeypatch.setattr(coding, "code", broken)
    assert peerqual("code", talk, "--out", tmp_path / "c.csv") == 1
    assert "ValueError" in one_line(capsys)


def test_help_pages_are_those_of_the_commands():
    done = subprocess.run([sys.executable, ROOT / "tools" / "help_pages.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["codebook", "test", "--help", "--lang", "en"]])
def test_help_is_printed(words):
    done = subprocess.run([sys.executable, "-m", "peerqual", *words], capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout.startswith(("Usage\u00a0: peerqual", "Usage: peerqual"))


def test_help_loads_no_library():
    """Help takes no longer than three bare interpreters because it loads nothing; told by what is loaded, not by a clock."""
    code = "import sys; sys.argv[1:] = ['--help']\nfrom peerqual.__main__ import main\ntry: main()\nexcept SystemExit: print(len(sys.modules))"
    bare = subprocess.run([sys.executable, "-c", "import sys; print(len(sys.modules))"], capture_output=True, text=True, check=True)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout.splitlines()[-1]) - int(bare.stdout) < 25


def test_every_command_is_documented_in_the_readmes():
    pages = (path.stem for path in (ROOT / "src" / "peerqual" / "help" / "fr").glob("*.txt"))
    groups = ("codebook", "key")
    commands = [page.replace("-", " ", page.partition("-")[0] in groups) for page in pages if page not in ("peerqual", *groups)]
    for readme in ("README.md", "README.fr.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        assert not [command for command in commands if f"peerqual {command}" not in text], readme


def test_a_run_tells_of_each_file_and_one_bad_file_stops_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "une phrase")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "A.txt").write_text("Enquêtrice : Ça va ?\nMaëlle : Oui, j'ai de l'espoir.\n", encoding="utf-8")
    (tmp_path / "in" / "B.docx").write_bytes(b"PK\x03\x04 broken")
    words = ["run", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--status", str(tmp_path / "s.jsonl")]
    assert run_command_line(words, "fr") == 4
    lines = [json.loads(line) for line in (tmp_path / "s.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["file"]: line["status"] for line in lines} == {"A.txt": "done", "B.docx": "failed"}
    assert (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize(
    "words, told", [(["reprot", "x"], ["« reprot »", "report"]), (["codebook", "sugest"], ["« sugest »", "suggest"]), (["zzz"], ["commande"])]
)
def test_a_misspelt_command_gets_a_suggestion(words, told, capsys):
    assert peerqual(*words, lang="fr") == 2
    line = one_line(capsys).replace("\u00a0", " ")
    assert all(word in line for word in told) and ("peut-être" in line) == (len(told) == 2)


@pytest.mark.parametrize("asked, near", [("espoirs", "espoir"), ("Espoir", "espoir"), ("soufrance_soins", "souffrance_soins"), ("xyzzy", "")])
def test_a_misspelt_code_or_a_label_names_codes_near_it(asked, near, capsys):
    assert peerqual("codebook", "explain", asked, "On verra.", "--model", "none", lang="fr") == 1
    line = one_line(capsys)
    assert f"proches\u00a0: {near}" in line if near else "proches" not in line


def test_people_read_materials_and_roles_in_their_language_and_programs_do_not(talk, capsys):
    assert peerqual("read", talk, lang="fr") == 0
    assert {"Entretien", "enquêté·e"} <= set((shown := capsys.readouterr().out).split()) and "interview" not in shown
    assert peerqual("read", talk, "--json", lang="fr") == 0
    assert {(row["material"], row["role"]) for row in json.loads(capsys.readouterr().out)} >= {("interview", "respondent")}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_list_of_commands_is_never_cut(lang):
    from peerqual.cli import command_tree

    tree = command_tree(lang)
    for command in (*tree.commands.values(), *tree.commands["codebook"].commands.values(), *tree.commands["key"].commands.values()):
        short = command.short_help
        assert short.endswith(".") and not short.endswith("..") and short.count("(") == short.count(")"), short


def test_french_messages_are_typeset_and_what_fills_them_is_not():
    import re
    import tomllib

    from peerqual.errors import PeerqualError, _text

    for path in sorted((ROOT / "src" / "peerqual" / "messages").glob("*.toml")):
        for key in tomllib.loads(path.read_text(encoding="utf-8")):
            assert not re.search(r"[ ][:;?!»]|«[ ]|\w'\w", _text(f"{path.stem}.{key}", "fr")), key
    told = PeerqualError("cli.bad_choice", where="a : b", choices="l'un ; l'autre").render("fr")
    assert told == "a : b\u00a0: ne prend pas cette valeur\u202f; au choix\u00a0: l'un ; l'autre"
    assert PeerqualError("cli.bad_choice", where="x", choices="a").render("en") == "x: does not take this value; one of: a"


def test_a_terminal_without_narrow_spaces_gets_ordinary_ones():
    words = [sys.executable, "-m", "peerqual", "code"]
    done = subprocess.run(words, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "cp1252", "PEERQUAL_LANG": "fr"})
    assert done.returncode == 2 and " ; voir «\u00a0peerqual" in done.stderr.decode("cp1252")
    assert b"Traceback" not in done.stderr
