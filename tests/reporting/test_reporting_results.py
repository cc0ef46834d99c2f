"""Practices by modality, processes and results in the report's forms and in notebooks; a publication hides groups of one or two."""

from __future__ import annotations

import io
import re

import openpyxl
import pandas as pd
import pytest
from reporting_corpus import BOOK as PLAIN_BOOK
from reporting_corpus import COLUMNS, made
from test_reporting_page import Page

import peerqual as pq
from peerqual.codebook import Codebook
from peerqual.model import MODALITIES, Corpus, Participant
from peerqual.reporting.grids import grids
from peerqual.reporting.html import render
from peerqual.reporting.html.tree import Tree
from peerqual.reporting.html.words import Words
from peerqual.reporting.latex import tables as latex
from peerqual.reporting.publication import published
from peerqual.reporting.sheets import workbook
from peerqual.reporting.word import document
from peerqual.study_results import gather, tables

BOOK = Codebook.load()
SAID = "⟪Je leur donne l'adresse.⟫(informer) ⟪C'est utile de savoir.⟫(!informer) ⟪J'y crois.⟫(espoir)"
PARTS = [made(f"E0{n}", "interview", ("Q", "interviewer", None, "Et alors ?"), (f"V{n}", "respondent", f"p{n}", SAID)) for n in range(1, 5)]
PARTS.append(made("G01", "group", *((f"V{n}", "respondent", f"p{n}", "⟪Prends la carte, là.⟫(informer,integrer_pairs)") for n in range(1, 5))))
CODINGS = pd.DataFrame([row for _, rows in PARTS for row in rows], columns=COLUMNS)


def corpus(*associations):
    return Corpus(tuple(t for t, _ in PARTS), tuple(Participant(f"p{n}", {"association": a}) for n, a in enumerate(associations, 1)))


FEW, ENOUGH = corpus("A", "B", "B", "B"), corpus("B", "B", "B", "B")


def data(people=FEW, lang="fr", profile=None, book=BOOK):
    return gather(CODINGS, people, book, lang=lang, by=("association",), profile=profile)


@pytest.fixture(scope="module")
def page():
    return render(data())


