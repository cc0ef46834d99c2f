"""Word files: made with python-docx, then their XML changed as Word changes it."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from transcripts_reading import doubts, said

from peerqual.errors import ReadError
from peerqual.transcripts import read


def saved(folder, document, name="W01.docx"):
    document.save(folder / name)
    return read(folder / name)[0]


def add(document, xml):
    """Add a paragraph (or another block) written in WordprocessingML."""
    element = parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1).replace("<w:sdt>", f"<w:sdt {nsdecls('w')}>", 1))
    document.element.body.insert(-1, element)


def run(words, bold=False):
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def test_paragraphs_become_one_line_a_turn_under_the_header(tmp_path):
    document = docx.Document()
    for line in ("Corpus : fictif", "Date : 3 mai 2024", "", "E : On commence ?", "Solène : Oui.", "Enfin,\nsi vous voulez.", "E : Bien."):
        document.add_paragraph(line)
    transcript = saved(tmp_path, document)
    assert transcript.text == "Corpus : fictif\nDate : 3 mai 2024\n\nE : On commence ?\nSolène : Oui. Enfin, si vous voulez.\nE : Bien.\n"
    assert said(transcript) == [("E", "On commence ?"), ("Solène", "Oui. Enfin, si vous voulez."), ("E", "Bien.")]
    assert transcript.metadata == {"Corpus": "fictif", "Date": "3 mai 2024"}


def test_bold_speakers(tmp_path):
    document = docx.Document()
    for colon in (" : ", ": ", " "):
        for label, words in (("IB", "Ça va ?"), ("YH", "Tranquille.")):
            paragraph = document.add_paragraph()
            paragraph.add_run(label).bold = True
            paragraph.add_run(colon + words)
    assert said(saved(tmp_path, document)) == [("IB", "Ça va ?"), ("YH", "Tranquille.")] * 3


def test_bold_words_of_a_sentence_are_no_speaker(tmp_path):
    document = docx.Document()
    for name in ("Yacine", "Yacine", "Solène", "Solène"):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(" est arrivé en retard.")
    assert saved(tmp_path, document).turns == ()


def test_bold_speaker_on_a_paragraph_of_its_own(tmp_path):
    document = docx.Document()
    for label, words in (("Camille Roux", "Ça va ?"), ("Dr Sorel", "Oui."), ("Camille Roux", "Bon."), ("Dr Sorel", "Voilà.")):
        document.add_paragraph().add_run(label).bold = True
        document.add_paragraph(words)
    assert said(saved(tmp_path, document)) == [("Camille Roux", "Ça va ?"), ("Dr Sorel", "Oui."), ("Camille Roux", "Bon."), ("Dr Sorel", "Voilà.")]


def test_tracked_insertions_stay_and_deletions_go(tmp_path):
    document = docx.Document()
    add(document, f"<w:p>{run('E : On ')}<w:ins>{run('re')}</w:ins>{run('commence ?')}</w:p>")
    add(document, f"<w:p>{run('Solène : Oui')}<w:del><w:r><w:delText> non</w:delText></w:r></w:del>{run('.')}</w:p>")
    add(document, f"<w:p>{run('E : Bien')}<w:moveFrom>{run(' ici')}</w:moveFrom><w:moveTo>{run(' là')}</w:moveTo></w:p>")
    add(document, f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Solène : Je ')}</w:p>")
    add(document, f"<w:p>{run('reste.')}</w:p>")
    transcript = saved(tmp_path, document)
    assert said(transcript) == [("E", "On recommence ?"), ("Solène", "Oui."), ("E", "Bien là"), ("Solène", "Je reste.")]
    assert "tracked" in doubts(transcript)


def test_content_controls_links_and_breaks(tmp_path):
    document = docx.Document()
    add(document, f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('E : Le formulaire ?')}</w:p></w:sdtContent></w:sdt>")
    add(document, f"<w:p>{run('Solène : ')}<w:sdt><w:sdtContent>{run('oui')}</w:sdtContent></w:sdt><w:hyperlink>{run(' ici')}</w:hyperlink></w:p>")
    add(document, f"<w:p>{run('E : Bon.')}<w:r><w:br/></w:r>{run('Solène : Bon.')}<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>")
    assert said(saved(tmp_path, document)) == [("E", "Le formulaire ?"), ("Solène", "oui ici"), ("E", "Bon."), ("Solène", "Bon.")]


@pytest.mark.parametrize("columns", [2, 3])
def test_tables_in_their_place(columns, tmp_path):
    document = docx.Document()
    document.add_paragraph("E : Avant le tableau ?")
    table = document.add_table(rows=0, cols=columns)
    for time, label, words in (("00:00:05", "Solène", "Dedans."), ("00:00:09", "E", "Et après ?")):
        for cell, text in zip(table.add_row().cells, [time, label, words][3 - columns :], strict=True):
            cell.text = text
    document.add_paragraph("Solène : Après.")
    transcript = saved(tmp_path, document)
    assert said(transcript) == [("E", "Avant le tableau ?"), ("Solène", "Dedans."), ("E", "Et après ?"), ("Solène", "Après.")]
    assert [turn.time_start for turn in transcript.turns] == ([None] * 4 if columns == 2 else [None, 5, 9, None])


def test_a_table_of_long_cells_names_nobody(tmp_path):
    document = docx.Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Ce que nous attendons des bénévoles de l'accueil du matin", "De la patience."
    transcript = saved(tmp_path, document)
    assert transcript.turns == ()
    assert transcript.text == "Ce que nous attendons des bénévoles de l'accueil du matin De la patience.\n"


def test_comments_and_notes_are_told(tmp_path):
    document = docx.Document()
    document.add_paragraph("E : Ça va ?")
    paragraph = document.add_paragraph("Solène : Oui.")
    add(document, '<w:p><w:r><w:commentReference w:id="1"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>')
    transcript = saved(tmp_path, document)
    assert {"comments", "left_out"} <= doubts(transcript)
    assert paragraph.text in transcript.text


def test_field_notes_and_documents(tmp_path):
    document = docx.Document()
    for line in ("Matériau : notes de terrain", "Yacine arrive. Il dit : bonjour.", "", "Odile part."):
        document.add_paragraph(line)
    transcript = saved(tmp_path, document)
    assert transcript.material == "field_notes"
    assert said(transcript) == [("", "Yacine arrive. Il dit : bonjour."), ("", "Odile part.")]
    plain = docx.Document()
    plain.add_paragraph("Une charte.")
    assert saved(tmp_path, plain, "W02.docx").text == "Une charte.\n"


def archive(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def changed(old, new):
    """A good .docx with `old` replaced by `new` in its document's XML."""
    stream, out = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("E : Ça va ?")
    document.save(stream)
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in source.infolist():
            content = source.read(part)
            made.writestr(part, content.replace(old, new) if part.filename == "word/document.xml" else content)
    return out.getvalue()


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<w:document '
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n<w:document '
HOSTILE = {
    "no archive": (b"this is no zip", "not_word"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "locked_word"),
    "cut off": (changed(b"", b"")[:900], "not_word"),
    "another archive": (archive(**{"a.txt": "hello"}), "not_word"),
    "only the document": (archive(**{"word/document.xml": "<a/>"}), "not_word"),
    "broken XML": (changed(b"</w:body>", b"</w:bidy>"), "not_word"),
    "entities": (changed(b"<w:document ", ENTITIES), "office.entities"),
    "entities from outside": (changed(b"<w:document ", OUTSIDE), "office.entities"),
    "zip bomb": (archive(**{"word/document.xml": b"<a>" + b" " * (40 * 1024**2)}), "bomb"),
    "many parts": (archive(**{f"p{n}": "" for n in range(5001)}), "bomb"),
    "no words": (changed("E : Ça va ?".encode(), b""), "empty"),
    "nested without end": (changed(b"<w:body>", b"<w:body>" + b"<w:sdt><w:sdtContent>" * 5000 + b"</w:sdtContent></w:sdt>" * 5000), "not_word"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_broken_and_hostile_files_are_refused_in_one_line(name, tmp_path):
    data, key = HOSTILE[name]
    (tmp_path / "W01.docx").write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "W01.docx")
    assert caught.value.key == (key if "." in key else f"transcripts.{key}")
    assert "\n" not in str(caught.value) and "W01.docx" in str(caught.value)
