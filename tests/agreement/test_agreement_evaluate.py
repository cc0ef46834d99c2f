"""`peerqual evaluate`: what it prints and writes, what it warns of, and its errors in one line."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest

import peerqual as pq
from peerqual.cli import run_command_line
from peerqual.coding import codings_table
from peerqual.errors import UsageError
from peerqual.model import Coding

FIRST = """Enquêtrice : Qu'est-ce qui a changé ?
Solène : Avant je comptais les plafonniers du couloir. Aujourd'hui je me vois tenir jusqu'à l'été.
Enquêtrice : Et au groupe ?
Solène : J'explique aux nouveaux comment marche l'allocation.
"""
SECOND = """Bastien : Je n'ouvrais plus le courrier. Un ancien m'a dit que ça se calmerait.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "E1.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "texts" / "E2.txt").write_text(SECOND, encoding="utf-8")
    corpus = pq.read(tmp_path / "texts")

    def write(name, *rows):
        made = []
        for document, words, code, origin, status in rows:
            start = corpus.by_id()[document].text.index(words)
            made.append(Coding(document, start, start + len(words), code, origin, "", 1.0, status=status))
        codings_table(made, corpus).to_csv(tmp_path / name, index=False)

    machine = [
        ("E1", "Aujourd'hui je me vois tenir jusqu'à l'été.", "espoir", "model", "proposed"),
        ("E1", "J'explique aux nouveaux comment marche l'allocation.", "informer", "model", "proposed"),
        ("E2", "Je n'ouvrais plus le courrier.", "fragilite", "model", "proposed"),
    ]
    person = [
        ("E1", "je me vois tenir", "espoir", "person", "added"),
        ("E1", "Avant je comptais les plafonniers du couloir.", "souffrance_soins", "person", "added"),
        ("E1", "J'explique aux nouveaux comment marche l'allocation.", "informer", "model", "accepted"),
        ("E2", "Un ancien m'a dit que ça se calmerait.", "espoir", "person", "added"),
        ("E2", "Je n'ouvrais plus le courrier.", "souffrance_trouble", "model", "proposed"),
    ]
    write("a.csv", *machine)
    write("b.csv", *person)
    write("none.csv")
    return tmp_path


def evaluate(folder, *words, lang="en"):
    return run_command_line(["evaluate", *(str(folder / word) if str(word).endswith(".csv") else str(word) for word in words)], lang)


def test_figures_of_a_small_case(folder):
    found = pq.evaluate(folder / "a.csv", folder / "b.csv", folder / "texts", status=("accepted", "added"))
    table = found.table.set_index("code")
    assert set(table["units"]) == {5}
    assert table.loc["espoir", ["both", "only_a", "only_b", "neither", "units_a", "units_b"]].tolist() == [1, 0, 1, 3, 1, 2]
    assert table.loc["espoir", ["precision", "recall"]].tolist() == [1, 0.5]
    assert table.loc["fragilite", "units_b"] == 0 and math.isnan(table.loc["fragilite", "f1"])
    assert table.loc["souffrance_soins", "recall"] == 0 and math.isnan(table.loc["souffrance_soins", "precision"])
    scopes = found.table.set_index("scope")
    assert scopes.loc["micro", "f1"] == pytest.approx(2 * 2 / (3 + 4))
    assert scopes.loc["macro", "recall"] == pytest.approx((0.5 + 1 + 0) / 3)
    keys = [key for key, _ in found.said]
    assert keys == ["agreement.anchored", "agreement.no_reference", "agreement.few_documents"]


def test_what_is_printed_has_dashes_for_what_has_no_reference(folder, capsys):
    assert evaluate(folder, "a.csv", "b.csv", "--transcripts", folder / "texts", "--status", "accepted,added", lang="fr") == 0
    out = capsys.readouterr().out
    line = next(line for line in out.splitlines() if "fragilite" in line)
    assert line.split() == ["fragilite", "0", "1", "–", "–", "–", "–"]
    assert "unités (phrases)\u00a0: 5, documents\u00a0: 2" in out and "ancrés" in out and "aveugle" in out
    assert "plafonniers" not in out


def test_all_statuses_say_that_proposals_are_unread(folder, capsys):
    assert evaluate(folder, "a.csv", "b.csv", "--transcripts", folder / "texts") == 0
    assert "nobody has read" in capsys.readouterr().out


def test_out_writes_three_tables_with_both_sides_words(folder, capsys):
    words = ("a.csv", "b.csv", "--transcripts", folder / "texts", "--status", "accepted,added", "--out", folder / "out")
    assert evaluate(folder, *words) == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["agreement.csv", "confusions.csv", "disagreements.csv", "manifest.json"]
    parted = pd.read_csv(folder / "out" / "disagreements.csv", keep_default_na=False)
    assert list(parted["codes_a"]) == ["", "fragilite", ""]
    assert list(parted["codes_b"]) == ["souffrance_soins", "", "espoir"]
    assert "courrier" in parted["text"][1]
    assert evaluate(folder, *words) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert evaluate(folder, *words, "--overwrite") == 0


def test_without_transcripts_only_coded_characters_are_compared(folder, capsys):
    assert evaluate(folder, "a.csv", "b.csv", "--status", "accepted,added", "--json") == 0
    out = json.loads(capsys.readouterr().out)
    espoir = next(row for row in out["table"] if row["code"] == "espoir")
    sentence, words = "Aujourd'hui je me vois tenir jusqu'à l'été.", "je me vois tenir"
    assert (espoir["both"], espoir["only_a"], espoir["neither"]) == (len(words), len(sentence) - len(words), None)
    assert espoir["cohen_kappa"] is None and espoir["alpha"] is None
    assert espoir["precision"] == pytest.approx(len(words) / len(sentence))
    assert "no_transcripts" in [note["key"] for note in out["said"]]


