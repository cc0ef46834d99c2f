"""The note for the ethics committee: filled with the manifest's counts, right words, two files that say the same, and no verdict."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile

import docx
import pytest

from conftest import ROOT
from peerqual.cli import run_command_line
from peerqual.errors import PeerqualError
from peerqual.model import LABELS
from peerqual.reporting.ethics import TO_DECIDE, ethics_note, read_manifest
from peerqual.reporting.ethics_files import markdown, word, write

MANIFEST = {
    "peerqual": "run",
    "versions": {"peerqual": "9.8.7"},
    "options": {"style": "fluent", "review": "replace", "keep": 3, "names": "pseudonyms"},
    "counts": {
        "documents": 12,
        "codings": 1318,
        "status": {"proposed": 1200, "accepted": 100, "rejected": 18},
        "mentions": {"auto": {"PER": 1542, "DIAG": 35}, "review": {"PER": 17, "AGE": 4}},
    },
}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_count_of_the_manifest_is_in_the_note(lang):
    page = markdown(ethics_note(MANIFEST, lang))
    thousands = "\u202f" if lang == "fr" else ","
    for count in (
        "9.8.7",
        "12",
        f"1{thousands}598",
        "21",
        f"1{thousands}542",
        "17",
        "35",
        "4",
        f"1{thousands}318",
        f"1{thousands}200",
        "118",
        "fluent",
    ):
        assert re.search(rf"(?<![\d{thousands}]){re.escape(count)}(?![\d{thousands}])", page), count
    assert page.count("- [ ]") == len(TO_DECIDE)


def test_the_words_are_those_of_the_regulation():
    page = markdown(ethics_note(MANIFEST))
    for word_ in (
        "pseudonymis",
        "responsable de traitement",
        "données de santé",
        "art. 9",
        "art. 39",
        "art. 24",
        "AIPD",
        "6.1.e",
        "9.2.j",
        "Tolich 2004",
    ):
        assert word_ in page, word_
    assert "restent des données personnelles" in page and not re.search(r"sans risque|conforme|garanti", page)
    assert all("rend" in page[max(0, hit.start() - 40) : hit.start()] for hit in re.finditer("anonyme", page))
    assert not re.search(r"\w'\w|[^\u00a0\u202f\d] ?[;?!](?= )|« \w", page.replace("\u202f;", "").replace("\u00a0:", ""))


def test_doubtful_finds_that_stayed_and_codes_are_said():
    kept = {**MANIFEST, "options": {"review": "keep", "names": "codes"}}
    page = markdown(ethics_note(kept))
    assert "laissés dans les textes" in page and "devenus des codes" in page
    assert "laissés dans les textes" not in markdown(ethics_note(MANIFEST))


def test_a_manifest_without_codings_says_nothing_of_them():
    bare = {"peerqual": "anonymize", "counts": {"documents": 2}, "options": {}}
    page = markdown(ethics_note(bare, "en"))
    assert "coded passages" not in page and "Identifiers found" not in page and "2 pseudonymized documents" in page
    labelled = {"peerqual": "run", "counts": {"documents": 1, "mentions": {"auto": dict.fromkeys(LABELS, 1)}}, "options": {}}
    assert markdown(ethics_note(labelled, "en")).count("| 1 | 0 |") == len(LABELS)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_word_and_markdown_say_the_same(lang):
    note = ethics_note(MANIFEST, lang)
    data = word(note, lang)
    assert data == word(note, lang)
    made = docx.Document(io.BytesIO(data))
    texts = [paragraph.text.lstrip("•☐ ") for paragraph in made.paragraphs]
    assert texts == [block.text for block in note if block.kind != "table"]
    assert [tuple(tuple(cell.text for cell in row.cells) for row in table.rows) for table in made.tables] == [
        b.rows for b in note if b.kind == "table"
    ]
    assert [p.style.name for p in made.paragraphs][:3] == ["Title", "Normal", "Heading 1"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(name.startswith("docProps") for name in archive.namelist())


def test_it_is_about_two_pages():
    # 19 half-points on 17.4 cm: some 115 characters a line, some 62 lines a page.
    lines = 0.0
    for block in ethics_note(MANIFEST):
        lines += (
            len(block.rows) * 1.05 if block.kind == "table" else -(-len(block.text) // 115) + (0.9 if block.kind in ("heading", "title") else 0.2)
        )
    assert 64 < lines < 118


def test_characters_that_xml_keeps_for_itself(tmp_path):
    sly = {**MANIFEST, "options": {"style": '<&">'}}
    assert '<&">' in "\n".join(p.text for p in docx.Document(io.BytesIO(word(ethics_note(sly)))).paragraphs)


def test_the_figures_are_those_of_the_results():
    done = subprocess.run([sys.executable, ROOT / "tools" / "recall_figures.py", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def peerqual(*words, lang="fr"):
    return run_command_line([str(word) for word in words], lang)


def test_ethics_note_command(tmp_path, capsys):
    (tmp_path / "study" / "reports").mkdir(parents=True)
    (tmp_path / "study" / "reports" / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    assert peerqual("ethics-note", tmp_path / "study", "--out", tmp_path / "note.docx") == 0
    assert "responsable de traitement décide" in capsys.readouterr().out
    page = (tmp_path / "note.md").read_text(encoding="utf-8")
    assert page == markdown(ethics_note(MANIFEST)) and (tmp_path / "note.docx").read_bytes() == word(ethics_note(MANIFEST))
    assert peerqual("ethics-note", tmp_path / "study", "--out", tmp_path / "note") == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert peerqual("ethics-note", tmp_path / "study", "--out", tmp_path / "note", "--overwrite", "--lang", "en") == 0
    assert "Data protection note" in (tmp_path / "note.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [None, "{}", "[1]", "not json"])
def test_a_folder_without_a_manifest_of_ours(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(PeerqualError) as fault:
        read_manifest(tmp_path)
    assert fault.value.key == "ethics.no_manifest"


def test_names_with_dots_keep_them(tmp_path):
    made = write(ethics_note(MANIFEST), tmp_path / "note.v1")
    assert [path.name for path in made] == ["note.v1.docx", "note.v1.md"]
