"""Spreadsheets: .xlsx made with openpyxl and xlsxwriter, .ods with odfdo; columns by their names or by what they hold."""

from __future__ import annotations

import datetime

import odfdo
import openpyxl
import pytest
import xlsxwriter
from transcripts_reading import doubts, roles, said

from peerqual.errors import ReadError
from peerqual.transcripts import grid, read

E, S = ("E", "Ça va ?"), ("Solène", "Oui.")
NAMED = [("Locuteur", "Texte"), E, S, ("E", "Depuis quand ?"), ("Solène", "Depuis mai.")]


def xlsx(path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for n, rows in enumerate(sheets):
        sheet = book.create_sheet(f"F{n}")
        for row in rows:
            sheet.append(row)
    book.save(path)


def ods(path, *sheets):
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    for n, rows in enumerate(sheets):
        table = odfdo.Table(f"F{n}")
        for row in rows:
            table.append(odfdo.Element.from_tag(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>"))
        document.body.append(table)
    document.save(path)


def cell(value):
    return f"<table:table-cell><text:p>{value}</text:p></table:table-cell>" if value else "<table:table-cell/>"


@pytest.fixture(params=[xlsx, ods], ids=["xlsx", "ods"])
def sheets(request, tmp_path):
    def opened(*sheets):
        path = tmp_path / f"S01.{request.param.__name__}"
        request.param(path, *sheets)
        return read(path)[0]

    return opened


def test_columns_by_name(sheets):
    assert said(sheets(NAMED)) == NAMED[1:]


def test_lines_above_the_names_are_the_header(sheets):
    transcript = sheets([("Entretien 4",), ("Date", "3 mai 2024"), (), *NAMED])
    assert said(transcript) == NAMED[1:]
    assert transcript.metadata == {"title": "Entretien 4", "Date": "3 mai 2024"}


def test_the_first_sheet_with_words(sheets):
    transcript = sheets([], [("Nom", "Âge"), ("Solène", "42")], NAMED)
    assert said(transcript) == NAMED[1:]
    assert "sheet" in doubts(transcript)


def test_columns_by_what_they_hold(sheets):
    transcript = sheets([("0:05", *E), ("0:09", *S), ("0:20", *NAMED[3]), ("0:25", *NAMED[4])])
    assert said(transcript) == NAMED[1:]
    assert [turn.time_start for turn in transcript.turns] == [5, 9, 20, 25]


def test_one_column_of_labelled_lines(sheets):
    assert said(sheets([(f"{speaker} : {words}",) for speaker, words in NAMED[1:]])) == NAMED[1:]


def test_words_of_nobody(sheets):
    transcript = sheets([("Début", "Texte"), ("0:05", "Ça va ?"), ("0:09", "Oui.")])
    assert said(transcript) == [("", "Ça va ?"), ("", "Oui.")]
    assert [turn.time_start for turn in transcript.turns] == [5, 9]


def test_roles_and_spellings(sheets):
    rows = [("Camille", "Enquêtrice", "Ça va ?"), ("SOLÈNE", "", "Oui."), ("Solène", "", "Bien."), ("Solène", "", "Fin.")]
    transcript = sheets([("Locuteur", "Rôle", "Texte"), *rows])
    assert {turn.speaker for turn in transcript.turns} == {"Camille", "Solène"}
    assert roles(transcript)["Camille"] == "interviewer"


@pytest.mark.parametrize("rows", [[("Nom", "Âge"), ("Solène", "42")], [(1, 2), (3, 4)], [("Date", "3 mai"), ("Lieu", "Rouen")]])
def test_sheets_of_something_else(rows, sheets):
    with pytest.raises(ReadError) as caught:
        sheets([tuple(map(str, row)) for row in rows])
    assert caught.value.key == "transcripts.no_text_column"


def test_nothing(sheets):
    with pytest.raises(ReadError) as caught:
        sheets([])
    assert caught.value.key == "transcripts.empty"


def test_times_of_a_spreadsheet(tmp_path):
    rows = [("Début", "Fin", *NAMED[0])]
    rows += [(datetime.time(0, 0, 5 * n), datetime.timedelta(seconds=5 * n + 4), *row) for n, row in enumerate(NAMED[1:])]
    xlsx(tmp_path / "S01.xlsx", rows)
    transcript = read(tmp_path / "S01.xlsx")[0]
    assert [(turn.time_start, turn.time_end) for turn in transcript.turns] == [(0, 4), (5, 9), (10, 14), (15, 19)]


def test_formulas_count_as_their_values(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "S01.xlsx")
    sheet = book.add_worksheet()
    for n, row in enumerate(NAMED):
        sheet.write_row(n, 0, row)
    sheet.write_formula(2, 1, '="Ou"&"i."', None, "Oui.")
    book.close()
    transcript = read(tmp_path / "S01.xlsx")[0]
    assert said(transcript) == NAMED[1:]
    assert "&" not in transcript.text


def test_a_sheet_that_lies_about_its_size_or_fills_the_grid(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(400):
        sheet.append([None] * 16_383 + ["x"])
    book.save(tmp_path / "S01.xlsx")
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "S01.xlsx")
    assert caught.value.key == "office.too_full"


def test_rows_that_are_repeated_up_to_the_edge(tmp_path):
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("F")
    for row in NAMED:
        table.append(odfdo.Element.from_tag(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>"))
    edge = "<table:table-cell table:number-columns-repeated='16384'/>"
    table.append(odfdo.Element.from_tag(f"<table:table-row table:number-rows-repeated='1048576'>{edge}</table:table-row>"))
    document.body.append(table)
    document.save(tmp_path / "S01.ods")
    assert said(read(tmp_path / "S01.ods")[0]) == NAMED[1:]


@pytest.mark.parametrize(
    "names, found",
    [
        (["locuteur", "texte"], {"speaker": 0, "words": 1}),
        (["n°", "debut (s)", "fin (s)", "nom du locuteur", "transcription corrigee"], {"start": 1, "end": 2, "speaker": 3, "words": 4}),
        (["texte", "texte"], {"words": 0}),
        (["age", "ville"], {}),
        (["il y en a qui parlent de leur nom et de leurs paroles pendant longtemps", "oui"], {}),
        ([], {}),
    ],
)
def test_names_of_columns(names, found):
    assert grid.columns_of(names) == found


@pytest.mark.parametrize(
    "rows",
    [
        [("GEM", "Groupe d'entraide mutuelle"), ("CMP", "Centre médico-psychologique"), ("HDJ", "Hôpital de jour")],
        [("Date", "3 mai 2024"), ("Durée", "une heure et dix minutes"), ("Lieu", "le bureau de l'association")],
        [("Solène", "42"), ("Solène", "43"), ("E", "28"), ("E", "29")],
        [("Une longue phrase de quelqu'un.", "Une autre phrase, plus longue encore."), ("Encore une.", "Et une.")] * 3,
    ],
)
def test_tables_that_say_nothing_of_who_speaks(rows):
    assert grid.read(rows) is None
