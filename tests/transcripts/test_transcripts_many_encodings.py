"""Encodings found by evidence and said: a table of short texts in each encoding, near misses, UTF-16 without its mark, loose accents, line ends."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcripts_reading import doubts, read_one, roles, said

from peerqual.errors import ReadError
from peerqual.transcripts import doubts_table, overview, read
from peerqual.transcripts.decoding import plausible

ONE_BYTE = {"cp1252": "cp1252", "iso8859-15": "iso8859_15", "mac_roman": "mac_roman"}

# Each is enough to tell the encoding by itself, where the encoding has its characters.
SHORT = [
    "été",
    "parlé",
    "à",
    "là",
    "c’est où",
    "ouais…",
    "« oui »",
    "«Oui»",
    "— Oui",
    "cœur",
    "L’œuvre",
    "Noël",
    "Zoé",
    "État",
    "MÈRE",
    "HÔPITAL",
    "FRANÇOIS",
    "20 €",
    "20 °C",
    "n° 3",
    "enquêté·e",
    "naïveté",
    "créée",
    "Çà et là",
    "À l’hôpital",
    "João est né",
    "Muñoz",
    "Müller",
    "mot\u00a0: oui",
    "(« non »)",
    "“oui” dit-elle",
    "‘oui’",
    "5–6 ans",
    "25 m²",
    "Où ?",
]


def written_in(encoding):
    return [words for words in SHORT if words.encode(encoding, "ignore").decode(encoding) == words]


@pytest.mark.parametrize("encoding, words", [(encoding, words) for encoding in ONE_BYTE for words in written_in(encoding)])
def test_a_few_accents_tell_the_encoding(encoding, words, tmp_path):
    data = f"E : {words}\n".encode(encoding)
    transcript = read_one(tmp_path, data)
    assert transcript.text == f"E : {words}\n"
    said_of_it = doubts(transcript) & set(ONE_BYTE.values())
    # Where ISO-8859-15 writes a text as Windows-1252 does, there is nothing to tell apart.
    same = encoding == "iso8859-15" and data == transcript.text.encode("cp1252", "replace")
    assert said_of_it == {"cp1252" if same else ONE_BYTE[encoding]}


@pytest.mark.parametrize(
    "good, bad", [("été", "ÈtÈ"), ("c’est", "cÕest"), ("« oui »", "Ç oui È"), ("cœur", "c½ur"), ("ouais…", "ouaisÉ"), ("Noël", "No‘l")]
)
def test_what_french_has_and_what_another_encoding_makes_of_it(good, bad):
    assert plausible(good) == 1.0 > 0.8 > plausible(bad)


TALK = "Enquêtrice : Ça va depuis l’été ?\nMaëlle : Oui… « mieux », à côté du cœur.\nEnquêtrice : Où ?\nMaëlle : À l’hôpital.\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", [*ONE_BYTE, "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_one_talk_in_each_encoding_is_one_text(encoding, end, tmp_path):
    text = TALK.replace("’", "'").replace("…", "...") if encoding == "iso8859-15" else TALK
    transcript = read_one(tmp_path, text.replace("\n", end).encode(encoding))
    assert transcript.text == text
    assert roles(transcript) == {"Enquêtrice": "interviewer", "Maëlle": "respondent"}
    expected = {**ONE_BYTE, "utf-16-le": "utf_16", "utf-16-be": "utf_16"}.get(encoding)
    assert doubts(transcript) == ({expected} if expected else set())


@pytest.mark.parametrize("mark, encoding", [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF8, "utf-8")])
def test_a_mark_is_no_doubt_and_no_text(mark, encoding, tmp_path):
    transcript = read_one(tmp_path, mark + TALK.encode(encoding))
    assert transcript.text == TALK and not transcript.doubts


def test_the_line_of_the_doubt_is_where_evidence_begins(tmp_path):
    for n, end in enumerate(("\n", "\r\n", "\r")):
        transcript = read_one(tmp_path, f"E : Oui.{end}M : Non.{end}E : été{end}".encode("mac_roman"), f"T{n}.txt")
        assert [doubt.line for doubt in transcript.doubts if doubt.key == "transcripts.mac_roman"] == [3]


def test_mixed_line_ends(tmp_path):
    transcript = read_one(tmp_path, b"E : Oui ?\r\nMa\xc3\xablle : Non.\nE : Ah ?\rMa\xc3\xablle : Si.\r\n")
    assert transcript.text == "E : Oui ?\nMaëlle : Non.\nE : Ah ?\nMaëlle : Si.\n"
    assert len(transcript.turns) == 4


NOT_TEXT = {
    "an image": b"\x89PNG\r\n\x1a\n" + bytes(400),
    "sound": b"".join(int(1000 * ((n % 50) - 25)).to_bytes(2, "little", signed=True) for n in range(4000)),
    "zeros among words": b"E : oui\0\0\0 non\n" * 20,
    "an odd number of bytes": "E : oui\n".encode("utf-16-le") + b"a",
}


@pytest.mark.parametrize("name", NOT_TEXT)
def test_zeros_alone_make_no_utf_16(name, tmp_path):
    with pytest.raises(ReadError) as caught:
        read_one(tmp_path, NOT_TEXT[name])
    assert caught.value.key == "transcripts.binary"


OTHER = {
    "russian": ("Привет, как дела сегодня? " * 5, "koi8-r"),
    "polish": ("zażółć gęślą jaźń " * 5, "iso8859-2"),
    "greek": ("Καλημέρα σας τι κάνετε " * 5, "iso8859-7"),
    "dos": ("L'été à l'hôpital, où ça va mieux. " * 5, "cp850"),
}


@pytest.mark.parametrize("name", OTHER)
def test_what_is_no_french_in_any_of_them_is_refused_with_its_line(name, tmp_path):
    text, encoding = OTHER[name]
    with pytest.raises(ReadError) as caught:
        read_one(tmp_path, ("E : ok\n" + text).encode(encoding))
    assert (caught.value.key, caught.value.line) == ("transcripts.encoding", 2)


def test_accents_that_were_encoded_twice_are_left_and_said(tmp_path):
    twice = TALK.encode().decode("cp1252", "ignore")
    transcript = read_one(tmp_path, twice)
    assert transcript.text == twice
    assert [doubt.line for doubt in transcript.doubts if doubt.key == "transcripts.encoded_twice"] == [1]
    talked_about = read_one(tmp_path, TALK + "Maëlle : L'écran écrivait « Ã© » pour é.\n", "T02.txt")
    assert "encoded_twice" not in doubts(talked_about)


def test_the_doubt_speaks_two_languages(tmp_path):
    read_one(tmp_path, TALK.encode("mac_roman"))
    said_of_it = [doubts_table(read(tmp_path), lang)["doubt"].tolist() for lang in ("fr", "en")]
    assert all("Mac Roman" in one[0] for one in said_of_it) and said_of_it[0] != said_of_it[1]


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
def test_no_break_spaces_stay_and_part_labels(space, tmp_path):
    text = f"E{space}: Ça va{space}?\nMaëlle{space}: Oui{space}!\n"
    transcript = read_one(tmp_path, text)
    assert transcript.text == text
    assert [speaker for speaker, _ in said(transcript)] == ["E", "Maëlle"]


DECOMPOSED = {
    "roles by label": "Enquêtrice : Vous prenez le bus.\nMaëlle : Le tram.\nENQUÊTRICE : Ah.\nMaëlle K. : Oui (Enquêtrice : ah).\nÉnola : Oui.\n",
    "roles by header": "Enquêtrice : Zoé Rébeillé\nMatériau : Entretien\nDurée : 3 h\n\nZR : Où ?\nOP : Là.\nZR : Ah.\nOP : Voilà l'été.\n",
    "front matter": "---\nmatériau: groupe de parole\nanimée par: Zoé Rébeillé\n---\nZoé : Où ?\nLéa : Là.\nZoé : Ah.\nLéa : Voilà.\n",
    "together": "Léa : Où ?\nZoé : Là.\nLéa et Zoé : L'été.\nLéa : Ah.\nZoé : Oui.\n",
}


@pytest.mark.parametrize("name", DECOMPOSED)
def test_loose_accents_change_no_turn_role_material_doubt_or_count(name, tmp_path):
    text = DECOMPOSED[name]
    loose = unicodedata.normalize("NFD", text)
    one, other = read_one(tmp_path, text), read_one(tmp_path, loose)
    assert other.text == loose != text
    assert [unicodedata.normalize("NFC", words) for _, words in said(other)] == [words for _, words in said(one)]
    assert [turn.role for turn in other.turns] == [turn.role for turn in one.turns]
    assert (other.material, other.doubts, other.metadata) == (one.material, one.doubts, one.metadata)
    counts = [overview(read(tmp_path))["words"].tolist() for made in (text, loose) if read_one(tmp_path, made)]
    assert counts[0] == counts[1]


WORDS = st.lists(st.sampled_from("été à où l’hôpital c’est cœur « oui » Noël ÉTÉ … oui non mère — déçu".split()), min_size=3, max_size=30)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.sampled_from(sorted(ONE_BYTE)))
def test_any_french_comes_back_from_its_encoding(tmp_path_factory, words, encoding):
    text = f"E : {' '.join(words)}\n"
    kept = text.encode(encoding, "ignore").decode(encoding)
    if kept.isascii():
        return
    assert read_one(tmp_path_factory.mktemp("encoded"), kept.encode(encoding)).text == kept
