"""Any bytes are a transcript or a `ReadError`; bombs, entities and files without end are refused by name, in bounded time, without a look outside."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from peerqual.errors import ReadError
from peerqual.model import Failure
from peerqual.transcripts import bounds
from peerqual.transcripts.reading import read_file

TOOLS = sorted((Path(__file__).parent / "tools").iterdir())
SUFFIXES = sorted({path.suffix for path in TOOLS})
TRAPS = [b'"', b"<", b"\\u0000", b"]", b"-1", b"1e999"]
TIER = "<TIER TIER_ID='a'><ALIGNABLE_ANNOTATION><ANNOTATION_VALUE>x1</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></TIER>"
FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(path: Path, data: bytes | str) -> str:
    """Read `data`; return the key of the error, "" when it is read. Anything else than a `ReadError` is a fault."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    result = read_file(path)
    if isinstance(result, Failure):
        assert isinstance(result.error, ReadError)
        assert "\n" not in result.error.render("fr") + result.error.render("en")
        return result.error.key
    for turn in result.turns:
        assert 0 <= turn.start < turn.end <= len(result.text)
        assert all(turn.start <= a < b <= turn.end for a, b in turn.skips)
        assert turn.time_start is None or turn.time_start >= 0
    result.text.encode("utf-8")
    return ""


@pytest.mark.parametrize("suffix", SUFFIXES)
@FEW
@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
def test_any_bytes(tmp_path, suffix, data):
    outcome(tmp_path / f"a{suffix}", data)


@pytest.mark.parametrize("source", TOOLS, ids=lambda path: path.name)
@settings(FEW, max_examples=15)
@given(st.data())
def test_files_with_a_piece_cut_out_doubled_or_overwritten(tmp_path, source, data):
    whole = source.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    piece = data.draw(
        st.one_of(
            st.just(b""), st.just(whole[start:end] * 2), st.binary(max_size=20), st.sampled_from([b'"', b"<", b"\\u0000", b"]", b"-1", b"1e999"])
        )
    )
    outcome(tmp_path / source.name, whole[:start] + piece + whole[end:])


ENTITY = '<!DOCTYPE Trans [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><Trans><Turn speaker="">&b;</Turn></Trans>'
OUTSIDE = '<!DOCTYPE Trans [<!ENTITY a SYSTEM "file://{path}">]><Trans><Turn speaker="">&a;</Turn></Trans>'
PARAMETER = '<!DOCTYPE Trans [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd">%a;]><Trans><Turn speaker="">oui</Turn></Trans>'
UNDECLARED = '<!DOCTYPE Trans SYSTEM "trans-14.dtd"><Trans><Turn speaker="">caf&eacute;</Turn></Trans>'


@pytest.mark.parametrize("suffix", [".trs", ".xml", ".eaf", ".tei"])
@pytest.mark.parametrize("data", [ENTITY, OUTSIDE, PARAMETER], ids=["bomb", "file", "parameter"])
def test_declared_entities_are_refused(tmp_path, suffix, data):
    secret = tmp_path / "secret"
    secret.write_text("mot de passe", encoding="utf-8")
    assert outcome(tmp_path / f"a{suffix}", data.replace("{path}", str(secret))) == "readers.entities"
    assert outcome(tmp_path / f"b{suffix}", data.replace("{path}", str(secret)).encode("utf-16")) == "readers.entities"


def test_undeclared_entities_are_refused_rather_than_lost(tmp_path):
    assert outcome(tmp_path / "a.trs", UNDECLARED) == "readers.entities"


def test_a_document_type_that_only_names_its_dtd_is_let_through(tmp_path):
    assert outcome(tmp_path / "a.trs", UNDECLARED.replace("&eacute;", "é")) == ""


