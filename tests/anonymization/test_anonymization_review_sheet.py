"""The review table as a file: written, filled in a spreadsheet, read back."""

from __future__ import annotations

import csv
import io
import os
import stat
import sys

import openpyxl
import pandas as pd
import pytest
from anonymization_marks import corpus_of

from peerqual import Key
from peerqual.anonymization.planning import plan
from peerqual.anonymization.review.commands import decide_names, name_decisions
from peerqual.anonymization.review.sheet import read_sheet, write_sheet
from peerqual.anonymization.review.table import COLUMNS, entities_table
from peerqual.errors import PeerqualError, UsageError

MARKED = {
    "E01 Hélène": 'Moi : =1+1 ; [[PER:Maëlle Kervandec]], "oui" ; [[CONTACT:+33 6 39 98 12 47]] et [[CONTACT:@maelle]].\nAutre : [[PER?:Hạnh]], là\n',
    "E02": "Moi : [[PER?:Rose]] et [[LOC:Tréguin]].\n",
}


@pytest.fixture
def key(tmp_path):
    return Key.create(tmp_path / "study.key", passphrase="x")


@pytest.fixture
def table(key):
    corpus, mentions = corpus_of(MARKED)
    return entities_table(corpus, plan(corpus, mentions, key=key), each=1)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", ["names.xlsx", "names.csv"])
def test_read_back_is_what_was_written(table, tmp_path, name, lang):
    write_sheet(table, tmp_path / name, lang=lang)
    back = read_sheet(tmp_path / name)
    assert tuple(back.columns) == COLUMNS
    pd.testing.assert_frame_equal(back.astype(str), table.astype(str))


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another thing on Windows")
@pytest.mark.parametrize("name", ["names.xlsx", "names.csv"])
def test_the_file_is_its_owners_alone(table, tmp_path, name):
    write_sheet(table, tmp_path / name)
    assert stat.S_IMODE(os.stat(tmp_path / name).st_mode) == 0o600


def test_no_cell_is_a_formula_and_the_address_is_hidden(table, tmp_path):
    write_sheet(table, tmp_path / "names.xlsx", lang="fr")
    book = openpyxl.load_workbook(tmp_path / "names.xlsx")
    sheet = book.worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    headers = [cell.value for cell in sheet[1]]
    assert headers[:3] == ["entité", "étiquette", "niveau"] and "décision" in headers
    assert sheet.column_dimensions[sheet.cell(1, headers.index("adresse") + 1).column_letter].hidden
    assert {validation.formula1 for validation in sheet.data_validations.dataValidation} >= {'"corpus,document,ici"'}
    assert len(book.worksheets) == 2


def test_no_cell_of_the_csv_begins_as_a_formula_does(table, tmp_path):
    write_sheet(table, tmp_path / "names.csv")
    text = (tmp_path / "names.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]


def decided(path, key):
    decide_names(read_sheet(path), key=key, where=str(path))
    return name_decisions(key)[["verdict", "forms"]].values.tolist()


def test_filled_in_excel_and_read_back(table, tmp_path, key):
    write_sheet(table, tmp_path / "names.xlsx", lang="fr")
    book = openpyxl.load_workbook(tmp_path / "names.xlsx")
    sheet = book.worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if "Hạnh" in row[3].value:
            row[headers.index("décision")].value = "Rejeter"
    book.save(tmp_path / "filled.xlsx")
    assert decided(tmp_path / "filled.xlsx", key) == [["reject", "hanh"]]


@pytest.mark.parametrize(("sep", "encoding"), [(";", "cp1252"), (";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-8")])
def test_a_csv_that_excel_saved_is_read(table, tmp_path, key, sep, encoding):
    filled = table.assign(decision=["rejeter" if "Hạnh" in forms else "" for forms in table["forms"]])
    filled = filled.rename(columns={"decision": "Décision", "entity": "Entité"})
    text = filled.to_csv(index=False, sep=sep, lineterminator="\r\n")
    (tmp_path / "filled.csv").write_bytes(text.encode(encoding, "replace"))  # Windows-1252 has no « ạ »
    assert decided(tmp_path / "filled.csv", key) == [["reject", "hanh"]]


def test_rows_in_another_order_or_dropped_say_the_same(table, tmp_path, key):
    filled = table.assign(decision=["reject" if "Rose" in forms else "" for forms in table["forms"]])
    write_sheet(filled.iloc[::-1].drop(filled.index[-1]), tmp_path / "names.csv")
    assert decided(tmp_path / "names.csv", key) == [["reject", "rose"]]


def test_it_lies_in_no_folder_of_results(table, tmp_path):
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError):
        write_sheet(table, tmp_path / "in" / "names.xlsx")
    assert not list((tmp_path / "in").iterdir())


@pytest.mark.parametrize("name", ["names.xlsx", "names.csv"])
def test_what_is_no_table_is_told(tmp_path, name, key):
    with pytest.raises(PeerqualError, match="tableau lisible"):
        read_sheet(tmp_path / name)
    (tmp_path / name).write_bytes(b"\x00\x01 PK nothing\n")
    with pytest.raises(PeerqualError):
        decide_names(read_sheet(tmp_path / name), key=key)
    with pytest.raises(UsageError):
        read_sheet(tmp_path / "names.ods")
