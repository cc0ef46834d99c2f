"""Rich text as Word, WordPad, TextEdit and LibreOffice write it."""

from __future__ import annotations

import pytest
from transcripts_reading import doubts, read_one, said

from peerqual.errors import ReadError

E, S = ("E", "Ça va ?"), ("Solène", "Oui.")
HEAD = r"{\rtf1\ansi\ansicpg1252\deff0\uc1{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}"


def rtf(body, folder, head=HEAD):
    return read_one(folder, f"{head}{body}}}".encode("cp1252"), "R01.rtf")


@pytest.mark.parametrize(
    "words",
    [
        r"\'c7a va ?",
        r"\u199\'c7a va ?",
        r"\u199?a va ?",
        r"\uc0\u199 a va ?",
        r"\uc2\u199\'c7\'c7a va ?",
        "Ça va ?",
        r"\'c7a{\b  v}a\~?",
        "\\'c7\r\na va\r\n ?",
        r"{\upr{C,a va ?}{\*\ud{\u199 ?a va ?}}}",
        r"{\field{\*\fldinst{HYPERLINK \'22x\'22}}{\fldrslt{\u199 \'c7a va}}} ?",
        r"\'c7a{\*\inconnu perdu} va ?",
        r"\'c7a{\pict\wmetafile8 0a0b0c} va ?",
        r"\'c7a{\v  cach\'e9} va ?",
        r"\'c7a\v  cach\'e9\v0  va ?",
        r"{\deleted\revauthdel1 Quoi}\'c7a {\revised va }?",
        r"\'c7a{\*\bkmkstart ici}{\*\bkmkend ici} va ?",
        r"\'c7a{\footnote\pard Note.} va{\*\atnid A}{\*\atnauthor B}{\*\annotation\pard Rem.} ?",
        r"\'c7a\line va\tab ?",
    ],
)
def test_words(words, tmp_path):
    assert said(rtf(rf"\pard E : {words}\par Sol\'e8ne : Oui.\par", tmp_path)) == [E, S]


def test_what_was_left_out_is_said(tmp_path):
    body = r"\pard E : {\deleted Quoi}\'c7a{\v  Rouen} va{\footnote Note.}{\*\annotation Rem.} ?\par Sol\'e8ne : Oui.\par"
    assert {"tracked", "hidden", "left_out", "comments"} <= doubts(rtf(body, tmp_path))


def test_encodings_of_fonts_and_of_a_mac(tmp_path):
    assert said(rtf(r"\f1 E : \'b9?\f0\par Zo\'e9 : Oui.\par", tmp_path)) == [("E", "ą?"), ("Zoé", "Oui.")]
    assert said(rtf(r"E : \'82a va ?\par Sol\'8fne : Oui.\par", tmp_path, r"{\rtf1\mac\ansicpg10000")) == [("E", "Ça va ?"), S]


def test_signs_beyond_sixteen_bits(tmp_path):
    assert said(rtf(r"E : \u-10179?\u-8704? ?\par R : \u-10179?\par", tmp_path))[0] == ("E", "\U0001f600 ?")


def test_bold_names_and_styles(tmp_path):
    turns = r"{\b IB} Tranquille ?\par\pard\plain{\b YH} Oui.\par\pard" * 2
    assert said(rtf(turns, tmp_path)) == [("IB", "Tranquille ?"), ("YH", "Oui.")] * 2
    sheet = r"{\stylesheet{\s0 Normal;}{\s1 Enqu\'eatrice;}{\*\cs2 Gras;}{\s3\sbasedon0 Enqu\'eat\'e9e;}}"
    turns = r"\pard\s1 \'c7a va ?\par\pard\s3 Oui.\par Enfin.\par\pard\s1 Bien.\par"
    assert said(rtf(sheet + turns, tmp_path)) == [("Enquêtrice", "Ça va ?"), ("Enquêtée", "Oui. Enfin."), ("Enquêtrice", "Bien.")]


def test_tables(tmp_path):
    def row(*cells):
        return r"\trowd\cellx1000\cellx2000\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row "

    body = r"\pard Date : 3 mai\par " + row("Temps", "Locuteur", "Texte") + row("0:05", "E", r"\'c7a\par va ?") + row("0:09", r"Sol\'e8ne", "Oui.")
    transcript = rtf(body + r"\pard\par", tmp_path)
    assert said(transcript) == [E, S]
    assert [turn.time_start for turn in transcript.turns] == [5, 9]
    assert transcript.metadata == {"Date": "3 mai"}


def test_heads_and_lists_of_things_are_no_words(tmp_path):
    aside = r"{\header Entretien 3\par}{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 1}}}{\info{\author X}}{\*\generator Y;}"
    listed = r"{\listtext 1.\tab}"
    assert rtf(rf"{aside}\pard {listed}E : \'c7a va ?\par {listed}Sol\'e8ne : Oui.\par", tmp_path).text == "E : Ça va ?\nSolène : Oui.\n"


def test_binary_data_is_jumped_over(tmp_path):
    assert said(rtf(r"{\pict\bin9 }}}{{{\b0}E : \'c7a va ?\par Sol\'e8ne : Oui.\par", tmp_path)) == [E, S]


@pytest.mark.parametrize("data", [b"hello", b"{}", b"\\rtf1", b"PK\x03\x04", b"<html>"])
def test_what_is_no_rtf(data, tmp_path):
    with pytest.raises(ReadError) as caught:
        read_one(tmp_path, data, "R01.rtf")
    assert caught.value.key == "office.not_rtf"


@pytest.mark.parametrize("body", ["", r"\par\par", "}" * 500, "{" * 500, r"{\*\x E : Oui ?}", r"\bin99999 E : Oui ?"])
def test_nothing_to_read(body, tmp_path):
    with pytest.raises(ReadError) as caught:
        rtf(body, tmp_path)
    assert caught.value.key == "transcripts.empty"