DEEP = {
    "a.json": '{"segments":' + "[" * 200_000,
    "b.json": "[" * 200_000 + "]" * 200_000,
    "a.trs": "<Trans>" + "<Turn>" * 20_000,
    "a.xml": "<TEI>" + "<u>" * 20_000 + "oui" + "</u>" * 20_000 + "</TEI>",
    "a.eaf": "<ANNOTATION_DOCUMENT>" + "<TIER>" * 20_000,
    "a.sonal": "<span class='lblseg'>" * 20_000 + "oui",
    "a.otr": '{"text": "' + "<div>" * 20_000 + 'oui"}',
    "a.html": "noScribe" + "<a name='ts_1_2_S0'><b>" * 20_000 + "oui",
}


@pytest.mark.parametrize("name", DEEP)
def test_levels_without_end_are_refused(tmp_path, name):
    assert outcome(tmp_path / name, DEEP[name]) in ("readers.too_full", "readers.broken")


@pytest.mark.parametrize("suffix", [".json", ".tsv", ".trs", ".eaf", ".cha", ".TextGrid", ".xml", ".otr", ".sonal", ".rtr", ".orfeo"])
def test_a_file_larger_than_a_transcript_is_refused_before_it_is_read(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    before = time.process_time()
    assert read_file(path).error.key == "transcripts.too_large"
    assert time.process_time() - before < 1


def test_more_values_than_a_transcript_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_VALUES", 1000)
    assert outcome(tmp_path / "a.json", "[" + "[]," * 1000 + "[]]") == "readers.too_full"
    assert outcome(tmp_path / "a.xml", "<TEI>" + "<u/>" * 1000 + "</TEI>") == "readers.too_full"


# Twice as much takes about twice as long: what grew with its square took minutes.
LONG = {
    "brackets.cha": "@Begin\n*A:\toui " + "[" * 100_000,
    "blanks.cha": "@Begin\n*A:\toui " + "[x] " * 30_000 + ".",
    "bullets.cha": "@Begin\n*A:\toui " + "\x15" * 100_000,
    "signs.cha": "@Begin\n*A:\toui " + "&=(<+#" * 20_000,
    "line.vtt": "WEBVTT\n\nNOTE noScribe\n\n" + "00:00:01.000 --> 00:00:02.000" * 4_000,
    "marks.rtr": "::1::2\n" + "[>A]b[1]" * 10_000,
    "open.rtr": "::1::2\noui" + "[>" * 50_000,
    "text.txt": "**** *a_1\n" + "bon\n" * 30_000,
    "variables.txt": ("**** " + "*a_1 " * 5_000 + "\nbon\n") * 2,
    "quotes.TextGrid": '"ooTextFile" "TextGrid" 0 1 1 ' + '"' * 100_001,
    "size.TextGrid": '"ooTextFile" "TextGrid" 0 1 1 "IntervalTier" "a" 0 1 999999999999 0 1 "x"',
    "syncs.trs": "<Trans><Turn speaker='a b'>" + "<Sync time='1'/><Who nb='1'/>x<Who nb='2'/>y" * 3_000 + "</Turn></Trans>",
    "tiers.eaf": "<ANNOTATION_DOCUMENT>" + TIER * 3_000 + "</ANNOTATION_DOCUMENT>",
    "number.json": '{"segments": [{"text": "oui", "start": ' + "9" * 100_000 + "}]}",
}


@pytest.mark.parametrize("name", LONG)
def test_long_files_take_bounded_time(tmp_path, name):
    before = time.process_time()
    outcome(tmp_path / name, LONG[name])
    assert time.process_time() - before < 5


def test_words_of_the_file_are_not_in_the_error(tmp_path):
    for source in TOOLS:
        (tmp_path / source.name).write_bytes(source.read_bytes()[:-30].replace(b">", b"", 3))
        result = read_file(tmp_path / source.name)
        if isinstance(result, Failure):
            told = result.error.render("en").replace(str(tmp_path / source.name), "")
            assert not re.search(r"Karima|sœur|jeudi|brodeuse", told)


def test_controls_and_halves_of_characters_do_not_reach_the_text(tmp_path):
    assert outcome(tmp_path / "a.json", '{"segments": [{"text": "ou\\u0000i \\ud800", "speaker": "A\\nB : C", "start": "NaN", "end": -3}]}') == ""
    transcript = read_file(tmp_path / "a.json")
    assert transcript.text == "A B C : ou i\n"