def test_a_sample_is_counted_alone(folder, capsys):
    corpus = pq.read(folder / "texts")
    start = corpus.by_id()["E2"].text.index("Un ancien")
    (folder / "units.csv").write_text(f"document,start,end\nE2,{start},{start + 38}\n", encoding="utf-8")
    words = ("a.csv", "b.csv", "--transcripts", folder / "texts", "--units", "units.csv", "--json")
    assert evaluate(folder, *words) == 0
    out = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in out["table"]] == ["espoir", "", ""]
    assert out["table"][0]["units"] == 1 and "sample" in [note["key"] for note in out["said"]]
    assert evaluate(folder, "a.csv", "b.csv", "--units", "units.csv") == 2
    assert "--transcripts" in capsys.readouterr().err


def test_documents_that_one_side_left_out_are_named(folder):
    b = pd.read_csv(folder / "b.csv", keep_default_na=False)
    found = pq.evaluate(folder / "a.csv", b[b["document"] == "E1"], folder / "texts")
    assert ("agreement.only_one_coded", {"who": "A", "other": "B", "documents": "E2"}) in found.said
    found = pq.evaluate(b[b["document"] == "E1"], b[b["document"] == "E1"], folder / "texts")
    assert ("agreement.nobody_coded", {"documents": "E2"}) in found.said


def test_an_empty_reference_has_no_figure(folder):
    found = pq.evaluate(folder / "a.csv", folder / "none.csv", folder / "texts")
    assert found.table[["precision", "recall", "f1", "cohen_kappa", "span_f1"]].isna().all(axis=None)
    assert set(found.table.loc[found.table["scope"] == "code", "only_a"]) == {1}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda f: (f / "texts" / "E2.txt").write_text(SECOND + "Bastien : Voilà.\n", encoding="utf-8"), "E2: the text is not the one"),
        (lambda f: (f / "a.csv").write_text((f / "a.csv").read_text().replace("informer", "ancien_code")), "ancien_code: this code"),
        (lambda f: (f / "b.csv").write_text("document,start\n"), "b.csv: lacks the column(s)"),
        (lambda f: (f / "texts" / "E2.txt").unlink(), "E2: codings speak of a document"),
        (lambda f: [(f / name).write_text((f / "none.csv").read_text()) for name in ("a.csv", "b.csv")], "neither table has a coding"),
    ],
)
def test_each_fault_is_one_line(folder, capsys, change, told):
    change(folder)
    assert evaluate(folder, "a.csv", "b.csv", "--transcripts", folder / "texts", "--out", folder / "out") == 1
    err = capsys.readouterr().err
    assert told in err and err.count("\n") == 1
    assert not (folder / "out").exists()
    assert "courrier" not in err


def test_two_texts_of_one_document_are_told_without_transcripts_too(folder, capsys):
    b = pd.read_csv(folder / "b.csv", keep_default_na=False)
    b.assign(text_hash=["0" * 64 if document == "E2" else held for document, held in zip(b["document"], b["text_hash"], strict=True)]).to_csv(
        folder / "b.csv", index=False
    )
    assert evaluate(folder, "a.csv", "b.csv") == 1
    err = capsys.readouterr().err
    assert "E2" in err and "peerqual update" in err


def test_an_unknown_status_is_wrong_usage(folder, capsys):
    assert evaluate(folder, "a.csv", "b.csv", "--status", "accepté") == 2
    assert "accepted" in capsys.readouterr().err
    with pytest.raises(UsageError):
        pq.evaluate(folder / "a.csv", folder / "b.csv", status=("seen",))


def test_a_code_that_met_its_parent_is_told_and_counts_for_it_where_asked(folder, capsys):
    corpus = pq.read(folder / "texts")
    words = "Je n'ouvrais plus le courrier."
    start = corpus.by_id()["E2"].text.index(words)
    for name, code in (("child.csv", "c"), ("parent.csv", "p"), ("sister.csv", "d")):
        made = [Coding("E2", start, start + len(words), code, "person", "", 1.0, status="added")]
        codings_table(made, corpus).to_csv(folder / name, index=False)
    codes = "".join(
        f'  - {{id: {one}, label: {{fr: {one}}}, definition: {{fr: "…"}}{more}}}\n'
        for one, more in (("p", ""), ("c", ", parent: p"), ("d", ", parent: p"))
    )
    (folder / "book.yaml").write_text(f"peerqual: 1\ncodes:\n{codes}", encoding="utf-8")
    asked = ["--transcripts", folder / "texts", "--codebook", str(folder / "book.yaml")]
    for a, b, told in (("child.csv", "parent.csv", 1), ("parent.csv", "child.csv", 1), ("child.csv", "sister.csv", 0), ("child.csv", "child.csv", 0)):
        assert evaluate(folder, a, b, *asked, "--json") == 0
        said = {one["key"]: one["message"] for one in json.loads(capsys.readouterr().out)["said"]}
        assert ("met_parents" in said) == bool(told)
        assert not told or "its parent: 1. " in said["met_parents"]
    assert evaluate(folder, "child.csv", "parent.csv", *asked, "--parents", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert "met_parents" not in {one["key"] for one in shown["said"]}
    assert {row["code"]: row["f1"] for row in shown["table"] if row["scope"] == "code"}["p"] == 1
