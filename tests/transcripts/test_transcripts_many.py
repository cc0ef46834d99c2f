"""Many files: progress, processes, a status line per file, taking up again, a draft of participants.csv, and the command that does it."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcripts_reading import written

from peerqual import transcripts
from peerqual.cli import run_command_line
from peerqual.errors import PeerqualError, ReadError, UsageError
from peerqual.model import Corpus, Transcript, Turn
from peerqual.transcripts import Status, draft_participants, overview, read
from peerqual.transcripts.formats import READERS

TALK = "Enquêtrice : Ça va ?\nMaëlle : Oui, mieux que cet été.\nEnquêtrice : Ah ?\nMaëlle : Voilà.\n"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "corpus"
    made.mkdir()
    for n in range(4):
        written(made, TALK, f"T{n}.txt")
    written(made, b"", "T9.txt")
    return made


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def names(corpus):
    return [transcript.id for transcript in corpus]


# --- progress and processes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_hears_of_each_file_and_order_stays(jobs, folder):
    heard = []
    corpus = read(folder, jobs=jobs, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(n, 5) for n in range(1, 6)]
    assert names(corpus) == ["T0", "T1", "T2", "T3"] and [os.path.basename(failure.source) for failure in corpus.failures] == ["T9.txt"]


def test_more_processes_give_the_same_corpus(folder):
    for n in range(10, 60):
        written(folder, TALK * (1 + n % 3), f"T{n}.txt")
    one, two = read(folder), read(folder, jobs=2)
    assert (one.transcripts, one.participants) == (two.transcripts, two.participants)
    assert [str(failure.error) for failure in one.failures] == [str(failure.error) for failure in two.failures]


def test_what_nobody_foresaw_stops_nothing_and_tells_no_words(folder, monkeypatch):
    def broken(path, material):
        raise ValueError("Maëlle")

    monkeypatch.setitem(READERS, ".md", broken)
    written(folder, TALK, "X.md")
    corpus = read(folder)
    assert names(corpus) == ["T0", "T1", "T2", "T3"]
    error = corpus.failures[-1].error
    assert (type(error), error.key) == (PeerqualError, "transcripts.unforeseen")
    assert "ValueError" in str(error) and "Maëlle" not in str(error) and "\n" not in str(error)
    monkeypatch.setenv("PEERQUAL_DEBUG", "1")
    with pytest.raises(ValueError, match="Maëlle"):
        read(folder)


# --- status ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_line_for_each_file(jobs, folder, tmp_path):
    read(folder, jobs=jobs, status=Status(tmp_path / "s.jsonl"))
    told = {line["file"]: line for line in lines(tmp_path / "s.jsonl")}
    assert set(told) == {"T0.txt", "T1.txt", "T2.txt", "T3.txt", "T9.txt"}
    good, bad = told["T0.txt"], told["T9.txt"]
    assert [good[name] for name in ("id", "status", "turns", "words", "error")] == ["T0", "done", 4, 9, ""]
    assert (bad["status"], bad["turns"], bad["words"]) == ("failed", 0, 0)
    assert "T9.txt" in bad["error"] and "\n" not in bad["error"]
    assert "Maëlle" not in (tmp_path / "s.jsonl").read_text(encoding="utf-8")
    assert sum(overview(read(folder))["words"]) == sum(line["words"] for line in told.values())


def test_a_line_is_there_before_the_next_file_is_read(folder, tmp_path):
    seen = []
    read(folder, status=Status(tmp_path / "s.jsonl"), progress=lambda done, total: seen.append(len(lines(tmp_path / "s.jsonl"))))
    assert seen == [1, 2, 3, 4, 5]


def test_what_is_done_is_not_read_again(folder, tmp_path):
    read(folder, status=Status(tmp_path / "s.jsonl"))
    again = Status(tmp_path / "s.jsonl", resume=True)
    corpus = read(folder, status=again)
    assert (names(corpus), len(corpus.failures), again.skipped) == ([], 1, 4)
    assert [line["file"] for line in lines(tmp_path / "s.jsonl")[5:]] == ["T9.txt"]


def test_what_has_changed_is_read_again(folder, tmp_path):
    read(folder, status=Status(tmp_path / "s.jsonl"))
    stat = (folder / "T0.txt").stat()
    written(folder, TALK.replace("Oui", "Non"), "T0.txt")  # same size, same time, another text
    os.utime(folder / "T0.txt", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    os.utime(folder / "T1.txt", ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    written(folder, TALK, "T9.txt")
    written(folder, TALK, "T7.txt")
    corpus = read(folder, status=Status(tmp_path / "s.jsonl", resume=True))
    assert names(corpus) == ["T0", "T1", "T7", "T9"]
    assert names(read(folder, status=Status(tmp_path / "s.jsonl", resume=True))) == []


def test_what_was_read_otherwise_is_read_again(folder, tmp_path, monkeypatch):
    read(folder, status=Status(tmp_path / "s.jsonl"))
    assert len(read(folder, material="group", status=Status(tmp_path / "s.jsonl", resume=True, options="group"))) == 4
    monkeypatch.setattr("peerqual.__version__", "9.9")
    assert len(read(folder, status=Status(tmp_path / "s.jsonl", resume=True))) == 4


def test_a_line_that_was_torn_is_not_done_and_spoils_nothing(folder, tmp_path):
    path = tmp_path / "s.jsonl"
    read(folder, status=Status(path))
    whole = path.read_bytes().splitlines(keepends=True)
    for cut in (1, 8, 40, len(whole[0]) - 2):
        path.write_bytes(whole[1] + whole[0][:cut])
        assert names(read(folder, status=Status(path, resume=True))) == ["T0", "T2", "T3"]
        assert names(read(folder, status=Status(path, resume=True))) == []


def test_a_status_is_not_overwritten(folder, tmp_path):
    (tmp_path / "s.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        Status(tmp_path / "s.jsonl")
    assert caught.value.key == "transcripts.status_exists"


@pytest.mark.parametrize("other", [TALK, '{"a": 1}\n', "[1]\n", '"x"\n'])
def test_another_file_is_never_taken_for_a_status(other, tmp_path):
    path = written(tmp_path, other, "T0.txt")
    with pytest.raises(PeerqualError) as caught:
        Status(path, resume=True)
    assert (caught.value.key, caught.value.line) == ("transcripts.status_other", 1)
    assert path.read_bytes() == other.encode()


def test_a_status_that_cannot_be_written(tmp_path):
    with pytest.raises(PeerqualError) as caught:
        Status(tmp_path / "nowhere" / "s.jsonl")
    assert caught.value.key == "transcripts.status_file"


# --- a draft of participants.csv -------------------------------------------------------------------------------------


def corpus_of(**voices):
    """A corpus by hand: each document's voices with their roles."""
    made = []
    for document, speakers in voices.items():
        turns = tuple(Turn(speaker, None, role, n, n + 1) for n, (speaker, role) in enumerate(speakers))
        made.append(Transcript(document, "x" * (len(turns) + 1), turns, material="interview"))
    return Corpus(tuple(made))


