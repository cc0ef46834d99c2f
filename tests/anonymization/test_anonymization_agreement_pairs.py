"""Pairs « before, after », the adversary's that were developed on and our own; what holds whatever the words; what is left and told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.anonymization import agreement_doubts, anonymize, plan, replace_diagnoses
from peerqual.anonymization.edits import apply
from peerqual.anonymization.find import find_disorders
from peerqual.anonymization.participles import agreed
from peerqual.anonymization.troubles import STYLES
from peerqual.model import Corpus, Transcript

DATA = Path(__file__).parent / "data"
HELD = 3  # every third pair of the adversary's is never looked at


def read(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.count("\t") >= 2 and not line.startswith("#")]
    return [(row[0], row[1], tuple(after.strip() for after in row[2].split("||"))) for row in rows]


OURS = read("agreement_pairs.tsv")
DISPUTED = {before for _, before, _ in read("adversary_agreement_disputed.tsv")}
ADVERSARY = [pair for n, pair in enumerate(read("adversary_agreement.tsv")) if n % HELD != HELD - 1 and pair[1] not in DISPUTED]
FRESH = read("pairs_dev.tsv")  # another hand's, to develop on; its closed part is read by benchmarks/agreement.py --closed alone
MENDED = read("agreement_mended.tsv")


def study_of(text):
    return anonymize(Corpus((Transcript("d", text),)))


def test_there_are_enough_pairs():
    assert len(FRESH) >= 150 and len(MENDED) >= 700 and len(OURS) >= 400 and len(ADVERSARY) == 136 and len(DISPUTED) == 2


@pytest.mark.parametrize("style, before, wanted", OURS + ADVERSARY + FRESH)
def test_a_pair_comes_out_right(style, before, wanted):
    assert replace_diagnoses(before, style=style) in wanted


def test_what_was_mended_stays_mended():
    wrong = [(before, got) for style, before, wanted in MENDED if (got := replace_diagnoses(before, style=style)) not in wanted]
    assert wrong == []


@pytest.mark.parametrize("style", STYLES)
def test_replacing_twice_is_replacing_once_and_no_trouble_of_a_trouble(style):
    for _, before, _ in OURS + ADVERSARY + FRESH + MENDED:
        once = replace_diagnoses(before, style=style)
        assert replace_diagnoses(once, style=style) == once
        assert not re.search(r"\btroubles? (?:de |du |des )?\[?troubles?\b", once, re.IGNORECASE)


@settings(max_examples=150, deadline=None)
@given(
    pairs=st.lists(st.sampled_from(OURS + ADVERSARY), min_size=1, max_size=4), style=st.sampled_from(STYLES), joint=st.sampled_from([" ", "\n", ". "])
)
def test_joined_sentences_are_replaced_once_and_for_all(pairs, style, joint):
    once = replace_diagnoses(joint.join(before for _, before, _ in pairs), style=style)
    assert replace_diagnoses(once, style=style) == once


@settings(max_examples=150, deadline=None)
@given(pairs=st.lists(st.sampled_from(OURS + ADVERSARY), min_size=1, max_size=4), style=st.sampled_from(STYLES))
def test_edits_are_in_order_apart_and_each_mention_has_one(pairs, style):
    text = " ".join(before for _, before, _ in pairs)
    made = plan(Corpus((Transcript("", text),)), find_disorders(text), style=style)
    ends = 0
    for edit in made.edits:
        assert ends <= edit.start < edit.end <= len(text) and edit.mentions
        ends = edit.end
    for mention in made.mentions:
        assert any(mention in edit.mentions and edit.start < mention.end and mention.start < edit.end for edit in made.edits)
    for _, start, end in made.doubts:
        assert 0 <= start < end <= len(text) and not any(e.start < end and start < e.end for e in made.edits)
    assert apply(text, made.edits)[0] == replace_diagnoses(text, style=style)


@pytest.mark.parametrize(
    "text, words",
    [
        ("J'ai une dépression. Elle dure.", "Elle"),
        ("La psychose est venue, elle est repartie.", "elle"),
        ("J'ai une bipolarité, on l'a diagnostiquée tard.", "l'a diagnostiquée"),
        ("La schizophrénie, j'y pense : est-ce que c'est celle de mon père ?", "celle"),
        ("J'ai une phobie et je parle de la sienne.", "sienne"),
    ],
)
def test_what_is_left_at_a_distance_is_told(text, words):
    study = study_of(text)
    (row,) = agreement_doubts(study, "fr").to_dict("records")
    assert row["words"] == study[0].text[row["start"] : row["end"]] and row["words"].casefold() == words.casefold()
    assert row["doubt"] == "accord à vérifier" and row["line"] == 1 and row["words"] in row["context"]


@pytest.mark.parametrize(
    "text",
    [
        "J'ai un TOC, elle le sait.",  # a masculine changes nothing
        "Ma dépression est revenue.",
        "Ma dépression, je l'ai cachée.",
        "Je suis bipolaire, elle aussi.",
        "J'ai une dépression.\nElle : Ah bon ?",  # another turn
        "Elle va bien.",
    ],
)
def test_what_agrees_or_cannot_is_no_doubt(text):
    assert agreement_doubts(study_of(text)).empty


def test_doubts_stand_in_the_pseudonymized_text():
    study = study_of("Enq : Bonjour Nadège Kervadec.\nNadège : J'ai une dépression. Elle dure, et Nadège Kervadec le sait.")
    (row,) = agreement_doubts(study, "en").to_dict("records")
    assert study[0].text[row["start"] : row["end"]] == "Elle" and row["line"] == 2 and row["doubt"] == "agreement to check"
    assert "Kervadec" not in row["context"]


@pytest.mark.parametrize(
    "word, wanted",
    [("revenue", "revenu"), ("finie", "fini"), ("faite", "fait"), ("découvertes", "découverts"), ("apprise", "appris"), ("éteinte", "éteint")],
)
def test_participles_in_the_masculine(word, wanted):
    assert agreed(word) == wanted


@pytest.mark.parametrize("word", ["maison", "ma", "la", "une", "mère", "chose"])
def test_other_words_stay(word):
    assert agreed(word) is None
