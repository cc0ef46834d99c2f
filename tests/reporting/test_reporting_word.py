"""The report as a Word document, opened with python-docx: styles, captions and references, header rows, quotations, alt texts."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from forms_corpus import COMMAND, LINK, bare, harmful, usual
from lxml import etree
from reporting_corpus import BOOK, CODINGS, CORPUS

from peerqual.reporting import word
from peerqual.reporting.template import Template
from peerqual.study_results import gather

TINY = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea735813c0000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def no_drawing(monkeypatch):
    """Figures take most of the time; the tests of figures look at them."""
    monkeypatch.setattr(
        "peerqual.reporting.figures.pages", lambda figure, highest: [(TINY, 5.0), (TINY, 2.0)][: 1 + (figure.get_size_inches()[1] > highest)]
    )


def opened(data, **options):
    return Document(io.BytesIO(word.document(data, **options)))


def styled(document, style):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def codes(document):
    """The fields of a document: what each asks for."""
    return [field.text.strip() for field in document.element.iter(qn("w:instrText"))]


def test_styles_are_words_own_so_that_a_thesis_takes_them_over():
    document = opened(usual())
    assert styled(document, "Title") == ["Rapport d’analyse thématique"]
    assert styled(document, "Heading 1")[:3] == ["Ce qui a été trouvé", "Codes et verbatims", "Comparaisons"]
    assert "Souffrance liée aux soins" in styled(document, "Heading 3")
    assert len(styled(document, "Quote")) == len(usual().tables["verbatims"])
    assert {style.name for style in document.styles} >= {"Caption", "Quote", "List Bullet", "Heading 1", "Heading 2", "Heading 3"}
    assert styled(document, "Stamp")[0] == "Propositions automatiques non relues"
    assert "Propositions automatiques non relues" in document.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize(("lang", "tongue", "label"), [("fr", "fr-FR", "Tableau"), ("en", "en-GB", "Table")])
def test_language_and_captions(lang, tongue, label):
    document = opened(usual(lang), lang=lang)
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == [tongue]
    captions = styled(document, "Caption")
    tables = [text for text in captions if text.startswith(f"{label}\u00a0")]
    assert [text.split(".")[0] for text in tables] == [f"{label}\u00a0{n}" for n in range(1, len(document.tables) + 1)]
    assert len(captions) - len(tables) == len(usual(lang).figures) <= len(document.inline_shapes)
    quoted = [p for p in document.paragraphs if p.style.name == "Quote"]
    tongues = {value for p in quoted for value in p._p.xpath(".//w:lang/@w:val")}
    assert tongues == (set() if lang == "fr" else {"fr-FR"})  # verbatims stay French


def test_every_reference_leads_to_a_caption_and_tells_its_number():
    document = opened(usual())
    marks = {mark.get(qn("w:name")): mark for mark in document.element.iter(qn("w:bookmarkStart"))}
    asked = [code.split()[1] for code in codes(document) if code.startswith("REF ")]
    assert len(set(asked)) == 3 and set(asked) <= set(marks)
    assert len([code for code in codes(document) if code.startswith("SEQ ")]) == len(marks)
    ids = [mark.get(qn("w:id")) for mark in marks.values()]
    assert len(set(ids)) == len(ids)
    point = next(text for text in styled(document, "List Bullet") if text.startswith("Entretiens (Tableau"))
    number = re.search(r"\d+", point)[0]
    assert any(text.startswith(f"Tableau\u00a0{number}. Entretiens") for text in styled(document, "Caption"))


def test_tables_are_tables_whose_heads_come_back_on_each_page():
    document = opened(usual())
    assert len(document.tables) >= 6
    for table in document.tables:
        assert table.style.name == "Report Table"
        repeated = [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows]
        assert repeated[0] and not any(repeated[1:])
        assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
        assert sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) <= 9072
    frequencies = next(table for table in document.tables if "Passages" in [cell.text for cell in table.rows[0].cells])
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in frequencies.rows}
    assert rows["Parrainage"][:2] == ["3", "2\u00a0des 2"]
    coreq = document.tables[-1]
    numbers = [row.cells[0].text for row in coreq.rows if row.cells[0].text.isdigit()]
    assert numbers == [str(n) for n in range(1, 33)]


def test_figures_have_alt_texts_and_fit_the_page():
    document = opened(usual())
    for shape in document.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 40
        assert 0 < shape.width.cm <= 16.1 and shape.height.cm <= 22


def test_a_verbatim_tells_how_to_cite_it_and_supporting_words_are_bold():
    document = opened(usual())
    paragraphs = document.paragraphs
    at = next(i for i, p in enumerate(paragraphs) if p.style.name == "Quote" and "m'assommaient" in p.text)
    assert paragraphs[at].text == "«\u00a0Les cachets, ils m'assommaient, je dormais debout.\u00a0»"
    assert [run.text for run in paragraphs[at].runs if run.bold] == ["m'assommaient"]
    assert paragraphs[at + 1].style.name == "Source" and paragraphs[at + 1].text.startswith("(Jeanne, enquêté·e, E01, tour\u00a02)")
    notes = next(p.text for p in paragraphs if p.style.name == "Source" and "N01" in p.text)
    assert notes.startswith("(chercheur·se, N01)")  # one long turn has no number that leads anywhere


def test_a_publication_tells_neither_documents_nor_who_has_which_code():
    text = "\n".join(p.text for p in opened(usual("fr", "publication")).paragraphs)
    assert "aucun verbatim" in text.casefold() and "E01" not in text and "Jeanne" not in text
    keep = CODINGS[(CODINGS["document"] == "E01") & (CODINGS["code"] == "espoir")].head(1)
    chosen = keep[["document", "start", "end", "code"]].assign(keep="yes")
    shown = opened(gather(CODINGS, CORPUS, BOOK, lang="fr", profile="publication", chosen=chosen))
    assert len(styled(shown, "Quote")) == 1 and styled(shown, "Source")[0].startswith("(Jeanne, enquêté·e)\u00a0")
    assert "E01" not in "\n".join(p.text for p in shown.paragraphs)


def test_a_template_changes_words_and_order():
    template = Template({"title": {"fr": "Notre rapport"}}, {}, ("method", "found", "codes", "frequencies", "figures", "comparisons", "appendix"))
    document = opened(usual(), template=template)
    assert styled(document, "Title") == ["Notre rapport"] and styled(document, "Heading 1")[:2] == ["Méthode et limites", "Ce qui a été trouvé"]


def test_words_that_mean_harm_are_words():
    raw = word.document(harmful())
    document = Document(io.BytesIO(raw))
    text = "\n".join(p.text for p in document.paragraphs)
    assert LINK in text and COMMAND in text and "fin de la ligne" in text
    assert not [code for code in codes(document) if not code.startswith(("SEQ ", "REF "))]
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert not [name for name in archive.namelist() if b"http://a.example" in archive.read(name) and name.endswith(".rels")]


def test_nothing_coded_is_a_document_that_says_so():
    document = opened(bare())
    text = "\n".join(p.text for p in document.paragraphs)
    assert "Aucun passage ne porte de code" in text and "Personne ne porte ce code" in text
    assert not styled(document, "Quote")


def test_same_data_same_bytes_and_no_part_tells_when_or_by_whom():
    raw = word.document(usual())
    assert raw == word.document(usual())
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
        assert not re.search("created|modified|creator", core)
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
