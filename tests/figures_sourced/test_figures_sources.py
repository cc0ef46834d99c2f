"""Figures of documents with their sources: marked sentences, the four invented articles, near misses, the command."""

import json
import sys
from collections import Counter

import pandas as pd
import pytest

import peerqual as pq
from conftest import ROOT
from peerqual.cli import run_command_line
from peerqual.model import Corpus, Transcript, Turn

sys.path.insert(0, str(ROOT / "benchmarks"))
from sourced_figures import DATA, measure

# Of each article: how many figures it holds whose source is named (its rows were read through beside it), and some rows in full, by hand.
SOURCED = {"D01_presse_locale": 9, "D02_revue_associative": 5, "D03_rapport_agence": 16, "D04_synthese_scientifique": 2}
ROWS = [
    ("D01_presse_locale", "dix-neuf", 19, "", None, "l’agence régionale de santé"),
    ("D01_presse_locale", "31 %", 31, "%", 2023, "le département d’information médicale de l’établissement"),
    ("D01_presse_locale", "22 %", 22, "%", 2024, "le département d’information médicale de l’établissement"),
    ("D01_presse_locale", "118 000 euros", 118000, "euros", None, ""),
    ("D01_presse_locale", "près de 900", 900, "", None, ""),
    ("D02_revue_associative", "96", 96, "", 2023, "rapport moral 2023"),
    ("D02_revue_associative", "une famille sur cinq", 20, "%", None, ""),
    ("D03_rapport_agence", "1 240", 1240, "", 2022, "enquête GEM de l’agence, 2023"),
    ("D03_rapport_agence", "Un tiers", 33.3, "%", None, ""),
    ("D03_rapport_agence", "64 %", 64, "%", 2021, "l’Observatoire régional de la santé mentale"),
    ("D04_synthese_scientifique", "19", 19, "", 2024, "l’agence régionale de santé"),
    ("D04_synthese_scientifique", "0,9 à 5,7", 0.9, "", None, ""),
]


@pytest.fixture(scope="module")
def corpus():
    return pq.read(ROOT / "corpus_sample" / "documents")


@pytest.fixture(scope="module")
def table(corpus):
    return pq.sourced_figures(corpus)


def found(text):
    return pq.sourced_figures(Corpus((Transcript("D", text),)))


@pytest.mark.parametrize("name", ["figures_dev", "figures_closed"])
def test_marked_sentences(name):
    counts, misses = measure(DATA / f"{name}.txt")
    precision, recall = counts["found"] / counts["proposed"], counts["found"] / counts["marked"]
    assert 2 * precision * recall / (precision + recall) >= 0.95, misses
    assert counts["source"] >= 0.9 * counts["source asked"] and counts["year"] >= 0.9 * counts["year asked"], misses


@pytest.mark.parametrize(("document", "figure", "value", "unit", "year", "source"), ROWS)
def test_rows_of_the_invented_articles(table, document, figure, value, unit, year, source):
    rows = table[(table["document"] == document) & (table["figure"] == figure)]
    assert len(rows) == 1, figure
    row = rows.iloc[0]
    assert (row["value"], row["unit"], row["source"]) == (value, unit, source)
    assert (None if pd.isna(row["year"]) else row["year"]) == year


def test_addresses_and_marks_of_the_invented_articles(corpus, table):
    texts = {transcript.id: transcript.text for transcript in corpus}
    for row in table.itertuples():
        assert texts[row.document][row.start : row.end] == row.figure
        assert row.sourced == bool(row.source) and (not row.source or row.source in texts[row.document])
    assert Counter(table[table["sourced"]]["document"]) == SOURCED


def test_what_is_no_figure_in_the_invented_articles(table):
    """Dates, hours, ages, numbers of sections and of issues."""
    told = {(row.document[:3], row.figure) for row in table.itertuples()}
    assert not told & {
        ("D01", "9 h 30"),
        ("D01", "44 ans"),
        ("D01", "29 ans"),
        ("D01", "2024"),
        ("D02", "58, juin"),
        ("D03", "7"),
        ("D04", "95 %"),
    } - {("D03", "7")}
    assert not [one for one in told if one[1].startswith("20") and len(one[1]) == 4]


def test_nobody_is_no_source():
    for who in ("certains", "on", "des experts", "une association"):
        assert not found(f"Selon {who}, 40 familles attendent.")["sourced"].any(), who
    assert found("Selon une association que préside un pair, 40 familles attendent.")["sourced"].all()
    assert found("Selon la mairie, 40 familles attendent.")["source"].tolist() == ["la mairie"]
    assert not found("Sept adhérents sur dix déclarent aller mieux.")["sourced"].any(), "who is counted vouches for nothing"
    assert found("Sept adhérents sur dix vont mieux, déclare la fédération.")["source"].tolist() == ["la fédération"]


def test_since_a_year_is_not_of_that_year():
    assert found("Depuis 2019, onze animateurs sont partis.")["year"].isna().all()
    assert found("En 2019, onze animateurs sont partis.")["year"].tolist() == [2019]


def test_a_table_takes_its_rows_and_the_source_under_it():
    text = "| Forme | Nombre |\n|---|---|\n| Permanence | 7 |\n\n*Source : questionnaire, 2023.*\n\nAilleurs, 8 refus.\n"
    rows = found(text)
    assert rows[["value", "what", "source"]].values.tolist()[0] == [7, "Permanence", "questionnaire, 2023"]
    assert not rows[rows["value"] == 8]["sourced"].any()


def test_speech_is_read_too_and_no_words_of_labels():
    text = "Dr 12 : On en suit 30."
    rows = pq.sourced_figures(Corpus((Transcript("P", text, (Turn("Dr 12", "", "respondent", 8, len(text)),)),)))
    assert rows["value"].tolist() == [30]


def test_nothing_found_is_an_empty_table():
    rows = found("Rien à compter.")
    assert rows.empty and list(rows.columns)[:4] == ["document", "start", "end", "figure"]


def test_the_command_writes_the_table_and_does_not_overwrite(tmp_path, capsys):
    out = tmp_path / "chiffres.csv"
    words = ["numbers", str(ROOT / "corpus_sample" / "documents"), "--out", str(out)]
    assert run_command_line([*words, "--lang", "fr"], "fr") == 0
    assert "avec une source nommée" in capsys.readouterr().out
    assert len(pd.read_csv(out)) > 100
    assert run_command_line(words, "fr") == 1
    assert run_command_line([*words[:2], "--json"], "fr") == 0
    assert json.loads(capsys.readouterr().out)[0]["figure"]
