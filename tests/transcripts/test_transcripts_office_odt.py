"""OpenDocument texts: made with odfdo, then their XML changed as LibreOffice changes it."""

from __future__ import annotations

from datetime import datetime

import pytest
from odfdo import Document, Element, Frame, Paragraph, Style, Table
from transcripts_reading import doubts, said

from peerqual.transcripts import read

E, S = ("E", "Ça va ?"), ("Solène", "Oui.")


@pytest.fixture
def document():
    made = Document("text")
    made.body.clear()
    return made


def saved(folder, document):
    document.save(folder / "O01.odt")
    return read(folder / "O01.odt")[0]


def add(document, xml):
    document.body.append(Element.from_tag(xml))


def talk(document, *spoken):
    for label, words in spoken:
        document.body.append(Paragraph(f"{label} : {words}"))


def test_spaces_tabs_breaks_and_spans(document, tmp_path):
    add(document, "<text:p>E : Ça<text:s text:c='3'/>va<text:line-break/><text:span>bien</text:span><text:tab/>?</text:p>")
    add(document, "<text:p>Solène :\n   <text:a xlink:href='http://exemple.invalid'>Oui</text:a>.<text:soft-page-break/></text:p>")
    assert said(saved(tmp_path, document)) == [("E", "Ça va bien ?"), S]


def test_lists_sections_and_headings(document, tmp_path):
    add(document, "<text:h text:outline-level='1'>Entretien 2</text:h>")
    add(document, "<text:section text:name='a'><text:p>E : Ça va ?</text:p></text:section>")
    add(document, "<text:list><text:list-item><text:p>Solène : Oui.</text:p></text:list-item></text:list>")
    talk(document, E, S)
    assert said(saved(tmp_path, document)) == [E, S, E, S]


def test_deleted_words_stand_apart_and_are_not_read(document, tmp_path):
    who = "<office:change-info><dc:creator>X</dc:creator><dc:date>2024-01-01T00:00:00</dc:date></office:change-info>"
    deleted = f"<text:changed-region text:id='c1'><text:deletion>{who}<text:p>te</text:p></text:deletion></text:changed-region>"
    inserted = f"<text:changed-region text:id='c2'><text:insertion>{who}</text:insertion></text:changed-region>"
    add(document, f"<text:tracked-changes>{deleted}{inserted}</text:tracked-changes>")
    change = "<text:change-start text:change-id='c2'/>Ça va<text:change-end text:change-id='c2'/>"
    add(document, f"<text:p>E : <text:change text:change-id='c1'/>{change} ?</text:p>")
    talk(document, S)
    transcript = saved(tmp_path, document)
    assert said(transcript) == [E, S]
    assert "tracked" in doubts(transcript) and "te" not in transcript.text.split()


def test_notes_annotations_and_frames_are_left_out_and_said(document, tmp_path):
    talk(document, E)
    paragraph = Paragraph("Solène : Oui.")
    paragraph.insert_note(after="Oui", note_id="n1", citation="1", body="Elle sourit.")
    paragraph.insert_annotation(after="Oui", body="À vérifier", creator="X", date=datetime(2024, 1, 1))
    document.body.append(paragraph)
    beside = Paragraph("")
    beside.append(Frame.text_frame("Encadré", size=("3cm", "3cm")))
    document.body.append(beside)
    transcript = saved(tmp_path, document)
    assert said(transcript) == [E, S]
    assert {"left_out", "memos"} <= doubts(transcript)
    assert not any(words in transcript.text for words in ("sourit", "vérifier", "Encadré"))


def test_a_document_of_frames_is_read(document, tmp_path):
    for label, words in (E, S, E, S):
        paragraph = Paragraph("")
        paragraph.append(Frame.text_frame(f"{label} : {words}", size=("3cm", "3cm")))
        document.body.append(paragraph)
    assert said(saved(tmp_path, document)) == [E, S, E, S]


def test_hidden_words_are_left_out_and_said(document, tmp_path):
    document.insert_style(Style("text", name="Secret", area="text", display="none"), automatic=True)
    add(document, "<text:p>E : Ça va<text:span text:style-name='Secret'> à Rouen</text:span> ?</text:p>")
    add(document, "<text:p>Solène : Oui<text:hidden-text text:is-hidden='true'>caché</text:hidden-text>.</text:p>")
    add(document, "<text:section text:name='a' text:display='none'><text:p>E : Secret ?</text:p></text:section>")
    transcript = saved(tmp_path, document)
    assert said(transcript) == [E, S]
    assert "hidden" in doubts(transcript)


@pytest.mark.parametrize("family", ["text", "paragraph"])
def test_bold_names_by_their_style(family, document, tmp_path):
    document.insert_style(Style("text", name="Bold", area="text", bold=True), automatic=True)
    document.insert_style(Style("text", name="Bolder", area="text", parent_style="Bold"), automatic=True)
    document.insert_style(Style("paragraph", name="Own", parent_style="Standard"), automatic=True)
    for label, words in (("IB", "Ça va ?"), ("YH", "Tranquille.")) * 2:
        style = " text:style-name='Own'" if family == "paragraph" else ""
        add(document, f"<text:p{style}><text:span text:style-name='Bolder'>{label}</text:span> {words}</text:p>")
    assert said(saved(tmp_path, document)) == [("IB", "Ça va ?"), ("YH", "Tranquille.")] * 2


def test_paragraph_styles_that_name_who_speaks(document, tmp_path):
    for name, shown in (("Enqu_ea_trice", None), ("Voix_20_2", "Enquêtée")):
        document.insert_style(Style("paragraph", name=name, display_name=shown))
    document.insert_style(Style("paragraph", name="P1", parent_style="Enqu_ea_trice"), automatic=True)
    for style, words in (("P1", "Ça va ?"), ("Voix_20_2", "Oui."), ("Voix_20_2", "Enfin."), ("Enqu_ea_trice", "Bien.")):
        add(document, f"<text:p text:style-name='{style}'>{words}</text:p>")
    assert said(saved(tmp_path, document)) == [("Enquêtrice", "Ça va ?"), ("Enquêtée", "Oui. Enfin."), ("Enquêtrice", "Bien.")]


def test_tables(document, tmp_path):
    table = Table("T", width=3, height=0)
    for row in (("Temps", "Locuteur", "Texte"), ("0:05", "E", "Ça va ?"), ("0:09", "Solène", "Oui.")):
        cells = "".join(f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in row)
        table.append(Element.from_tag(f"<table:table-row>{cells}</table:table-row>"))
    document.body.append(table)
    transcript = saved(tmp_path, document)
    assert said(transcript) == [E, S]
    assert [turn.time_start for turn in transcript.turns] == [5, 9]


def test_field_notes(document, tmp_path):
    for line in ("Matériau : notes de terrain", "", "Yacine arrive. Il dit : bonjour.", "", "Odile part."):
        document.body.append(Paragraph(line))
    transcript = saved(tmp_path, document)
    assert transcript.material == "field_notes"
    assert said(transcript) == [("", "Yacine arrive. Il dit : bonjour."), ("", "Odile part.")]
