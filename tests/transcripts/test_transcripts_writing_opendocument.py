"""Pseudonymized OpenDocument texts: made with odfdo, written back, searched part by part."""

from __future__ import annotations

import re
import zipfile

import pytest
from odfdo import Annotation, Document, Element, Header, Link, Note, Paragraph, Span, Style
from transcripts_writing import everything, written_back

from peerqual.transcripts import read
from peerqual.transcripts.formats import READERS, odt

REAL = re.compile("Anne|Durand|Maëlle|MAËLLE|Sainte|schizophr|3 mai|Zoé|Lenormand|anne")


@pytest.fixture(autouse=True)
def read_as_opendocument(monkeypatch):
    monkeypatch.setitem(READERS, ".odt", odt.read)


def spans(*parts):
    made = Paragraph("")
    for part in parts:
        made.append(Span(part[0], style=part[1]) if isinstance(part, tuple) else part)
    return made


@pytest.fixture
def source(tmp_path):
    document = Document("text")
    body = document.body
    body.clear()
    for name, look in (("Fort", {"bold": True}), ("Penché", {"italic": True})):
        document.insert_style(Style("text", area="text", name=name, **look), automatic=True)
    document.insert_style(Style("paragraph", name="Style_20_de_20_Zoé", display_name="Style de Zoé", area="text", size="13pt"))
    document.meta.creator = document.meta.initial_creator = "Zoé Lenormand"
    document.meta.title = "Entretien Anne Durand"
    document.meta.set_user_defined_metadata("Enquêtrice", "Zoé")
    body.append(Header(1, "Entretien avec Anne Durand"))
    body.append(spans("Date : 3 mai", " 2024"))
    body.append(Paragraph(""))
    body.append(spans(("E", "Fort"), " : On commence, ", ("Maë", "Penché"), "lle ?"))
    third = spans(("MAËLLE", "Fort"), " : J'ai une schizo", ("phrénie", "Penché"), ", oui.")
    third.append(Link("mailto:anne.durand@example.org", text=" Anne", title="Durand"))
    third.append(Annotation("Anne Durand pleure", creator="Zoé Lenormand"))
    third.append(Note(note_class="footnote", note_id="n1", citation="1", body="Elle parle d'Anne Durand"))
    body.append(third)
    body.append(Paragraph("E : À Sainte-Anne ?", style="Style_20_de_20_Zoé"))
    fields = Paragraph("Maëlle : Oui,")
    fields.append(Element.from_tag("<text:s text:c='2'/>"))
    fields.append(Element.from_tag("<text:author-name>Anne</text:author-name>"))
    fields.append(Element.from_tag("<text:bookmark text:name='Anne_Durand'/>"))
    body.append(fields)
    document.save(tmp_path / "Maelle.odt")
    return tmp_path / "Maelle.odt"


def test_words_change_and_looks_stay(source):
    target, study = written_back(source)
    assert read(target)[0].text == study[0].text
    made = Document(target)
    paragraphs = [one for one in made.body.get_elements("//text:p") if one.parent.tag == "office:text"]
    assert [(one.text, one.style) for one in paragraphs[2].get_elements("text:span")] == [("E", "Fort"), ("Nadine", "Penché")]
    assert [(one.text, one.style) for one in paragraphs[3].get_elements("text:span")][:2] == [("NADINE", "Fort"), ("", "Penché")]
    style = made.get_style("paragraph", paragraphs[4].style)
    assert style.get_properties(area="text")["fo:font-size"] == "13pt"


def test_nothing_of_what_the_writer_hides_is_left(source):
    assert len(set(REAL.findall(everything(source)))) >= 8
    target, _ = written_back(source)
    assert not REAL.search(everything(target))
    assert everything(target).count("[retiré]") == 1  # the footnote
    names = zipfile.ZipFile(target).namelist()
    assert names[0] == "mimetype" and not any(re.search("Thumbnail|settings|rdf|Pictures", name) for name in names)
    assert written_back(source)[0].read_bytes() == target.read_bytes()
