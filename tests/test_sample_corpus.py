"""The sample corpus: it is what its marked sources make, says that it is invented, and its gold points at the words it names."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from types import SimpleNamespace

import pytest

import peerqual as pq
from conftest import ROOT, SAMPLE
from peerqual.language.sentences import split
from peerqual.model import LABELS, ROLES

DOCUMENTS = {
    "E01_Kervandec": (".txt", "interview", 44, 2),
    "E02_entretien": (".docx", "interview", 44, 2),
    "E03": (".srt", "interview", 44, 2),
    "E04": (".vtt", "interview", 44, 2),
    "G01": (".txt", "group", 60, 6),
    "N01": (".md", "field_notes", 0, 0),
    "P01_Ollivaud": (".docx", "interview", 26, 2),
}
CODED = {"E01_Kervandec", "G01"}
ABSENT: set[str] = set()  # codes that nobody carries in the two coded documents, on purpose
FIGURES = (
    "le temps est vraiment bipolaire",
    "paranoïa collective",
    "dépression atmosphérique",
    "dépression sur toute",
    "dépression pour dimanche",
    "schizophrène, ces réunions",
)


def rows(name):
    with open(SAMPLE / name, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def corpus():
    return {transcript.id: transcript for transcript in pq.read(SAMPLE / "transcripts", participants=SAMPLE / "participants.csv")}


def builder(*words):
    return subprocess.run([sys.executable, ROOT / "tools" / "build_sample.py", *words], capture_output=True, text=True)


def test_files_are_as_their_sources_make_them():
    done = builder("--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_seven_documents(corpus):
    assert set(corpus) == set(DOCUMENTS)
    assert {path.name for path in (SAMPLE / "transcripts").iterdir()} == {f"{name}{suffix}" for name, (suffix, *_) in DOCUMENTS.items()}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_turns_voices_and_length(corpus, name):
    _, material, turns, voices = DOCUMENTS[name]
    transcript = corpus[name]
    assert transcript.material == material
    if turns:
        assert len(transcript.turns) >= turns
    assert len({turn.speaker for turn in transcript.turns if turns}) >= voices
    assert len(transcript.text.split()) >= (700 if name == "N01" else 1500)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_file_says_that_it_is_invented(name):
    source = (ROOT / "tools" / "sample" / f"{name}.txt").read_text(encoding="utf-8")
    header = source.split("\n\n")[0]
    assert "fictif" in header.lower()
    suffix = DOCUMENTS[name][0]
    raw = (SAMPLE / "transcripts" / f"{name}{suffix}").read_bytes()
    if suffix == ".docx":
        import docx

        raw = docx.Document(SAMPLE / "transcripts" / f"{name}{suffix}").paragraphs[0].text.encode()
    assert "fictif" in raw[:400].decode(errors="ignore").lower()


def test_gold_spans_equal_their_text(corpus):
    for table in ("gold/identifiers.csv", "gold/codings.csv"):
        for row in rows(table):
            assert corpus[row["document"]].text[int(row["start"]) : int(row["end"])] == row["text"], row


def test_identifiers_of_all_labels_cut_no_word_and_do_not_overlap(corpus):
    found = rows("gold/identifiers.csv")
    assert {row["label"] for row in found} == set(LABELS)
    assert {row["document"] for row in found} == set(DOCUMENTS)
    last = {}
    for row in found:
        text, start, end = corpus[row["document"]].text, int(row["start"]), int(row["end"])
        assert start >= last.get(row["document"], 0)
        last[row["document"]] = end
        assert not (text[start - 1 : start].isalnum() and text[start].isalnum()), row
        assert not (text[end : end + 1].isalnum() and text[end - 1].isalnum()), row


def test_every_name_is_marked_wherever_it_stands(corpus):
    """A name or disorder of the gold that stands elsewhere in the same document is marked there too, but for figures of speech."""
    found = rows("gold/identifiers.csv")
    missed = []
    for name, transcript in corpus.items():
        mine = [row for row in found if row["document"] == name]
        covered = {i for row in mine for i in range(int(row["start"]), int(row["end"]))}
        text = re.sub("|".join(FIGURES), lambda hit: "-" * len(hit[0]), transcript.text)
        for word in {row["text"] for row in mine if row["label"] in ("PER", "ORG", "HOSP", "LOC", "MED", "DIAG") and len(row["text"]) > 2}:
            hits = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)
            missed += [(name, word, hit.start()) for hit in hits if hit.start() not in covered]
    assert not missed


def test_codings_are_sentences_of_answers_in_two_documents(corpus):
    codebook = pq.Codebook.load()
    assignable = {code.id for code in codebook.codes if code.assignable}
    found = rows("gold/codings.csv")
    assert {row["document"] for row in found} == CODED
    assert {row["code"] for row in found} == assignable - ABSENT
    assert {row["polarity"] for row in found} == {"+", "-"}
    assert len({tuple(row.values()) for row in found}) == len(found)
    for name in CODED:
        turns = [turn for turn in corpus[name].turns if turn.role != "interviewer"]
        sentences = {(t.start + a, t.start + b) for t in turns for a, b in split(corpus[name].text[t.start : t.end])}
        spans = {(int(row["start"]), int(row["end"])) for row in found if row["document"] == name}
        assert spans <= sentences
        assert 0.3 <= len(spans) / len(sentences) <= 0.7


def test_participants_are_the_speakers_of_the_transcripts(corpus):
    table = rows("participants.csv")
    told = {(row["document"], row["speaker"]) for row in table}
    speak = {(name, turn.speaker) for name, transcript in corpus.items() for turn in transcript.turns if DOCUMENTS[name][2]}
    assert told == speak
    assert all(row["role"] in ROLES and re.fullmatch(r"[PR]\d\d", row["participant"]) for row in table)
    documents = Counter(row["participant"] for row in table)
    assert documents["P01"] == 2 and documents["R01"] >= 3
    for transcript in corpus.values():
        for turn in transcript.turns:
            if DOCUMENTS[transcript.id][2]:
                row = next(r for r in table if (r["document"], r["speaker"]) == (transcript.id, turn.speaker))
                assert (turn.participant, turn.role) == (row["participant"], row["role"])


@pytest.fixture
def tools(monkeypatch):
    """The builder's modules."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import build_sample
    import sample_source

    return SimpleNamespace(build=build_sample, source=sample_source)


