"""PDF: pages set by hand, line by line, as typesetting programs do; and files that lead a reader round in circles."""

from __future__ import annotations

import logging
import time
import zlib

import pypdf
import pytest
from pypdf.annotations import Text
from transcripts_reading import doubts, read_one, said

from peerqual.errors import ReadError
from peerqual.transcripts import deadline, hyphens
from peerqual.transcripts.deadline import TooLong, within
from peerqual.transcripts.formats import pdf

FONTS = b"/Font << /F1 5 0 R /F2 6 0 R >>"


def file(*objects, root=b"/Root 1 0 R"):
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, root, len(out),
    )  # fmt: skip


def stream(data, more=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def font(name):
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name


def written(*pages, resources=FONTS, more=()):
    """A PDF of `pages`, each a list of (x, y, words), or (x, y, words, size), or its content as bytes."""
    kids = b" ".join(b"%d 0 R" % (20 + 2 * n) for n in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)), b"null", b"null"]
    objects += [font(b"Helvetica"), font(b"Helvetica-Bold"), *more]
    objects += [b"null"] * (19 - len(objects))
    for n, page in enumerate(pages):
        content = page if isinstance(page, bytes) else b"\n".join(map(shown, page))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << %s >> /Contents %d 0 R >>" % (resources, 21 + 2 * n))
        objects.append(stream(content))
    return file(*objects)


def shown(line):
    x, y, words, size = (*line, 12)[:4]
    name, words = (b"F2", words[2:]) if words.startswith("**") else (b"F1", words)
    text = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    return b"BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (name, size, x, y, text)


def down(*lines, top=700, x=72, size=12):
    return [(x, top - 15 * n, words, size) for n, words in enumerate(lines)]


def opened(folder, data):
    return read_one(folder, data, "P01.pdf")


TURNS = ["E : Comment ça va ?", "Solène : Oui, ça va."]


def test_lines_and_labels(tmp_path):
    assert said(opened(tmp_path, written(down(*TURNS, "Enfin, je crois.")))) == [("E", "Comment ça va ?"), ("Solène", "Oui, ça va. Enfin, je crois.")]


def test_heads_feet_and_numbers_of_pages_are_dropped(tmp_path):
    words = ("au café", "chez soi", "au travail", "le soir", "en mai")

    def page(n):
        head = "Projet PAIRS" if n % 2 else "Entretien n° 3"
        return [(72, 770, head), *down(f"E : Et {words[n]}, ça va ?", "Solène : Oui,", f"{words[n]} ça va."), (300, 30, f"- {n + 1} -")]

    transcript = opened(tmp_path, written(*map(page, range(5))))
    assert said(transcript) == [pair for word in words for pair in (("E", f"Et {word}, ça va ?"), ("Solène", f"Oui, {word} ça va."))]
    assert not any(words in transcript.text for words in ("Projet", "n° 3", "- 2 -"))


def test_a_head_that_looks_like_a_turn(tmp_path):
    pages = [[(72, 770, "Solène : pair-aidante"), *down(f"E : Et {word} ?", f"Solène : Oui, {word}.")] for word in ("ici", "ensuite", "avant")]
    spoken = [pair for word in ("ici", "ensuite", "avant") for pair in (("E", f"Et {word} ?"), ("Solène", f"Oui, {word}."))]
    assert said(opened(tmp_path, written(*pages))) == spoken


