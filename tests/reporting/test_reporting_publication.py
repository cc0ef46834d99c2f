"""What a publication may hold: nothing of the transcripts but what a person chose, nothing that lays one person's codes beside another's."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from reporting_corpus import BOOK, CODINGS, COLUMNS, CORPUS, Book, made

from peerqual.analysis import verbatims
from peerqual.errors import PeerqualError, UsageError
from peerqual.model import Corpus
from peerqual.reporting.excerpts import COLUMNS as LISTED
from peerqual.reporting.excerpts import read_chosen, recognised, write_draft
from peerqual.reporting.publication import FEWEST, published
from peerqual.study_results import check_excerpts, gather, write_results

VOICES = ("Anna", "Bilal", "Chloé", "Driss", "Élise")
SENTENCES = (
    "⟪J'y crois ⟦encore⟧ malgré la grange qui brûle.⟫(espoir) Le café de la gare était fermé lundi.",
    "⟪Ma jumelle m'a poussée dehors.⟫(parrainage)",
)
MANY = [
    made(f"E{n}", "interview", ("Enquêteur", "interviewer", None, "Et alors, comment ça ?"), *((name, "respondent", f"p{n}", s) for s in SENTENCES))
    for n, name in enumerate(VOICES, 1)
]
PEOPLE = Corpus(tuple(transcript for transcript, _ in MANY))
SAID = pd.DataFrame([row for _, rows in MANY for row in rows], columns=COLUMNS)


def listed(tmp_path, keep, corpus=PEOPLE, codings=SAID, book=BOOK):
    """Write the draft, with `keep` (a function of a row) filled in."""
    path = tmp_path / "choice.csv"
    write_draft(path, verbatims(codings, corpus, book), corpus)
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table["keep"] = [keep(row) for row in table.to_dict("records")]
    table.to_csv(path, index=False)
    return path


def words_of(folder):
    """Everything that text files of a folder say, tags taken away, spaces made one."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".png"]
    return re.sub(r"\s+", " ", " ".join(re.sub(r"<[^>]*>", "", path.read_text(encoding="utf-8")) for path in files)).replace("&#39;", "'")


def grams(text, n=4):
    words = re.sub(r"\s+", " ", text).split(" ")
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def test_nothing_is_told_but_what_was_chosen(tmp_path):
    path = listed(tmp_path, lambda row: "oui" if row["document"] == "E2" and row["code"] == "espoir" else "")
    write_results(tmp_path / "out", SAID, PEOPLE, BOOK, lang="fr", profile="publication", excerpts=path)
    told = words_of(tmp_path / "out")
    chosen = "J'y crois encore malgré la grange qui brûle."
    assert chosen in told
    assert "café de la gare" not in told
    for transcript in PEOPLE:
        for turn in transcript.turns:
            left = grams(transcript.text[turn.start : turn.end]) - grams(chosen)
            assert not [gram for gram in left if gram in told]
    names = {path.name for path in (tmp_path / "out").rglob("*")}
    assert not names & {"codings.csv", "pseudonymized", "code_by_document.csv", "positions.csv", "codes_by_document.svg", "positions.svg"}
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Bilal" in page and not re.search(r"\bE[1-5]\b", page) and not [name for name in VOICES if name != "Bilal" and name in page]
    assert 'id="transcripts"' not in page and 'id="filters"' not in page


def test_without_a_choice_no_excerpt_is_shown_and_the_page_says_how_to_choose(tmp_path):
    path = tmp_path / "choice.csv"
    write_results(tmp_path / "out", SAID, PEOPLE, BOOK, lang="fr", profile="publication", excerpts=path)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "--excerpts LISTE.csv" in page and "crois" not in page
    draft = pd.read_csv(path, keep_default_na=False)
    assert tuple(draft.columns) == LISTED and (draft["keep"] == "").all() and len(draft) == 10
    assert draft[draft["code"] == "parrainage"]["because_of"].str.contains("jumelle").all()
    assert (draft[draft["code"] == "parrainage"]["recognised_by"].str.contains("la famille")).all()


