"""The course « Sainte-Anne », first part: built from its sources, copied by `demo sainte-anne`, run as a student leaves it and with answers."""

import importlib.util
import subprocess
import sys

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

import peerqual as pq
from conftest import ROOT

COURSE = ROOT / "notebooks" / "sainte_anne"


def module(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made  # dataclasses look their module up
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def v():
    yield module(COURSE / "verifications.py", "verifications_1")
    del sys.modules["verifications_1"]


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """The course as `demo sainte-anne` lays it out, asked for from another working directory."""
    away = tmp_path_factory.mktemp("away")
    command = [sys.executable, "-m", "peerqual", "demo", "sainte-anne", "--out", "mon cours", "--lang", "fr"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=away)
    assert done.returncode == 0, done.stderr
    assert "LISEZMOI.md" in done.stdout and "seance_1.ipynb" in done.stdout
    return away / "mon cours"


def test_notebooks_and_sheets_are_as_their_sources_make_them():
    done = subprocess.run([sys.executable, ROOT / "tools" / "build_course.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_copy_holds_course_and_corpus_with_the_readings_aside(copied):
    for wanted in ("LISEZMOI.md", "verifications.py", "enseignant/seance_1.ipynb", "materiel/grille_codage.csv", "corpus/participants.csv"):
        assert (copied / wanted).exists(), wanted
    assert (copied / "pour_apres" / "codings.csv").exists() and not (copied / "corpus" / "gold").exists()
    assert len(list((copied / "corpus" / "transcripts").iterdir())) == len(list((ROOT / "corpus_sample" / "transcripts").iterdir()))


def test_nothing_is_written_over(copied):
    from peerqual.cli import run_command_line

    before = (copied / "LISEZMOI.md").read_text(encoding="utf-8")
    (copied / "LISEZMOI.md").write_text("à moi", encoding="utf-8")
    assert run_command_line(["demo", "sainte-anne", "--out", str(copied)], "fr") == 1
    assert (copied / "LISEZMOI.md").read_text(encoding="utf-8") == "à moi"
    (copied / "LISEZMOI.md").write_text(before, encoding="utf-8")


def ran(path):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return "".join(output.get("text", "") for output in outputs), outputs


def test_the_first_session_runs_as_a_student_leaves_it(copied):
    said, outputs = ran(copied / "seance_1.ipynb")
    assert not (copied / "travail" / "seance_1_codages.json").exists()
    assert said.count("À faire.") >= 6
    assert "vous et machine" not in said, "what the machine proposes is not shown before the student has coded"
    assert sum("text/html" in output.get("data", {}) for output in outputs) >= 4
    assert not [output for output in outputs if output.get("name") == "stderr"]


def test_the_first_session_runs_with_answers(copied):
    said, _ = ran(copied / "enseignant" / "seance_1.ipynb")
    assert "À faire." not in said
    assert "vous et machine" in said and "vous et référence" in said
    assert (copied / "travail" / "seance_1_codages.json").exists() and (copied / "travail" / "journal_seance_1.txt").exists()


@pytest.mark.parametrize("path", sorted(COURSE.rglob("seance_*.ipynb")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_outputs_are_stripped_and_the_teachers_cells_are_the_teachers(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert not [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]
    if path.parent == COURSE:
        assert not [cell for cell in notebook.cells if "enseignant" in cell.metadata.get("tags", [])]


def test_sentences_on_paper_are_the_units_of_the_reference(v):
    read = pq.read(ROOT / "corpus_sample/transcripts/E01_Kervandec.txt", participants=ROOT / "corpus_sample/participants.csv")[0]
    rows = v.phrases(read)
    units = pd.read_csv(ROOT / "corpus_sample/gold/units.csv").query("document == 'E01_Kervandec'")
    assert rows[["start", "end"]].to_numpy().tolist() == sorted(units[["start", "end"]].to_numpy().tolist())
    page = (COURSE / "materiel" / "entretien_a_imprimer.html").read_text(encoding="utf-8")
    assert page.count('class="s"') == len(rows) and "Corpus fictif" in page


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ("\ufeffphrase;code;pourquoi\n32;integrer_pairs;« moi aussi »\n;;\n".encode(), [(32, "integrer_pairs", "« moi aussi »")]),
        (b"phrase,code,pourquoi\r\n40,espoir,\r\n", [(40, "espoir", "")]),
        ("phrase;code;pourquoi\n41;espoir;répété".encode("cp1252"), [(41, "espoir", "répété")]),
        (b"phrase;code;pourquoi\n", []),
        (b"", []),
        (b"phrase;code;pourquoi\ntrente;espoir;\n44;;rien\n", []),
    ],
)
def test_a_grid_is_read_as_spreadsheets_save_it(v, tmp_path, data, wanted):
    path = tmp_path / "grille.csv"
    path.write_bytes(data)
    assert v.lire_grille(path) == wanted


def test_a_grid_is_checked_for_what_cannot_be_counted_and_for_no_choice(v):
    book = pq.Codebook.load()
    assert v.relire_grille([], book, 28, 84).startswith("À faire.")
    said = v.relire_grille([(30, "fragilitee", ""), (3, "espoir", "parce que"), (33, "espoir", "")], book, 28, 84)
    assert "« fragilite » ?" in said and "Phrase 3 : hors du passage" in said and "Phrase 33" not in said


def test_a_finer_code_counts_as_the_one_it_depends_on(v):
    book = pq.Codebook.load()
    rows = pd.DataFrame([(1, 0, 10, "A"), (2, 11, 20, "B")], columns=["phrase", "start", "end", "texte"])
    other = pd.DataFrame([(5, 8, "souffrance_soins"), (10, 11, "espoir")], columns=["start", "end", "code"])
    table = v.comparer([(1, "souffrance_trouble", "")], {"machine": other}, rows, book)
    assert table[["vous", "machine"]].to_numpy().tolist() == [["souffrance", "souffrance"]]  # « espoir » lies between the two sentences
    assert "1 en commun" in v.bilan(table, "machine")


def test_clues_of_ones_own_are_received(v):
    page = (COURSE / "materiel" / "page_pseudonymisee.txt").read_text(encoding="utf-8")
    assert all(v.fold(words) in v.fold(page) for words in v.INDICES)
    assert v.reidentifier({}, page).startswith("À faire.")
    why = "les gens du quartier le savent tous"
    few = v.reidentifier({"cornemuse": why}, page)
    assert "au moins trois" in few and "chien" not in few, "others' clues are not given away first"
    own = v.reidentifier({"Vingt-six mètres": why, "en pyjama": why, "le préfet": why}, page)
    assert "3 indices" in own and "faux" not in own.lower()
    assert "n’est pas dans la page" in v.reidentifier({"le trombone": why}, page)


def test_a_mended_transcript_is_compared_and_defended(v, tmp_path):
    damaged = COURSE / "materiel" / "transcription_abimee.txt"
    copy = tmp_path / "copie.txt"
    words = damaged.read_text(encoding="utf-8")
    copy.write_text(words, encoding="utf-8")
    assert v.reparation(copy, damaged, "").startswith("À faire.")
    copy.write_text(words.replace("\nB :", "\nBérangère :"), encoding="utf-8")
    said = v.reparation(copy, damaged, "")
    assert all(mark in said for mark in ("« Ã »", "deux fois", "à l’intérieur du tour", "Dites pourquoi"))
    copy.write_text(words.replace("la Toussaint", "Noël"), encoding="utf-8")
    assert "Noël" in v.reparation(copy, damaged, "")


def test_any_argued_criticism_of_the_form_is_received(v):
    assert v.consentement({}).startswith("À faire.") and v.consentement({"duree": " "}).startswith("À faire.")
    argued = "on ne le dit pas ici, et voici ce que j’écrirais : un an, puis effacé"
    said = v.consentement(dict.fromkeys(["duree", "retrait", "recours", "mise en page"], argued))
    assert "4 éléments" in said and "mise en page" in said and "anonymat" in said
    assert "au moins quatre" in v.consentement({"duree": argued})
    assert "au moins 10" in v.consentement({"duree": "trop long"})
