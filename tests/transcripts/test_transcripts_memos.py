"""Comments in the margin become memos on the words they are about, in Word files and OpenDocument texts; they go no further than reading."""

from __future__ import annotations

import re
from datetime import datetime

import docx
import pandas as pd
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odfdo import Annotation, AnnotationEnd, Document, Paragraph, Span
from transcripts_office import run
from transcripts_reading import doubts, said
from transcripts_writing import everything, replaced, written_back

import peerqual as pq
from peerqual.anonymization import anonymize
from peerqual.cli import run_command_line
from peerqual.transcripts import read

# Who speaks, and words with the passages that comments are about between « ⟨ » and « ⟩ ».
TALK = [
    ("Camille", "Bonjour, vous pouvez ⟨vous présenter⟩ ?"),
    ("Solène", "Oui. ⟨Oui.⟩ Oui. Alors moi c'est Solène."),
    ("Camille", "⟨D'accord, et l'hôpital ?⟩"),
    ("Solène", "L'hôpital, c'était long, et puis ⟨j'y suis⟩ retournée, deux ⟨fois⟩."),
    ("Camille", "Oui."),
]
MARKS = re.compile("([⟨⟩])")


def marked(transcript) -> list[str]:
    """Return the words of the turns with the passages of memos marked again."""
    edges = sorted([(memo.start, 1, "⟨") for memo in transcript.memos] + [(memo.end, 0, "⟩") for memo in transcript.memos], reverse=True)
    text = transcript.text
    for at, _, mark in edges:
        text = text[:at] + mark + text[at:]
    return [line.partition(" : ")[2] for line in text.splitlines()]


def word(talk, path, *, labels="{} : "):
    document = docx.Document()
    for speaker, words in talk:
        paragraph, inside = document.add_paragraph(), None
        paragraph.add_run(labels.format(speaker)).bold = True
        for part in MARKS.split(words):
            if part == "⟨":
                inside = []
            elif part == "⟩":
                document.add_comment(inside, text=f"mémo {len(list(document.comments))}", author="Nadia", initials="NB")
                inside = None
            else:
                made = paragraph.add_run(part)
                inside = None if inside is None else [*inside, made]
    document.save(path)


def opendocument(talk, path, *, labels="{} : "):
    document, n = Document("text"), 0
    document.body.clear()
    for speaker, words in talk:
        paragraph, note = Paragraph(labels.format(speaker)), None
        for part in MARKS.split(words):
            if part == "⟨":
                note = Annotation(f"mémo {n}", creator="Nadia", date=datetime(2024, 5, 3, 10, 30), name=f"a{n}")
                paragraph.append(note)
                n += 1
            elif part == "⟩":
                paragraph.append(AnnotationEnd(note))
            elif part:
                paragraph.append(Span(part))
        document.body.append(paragraph)
    document.save(path)


MAKERS = {"docx": word, "odt": opendocument}


@pytest.fixture(params=MAKERS)
def made(request, tmp_path):
    def making(talk=TALK, **options):
        path = tmp_path / f"E01.{request.param}"
        MAKERS[request.param](talk, path, **options)
        return path

    return making


def test_each_memo_is_on_its_words(made):
    transcript = read(made())[0]
    assert marked(transcript) == [words for _, words in TALK]
    assert said(transcript) == [(speaker, MARKS.sub("", words)) for speaker, words in TALK]
    assert [(memo.document, memo.author, memo.text) for memo in transcript.memos] == [("E01", "Nadia", f"mémo {n}") for n in range(5)]
    assert all(memo.date[:2] == "20" for memo in transcript.memos)
    assert "mémo" not in transcript.text


WORDS = st.lists(st.sampled_from(["oui", "non", "l'hôpital", "« bien »", "été,", "ça", "peut-être"]), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(talk=st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=4, max_size=8))
@pytest.mark.parametrize("suffix", MAKERS)
def test_memos_are_found_among_words_that_come_again_and_again(suffix, talk, tmp_path):
    turns = [(("Enquêtrice", "Enquêtée")[n % 2], f"{before} ⟨{about}⟩ {after}.") for n, (before, about, after) in enumerate(talk)]
    path = tmp_path / f"E01.{suffix}"
    MAKERS[suffix](turns, path)
    assert marked(read(path)[0]) == [words for _, words in turns]


