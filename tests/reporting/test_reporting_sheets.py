"""The report's tables as a workbook, opened with openpyxl: numbers are numbers, words are never formulas, the first sheet tells what is counted."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pandas as pd
import pytest
from forms_corpus import COMMAND, LINK, bare, harmful, usual
from reporting_corpus import BOOK

from peerqual.errors import PeerqualError
from peerqual.reporting.forms import check, library
from peerqual.reporting.html.words import Words
from peerqual.reporting.sheets import CUT, LETTERS, shortened, workbook
from peerqual.reporting.sheets.names import LONGEST, sheet_names


def opened(data, **options):
    return openpyxl.load_workbook(io.BytesIO(workbook(data, **options)))


def column(sheet, head):
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(head)] for row in sheet.iter_rows(min_row=2)]


def test_a_sheet_a_table_and_one_that_tells_of_them():
    book = opened(usual())
    assert book.sheetnames == ["À lire", "Fréquences", "Selon association", "Codes et documents", "Codes ensemble", "Polarité", "Places", "Verbatims"]
    for name, table in zip(book.sheetnames[1:], usual().tables.values(), strict=True):
        sheet = book[name]
        assert sheet.max_row == len(table) + 1
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.font.bold for cell in sheet[1])
    told = {row[0]: row for row in book["À lire"].iter_rows(values_only=True)}
    assert "totaux de ce matériau" in told["Fréquences"][1] and told["Fréquences"][2] == len(usual().tables["frequencies"])
    assert "selon association" in told["Selon association"][1]
    said = [row[1] for row in book["À lire"].iter_rows(values_only=True)]
    assert book["À lire"]["A1"].value == book.properties.title == "Rapport d’analyse thématique"
    assert said[0] == f"Livre de codes\u00a0: {BOOK.title['fr']}"
    assert "Propositions automatiques non relues" in said


def test_numbers_are_numbers_and_shares_percentages():
    frequencies = opened(usual())["Fréquences"]
    passages, shares = column(frequencies, "Passages"), column(frequencies, "Part des mots")
    assert [cell.value for cell in passages] == usual().tables["frequencies"]["passages"].tolist()
    assert {cell.data_type for cell in (*passages, *shares)} == {"n"}
    assert {cell.number_format for cell in shares} == {"0.0%"}
    assert [cell.value for cell in shares] == pytest.approx(usual().tables["frequencies"]["words_share"].tolist())
    labels = {BOOK.get(code).label["fr"] for code in usual().tables["frequencies"]["code"]}
    assert {cell.value for cell in column(frequencies, "Code")} == labels
    assert {cell.value for cell in column(frequencies, "Matériau")} == {"Entretiens", "Groupes", "Notes de terrain"}


def test_english_heads_are_english():
    book = opened(usual("en"), lang="en")
    assert book.sheetnames[:2] == ["Read me", "Frequencies"]
    assert "Share of words" in [cell.value for cell in book["Frequencies"][1]]


def test_words_that_mean_harm_are_words():
    raw = workbook(harmful())
    book = openpyxl.load_workbook(io.BytesIO(raw))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}  # no formula ("f")
    assert not [cell for cell in cells if cell.hyperlink]
    words = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert LINK in words and any(COMMAND in text for text in words) and "=cmd" in words and "@SUM(A1)" in words
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets"))
    assert b"<f>" not in sheets and b"hyperlink" not in sheets


def test_a_publication_tells_no_place_of_an_excerpt():
    data = usual("fr", "publication")
    book = opened(data)
    assert "Codes et documents" not in book.sheetnames and "Places" not in book.sheetnames
    heads = [cell.value for cell in book["Verbatims"][1]]
    assert not {"Document", "Participant·e", "Du caractère", "Avant"} & set(heads) and "Voix" in heads
    assert "Document" in [cell.value for cell in opened(usual())["Verbatims"][1]]


def test_nothing_coded_is_a_workbook_all_the_same():
    book = opened(bare())
    assert book["Verbatims"].max_row == 1
    assert {cell.value for cell in column(book["Fréquences"], "Passages")} == {0}


@pytest.mark.parametrize(
    "names", [["frequencies_a/b", "frequencies_a:b"], ["frequencies_" + "x" * 40, "frequencies_" + "x" * 41], ["new", "NEW", "À lire"]]
)
def test_names_of_sheets_are_such_as_spreadsheets_take(names):
    made = list(sheet_names(names, Words("fr")).values())
    assert len({name.casefold() for name in [*made, "À lire"]}) == len(made) + 1
    assert all(0 < len(name) <= LONGEST and not set(name) & set("[]:*?/\\") for name in made)


def test_a_table_that_nobody_has_named_keeps_its_columns():
    data = usual()
    more = type(data)(
        **{**{name: getattr(data, name) for name in data.__dataclass_fields__}, "tables": {"new": pd.DataFrame({"x": ["a"], "y": [0.5]})}}
    )
    sheet = opened(more)["new"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["x", "y"], ["a", 0.5]]


def test_what_a_cell_cannot_hold_is_cut_and_marked():
    assert shortened("a" * LETTERS) == "a" * LETTERS
    assert len(shortened("a" * (LETTERS + 1))) == LETTERS and shortened("a" * (LETTERS + 1)).endswith(CUT)


def test_same_data_same_bytes():
    assert workbook(usual()) == workbook(usual())


def test_a_missing_library_is_said_before_any_work(monkeypatch):
    with pytest.raises(PeerqualError) as caught:
        library("no_such_library", "xlsx", "x.xlsx")
    assert caught.value.render("en") == 'x.xlsx: takes an optional part of peerqual; install it: python -m pip install "peerqual[xlsx]"'
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(PeerqualError):
        check(["xlsx"])
    assert check(["docx"]) == ("docx",)