def test_the_same_list_pins_and_drops_in_every_profile(tmp_path):
    path = listed(tmp_path, lambda row: {"E4": "oui", "E1": "Non"}.get(row["document"], ""))
    data = gather(SAID, PEOPLE, BOOK, lang="fr", chosen=read_chosen(path, PEOPLE))
    shown = data.tables["verbatims"].groupby("code")["document"].agg(list)
    for documents in shown:
        assert documents[0] == "E4" and "E1" not in documents and len(documents) == 4
    only = gather(SAID, PEOPLE, BOOK, lang="fr", profile="publication", chosen=read_chosen(path, PEOPLE))
    assert set(only.tables["verbatims"]["document"]) == {"E4"} and not only.whole


def test_the_grid_comes_when_it_is_asked_for(tmp_path):
    small = gather(CODINGS, CORPUS, BOOK, lang="fr", by=("association",), profile="publication")
    assert "code_by_document" not in small.tables and "frequencies_association" not in small.tables
    assert "codes_by_document" not in small.figures and not {"positions", "thematic_course"} & set(small.figures)
    assert set(small.tables["frequencies"]["material"]) == {"group", "field_notes"}  # two people were interviewed
    asked = gather(CODINGS, CORPUS, BOOK, lang="fr", by=("association",), profile="publication", grid=True)
    assert {"code_by_document", "frequencies_association", "positions"} <= set(asked.tables)
    assert set(asked.tables["frequencies"]["material"]) == {"interview", "group", "field_notes"}
    assert asked.tables["verbatims"].empty


@pytest.mark.parametrize(("people", "kept"), [(0, True), (1, False), (FEWEST - 1, False), (FEWEST, True), (40, True)])
def test_groups_of_fewer_than_three_are_not_told(people, kept):
    row = {"code": "espoir", "material": "interview", "group": "A", "participants_total": people}
    tables = {"frequencies": pd.DataFrame([row]), "frequencies_x": pd.DataFrame([row, row | {"group": "B", "participants_total": 9}])}
    left = published(tables)
    assert (len(left["frequencies"]) == 1) == kept and ("frequencies_x" in left) == kept


@pytest.mark.parametrize(
    ("word", "keep"), [("oui", "yes"), (" Oui ", "yes"), ("x", "yes"), ("1", "yes"), ("YES", "yes"), ("non", "no"), ("0", "no"), ("", None)]
)
def test_answers_are_understood(tmp_path, word, keep):
    path = listed(tmp_path, lambda row: word if row["document"] == "E1" else "")
    assert set(read_chosen(path, PEOPLE)["keep"]) == ({keep} if keep else set())


@pytest.mark.parametrize("word", ["peut-être", "ouais", "2"])
def test_other_answers_are_an_error_with_its_line(tmp_path, word):
    path = listed(tmp_path, lambda row: word if row["document"] == "E3" else "")
    with pytest.raises(PeerqualError) as caught:
        read_chosen(path, PEOPLE)
    assert caught.value.key == "excerpts.bad_keep" and caught.value.line > 1


def test_excerpts_follow_a_corrected_text_by_their_words(tmp_path):
    path = listed(tmp_path, lambda row: "oui" if (row["document"], row["code"]) == ("E1", "espoir") else "")
    longer = made("E1", "interview", ("Anna", "respondent", "p1", "Euh, avant cela. " + SENTENCES[0]))[0]
    moved = read_chosen(path, Corpus((longer, *PEOPLE[1:])))
    start, end = moved.loc[0, ["start", "end"]]
    assert longer.text[start:end] == "J'y crois encore malgré la grange qui brûle."
    for text in ("Rien de cela.", SENTENCES[0] + SENTENCES[0]):
        with pytest.raises(PeerqualError) as caught:
            read_chosen(path, Corpus((made("E1", "interview", ("Anna", "respondent", "p1", text))[0],)))
        assert caught.value.key == "excerpts.not_there"
    with pytest.raises(PeerqualError) as caught:
        read_chosen(path, Corpus(PEOPLE[1:]))
    assert caught.value.key == "excerpts.no_document"


