"""Pseudonymized Word files: made with python-docx and with Word's own XML, written back, compared run by run, searched part by part."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from transcripts_reading import said
from transcripts_writing import NAMES, everything, replaced, without_tags, written_back

from peerqual.errors import PeerqualError
from peerqual.transcripts import read
from peerqual.transcripts.writing import WritingError, write

REAL = re.compile("Anne|Durand|Maëlle|MAËLLE|Sainte|schizophr|3 mai|Zoé|Lenormand|zoe|anne|maelle")


def paragraph(document, *runs):
    """Add a paragraph of runs, each words or (words, look)."""
    made = document.add_paragraph()
    for run in runs:
        words, look = run if isinstance(run, tuple) else (run, "")
        one = made.add_run(words)
        for mark in look.split():
            setattr(one.font, mark, True)
    return made


def add(document, xml):
    document.element.body.insert(-1, parse_xml(xml.replace(">", f" {nsdecls('w', 'r')}>", 1)))


def run(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def looks(path, names=()):
    """Every character with the look of its run, what `names` has left out: what an edit may not change."""
    document = docx.Document(path)
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    chars = [
        (char, one.font.bold, one.font.italic, one.font.underline, str(one.font.size), str(one.font.color.rgb))
        for paragraph in paragraphs
        for one in paragraph.runs
        for char in one.text
    ]
    text = "".join(char for char, *_ in chars)
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)")
    hidden = {at for found in pattern.finditer(text) for at in range(*found.span())}
    return [char for at, char in enumerate(chars) if at not in hidden]


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    text = chunk(b"tEXt", b"Author\0Lenormand")
    image = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + text + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + image)


def test_words_change_and_looks_stay(tmp_path):
    document = docx.Document()
    paragraph(document, ("Entretien avec ", "bold"), ("Anne Du", "italic"), ("rand", "bold underline"), (" au centre", "bold"))
    paragraph(document, "Date : 3 mai 2024")
    document.add_paragraph()
    for label, *words in (
        ("E", "On commence, ", ("Maëlle", "italic"), " ?"),
        ("MAËLLE", "J'ai ", ("une schizo", "underline"), ("phrénie", ""), ". ", ("Anne", "bold"), " est ", ("là", "italic"), "."),
        ("E", "Bien", ("."), " À ", "Sainte-", ("Anne", "bold"), " ?"),
        ("Maëlle", "Oui."),
    ):
        paragraph(document, (label, "bold"), " : ", *words)
    document.save(tmp_path / "Maelle.docx")
    target, study = written_back(tmp_path / "Maelle.docx")
    assert read(target)[0].text == study[0].text
    assert study[0].text.splitlines()[0] == "Entretien avec Julie Morel au centre"
    assert looks(target, NAMES.values()) == looks(tmp_path / "Maelle.docx", NAMES)
    made = docx.Document(target)
    assert [(one.text, one.bold, one.italic) for one in made.paragraphs[0].runs if one.text] == [
        ("Entretien avec ", True, None), ("Julie Morel", None, True), (" au centre", True, None),
    ]  # fmt: skip
    assert not REAL.search(without_tags(target))


def test_a_table_of_turns_keeps_its_cells(tmp_path):
    document = docx.Document()
    table = document.add_table(0, 4, style="Table Grid")
    rows = [("Temps", "Locuteur", "Paroles", "Notes")]
    rows += [("0:10", "Enquêteur", "Vous venez d'Anne Durand ?", ""), ("0:20", "Maëlle", "Oui, de Sainte-Anne.", "regarde Lenormand")]
    rows += [("0:30", "Enquêteur", "Et après ?", ""), ("0:40", "Maëlle", "Après, rien.", "")]
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(tmp_path / "T.docx")
    target, study = written_back(tmp_path / "T.docx")
    made = [[cell.text for cell in row.cells] for row in docx.Document(target).tables[0].rows]
    assert made[0][:3] == ["Temps", "Locuteur", "Paroles"]
    assert made[2] == ["0:20", "Nadine", "Oui, de [hôpital 1].", "[retiré]"]
    assert made[4][:3] == ["0:40", "Nadine", "Après, rien."]
    assert docx.Document(target).tables[0].style.name == "Table Grid"
    assert said(read(target)[0]) == said(study[0])


@pytest.fixture
def loaded(tmp_path):
    """A Word file in which names stand wherever Word can put them."""
    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.title, properties.last_modified_by = "Zoé Lenormand", "Entretien Anne Durand", "Zoé"
    properties.comments, properties.keywords, properties.subject = "Anne", "Sainte-Anne", "Durand"
    section = document.sections[0]
    section.header.paragraphs[0].text = "Hôpital Sainte-Anne — Anne Durand"
    section.footer.paragraphs[0].text = "Zoé Lenormand, page "
    section.footer.paragraphs[0]._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    style = document.styles.add_style("Style de Zoé Lenormand", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.font.size = docx.shared.Pt(13)
    first = document.add_paragraph("E : On commence, Maëlle ?", style=style)
    document.add_comment(first.runs, "Anne Durand pleure", author="Zoé Lenormand", initials="ZL")
    link = document.part.relate_to("mailto:anne.durand@example.org", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    add(document, f'<w:p>{run("Maëlle : Voir ")}<w:hyperlink r:id="{link}" w:tooltip="Anne">{run("Anne Durand")}</w:hyperlink>{run(" ici.")}</w:p>')
    add(
        document,
        f'<w:p><w:bookmarkStart w:id="7" w:name="Anne_Durand"/>{run("E : Il y a ")}<w:bookmarkEnd w:id="7"/>'
        f'<w:ins w:id="8" w:author="Zoé" w:date="2024-05-03T10:00:00Z">{run("bien ")}</w:ins>'
        f'<w:del w:id="9" w:author="Zoé"><w:r><w:delText>Durand</w:delText></w:r></w:del>{run("longtemps ?")}</w:p>',
    )
    add(
        document,
        f'<w:p>{run("Maëlle : Oui, ")}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://anne.durand.fr"</w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("Anne")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" sait.")}</w:p>',
    )
    add(
        document,
        '<w:sdt><w:sdtPr><w:alias w:val="Anne Durand"/><w:tag w:val="Durand"/></w:sdtPr>'
        f"<w:sdtContent><w:p>{run('E : Bien.')}</w:p></w:sdtContent></w:sdt>",
    )
    add(document, f"<w:p>{run('Maëlle : Voilà.')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>Anne Durand cachée</w:t></w:r></w:p>")
    document.add_picture(png())
    picture = document.inline_shapes[0]._inline.docPr
    picture.set("descr", "Photo d'Anne Durand")
    picture.set("title", "Anne")
    document.save(tmp_path / "plain.docx")
    path = tmp_path / "Maelle.docx"
    told = {"customXml/item1.xml": "<root>Anne Durand</root>", "docProps/thumbnail.jpeg": "Anne Durand", "word/people.xml": "<people>Zoé</people>"}
    with zipfile.ZipFile(tmp_path / "plain.docx") as plain, zipfile.ZipFile(path, "w") as made:
        for name, text in ({name: plain.read(name) for name in plain.namelist()} | told).items():
            made.writestr(name, text)
        made.comment = "Zoé".encode()
    return path


def test_nothing_of_what_word_hides_is_left(loaded):
    assert len(set(REAL.findall(without_tags(loaded)))) > 5
    target, study = written_back(loaded)
    assert read(target)[0].text == study[0].text
    assert not REAL.search(everything(target))
    made = docx.Document(target)
    assert made.core_properties.author == made.core_properties.title == made.core_properties.last_modified_by == ""
    assert made.core_properties.created.year == made.core_properties.modified.year == 1980
    parts = set(zipfile.ZipFile(target).namelist())
    assert not {part for part in parts if re.search("comment|people|custom|thumbnail|media|app", part)}
    assert not re.search("<w:ins |<w:del |rsid|<w:sdt|<w:hyperlink|bookmark|instrText", everything(target))


def test_headers_and_styles_keep_their_look_without_their_words(loaded):
    target, _ = written_back(loaded)
    made = docx.Document(target)
    assert made.sections[0].header.paragraphs[0].text == "[retiré]"
    assert made.sections[0].header.paragraphs[0].style.name == "Header"
    assert "PAGE" in made.sections[0].footer._element.xml
    assert made.paragraphs[0].style.font.size == docx.shared.Pt(13)
    assert [one.text for one in made.paragraphs][:3] == ["E : On commence, Nadine ?", "Nadine : Voir Julie Morel ici.", "E : Il y a bien longtemps ?"]


def test_same_arguments_same_bytes(loaded):
    first = written_back(loaded)[0].read_bytes()
    assert written_back(loaded)[0].read_bytes() == first


def test_notes_are_withdrawn(tmp_path):
    document = docx.Document()
    for words in ("E : Ça va ?", "Maëlle : Oui.", "E : Bien."):
        document.add_paragraph(words)
    document.paragraphs[1]._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    document.save(tmp_path / "plain.docx")
    note = f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    note += f'<w:footnote w:id="2"><w:p>{run("Elle parle d’")}{run("Anne Durand")}</w:p><w:p/></w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = '<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
    with zipfile.ZipFile(tmp_path / "plain.docx") as plain, zipfile.ZipFile(tmp_path / "N.docx", "w") as made:
        for name in plain.namelist():
            text = plain.read(name)
            if name == "word/_rels/document.xml.rels":
                text = text.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
            if name == "[Content_Types].xml":
                text = text.replace(b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode())
            made.writestr(name, text)
        made.writestr("word/footnotes.xml", note)
    target, _ = written_back(tmp_path / "N.docx")
    with zipfile.ZipFile(target) as made:
        notes, body = made.read("word/footnotes.xml").decode(), made.read("word/document.xml").decode()
    assert notes.count("[retiré]") == 1 and "Anne" not in notes and "parle" not in notes
    assert 'w:footnoteReference w:id="2"' in body


def test_a_style_named_after_a_voice_is_renamed(tmp_path):
    document = docx.Document()
    for name in ("Enquêtrice", "Maëlle"):
        document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    for style, words in (("Enquêtrice", "Ça va ?"), ("Maëlle", "Oui, et Anne aussi."), ("Enquêtrice", "Bien."), ("Maëlle", "Voilà.")):
        document.add_paragraph(words, style=style)
    document.save(tmp_path / "S.docx")
    target, study = written_back(tmp_path / "S.docx")
    assert [turn.speaker for turn in read(target)[0].turns] == ["Enquêtrice", "Nadine"] * 2
    assert [one.style.name for one in docx.Document(target).paragraphs] == ["Enquêtrice", "Nadine"] * 2
    assert read(target)[0].text == study[0].text
    assert not REAL.search(everything(target))


def test_deleted_paragraph_marks_and_rows_are_accepted(tmp_path):
    document = docx.Document()
    add(document, f"<w:p><w:pPr><w:rPr><w:del w:author='Zoé'/></w:rPr></w:pPr>{run('E : Vous ')}</w:p>")
    for words in ("connaissez Anne ?", "Maëlle : Oui.", "E : Bien."):
        add(document, f"<w:p>{run(words)}</w:p>")
    document.save(tmp_path / "M.docx")
    target, _ = written_back(tmp_path / "M.docx")
    assert [one.text for one in docx.Document(target).paragraphs] == ["E : Vous connaissez Julie ?", "Nadine : Oui.", "E : Bien."]


def test_names_that_stand_the_other_way_round(tmp_path):
    document = docx.Document()
    for words in (
        "Durand, Anne   0:03",
        "Bonjour Maëlle.",
        "Martin, Léo   0:10",
        "Oui ?",
        "Durand, Anne   0:15",
        "Bien.",
        "Martin, Léo   0:20",
        "Oui.",
    ):
        document.add_paragraph(words)
    document.save(tmp_path / "T.docx")
    target, study = written_back(tmp_path / "T.docx")
    assert [one.text for one in docx.Document(target).paragraphs][:3] == ["Morel, Julie   0:03", "Bonjour Nadine.", "Martin, Léo   0:10"]
    assert read(target)[0].text == study[0].text


def test_edits_of_another_call_write_nothing(tmp_path):
    document = docx.Document()
    for words in ("E : Ça va ?", "Maëlle : Oui, Anne."):
        document.add_paragraph(words)
    document.save(tmp_path / "A.docx")
    corpus = read(tmp_path / "A.docx")
    study = replaced(corpus)
    with pytest.raises(WritingError, match="appel de anonymize"):
        write(corpus[0], study[0], study.edits[:-1], tmp_path / "D01.docx")
    with pytest.raises(WritingError, match=r"\.docx"):
        write(corpus[0], study[0], study.edits, tmp_path / "D01.srt")
    document.add_paragraph("E : Et puis ?")
    document.save(tmp_path / "A.docx")
    with pytest.raises(WritingError, match="a changé"):
        write(corpus[0], study[0], study.edits, tmp_path / "D01.docx")
    assert [path.name for path in tmp_path.iterdir()] == ["A.docx"]


def test_what_would_read_otherwise_is_not_written(tmp_path):
    document = docx.Document()
    for words in ("E : Ça va ?", "Maëlle : Oui.", "E : Bien.", "Maëlle : Voilà."):
        document.add_paragraph(words)
    document.save(tmp_path / "A.docx")
    with pytest.raises(WritingError, match="relirait"):
        written_back(tmp_path / "A.docx", {"Maëlle": "et, donc, elle a dit que"})
    assert not list((tmp_path / "out").iterdir())


def test_errors_hold_no_words(tmp_path):
    document = docx.Document()
    for words in ("E : Ça va ?", "Maëlle : Oui.", "E : Bien.", "Maëlle : Voilà."):
        document.add_paragraph(words)
    document.save(tmp_path / "A.docx")
    with pytest.raises(PeerqualError) as caught:
        written_back(tmp_path / "A.docx", {"Maëlle": "et, donc, elle a dit que"})
    assert not re.search("Maëlle|donc|Voilà", caught.value.render("fr") + caught.value.render("en"))


WORDS = "oui non alors je viens avec Anne et Anne Durand parce que Maëlle dit qu'une schizophrénie , bon . l'année de Sainte-Anne".split()
SPEECH = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
CUTS = st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["", "bold", "italic", "underline", "italic underline"])), min_size=1, max_size=5)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.tuples(SPEECH, CUTS), min_size=2, max_size=5), labels=st.sampled_from([("E", "Maëlle"), ("Enquêtrice", "Anne Durand")]))
def test_whatever_the_runs_words_change_and_looks_stay(tmp_path, turns, labels):
    document = docx.Document()
    for number, (words, cuts) in enumerate(turns):
        made = paragraph(document, (labels[number % 2], "bold"), " : ")
        at = 0
        while at < len(words):
            for length, look in cuts:
                one = made.add_run(words[at : at + length])
                for mark in look.split():
                    setattr(one.font, mark, True)
                at += length
    document.save(tmp_path / "H.docx")
    target, study = written_back(tmp_path / "H.docx")
    assert read(target)[0].text.split() == study[0].text.split()
    assert looks(target, NAMES.values()) == looks(tmp_path / "H.docx", NAMES)
    assert not re.search("Maëlle|Durand|Sainte", everything(target))