def test_the_doubt_says_what_became_of_them(made):
    transcript = read(made())[0]
    assert "memos" in doubts(transcript) and "comments" not in doubts(transcript)
    assert next(doubt.values for doubt in transcript.doubts if doubt.key == "transcripts.memos") == {"n": 5}
    bare = read(made([(speaker, MARKS.sub("", words)) for speaker, words in TALK]))[0]
    assert bare.memos == () and "memos" not in doubts(bare)
    assert (bare.text, bare.turns, bare.text_hash) == (transcript.text, transcript.turns, transcript.text_hash)


def test_places_are_right_where_the_look_alone_names_who_speaks(tmp_path):
    word(TALK, tmp_path / "E01.docx", labels="{} ")
    assert marked(read(tmp_path / "E01.docx")[0]) == [words for _, words in TALK]


def test_the_table_and_its_file_are_the_memos(made, tmp_path, capsys):
    path = made()
    table = pq.memos_table(pq.read(path))
    assert list(table.columns) == ["document", "start", "end", "author", "date", "text", "passage"]
    assert list(table.passage) == ["vous présenter", "Oui.", "D'accord, et l'hôpital ?", "j'y suis", "fois"]
    assert run_command_line(["read", str(path), "--memos", str(tmp_path / "memos.csv"), "--lang", "fr"], "fr") == 0
    assert "mémos" in capsys.readouterr().out
    again = pd.read_csv(tmp_path / "memos.csv", keep_default_na=False)
    assert again.to_dict("records") == table.to_dict("records")


def test_without_memos_the_table_has_its_columns():
    assert list(pq.memos_table(pq.Corpus())) == ["document", "start", "end", "author", "date", "text", "passage"]


def test_memos_of_some_files_only_are_refused(made, tmp_path, capsys):
    words = ["read", str(made()), "--memos", str(tmp_path / "memos.csv"), "--status", str(tmp_path / "s.jsonl"), "--resume"]
    assert run_command_line(words, "fr") == 2
    assert not (tmp_path / "memos.csv").exists() and "\n" not in capsys.readouterr().err.strip()


def test_memos_are_neither_pseudonymized_nor_written_back(made):
    path = made([*TALK, ("Camille", "Et Maëlle ⟨Anne Durand⟩ ?")])
    assert len(anonymize(read(path))[0].memos) == len(replaced(read(path))[0].memos) == 0
    target, _ = written_back(path)
    again = read(target)[0]
    assert again.memos == () and not {"memos", "comments"} & doubts(again)
    assert "Nadia" not in everything(target) and "mémo 1" not in everything(target)


# --- what comments may be besides a range of words in one paragraph ---------------------------------------------------


