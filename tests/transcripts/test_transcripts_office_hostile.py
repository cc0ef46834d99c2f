"""Office files that are broken, locked or made to harm: refused in one line, in bounded time and memory, whatever the format."""

from __future__ import annotations

import contextlib
import io
import re
import sys
import tempfile
import time
import tomllib
import tracemalloc
import zipfile
from pathlib import Path

import docx
import odfdo
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcripts_office import FILES
from transcripts_reading import said, written

from peerqual.errors import ReadError
from peerqual.model import Transcript
from peerqual.transcripts import read

ROOT = Path(__file__).parents[2]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def word():
    document = docx.Document()
    for line in ("E : Ça va ?", "Solène : Oui."):
        document.add_paragraph(line)
    return document


def opentext():
    document = odfdo.Document("text")
    document.body.clear()
    for line in ("E : Ça va ?", "Solène : Oui."):
        document.body.append(odfdo.Paragraph(line))
    return document


def book():
    made = openpyxl.Workbook()
    for row in (("Locuteur", "Texte"), ("E", "Ça va ?"), ("Solène", "Oui.")):
        made.active.append(row)
    return made


def opensheet():
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("F")
    for row in (("Locuteur", "Texte"), ("E", "Ça va ?"), ("Solène", "Oui.")):
        cells = "".join(f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in row)
        table.append(odfdo.Element.from_tag(f"<table:table-row>{cells}</table:table-row>"))
    document.body.append(table)
    return document


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


GOOD = {"docx": saved(word()), "odt": saved(opentext()), "xlsx": saved(book()), "ods": saved(opensheet())}
MAIN = {"docx": "word/document.xml", "odt": "content.xml", "xlsx": "xl/worksheets/sheet1.xml", "ods": "content.xml"}


