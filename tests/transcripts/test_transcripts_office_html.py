"""Web pages as Word, LibreOffice, recognition services and people write them."""

from __future__ import annotations

import pytest
from transcripts_reading import doubts, read_one, said

E, S = ("E", "Ça va ?"), ("Solène", "Oui.")
TURNS = {
    "paragraphs": "<p>E : Ça va ?</p><p>Solène : Oui.</p>",
    "without ends": "<p>E : Ça va ?<p>Solène : Oui.",
    "divisions": "<div><div>E : Ça va ?</div><div>Solène : Oui.</div></div>",
    "line breaks": "<body>E : Ça va ?<br>Solène : Oui.<br/></body>",
    "a list": "<ul><li>E : Ça va ?<li>Solène : Oui.</ul>",
    "lines of the file": "<p>E :\n   Ça\n va ?</p>\n\n<p>Solène :\tOui.</p>",
    "as it stands": "<pre>E : Ça va ?\nSolène : Oui.\n</pre>",
    "entities": "<p>E&nbsp;: &Ccedil;a va&#8239;?</p><p>Sol&egrave;ne&#x20;: Oui.</p>",
    "scripts and styles": "<style>p{}</style><script>E : faux</script><p>E : Ça va ?</p><noscript>faux</noscript><p>Solène : Oui.</p>",
    "remarks": "<p>E : Ça <!-- E : faux -->va ?</p><!-- E : faux --><p>Solène : Oui.</p>",
    "hidden": "<p>E : Ça va ?</p><p hidden>E : faux</p><div style='DISPLAY : none'><p>E : faux</p></div><p>Solène : Oui.</p>",
    "changes": "<p>E : <del>Quoi</del> <ins>Ça</ins> va ?</p><p>Solène : Oui.</p>",
    "buttons": "<p>E : Ça va ?</p><button>Écouter</button><p>Solène : Oui.</p>",
    "upper case": "<P>E : Ça va ?</P><P>Solène : Oui.</P>",
    "bold names": "<p><b>E :</b> Ça va ?</p><p><b>Solène :</b> Oui.</p>",
    "a frame": "<table><tr><td><p>E : Ça va ?</p><p>Solène : Oui.</p></td></tr></table>",
    "frames in frames": "<table><tr><td>Menu</td><td><table><tr><td>E : Ça va ?</td></tr><tr><td>Solène : Oui.</td></tr></table></td></tr></table>",
    "a table": "<table><tr><th>Qui<th>Texte<tr><td>E<td>Ça va ?<tr><td>Solène<td>Oui.</table>",
    "a table with spans": "<table><tr><th colspan=2>Locuteur<th>Texte<tr><td>E<td>1<td>Ça va ?<tr><td>Solène<td>2<td>Oui.</table>",
}


def page(body, folder):
    return read_one(folder, f"<!DOCTYPE html><html><head><title>faux</title></head>{body}</html>", "H01.html")


@pytest.mark.parametrize("name", TURNS)
def test_turns(name, tmp_path):
    transcript = page(TURNS[name], tmp_path)
    assert [one for one in said(transcript) if one != ("", "Menu")] == [E, S]
    assert "faux" not in transcript.text


def test_a_name_that_stands_over_several_rows(tmp_path):
    rows = "<tr><td rowspan=2>E<td>Ça va ?<tr><td>Vraiment ?<tr><td>Solène<td>Oui."
    assert said(page(f"<table><tr><th>Qui<th>Texte{rows}</table>", tmp_path)) == [E, ("E", "Vraiment ?"), S]


@pytest.mark.parametrize("mark", ["<strong>{}</strong>", "<span style='font-weight:600'>{}</span>", "<span class='speaker'>{}</span>", "<em>{}</em>"])
def test_names_by_their_look(mark, tmp_path):
    turns = "".join(f"<p>{mark.format(name)} {words}</p>" for name, words in (("IB", "Ça va ?"), ("YH", "Oui.")) * 2)
    assert said(page(turns, tmp_path)) == [("IB", "Ça va ?"), ("YH", "Oui.")] * 2


def test_names_by_the_class_of_the_paragraph(tmp_path):
    turns = "".join(f"<p class='{name}'>{words}</p>" for name, words in (("interviewer", "Ça va ?"), ("participant", "Oui.")) * 2)
    assert said(page(turns, tmp_path)) == [("interviewer", "Ça va ?"), ("participant", "Oui.")] * 2


@pytest.mark.parametrize("names", [("p1", "p2"), ("c4", "c5"), ("e", "q"), ("participant", "participant")])
def test_classes_that_name_nobody(names, tmp_path):
    turns = "".join(f"<p class='{name}'>Une phrase sans personne.</p>" for name in names * 3)
    assert page(turns, tmp_path).turns == ()


def test_terms_and_what_they_say(tmp_path):
    turns = "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in (("Camille", "Ça va ?"), ("Solène", "Oui.")) * 3)
    assert said(page(f"<dl>{turns}</dl>", tmp_path)) == [("Camille", "Ça va ?"), ("Solène", "Oui.")] * 3


WORD = (
    "<p class=MsoNormal>E : Ça va<span class=MsoCommentReference><a href='#c1'>[X1]</a></span> ?</p>"
    "<p class=MsoNormal>Solène : Oui<a style='mso-footnote-id:ftn1' href='#ftn1'><span class=MsoFootnoteReference>[1]</span></a>.</p>"
    "<div style='mso-element:comment-list'><hr><div style='mso-element:comment'><p>À vérifier</p></div></div>"
    "<div style='mso-element:footnote-list'><div style='mso-element:footnote'><p>[1] Elle sourit.</p></div></div>"
)
WRITER = (
    "<p>E : Ça va ?</p><p>Solène : Oui<a class='sdfootnoteanc' href='#sdfootnote1sym'><sup>1</sup></a>.</p>"
    "<div id='sdfootnote1'><p><a class='sdfootnotesym'>1</a>Elle sourit.</p></div>"
)


@pytest.mark.parametrize("body, left", [(WORD, {"comments", "left_out"}), (WRITER, {"left_out"})])
def test_notes_and_comments_of_word_processors(body, left, tmp_path):
    transcript = page(body, tmp_path)
    assert said(transcript) == [E, S]
    assert left <= doubts(transcript) and "sourit" not in transcript.text


@pytest.mark.parametrize("declared, doubtful", [("<meta charset='windows-1252'>", False), ("", True)])
def test_an_encoding_that_is_declared_is_not_doubted(declared, doubtful, tmp_path):
    transcript = read_one(tmp_path, f"<html><head>{declared}</head>{TURNS['paragraphs']}</html>".encode("cp1252"), "H01.htm")
    assert said(transcript) == [E, S]
    assert ("cp1252" in doubts(transcript)) is doubtful


def test_sixteen_bits(tmp_path):
    assert said(read_one(tmp_path, f"<meta charset='utf-16'>{TURNS['paragraphs']}".encode("utf-16"), "H01.html")) == [E, S]
