"""Which files are read, in which encoding, and what is said of those that cannot be."""

from __future__ import annotations

import codecs
import os
import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcripts_reading import doubts, read_one, said, written

from peerqual.errors import ReadError
from peerqual.transcripts import doubts_table, overview, read, timecodes, turns_table

TALK = "E : Ça va, l'été ?\nSolène : Oui… « mieux ».\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.md", "c.csv"):
        written(tmp_path, TALK if name != "c.csv" else "speaker,text\nE,Oui.\n", name)
    return tmp_path


def ids(corpus):
    return [transcript.id for transcript in corpus]


def test_a_folder_gives_its_transcripts_and_not_what_lies_below(folder):
    for name in ("README.md", "LISEZMOI.txt", "participants.csv", ".cache.txt", "~$d.docx", ".~lock.b.txt#", "photo.jpg", "voix.mp3", "sans_suffixe"):
        written(folder, "document,participant\n", name)
    (folder / "below").mkdir()
    written(folder / "below", TALK, "d.txt")
    assert ids(read(folder)) == ["a", "b", "c"]
    assert ids(read(str(folder))) == ["a", "b", "c"]


def test_globs_lists_and_mixes(folder):
    (folder / "more").mkdir()
    written(folder / "more", TALK, "d.txt")
    assert ids(read(str(folder / "*.txt"))) == ["b"]
    assert ids(read(folder / "[ab].*")) == ["a", "b"]
    assert ids(read([folder / "more", folder / "b.txt", str(folder / "a*")])) == ["a", "b", "d"]
    assert ids(read([folder / "b.txt", folder / "b.txt", folder])) == ["a", "b", "c"]


def test_a_name_that_looks_like_a_glob_is_a_name(tmp_path):
    written(tmp_path, TALK, "E[1].txt")
    assert ids(read(tmp_path / "E[1].txt")) == ["E[1]"]


def test_suffixes_in_capitals(tmp_path):
    written(tmp_path, TALK, "E1.TXT")
    assert overview(read(tmp_path))["format"].tolist() == ["txt", "txt"]


@pytest.mark.parametrize("other", ["b.md", "B.md"])
def test_two_files_with_one_stem(other, folder):
    written(folder, TALK, other)
    with pytest.raises(ReadError, match=r"b\.(txt|md)") as caught:
        read(folder)
    assert caught.value.key == "transcripts.one_stem"


@pytest.mark.parametrize("name, key", [("nothing.txt", "missing"), ("*.docx", "nothing_here"), ("empty", "nothing_here")])
def test_nothing_to_read(name, key, folder):
    (folder / "empty").mkdir()
    with pytest.raises(ReadError) as caught:
        read(folder / name)
    assert caught.value.key == f"transcripts.{key}"