ASKS, ANSWERS, OTHER = "interviewer", "respondent", "other"


def test_one_row_a_voice_with_an_id_and_a_role():
    corpus = corpus_of(A=[("E", ASKS), ("Maëlle", ANSWERS), ("E", ASKS)], B=[("Une femme", OTHER), ("", OTHER)])
    draft = draft_participants(corpus)
    assert draft.columns.tolist() == ["document", "speaker", "participant", "role", "association", "sex", "age_band"]
    assert draft.iloc[:, :4].to_numpy().tolist() == [
        ["A", "E", "P01", ASKS],
        ["A", "Maëlle", "P02", ANSWERS],
        ["B", "Une femme", "P03", OTHER],
        ["B", "", "P04", OTHER],
    ]
    assert set(draft.iloc[:, 4:].to_numpy().ravel()) == {""}


def test_one_full_name_is_one_person_and_a_first_name_is_one_per_document():
    voices = [("Enquêtrice", ASKS), ("Maëlle Kerdoncuff", ANSWERS), ("Odile", ANSWERS), ("P1", ANSWERS), ("Une femme", OTHER), ("A/B", OTHER)]
    draft = draft_participants(corpus_of(A=voices, B=[(speaker.upper(), role) for speaker, role in voices]))
    ids = dict(zip(zip(draft["document"], draft["speaker"].str.lower(), strict=True), draft["participant"], strict=True))
    same = {speaker for speaker, _ in voices if ids["A", speaker.lower()] == ids["B", speaker.lower()]}
    assert same == {"Enquêtrice", "Maëlle Kerdoncuff"}
    assert len(set(ids.values())) == 10


def test_what_a_table_tells_is_kept_and_ids_do_not_clash(tmp_path):
    (tmp_path / "t").mkdir()
    for name in ("A", "B"):
        written(tmp_path / "t", TALK.replace("Maëlle", "Maëlle Kerdoncuff"), f"{name}.txt")
    table = "document,speaker,participant,role,sex,ward,consent_audio\nA,Maëlle Kerdoncuff,P01,facilitator,f,3,oui\n"
    draft = draft_participants(read(tmp_path / "t", participants=written(tmp_path, table, "participants.csv")))
    assert draft.columns.tolist()[4:] == ["association", "sex", "age_band", "ward", "consent_audio"]
    assert draft.to_numpy().tolist() == [
        ["A", "Enquêtrice", "P02", "interviewer", "", "", "", "", ""],
        ["A", "Maëlle Kerdoncuff", "P01", "facilitator", "", "f", "", "3", "oui"],
        ["B", "Enquêtrice", "P02", "interviewer", "", "", "", "", ""],
        ["B", "Maëlle Kerdoncuff", "P01", "respondent", "", "f", "", "3", "oui"],
    ]


