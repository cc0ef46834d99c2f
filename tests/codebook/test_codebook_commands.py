"""``peerqual codebook new``, ``rename``, ``merge``, ``split``, ``move``, ``history``: one line said, and what was decided follows."""

import json

import pytest

from peerqual.cli import run_command_line
from peerqual.codebook import Codebook
from peerqual.codebook_history import CarriedCodes
from peerqual.coding import code, codings_table
from peerqual.decisions import record, replayed
from peerqual.model import Corpus, Decision, Transcript
from peerqual.study import report

BOOK = """peerqual: 1
codes:
  - id: espoir
    label: {fr: "Espoir"}
    definition: {fr: "…"}
    rules: [{phrase: "espoir"}]
  - id: avenir
    label: {fr: "Avenir"}
    definition: {fr: "…"}
    rules: [{phrase: "demain"}]
"""
TEXT = "J'ai de l'espoir. Il pleut. On verra demain."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "codebook.yaml").write_text(BOOK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def peerqual(*words, lang="fr"):
    return run_command_line(["codebook", *map(str, words)], lang)


def test_each_change_is_said_in_a_line_and_told_by_the_history(folder, capsys):
    assert peerqual("new", "galere", "--label", "la galère", "--parent", "espoir", "--in-vivo") == 0
    assert peerqual("rename", "avenir", "suite", "--why", "plus juste") == 0
    assert peerqual("split", "suite", "suite_proche", "suite_lointaine") == 0
    assert peerqual("move", "galere", "--parent", "suite") == 0
    assert peerqual("merge", "espoir", "galere", lang="en") == 0
    capsys.readouterr()
    assert peerqual("history") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[1].split("\u00a0")[0] for line in lines] == ["nouveau", "renommé", "divisé", "déplacé", "fusionné"]
    assert "avenir → suite — plus juste" in lines[1] and "espoir → galere" in lines[4]
    assert Codebook.load("codebook.yaml").get("galere").in_vivo
    assert peerqual("history", "--json") == 0
    assert [one["action"] for one in json.loads(capsys.readouterr().out)["history"]] == ["new", "rename", "split", "move", "merge"]


def test_what_cannot_be_done_is_an_error_in_one_line(folder, capsys, monkeypatch):
    assert peerqual("rename", "avenir", "espoir") == 1
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.chdir(folder.parent)
    assert peerqual("rename", "avenir", "suite") == 2, "there is no codebook.yaml, and the one of the package is never changed"
    assert peerqual("rename", "avenir", "suite", "--codebook", folder / "codebook.yaml") == 0


def decided(folder, corpus, *verdicts):
    (one,) = corpus
    log = folder / "decisions.jsonl"
    for name, verdict in verdicts:
        start = TEXT.index("On verra") if name == "avenir" else 0
        end = len(TEXT) if name == "avenir" else TEXT.index(" Il")
        record(log, Decision(one.id, one.text_hash, start, end, name, verdict, "AM", "2026-01-01T00:00:00+00:00"))
    return log


@pytest.fixture
def corpus():
    return Corpus((Transcript("e1", TEXT),))


def test_decisions_follow_a_merge(folder, corpus):
    log = decided(folder, corpus, ("avenir", "accept"), ("espoir", "reject"))
    assert peerqual("merge", "avenir", "espoir") == 0
    book = Codebook.load("codebook.yaml")
    with pytest.warns(CarriedCodes):
        table = replayed(codings_table(code(corpus, book), corpus), log, corpus, book)
    assert list(zip(table["code"], table["status"], strict=True)) == [("espoir", "rejected"), ("espoir", "accepted")]


def test_decisions_on_a_split_code_stay_and_are_listed(folder, corpus, capsys):
    log = decided(folder, corpus, ("avenir", "accept"), ("espoir", "accept"))
    assert peerqual("split", "avenir", "demain", "plus_tard") == 0
    book = Codebook.load("codebook.yaml")
    table = replayed(codings_table(code(corpus, book), corpus), log, corpus, book)
    assert list(zip(table["code"], table["status"], strict=True)) == [("espoir", "accepted"), ("avenir", "accepted")]
    capsys.readouterr()
    assert peerqual("history", "--decisions", log) == 0
    out = capsys.readouterr().out
    assert "À relire : 1" in out.replace("\u00a0", " ") and "e1 28–44 avenir (AM)" in out and "espoir (AM)" not in out


def test_codings_of_before_are_reported_under_the_code_of_today(folder, corpus):
    table = codings_table(code(corpus, Codebook.load("codebook.yaml")), corpus)
    assert peerqual("rename", "avenir", "suite") == 0
    with pytest.warns(CarriedCodes):
        report(table, corpus, Codebook.load("codebook.yaml"), folder / "r.html")
    assert "suite" in (folder / "r.html").read_text(encoding="utf-8")
