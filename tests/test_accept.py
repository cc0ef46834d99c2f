"""A code is accepted without a person only where it is asked for and blind judgments show that the machine codes as people do."""

from __future__ import annotations

import shutil

import pytest

import peerqual as pq
from peerqual import decisions, study_accept, study_codes
from peerqual.cli import run_command_line
from peerqual.coding import CODING_COLUMNS
from peerqual.coding.review.blind import sentences
from peerqual.errors import PeerqualError, UsageError
from peerqual.model import Decision
from peerqual.reporting.outputs import read_csv, write_csv

BOOK = """
peerqual: 1
codes:
  - {id: elan, label: {fr: Élan}, definition: {fr: "On y croit."}, rules: [{lemmas: ["avenir"]}]}
  - {id: bruit, label: {fr: Bruit}, definition: {fr: "Du bruit."}, rules: [{lemmas: ["bus"]}]}
"""
TALK = (
    "R : " + " ".join(f"Mon avenir est clair {n}. Le bus passe {n}. Il pleut {n}." for n in range(6)) + "\nQ : Oui ?\nR : Oui.\nQ : Ah ?\nR : Bon.\n"
)


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    folder = tmp_path_factory.mktemp("accept")
    (folder / "texts").mkdir()
    for n in range(5):
        (folder / "texts" / f"E{n}.txt").write_text(TALK.replace("clair", "clair clair" * n), encoding="utf-8")
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    write_csv(pq.code(pq.read(folder / "texts"), pq.Codebook.load(folder / "book.yaml"), model=None), folder / "codings.csv")
    return folder


@pytest.fixture
def place(ready, tmp_path):
    shutil.copytree(ready, tmp_path / "here")
    here = tmp_path / "here"
    return study_codes.place_of([here / "codings.csv"], transcripts=here / "texts", decisions=here / "log.jsonl", codebook=here / "book.yaml")


def judge(place, *, blind=True, documents=5):
    """A person sees « elan » where the machine does (in some sentences), and never « bruit »."""
    for text in list(pq.read(place.texts))[:documents]:
        for start, end in list(sentences(text))[:9]:
            at = {"document": text.id, "text_hash": text.text_hash, "start": start, "end": end, "coder": "B", "at": "2026-01-01", "blind": blind}
            decisions.record(place.decisions, Decision(code="", verdict="judged", **at))
            if "avenir" in text.text[start:end]:
                decisions.record(place.decisions, Decision(code="elan", verdict="add", **at))


def replayed(place):
    codings, corpus, book = place.read()
    return decisions.replayed(codings, place.decisions, corpus, book)


def test_only_what_people_see_too_is_accepted_and_told_apart(place):
    judge(place)
    found = study_accept.accept_alone(place, {"elan": 0.6, "bruit": 0.6}).set_index("code")
    assert found.loc["elan", "cohen_kappa_low"] == 1 and found.loc["bruit", "accepted"] == 0
    table = replayed(place)
    alone = table[table["origin"] == "machine"]
    assert len(alone) == 15 and set(alone["code"]) == {"elan"} and set(alone["status"]) == {"accepted"}  # the others were judged by the person
    assert found.loc["elan", "accepted"] == 15
    assert study_accept.accept_alone(place, {"elan": 0.6})["accepted"].sum() == 0  # nothing is accepted twice
    assert decisions.read(place.decisions) and all(one.coder == "B" for one in decisions.read(place.decisions))


def test_a_person_counts_more_before_and_after(place):
    judge(place)
    study_accept.accept_alone(place, {"elan": 0.6})
    one = replayed(place).query("origin == 'machine'").iloc[0]
    at = {name: one[name] for name in ("document", "text_hash", "code")} | {name: int(one[name]) for name in ("start", "end")}
    decisions.record(place.decisions, Decision(verdict="reject", coder="B", at="2026-02-02", **at))
    table = replayed(place)
    row = table[(table["document"] == one["document"]) & (table["start"] == one["start"]) & (table["code"] == "elan")].iloc[0]
    assert (row["status"], row["origin"]) == ("rejected", "rule")


@pytest.mark.parametrize(("blind", "documents", "kappa"), [(True, 2, 0.6), (True, 5, 1.0)])
def test_too_few_documents_or_too_much_asked_accepts_nothing(place, blind, documents, kappa):
    judge(place, blind=blind, documents=documents)
    assert study_accept.accept_alone(place, {"elan": kappa})["accepted"].sum() == 0


def test_faults_are_named(place, capsys):
    judge(place, blind=False)
    with pytest.raises(PeerqualError, match="aucun jugement à l’aveugle"):
        study_accept.accept_alone(place, {"elan": 0.6})
    with pytest.raises(UsageError, match="κ de 0 à 1"):
        study_accept.asked_of("elan:2")
    judge(place)
    told = ["--transcripts", place.texts, "--decisions", place.decisions, "--codebook", place.codebook]
    assert run_command_line(["review-codes", *map(str, [place.codings, *told]), "--accept", "elan", "--accept", "bruit:0,5"], "fr") == 0
    shown = capsys.readouterr().out
    assert "Propositions acceptées sans personne\u00a0: 15." in shown and "borne basse" in shown
    assert len(read_csv(place.codings, CODING_COLUMNS)) == 60