def with_comment(tmp_path, *blocks, text="à revoir"):
    """A Word file of `blocks` (XML) after a comment that is taken out again, so that its part stays."""
    document = docx.Document()
    paragraph = document.add_paragraph("x")
    document.add_comment(paragraph.runs, text=text, author="X")
    paragraph._p.getparent().remove(paragraph._p)
    for block in blocks:
        document.element.body.insert(-1, parse_xml(block.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    document.save(tmp_path / "E01.docx")
    return read(tmp_path / "E01.docx")[0]


BEGIN, END, AT = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>', '<w:r><w:commentReference w:id="0"/></w:r>'
GONE = '<w:del w:id="9" w:author="X"><w:r><w:delText>Non.</w:delText></w:r></w:del>'
QUESTION = f"<w:p>{run('E : Ça va ?')}</w:p>"

PLACED = {
    "no range: its paragraph": ((QUESTION, f"<w:p>{run('Solène : Oui, ')}{AT}{run('ça va.')}</w:p>"), "Solène : Oui, ça va."),
    "a range of nothing: its paragraph": ((QUESTION, f"<w:p>{run('Solène : Oui.')}{BEGIN}{END}{AT}</w:p>"), "Solène : Oui."),
    "over paragraphs": (
        (f"<w:p>{run('E : Ça ')}{BEGIN}{run('va ?')}</w:p>", f"<w:p>{run('Solène : Oui, ')}{END}{AT}{run('ça va.')}</w:p>"),
        "va ?\nSolène : Oui,",
    ),
    "in an insertion": (
        (QUESTION, f'<w:p>{run("Solène : ")}<w:ins w:id="8" w:author="X">{BEGIN}{run("Oui.")}{END}</w:ins>{AT}</w:p>'),
        "Oui.",
    ),
    "words that were deleted: their paragraph": (
        (QUESTION, f"<w:p>{run('Solène : Oui. ')}{BEGIN}{GONE}{END}{AT}{run(' Voilà.')}</w:p>"),
        "Solène : Oui. Voilà.",
    ),
    "nowhere: the whole document": ((QUESTION, f"<w:p>{run('Solène : Oui.')}</w:p>"), ""),
    "inside what was deleted: the whole document": (
        (QUESTION, f"<w:p>{run('Solène : Oui.')}{GONE.replace('<w:r>', AT + '<w:r>')}</w:p>"),
        "",
    ),
    "an end before its beginning": ((QUESTION, f"<w:p>{END}{run('Solène : Oui.')}{BEGIN}{AT}</w:p>"), "Solène : Oui."),
}


@pytest.mark.parametrize("case", PLACED)
def test_a_comment_stands_on(case, tmp_path):
    blocks, passage = PLACED[case]
    transcript = with_comment(tmp_path, *blocks, f"<w:p>{run('E : Bien.')}</w:p>")
    [memo] = transcript.memos
    assert transcript.text[memo.start : memo.end] == passage
    assert (memo.author, memo.text) == ("X", "à revoir")


def test_a_comment_of_several_lines_keeps_them(tmp_path):
    transcript = with_comment(tmp_path, f"<w:p>{run('E : Ça va ?')}{AT}</w:p>", text="un\ndeux")
    assert [memo.text for memo in transcript.memos] == ["un\ndeux"]


def test_a_comment_without_words_is_said_and_no_memo(tmp_path):
    transcript = with_comment(tmp_path, f"<w:p>{run('E : Ça va ?')}{AT}</w:p>", text="")
    assert transcript.memos == () and "comments" in doubts(transcript)


def test_memos_in_a_table_that_says_who_speaks(tmp_path):
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for n, (speaker, words) in enumerate([("E", "Ça va ?"), ("Solène", "Oui."), ("E", "Bien."), ("Solène", "Oui.")]):
        for cell, text in zip(table.add_row().cells, (f"0:0{n}", speaker, words), strict=True):
            cell.text = text
    cells = table.rows[3].cells
    document.add_comment(cells[2].paragraphs[0].runs, text="sûre ?")
    document.add_comment(cells[0].paragraphs[0].runs, text="minutage")
    document.save(tmp_path / "E01.docx")
    transcript = read(tmp_path / "E01.docx")[0]
    assert len(transcript.turns) == 4
    time, words = transcript.memos
    assert (words.start, words.end) == (transcript.turns[3].start, transcript.turns[3].end) and words.text == "sûre ?"
    assert transcript.turns[2].start < time.start == time.end <= transcript.turns[3].start  # a time is no word of the text


def test_annotations_of_one_name_are_all_kept(tmp_path):
    document = Document("text")
    document.body.clear()
    for words in ("E : Ça va ?", "Solène : Oui."):
        paragraph = Paragraph(words)
        paragraph.append(Annotation(f"sur {words}", creator="X", name="même"))
        document.body.append(paragraph)
    document.save(tmp_path / "E01.odt")
    transcript = read(tmp_path / "E01.odt")[0]
    assert [(transcript.text[memo.start : memo.end], memo.text) for memo in transcript.memos] == [
        ("E : Ça va ?", "sur E : Ça va ?"),
        ("Solène : Oui.", "sur Solène : Oui."),
    ]
