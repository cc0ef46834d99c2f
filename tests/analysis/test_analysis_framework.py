from __future__ import annotations

import json

import pandas as pd
import pytest
from analysis_corpus import BOOK, CODINGS, CORPUS, frame

from peerqual.analysis import framework_matrix
from peerqual.cli import run_command_line
from peerqual.errors import PeerqualError, UsageError
from peerqual.reporting import framework


def cells(matrix):
    return {(row.participant, row.code): (row.passages, row.references) for row in matrix.itertuples() if row.passages}


def test_who_says_what_where():
    matrix = framework_matrix(CODINGS, CORPUS, BOOK)
    assert matrix["text"].eq("").all() and matrix["participant"].unique().tolist() == ["G1:Z", "p1", "p2", "p3"]
    assert matrix["code"].unique().tolist() == ["souffrance", "souffrance_soins", "souffrance_sociale", "espoir"]  # found ones; no branch
    found = cells(matrix)
    assert found["p1", "souffrance"] == (2, "E1, l.\xa02 ; E1, l.\xa04")
    assert found["p1", "espoir"] == (2, "E1, l.\xa02 ; G1, l.\xa03") and found["p2", "espoir"] == (1, "E2, l.\xa01")
    assert ("p3", "espoir") not in found
    assert not any("N1" in references for _, references in found.values())  # a researcher's notes are nobody's row


def test_a_branch_is_a_theme_too():
    matrix = framework_matrix(CODINGS, CORPUS, BOOK, codes=["parcours", "role"])
    assert cells(matrix)["p1", "parcours"][0] == 4 and ("p1", "role") not in cells(matrix)
    with pytest.raises(PeerqualError, match=r"codebook\.yaml"):
        framework_matrix(CODINGS, CORPUS, BOOK, codes=["espoirs"])


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_written_comes_back(tmp_path, suffix, lang):
    texts = pd.DataFrame([("p1", "espoir", "Y croit\n; « encore », =1+1"), ("p2", "parrainage", "rien")], columns=["participant", "code", "text"])
    matrix = framework_matrix(CODINGS, CORPUS, BOOK, codes=["espoir"], texts=texts, lang=lang)
    assert matrix["code"].unique().tolist() == ["espoir", "parrainage"]  # words written elsewhere are not lost
    framework.write(matrix, CORPUS, tmp_path / f"m{suffix}", lang=lang)
    back = framework.read(tmp_path / f"m{suffix}")
    pd.testing.assert_frame_equal(back, texts)


def test_attributes_stand_beside_the_participants(tmp_path):
    wide = framework.sheet(framework_matrix(CODINGS, CORPUS, BOOK, codes=["espoir"]), CORPUS)
    assert list(wide.columns) == ["participant", "attribute:association", "attribute:sexe", "espoir", "references:espoir"]
    assert wide.set_index("participant").loc["p1", "attribute:association"] == "A"


def test_bad_input_is_one_clear_error(tmp_path):
    nobody = pd.DataFrame([("p8", "espoir", "mots")], columns=["participant", "code", "text"])
    with pytest.raises(PeerqualError, match="p8"):
        framework_matrix(CODINGS, CORPUS, BOOK, texts=nobody)
    assert framework_matrix(frame(), CORPUS, BOOK).empty
    with pytest.raises(UsageError):
        framework.write(framework_matrix(CODINGS, CORPUS, BOOK), CORPUS, tmp_path / "m.docx")
    (tmp_path / "x.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(PeerqualError, match="framework"):
        framework.read(tmp_path / "x.csv")


TALK = """Enquêtrice : Comment ça va depuis l'hôpital ?
Maëlle : Ça va mieux, et j'ai plus peur de rechuter.
Enquêtrice : Et au groupe ?
Maëlle : Au groupe je dis aux nouveaux qu'on s'en sort.
"""


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "entretien.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def peerqual(*words):
    return run_command_line([str(word) for word in words], "en")


def test_the_commands(talk, tmp_path, capsys):
    codings, book = tmp_path / "c.csv", ("--codebook", tmp_path / "b.yaml")
    rules = "[{lemmas: [sortir]}]"
    code = f"{{id: espoir, label: {{fr: Espoir}}, definition: {{fr: d}}, rules: {rules}}}"
    book[1].write_text(f"peerqual: 1\ncodes:\n  - {code}\n", encoding="utf-8")
    assert peerqual("code", talk, *book, "--model", "none", "--out", codings) == 0
    capsys.readouterr()
    assert peerqual("concordance", "groupe NOT nouveaux", talk, *book, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [(row["line"], row["left"], row["right"]) for row in found] == [(3, "Et au", "?")]
    assert peerqual("concordance", "groupe", talk, *book, "--role", "respondent") == 0
    assert "je dis aux nouveaux" in capsys.readouterr().out
    assert peerqual("concordance", "girafe", talk, *book) == 0 and "Nothing found" in capsys.readouterr().out
    assert peerqual("concordance", "groupe", talk, *book, "--out", tmp_path / "k.csv") == 0
    assert (tmp_path / "k.csv").read_text(encoding="utf-8").count("groupe") == 2
    out = tmp_path / "f.xlsx"
    assert peerqual("framework", codings, *book, "--transcripts", talk, "--code", "espoir", "--out", out) == 0
    assert "1 participants × 1 themes" in capsys.readouterr().out
    assert peerqual("framework", codings, *book, "--transcripts", talk, "--out", out) == 1  # it exists
    assert peerqual("framework", codings, *book, "--transcripts", talk, "--out", out, "--filled", out, "--overwrite") == 0


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("concordance", "groupe AND", "TALK"), 1),
        (("concordance", "code:espoir", "TALK"), 1),
        (("concordance", "groupe", "TALK", "--attribute", "sexe"), 2),
        (("concordance", "groupe", "TALK", "--attribute", "sexe=F"), 1),
        (("concordance", "groupe", "TALK", "--unit", "page"), 2),
    ],
)
def test_what_is_wrong_is_told_in_one_line(talk, capsys, words, status):
    assert peerqual(*(talk if word == "TALK" else word for word in words)) == status
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "rechuter" not in told
