"""Word files in the ways in which researchers, Word and recognition services write them; each hit beside what looks like it."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from transcripts_office import add, run
from transcripts_reading import doubts, roles, said

from peerqual.transcripts import read

E, S = ("E", "Ça va ?"), ("Solène", "Oui.")


def saved(folder, document):
    document.save(folder / "W01.docx")
    return read(folder / "W01.docx")[0]


def lines(*texts):
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    return document


def rows(document, *cells):
    table = document.add_table(rows=0, cols=len(cells[0]))
    for row in cells:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return table


# Who speaks ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first, second",
    [
        ("[Chercheur] (0:01 - 0:11)", "[Patiente] (0:12 - 0:30)"),
        ("00:00:01 Chercheur", "00:00:12 Patiente"),
        ("Chercheur   0:01", "Patiente   0:12"),
        ("Chercheur (00:01) :", "Patiente (00:12) :"),
    ],
)
def test_a_paragraph_that_names_who_speaks(first, second, tmp_path):
    transcript = saved(tmp_path, lines(first, "Ça va ?", second, "Oui.", "Enfin, ça dépend.", first, "De quoi ?", second, "Du temps."))
    assert said(transcript) == [
        ("Chercheur", "Ça va ?"),
        ("Patiente", "Oui. Enfin, ça dépend."),
        ("Chercheur", "De quoi ?"),
        ("Patiente", "Du temps."),
    ]
    assert [turn.time_start for turn in transcript.turns] == [1, 12, 1, 12]


def test_last_and_first_name_above_what_is_said(tmp_path):
    document = docx.Document()
    spoken = [("Roux, Camille", "0:03", "Ça va ?"), ("LE GALL, Solène", "0:05", "Oui.")]
    for name, time, words in [*spoken, *spoken]:
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f"   {time}").add_break()
        paragraph.add_run(words)
    transcript = saved(tmp_path, document)
    assert said(transcript) == [("Camille Roux", "Ça va ?"), ("Solène LE GALL", "Oui.")] * 2
    assert [turn.time_start for turn in transcript.turns] == [3, 5, 3, 5]


@pytest.mark.parametrize("look", ["italic", "underline", "small_caps"])
def test_a_name_in_another_look(look, tmp_path):
    document = docx.Document()
    for name, words in (("IB", "Ça va ?"), ("YH", "Tranquille."), ("IB", "Bien."), ("YH", "Et vous ?")):
        paragraph = document.add_paragraph()
        setattr(paragraph.add_run(name).font, look, True)
        paragraph.add_run(f" {words}")
    assert said(saved(tmp_path, document)) == [("IB", "Ça va ?"), ("YH", "Tranquille."), ("IB", "Bien."), ("YH", "Et vous ?")]


def test_words_that_are_stressed_are_no_name(tmp_path):
    document = docx.Document()
    spoken = [("E", "Vraiment", " bien ?"), ("Solène", "Jamais", " seule."), ("E", "Vraiment", " non ?"), ("Solène", "Jamais", " ici.")]
    for label, stressed, words in spoken:
        paragraph = document.add_paragraph(f"{label} : ")
        paragraph.add_run(stressed).italic = True
        paragraph.add_run(words)
    assert said(saved(tmp_path, document)) == [(label, stressed + words) for label, stressed, words in spoken]


def test_a_style_of_names_above_what_is_said(tmp_path):
    document = docx.Document()
    document.styles.add_style("Locuteur", WD_STYLE_TYPE.PARAGRAPH)
    for name, words in (("Camille", "Ça va ?"), ("Solène", "Oui."), ("Camille", "Bien."), ("Solène", "Voilà.")):
        document.add_paragraph(name, style="Locuteur")
        document.add_paragraph(words)
    assert said(saved(tmp_path, document)) == [("Camille", "Ça va ?"), ("Solène", "Oui."), ("Camille", "Bien."), ("Solène", "Voilà.")]


def test_styles_that_word_has_of_its_own_name_nobody(tmp_path):
    document = docx.Document()
    for style in ("Title", "Quote", "Body Text", "List Bullet"):
        for text in ("Une phrase.", "Une autre."):
            document.add_paragraph(text, style=style)
    assert saved(tmp_path, document).turns == ()


def test_a_label_wins_over_a_style(tmp_path):
    document = docx.Document()
    for style in ("Question", "Réponse"):
        document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
    for style, label, words in (("Question", *E), ("Réponse", *S), ("Question", "E", "Bien."), ("Réponse", "Yacine", "Moi aussi.")):
        document.add_paragraph(f"{label} : {words}", style=style)
    assert said(saved(tmp_path, document)) == [E, S, ("E", "Bien."), ("Yacine", "Moi aussi.")]


def test_headings_in_bold_ask_nothing(tmp_path):
    document = docx.Document()
    for title, text in (("Le parcours", "Elle vient de loin."), ("Le groupe", "On y parle."), ("Pourquoi ?", "On ne sait pas.")):
        document.add_paragraph().add_run(title).bold = True
        document.add_paragraph(text)
    assert saved(tmp_path, document).turns == ()


# Tables --------------------------------------------------------------------------------------------------------------------

TALK = [
    ("0:05", "E", "Ça va ?"),
    ("0:09", "Solène", "Oui, plutôt bien."),
    ("0:20", "E", "Depuis quand ?"),
    ("0:25", "Solène", "Depuis le printemps."),
]
SAID = [(speaker, words) for _, speaker, words in TALK]


@pytest.mark.parametrize(
    "names",
    [
        ("Temps", "Locuteur", "Texte"),
        ("Minutage", "Qui ?", "Verbatim"),
        ("TC", "Nom du locuteur", "Transcription (brute)"),
        ("Début", "Interlocuteur", "Contenu"),
        ("Time", "Speaker", "Words"),
        (),
    ],
)
def test_time_speaker_words(names, tmp_path):
    document = docx.Document()
    rows(document, *([names] if names else []), *TALK)
    transcript = saved(tmp_path, document)
    assert said(transcript) == SAID
    assert [turn.time_start for turn in transcript.turns] == [5, 9, 20, 25]


def test_names_that_no_rule_could_guess_in_a_column_of_names(tmp_path):
    document = docx.Document()
    rows(document, ("locuteur", "texte"), ("?", "Ça va ?"), ("la dame au chien", "Oui."), ("?", "Bien."), ("pers. 2 / pers. 3", "Nous aussi."))
    assert said(saved(tmp_path, document)) == [("?", "Ça va ?"), ("la dame au chien", "Oui."), ("?", "Bien."), ("pers. 2 / pers. 3", "Nous aussi.")]


def test_further_columns_are_left_out_and_said(tmp_path):
    document = docx.Document()
    numbered = [(str(n), *row, "code : espoir" if n == 2 else "") for n, row in enumerate(TALK, start=1)]
    rows(document, ("N°", "Temps", "Locuteur", "Texte", "Codes"), *numbered)
    transcript = saved(tmp_path, document)
    assert said(transcript) == SAID
    assert "columns_left" in doubts(transcript) and "espoir" not in transcript.text


def test_a_row_without_a_name_goes_on(tmp_path):
    document = docx.Document()
    table = rows(document, ("Locuteur", "Texte"), ("E", "Ça va ?"), ("Solène", "Oui."), ("", "Enfin, ça dépend."), ("E", "De quoi ?"))
    table.cell(2, 0).merge(table.cell(3, 0))
    assert said(saved(tmp_path, document)) == [E, S, ("Solène", "Enfin, ça dépend."), ("E", "De quoi ?")]


def test_a_column_for_each_voice(tmp_path):
    document = docx.Document()
    rows(document, ("Temps", "Enquêtrice", "Enquêtée"), ("0:05", "Ça va ?", "Oui."), ("0:20", "Depuis quand ?", ""), ("0:25", "", "Mai."))
    transcript = saved(tmp_path, document)
    assert said(transcript) == [("Enquêtrice", "Ça va ?"), ("Enquêtée", "Oui."), ("Enquêtrice", "Depuis quand ?"), ("Enquêtée", "Mai.")]
    assert roles(transcript) == {"Enquêtrice": "interviewer", "Enquêtée": "respondent"}
    assert [turn.time_start for turn in transcript.turns] == [5, 5, 20, 25]


def test_questions_and_answers_side_by_side(tmp_path):
    document = docx.Document()
    rows(document, ("Questions", "Réponses"), ("Ça va ?", "Oui."), ("Depuis quand ?", "Mai."))
    assert said(saved(tmp_path, document)) == [("Question", "Ça va ?"), ("Réponse", "Oui."), ("Question", "Depuis quand ?"), ("Réponse", "Mai.")]


def test_times_beside_labelled_words(tmp_path):
    document = docx.Document()
    rows(document, *[(time, f"{speaker} : {words}") for time, speaker, words in TALK])
    transcript = saved(tmp_path, document)
    assert said(transcript) == SAID
    assert [turn.time_start for turn in transcript.turns] == [5, 9, 20, 25]


def test_a_table_over_two_pages_is_two_tables(tmp_path):
    document = lines("Entretien 3", "Date : 3 mai 2024")
    rows(document, ("Temps", "Locuteur", "Texte"), *TALK[:2])
    document.add_paragraph()
    rows(document, *TALK[2:])
    transcript = saved(tmp_path, document)
    assert said(transcript) == SAID
    assert transcript.metadata == {"title": "Entretien 3", "Date": "3 mai 2024"}


def test_a_table_of_something_else_after_it_is_nobodys(tmp_path):
    document = docx.Document()
    rows(document, ("Temps", "Locuteur", "Texte"), *TALK)
    document.add_paragraph()
    rows(document, ("1", "GEM", "Groupe d'entraide"), ("2", "CMP", "Centre de jour"))
    assert said(saved(tmp_path, document))[:4] == SAID
    assert not {"GEM", "CMP"} & {turn.speaker for turn in saved(tmp_path, document).turns}


def test_tables_among_labelled_paragraphs_keep_their_columns(tmp_path):
    document = lines("E : On commence ?", "Solène : Oui.")
    rows(document, ("Temps", "Locuteur", "Texte"), *TALK[:2])
    document.add_paragraph()
    rows(document, *TALK[2:])
    for line in ("E : Merci ?", "Solène : Merci."):
        document.add_paragraph(line)
    assert said(saved(tmp_path, document)) == [("E", "On commence ?"), S, *SAID, ("E", "Merci ?"), ("Solène", "Merci.")]


def test_words_outside_the_table_are_nobodys(tmp_path):
    document = docx.Document()
    rows(document, ("Locuteur", "Texte"), E, S)
    document.add_paragraph("Elle éteint elle-même l'enregistreur.")
    transcript = saved(tmp_path, document)
    assert said(transcript) == [E, S, ("", "Elle éteint elle-même l'enregistreur.")]
    assert "outside_table" in doubts(transcript)


def test_a_table_of_facts_above_is_the_header(tmp_path):
    document = docx.Document()
    rows(document, ("Date", "3 mai 2024"), ("Durée", "1 h 10"), ("Lieu", "bureau"))
    for label, words in (E, S, E, S):
        document.add_paragraph(f"{label} : {words}")
    transcript = saved(tmp_path, document)
    assert said(transcript) == [E, S, E, S]
    assert transcript.metadata == {"Date": "3 mai 2024", "Durée": "1 h 10", "Lieu": "bureau"}


def test_a_glossary_says_nothing(tmp_path):
    document = docx.Document()
    glossary = [
        ("GEM", "Groupe d'entraide mutuelle"),
        ("CMP", "Centre médico-psychologique"),
        ("MSP", "Médiateur de santé-pair"),
        ("HDJ", "Hôpital de jour"),
    ]
    rows(document, *glossary)
    transcript = saved(tmp_path, document)
    assert not any(words == "Groupe d'entraide mutuelle" and transcript.material == "interview" for _, words in said(transcript)[1:])
    assert all(words in transcript.text for _, words in glossary)


def test_tables_that_frame_the_page_are_looked_through(tmp_path):
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "E : Ça va ?"
    inner = outer.cell(0, 1).add_table(rows=2, cols=1)
    inner.cell(0, 0).text, inner.cell(1, 0).text = "Solène : Oui.", "E : Ça va ?"
    assert said(saved(tmp_path, document)) == [E, S, E]


def cells(*texts, properties=""):
    return f"<w:tr>{properties}{''.join(f'<w:tc><w:p>{run(words)}</w:p></w:tc>' for words in texts)}</w:tr>"


def test_rows_that_were_deleted_are_gone(tmp_path):
    document = docx.Document()
    deleted = cells("Solène", "Jamais dit.", properties='<w:trPr><w:del w:id="1" w:author="X"/></w:trPr>')
    add(document, f"<w:tbl>{cells('Locuteur', 'Texte')}{cells(*E)}{deleted}{cells(*S)}</w:tbl>")
    assert said(saved(tmp_path, document)) == [E, S]


def test_cells_that_span_columns_do_not_shift_the_others(tmp_path):
    document = docx.Document()
    wide = cells(*S).replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', 1)
    add(document, f"<w:tbl>{cells('Locuteur', 'N°', 'Texte')}{cells('E', '1', 'Ça va ?')}{wide}</w:tbl>")
    assert said(saved(tmp_path, document)) == [E, S]


# What is no words of the text -------------------------------------------------------------------------------------------------


def test_fields_give_their_result_and_not_their_instruction(tmp_path):
    document = docx.Document()
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    inner = f"{mark('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>{mark('separate')}{run('faux')}{mark('end')}"
    field = f"{mark('begin')}<w:r><w:instrText>IF </w:instrText></w:r>{inner}{mark('separate')}{run('bien')}{mark('end')}"
    add(document, f"<w:p>{run('E : Ça va ')}{field}{run(' ?')}</w:p>")
    add(document, f'<w:p>{run("Solène : ")}<w:fldSimple w:instr="DATE">{run("Oui")}</w:fldSimple>{run(".")}</w:p>')
    assert said(saved(tmp_path, document)) == [("E", "Ça va bien ?"), S]


def test_a_field_within_one_run(tmp_path):
    document = docx.Document()
    marks = [
        '<w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        '<w:fldChar w:fldCharType="end"/>',
    ]
    add(document, f"<w:p><w:r><w:t>E : Page </w:t>{marks[0]}{marks[1]}<w:t>3</w:t>{marks[2]}<w:t> ?</w:t></w:r></w:p>")
    document.add_paragraph("Solène : Oui.")
    assert said(saved(tmp_path, document)) == [("E", "Page 3 ?"), S]


def test_hidden_words_by_style(tmp_path):
    document = lines("E : Ça va ?")
    document.styles.add_style("Secret", WD_STYLE_TYPE.CHARACTER).font.hidden = True
    paragraph = document.add_paragraph("Solène : Oui")
    paragraph.add_run(" à Rouen", style="Secret")
    shown = paragraph.add_run(".", style="Secret")
    shown.font.hidden = False
    transcript = saved(tmp_path, document)
    assert said(transcript) == [E, S]
    assert "hidden" in doubts(transcript) and "Rouen" not in transcript.text


def test_hyphens_that_do_not_show_are_gone(tmp_path):
    document = lines("E : Ça va\u200b ?", "Solène : L'hospi\u00adta\u00adlisation, oui.")
    assert said(saved(tmp_path, document)) == [E, ("Solène", "L'hospitalisation, oui.")]


MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def box(words):
    return f"<w:r><w:pict><w:txbxContent><w:p>{run(words)}</w:p></w:txbxContent></w:pict></w:r>"


def test_a_box_beside_the_text_is_left_out_and_said(tmp_path):
    document = lines("E : Ça va ?", "Solène : Oui.")
    add(document, f"<w:p>{box('Encadré')}</w:p>")
    transcript = saved(tmp_path, document)
    assert said(transcript) == [E, S]
    assert "left_out" in doubts(transcript) and "Encadré" not in transcript.text


def test_a_document_of_boxes_is_read(tmp_path):
    document = docx.Document()
    for label, words in (E, S, E, S):
        shown = box(f"{label} : {words}")
        older = f'<mc:Choice xmlns:mc="{MC}">{shown}</mc:Choice><mc:Fallback xmlns:mc="{MC}">{shown}</mc:Fallback>'
        add(document, f'<w:p><w:r><mc:AlternateContent xmlns:mc="{MC}">{older}</mc:AlternateContent></w:r></w:p>')
    transcript = saved(tmp_path, document)
    assert said(transcript) == [E, S, E, S]
    assert "left_out" not in doubts(transcript)


def test_a_table_of_contents_repeats_nothing(tmp_path):
    document = docx.Document()
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Le groupe\t3", style="toc 1")
    for label, words in (E, S):
        document.add_paragraph(f"{label} : {words}")
    transcript = saved(tmp_path, document)
    assert (said(transcript), "Le groupe" in transcript.text) == ([E, S], False)


# Files that Word opens and others do not -----------------------------------------------------------------------------------------


def changed(folder, change):
    document, stream = lines("E : Ça va ?", "Solène : Oui."), io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(folder / "W01.docx", "w") as made:
        for part in source.infolist():
            name, content = change(part.filename, source.read(part))
            made.writestr(name, content)
    return read(folder / "W01.docx")[0]


RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/"


def strict(name, content):
    return name, content.replace(WORDS, STRICT + b"wordprocessingml/main").replace(RELATIONS, STRICT + b"officeDocument/relationships")


def dangling(name, content):
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="NULL"/></Relationships>'
    )
    return name, content.replace(b"</Relationships>", relation) if name.endswith("document.xml.rels") else content


def backslashes(name, content):
    return name.replace("/", "\\"), content


def absolute(name, content):
    return name, content.replace(b'Target="word/', b'Target="/word/').replace(b'Target="styles.xml"', b'Target="/word/styles.xml"')


@pytest.mark.parametrize("change", [strict, dangling, backslashes, absolute])
def test_files_that_word_opens(change, tmp_path):
    assert said(changed(tmp_path, change)) == [E, S]
