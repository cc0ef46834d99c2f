from __future__ import annotations

import pandas as pd
import pytest

from peerqual.analysis.variables import Variables, propose_variables, variables_table
from peerqual.cli import run_command_line
from peerqual.errors import CodebookError, PeerqualError
from peerqual.model import Corpus, Transcript, Turn
from peerqual.reporting import answers as sheet

ASKED = """\
peerqual_variables: 1
language: fr
fields:
  lieu: ["maison|local"]
variables:
  - id: venue
    question: {fr: "Y est-il ou elle allé·e ?", en: "Been there?"}
    options:
      - id: oui
        label: {fr: Oui, en: "Yes"}
        rules:
          - {near: [["aller|monter"], [{field: lieu}]], within: 5}
      - id: non
        label: {fr: Non, en: "No"}
        rules:
          - {lemmas: ["jamais"], before: [{field: lieu}], before_role: interviewer, polarity: "+"}
  - id: rythme
    question: {fr: "À quel rythme ?"}
    options:
      - {id: souvent, label: {fr: Souvent}, rules: [{lemmas: ["souvent"]}]}
      - {id: parfois, label: {fr: Parfois}, rules: [{lemmas: ["parfois"]}]}
      - {id: rarement, label: {fr: Rarement}}
"""
QUESTIONS = Variables.from_text(ASKED)


def talk(id, *turns):
    text, spoken = "", []
    for n, words in enumerate(turns):
        speaker, role = ("Q", "interviewer") if n % 2 == 0 else ("R", "respondent")
        text += f"{speaker} : "
        spoken.append(Turn(speaker, None, role, len(text), len(text) + len(words)))
        text += words + "\n"
    return Transcript(id, text, tuple(spoken), material="interview")


def proposed(*turns):
    table = propose_variables(Corpus((talk("P1", *turns),)), QUESTIONS)
    return dict(zip(table["variable"], table["proposed"], strict=True))


@pytest.mark.parametrize(
    ("turns", "venue", "rythme"),
    [
        (("Et ce local ?", "Je suis montée au local, souvent."), "oui", "souvent"),
        (("Et ce local ?", "Jamais."), "non", ""),
        (("Et le soir ?", "Jamais."), "", ""),  # not what was asked
        (("Et ce local ?", "Je ne suis pas allé au local."), "non", ""),  # denied: the other of two options
        (("Vous y allez souvent, à la maison ?", "Le mardi."), "", ""),  # an interviewer answers nothing
        (("Alors ?", "J'y vais souvent, enfin, parfois."), "", ""),  # two weigh alike
        (("Alors ?", "Pas souvent."), "", ""),  # denied, of three options: none
    ],
)
def test_answers_are_proposed_from_what_is_said(turns, venue, rythme):
    assert proposed(*turns) == {"venue": venue, "rythme": rythme}


def test_the_words_that_support_stand_beside():
    corpus = Corpus((talk("P1", "Et ce local ?", "Ah. Jamais, non."), talk("P2", "Bon ?", "Bon.")))
    table = propose_variables(corpus, QUESTIONS, lang="en")
    first = table.iloc[0]
    assert (first["question"], first["words"], first["cite"], first["answer"]) == ("Been there?", "Jamais, non.", "P1, l.\xa02", "")
    assert corpus[0].text[first["start"] : first["end"]] == first["words"] and first["score"] > first["against"] == 0
    assert len(table) == 4 and table[table["document"] == "P2"]["proposed"].eq("").all()
    assert propose_variables(Corpus(), QUESTIONS).empty


def rows(*told):
    return pd.DataFrame(told, columns=["document", "variable", "proposed", "answer"])