REFUSED = {
    "a.doc": (b"\xd0\xcf\x11\xe0", "legacy_word"),
    "a.docm": (b"PK", "save_as_docx"),
    "a.xls": (b"\xd0\xcf\x11\xe0", "save_as_csv"),
    "a.xyz": (b"hello", "unknown_format"),
    "a": (b"hello", "unknown_format"),
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \r\n\t ", "empty"),
    "blank16.txt": ("  ".encode("utf-16"), "empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "image.md": (b"\x89PNG\r\n\x1a\n" + bytes(40), "binary"),
    "controls.txt": (("mot\x01\x02\x03" * 30).encode(), "binary"),
    "russian.txt": (("Привет, как дела сегодня?\n" * 5).encode("koi8-r"), "encoding"),
    "mixed.txt": (("été « là » où\n" * 5).encode() + b"\xe9\n", "encoding"),
    "undefined.txt": (b"E : \x8d\x81\n", "encoding"),
    "cut16.txt": (codecs.BOM_UTF16_LE + b"a", "encoding"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_says_why_in_one_line(name, tmp_path):
    data, key = REFUSED[name]
    written(tmp_path, data, name)
    with pytest.raises(ReadError) as caught:
        read(tmp_path / name)
    assert caught.value.key == f"transcripts.{key}"
    for lang in ("fr", "en"):
        assert "\n" not in caught.value.render(lang) and name in caught.value.render(lang)


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_file_stops_nothing(jobs, folder):
    written(folder, b"", "bad.txt")
    written(folder, b"%PDF", "scan.pdf")
    corpus = read(folder, jobs=jobs)
    assert ids(corpus) == ["a", "b", "c"]
    assert [(os.path.basename(failure.source), failure.error.key) for failure in corpus.failures] == [
        ("bad.txt", "transcripts.empty"),
        ("scan.pdf", "office.not_pdf"),
    ]


def test_jobs_change_nothing(folder):
    assert read(folder, jobs=2) == read(folder)


def test_a_file_too_large_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr("peerqual.transcripts.decoding.MAX_TEXT", 10)
    with pytest.raises(ReadError) as caught:
        read_one(tmp_path, TALK)
    assert caught.value.key == "transcripts.too_large"


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_and_line_ends_give_one_text(encoding, end, tmp_path):
    transcript = read_one(tmp_path, TALK.replace("\n", end).encode(encoding))
    assert transcript.text == TALK
    assert doubts(transcript) - {"role_questions", "label_once"} == ({"cp1252"} if encoding == "cp1252" else set())


def test_windows_1252_is_told_with_the_first_line_that_speaks_for_it(tmp_path):
    transcript = read_one(tmp_path, "E : Oui.\nP : Non.\nE : été\n".encode("cp1252"))
    assert [(doubt.line, doubt.key) for doubt in transcript.doubts if "cp1252" in doubt.key] == [(3, "transcripts.cp1252")]


def test_the_text_is_the_file_to_the_character(tmp_path):
    text = "E\u00a0: \u202fÇa va\u2028?\u0085 \ufb01 e\u0301 \U0001f600\n\n\n  Solène : oui\t \n"
    transcript = read_one(tmp_path, text)
    assert transcript.text == text
    assert len(transcript.turns) == 2


def test_tables_of_what_was_understood(tmp_path):
    text = "E : [00:00:05] Ça va, peut-être ?\nSolène : Je l'ai [00:00:09] dit.\nSolène : Oui.\n"
    corpus = read([written(tmp_path, text, "T01.txt"), written(tmp_path, "Une charte.", "T02.txt")])
    rows = [tuple(row) for row in overview(corpus, "en").itertuples(index=False)]
    assert rows == [
        ("T01", "txt", "interview", "E", "interviewer", "its label says so", "", 1, 3),
        ("T01", "txt", "interview", "Solène", "respondent", "by default", "T01:Solène", 2, 4),
        ("T02", "txt", "document", "", "", "", "", 0, 2),
    ]
    turns = turns_table(corpus)
    assert list(turns.columns) == ["document", "start", "end", "speaker", "participant", "role", "time_start", "time_end"]
    assert [text[start:end] for start, end in zip(turns["start"], turns["end"], strict=True)] == [
        "Ça va, peut-être ?",
        "Je l'ai [00:00:09] dit.",
        "Oui.",
    ]
    assert turns["time_start"].fillna(-1).tolist() == [5, -1, -1]


def test_doubts_are_told_in_two_languages_without_words_of_the_transcript(tmp_path):
    corpus = read(written(tmp_path, "E : Ça va ?\nSolène : Oui.\nE : Bien.\nYildiz : Pardon.\nSolène :\n"))
    for lang in ("fr", "en"):
        table = doubts_table(corpus, lang=lang)
        assert table[["file", "line"]].to_numpy().tolist() == [["T01.txt", 4], ["T01.txt", 5]]
        assert not any(word in doubt for doubt in table["doubt"] for word in ("Yildiz", "Solène", "Pardon"))
    assert doubts_table(corpus, "fr")["doubt"].tolist() != doubts_table(corpus, "en")["doubt"].tolist()


def test_empty_tables_keep_their_columns(tmp_path):
    corpus = read(written(tmp_path, "Une charte."))
    assert len(turns_table(corpus)) == 0 and len(turns_table(corpus).columns) == 8
    assert doubts_table(corpus).columns.tolist() == ["file", "line", "doubt"]


def test_errors_can_be_handed_back_by_workers(tmp_path):
    error = ReadError("transcripts.empty", where="x.txt", line=3)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


HEAVY = {
    "one line": "E : " + "mot " * 80_000,
    "colons": "a:" * 150_000,
    "brackets": "[" * 300_000,
    "stars": "*" * 300_000 + "x",
    "spaces": "x" + " " * 300_000 + "x",
    "blank lines": "E : a\n" + "\n" * 300_000 + "M : b\n",
    "time codes": "E : " + "[00:00:01] " * 30_000,
    "half time codes": "E : " + "1:" * 150_000,
    "asides": "E : a\n" + "(x)\n" * 60_000,
    "labels": "".join(f"P{n} : x\n" for n in range(20_000)),
    "front matter": "---\na: " + "[" * 100_000 + "\n---\nE : a\n",
    "rules": "---\n" * 60_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_no_text_takes_long(name, tmp_path):
    """300 kB each: what is linear takes a second or two of the processor, what is not takes hours."""
    before = time.process_time()
    consistent(read_one(tmp_path, HEAVY[name]))
    assert time.process_time() - before < 30


@pytest.mark.parametrize(
    "name, text", [("x.srt", "1\n00:00:01,000 --> 00:00:02,000\n"), ("x.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n"), ("x.csv", "text\n")]
)
@pytest.mark.parametrize("stuff", ["<" * 200_000, "&" * 200_000, "<v A>x" * 20_000])
def test_nor_in_other_formats(name, text, stuff, tmp_path):
    before = time.process_time()
    consistent(read_one(tmp_path, text + stuff, name))
    assert time.process_time() - before < 30


# --- properties ------------------------------------------------------------------------------------------------------

LABELS = ["E", "Solène", "MARC", "P3", "Dr X.", "Enquêtrice", "Jean-Noël", "spk_0"]
SPEECH = st.sampled_from(
    [
        "oui",
        "Non.",
        "Il m'a dit : « viens ».",
        "Donc : voilà",
        "[00:00:07] mais",
        "(rires)",
        "– un",
        "Ça va ?",
        "à 12:30",
        "e\u0301tait",
        "\u00a0",
        "…",
    ]
)
TURNS = st.lists(st.tuples(st.sampled_from(LABELS[:4]), st.lists(SPEECH, min_size=1, max_size=4)), min_size=4, max_size=12)


def consistent(transcript):
    """Turns are in order, inside the text, never overlap, begin and end with words; skips lie inside, in order."""
    at = 0
    for turn in transcript.turns:
        assert at <= turn.start < turn.end <= len(transcript.text)
        assert not transcript.text[turn.start].isspace() and not transcript.text[turn.end - 1].isspace()
        inside = turn.start
        for start, end in turn.skips:
            assert inside <= start < end <= turn.end
            inside = end
        at = turn.end


@settings(max_examples=60, deadline=None)
@given(TURNS, st.sampled_from([" : ", ": ", "\u00a0: "]), st.sampled_from(["\n", "\n\n"]))
def test_labelled_turns_come_back(tmp_path_factory, turns, colon, gap):
    folder = tmp_path_factory.mktemp("turns")
    lines = [f"{speaker}{colon}Alors {' '.join(parts)} bon" for speaker, parts in turns]
    transcript = read_one(folder, gap.join(lines) + "\n")
    consistent(transcript)
    # A label that stands once may be doubted, never one that comes back.
    often = {speaker for speaker, _ in turns if sum(speaker == other for other, _ in turns) > 1}
    found = [speaker for speaker, _ in said(transcript)]
    assert [speaker for speaker in found if speaker in often] == [speaker for speaker, _ in turns if speaker in often]
    assert read_one(folder, gap.join(lines) + "\n") == transcript


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab E:.-–?\n\n[]()«»01: *#é\u00a0\t\r"), max_size=200))
def test_any_text_is_read_and_read_the_same_twice(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("text")
    if not text.strip():
        return
    transcript = read_one(folder, text)
    consistent(transcript)
    assert transcript.text == text.replace("\r\n", "\n").replace("\r", "\n")
    assert read_one(folder, text) == transcript


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["x.txt", "x.md", "x.srt", "x.vtt", "x.csv", "x.docx"]))
def test_any_bytes_are_read_or_refused(tmp_path_factory, data, name):
    try:
        consistent(read_one(tmp_path_factory.mktemp("bytes"), data, name))
    except ReadError as error:
        assert name in str(error)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("012:h'’′\"[]()#-.,à <>{} \u0661"), max_size=40), st.integers(0, 5), st.integers(0, 5))
def test_the_shortcut_to_time_codes_misses_none(text, before, after):
    end = max(before, len(text) - after)
    assert list(timecodes.spans(text, before, end)) == [found.span() for found in timecodes.ANYWHERE.finditer(text, before, end)]


SAID = st.lists(
    st.tuples(
        st.sampled_from(["E", "Solène", "P3"]), st.lists(st.sampled_from(["oui", "Il dit : non", "Ça va ?", "voilà."]), min_size=1, max_size=3)
    ),
    min_size=6,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(SAID)
def test_a_built_text_reads_the_same_as_plain_text(tmp_path_factory, turns):
    """What .csv (and .docx, subtitles) builds, `run` writes as ID.txt: its turns must come back."""
    folder = tmp_path_factory.mktemp("built")
    rows = "".join(f'{speaker};"{" ".join(words)}"\n' for speaker, words in turns if sum(speaker == other for other, _ in turns) > 1)
    if not rows:
        return
    built = read_one(folder, "locuteur;texte\n" + rows, "B.csv")
    again = read_one(folder, built.text, "A.txt")
    assert again.text == built.text
    assert [(t.speaker, t.start, t.end, t.role) for t in again.turns] == [(t.speaker, t.start, t.end, t.role) for t in built.turns]