def test_turns_at_the_edge_of_pages_are_no_heads(tmp_path):
    pages = [down("E : Et après ?", f"Solène : La suite {n}.", "E : Et après ?") for n in ("un", "deux")]
    assert said(opened(tmp_path, written(*pages))) == [
        ("E", "Et après ?"), ("Solène", "La suite un."), ("E", "Et après ?"),
        ("E", "Et après ?"), ("Solène", "La suite deux."), ("E", "Et après ?"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["1", "Page 1", "1/1", "Page 1 sur 1", "- 1 -"])
def test_the_number_of_a_single_page(number, tmp_path):
    assert number not in opened(tmp_path, written([*down(*TURNS), (300, 30, number)])).text.split("\n")


def test_numbers_that_are_said_stay(tmp_path):
    assert said(opened(tmp_path, written(down("E : Combien ?", "Solène : À peu près", "12"))))[1] == ("Solène", "À peu près 12")


def test_notes_below_the_text_are_left_out_and_said(tmp_path):
    page = [*down(*TURNS, "Une ligne du texte, plus longue que la note."), *down("1 Elle sourit.", "2 Rires.", top=90, size=8)]
    transcript = opened(tmp_path, written(page))
    assert "sourit" not in transcript.text
    assert [doubt.values["n"] for doubt in transcript.doubts if doubt.key == "transcripts.left_out"] == [2]


LEFT = ["E : Comment avez-vous", "connu le groupe, au", "tout début ?", "Solène : Par ma voisine", "qui y allait déjà tous", "les vendredis."]
RIGHT = ["E : Et ça vous a plu", "tout de suite, là-bas,", "chez eux ?", "Solène : Pas vraiment, il", "m'a fallu un an de plus", "pour y revenir."]


@pytest.mark.parametrize("order", ["line by line", "column by column"])
def test_two_columns(order, tmp_path):
    left, right = down(*LEFT), down(*RIGHT, x=330)
    page = [line for pair in zip(left, right, strict=True) for line in pair] if order == "line by line" else left + right
    turns = [" ".join(lines[at : at + 3]).split(" : ") for lines in (LEFT, RIGHT) for at in (0, 3)]
    assert said(opened(tmp_path, written(page))) == [tuple(turn) for turn in turns]


def test_a_table_goes_on_over_pages(tmp_path):
    def row(y, *cells):
        return [(x, y, words) for x, words in zip((72, 140, 220), cells, strict=True) if words]

    first = [*row(700, "Temps", "Locuteur", "Texte"), *row(680, "0:05", "E", "Comment avez-"), *row(665, "", "", "vous connu le groupe ?")]
    first += row(640, "0:09", "Solène", "Par ma voisine,")
    second = [*row(700, "", "", "je crois."), *row(680, "0:20", "E", "Et puis ?"), *row(660, "0:22", "Solène", "Et puis voilà.")]
    transcript = opened(tmp_path, written(first, second))
    assert said(transcript) == [
        ("E", "Comment avez-vous connu le groupe ?"), ("Solène", "Par ma voisine, je crois."), ("E", "Et puis ?"), ("Solène", "Et puis voilà."),
    ]  # fmt: skip
    assert [turn.time_start for turn in transcript.turns] == [5, 9, 20, 22]


def test_bold_names(tmp_path):
    spoken = [("IB", "Tranquille ?"), ("YH", "Oui."), ("IB", "Bien."), ("YH", "Et vous ?")]
    page = [piece for n, (name, words) in enumerate(spoken) for piece in ((72, 700 - 20 * n, f"**{name} "), (95, 700 - 20 * n, words))]
    assert said(opened(tmp_path, written(page))) == spoken


def test_letters_that_the_font_joined_are_letters_again(tmp_path):
    joined = b"<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [35 /ffi 37 /fl] >> >>"
    page = down("E : Ça su#t ?", "Solène : Un %ot de mots, oui.")
    transcript = opened(tmp_path, written(page, more=[joined], resources=b"/Font << /F1 7 0 R /F2 7 0 R >>"))
    assert said(transcript) == [("E", "Ça suffit ?"), ("Solène", "Un flot de mots, oui.")]


@pytest.mark.parametrize(
    "lines, whole",
    [
        (["une hospi-", "talisation"], "une hospitalisation"),
        (["une hospi\u00ad", "talisation,"], "une hospitalisation,"),
        (["c'est peut-", "être ça"], "c'est peut-être ça"),
        (["c'est-à-", "dire que"], "c'est-à-dire que"),
        (["celle-", "là"], "celle-là"),
        (["y a-t-", "il"], "y a-t-il"),
        (["la pair-aidance, la pair-", "aidance"], "la pair-aidance, la pair-aidance"),
        (["un rendez-", "vous"], "un rendez-vous"),
        (["le portemanteau, le porte-", "manteau"], "le portemanteau, le portemanteau"),
        (["Jean-", "Michel"], "Jean- Michel"),
        (["il dit -", "enfin"], "il dit - enfin"),
        (["de 1998-", "deux mille"], "de 1998- deux mille"),
        (["un mot-"], "un mot-"),
    ],
)
def test_words_cut_at_the_end_of_a_line(lines, whole):
    assert " ".join(" ".join(hyphens.joined(lines)).split()) == whole


# Refused, with the remedy -------------------------------------------------------------------------------------------------------


def refused(folder, data):
    with pytest.raises(ReadError) as caught:
        opened(folder, data)
    assert "\n" not in str(caught.value)
    return caught.value.key


IMAGE = stream(b"\0", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
PICTURE = FONTS + b" /XObject << /I 7 0 R >>"


def test_a_scan_is_refused_and_a_scanned_page_is_said(tmp_path):
    picture = b"q 600 0 0 800 0 0 cm /I Do Q"
    assert refused(tmp_path, written(picture, resources=PICTURE, more=[IMAGE])) == "office.scan"
    transcript = opened(tmp_path, written(down(*TURNS), picture, resources=PICTURE, more=[IMAGE]))
    assert [doubt.values["n"] for doubt in transcript.doubts if doubt.key == "office.pages_scanned"] == [1]


def test_pages_without_anything(tmp_path):
    assert refused(tmp_path, written(b"")) == "transcripts.empty"


def encrypted(folder, password):
    writer = pypdf.PdfWriter(folder / "source.pdf")
    writer.encrypt(user_password=password, owner_password="maison", algorithm="AES-256")
    writer.write(folder / "P01.pdf")
    return (folder / "P01.pdf").read_bytes()


def test_a_password_to_open_is_refused_and_one_to_print_is_not(tmp_path):
    (tmp_path / "source.pdf").write_bytes(written(down(*TURNS)))
    assert refused(tmp_path, encrypted(tmp_path, "secret")) == "office.locked_pdf"
    assert len(opened(tmp_path, encrypted(tmp_path, "")).turns) == 2


def test_letters_that_the_file_does_not_tell(tmp_path):
    drawn = b"<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding << /Differences [65 /uniE001 /uniE002 /uniE003] >> >>"
    assert refused(tmp_path, written(down("ABC CAB BCA", "BAC ABC"), more=[drawn], resources=b"/Font << /F1 7 0 R /F2 7 0 R >>")) == "office.garbled"


def test_comments_are_said(tmp_path):
    (tmp_path / "source.pdf").write_bytes(written(down(*TURNS)))
    writer = pypdf.PdfWriter(tmp_path / "source.pdf")
    writer.add_annotation(0, Text(rect=(50, 50, 90, 90), text="à vérifier"))
    writer.write(tmp_path / "P01.pdf")
    transcript = opened(tmp_path, (tmp_path / "P01.pdf").read_bytes())
    assert "comments" in doubts(transcript) and "vérifier" not in transcript.text


def form(content, resources=b""):
    return stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s >>" % resources)


TEXT = b"BT /F1 12 Tf 72 700 Td (E : Bonjour ?) Tj ET"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FORMS = FONTS + b" /XObject << /X 7 0 R >>"
CIRCLES = {
    "pages in pages": file(CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
    "a page that is itself": file(CATALOG, b"2 0 R"),
    "too many pages": written(*[TEXT]).replace(b"[20 0 R]", b"[" + b"20 0 R " * 3100 + b"]"),
    "a length that is itself": written(TEXT).replace(b"/Length %d" % len(TEXT), b"/Length 21 0 R"),
    "a form in itself": written(TEXT + b" /X Do", resources=FORMS, more=[form(TEXT + b" /X Do", FORMS)]),
    "a table before itself": written(TEXT).replace(b"/Root", b"/Prev 9 /Root"),
    "far away": written(b"BT /F1 12 Tf 1 0 0 1 " + b"9" * 400 + b" 700 Tm (E : Bonjour ?) Tj ET"),
    "nested without end": written(b"[" * 100_000),
    "many objects": b"%PDF-1.4\n" + b"1 0 obj\n" * 50_000,
    "unpacks to too much": written(TEXT, more=[]).replace(stream(TEXT), stream(zlib.compress(bytes(100_000_000)), b"/Filter /FlateDecode")),
    "nothing but a beginning": b"%PDF-1.7",
    "no PDF": b"hello",
}  # fmt: skip


@pytest.mark.parametrize("name", CIRCLES)
def test_circles_end(name, tmp_path):
    start = time.monotonic()
    try:
        transcript = opened(tmp_path, CIRCLES[name])
        assert "Bonjour" in transcript.text
    except ReadError as error:
        assert error.key in ("office.not_pdf", "office.too_full", "transcripts.empty")
    assert time.monotonic() - start < 30


def test_what_takes_too_long_is_interrupted(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_SECONDS", 0.2)
    many = stream(zlib.compress(b"BT /F1 1 Tf " + b"1 0 Td (a) Tj " * 200_000 + b"ET"), b"/Filter /FlateDecode")
    assert refused(tmp_path, written(TEXT).replace(stream(TEXT), many)) == "office.pdf_too_long"


def test_a_deadline_that_is_kept_interrupts_nothing():
    for _ in range(3):
        with within(0.05):
            pass
    with pytest.raises(TooLong), within(0.05):
        while True:
            pass
    end = time.monotonic() + 0.1
    while time.monotonic() < end:
        pass


def test_an_interruption_that_is_lost_comes_again(monkeypatch):
    monkeypatch.setattr(deadline, "AGAIN", 0.05)
    lost = 0
    with pytest.raises(TooLong), within(0.05):
        while True:
            try:
                while True:
                    pass
            except TooLong:
                lost += 1
                if lost == 2:
                    raise


def test_pypdf_logs_nothing(tmp_path, caplog):
    with caplog.at_level(logging.DEBUG):
        opened(tmp_path, CIRCLES["a form in itself"])
    assert not [record for record in caplog.records if record.name.startswith("pypdf")]