def cells(page, table, code):
    text = page[page.index(f'id="table-{table}"') :]
    line = text[text.index(f'href="#code-{code}"') :]
    return [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<td.*?</td>", line[: line.index("</tr>")])]


def test_the_page_counts_practices_by_modality_with_how_many_people(page):
    assert "Pratiques selon leur modalité\u00a0: Entretiens" in page
    assert [said.replace("\u00a0", " ") for said in cells(page, "modality-interview", "informer")] == ["0", "4 · 4 des 4", "4 · 4 des 4"]
    assert "Niée ou refusée" not in page, "nothing is denied here"
    assert "4\u00a0rapportés et 4\u00a0prônés" in page, "each code's page says so too"


def test_the_page_says_that_processes_overlap(page):
    assert "Les processus se recouvrent" in page and 'id="table-processes"' in page
    assert page.count('scope="row">Soutien social') == 1


def test_groups_stand_under_comparisons(page):
    comparisons = page[page.index('<section id="comparisons"') : page.index('<section id="frequencies"')]
    assert "Pratiques selon leur modalité\u00a0: Groupes, selon association" in comparisons
    assert "A\u00a0· Accomplie" in comparisons and "B\u00a0· Accomplie" in comparisons
    assert "Prônée" not in comparisons[comparisons.index("Groupes, selon association") :].split("</table>")[0], (
        "a column that nobody fills is left out"
    )


def test_english_is_english():
    text = render(data(lang="en"), lang="en")
    assert "Practices by modality: Interviews" in text and "Processes overlap" in text and "Held right" in text


def test_all_forms_hold_them():
    whole = data()
    words = Words("fr")
    names = [grid.name for grid in grids(whole, Tree(BOOK, words), words)]
    assert {"modality_interview", "modality_group", "processes"} <= set(names) and len(names) == len(set(names))
    assert {"modality-interview.tex", "processes.tex"} <= set(latex(whole))
    assert document(whole, lang="fr")
    book = openpyxl.load_workbook(io.BytesIO(workbook(whole)))
    assert {"Modalité", "Processus", "Résultats selon association"} <= set(book.sheetnames)
    heads = [cell.value for cell in book["Résultats selon association"][1]]
    assert heads[:2] == ["Partie", "Partie (identifiant)"] and "Modalité" in heads
    told = {cell.value for cell in book["Modalité"]["D"][1:]}
    assert told <= {"accomplie", "rapportée", "prônée"} or told <= {"Entretiens", "Groupes"}


def test_a_publication_hides_groups_of_one_or_two_and_nothing_comes_back_by_subtraction():
    made_of = tables(CODINGS, FEW, BOOK, by=("association",))
    assert "results_association" in made_of
    assert not [name for name in published(made_of) if name.endswith("_association")]
    assert "results_association" in published(made_of, grid=True)
    shown = published(tables(CODINGS, ENOUGH, BOOK, by=("association",)))
    assert {"results_association", "modality", "processes"} <= set(shown)
    assert "A\u00a0· Accomplie" not in render(data(profile="publication"))


def test_a_publication_of_two_people_tells_of_no_practice():
    two = Corpus(FEW.transcripts[:2], FEW.participants[:2])
    shown = published(tables(CODINGS[CODINGS["document"].isin(["E01", "E02"])], two, BOOK))
    assert shown["modality"].empty and "processes" not in shown


def test_another_codebook_has_none_of_them():
    own = [(transcript, rows) for transcript, rows in PARTS]
    codings = pd.DataFrame([r for _, rows in own for r in rows], columns=COLUMNS)
    made_of = tables(codings[codings["code"] == "espoir"], FEW, PLAIN_BOOK, by=("association",))
    assert not {"modality", "processes", "results_association"} & set(made_of)


def test_tests_between_groups_are_closed_cautious_and_off_unless_asked():
    assert "Tests entre groupes" not in render(data())
    asked = gather(CODINGS, FEW, BOOK, lang="fr", by=("association",), inference=True)
    text = render(asked)
    closed = text[text.index("Tests entre groupes, selon association") - 40 :]
    assert '<details class="more"><summary>' in closed[:60], "closed until somebody opens it"
    closed = closed[: closed.index("</details>")]
    assert closed.index("Un corpus raisonné n’est pas un échantillon") < closed.index("<table"), "the caution comes first"
    assert closed.count('<th scope="row">') == len(asked.tests["association"]) > 0
    assert "p ajusté" in closed and "1,000" in closed
    english = gather(CODINGS, FEW, BOOK, lang="en", by=("association",), inference=True)
    assert "A purposive corpus is no sample" in render(english, lang="en")


def test_tests_of_a_publication_leave_out_groups_of_one_or_two():
    published_ = gather(CODINGS, FEW, BOOK, lang="fr", by=("association",), inference=True, profile="publication")
    assert published_.tests == {} and "Tests entre groupes" not in render(published_)


def test_where_coders_part_is_a_finding_with_their_positions(tmp_path):
    other = CODINGS[~((CODINGS["code"] == "informer") & (CODINGS["document"] == "G01"))]
    coders = {"Ana": CODINGS, "Bo": other}
    pairs = pq.agreement_by_pair(coders, FEW, codebook=BOOK, positions={"Ana": "pair", "Bo": "chercheur"}, rounds=5)
    text = pq.report(CODINGS, FEW, BOOK, tmp_path / "r.html", lang="fr", agreement=pairs).read_text(encoding="utf-8")
    part = text[text.index('id="table-coders"') :].split("</table>")[0]
    assert "pas une erreur à effacer" in part and part.count('<th scope="row">') == 1, "one code parts them"
    assert "4\u00a0· Ana (pair)" in part and "0\u00a0· Bo (chercheur)" in part
    assert 'id="table-coders"' not in render(data())
    same = pq.agreement_by_pair({"Ana": CODINGS, "Bo": CODINGS}, FEW, codebook=BOOK, rounds=5)
    assert "No code parts them." in render(gather(CODINGS, FEW, BOOK, lang="en", agreement=same), lang="en")


CLAIMS = pq.claims(CODINGS, FEW)
SHOWN = {
    "results": pq.results_table(CODINGS, FEW),
    "modality": pq.modality_table(CODINGS, FEW),
    "processes": pq.by_process(CODINGS, FEW),
    "claims": CLAIMS,
    "claim_verbatims": pq.claim_verbatims(CLAIMS, FEW),
    "claims_compared": pq.compare_claims({"machine": CLAIMS, "lu": pq.claims(CODINGS.iloc[:0], FEW)}),
}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", SHOWN)
def test_notebooks_show_each_by_its_name(name, lang):
    shown = pq.show(SHOWN[name], lang=lang)
    titles = {
        "results": ("Résultats, dans l’ordre", "Results, in the order"),
        "modality": ("Pratiques selon", "Practices by modality"),
        "processes": ("Les cinq processus", "Solomon’s five"),
        "claims": ("Les affirmations de l’étude dans", "The study’s claims in"),
        "claim_verbatims": ("Ce qui montre", "What shows each"),
        "claims_compared": ("Les affirmations de l’étude, selon", "The study’s claims, by"),
    }
    assert shown.text.startswith(titles[name][lang == "en"])
    assert "head_" not in shown.html and not {"found", "not", "partly"} & set(Page(shown.html).text().split()) - (
        {"found", "not", "partly"} if lang == "en" else set()
    )


def test_what_must_be_known_stands_under_the_table():
    assert "elle n’est pas réfutée" in pq.show(CLAIMS, lang="fr").html
    assert "ne publiez ni sa ligne" in pq.show(SHOWN["results"], lang="fr").html
    assert "se recouvrent" in pq.show(SHOWN["processes"], lang="fr").html


def test_claims_compared_say_whose_status():
    html = pq.show(SHOWN["claims_compared"], lang="fr").html
    assert "Statut · machine" in html and "Statut · lu" in html and "non trouvée" in html and "trouvée" in html


def test_modalities_have_their_words():
    words = {lang: Words(lang) for lang in ("fr", "en")}
    for kind in MODALITIES:
        assert words["fr"](f"modality_{kind}") != words["en"](f"modality_{kind}")
