"""Office files of real producers, python-docx and LibreOffice: the turns, times and header that everyone knows are in them."""

from __future__ import annotations

import pytest
from transcripts_office import FILES, MASTERS, SECONDS
from transcripts_reading import doubts, roles, said

from peerqual.transcripts import read

FIXTURES = [f"{name}.{suffix}" for name, (_, _, formats) in MASTERS.items() for suffix in formats.split()]


def opened(name, folder):
    stem, _, suffix = name.partition(".")
    path = FILES / name
    if suffix == "docx":
        path = folder / name
        MASTERS[stem][0]().save(path)
    return read(path)[0]


@pytest.mark.parametrize("name", FIXTURES)
def test_turns_are_as_they_were_written(name, tmp_path):
    transcript = opened(name, tmp_path)
    assert said(transcript) == MASTERS[name.partition(".")[0]][1]
    assert transcript.metadata["Date"] == "3 mai 2024"
    assert set(roles(transcript).values()) == {"interviewer", "respondent"}


@pytest.mark.parametrize("name", [name for name in FIXTURES if name.startswith(("table3", "own"))])
def test_times_are_as_they_were_written(name, tmp_path):
    transcript = opened(name, tmp_path)
    assert [turn.time_start for turn in transcript.turns] == SECONDS
    ends = [180.0 + n for n in range(6)] if name.startswith("own") else [None] * 6
    assert [turn.time_end for turn in transcript.turns] == ends


@pytest.mark.parametrize("suffix", MASTERS["tracked"][2].split())
def test_what_was_left_out_is_said_and_stands_nowhere_in_the_text(suffix, tmp_path):
    transcript = opened(f"tracked.{suffix}", tmp_path)
    assert {"comments" if suffix == "rtf" else "memos", "tracked", "hidden"} <= doubts(transcript)
    assert not any(words in transcript.text for words in ("te vous", "hésite", "à vérifier"))


@pytest.mark.parametrize("suffix", MASTERS["questions"][2].split())
def test_voices_that_only_bold_tells_are_doubted(suffix, tmp_path):
    assert "bold_questions" in doubts(opened(f"questions.{suffix}", tmp_path))


def test_every_file_belongs_to_a_document():
    assert sorted(path.name for path in FILES.iterdir()) == sorted(name for name in FIXTURES if not name.endswith(".docx"))


@pytest.mark.parametrize("name", ["colon.odt", "table3.rtf", "pages.pdf", "own.html"])
def test_what_was_built_reads_the_same_as_text(name, tmp_path):
    first = opened(name, tmp_path)
    (tmp_path / "again.txt").write_text(first.text, encoding="utf-8")
    again = read(tmp_path / "again.txt")[0]
    assert (again.text, said(again)) == (first.text, said(first))