def changed(suffix, change=lambda name, content: content, more=()):
    """A good file whose parts went through `change`, with `more` parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD[suffix])) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in source.infolist():
            made.writestr(part.filename, change(part.filename, source.read(part)))
        for name, content in more:
            made.writestr(name, content)
    return out.getvalue()


def in_main(suffix, change):
    return changed(suffix, lambda name, content: change(content) if name == MAIN[suffix] else content)


def refused(folder, suffix, data):
    with pytest.raises(ReadError) as caught:
        read(written(folder, data, f"X01.{suffix}"))
    for lang in ("fr", "en"):
        shown = caught.value.render(lang)
        assert "\n" not in shown and f"X01.{suffix}" in shown
    return caught.value.key


ARCHIVES = list(GOOD)
DECLARATION = re.compile(rb"\A<\?xml[^>]*\?>")
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
FETCHED = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
HIDDEN = b"<!--" + b"x" * 10_000 + b"-->" + OUTSIDE


@pytest.mark.parametrize("suffix", ARCHIVES)
def test_the_good_file_is_good(suffix, tmp_path):
    for data in (GOOD[suffix], changed(suffix)):
        assert said(read(written(tmp_path, data, f"X01.{suffix}"))[0]) == [("E", "Ça va ?"), ("Solène", "Oui.")]


@pytest.mark.parametrize("suffix", ARCHIVES)
@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, FETCHED, HIDDEN])
def test_document_types_and_entities(suffix, declared, tmp_path):
    assert refused(tmp_path, suffix, in_main(suffix, lambda xml: declared + DECLARATION.sub(b"", xml))) == "office.entities"


@pytest.mark.parametrize("suffix", ARCHIVES)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "cp037"])
def test_encodings_in_which_a_document_type_could_hide(suffix, encoding, tmp_path):
    def change(xml):
        body = DECLARATION.sub(b"", xml).decode("utf-8")
        return f'<?xml version="1.0" encoding="{encoding}"?>{OUTSIDE.decode()}{body}'.encode(encoding)

    assert refused(tmp_path, suffix, in_main(suffix, change)).partition(".")[2] in ("entities", "not_word", "not_odt", "not_sheet")


@pytest.mark.parametrize("suffix", ARCHIVES)
@pytest.mark.parametrize("name", ["../../evil", "a/../../evil", "/etc/evil", "..\\evil", "C:/evil"])
def test_names_that_lead_out_of_the_archive(suffix, name, tmp_path):
    assert refused(tmp_path, suffix, changed(suffix, more=[(name, "x")])) == "office.leads_out"


@pytest.mark.parametrize("suffix", ARCHIVES)
def test_bombs_are_not_unpacked(suffix, tmp_path):
    bombs = [
        changed(suffix, more=[("media/a.png", bytes(60 * 1024**2))]),
        changed(suffix, more=[(f"p{n}.xml", "<a/>") for n in range(5001)]),
        in_main(suffix, lambda xml: xml + b" " * (33 * 1024**2)),
    ]
    tracemalloc.start()
    for bomb in bombs:
        assert refused(tmp_path, suffix, bomb) == "transcripts.bomb"
    assert tracemalloc.get_traced_memory()[1] < 40 * 1024**2
    tracemalloc.stop()


@pytest.mark.parametrize("suffix", ARCHIVES)
def test_locked_broken_and_cut(suffix, tmp_path):
    broken = {"docx": "transcripts.not_word", "odt": "office.not_odt"}.get(suffix, "office.not_sheet")
    locked = "transcripts.locked_word" if suffix == "docx" else "office.locked"
    assert refused(tmp_path, suffix, OLE) == locked
    assert refused(tmp_path, suffix, in_main(suffix, lambda xml: xml[: len(xml) // 2])) == broken
    for data in (b"PK\x03\x04", b"hello", GOOD[suffix][:600], GOOD[suffix][:-40], changed("odt" if suffix != "odt" else "docx")):
        assert refused(tmp_path, suffix, data) == broken


@pytest.mark.parametrize("suffix", ["odt", "ods"])
def test_a_password_of_libreoffice(suffix, tmp_path):
    def change(name, content):
        return content.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>") if "manifest.xml" in name else content

    assert refused(tmp_path, suffix, changed(suffix, change)) == "office.locked"


@pytest.mark.parametrize("suffix, open_tag, close_tag", [
    ("docx", b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>"),
    ("odt", b"<table:table><table:table-row><table:table-cell>", b"</table:table-cell></table:table-row></table:table>"),
])  # fmt: skip
def test_tables_in_tables(suffix, open_tag, close_tag, tmp_path):
    def nested(depth):
        first = b"<w:p" if suffix == "docx" else b"<text:p"
        return in_main(suffix, lambda xml: xml.replace(first, open_tag * depth + close_tag * depth + first, 1))

    assert said(read(written(tmp_path, nested(40), f"X01.{suffix}"))[0]) == [("E", "Ça va ?"), ("Solène", "Oui.")]
    assert refused(tmp_path, suffix, nested(3000)) in ("transcripts.not_word", "office.not_odt")


LONG = [
    *[("html", body) for body in (b"<table><tr><td>a" * 5000, b"<div>a" * 10_000, b"<" * 100_000, b"<!--" * 20_000)],
    ("html", b"<table>" + b"<tr><td rowspan=9999 colspan=60>a<td>b" * 2000),
    *[("rtf", b"{\\rtf1 " + body) for body in (b"{" * 100_000, b"}" * 100_000, b"a\\par " * 20_000, b"\\cell" * 50_000)],
    ("rtf", b"{\\rtf1 " + b"\\intbl a\\cell b\\cell\\row" * 5000),
]


@pytest.mark.parametrize("suffix, data", LONG, ids=lambda value: str(value)[:24])
def test_much_of_the_same_takes_time_in_proportion(suffix, data, tmp_path):
    start = time.monotonic()
    with contextlib.suppress(ReadError):
        read(written(tmp_path, data, f"X01.{suffix}"))
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("suffix, data", [("html", b"<p>a" * 210_000), ("html", b"<b>" * 2_100_000), ("rtf", b"{\\rtf1 " + b"a\\par " * 210_000)])
def test_more_than_a_transcript_holds(suffix, data, tmp_path):
    assert refused(tmp_path, suffix, data) == "office.too_full"


REMEDIES = {"doc": "transcripts.legacy_word", "docm": "transcripts.save_as_docx", "pages": "office.pages", "xls": "transcripts.save_as_csv"}


@pytest.mark.parametrize("suffix", REMEDIES)
def test_formats_that_are_not_read_have_their_remedy(suffix, tmp_path):
    assert refused(tmp_path, suffix, OLE) == REMEDIES[suffix]


EXTRAS = {"pdf": ("pypdf", (FILES / "colon.pdf").read_bytes()), "xlsx": ("openpyxl", GOOD["xlsx"])}


@pytest.mark.parametrize("suffix", EXTRAS)
def test_a_missing_extra_is_named(suffix, tmp_path, monkeypatch):
    module, data = EXTRAS[suffix]
    monkeypatch.setitem(sys.modules, module, None)
    assert refused(tmp_path, suffix, data) == "office.extra_missing"
    with pytest.raises(ReadError) as caught:
        read(tmp_path / f"X01.{suffix}")
    extra = re.search(r'pip install "peerqual\[(\w+)\]"', str(caught.value))[1]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert any(one.startswith(module) for one in project["optional-dependencies"][extra])


SEEDS = {**GOOD, "pdf": (FILES / "bold.pdf").read_bytes(), "rtf": (FILES / "bold.rtf").read_bytes(), "html": (FILES / "table3.html").read_bytes()}
PIECES = st.one_of(
    st.binary(max_size=40), st.sampled_from([b"<", b">", b"{", b"}", b"\\u-1 ", b"<<", b" obj ", b"9999999999", b"<table><tr><td>", b"\\bin9 "])
)


def mangled(data, edits):
    out = bytearray(data)
    for share, length, piece in edits:
        at = int(share * len(out))
        out[at : at + length] = piece
    return bytes(out)


@pytest.mark.parametrize("suffix", SEEDS)
@settings(max_examples=25, deadline=None)
@given(edits=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 60), PIECES), min_size=1, max_size=6), inside=st.booleans())
def test_any_bytes_are_a_transcript_or_an_error(suffix, edits, inside):
    data = in_main(suffix, lambda xml: mangled(xml, edits)) if inside and suffix in MAIN else mangled(SEEDS[suffix], edits)
    with tempfile.TemporaryDirectory() as folder:
        try:
            transcript = read(written(Path(folder), data, f"X01.{suffix}"))[0]
        except ReadError as error:
            assert "\n" not in str(error)
        else:
            assert isinstance(transcript, Transcript)
            assert transcript.text.encode("utf-8").decode("utf-8") == transcript.text
            assert all(0 <= turn.start < turn.end <= len(transcript.text) for turn in transcript.turns)