def test_two_builds_make_the_same_word_file(tools):
    source = tools.source.read_source(ROOT / "tools" / "sample" / "P01_Ollivaud.txt")
    write = tools.build.FORMATS["P01_Ollivaud"][1]
    assert write(source) == write(source)


@pytest.mark.parametrize(
    ("marked", "said"),
    [("Un [[XYZ:mot]].", "unknown label"), ("Un [[PER:mot.", "not well formed"), ("Fin.{{espoir", "not well formed")],
)
def test_a_faulty_mark_is_refused(tools, marked, said):
    with pytest.raises(tools.source.SampleError, match=said):
        tools.source.paragraph(marked)


def test_marks_are_found_again_whatever_the_spaces_and_a_changed_text_is_refused(tools):
    paragraph, Source = tools.source.paragraph, tools.source.Source
    source = Source((paragraph("Lieu : [[LOC:Port-Hadrien]]"),), (paragraph("[[PER:Zoé]] : Moi. J'ai  vu [[PER:Anne Lise]].{{espoir-}} Bon."),))
    text = "Lieu : Port-Hadrien\n\nZoé : Moi. J'ai vu\nAnne Lise. Bon.\n"
    identifiers, codings = tools.build.gold(source, text, "G01")
    assert [row[3:] for row in identifiers] == [("LOC", "Port-Hadrien"), ("PER", "Zoé"), ("PER", "Anne Lise")]
    assert [row[3:] for row in codings] == [("espoir", "-", "J'ai vu\nAnne Lise.")]
    for changed in (text.replace("vu", "su"), text.replace("Lieu", "Date"), text + "Fin."):
        with pytest.raises(tools.source.SampleError):
            tools.build.gold(source, changed, "G01")
    inside = Source((), (paragraph("Zoé : Un mot{{espoir}} de trop."),))
    with pytest.raises(tools.source.SampleError, match="end of a sentence"):
        tools.build.gold(inside, "Zoé : Un mot de trop.", "G01")
