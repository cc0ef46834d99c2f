from __future__ import annotations

from pathlib import Path

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


GEM = """\
peerqual_variables: 1
slots:
  sujet: {groupes: ["association"], gem: ["GEM", "Passerelle Bleue"], alcool: ["alcool", "ancien buveur", "association d'ancien buveur"]}
  acte: {connaitre: ["connaître"], rencontrer: ["rencontrer", "contact", "visiter"], conseiller: ["conseiller", "envoyer", "parler"]}
  pour: {patients: ["patient"], proches: ["proche|famille"]}
variables:
  - {id: connait, question: {fr: "?"}, asks: {sujet: gem, acte: connaitre}, options: [{id: oui}, {id: non}], implies: {non: {contact: non}}}
  - {id: contact, question: {fr: "?"}, asks: {sujet: gem, acte: rencontrer}, options: [{id: oui}, {id: non}], implies: {oui: {connait: oui}}}
  - {id: patients, question: {fr: "?"}, asks: {sujet: gem, acte: conseiller, pour: [patients, ""]}, options: [{id: oui}, {id: non}]}
  - {id: proches, question: {fr: "?"}, asks: {sujet: gem, acte: conseiller, pour: proches}, options: [{id: oui}, {id: non}]}
  - {id: toutes, question: {fr: "?"}, asks: {sujet: [groupes, gem, alcool], acte: conseiller}, options: [{id: oui}, {id: non}]}
"""


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("Vous avez rencontré le GEM ?", "Oui."), {"contact": "oui", "connait": "oui"}),  # implied
        (("Vous connaissez le GEM ?", "Non."), {"connait": "non", "contact": "non"}),
        (("Vous connaissez le GEM ?", "Vous permettez que je ferme ?"), {"connait": "non", "contact": "non"}),  # asked, and no yes
        (("Vous conseillez le GEM aux patients ?", "Oui.", "Et aux proches ?", "Non plus."), {"patients": "oui", "proches": "non", "toutes": "oui"}),
        (("Vous conseillez le GEM ?", "Les familles, oui."), {"patients": "non", "proches": "oui", "toutes": "oui"}),  # a yes to what it names
        (("Vous conseillez le GEM ?", "J'y ai envoyé trois patients."), {"patients": "oui", "toutes": "oui"}),
        (("Vous conseillez le GEM ?", "Mon collègue y envoie des gens."), {"patients": "non", "toutes": "non"}),  # not their doing
        (("Vous conseillez le GEM ?", "Si on me le demandait, j'y enverrais du monde."), {"patients": "non", "toutes": "non"}),  # supposed
        (("Vous conseillez une association ?", "Oui.", "Le GEM ?", "Jamais."), {"patients": "non", "toutes": "oui"}),  # a part is denied
        (("À qui revient-il de parler du GEM ?", "Non, vraiment, je ne vois pas."), {}),  # no yes-or-no question
        (("Il fait beau ?", "Oui."), {}),
        (("Bonjour.", "La Passerelle Bleue, je l'ai visitée, une fois."), {"contact": "oui", "connait": "oui"}),  # nobody asked
    ],
)
def test_answers_are_read_as_an_exchange(turns, told):
    table = propose_variables(Corpus((talk("P1", *turns),)), Variables.from_text(GEM))
    assert {row.variable: row.proposed for row in table.itertuples() if row.proposed} == told
    assert all(bool(row.words) == bool(row.proposed) for row in table.itertuples())


EXCHANGES = [block.splitlines() for block in (Path(__file__).parent / "data" / "closed_questions.txt").read_text(encoding="utf-8").split("\n\n")]


def test_exchanges_written_for_the_fifteen_questions():
    asked = Variables.load(Path(__file__).parents[2] / "tools" / "sample" / "variables.yaml")
    wrong = []
    for lines in EXCHANGES:
        turns = [line[3:] for line in lines if line[:2] in ("Q:", "R:")]
        if turns:
            table = propose_variables(Corpus((talk("P1", *turns),)), asked).set_index("variable")["proposed"]
            wrong += [(turns, one) for one in lines[-1][2:].split() if table[one.partition("=")[0]] != one.partition("=")[2]]
    assert not wrong


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("asks: {sujet: gem, acte: connaitre}", "asks: {sujet: gemme, acte: connaitre}", 7),
        ("asks: {sujet: gem, acte: connaitre}", "asks: {theme: gem, acte: connaitre}", 7),
        ("implies: {oui: {connait: oui}}", "implies: {oui: {connait: si}}", 8),
        ('["rencontrer", ', '["a || b", ', 4),
    ],
)
def test_a_slot_or_option_that_is_not_there_is_a_fault(old, new, line):
    with pytest.raises(CodebookError) as raised:
        Variables.from_text(GEM.replace(old, new))
    assert [fault.line for fault in raised.value.faults] == [line] and str(raised.value.faults[0])


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
    assert "non relues\u00a0: 2" in capsys.readouterr().out
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