def test_more_than_ninety_nine_voices_have_ids_of_one_length():
    draft = draft_participants(corpus_of(A=[(f"P{n}", ANSWERS) for n in range(120)]))
    assert draft["participant"].tolist() == [f"P{n:03}" for n in range(1, 121)]


LABELS = st.sampled_from(["E", "Enquêtrice", "Maëlle", "Maëlle K.", "MAËLLE", "P1", "Une femme", "A/B", "Dr Sorel", 'Dit "Jo"', "Roux, Inès", ""])
VOICES = st.lists(st.tuples(LABELS, st.sampled_from([ASKS, ANSWERS, OTHER])), max_size=8)


@settings(max_examples=50, deadline=None)
@given(VOICES, VOICES)
def test_a_draft_is_a_table_that_reads_back_and_stays_as_it_is(tmp_path_factory, first, second):
    from peerqual.reporting.outputs import write_csv
    from peerqual.transcripts.participants import join, read_rows

    one_role = {speaker: role for speaker, role in first + second}
    corpus = corpus_of(A=[(speaker, one_role[speaker]) for speaker, _ in first], B=[(speaker, one_role[speaker]) for speaker, _ in second])
    path = tmp_path_factory.mktemp("draft") / "participants.csv"
    draft = draft_participants(corpus)
    write_csv(draft, path)
    joined = Corpus(*join(corpus, read_rows(path)))
    assert all(turn.participant for transcript in joined for turn in transcript.turns)
    assert draft_participants(joined)["participant"].tolist() == draft["participant"].tolist()


def test_a_table_among_the_transcripts_is_no_transcript(folder):
    table = written(folder, "document,speaker,participant\nT0,Maëlle,P1\n", "who.csv")
    corpus = read(folder, participants=table)
    assert "who" not in names(corpus) and [participant.id for participant in corpus.participants] == ["P1"]


# --- the command -----------------------------------------------------------------------------------------------------


def peerqual(*words):
    return run_command_line([str(word) for word in words], "en")


def test_the_command_drafts_where_there_is_no_table_and_joins_where_there_is(folder, tmp_path, capsys):
    table = tmp_path / "who.csv"
    assert peerqual("read", folder, "--participants", table) == 4
    out = capsys.readouterr().out
    assert "Draft of the participants written" in out and "why" in out
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    assert head == "document,speaker,participant,role,association,sex,age_band"
    assert rows[:2] == ["T0,Enquêtrice,P01,interviewer,,,", "T0,Maëlle,P02,respondent,,,"]
    table.write_text("\n".join([head, *(row.replace("respondent,,", "respondent,UNAFAM,") for row in rows)]), encoding="utf-8")
    assert peerqual("read", folder, "--participants", table, "--json") == 4
    told = json.loads(capsys.readouterr().out)
    assert {row["participant"] for row in told if row["role"] == "respondent"} == {"P02", "P03", "P04", "P05"}
    assert "UNAFAM" in table.read_text(encoding="utf-8")


def test_the_command_proposes_labels_to_merge(tmp_path, capsys):
    path = written(tmp_path, TALK + "Enquêtrice : Et ?\nMaelle K. : Bon.\n", "T0.txt")
    assert peerqual("read", path) == 0
    out = capsys.readouterr().out
    assert "Perhaps one voice under two labels" in out and "Maelle K." in out


def test_the_command_takes_up_where_it_stopped(folder, tmp_path, capsys):
    words = ("read", folder, "--status", tmp_path / "s.jsonl")
    assert peerqual(*words) == 4
    assert peerqual(*words) == 2
    assert "--resume" in capsys.readouterr().err
    assert peerqual(*words, "--resume") == 4
    assert "4 file(s) were done before" in capsys.readouterr().out
    written(folder, TALK, "T9.txt")
    assert peerqual(*words, "--resume", "--json") == 0
    assert [row["document"] for row in json.loads(capsys.readouterr().out)] == ["T9", "T9"]
    assert peerqual(*words, "--resume") == 0


@pytest.mark.parametrize("more", [[], ["--status", "s.jsonl", "--turns", "t.csv"], ["--status", "s.jsonl", "--participants", "new.csv"]])
def test_resuming_what_would_be_partial_is_refused(more, folder, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert peerqual("read", folder, "--resume", *more) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus"]


def test_one_bad_file_alone_is_still_an_error(tmp_path):
    written(tmp_path, b"", "T0.txt")
    with pytest.raises(ReadError):
        read(tmp_path, status=Status(tmp_path / "s.jsonl"))
    assert lines(tmp_path / "s.jsonl")[0]["status"] == "failed"


def test_the_room_offers_what_the_command_uses():
    assert set(transcripts.__all__) >= {"Status", "draft_participants", "merges_table"}
