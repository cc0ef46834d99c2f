"""The seeds of the fuzzing (`benchmarks/fuzz.py`): each is a transcript that keeps its promises, or refused; so are they mangled."""

from __future__ import annotations

import math
import re
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from transcripts_reading import said

from peerqual.errors import ReadError, message
from peerqual.model import ROLES, Failure, Transcript
from peerqual.transcripts import building
from peerqual.transcripts.formats import READERS
from peerqual.transcripts.reading import read_file
from peerqual.transcripts.xml import outermost

SEEDS = sorted((Path(__file__).parent / "seeds").iterdir())
FILES = [*SEEDS, *sorted((Path(__file__).parent / "tools").iterdir())]
ALIAS = {".htm": ".html", ".ssa": ".ass"}
PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [b"", b"<", b"]]>", b'"', b"\\u-1?", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"9" * 30, b"1e999", b"NaN", b"-1", b"[[", b"\n\n", b"\x15"]
    ),
)


def outcome(path: Path) -> Transcript | None:
    """Read `path`; return what is read, None when it is refused. Anything else is a fault."""
    result = read_file(path)
    if isinstance(result, Failure):
        assert isinstance(result.error, ReadError), result.error.key
        for lang in ("fr", "en"):
            shown = result.error.render(lang)
            assert shown.startswith(str(path)) and "\n" not in shown
        return None
    text, at = result.text, 0
    assert text.encode("utf-8").decode("utf-8") == text
    for turn in result.turns:
        assert at <= turn.start < turn.end <= len(text) and turn.role in ROLES and "\n" not in turn.speaker and turn.speaker == turn.speaker.strip()
        at = turn.end
        edges = [turn.start, *(edge for skip in turn.skips for edge in skip), turn.end]
        assert edges == sorted(edges) and all(start < end for start, end in turn.skips)
        assert all(one is None or (math.isfinite(one) and one >= 0) for one in (turn.time_start, turn.time_end))
    assert all(0 <= memo.start <= memo.end <= len(text) for memo in result.memos)
    assert all("\n" not in message(doubt.key, "fr", **doubt.values) for doubt in result.doubts)
    return result


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_each_seed_is_read_or_refused(path):
    made = outcome(path)
    assert made is None or made.text.strip()


@pytest.mark.parametrize("suffix", READERS)
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_mangled_seed_is_read_or_refused(suffix, data):
    seeds = [path for path in FILES if path.suffix.lower() == ALIAS.get(suffix, suffix)]
    mangled = bytearray(data.draw(st.sampled_from(seeds)).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(mangled)))
        end = data.draw(st.integers(at, min(len(mangled), at + 60)))
        mangled[at:end] = data.draw(st.one_of(PIECES, st.just(bytes(mangled[at:end]) * 3)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"T01{suffix}"
        path.write_bytes(mangled)
        outcome(path)


TALK = [("E", "Ça va ?"), ("R", "Oui.")] * 3
MANY = {
    "a.txt": "".join(f"{speaker} : {words}\n" for speaker, words in TALK),
    "a.csv": "speaker,text\n" + "".join(f"{speaker},{words}\n" for speaker, words in TALK),
    "a.srt": "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},500\n{speaker} : {words}\n\n" for n, (speaker, words) in enumerate(TALK, start=1)),
    "a.trs": "<Trans>" + "".join(f'<Turn speaker="{speaker}">{words}</Turn>' for speaker, words in TALK) + "</Trans>",
}


@pytest.mark.parametrize("name", MANY)
def test_more_turns_or_lines_than_a_transcript_holds_are_refused(name, tmp_path, monkeypatch):
    path = tmp_path / name
    path.write_text(MANY[name], encoding="utf-8")
    bound = "MAX_LINES" if name == "a.txt" else "MAX_TURNS"
    monkeypatch.setattr(building, bound, 6)
    assert len(read_file(path).turns) == 6
    monkeypatch.setattr(building, bound, 5)
    assert read_file(path).error.key == "readers.too_full"


def test_what_stands_in_its_like_is_read_once():
    root = etree.fromstring('<a><u n="1"><u n="2"/>x<b/></u><b><u n="3"/></b><u n="4"/></a>')
    assert [one.get("n") for one in outermost(root, "u")] == ["1", "3", "4"]
    assert [one.get("n") for one in outermost(root, "u", where=lambda one: one.get("n") != "1")] == ["2", "3", "4"]


def test_a_cell_of_several_lines_gives_each_its_turn():
    made = read_file(Path(__file__).parent / "seeds" / "lines_in_cells.ods")
    assert said(made) == [("E", "Ça va ?"), ("R", "Oui. Enfin."), ("E", "Ah."), ("R", "Voilà.")]


def test_one_cell_far_out_makes_no_row_wide(tmp_path):
    book = openpyxl.Workbook()
    for row in (("Locuteur", "Texte"), ("E", "Ça va ?"), ("R", "Oui.")):
        book.active.append(row)
    book.active["IV2"] = " "
    book.save(tmp_path / "a.xlsx")
    assert said(read_file(tmp_path / "a.xlsx")) == [("E", "Ça va ?"), ("R", "Oui.")]


@pytest.mark.parametrize("number, told", [(5, ["E", "R"]), (1_048_576, ["E", "R"]), (1_048_577, "office.too_full"), (10**40, "office.too_full")])
def test_a_row_numbered_far_off_is_read_or_refused_not_lost(number, told, tmp_path):
    book = openpyxl.Workbook()
    for row in (("Locuteur", "Texte"), ("E", "Ça va ?"), ("R", "Oui.")):
        book.active.append(row)
    book.save(tmp_path / "good.xlsx")
    with zipfile.ZipFile(tmp_path / "good.xlsx") as good, zipfile.ZipFile(tmp_path / "far.xlsx", "w") as far:
        for name in good.namelist():
            far.writestr(name, re.sub(rb'<row r="3"', f'<row r="{number}"'.encode(), good.read(name)))
    made = read_file(tmp_path / "far.xlsx")
    assert (made.error.key if isinstance(made, Failure) else [turn.speaker for turn in made.turns]) == told