def test_counts_with_the_documents_behind_them():
    told = rows(
        ("P1", "venue", "oui", ""),
        ("P2", "venue", "oui", "NON"),
        ("P3", "venue", "", "Yes"),
        ("P4", "venue", "", " "),
        ("P1", "rythme", "", "parfois"),
    )
    table = variables_table(told, QUESTIONS).set_index(["variable", "option"])
    assert table.loc[("venue", "oui"), ["label", "documents", "documents_total", "answered", "proposed", "ids"]].tolist() == [
        "Oui",
        2,
        4,
        1,
        1,
        "P1 P3",
    ]
    assert table.loc[("venue", "non"), ["documents", "answered", "ids"]].tolist() == [1, 1, "P2"]
    assert table.loc[("venue", ""), ["documents", "proposed", "ids"]].tolist() == [1, 0, "P4"]
    assert table.loc[("rythme", "parfois"), "documents_total"] == 1
    totals = table.groupby("variable")["documents"].sum()
    assert totals["venue"] == 4 and (table["answered"] + table["proposed"] <= table["documents"]).all()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (rows(("P1", "vue", "", "")), "vue"),
        (rows(("P1", "venue", "", "peut-être")), "oui"),
        (rows(("P1", "venue", "", ""), ("P1", "venue", "", "")), "P1"),
        (pd.DataFrame({"document": ["P1"]}), "variable"),
    ],
)
def test_wrong_answers_are_one_clear_error(told, said):
    with pytest.raises(PeerqualError, match=said):
        variables_table(told, QUESTIONS)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('{field: lieu}]], within: 5', '{field: lieux}]], within: 5', 12),
        ("polarity: \"+\"", "polarite: \"+\"", 16),
        ("id: venue", "id: Venue", 6),
        ("{lemmas: [\"parfois\"]}", "{lemmas: []}", 21),
        ("variables:\n", "variable:\n", 1),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_is_told_with_its_line(old, new, line):
    with pytest.raises(CodebookError) as raised:
        Variables.from_text(ASKED.replace(old, new))
    assert any(fault.line in (line, line + 1, 5) for fault in raised.value.faults), [(fault.line, str(fault)) for fault in raised.value.faults]
    assert all(str(fault) for fault in raised.value.faults)


@pytest.mark.parametrize(
    "text", ["", "- a", "peerqual: 1\n", "peerqual_variables: 1\nvariables: []\n", "a: [", "peerqual_variables: 2\nvariables: 3"]
)
def test_what_is_no_file_of_variables(text):
    with pytest.raises(CodebookError):
        Variables.from_text(text)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_from_the_command_line_and_back(tmp_path, capsys, suffix):
    (tmp_path / "v.yaml").write_text(ASKED, encoding="utf-8")
    (tmp_path / "P1.txt").write_text("Enquêtrice : Et ce local ?\nMaëlle : Jamais.\n", encoding="utf-8")
    (tmp_path / "P2.txt").write_text("Enquêtrice : Et ce local ?\nMaëlle : Je suis montée au local.\n", encoding="utf-8")
    words = ["variables", str(tmp_path / "v.yaml"), str(tmp_path / "P1.txt"), str(tmp_path / "P2.txt")]
    out = tmp_path / f"a{suffix}"
    assert run_command_line([*words, "--out", str(out)], "fr") == 0
    assert "non relues : 2" in capsys.readouterr().out
    told = sheet.read(out)
    assert told["proposed"].tolist() == ["non", "", "oui", ""] and told["answer"].eq("").all()
    told.loc[told["variable"] == "rythme", "answer"] = "Souvent"
    sheet.write(told, out, ("oui", "non"), lang="en")
    assert run_command_line([*words, "--answers", str(out), "--out", str(tmp_path / "t.csv")], "fr") == 0
    table = pd.read_csv(tmp_path / "t.csv", keep_default_na=False)
    assert table.query("option == 'souvent'")[["documents", "answered", "proposed", "ids"]].to_numpy().tolist() == [[2, 2, 0, "P1 P2"]]
    capsys.readouterr()
    assert run_command_line([*words[:3], "--answers", str(out)], "fr") == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "P2" in told and "montée" not in told
