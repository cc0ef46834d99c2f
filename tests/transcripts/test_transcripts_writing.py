"""The whole way with the product's own finder: the sample corpus comes back in its formats, pseudonymized; formats that are only read become text."""

from __future__ import annotations

import re

import pytest
from transcripts_writing import everything, replaced

from peerqual.anonymization import anonymize
from peerqual.model import Transcript
from peerqual.transcripts import read
from peerqual.transcripts.formats import READERS
from peerqual.transcripts.writing import WRITERS, suffix_of, write


def test_the_sample_corpus_comes_back_in_its_formats(small_sample, tmp_path):
    corpus = read(small_sample / "transcripts")
    study = anonymize(corpus)
    originals = corpus.by_id()
    suffixes = set()
    for transcript in study:
        original = originals[study.originals[transcript.id]]
        edits = [edit for edit in study.edits if edit.document == original.id]
        target = tmp_path / f"{transcript.id}{suffix_of(original)}"
        write(original, transcript, edits, target)
        suffixes.add(target.suffix)
        stands = everything(target)
        names = {original.text[m.start : m.end] for edit in edits for m in edit.mentions if m.label == "PER"}
        gone = {name for name in names if not re.search(rf"\b{re.escape(name)}\b", transcript.text)}
        assert gone or not names
        assert not {name for name in gone if re.search(rf"\b{re.escape(name)}\b", stands)}
    assert suffixes == {".txt", ".md", ".docx", ".srt", ".vtt"}
    again = read(tmp_path)
    assert [transcript.text.split() for transcript in again] == [transcript.text.split() for transcript in study]


def test_a_format_that_is_only_read_becomes_text(tmp_path):
    path = tmp_path / "A.csv"
    path.write_text("speaker,text\nMarc,Et Anne ?\nMaëlle,Oui.\nMarc,Bien.\nMaëlle,Voilà.\n", encoding="utf-8")
    corpus = read(path)
    study = replaced(corpus)
    assert suffix_of(corpus[0]) == ".txt"
    write(corpus[0], study[0], study.edits, tmp_path / "D01.txt")
    assert (tmp_path / "D01.txt").read_text(encoding="utf-8") == study[0].text


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_what_is_written_is_read(suffix):
    assert suffix in READERS
    assert suffix_of(Transcript("A", "", source=f"A{suffix.upper()}")) == suffix.upper()