def test_a_part_of_a_passage_can_be_chosen_and_nothing_beside_it(tmp_path):
    text = PEOPLE[0].text
    row = {"keep": "oui", "code": "espoir", "document": "E1", "text_hash": PEOPLE[0].text_hash}
    part, beside = text.index("malgré la grange"), text.index("café de la gare")
    table = pd.DataFrame([{**row, "start": part, "end": part + len("malgré la grange")}])
    table.to_csv(tmp_path / "a.csv", index=False)
    data = gather(SAID, PEOPLE, BOOK, lang="fr", profile="publication", chosen=read_chosen(tmp_path / "a.csv", PEOPLE))
    assert data.tables["verbatims"]["text"].tolist() == ["malgré la grange"]
    table.assign(start=beside, end=beside + 4).to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(PeerqualError) as caught:
        gather(SAID, PEOPLE, BOOK, lang="fr", chosen=read_chosen(tmp_path / "a.csv", PEOPLE))
    assert caught.value.key == "excerpts.not_coded"


def test_what_is_pinned_counts_in_the_share(tmp_path):
    talkative = [made(f"F{n}", "interview", *(("R", "respondent", f"q{n}", f"⟪Espoir {m} de {n}.⟫(espoir)") for m in range(6))) for n in range(4)]
    corpus = Corpus(tuple(t for t, _ in talkative))
    codings = pd.DataFrame([row for _, rows in talkative for row in rows], columns=COLUMNS)
    first = codings[codings["document"] == "F0"].head(3).assign(keep="yes")
    shown = verbatims(codings, corpus, Book(BOOK.codes[3]), chosen=first)
    assert len(shown) == 8 and (shown["document"] == "F0").sum() == 3 and shown["document"].value_counts().max() <= 3
    many = codings[codings["document"] == "F0"].assign(keep="yes")
    assert (verbatims(codings, corpus, Book(BOOK.codes[3]), chosen=many)["document"] == "F0").sum() == 6  # a person decides
    none = codings[codings["document"] != "F0"].assign(keep="no")
    assert set(verbatims(codings, corpus, Book(BOOK.codes[3]), chosen=none)["document"]) == {"F0"}


def test_nobody_chosen_nobody_recognised():
    assert recognised(SAID.head(0), PEOPLE).empty


def test_the_list_may_not_lie_in_the_results(tmp_path):
    out = tmp_path / "out"
    assert check_excerpts(tmp_path / "list.csv", out) == tmp_path / "list.csv" and check_excerpts(None, out) is None
    for wrong in (out / "list.csv", out / "tables" / "list.csv"):
        with pytest.raises(UsageError):
            check_excerpts(wrong, out)


def test_a_row_of_words_without_a_place_is_found(tmp_path):
    (tmp_path / "a.csv").write_text(
        "keep;code;document;start;end;text\noui;parrainage;E3;;;Ma jumelle m'a poussée\n;espoir;E2;;;\n", encoding="cp1252"
    )
    chosen = read_chosen(tmp_path / "a.csv", PEOPLE)
    start, end = chosen.loc[0, ["start", "end"]]
    assert len(chosen) == 1 and PEOPLE[2].text[start:end] == "Ma jumelle m'a poussée"


def test_from_the_command_line_a_draft_then_a_choice_then_who_could_recognise(sample_run, tmp_path, capsys):
    from peerqual.cli import run_command_line

    reports, choice, out = sample_run / "reports", tmp_path / "choice.csv", tmp_path / "out"
    command = ["report", str(reports / "codings.csv"), "--transcripts", str(reports / "pseudonymized"), "--out", str(out), "--overwrite"]
    command += ["--profile", "publication", "--excerpts", str(choice)]
    assert run_command_line(command, "fr") == 0 and "choice.csv" in capsys.readouterr().out
    table = pd.read_csv(choice, dtype=str, keep_default_na=False)
    kept = table[table["because_of"] != ""].index[0]
    table.loc[kept, "keep"] = "oui"
    table.to_csv(choice, index=False)
    written = choice.read_bytes()
    assert run_command_line(command, "fr") == 0
    told = capsys.readouterr().out
    assert "Verbatims à publier : 1" in told and "Reconnaissable par" in told
    quoted = pd.read_csv(out / "tables" / "verbatims.csv")
    assert len(quoted) == 1 and not {"document", "participant", "start"}.intersection(quoted.columns)
    assert choice.read_bytes() == written  # read, never changed
    assert run_command_line([*command[:-1], str(out / "list.csv")], "fr") == 2
